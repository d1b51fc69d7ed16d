//! The bytes and the name of an original -> the format that it is read as, because names can be wrong or have no
//! extension.

use memchr::memmem;

use super::html;
use crate::import::endings::{INDEXES, TEXTS};
use crate::import::original::Original;
use crate::import::unreadable::Unreadable;

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Plain,
    Markdown,
    Html,
    Pdf,
    Docx,
    Odt,
    Rtf,
    Doc,
}

impl Format {
    /// Returns what a file in this format is called in messages, and its extension.
    pub(super) fn called(self) -> (&'static str, &'static str) {
        match self {
            Format::Plain => ("a plain text", "txt"),
            Format::Markdown => ("a Markdown text", "md"),
            Format::Html => ("a web page", "html"),
            Format::Pdf => ("a PDF", "pdf"),
            Format::Docx => ("a Word document", "docx"),
            Format::Odt => ("an OpenDocument text", "odt"),
            Format::Rtf => ("an RTF document", "rtf"),
            Format::Doc => ("a document of an older office program", "doc"),
        }
    }
}

/// What bytes reveal about their format.
enum Detected {
    Format(Format),
    /// An archive of files that are not parts of one document.
    Archive,
    /// Something that cannot be read: what it is, and what to do.
    Other(&'static str, &'static str),
    Nothing,
}

/// Returns the format that an original is read as, and whether its name says something else.
///
/// # Errors
/// Returns why it is not a text in any supported format.
pub(super) fn format(original: &Original) -> Result<(Format, bool), Unreadable> {
    let ending = original.ending();
    let named = named(&ending);
    match detect(&original.bytes) {
        Detected::Archive => {
            // A damaged document is reported properly by its own reader.
            if let Some(named @ (Format::Docx | Format::Odt)) = named {
                return Ok((named, false));
            }
            let help = "give it the extension `.zip` and import it again";
            Err(Unreadable::new("it is a ZIP archive", help))
        }
        Detected::Other(what, help) => Err(Unreadable::new(format!("it is {what}"), help)),
        // Servers send web pages in place of documents, for example an error page.
        Detected::Format(Format::Html)
            if !matches!(named, Some(Format::Plain | Format::Html | Format::Markdown) | None) =>
        {
            Err(Unreadable::new(
                format!("it is a web page, not a `.{ending}` file"),
                "open it in a browser; if it is the statement, give it the extension `.html`",
            ))
        }
        // Markdown may contain HTML elements.
        Detected::Format(Format::Html) if named == Some(Format::Markdown) => Ok((Format::Markdown, false)),
        Detected::Format(Format::Html) if matches!(ending.as_str(), "txt" | "text" | "") => Ok((Format::Html, false)),
        // An encrypted newer document has the container of an older one; its reader says so.
        Detected::Format(Format::Doc) if matches!(named, Some(Format::Docx | Format::Odt)) => {
            Ok((named.unwrap_or(Format::Docx), false))
        }
        Detected::Format(shown) => Ok((shown, named != Some(shown))),
        Detected::Nothing => named.map(|named| (named, false)).ok_or_else(|| unknown(&ending)),
    }
}

/// Returns the format for an extension.
fn named(ending: &str) -> Option<Format> {
    Some(match ending {
        "txt" | "text" | "" => Format::Plain,
        "md" | "markdown" => Format::Markdown,
        "pdf" => Format::Pdf,
        "docx" | "docm" => Format::Docx,
        "odt" => Format::Odt,
        "rtf" => Format::Rtf,
        "doc" => Format::Doc,
        "html" | "htm" | "xhtml" => Format::Html,
        _ => return None,
    })
}

fn unknown(ending: &str) -> Unreadable {
    if INDEXES.contains(&ending) {
        return Unreadable::new(
            "it is a table, not a statement",
            "if it is an index of the files, import it directly: `plenary import october/index.csv`",
        );
    }
    Unreadable::new(
        format!("`.{ending}` is not a supported format"),
        format!("convert it to one of: {}", TEXTS.join(", ")),
    )
}

/// First bytes of pictures.
const PICTURES: &[&[u8]] =
    &[b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"BM", b"\0\0\x01\0"];

/// First bytes of compressed files other than ZIP archives.
const PACKED: &[&[u8]] = &[b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"BZh", b"\xfd7zXZ\0"];

/// First bytes of audio and video files.
const MEDIA: &[&[u8]] = &[b"ID3", b"OggS", b"\xff\xfb", b"\x1a\x45\xdf\xa3"];

const AS_PDF: &str = "save it as a PDF, whose pages can be read by OCR, or type the text";
const UNPACK: &str = "unpack it and import the files";

