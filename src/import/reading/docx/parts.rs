//! The parts of a Word document that its text refers to -> the words in them.

use std::collections::BTreeMap;

use crate::import::pages::Pages;
use crate::import::reading::package::Package;
use crate::import::reading::xml::{Element, Node};
use crate::import::unreadable::Unreadable;

/// A relation of the document to a part or an address.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    /// Its id.
    pub id: String,
    /// The last segment of its type: `header`, `hyperlink`.
    pub kind: String,
    /// The part's name, or the address as written.
    pub target: String,
    /// Whether the target is outside the document.
    pub is_external: bool,
}

/// Returns all relations of the document, whose main part is given.
///
/// # Errors
/// Fails if the part of relations cannot be read.
pub(super) fn relations(package: &mut Package, main: &str) -> Result<Vec<Relation>, Unreadable> {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let relations = package.part_or_empty(&format!("{folder}/_rels/{file}.rels"))?;
    let relation = |of: &Element| {
        let target = of.attribute("Target")?;
        let is_external = of.attribute("TargetMode") == Some("External");
        let kind = of.attribute("Type")?.rsplit('/').next().unwrap_or_default().to_owned();
        let is_address = is_external || kind == "hyperlink";
        let target = if is_address { target.to_owned() } else { resolved(folder, target) };
        Some(Relation { id: of.attribute("Id")?.to_owned(), kind, target, is_external })
    };
    Ok(relations.elements().filter_map(relation).collect())
}

/// Resolves the name of a part relative to a folder.
fn resolved(folder: &str, target: &str) -> String {
    let mut names: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|name| !name.is_empty()).collect(),
    };
    for name in target.split('/') {
        match name {
            "" | "." => {}
            ".." => _ = names.pop(),
            name => names.push(name),
        }
    }
    names.join("/")
}

/// The content of a part that the text refers to.
#[derive(Debug)]
pub(super) enum Said {
    /// A text, to be inserted where it is referenced.
    Text(Box<Pages>),
    /// Words in a drawing.
    Drawn(Vec<String>),
    /// A text that could not be read, and why.
    Unread(String),
}

/// Parts by relation id.
pub(super) type SaidBy = BTreeMap<String, Said>;

/// Kinds of parts whose words are read elsewhere, are not printed, or do not exist.
const KNOWN: &[&str] = &[
    "header",
    "footer",
    "footnotes",
    "endnotes",
    "comments",
    "styles",
    "stylesWithEffects",
    "numbering",
    "settings",
    "webSettings",
    "fontTable",
    "theme",
    "image",
    "customXml",
    "glossaryDocument",
    "printerSettings",
    "people",
    "commentsExtended",
    "commentsIds",
    "commentsExtensible",
    "keyMapCustomizations",
    "attachedToolbars",
    "attachedTemplate",
    "hyperlink",
    "diagramLayout",
    "diagramQuickStyle",
    "diagramColors",
    "diagramDrawing",
    "video",
    "audio",
    "media",
    "font",
    "oleObject",
    "package",
    "control",
    "activeXControlBinary",
    "frame",
    "mailMergeSource",
    "recipientData",
    "vbaProject",
    "documenttasks",
];

/// The format of a text that is embedded in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Chunk {
    Html,
    Plain,
    Rtf,
    Word,
}

/// Reads an embedded text; `None` if documents are nested too deeply.
///
/// It may be a Word document itself, so the reader is passed in by the reader of Word documents.
pub(super) type ReadChunk<'a> = &'a dyn Fn(Chunk, Vec<u8>) -> Option<Result<Pages, Unreadable>>;

/// Reads the parts that the text may refer to, and those of unknown kinds.
///
/// # Errors
/// Fails if an embedded text cannot be unpacked.
pub(super) fn said(package: &mut Package, relations: &[Relation], read: ReadChunk<'_>) -> Result<SaidBy, Unreadable> {
    let mut said = SaidBy::new();
    for relation in relations.iter().filter(|relation| !KNOWN.contains(&relation.kind.as_str())) {
        let of = match relation.kind.as_str() {
            _ if relation.is_external => {
                Said::Unread(format!("it is in another file, `{}`, which was not imported", relation.target))
            }
            "aFChunk" => chunk(package, &relation.target, read)?,
            _ => drawn(package, &relation.target),
        };
        said.insert(relation.id.clone(), of);
    }
    Ok(said)
}

/// Reads a text of another format that is embedded in the document.
fn chunk(package: &mut Package, name: &str, read: ReadChunk<'_>) -> Result<Said, Unreadable> {
    let Some(bytes) = package.bytes(name)? else { return Ok(Said::Unread("it is missing".to_owned())) };
    let kind = package.content_type(name)?;
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
    let is = |kinds: &[&str], endings: &[&str]| {
        let said = kinds.iter().any(|known| kind.contains(known));
        said || kind.is_empty() && endings.contains(&ending.as_str())
    };
    let of = [
        (Chunk::Html, is(&["html"], &["html", "htm", "xhtml"])),
        (Chunk::Plain, is(&["text/plain"], &["txt"])),
        (Chunk::Rtf, is(&["rtf"], &["rtf"])),
        (Chunk::Word, is(&["wordprocessingml"], &["docx"])),
    ];
    let chunk = of.iter().find(|(_, is_it)| *is_it).and_then(|(chunk, _)| read(*chunk, bytes));
    let Some(pages) = chunk else {
        let kind = if kind.is_empty() { format!("`.{ending}`") } else { kind };
        return Ok(Said::Unread(format!("texts of the type {kind} are not read")));
    };
    Ok(pages.map_or_else(|why| Said::Unread(why.message), |pages| Said::Text(Box::new(pages))))
}

/// Reads the words of a diagram, a chart or any other XML part.
fn drawn(package: &mut Package, name: &str) -> Said {
    match package.part(name) {
        Ok(Some(part)) => Said::Drawn(drawn_words(&part)),
        // A picture, a font, a sound.
        Ok(None) | Err(_) => Said::Drawn(Vec::new()),
    }
}

/// Returns the words of a drawing, paragraph by paragraph.
pub(super) fn drawn_words(drawing: &Element) -> Vec<String> {
    let mut found = Vec::new();
    drawing.each(&["p", "v"], &mut |paragraph| {
        let mut words = String::new();
        collect(paragraph, &mut words);
        // The numbers of a chart are what it draws, not words.
        if words.chars().any(char::is_alphabetic) {
            found.push(words.trim().to_owned());
        }
    });
    found
}

fn collect(element: &Element, words: &mut String) {
    let is_words = matches!(element.name.as_str(), "t" | "v");
    for node in &element.children {
        match node {
            Node::Text(text) if is_words => words.push_str(text),
            Node::Text(_) => {}
            Node::Element(child) if child.name == "br" => words.push(' '),
            Node::Element(child) => collect(child, words),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parts_are_resolved_from_their_folder() {
        for (folder, target, expect) in [
            ("word", "chunk.html", "word/chunk.html"),
            ("word", "/word/chunk.html", "word/chunk.html"),
            ("word", "../customXml/item1.xml", "customXml/item1.xml"),
            ("", "a/./b.xml", "a/b.xml"),
        ] {
            assert_eq!(resolved(folder, target), expect, "{target}");
        }
    }
}
