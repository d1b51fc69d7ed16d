//! Word, Excel, PowerPoint and OpenDocument files -> macros, embedded objects, remote templates and pictures, DDE.

use std::io::{Cursor, Read};

use memchr::memmem;
use zip::ZipArchive;

use super::{Findings, fields};

const MACROS: &str = "macros";
const OBJECT: &str = "embedded objects (OLE, ActiveX)";
const REMOTE: &str = "a template or object that it fetches from elsewhere";
const DDE: &str = "commands to other programs (DDE)";
const FETCHED: &str = "pictures or text that it fetches from elsewhere";
const UNCLEAR: &str = "parts that cannot be checked";

/// Fields of the older formats that fetch their content.
const FETCHING: &[&str] = &["INCLUDETEXT", "INCLUDEPICTURE"];

/// Most entries in a package that is inspected.
const MOST_ENTRIES: usize = 10_000;
/// Most bytes of one inflated part. A document of a thousand pages has about 20 MiB.
const LARGEST_PART: u64 = 32 << 20;
/// Most bytes of all inflated parts together, against zip bombs.
const LARGEST_ALL: u64 = 128 << 20;

/// Finds active content in an Office Open XML or OpenDocument package.
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
        if name.contains("/macrosheets/") {
            found.insert(MACROS);
        }
        if name.starts_with("xl/connections") || name.contains("/querytables/") {
            found.insert(REMOTE);
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
        match name.rsplit('/').next() {
            _ if name.ends_with(".rels") => fields::relationships(&text, found),
            Some("content.xml" | "styles.xml" | "meta.xml" | "settings.xml") if !is_office(&name) => {
                fields::open_document(&text, found);
            }
            _ => fields::office(&text, found),
        }
        if memmem::find(&text, b"WEBSERVICE(").is_some() {
            found.insert(REMOTE);
        }
    }
}

/// Returns whether a part is in a folder that Office Open XML uses for Word, Excel or PowerPoint.
fn is_office(name: &str) -> bool {
    ["word/", "xl/", "ppt/"].iter().any(|folder| name.starts_with(folder))
}

/// Finds active content in the formats before Office Open XML, and in rich text.
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
        if FETCHING.iter().any(|word| has(word.as_bytes())) {
            found.insert(FETCHED);
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
    if FETCHING.iter().any(|word| has(word.as_bytes()) || has(&wide(word))) {
        found.insert(FETCHED);
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
            ("word/_rels/document.xml.rels", external("image"), &[FETCHED]),
            ("content.xml", "<draw:image xlink:href='https://example.org/'/>".to_owned(), &[FETCHED]),
            ("Object 1/content.xml", "<draw:image xlink:href='https://example.org/'/>".to_owned(), &[FETCHED]),
            ("xl/connections.xml", "<connections/>".to_owned(), &[REMOTE]),
            ("xl/worksheets/sheet1.xml", "<f>_xlfn.WEBSERVICE(A1)</f>".to_owned(), &[REMOTE]),
            ("xl/macrosheets/sheet1.xml", "<xm:macrosheet/>".to_owned(), &[MACROS]),
            ("word/document.xml", "<w:t>An open".to_owned(), &[]),
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
            ([b"\xd0\xcf\x11\xe0".to_vec(), wide("INCLUDETEXT ")].concat(), &[FETCHED]),
            (b"{\\rtf1 {\\field{\\*\\fldinst INCLUDEPICTURE a}}}".to_vec(), &[FETCHED]),
        ] {
            let mut found = Findings::new();
            older(&bytes, &mut found);
            assert_eq!(found.into_iter().collect::<Vec<_>>(), expect);
        }
    }
}
