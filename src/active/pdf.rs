//! A PDF -> JavaScript, programs that it starts, files that it carries.
//!
//! What matters are the names of actions and trees (ISO 32000-1, 12.6.4, 7.11.4). They are never encrypted, but may be
//! written with `#` escapes (7.3.5) and may be within compressed object streams (7.5.7), which are inflated for this.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use super::Findings;

/// What a name of an action or of a tree means.
const NAMES: &[(&str, &str)] = &[
    ("JavaScript", "JavaScript"),
    ("Launch", "a program to start"),
    ("EmbeddedFile", "files within it"),
    ("EmbeddedFiles", "files within it"),
    ("RichMedia", "interactive media"),
    ("ImportData", "a form that fetches data"),
    ("SubmitForm", "a form that sends data"),
    ("GoToE", "files within it"),
];

/// The longest of these names, and some more letters that would make it another.
const LONGEST: usize = 24;
/// Bytes of one object stream, inflated. A stream holds at most some hundred objects.
const LARGEST_STREAM: u64 = 16 << 20;
/// Bytes of all object streams together, inflated.
const LARGEST_ALL: u64 = 128 << 20;

pub(super) fn pdf(bytes: &[u8], found: &mut Findings) {
    names(bytes, found);
    let mut left = LARGEST_ALL;
    for at in memmem::find_iter(bytes, b"/ObjStm") {
        // The stream follows its dictionary, which is short.
        let rest = &bytes[at..bytes.len().min(at + 4096)];
        let Some(begin) = memmem::find(rest, b"stream").map(|offset| at + offset + "stream".len()) else { continue };
        let data = &bytes[begin..];
        let data = data.strip_prefix(b"\r\n").or_else(|| data.strip_prefix(b"\n")).unwrap_or(data);
        let most = LARGEST_STREAM.min(left);
        let mut inflated = Vec::new();
        // What was inflated before an error counts: a damaged end is no way to hide the beginning.
        let _ = ZlibDecoder::new(data).take(most + 1).read_to_end(&mut inflated);
        names(&inflated, found);
        // Another filter, or none that can be read: what a viewer finds in it is not known.
        if inflated.is_empty() {
            found.insert("parts that cannot be checked");
        }
        left = left.saturating_sub(inflated.len() as u64);
        if inflated.len() as u64 > most {
            found.insert("more within it than can be checked");
            return;
        }
    }
}

/// Finds the names that matter among those of a part of the file.
fn names(bytes: &[u8], found: &mut Findings) {
    for at in memchr::memchr_iter(b'/', bytes) {
        let name = &bytes[at + 1..bytes.len().min(at + 1 + LONGEST * 3)];
        if !matches!(name.first(), Some(b'J' | b'L' | b'E' | b'R' | b'I' | b'S' | b'G' | b'#')) {
            continue;
        }
        let name = unescaped(name);
        found.extend(NAMES.iter().filter(|(word, _)| word.as_bytes() == name).map(|(_, meaning)| *meaning));
    }
}

/// Returns a name as it is meant, up to where it ends.
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
        pdf(bytes, &mut found);
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
        ] {
            assert_eq!(found(format!("%PDF-1.7\n1 0 obj {object} endobj").as_bytes()), expect, "{object}");
        }
    }

    #[test]
    fn compressed_objects_are_looked_into() {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(b"1 0 << /S /JavaScript >>").unwrap();
        let mut file = b"%PDF-1.7\n9 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\r\n".to_vec();
        file.extend(encoder.finish().unwrap());
        file.extend(b"\nendstream");
        assert_eq!(found(&file), ["JavaScript"]);
    }
}
