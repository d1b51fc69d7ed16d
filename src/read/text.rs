//! The bytes of a file -> its text: UTF-8 without a byte order mark, lines ending in `\n`, in Unicode normalization
//! form C, and without characters that no page can contain.

use std::borrow::Cow;
use std::sync::Arc;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::language::scripts::is_direction_control;
use crate::path::is_no_character;

/// The largest text that is read, in bytes. No statement is nearly as long; a larger file is a mistake.
pub const LARGEST: usize = 32 << 20;

/// Decodes the text of a file.
///
/// # Errors
///
/// Returns a diagnostic if the bytes are too many, a Git LFS pointer, not UTF-8, or blank.
pub fn decode<'a>(path: &Arc<str>, bytes: &'a [u8]) -> Result<Cow<'a, str>, Diagnostic> {
    let file = || Place::file(path);
    if bytes.len() > LARGEST {
        return Err(too_large(path, bytes.len() as u64));
    }
    if is_pointer(bytes) {
        return Err(pointer(path));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(path, bytes, error.valid_up_to()))?;
    if text.trim().is_empty() {
        return Err(
            Diagnostic::new(Code::EmptyFile, file(), "the file is empty").help("write a text, or delete the file")
        );
    }
    let mut text = Cow::Borrowed(text);
    if memchr::memchr(b'\r', bytes).is_some() {
        text = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    // Editors on different systems compose letters differently; names and links must compare equal nevertheless.
    if may_be_decomposed(text.as_bytes()) && is_nfc_quick(text.chars()) != IsNormalized::Yes {
        text = Cow::Owned(text.nfc().collect());
    }
    Ok(text)
}

/// The largest Git LFS pointer in bytes, according to the specification of Git LFS.
pub const LARGEST_POINTER: u64 = 1024;

/// Returns whether the bytes are a Git LFS pointer rather than what it points to.
pub fn is_pointer(bytes: &[u8]) -> bool {
    bytes.len() as u64 <= LARGEST_POINTER && bytes.starts_with(b"version https://git-lfs.github.com/spec/")
}

/// Returns the problem of a file that is a Git LFS pointer.
pub fn pointer(path: &Arc<str>) -> Diagnostic {
    let message = "the file is a Git LFS pointer, not what it points to";
    Diagnostic::new(Code::LfsPointer, Place::file(path), message).help("fetch the file with `git lfs pull`")
}

/// Returns whether neither HTML nor XML can contain a character, because it is a control character or a noncharacter.
pub fn is_unfit(c: char) -> bool {
    c != '\t' && c != '\n' && is_no_character(c)
}

/// Replaces each character that no page can contain: a page break with a space, any other with U+FFFD. So columns stay
/// the same, and readers see that something is wrong.
pub fn fit(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unfit) {
        return Cow::Borrowed(text);
    }
    text.chars().map(stand_in).collect()
}

fn stand_in(c: char) -> char {
    match c {
        '\u{b}' | '\u{c}' => ' ',
        c if is_unfit(c) => '\u{fffd}',
        c => c,
    }
}

/// Returns the message and the help for the first character of `text` that no page can contain.
pub fn unfit(text: &str) -> Option<(String, &'static str)> {
    let mut all = text.chars().filter(|c| is_unfit(*c));
    let (first, more) = (all.next()?, all.count());
    let instead = if stand_in(first) == ' ' { "a space" } else { "\u{fffd}" };
    let more = if more == 0 { String::new() } else { format!(" (it has {more} more)") };
    let message =
        format!("the text contains U+{:04X}, which no page can contain: it becomes {instead}{more}", u32::from(first));
    Some((message, "delete it, or write the character that was meant"))
}

/// Reports once per file that it has characters that no page can contain, and returns the text with these replaced.
pub fn fit_to_show<'a>(path: &Arc<str>, text: Cow<'a, str>, diagnostics: &mut Vec<Diagnostic>) -> Cow<'a, str> {
    // Fast path: only these bytes start such a character, and nearly all texts have none of them.
    let suspect = |b: u8| (b < 0x20 && b != b'\n' && b != b'\t') || b == 0x7f || b == 0xc2 || b >= 0xef;
    let at = if text.bytes().any(suspect) { text.find(is_unfit) } else { None };
    let Some((at, (message, help))) = at.zip(unfit(&text)) else { return text };
    let (line, column) = Lines::new(&text, 1).of(at, 1);
    let place = Place { path: Arc::clone(path), line, column };
    diagnostics.push(Diagnostic::new(Code::ControlCharacter, place, message).help(help));
    Cow::Owned(fit(&text).into_owned())
}

/// Returns the byte at which a text affects the direction of what follows it: the first mark that overrides the
/// direction, or that is not opened and closed on the same line. Such marks can make text read differently from its
/// source (the "Trojan Source" attack, CVE-2021-42574).
pub fn stray_direction(text: &str) -> Option<usize> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut last = 0;
    for at in memchr::memchr_iter(0xe2, text.as_bytes()) {
        let mark = text[at..].chars().next().unwrap_or_default();
        if !is_direction_control(mark) {
            continue;
        }
        // A line has ended while a mark was open: that mark is the stray one.
        if text[last..at].contains('\n') && !open.is_empty() {
            break;
        }
        last = at;
        match mark {
            '\u{202c}' if matches!(open.pop(), Some((_, '\u{202a}' | '\u{202b}'))) => {}
            '\u{2069}' if matches!(open.pop(), Some((_, '\u{2066}'..='\u{2068}'))) => {}
            '\u{202c}'..='\u{202e}' | '\u{2069}' => return Some(at),
            opening => open.push((at, opening)),
        }
    }
    open.first().map(|(at, _)| *at)
}

