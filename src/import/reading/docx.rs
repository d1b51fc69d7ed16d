//! A Word document (Office Open XML, ECMA-376) -> `Pages`.

mod body;
mod drawings;
mod fields;
mod numbers;
mod parts;
mod runs;
mod styles;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::body::{Around, Body, NoteOf};
use self::numbers::Numbers;
use self::parts::{Chunk, Relation};
use self::styles::Styles;
use super::package::Package;
use super::xml::Element;
use super::{html, older, plain};
use crate::import::mended::Reason;
use crate::import::pages::Pages;
use crate::import::unreadable::Unreadable;

/// Reads a Word document. Tracked insertions are part of the text, tracked deletions are not.
///
/// # Errors
/// Returns why it cannot be read: damaged, encrypted, too large, or without words.
pub(super) fn read(bytes: &Arc<[u8]>) -> Result<Pages, Unreadable> {
    read_at(bytes, 0)
}

/// Reads a document in a format of older office programs, which its extension names.
///
/// # Errors
/// Returns why it cannot be read, also if LibreOffice is not installed.
pub(super) fn read_older(bytes: &[u8], ending: &str) -> Result<Pages, Unreadable> {
    let mut pages = read(&older::as_word(bytes, ending)?)?;
    pages.reader = format!("{}, by LibreOffice", ending.to_uppercase());
    Ok(pages)
}

/// How deeply documents within documents are read.
const DEEPEST: u32 = 3;

/// Reads a document that is nested in this many others.
fn read_at(bytes: &Arc<[u8]>, depth: u32) -> Result<Pages, Unreadable> {
    let mut package = Package::open(bytes)?;
    let main = main_part(&mut package)?;
    let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let document =
        package.part(&main)?.ok_or_else(|| Unreadable::new("it contains no document", "import the document itself"))?;
    let relations = parts::relations(&mut package, &main)?;
    let styles = Styles::of(&one(&mut package, &relations, &folder, "styles")?);
    let numbers = Numbers::of(&one(&mut package, &relations, &folder, "numbering")?);
    let footnotes = one(&mut package, &relations, &folder, "footnotes")?;
    let endnotes = one(&mut package, &relations, &folder, "endnotes")?;
    let notes = footnotes.elements().map(|note| (NoteOf::Foot, note));
    let notes = notes.chain(endnotes.elements().map(|note| (NoteOf::End, note)));
    let notes: BTreeMap<(NoteOf, &str), &Element> =
        notes.filter_map(|(of, note)| Some(((of, note.attribute("id")?), note))).collect();
    let links = relations.iter().filter(|relation| relation.kind == "hyperlink");
    let links = links.map(|relation| (relation.id.clone(), relation.target.clone())).collect();
    let embedded = |chunk: Chunk, bytes: Vec<u8>| match chunk {
        Chunk::Html => Some(html::read(&bytes)),
        Chunk::Plain => Some(plain::read(&bytes)),
        Chunk::Rtf => Some(read_older(&bytes, "rtf")),
        Chunk::Word => (depth < DEEPEST).then(|| read_at(&bytes.into(), depth + 1)),
    };
    // Everything that the body refers to is loaded first, because the walk over the tree borrows it.
    let said = parts::said(&mut package, &relations, &embedded)?;
    let mut wholes = fields::whole(&document);
    wholes.extend(fields::whole(&footnotes));
    wholes.extend(fields::whole(&endnotes));
    let around =
        Around { styles: &styles, numbers: &numbers, notes: &notes, links: &links, said: &said, fields: &wholes };
    let mut body = Body::new(around);
    // The order decides the list of what was left out: parts without a place in the text come after it.
    body.read(&document);
    body.unmet();
    for kind in ["header", "footer"] {
        for name in all(&package, &relations, &folder, kind) {
            body.leave_out(&package.part_or_empty(&name)?, Reason::HeadOrFoot);
        }
    }
    for name in all(&package, &relations, &folder, "comments") {
        body.comments(&package.part_or_empty(&name)?);
    }
    body.into_pages()
}

/// Reads the part of a kind that occurs once; an empty element if it is missing.
fn one(package: &mut Package, relations: &[Relation], folder: &str, kind: &str) -> Result<Element, Unreadable> {
    let related = relations.iter().find(|relation| relation.kind == kind && !relation.is_external);
    let usual = format!("{folder}{kind}.xml");
    package.part_or_empty(related.map_or(&usual, |relation| &relation.target))
}

/// Returns the names of all parts of a kind: those that the document refers to, and those that are named after it.
fn all(package: &Package, relations: &[Relation], folder: &str, kind: &str) -> Vec<String> {
    let mut names = package.names(&format!("{folder}{kind}"));
    // Word keeps additional data about comments in parts with longer names.
    names.retain(|name| kind != "comments" || name.ends_with("/comments.xml"));
    let related = relations.iter().filter(|relation| relation.kind == kind && !relation.is_external);
    names.extend(related.map(|relation| relation.target.clone()));
    names.sort_unstable();
    names.dedup();
    names
}

/// Returns the name of the main document part.
fn main_part(package: &mut Package) -> Result<String, Unreadable> {
    let relations = package.part_or_empty("_rels/.rels")?;
    let main = relations
        .elements()
        .find(|relation| relation.attribute("Type").is_some_and(|of| of.ends_with("/officeDocument")));
    let target = main.and_then(|main| main.attribute("Target")).unwrap_or("word/document.xml");
    Ok(target.trim_start_matches('/').to_owned())
}
