//! `Original` -> `Pages`: a reader for each format, all with the same result.

mod blocks;
mod docx;
pub mod encoding;
mod format;
mod formula;
mod html;
mod ink;
mod markdown;
mod numbering;
mod odt;
mod older;
mod package;
mod pdf;
mod plain;
mod raised;
mod tables;
mod words;
mod xml;

use self::format::Format;
pub use self::pdf::Ocr;
use super::original::Original;
use super::pages::{Doubt, Pages};
use super::unreadable::Unreadable;

/// The maximum size of a text, in bytes. What one person can say in a whole day is half a MiB.
const MOST_BYTES: usize = 8 << 20;
/// The maximum number of lines in a text.
const MOST_LINES: usize = 200_000;

/// Returns whether the lines of a text read by this reader are those of its file, so that messages can refer to them.
/// Otherwise they are only counted by the reader.
pub fn has_lines(reader: &str) -> bool {
    reader.starts_with(plain::READER) || reader.starts_with(markdown::READER)
}

/// Returns the front matter of a Markdown original.
pub fn front_matter(original: &Original) -> Option<String> {
    let is_markdown = matches!(original.ending().as_str(), "md" | "markdown");
    if is_markdown { markdown::front_matter(&original.bytes) } else { None }
}

/// The message about an invalid byte in a text, with its line and column.
pub type WrongByte = (String, u32, u32);

/// Returns a text decoded from the encoding that its bytes are in, and what is wrong with it.
///
/// # Errors
/// Fails if the bytes are not a text.
pub fn text(bytes: &[u8]) -> Result<(String, Option<WrongByte>), Unreadable> {
    let decoded = encoding::decode(bytes)?;
    let wrong = decoded.broken.map(|broken| (broken.message(decoded.encoding), broken.line, broken.column));
    Ok((decoded.text.into_owned(), wrong))
}

/// Reads an original. Its bytes show its format, or else its name does; a name without an extension means plain text.
///
/// # Errors
/// Returns why it cannot be read, with what the person who submitted it can do.
pub fn read(original: &Original, ocr: Ocr) -> Result<Pages, Unreadable> {
    if original.bytes.starts_with(b"version https://git-lfs.github.com/spec/") {
        return Err(Unreadable::new("it is a Git LFS pointer, not the text", "fetch the text with `git lfs pull`"));
    }
    let (format, misnamed) = format::format(original)?;
    let mut pages = by_format(format, original, ocr)?;
    if misnamed {
        let (what, ending) = format.called();
        pages.doubts.push(Doubt {
            line: 0,
            column: 0,
            message: format!("it is {what} and was read as one, although its name does not end with `.{ending}`"),
            help: "rename it, because originals are published under their names, and import it again",
        });
    }
    let (mut bytes, mut lines) = (0, 0);
    for line in pages.lines() {
        bytes += line.text.len();
        lines += 1;
    }
    if bytes > MOST_BYTES || lines > MOST_LINES {
        let message = format!(
            "its text is {} MiB in {lines} lines; the limit for a statement is {} MiB in {MOST_LINES} lines",
            bytes >> 20,
            MOST_BYTES >> 20
        );
        return Err(Unreadable::new(message, "split it into its statements and import those"));
    }
    Ok(pages)
}

fn by_format(format: Format, original: &Original, ocr: Ocr) -> Result<Pages, Unreadable> {
    match format {
        Format::Plain => plain::read(&original.bytes),
        Format::Markdown => markdown::read(&original.bytes),
        Format::Html => html::read(&original.bytes),
        Format::Pdf => pdf::read(&original.bytes, ocr),
        Format::Docx => docx::read(&original.bytes),
        Format::Odt => odt::read(&original.bytes),
        Format::Rtf | Format::Doc => docx::read_older(&original.bytes, format.called().1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_longer_than_any_statement_is_refused() {
        for text in ["word ".repeat(2 << 20), "word\n".repeat(200_001)] {
            let refused = read(&Original::new("a.txt", None, text.as_bytes()), Ocr::Never).unwrap_err();
            assert!(
                refused.message.contains("the limit for a statement is 8 MiB in 200000 lines"),
                "{}",
                refused.message
            );
        }
    }
}