/// Returns the message and the help for the stray direction mark at the beginning of `text`.
pub fn stray_direction_words(text: &str) -> (String, &'static str) {
    let mark = u32::from(text.chars().next().unwrap_or_default());
    let message = format!("the invisible mark U+{mark:04X} changes the direction of the text that follows it");
    (message, "delete it; to mark a direction, open it with U+2068 and close it with U+2069 on the same line")
}

/// Returns the problem of a text with this many bytes.
pub fn too_large(path: &Arc<str>, bytes: u64) -> Diagnostic {
    let message = format!("the file has {} MiB, but a text has {} MiB at most", bytes >> 20, LARGEST >> 20);
    Diagnostic::new(Code::FileTooLarge, Place::file(path), message)
        .help("split it, or move it to static/ if it is not a text")
}

/// Returns whether the text may be in a form other than C. Characters below U+0300 never are, nor are the usual dashes
/// and quotation marks (U+2010 to U+203F), so most texts in Latin script need no further check.
fn may_be_decomposed(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        // Chunks of sixteen bytes, which the compiler vectorizes.
        let plain = rest.chunks_exact(16).take_while(|chunk| chunk.iter().max() < Some(&0xcc));
        rest = &rest[plain.count() * 16..];
        let Some(at) = rest.iter().position(|&b| b >= 0xcc) else { return false };
        match rest[at..] {
            [0xe2, 0x80, third, ..] if third >= 0x90 => rest = &rest[at + 3..],
            _ => return true,
        }
    }
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

/// Converts byte offsets of a text to lines and columns, both from 1, columns in characters.
pub struct Lines<'a> {
    text: &'a str,
    /// The offset of the last query.
    at: usize,
    /// The line of that offset.
    line: u32,
    /// The characters before it on its line.
    before: u32,
}

impl<'a> Lines<'a> {
    /// Starts at the top of `text`, which starts on line `line` of its file.
    pub fn new(text: &'a str, line: u32) -> Lines<'a> {
        Lines { text, at: 0, line, before: 0 }
    }

    /// Returns the line and column of a byte offset; `first` is the line on which the text starts. The cost depends on
    /// the distance from the previous offset, so a line of a thousand links is not counted again for each of them.
    pub fn of(&mut self, offset: usize, first: u32) -> (u32, u32) {
        // Closer to the beginning than to the previous offset: restart.
        if offset < self.at / 2 {
            (self.at, self.line, self.before) = (0, first, 0);
        }
        let between = &self.text[self.at.min(offset)..self.at.max(offset)];
        let breaks = memchr::memchr_iter(b'\n', between.as_bytes()).count() as u32;
        let count = |text: &str| text.chars().count() as u32;
        if breaks > 0 {
            let start = memchr::memrchr(b'\n', &self.text.as_bytes()[..offset]).map_or(0, |at| at + 1);
            self.line = if self.at < offset { self.line + breaks } else { self.line - breaks };
            self.before = count(&self.text[start..offset]);
        } else if self.at < offset {
            self.before += count(between);
        } else {
            self.before -= count(between);
        }
        self.at = offset;
        (self.line, self.before + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_turn_the_direction_of_others_are_found() {
        for (text, expect) in [
            ("a \u{2068}b\u{2069} c", None),
            ("a \u{202b}b \u{2067}c\u{2069}\u{202c} “d”", None),
            ("a \u{202e}b\u{202c}", Some(2)),
            ("a \u{2067}b", Some(2)),
            ("a \u{2067}b\nc\u{2069}", Some(2)),
            ("a\u{202c}", Some(1)),
            ("\u{2066}a\u{202c}", Some(4)),
        ] {
            assert_eq!(stray_direction(text), expect, "{text:?}");
        }
    }

    #[test]
    fn lines_and_columns_are_the_same_in_whatever_order_they_are_asked_for() {
        let text = "é one\ntwo\n\nfour and more\nfive";
        let plainly = |offset: usize| {
            let before = &text[..offset];
            (before.matches('\n').count() as u32 + 3, before.rsplit('\n').next().unwrap().chars().count() as u32 + 1)
        };
        let mut lines = Lines::new(text, 3);
        let offsets = [0, 5, 4, 20, 24, 22, 12, 11, 2, 27, text.len(), 0, text.len(), 10];
        for offset in offsets {
            assert_eq!(lines.of(offset, 3), plainly(offset), "{offset}");
        }
    }

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
    fn what_no_page_can_hold_is_reported_once_and_has_a_stand_in() {
        let path: Arc<str> = "a.md".into();
        for (text, shown, reported) in [
            ("a\tb\n\u{a0}«é» \u{fffd}", "a\tb\n\u{a0}«é» \u{fffd}", None),
            ("a\n b\u{c}c\0", "a\n b c\u{fffd}", Some((2, 3))),
            ("\u{fffe}\u{1ffff}\u{fdd0}\u{85}", "\u{fffd}\u{fffd}\u{fffd}\u{fffd}", Some((1, 1))),
        ] {
            let mut problems = Vec::new();
            assert_eq!(fit_to_show(&path, text.into(), &mut problems), shown);
            let places: Vec<_> = problems.into_iter().map(|p| p.place.map(|p| (p.line, p.column)).unwrap()).collect();
            assert_eq!(places, reported.into_iter().collect::<Vec<_>>(), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_reported_with_its_place() {
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
