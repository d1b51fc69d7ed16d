//! Word, Excel, PowerPoint and OpenDocument files -> macros, embedded objects, remote templates, DDE.

use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;

use super::Findings;

const MACROS: &str = "macros";
const OBJECT: &str = "embedded objects (OLE, ActiveX)";
const REMOTE: &str = "a template or object that it fetches from elsewhere";
const DDE: &str = "commands to other programs (DDE)";
const UNCLEAR: &str = "parts that cannot be checked";

/// Entries of a package that are looked at.
const MOST_ENTRIES: usize = 10_000;
/// Bytes of one part, inflated: a document of a thousand pages has some 20 MiB.
const LARGEST_PART: u64 = 32 << 20;
/// Bytes of all parts together, inflated.
const LARGEST_ALL: u64 = 128 << 20;

/// Kinds of relationship whose target Office fetches or runs when the file is opened (ECMA-376 part 1, 15.2).
const FETCHED: &[&str] =
    &["attachedtemplate", "oleobject", "frame", "subdocument", "afchunk", "externallink", "control"];

/// Finds what is active in a package of Office Open XML or OpenDocument.
pub(super) fn package(bytes: &[u8], found: &mut Findings) {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else {
        found.insert(UNCLEAR);
        return;
    };
    if zip.len() > MOST_ENTRIES {
        found.insert(UNCLEAR);
        return;
    }
    let mut left = LARGEST_ALL;
    for at in 0..zip.len() {
        let Ok(part) = zip.by_index(at) else {
            found.insert(UNCLEAR);
            continue;
        };
        let name = part.name().map_or_else(|_| String::new(), |name| name.to_lowercase());
        if name.ends_with("vbaproject.bin") || name.starts_with("basic/") || name.starts_with("scripts/") {
            found.insert(MACROS);
        }
        if name.contains("/embeddings/") && name.ends_with(".bin") || name.contains("/activex/") {
            found.insert(OBJECT);
        }
        let is_markup = name.ends_with(".xml") || name.ends_with(".rels");
        if !is_markup {
            continue;
        }
        let most = LARGEST_PART.min(left);
        let mut text = Vec::new();
        let is_read = part.take(most + 1).read_to_end(&mut text).is_ok() && text.len() as u64 <= most;
        left = left.saturating_sub(text.len() as u64);
        if !is_read {
            found.insert(UNCLEAR);
            return;
        }
        if name.ends_with(".rels") {
            relationships(&String::from_utf8_lossy(&text), found);
        } else {
            commands(&text, found);
        }
    }
}

/// Finds relationships to what is outside of the package and is fetched when the file is opened.
fn relationships(text: &str, found: &mut Findings) {
    let text = text.to_lowercase();
    for one in text.split("<relationship ").skip(1) {
        let one = one.split('>').next().unwrap_or_default();
        let is_external = one.contains("targetmode=\"external\"") || one.contains("targetmode='external'");
        let is_fetched = FETCHED.iter().any(|kind| {
            let ends = |quote: char| one.contains(&format!("/{kind}{quote}"));
            ends('"') || ends('\'')
        });
        if is_external && is_fetched {
            found.insert(REMOTE);
        }
    }
}

/// Finds fields that send commands to other programs. The letters of a field may be spread over several runs, so what is
/// between tags is put together first.
fn commands(xml: &[u8], found: &mut Findings) {
    let has_fields = memmem::find(xml, b"instrText").is_some() || memmem::find(xml, b"fldSimple").is_some();
    if memmem::find(xml, b"ddeLink").is_some() || memmem::find(xml, b"dde-source").is_some() {
        found.insert(DDE);
    }
    if !has_fields {
        return;
    }
    let text = String::from_utf8_lossy(xml);
    let mut field = String::new();
    for run in text.split("instrText").skip(1).step_by(2) {
        field.push_str(run.split_once('>').map_or("", |(_, rest)| rest).split('<').next().unwrap_or_default());
    }
    let simple = text.split("fldSimple").skip(1).filter_map(|rest| rest.split_once("instr=").map(|(_, rest)| rest));
    let simple = simple.map(|rest| rest.chars().skip(1).take(40).collect::<String>());
    let is_command = |words: &str| {
        let mut words = words.split(|c: char| !c.is_ascii_alphanumeric());
        words.any(|word| word.eq_ignore_ascii_case("DDE") || word.eq_ignore_ascii_case("DDEAUTO"))
    };
    if is_command(&field) || simple.into_iter().any(|words| is_command(&words)) {
        found.insert(DDE);
    }
}

