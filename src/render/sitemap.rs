//! The pages for search engines -> one sitemap, or an index with several below it.
//!
//! Source: sitemaps.org, protocol 0.9: a file has at most 50,000 addresses and 50 MiB; search engines refuse a larger
//! one as a whole.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::feeds::{finished, text};
use super::listed::{Listed, Versions};
use super::parts::{Parts, SitemapParts, TextParts};
use crate::collect::VersionRef;
use crate::config::Config;
use crate::path::SitePath;
use crate::stamp::Stamped;

impl Listed {
    /// Returns the page in each of its languages, including itself; empty if it exists in only one.
    fn alternates(&self, config: &Config) -> Vec<(String, SitePath)> {
        let own = match &self.versions {
            Versions::One => return Vec::new(),
            Versions::OfText(versions) => {
                let version = |version: &VersionRef| (version.language.to_string(), version.key.path().clone());
                return versions.iter().map(version).collect();
            }
            Versions::OfSite(own) => own.and_then(|number| config.languages.get(number)),
        };
        let main = match own {
            None => Some(self.path.clone()),
            Some(language) => self.path.out_of(language),
        };
        let Some(main) = main else { return Vec::new() };
        let others = config.languages.iter().filter(|language| **language != config.language);
        let others = others.filter_map(|language| Some((language.clone(), main.below(language)?)));
        std::iter::once((config.language.clone(), main.clone())).chain(others).collect()
    }

    /// Returns an upper bound for its size in a file, in bytes.
    fn size(&self, config: &Config) -> usize {
        let others = match &self.versions {
            Versions::One => 0,
            Versions::OfSite(_) => config.languages.len(),
            Versions::OfText(versions) => versions.len(),
        };
        // `&` and its like are longer in XML, but percent-encoded in addresses.
        let own = url(config, &self.path).len();
        own + AROUND_ONE + others * (own + AROUND_OTHER)
    }
}

/// The limits of one sitemap file.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The maximum number of URLs.
    pub addresses: usize,
    /// The maximum number of bytes.
    pub bytes: usize,
}

impl Bounds {
    /// The limits of the protocol.
    pub const PROTOCOL: Bounds = Bounds { addresses: 50_000, bytes: 50 << 20 };
}

/// The maximum number of bytes around all URLs in a file, and around each URL.
const AROUND_ALL: usize = 256;
const AROUND_ONE: usize = 64;
/// The same for each other language, whose name may be in the address twice.
const AROUND_OTHER: usize = 160;

/// Returns the file `sitemap.xml` and, if it is an index, the files that it names.
///
/// # Errors
/// If a file's name is not a valid path, or XML cannot be written; neither happens with these names, in memory.
pub fn files(config: &Config, pages: Vec<Listed>, bounds: Bounds) -> anyhow::Result<Vec<(SitePath, Parts)>> {
    let path = |name: &str| SitePath::parse(name).map_err(anyhow::Error::msg);
    let part = |pages: Vec<Listed>| Parts::SitemapParts(SitemapParts { pages: Stamped::new(pages) });
    let mut parts = split(config, pages, bounds);
    if parts.len() == 1 {
        return Ok(vec![(path("sitemap.xml")?, part(parts.remove(0)))]);
    }
    let mut files = Vec::with_capacity(parts.len() + 1);
    for (pages, number) in parts.into_iter().zip(1..) {
        files.push((path(&format!("sitemap-{number}.xml"))?, part(pages)));
    }
    let urls = files.iter().map(|(path, _)| url(config, path)).collect::<Vec<_>>();
    let index = String::from_utf8(sitemap_index(&urls)?)?;
    files.push((path("sitemap.xml")?, Parts::TextParts(TextParts { text: index.into() })));
    Ok(files)
}

fn url(config: &Config, path: &SitePath) -> String {
    format!("{}{}", config.origin(), path.href(&config.base_path()))
}

/// Divides the pages, in order, among as few files as possible; at least one.
fn split(config: &Config, pages: Vec<Listed>, bounds: Bounds) -> Vec<Vec<Listed>> {
    let (mut parts, mut bytes) = (vec![Vec::new()], AROUND_ALL);
    for page in pages {
        let length = page.size(config);
        let last: &mut Vec<Listed> = match parts.last_mut() {
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

/// Writes a sitemap. A page that exists in several languages names all of them, as search engines require.
///
/// # Errors
/// Only if XML cannot be written to memory.
pub fn sitemap(config: &Config, sitemap: &SitemapParts) -> std::io::Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let mut root = xml.create_element("urlset").with_attribute(("xmlns", NAMESPACE));
    if sitemap.pages.iter().any(|page| page.versions != Versions::One) {
        root = root.with_attribute(("xmlns:xhtml", "http://www.w3.org/1999/xhtml"));
    }
    root.write_inner_content(|xml| {
        for page in sitemap.pages.iter() {
            xml.create_element("url").write_inner_content(|xml| {
                text(xml, "loc", &url(config, &page.path))?;
                for (language, path) in page.alternates(config) {
                    xml.create_element("xhtml:link")
                        .with_attributes([
                            ("rel", "alternate"),
                            ("hreflang", language.as_str()),
                            ("href", url(config, &path).as_str()),
                        ])
                        .write_empty()?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    Ok(finished(xml))
}

/// Writes the index of the sitemaps at these addresses.
fn sitemap_index(urls: &[String]) -> std::io::Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.create_element("sitemapindex").with_attribute(("xmlns", NAMESPACE)).write_inner_content(|xml| {
        for url in urls {
            xml.create_element("sitemap").write_inner_content(|xml| text(xml, "loc", url))?;
        }
        Ok(())
    })?;
    Ok(finished(xml))
}

/// The namespace of the protocol.
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

#[cfg(test)]
mod tests {
    use super::*;

    fn one(path: SitePath) -> Listed {
        Listed { path, versions: Versions::One }
    }

    #[test]
    fn a_page_in_several_languages_names_each_of_them() {
        let config = Config {
            base_url: "https://example.org/a&b/".into(),
            languages: vec!["en".into(), "fr".into()],
            ..Config::default()
        };
        let page = |path: &str, versions| Listed { path: SitePath::parse(path).unwrap(), versions };
        let pages = vec![
            page("fr/topics/", Versions::OfSite(Some(1))),
            page("one/", Versions::One),
            page("topics/", Versions::OfSite(None)),
        ];
        let bytes = sitemap(&config, &SitemapParts { pages: Stamped::new(pages.clone()) }).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        for (language, path) in [("en", "topics/"), ("fr", "fr/topics/")] {
            let link = format!(
                "<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"https://example.org/a&amp;b/{path}\"/>"
            );
            assert_eq!(text.matches(&link).count(), 2, "{text}");
        }
        assert_eq!(text.matches("<xhtml:link").count(), 4, "{text}");
        assert!(text.len() <= AROUND_ALL + pages.iter().map(|page| page.size(&config)).sum::<usize>());
    }

    #[test]
    fn more_addresses_than_a_file_may_have_make_an_index() {
        let config = Config { base_url: "https://example.org/site/".into(), ..Config::default() };
        let pages = |count: usize| {
            (0..count).map(|at| SitePath::parse(&format!("a-{at}/")).unwrap()).map(one).collect::<Vec<_>>()
        };
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
                    let bytes = super::sitemap(&config, sitemap).unwrap();
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
