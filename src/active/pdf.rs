//! A PDF -> JavaScript, programs that it starts, files that it contains.
//!
//! These are recognized by the names of actions and name trees (ISO 32000-1, 12.6.4, 7.11.4). Names may be written with
//! `#` escapes (7.3.5) and may be in compressed object streams (7.5.7), which are inflated for this. In an encrypted
//! file, names outside streams are plain, but streams and strings cannot be inspected (7.6.1).

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use super::{Budget, Findings};

/// Names of actions and name trees, with their meaning.
const NAMES: &[(&str, &str)] = &[
    ("JavaScript", "JavaScript"),
    ("Launch", "a program to start"),
    ("EmbeddedFile", "files within it"),
    ("EmbeddedFiles", "files within it"),
    ("RichMedia", "interactive media"),
    ("ImportData", "a form that fetches data"),
    ("SubmitForm", "a form that sends data"),
    ("GoToE", "files within it"),
    ("XFA", "a form with scripts of its own (XFA)"),
    ("Rendition", "interactive media"),
];

/// The finding for an encrypted file with objects that cannot be inspected.
const ENCRYPTED: &str = "encrypted parts, which cannot be checked";

/// Length of the longest of these names, with a margin for letters that would make it a different name.
const LONGEST: usize = 24;
/// The maximum size of one inflated object stream, in bytes. A stream usually has no more than a few hundred objects.
const LARGEST_STREAM: u64 = 16 << 20;

/// Names that are harmless by themselves.
#[derive(Default)]
struct Signs {
    /// Offsets in the file at which the names of object streams start.
    object_streams: Vec<usize>,
    is_encrypted: bool,
    /// Whether an action runs when the file is opened.
    opens: bool,
    /// Whether there is a link to an address.
    has_address: bool,
}

/// Finds what is active in a PDF; what is inflated counts against the budget.
pub(super) fn pdf(bytes: &[u8], left: &mut Budget, found: &mut Findings) {
    let mut signs = Signs::default();
    names(bytes, &mut signs, found);
    strings(bytes, found);
    if signs.is_encrypted {
        // It is unknown what the objects in its streams do, and which address it opens.
        if !signs.object_streams.is_empty() || signs.opens && signs.has_address {
            found.insert(ENCRYPTED);
        }
        return;
    }
    for at in signs.object_streams {
        // The stream follows its dictionary, which is short.
        let rest = &bytes[at..bytes.len().min(at + 4096)];
        let Some(begin) = memmem::find(rest, b"stream").map(|offset| at + offset + "stream".len()) else { continue };
        let data = &bytes[begin..];
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).unwrap_or(data);
        let most = LARGEST_STREAM.min(*left);
        let mut inflated = Vec::new();
        // The data inflated before an error counts, so that a damaged end cannot hide the beginning.
        let _ = ZlibDecoder::new(data).take(most + 1).read_to_end(&mut inflated);
        names(&inflated, &mut Signs::default(), found);
        strings(&inflated, found);
        // Another filter, or a damaged stream: it is unknown what a viewer finds in it.
        if inflated.is_empty() {
            found.insert("parts that cannot be checked");
        }
        *left = left.saturating_sub(inflated.len() as u64);
        if inflated.len() as u64 > most {
            found.insert("more within it than can be checked");
            return;
        }
    }
}

/// Finds the relevant names in a part of the file.
fn names(bytes: &[u8], signs: &mut Signs, found: &mut Findings) {
    for at in memchr::memchr_iter(b'/', bytes) {
        let name = &bytes[at + 1..bytes.len().min(at + 1 + LONGEST * 3)];
        if !matches!(name.first(), Some(b'J' | b'L' | b'E' | b'R' | b'I' | b'S' | b'G' | b'X' | b'O' | b'U' | b'#')) {
            continue;
        }
        let name = unescaped(name);
        match &*name {
            b"ObjStm" => signs.object_streams.push(at + 1),
            b"Encrypt" => signs.is_encrypted = true,
            b"OpenAction" => signs.opens = true,
            b"URI" => signs.has_address = true,
            // Three letters occur by chance in compressed data, but the name of a form is followed by its parts.
            b"XFA" if !is_followed_by_value(&bytes[at + 1..]) => {}
            name => found.extend(NAMES.iter().filter(|(word, _)| word.as_bytes() == name).map(|(_, meaning)| *meaning)),
        }
    }
}

/// Returns whether a name is followed by an array, a reference or a stream.
fn is_followed_by_value(bytes: &[u8]) -> bool {
    let end = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'#').unwrap_or(bytes.len());
    let rest = bytes[end..].trim_ascii_start();
    let value =
        rest.first().is_some_and(|byte| *byte == b'[' || byte.is_ascii_digit() && rest.len() < bytes.len() - end);
    value && bytes.len() > end
}

/// Schemes of URLs that run scripts.
const SCRIPTS: &[&[u8]] = &[b"javascript:", b"vbscript:"];
/// How many bytes of a string are inspected: enough for a scheme with escapes and leading space.
const BEGINNING: usize = 128;

