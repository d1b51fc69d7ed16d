//! Archives that are sound, damaged or hostile -> what is read from them.

use std::io::Write;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read(bytes: &[u8], name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
    Archive::open(Cursor::new(bytes))?.read(name)
}

#[test]
fn entries_are_read_within_bounds() {
    let zeros = vec![0; 8 << 20];
    let bytes = archive(&[("a.txt", b"words"), ("zeros.txt", &zeros)]);
    assert_eq!(read(&bytes, "a.txt").unwrap().unwrap(), b"words");
    assert_eq!(read(&bytes, "b.txt").unwrap(), None);
    let refused = read(&bytes, "zeros.txt").unwrap_err();
    assert!(refused.message.contains("expands to more than"), "{}", refused.message);
    assert!(read(&bytes[..bytes.len() / 2], "a.txt").unwrap_err().message.contains("damaged"));
    let mut archive =
        Archive::open(Cursor::new(archive(&[("a.txt", b"words"), ("b.txt", b"words")]))).unwrap().within(7);
    assert!(archive.clone().read("a.txt").is_ok() && archive.read("a.txt").is_ok() && archive.read("b.txt").is_err());
}

#[test]
fn a_false_size_in_the_table_of_contents_is_refused() {
    let zeros = vec![0; 8 << 20];
    let mut bytes = archive(&[("zeros.txt", &zeros)]);
    let size = (8_u32 << 20).to_le_bytes();
    for at in 0..bytes.len() - 4 {
        if bytes[at..at + 4] == size {
            bytes[at..at + 4].copy_from_slice(&5_u32.to_le_bytes());
        }
    }
    assert!(read(&bytes, "zeros.txt").is_err());
}

#[test]
fn archives_over_a_limit_are_refused_before_anything_is_unpacked() {
    let names: Vec<String> = (0..=MOST_ENTRIES).map(|i| i.to_string()).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let refused = read(&archive(&entries), "1").unwrap_err();
    assert!(refused.message.contains("10001 entries"), "{}", refused.message);
    // Each entry is within its limits, but all together expand to more than text could have been compressed to this size.
    let zeros = vec![0; 1 << 20];
    let entries: Vec<(&str, &[u8])> = names[..70].iter().map(|name| (name.as_str(), &zeros[..])).collect();
    let refused = read(&archive(&entries), "1").unwrap_err();
    assert!(refused.message.contains("70 MiB together"), "{}", refused.message);
}

#[test]
fn overlapping_entries_are_refused() {
    // Two entries in the table of contents that both point at the bytes of one.
    let bytes = archive(&[("a.txt", b"words and more words"), ("b.txt", b"words and more words")]);
    let table = bytes.windows(4).position(|at| at == b"PK\x01\x02").unwrap();
    let second = table + 4 + bytes[table + 4..].windows(4).position(|at| at == b"PK\x01\x02").unwrap();
    let mut overlapping = bytes.clone();
    let first_place: Vec<u8> = bytes[table + 42..table + 46].to_vec();
    overlapping[second + 42..second + 46].copy_from_slice(&first_place);
    assert!(read(&bytes, "b.txt").is_ok());
    let refused = read(&overlapping, "b.txt").unwrap_err();
    assert!(refused.message.contains("overlap"), "{}", refused.message);
}

#[test]
fn names_that_lead_out_of_the_archive_are_recognised() {
    for (name, outside) in [
        ("a/b.txt", false),
        ("a..b/c.txt", false),
        ("../b.txt", true),
        ("a/../../b.txt", true),
        ("/etc/b.txt", true),
        ("C:/b.txt", true),
    ] {
        assert_eq!(is_outside(name), outside, "{name}");
    }
}
