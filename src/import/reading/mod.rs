//! `Original` -> `Pages`: a reader for each format, all to one type.

mod encoding;
mod markdown;
mod pdf;
mod plain;

use super::original::Original;
use super::pages::Pages;

/// Why an original could not be read, and what can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub message: String,
    pub help: String,
}

impl Unreadable {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Unreadable {
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
pub const ENDINGS: &[&str] = &["txt", "text", "md", "markdown", "pdf"];

/// Reads an original. What it is its name says; what has no ending is taken for plain text.
pub fn read(original: &Original, ocr: Ocr) -> Result<Pages, Unreadable> {
    if original.bytes.starts_with(b"version https://git-lfs.github.com/spec/") {
        return Err(Unreadable::new("it is a Git LFS pointer, not the text", "fetch the text with `git lfs pull`"));
    }
    match original.ending().as_str() {
        "txt" | "text" | "" => plain::read(&original.bytes),
        "md" | "markdown" => markdown::read(&original.bytes),
        "pdf" => pdf::read(&original.bytes, ocr),
        other => Err(Unreadable::new(
            format!("`.{other}` is no format that can be imported"),
            format!("convert it to one of: {}", ENDINGS.join(", ")),
        )),
    }
}
