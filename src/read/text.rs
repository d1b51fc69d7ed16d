//! A file's bytes -> its text: UTF-8 without a byte order mark, lines ended by `\n`, in Unicode form C.

use std::borrow::Cow;
use std::sync::Arc;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::diagnostic::{Code, Diagnostic, Place};

/// The largest text that is read, in bytes. No statement comes near; a larger file is a mistake.
pub const LARGEST: usize = 32 << 20;

/// Returns the text, or what keeps the bytes from being one.
pub fn decode<'a>(path: &Arc<str>, bytes: &'a [u8]) -> Result<Cow<'a, str>, Diagnostic> {
    let file = || Place::file(path);
    if bytes.len() > LARGEST {
        return Err(too_large(path, bytes.len() as u64));
    }
    if bytes.starts_with(b"version https://git-lfs.github.com/spec/") {
        let message = "the file is a Git LFS pointer, not the text";
        return Err(Diagnostic::new(Code::LfsPointer, file(), message).help("fetch the text with `git lfs pull`"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(path, bytes, error.valid_up_to()))?;
    if text.trim().is_empty() {
        return Err(
            Diagnostic::new(Code::EmptyFile, file(), "the file is empty").help("write a text, or delete the file")
        );
    }
    let mut text = Cow::Borrowed(text);
    if memchr::memchr2(b'\r', 0, bytes).is_some() {
        text = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}"));
    }
    if may_be_decomposed(text.as_bytes()) && is_nfc_quick(text.chars()) != IsNormalized::Yes {
        text = Cow::Owned(text.nfc().collect());
    }
    Ok(text)
}

/// Returns the problem of a text of so many bytes.
pub fn too_large(path: &Arc<str>, bytes: u64) -> Diagnostic {
    let message = format!("the file has {} MiB; a text may have {} MiB", bytes >> 20, LARGEST >> 20);
    Diagnostic::new(Code::FileTooLarge, Place::file(path), message)
        .help("is it a text? split it, or move it to static/")
}

/// Says whether the text could be in another form than C: below U+0300 no character is, nor are the usual dashes and
/// quotation marks (U+2010 to U+203F), so that most texts in Latin script need no closer look.
fn may_be_decomposed(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|&b| b >= 0xcc) {
        match rest[at..] {
            [0xe2, 0x80, third, ..] if third >= 0x90 => rest = &rest[at + 3..],
            _ => return true,
        }
    }
    false
}

fn not_utf8(path: &Arc<str>, bytes: &[u8], valid: usize) -> Diagnostic {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Diagnostic::new(Code::NotUtf8, Place::file(path), "the file is UTF-16, not UTF-8")
            .help("save it as UTF-8 in your editor, or: iconv -f UTF-16 -t UTF-8");
    }
    let before = &bytes[..valid];
    let line = before.iter().filter(|&&b| b == b'\n').count() as u32 + 1;
    let start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() as u32 + 1;
    let message = format!("the byte 0x{:02X} is not UTF-8", bytes[valid]);
    Diagnostic::new(Code::NotUtf8, Place { path: Arc::clone(path), line, column }, message)
        .help("save the file as UTF-8 in your editor, or: iconv -f WINDOWS-1252 -t UTF-8")
}

/// Byte offsets of a text to lines and columns, both counted from 1, columns in characters.
pub struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    /// Starts at the top of `text`, which stands at `line` of its file.
    pub fn new(text: &'a str, line: u32) -> Lines<'a> {
        Lines { text, at: 0, line }
    }

    /// Returns line and column of a byte offset; cheapest when asked in rising order.
    pub fn of(&mut self, offset: usize, first: u32) -> (u32, u32) {
        if offset < self.at {
            (self.at, self.line) = (0, first);
        }
        self.line += memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.at..offset]).count() as u32;
        self.at = offset;
        let start = memchr::memrchr(b'\n', &self.text.as_bytes()[..offset]).map_or(0, |at| at + 1);
        (self.line, self.text[start..offset].chars().count() as u32 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_line_ends_and_forms_become_one() {
        let path: Arc<str> = "a.md".into();
        for (bytes, text) in [
            (&b"\xef\xbb\xbfa\r\nb\rc"[..], "a\nb\nc"),
            ("cafe\u{301} \u{2019}".as_bytes(), "caf\u{e9} \u{2019}"),
            ("\u{2000}x".as_bytes(), "\u{2002}x"),
        ] {
            assert_eq!(decode(&path, bytes).unwrap(), text);
        }
    }

    #[test]
    fn what_is_no_text_is_told_with_its_place() {
        let path: Arc<str> = "a.md".into();
        for (bytes, code, line, column) in [
            (&b"ab\nc\xe9d"[..], Code::NotUtf8, 2, 2),
            (b"\xff\xfea\0", Code::NotUtf8, 0, 0),
            (b" \n", Code::EmptyFile, 0, 0),
            (b"version https://git-lfs.github.com/spec/v1\noid", Code::LfsPointer, 0, 0),
        ] {
            let problem = decode(&path, bytes).unwrap_err();
            assert_eq!((problem.code, problem.place), (code, Some(Place { path: path.clone(), line, column })));
        }
    }
}
