//! A ZIP archive -> its files, unpacked within bounds, and what in them could act.
//!
//! Office documents and electronic books are archives too. Everything unpacked for one file counts against one budget,
//! so that archives in archives cannot multiply it.

use std::io::Read;

use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipSliceEntry};

use super::{Budget, Findings};

/// The finding for a part that cannot be unpacked.
pub(super) const UNCLEAR: &str = "parts that cannot be checked";

/// The maximum number of entries in an archive that is inspected.
const MOST_ENTRIES: usize = 10_000;
/// The maximum size of one unpacked file, in bytes. A document of a thousand pages has about 20 MiB.
const LARGEST_FILE: u64 = 32 << 20;

/// Finds active content in the files of an archive. Readers unpack it and open what they find, but no web server runs
/// it, so the names of scripts for servers do not count.
pub(super) fn archive(bytes: &[u8], left: &mut Budget, found: &mut Findings) {
    let is_wanted = |name: &str, found: &mut Findings| {
        let is_archive = [".zip", ".epub"].iter().any(|ending| name.ends_with(ending));
        if is_archive {
            found.insert("an archive within it");
        }
        !is_archive && !name.ends_with('/') && !super::is_for_server(name) && super::may_act(name)
    };
    each(bytes, left, found, is_wanted, super::inspect);
}

/// Passes the lower-case name of each file to `is_wanted`, and the bytes of those that are wanted to `inspect`.
pub(super) fn each(
    bytes: &[u8],
    left: &mut Budget,
    found: &mut Findings,
    mut is_wanted: impl FnMut(&str, &mut Findings) -> bool,
    mut inspect: impl FnMut(&str, &[u8], &mut Budget, &mut Findings),
) {
    let Ok(archive) = ZipArchive::from_slice(bytes) else {
        found.insert(UNCLEAR);
        return;
    };
    let mut entries = archive.entries();
    for number in 0.. {
        let part = match entries.next_entry() {
            Ok(Some(part)) if number < MOST_ENTRIES => part,
            Ok(None) => return,
            // Entries after a damaged one cannot be found.
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
        if !is_wanted(&name, found) {
            continue;
        }
        let Some(bytes) = unpacked(&entry, method, LARGEST_FILE.min(*left)) else {
            found.insert(UNCLEAR);
            return;
        };
        *left -= bytes.len() as u64;
        inspect(&name, &bytes, left, found);
    }
}

/// Unpacks a file; returns `None` if it is damaged or larger than `most` bytes.
fn unpacked(entry: &ZipSliceEntry<'_>, method: CompressionMethod, most: u64) -> Option<Vec<u8>> {
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

#[cfg(test)]
mod tests {
    use super::super::findings;
    use super::super::office::tests::zipped;
    use super::*;

    #[test]
    fn what_is_in_an_archive_is_inspected_like_any_file() {
        const SCRIPTS: &str = "scripts";
        for (name, text, expect) in [
            ("annex/statement.txt", "=1+1 <script>", &[][..]),
            ("annex/statement.html", "<p>We say.", &[]),
            ("annex/statement.html", "<script>1</script>", &[SCRIPTS]),
            ("OEBPS/Chapter1.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'><p onclick='x'/></html>", &[SCRIPTS]),
            ("cover.svg", "<svg onload='x'/>", &[SCRIPTS]),
            ("run.exe", "MZ", &["a program, a shortcut or a packed page, which cannot be checked"]),
            ("annex.pdf", "%PDF-1.7\n1 0 obj << /S /JavaScript >> endobj", &["JavaScript"]),
            ("tables/votes.csv", "=cmd(1)", &["formulas that a spreadsheet evaluates"]),
            ("inner.zip", "PK", &["an archive within it"]),
            // No server runs what is in an archive.
            ("analysis.py", "import os", &[]),
            ("_headers", "x", &[]),
        ] {
            for path in ["files/annex.zip", "files/Book.EPUB"] {
                let found: Vec<_> = findings(path, &zipped(&[(name, text)])).into_iter().collect();
                assert_eq!(found, expect, "{path}: {name}");
            }
        }
        assert_eq!(findings("a.zip", b"PK\x03\x04").into_iter().collect::<Vec<_>>(), [UNCLEAR]);
    }

    #[test]
    fn all_that_is_unpacked_for_one_file_counts_against_one_budget() {
        let large = "<p>x</p>".repeat(1 << 17);
        let document = zipped(&[("word/document.xml", &large)]);
        let name = |at: usize| format!("{at}.htm");
        let names: Vec<String> = (0..20).map(name).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), large.as_str())).collect();
        let (mut left, mut found) = (10 << 20, Findings::new());
        archive(&zipped(&files), &mut left, &mut found);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [UNCLEAR], "20 MiB in a budget of 10");
        let (mut left, mut found) = (1 << 19, Findings::new());
        super::super::inspect("a.docx", &document, &mut left, &mut found);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [UNCLEAR]);
    }
}
