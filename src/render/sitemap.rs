//! The pages for search engines -> one sitemap, or an index with several below it.
//!
//! Source: sitemaps.org, protocol 0.9: a file has at most 50,000 addresses and 50 MiB; search engines refuse a larger
//! one as a whole.

use super::feeds;
use super::parts::{Parts, SitemapParts, TextParts};
use crate::config::Config;
use crate::path::SitePath;
use crate::stamp::Stamped;

/// The limits of one sitemap file.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The most addresses.
    pub addresses: usize,
    /// The most bytes.
    pub bytes: usize,
}

impl Bounds {
    /// The limits of the protocol.
    pub const PROTOCOL: Bounds = Bounds { addresses: 50_000, bytes: 50 << 20 };
}

/// Bytes of a file around its addresses, and around each address, at most.
const AROUND_ALL: usize = 256;
const AROUND_ONE: usize = 64;

/// Returns the file `sitemap.xml` and, if it is an index, the files that it names.
///
/// # Errors
/// If a file's name is not a valid path, or XML cannot be written; neither happens with these names, in memory.
pub fn files(config: &Config, pages: Vec<SitePath>, bounds: Bounds) -> anyhow::Result<Vec<(SitePath, Parts)>> {
    let path = |name: &str| SitePath::parse(name).map_err(anyhow::Error::msg);
    let part = |pages: Vec<SitePath>| Parts::SitemapParts(SitemapParts { pages: Stamped::new(pages) });
    let mut parts = split(config, pages, bounds);
    if parts.len() == 1 {
        return Ok(vec![(path("sitemap.xml")?, part(parts.remove(0)))]);
    }
    let mut files = Vec::with_capacity(parts.len() + 1);
    for (pages, number) in parts.into_iter().zip(1..) {
        files.push((path(&format!("sitemap-{number}.xml"))?, part(pages)));
    }
    let urls = files.iter().map(|(path, _)| url(config, path)).collect::<Vec<_>>();
    let index = String::from_utf8(feeds::sitemap_index(&urls)?)?;
    files.push((path("sitemap.xml")?, Parts::TextParts(TextParts { text: index.into() })));
    Ok(files)
}

fn url(config: &Config, path: &SitePath) -> String {
    format!("{}{}", config.origin(), path.href(&config.base_path()))
}

/// Divides the pages, in order, among as few files as possible; at least one.
fn split(config: &Config, pages: Vec<SitePath>, bounds: Bounds) -> Vec<Vec<SitePath>> {
    let (mut parts, mut bytes) = (vec![Vec::new()], AROUND_ALL);
    for page in pages {
        // `&` and its like are longer in XML, but percent-encoded in addresses.
        let length = url(config, &page).len() + AROUND_ONE;
        let last: &mut Vec<SitePath> = match parts.last_mut() {
            Some(last) if last.len() < bounds.addresses && bytes + length <= bounds.bytes => last,
            _ => {
                bytes = AROUND_ALL;
                parts.push(Vec::new());
                let last = parts.len() - 1;
                &mut parts[last]
            }
        };
        bytes += length;
        last.push(page);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_addresses_than_a_file_may_have_make_an_index() {
        let config = Config { base_url: "https://example.org/site/".into(), ..Config::default() };
        let pages =
            |count: usize| (0..count).map(|at| SitePath::parse(&format!("a-{at}/")).unwrap()).collect::<Vec<_>>();
        let few = Bounds { addresses: 3, bytes: 1 << 20 };
        let small = Bounds { addresses: 100, bytes: AROUND_ALL + 2 * (AROUND_ONE + 32) };
        for (count, bounds, expect) in
            [(0, few, &[0][..]), (3, few, &[3]), (4, few, &[3, 1]), (7, few, &[3, 3, 1]), (5, small, &[2, 2, 1])]
        {
            let made = files(&config, pages(count), bounds).unwrap();
            let mut counts = Vec::new();
            let mut listed = Vec::new();
            for (path, parts) in &made {
                if let Parts::SitemapParts(sitemap) = parts {
                    counts.push(sitemap.pages.len());
                    listed.extend(sitemap.pages.iter().cloned());
                    let bytes = feeds::sitemap(&config, sitemap).unwrap();
                    assert!(bytes.len() <= bounds.bytes, "{} bytes", bytes.len());
                    assert_eq!(path.url() == "/sitemap.xml", expect.len() == 1);
                }
            }
            assert_eq!((counts.as_slice(), listed), (expect, pages(count)));
            let Some((path, Parts::TextParts(index))) = made.last() else { continue };
            assert_eq!(path.url(), "/sitemap.xml");
            let named: Vec<&str> =
                index.text.split("<loc>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
            let expect: Vec<String> =
                (1..=expect.len()).map(|n| format!("https://example.org/site/sitemap-{n}.xml")).collect();
            assert_eq!(named, expect);
        }
    }
}
