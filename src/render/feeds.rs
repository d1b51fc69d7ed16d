//! Cards -> Atom (RFC 4287); pages -> sitemap and its index (sitemaps.org 0.9).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::language::direction;
use super::parts::{FeedParts, SitemapParts};
use super::words::Words;
use crate::collect::card::Card;
use crate::config::Config;
use crate::path::SitePath;
use crate::read::statement::Status;

type Xml = Writer<Vec<u8>>;

/// Writes the feed at `path`. Its dates are those of the statements; no clock is read.
///
/// # Errors
/// Only if XML cannot be written to memory.
pub fn atom(config: &Config, words: &Words, path: &SitePath, feed: &FeedParts) -> std::io::Result<Vec<u8>> {
    let url = |path: &SitePath| format!("{}{}", config.origin(), path.href(&config.base_path()));
    let moment = |known: &str| {
        let padded = format!("{known}-01-01");
        format!("{}T00:00:00Z", &padded[..10])
    };
    let changed = |card: &Card| card.changed.as_ref().or(card.news()).map(|date| moment(&date.known()));
    let updated = feed.entries.iter().filter_map(|(card, _)| changed(card)).max();
    let of = feed.of.key.as_ref().map_or_else(|| path.folder(), |key| key.path().clone());
    let page = url(&of);
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = xml
        .create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &*config.language)]);
    root.write_inner_content(|xml| {
        let title = words.title(&feed.of.title);
        let title = if of == SitePath::home() {
            title
        } else {
            words.say("base.title", &[("page", title.into()), ("site", config.title.as_str().into())])
        };
        text(xml, "title", &title)?;
        text(xml, "id", &page)?;
        text(xml, "updated", updated.as_deref().unwrap_or("1970-01-01T00:00:00Z"))?;
        xml.create_element("link")
            .with_attributes([("rel", "alternate"), ("type", "text/html"), ("href", &*page)])
            .write_empty()?;
        let own = of.join("feed.xml").map_or_else(|_| url(path), |own| url(&own));
        xml.create_element("link")
            .with_attributes([("rel", "self"), ("type", "application/atom+xml"), ("href", &*own)])
            .write_empty()?;
        for (card, by_rule) in &feed.entries {
            let link = url(card.key.path());
            xml.create_element("entry").with_attribute(("xml:lang", &*card.language)).write_inner_content(|xml| {
                let marks = marks(card, *by_rule);
                let titled = marks.iter().filter(|mark| mark.is_in_title);
                let mut title = card.title.to_string();
                for mark in titled.rev() {
                    let label = words.say(mark.label, &[]);
                    title = words.say("feed.marked", &[("mark", label.into()), ("title", title.into())]);
                }
                text(xml, "title", &title)?;
                text(xml, "id", &link)?;
                xml.create_element("link")
                    .with_attributes([("rel", "alternate"), ("type", "text/html"), ("href", &*link)])
                    .write_empty()?;
                text(xml, "updated", &changed(card).unwrap_or_default())?;
                if let Some(date) = card.news() {
                    text(xml, "published", &moment(&date.known()))?;
                }
                let author = card.delegation.as_ref().map_or(&*config.title, |delegation| &*delegation.title);
                xml.create_element("author").write_inner_content(|xml| text(xml, "name", author))?;
                for mark in &marks {
                    xml.create_element("category")
                        .with_attributes([("term", mark.term), ("label", &*words.say(mark.label, &[]))])
                        .write_empty()?;
                }
                // A bare summary has no direction of its own; a mark makes it start on its script's side.
                let mark = if direction(&card.language) == "rtl" { "\u{200f}" } else { "" };
                let summary = format!("{mark}{}", card.excerpt);
                let found = || words.say("citing.by-rule", &[]);
                let marked =
                    || words.say("feed.marked", &[("mark", found().into()), ("title", summary.as_str().into())]);
                text(xml, "summary", &if *by_rule { marked() } else { summary.clone() })
            })?;
        }
        Ok(())
    })?;
    Ok(finished(xml))
}

/// What readers must know about an entry before they cite it.
struct Mark {
    term: &'static str,
    label: &'static str,
    /// It concerns the text itself, so it belongs in the title, where no reader can overlook it.
    is_in_title: bool,
}

fn marks(card: &Card, by_rule: bool) -> Vec<Mark> {
    let mark = |term, label, is_in_title| Mark { term, label, is_in_title };
    let simulated = card.simulated.then(|| mark("simulated", "simulated.mark", true));
    let status = match card.status {
        Status::Published => None,
        Status::Draft => Some(mark("draft", "status.draft", true)),
        Status::Corrected => Some(mark("corrected", "status.corrected", true)),
        Status::Withdrawn => Some(mark("withdrawn", "status.withdrawn", true)),
    };
    let found = by_rule.then(|| mark("found-by-rule", "citing.by-rule", false));
    simulated.into_iter().chain(status).chain(found).collect()
}

/// Writes the sitemap.
///
/// # Errors
/// Only if XML cannot be written to memory.
pub fn sitemap(config: &Config, sitemap: &SitemapParts) -> std::io::Result<Vec<u8>> {
    let base = config.base_path();
    let urls = sitemap.pages.iter().map(|path| format!("{}{}", config.origin(), path.href(&base)));
    addresses("urlset", "url", urls)
}

/// Writes the index of the sitemaps at these addresses.
///
/// # Errors
/// Only if XML cannot be written to memory.
pub fn sitemap_index(urls: &[String]) -> std::io::Result<Vec<u8>> {
    addresses("sitemapindex", "sitemap", urls.iter().cloned())
}

fn addresses(root: &str, item: &str, urls: impl Iterator<Item = String>) -> std::io::Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = xml.create_element(root).with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
    root.write_inner_content(|xml| {
        for url in urls {
            xml.create_element(item).write_inner_content(|xml| text(xml, "loc", &url))?;
        }
        Ok(())
    })?;
    Ok(finished(xml))
}

fn text(xml: &mut Xml, name: &str, words: &str) -> std::io::Result<()> {
    // XML cannot contain most control characters, not even escaped.
    let words: String = words.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    xml.create_element(name).write_text_content(BytesText::new(&words)).map(|_| ())
}

fn finished(xml: Xml) -> Vec<u8> {
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}