/// Returns what bytes reveal about their format.
fn detect(bytes: &[u8]) -> Detected {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let begins = |with: &[&[u8]]| with.iter().any(|with| bytes.starts_with(with));
    // Signatures that no text begins with come first.
    if text.starts_with(b"%PDF-") {
        return Detected::Format(Format::Pdf);
    }
    if text.starts_with(b"{\\rtf") {
        return Detected::Format(Format::Rtf);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return packed_document(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Detected::Format(Format::Doc);
    }
    // A text may begin with the same letters as some of these.
    let binary = bytes.iter().take(1024).any(|byte| *byte < 9);
    let riff = |kind: &[u8]| bytes.starts_with(b"RIFF") && bytes.get(8..12).is_some_and(|of| of == kind);
    let family =
        |kinds: &[&[u8]]| bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|of| kinds.contains(&of));
    if binary && (begins(PICTURES) || riff(b"WEBP") || family(&[b"heic", b"heix", b"mif1", b"avif"])) {
        return Detected::Other("a picture", AS_PDF);
    }
    if binary && begins(PACKED) {
        return Detected::Other("a compressed file, or an archive in an unsupported format", UNPACK);
    }
    if binary && (begins(MEDIA) || riff(b"WAVE") || riff(b"AVI ") || bytes.get(4..8) == Some(b"ftyp")) {
        return Detected::Other("a recording, not a text", "type what is said in it");
    }
    if html::is_page(bytes) { Detected::Format(Format::Html) } else { Detected::Nothing }
}

/// Returns what a ZIP archive is, judged by the names of its parts.
fn packed_document(bytes: &[u8]) -> Detected {
    let has = |name: &[u8]| memmem::find(bytes, name).is_some();
    const KIND: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.";
    // An OpenDocument file declares its type in its first part, which is not compressed.
    if let Some(kind) = bytes.get(30..).and_then(|rest| rest.strip_prefix(KIND)) {
        return match kind {
            _ if kind.starts_with(b"text") => Detected::Format(Format::Odt),
            _ => Detected::Other("a table or a presentation, not a statement", "save its text as .docx or .odt"),
        };
    }
    if has(b"word/document") {
        return Detected::Format(Format::Docx);
    }
    match () {
        () if has(b"ppt/presentation") => Detected::Other("a presentation", "save its text as .docx or .odt"),
        () if has(b"xl/workbook") => Detected::Other("a table, not a statement", "save its text as .docx or .odt"),
        // A document whose parts have unusual names; its reader finds out.
        () if has(b"[Content_Types].xml") || has(b"content.xml") => Detected::Nothing,
        () => Detected::Archive,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_follows_the_bytes_whatever_the_name_says() {
        let odt = [&b"PK\x03\x04"[..], &[0; 26], b"mimetypeapplication/vnd.oasis.opendocument.text"].concat();
        let ods = [&b"PK\x03\x04"[..], &[0; 26], b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"].concat();
        let docx = [&b"PK\x03\x04"[..], &[0; 26], b"[Content_Types].xml word/document.xml"].concat();
        let page = &b"<!DOCTYPE html><html><body>words</body></html>"[..];
        for (name, bytes, expect) in [
            ("a", &b"%PDF-1.4\n"[..], Some((Format::Pdf, true))),
            ("a.txt", b"\n%PDF-1.4\n", Some((Format::Pdf, true))),
            ("a.pdf", b"%PDF-1.4\n", Some((Format::Pdf, false))),
            ("a.dat", b"%PDF-1.4\n", Some((Format::Pdf, true))),
            ("Statement by Mr. Roe", b"%PDF-1.4\n", Some((Format::Pdf, true))),
            ("a.pdf", &docx, Some((Format::Docx, true))),
            ("a", &odt, Some((Format::Odt, true))),
            ("a.docx", &odt, Some((Format::Odt, true))),
            ("a.doc", b"{\\rtf1 words}", Some((Format::Rtf, true))),
            ("a", b"\xd0\xcf\x11\xe0rest", Some((Format::Doc, true))),
            ("a.docx", b"\xd0\xcf\x11\xe0rest", Some((Format::Docx, false))),
            ("a.txt", page, Some((Format::Html, false))),
            ("a.dat", page, Some((Format::Html, true))),
            ("a.txt", b"We read %PDF- in it.", Some((Format::Plain, false))),
            ("a.txt", b"BM is a letterhead.", Some((Format::Plain, false))),
            ("a", b"words", Some((Format::Plain, false))),
            ("a.pdf", b"words", Some((Format::Pdf, false))),
            // Refused.
            ("a.pdf", page, None),
            ("a.doc", page, None),
            ("a.txt", &ods, None),
            ("a", b"PK\x03\x04 photo.jpg", None),
            ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None),
            ("a.pdf", b"\xff\xd8\xff\xe0\0\x10JFIF", None),
            ("a.xyz", b"words", None),
        ] {
            let found = format(&Original::new(name, None, bytes));
            assert_eq!(found.as_ref().ok(), expect.as_ref(), "{name}: {found:?}");
        }
    }
}
