//! Word, Excel, PowerPoint and OpenDocument files -> macros, embedded objects, remote templates and pictures, DDE.

use memchr::memmem;

use super::{Budget, Findings, archive, fields};

const MACROS: &str = "macros";
const OBJECT: &str = "embedded objects (OLE, ActiveX)";
const REMOTE: &str = "a template or object that it fetches from elsewhere";
const DDE: &str = "commands to other programs (DDE)";
const FETCHED: &str = "pictures or text that it fetches from elsewhere";

/// Fields of the older formats that fetch their content.
const FETCHING: &[&str] = &["INCLUDETEXT", "INCLUDEPICTURE"];

/// Finds active content in an Office Open XML or OpenDocument package.
pub(super) fn package(bytes: &[u8], left: &mut Budget, found: &mut Findings) {
    let is_wanted = |name: &str, found: &mut Findings| {
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
        name.ends_with(".xml") || name.ends_with(".rels")
    };
    archive::each(bytes, left, found, is_wanted, |name, text, _, found| part(name, text, found));
}

/// Finds active content in a part that is XML.
fn part(name: &str, text: &[u8], found: &mut Findings) {
    match name.rsplit('/').next() {
        _ if name.ends_with(".rels") => fields::relationships(text, found),
        Some("content.xml" | "styles.xml" | "meta.xml" | "settings.xml") if !is_office(name) => {
            fields::open_document(text, found);
        }
        _ => fields::office(text, found),
    }
    if memmem::find(text, b"WEBSERVICE(").is_some() {
        found.insert(REMOTE);
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
pub(super) mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::DeflateEncoder;
    use rawzip::{CompressionMethod, ZipArchiveWriter};

    use super::archive::UNCLEAR;
    use super::*;
    use crate::active::LARGEST_ALL;

    pub(in crate::active) fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut archive = ZipArchiveWriter::new(&mut bytes);
        for (name, text) in parts {
            let file = archive.new_file(*name).compression_method(CompressionMethod::DEFLATE);
            let (mut entry, config) = file.start().unwrap();
            let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
            writer.write_all(text.as_bytes()).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            entry.finish(descriptor).unwrap();
        }
        archive.finish().unwrap();
        bytes
    }

    fn of_bytes(bytes: &[u8]) -> Vec<&'static str> {
        let mut found = Findings::new();
        package(bytes, &mut { LARGEST_ALL }, &mut found);
        found.into_iter().collect()
    }

    fn found(parts: &[(&str, &str)]) -> Vec<&'static str> {
        of_bytes(&zipped(parts))
    }

    #[test]
    fn what_cannot_be_unpacked_is_not_considered_harmless() {
        let bytes = zipped(&[("word/document.xml", "<w:t>We say that all is well, and that all is well.</w:t>")]);
        assert_eq!(of_bytes(&bytes), [""; 0]);
        assert_eq!(of_bytes(b"PK\x03\x04"), [UNCLEAR]);
        assert_eq!(of_bytes(&bytes[..bytes.len() - 30]), [UNCLEAR], "the table of contents is torn");
        // Offsets of the central directory's first entry (APPNOTE 4.3.12): flags at 8, method at 10, checksum at 16.
        let directory = memmem::find(&bytes, b"PK\x01\x02").unwrap();
        for (at, byte) in [(8, 0x09), (10, 14), (16, !bytes[directory + 16])] {
            let mut changed = bytes.clone();
            changed[directory + at] = byte;
            assert_eq!(of_bytes(&changed), [UNCLEAR], "byte {at} of the entry");
        }
        // Both of two parts with the same name are inspected: it is unknown which one an office program uses.
        let twice = [("word/document.xml", "<w:t/>"), ("word/document.xml", "<w:fldSimple w:instr='DDE a'/>")];
        assert_eq!(found(&twice), [DDE]);
        assert_eq!(found(&[twice[1], twice[0]]), [DDE]);
    }

    #[test]
    fn active_content_of_a_word_file_is_found() {
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
    fn active_content_of_older_formats_is_found() {
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