/// Finds what is active in the formats before Office Open XML, and in rich text.
pub(super) fn older(bytes: &[u8], found: &mut Findings) {
    let wide = |word: &str| -> Vec<u8> { word.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let has = |word: &[u8]| memmem::find(bytes, word).is_some();
    if bytes.starts_with(b"{\\rtf") {
        let is_object = ["\\objdata", "\\objemb", "\\objlink", "\\objautlink", "\\objocx", "\\objupdate"];
        if is_object.iter().any(|word| has(word.as_bytes())) {
            found.insert(OBJECT);
        }
        if has(b"{\\*\\template") {
            found.insert(REMOTE);
        }
        if has(b"DDEAUTO") || has(b"DDE ") {
            found.insert(DDE);
        }
        return;
    }
    // Names of storages and streams of a compound file ([MS-CFB], 2.6.1), in UTF-16.
    if has(&wide("_VBA_PROJECT")) || has(&wide("VBA")) && has(&wide("PROJECT")) {
        found.insert(MACROS);
    }
    if has(&wide("ObjectPool")) && has(&wide("Ole10Native")) {
        found.insert(OBJECT);
    }
    if has(b"DDEAUTO") {
        found.insert(DDE);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn found(parts: &[(&str, &str)]) -> Vec<&'static str> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        let mut found = Findings::new();
        package(&zip.finish().unwrap().into_inner(), &mut found);
        found.into_iter().collect()
    }

    #[test]
    fn what_a_word_file_could_do_is_found() {
        const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let external = |kind: &str| {
            format!(
                "<Relationships><Relationship Id=\"a\" Type=\"{RELATIONS}/{kind}\" Target=\"https://example.org/\" TargetMode=\"External\"/></Relationships>"
            )
        };
        for (name, text, expect) in [
            ("word/document.xml", "<w:t>We say DDE.</w:t>".to_owned(), &[][..]),
            ("word/_rels/document.xml.rels", external("hyperlink"), &[]),
            ("word/_rels/settings.xml.rels", external("attachedTemplate"), &[REMOTE]),
            ("word/_rels/document.xml.rels", external("oleObject"), &[REMOTE]),
            ("word/vbaProject.bin", String::new(), &[MACROS]),
            ("Basic/script-lb.xml", String::new(), &[MACROS]),
            ("word/embeddings/oleObject1.bin", String::new(), &[OBJECT]),
            ("word/activeX/activeX1.xml", String::new(), &[OBJECT]),
            ("word/document.xml", "<w:fldSimple w:instr=\" DDEAUTO c:\\\\a \"/>".to_owned(), &[DDE]),
            (
                "word/document.xml",
                "<w:instrText>DDE</w:instrText><w:r/><w:instrText xml:space='preserve'>AUTO a b</w:instrText>"
                    .to_owned(),
                &[DDE],
            ),
        ] {
            assert_eq!(found(&[(name, &text)]), expect, "{name}: {text}");
        }
    }

    #[test]
    fn what_older_formats_could_do_is_found() {
        let wide = |word: &str| -> Vec<u8> { word.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        for (bytes, expect) in [
            (b"{\\rtf1 We say.}".to_vec(), &[][..]),
            (b"{\\rtf1 {\\object\\objemb{\\*\\objdata 01}}}".to_vec(), &[OBJECT]),
            (b"{\\rtf1 {\\*\\template https://example.org/a}}".to_vec(), &[REMOTE]),
            ([b"\xd0\xcf\x11\xe0".to_vec(), wide("_VBA_PROJECT")].concat(), &[MACROS]),
            (b"\xd0\xcf\x11\xe0 Words.".to_vec(), &[]),
        ] {
            let mut found = Findings::new();
            older(&bytes, &mut found);
            assert_eq!(found.into_iter().collect::<Vec<_>>(), expect);
        }
    }
}