/// Finds strings that start with the scheme of a script, however they are written (7.3.4).
fn strings(bytes: &[u8], found: &mut Findings) {
    for at in memchr::memchr2_iter(b'(', b'<', bytes) {
        let rest = &bytes[at + 1..bytes.len().min(at + 1 + BEGINNING)];
        let text = match (bytes[at], rest.first()) {
            (b'(', Some(b'j' | b'J' | b'v' | b'V' | b'\\' | ..=b' ' | 0xfe | 0xef)) => literal(rest),
            (b'<', Some(b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' | ..=b' ')) => hexadecimal(rest),
            _ => continue,
        };
        // Viewers skip space, and in UTF-16 each letter has a zero byte before it.
        let bare = text.iter().filter(|byte| byte.is_ascii_graphic()).map(u8::to_ascii_lowercase);
        let bare: Vec<u8> = bare.collect();
        if SCRIPTS.iter().any(|scheme| bare.starts_with(scheme)) {
            found.insert("JavaScript");
        }
    }
}

/// Returns the beginning of a literal string, unescaped.
fn literal(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(32);
    let mut rest = raw;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b')', _) => break,
            (b'\\', [b'0'..=b'7', ..]) => {
                let digits = tail.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
                let code = tail[..digits].iter().fold(0u32, |code, digit| code * 8 + u32::from(digit - b'0'));
                text.push(code as u8);
                rest = &tail[digits..];
            }
            // Line continuations and escaped control characters are skipped.
            (b'\\', [b'n' | b'r' | b't' | b'b' | b'f' | b'\r' | b'\n', after @ ..]) => rest = after,
            (b'\\', _) => {}
            (byte, _) => text.push(*byte),
        }
    }
    text
}

/// Returns the beginning of a hexadecimal string.
fn hexadecimal(raw: &[u8]) -> Vec<u8> {
    let digits = raw.iter().take_while(|byte| **byte != b'>').filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u32> = digits.collect();
    digits.chunks(2).map(|pair| (pair[0] * 16 + pair.get(1).copied().unwrap_or(0)) as u8).collect()
}

/// Returns a name up to its end, unescaped.
fn unescaped(raw: &[u8]) -> Vec<u8> {
    let mut name = Vec::with_capacity(LONGEST);
    let mut rest = raw;
    while let [first, tail @ ..] = rest {
        if name.len() > LONGEST || !first.is_ascii_alphanumeric() && *first != b'#' {
            break;
        }
        let escaped = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        if let Some(byte) = escaped.filter(|_| *first == b'#').and_then(|two| u8::from_str_radix(two, 16).ok()) {
            name.push(byte);
            rest = &tail[2..];
        } else {
            name.push(*first);
            rest = tail;
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn found(bytes: &[u8]) -> Vec<&'static str> {
        let mut found = Findings::new();
        pdf(bytes, &mut { crate::active::LARGEST_ALL }, &mut found);
        found.into_iter().collect()
    }

    #[test]
    fn actions_are_found_however_their_names_are_written() {
        for (object, expect) in [
            ("<< /S /JavaScript /JS (app.alert(1)) >>", &["JavaScript"][..]),
            ("<< /S/J#61va#53cript>>", &["JavaScript"]),
            ("<< /S /Launch /F (a.exe) >>", &["a program to start"]),
            ("<< /Type /EmbeddedFile >>", &["files within it"]),
            ("<< /S /SubmitForm >>", &["a form that sends data"]),
            ("<< /S /URI /URI (https://example.org/) >> /JavaScripts /Launcher", &[]),
            ("<< /XFA [(template) 9 0 R] >>", &["a form with scripts of its own (XFA)"]),
            ("<< /X#46A 9 0 R >>", &["a form with scripts of its own (XFA)"]),
            ("/XFAs /XFA/a", &[]),
            ("<< /OpenAction << /S /URI /URI (JavaScript:app.alert\\(1\\)) >> >>", &["JavaScript"]),
            ("<< /S /URI /URI (\\n java\\163cript:x) >>", &["JavaScript"]),
            ("<< /S /URI /URI <6A61 7661736372697074 3A> >>", &["JavaScript"]),
            ("(We speak of javascript: it is a language.)", &[]),
            ("<< /Type /ObjStm /Encrypted >> (x)", &[]),
        ] {
            assert_eq!(found(format!("%PDF-1.7\n1 0 obj {object} endobj").as_bytes()), expect, "{object}");
        }
    }

    #[test]
    fn an_encrypted_file_is_active_if_its_actions_cannot_be_inspected() {
        const TRAILER: &str = "trailer << /Encrypt 5 0 R >>";
        for (object, expect) in [
            ("<< /Type /Page >>", &[][..]),
            ("<< /S /URI /URI (\\302x) >>", &[]),
            ("<< /OpenAction [3 0 R /Fit] >>", &[]),
            ("<< /Type /ObjStm >> stream x", &[ENCRYPTED]),
            ("<< /Type /Obj#53tm >> stream x", &[ENCRYPTED]),
            ("<< /OpenAction << /S /URI /URI (\\302x) >> >>", &[ENCRYPTED]),
            ("<< /S /JavaScript /JS (\\302x) >>", &["JavaScript"]),
        ] {
            assert_eq!(found(format!("%PDF-1.7\n1 0 obj {object} endobj {TRAILER}").as_bytes()), expect, "{object}");
        }
    }

    #[test]
    fn compressed_objects_are_inspected() {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(b"1 0 << /S /JavaScript >>").unwrap();
        let mut file = b"%PDF-1.7\n9 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\r\n".to_vec();
        file.extend(encoder.finish().unwrap());
        file.extend(b"\nendstream");
        assert_eq!(found(&file), ["JavaScript"]);
    }
}
