//! Word, Excel, PowerPoint and OpenDocument files -> macros, embedded objects, remote templates and pictures, DDE.

use std::io::Read;

use flate2::bufread::DeflateDecoder;
use memchr::memmem;
use rawzip::{CompressionMethod, ZipArchive, ZipSliceEntry};

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
    let Ok(archive) = ZipArchive::from_slice(bytes) else {
        found.insert(UNCLEAR);
        return;
    };
    let (mut entries, mut left) = (archive.entries(), LARGEST_ALL);
    for number in 0.. {
        let part = match entries.next_entry() {
            Ok(Some(part)) if number < MOST_ENTRIES => part,
            Ok(None) => return,
            // What follows a damaged entry cannot be found.
            _ => {
                found.insert(UNCLEAR);
                return;
            }
        };
        let method = part.compression_method();
        let is_known = matches!(method, CompressionMethod::STORE | CompressionMethod::DEFLATE);
        let entry = archive.get_entry(part.wayfinder()).ok();
        let Some(entry) = entry.filter(|_| is_known && !part.flags().is_encrypted()) else {
            found.insert(UNCLEAR);
            continue;
        };
        let name = String::from_utf8_lossy(part.file_path().as_bytes()).to_lowercase();
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
        let Some(text) = inflated(&entry, method, most) else {
            found.insert(UNCLEAR);
            return;
        };
        left -= text.len() as u64;
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

/// Inflates a part; returns `None` if it is damaged or larger than `most` bytes.
fn inflated(entry: &ZipSliceEntry<'_>, method: CompressionMethod, most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let packed = entry.data();
    // The reader compares length and checksum with those of the table of contents.
    let read = if method == CompressionMethod::STORE {
        entry.verifying_reader(packed).take(most + 1).read_to_end(&mut bytes)
    } else {
        entry.verifying_reader(DeflateDecoder::new(packed)).take(most + 1).read_to_end(&mut bytes)
    };
    (read.is_ok() && bytes.len() as u64 <= most).then_some(bytes)
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

    use flate2::Compression;
    use flate2::write::DeflateEncoder;
    use rawzip::ZipArchiveWriter;

    use super::*;

    fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
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
        package(bytes, &mut found);
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
