//! A Word document (Office Open XML, ECMA-376) -> `Pages`.

mod body;
mod numbers;
mod styles;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::body::{Body, Links, NoteOf};
use self::numbers::Numbers;
use self::styles::Styles;
use super::Unreadable;
use super::package::Package;
use super::xml::Element;
use crate::import::mended::Reason;
use crate::import::pages::Pages;

/// Reads a Word document. What was inserted in tracked changes stands in it, and what was deleted does not.
pub fn read(bytes: &Arc<[u8]>) -> Result<Pages, Unreadable> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let document = package
        .part(&main)?
        .ok_or_else(|| Unreadable::new("there is no document in it", "hand in the document itself"))?;
    let styles = Styles::of(&package.part_or_empty(&format!("{folder}styles.xml"))?);
    let numbers = Numbers::of(&package.part_or_empty(&format!("{folder}numbering.xml"))?);
    let footnotes = package.part_or_empty(&format!("{folder}footnotes.xml"))?;
    let endnotes = package.part_or_empty(&format!("{folder}endnotes.xml"))?;
    let notes = footnotes.elements().map(|note| (NoteOf::Foot, note));
    let notes = notes.chain(endnotes.elements().map(|note| (NoteOf::End, note)));
    let notes: BTreeMap<(NoteOf, &str), &Element> =
        notes.filter_map(|(of, note)| Some(((of, note.attribute("id")?), note))).collect();
    let links = links(&mut package, &main)?;
    let mut body = Body::new(&styles, &numbers, &notes, &links);
    body.read(&document);
    for part in ["header", "footer"] {
        for name in package.names(&format!("{folder}{part}")) {
            body.leave_out(&package.part_or_empty(&name)?, Reason::HeadOrFoot);
        }
    }
    body.into_pages()
}

/// Returns the addresses that the document links to.
fn links(package: &mut Package, main: &str) -> Result<Links, Unreadable> {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let relations = package.part_or_empty(&format!("{folder}/_rels/{file}.rels"))?;
    let links =
        relations.elements().filter(|relation| relation.attribute("Type").is_some_and(|of| of.ends_with("/hyperlink")));
    let address = |of: &Element| Some((of.attribute("Id")?.to_owned(), of.attribute("Target")?.to_owned()));
    Ok(links.filter_map(address).collect())
}

/// Returns the name of the part that is the document.
fn main_part(package: &mut Package) -> Result<String, Unreadable> {
    let relations = package.part_or_empty("_rels/.rels")?;
    let main = relations
        .elements()
        .find(|relation| relation.attribute("Type").is_some_and(|of| of.ends_with("/officeDocument")));
    let target = main.and_then(|main| main.attribute("Target")).unwrap_or("word/document.xml");
    Ok(target.trim_start_matches('/').to_owned())
}
