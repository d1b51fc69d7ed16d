//! `Original` -> `Pages`: a reader for each format, all to one type.

mod blocks;
mod docx;
mod encoding;
mod html;
mod markdown;
mod numbering;
mod odt;
mod package;
mod pdf;
mod plain;
mod xml;

use super::index;
use super::original::Original;
use super::pages::Pages;

/// Why an original could not be read, and what can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub message: String,
    pub help: String,
}

impl Unreadable {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Unreadable {
        Unreadable { message: message.into(), help: help.into() }
    }
}

/// When pages are looked at as pictures, by a program that knows letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ocr {
    /// Where the file itself has no text that can be read, and the program is here.
    #[default]
    Auto,
    Never,
    Always,
}

/// The endings of the files that can be read.
pub const ENDINGS: &[&str] = &["txt", "text", "md", "markdown", "docx", "odt", "html", "htm", "pdf"];

/// Says whether the lines of an original are those of its file, so that they can be shown. Otherwise they are what the
/// reader found one after the other.
pub fn has_lines(original: &Original) -> bool {
    matches!(original.ending().as_str(), "txt" | "text" | "" | "md" | "markdown")
}

/// Returns the front matter that a Markdown original brings along.
pub fn front_matter(original: &Original) -> Option<String> {
    let is_markdown = matches!(original.ending().as_str(), "md" | "markdown");
    if is_markdown { markdown::front_matter(&original.bytes) } else { None }
}

/// Returns a text in whatever encoding its bytes are.
pub fn text(bytes: &[u8]) -> Result<String, Unreadable> {
    encoding::decode(bytes).map(|decoded| decoded.text.into_owned())
}

/// Reads an original. What it is its name says; what has no ending is taken for plain text.
pub fn read(original: &Original, ocr: Ocr) -> Result<Pages, Unreadable> {
    if original.bytes.starts_with(b"version https://git-lfs.github.com/spec/") {
        return Err(Unreadable::new("it is a Git LFS pointer, not the text", "fetch the text with `git lfs pull`"));
    }
    match original.ending().as_str() {
        "txt" | "text" | "" => plain::read(&original.bytes),
        "md" | "markdown" => markdown::read(&original.bytes),
        "pdf" => pdf::read(&original.bytes, ocr),
        "docx" | "docm" => docx::read(&original.bytes),
        "odt" => odt::read(&original.bytes),
        "html" | "htm" | "xhtml" => html::read(&original.bytes),
        other if index::ENDINGS.contains(&other) => Err(Unreadable::new(
            "it is a table, not a statement",
            "if it is an index of the files, name it by itself: `plenary import october/index.csv`",
        )),
        other => Err(Unreadable::new(
            format!("`.{other}` is no format that can be imported"),
            format!("convert it to one of: {}", ENDINGS.join(", ")),
        )),
    }
}
