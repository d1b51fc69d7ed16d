//! The checksums of a payload -> the tag files of a bag.
//!
//! Source: RFC 8493, "The BagIt File Packaging Format (V1.0)".

use std::fmt::Write as _;

use jiff::civil;

use super::PAYLOAD;
use crate::config::Config;
use crate::output::{Digest, Digests};

/// Makes the tag files, in the order in which they are written.
pub(super) fn tags(config: &Config, payload: &Digests, day: civil::Date) -> Vec<(&'static str, Vec<u8>)> {
    let bytes: u64 = payload.values().map(|digest| digest.bytes).sum();
    let mut info = String::new();
    for (label, value) in [
        ("External-Identifier", config.base_url.as_str()),
        ("External-Description", &format!("{}. {}", config.title, config.description)),
        ("Bagging-Date", &day.to_string()),
        ("Payload-Oxum", &format!("{bytes}.{}", payload.len())),
        ("Bag-Software-Agent", concat!("Plenary ", env!("CARGO_PKG_VERSION"))),
    ] {
        // A line break would begin a new label.
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            let _ = writeln!(info, "{label}: {value}");
        }
    }
    let of_payload = payload.iter().map(|(path, digest)| (format!("{PAYLOAD}{path}"), digest));
    let mut files = vec![
        ("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_vec()),
        ("bag-info.txt", info.into_bytes()),
        ("manifest-sha256.txt", manifest(of_payload)),
    ];
    let digests: Vec<(String, Digest)> =
        files.iter().map(|(name, bytes)| ((*name).to_owned(), Digest::of(bytes))).collect();
    files.push(("tagmanifest-sha256.txt", manifest(digests.iter().map(|(name, digest)| (name.clone(), digest)))));
    files
}

/// Writes a manifest. In names, line ends are percent-encoded, and so is the percent sign.
fn manifest<'a>(files: impl Iterator<Item = (String, &'a Digest)>) -> Vec<u8> {
    let line = |(path, digest): (String, &Digest)| {
        let path = path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D");
        format!("{}  {path}\n", digest.sha256)
    };
    files.map(line).collect::<String>().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_and_no_name_ends_a_line() {
        let config = Config { title: "A\nBagging-Date: 1900-01-01".into(), ..Config::default() };
        let payload = Digests::from([("a\n%.pdf".to_owned(), Digest::of(b"abc"))]);
        let files = tags(&config, &payload, civil::date(2024, 6, 5));
        let text = |at: usize| String::from_utf8(files[at].1.clone()).unwrap();
        assert!(text(1).contains("External-Description: A Bagging-Date: 1900-01-01.\n"), "{}", text(1));
        assert!(text(1).contains("\nBagging-Date: 2024-06-05\nPayload-Oxum: 3.1\n"), "{}", text(1));
        assert!(text(2).ends_with("  data/a%0A%25.pdf\n") && text(2).lines().count() == 1, "{}", text(2));
        assert_eq!(text(3).lines().count(), 3);
    }
}
