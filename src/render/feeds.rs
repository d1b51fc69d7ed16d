//! Cards -> feeds in Atom (RFC 4287) and JSON Feed (1.1).

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde_json::json;

use super::formats::FeedFormat;
use super::language::direction;
use super::parts::FeedParts;
use super::words::Words;
use crate::collect::card::Card;
use crate::config::Config;
use crate::path::SitePath;
use crate::read::statement::Status;
use crate::stamp::Stamped;

/// A document in XML that is being written.
pub(super) type Xml = Writer<Vec<u8>>;

/// A feed as all formats have it. Its dates are those of the statements; no clock is read.
struct Feed {
    title: String,
    /// Absolute URL of the page that it belongs to, which is also its id.
    page: String,
    /// Absolute URL of the feed; a feed at an old address names the current one.
    own: String,
    entries: Vec<Entry>,
}

/// A statement in a feed.
struct Entry {
    title: String,
    /// Absolute URL of its page, which is also its id.
    url: String,
    language: String,
    /// When it was added or last changed; empty if that is unknown.
    updated: String,
    published: Option<String>,
    author: String,
    /// What readers must know of it: a term and its label.
    marks: Vec<(&'static str, String)>,
    summary: String,
}

/// Writes the feed at `path` in its format.
///
/// # Errors
/// Only if it cannot be written to memory.
pub fn feed(config: &Config, words: &Words, path: &SitePath, parts: &FeedParts) -> std::io::Result<Vec<u8>> {
    let feed = compose(config, words, path, parts);
    match parts.format {
        FeedFormat::Atom => atom(config, &feed),
        FeedFormat::Json => Ok(json(config, &feed)),
    }
}

fn compose(config: &Config, words: &Words, path: &SitePath, parts: &FeedParts) -> Feed {
    let url = |path: &SitePath| format!("{}{}", config.origin(), path.href(&config.base_path()));
    let of = parts.of.key.as_ref().map_or_else(|| path.folder(), |key| key.path().clone());
    let title = words.title(&parts.of.title);
    let title = if of == SitePath::home() {
        title
    } else {
        words.say("base.title", &[("page", title.into()), ("site", config.title.as_str().into())])
    };
    let entry = |(card, by_rule): &(Stamped<Card>, bool)| {
        let marks = marks(card, *by_rule);
        let mut title = card.title.to_string();
        for mark in marks.iter().rev().filter(|mark| mark.is_in_title) {
            let label = words.say(mark.label, &[]);
            title = words.say("feed.marked", &[("mark", label.into()), ("title", title.into())]);
        }
        // A bare summary has no direction of its own; a mark makes it start on its script's side.
        let mark = if direction(&card.language) == "rtl" { "\u{200f}" } else { "" };
        let mut summary = format!("{mark}{}", card.excerpt);
        if *by_rule {
            let found = words.say("citing.by-rule", &[]);
            summary = words.say("feed.marked", &[("mark", found.into()), ("title", summary.into())]);
        }
        Entry {
            title,
            url: url(card.key.path()),
            language: card.language.to_string(),
            updated: card.changed.as_ref().or(card.news()).map(|date| moment(&date.known())).unwrap_or_default(),
            published: card.news().map(|date| moment(&date.known())),
            author: card.delegation.as_ref().map_or(&*config.title, |delegation| &*delegation.title).to_owned(),
            marks: marks.iter().map(|mark| (mark.term, words.say(mark.label, &[]))).collect(),
            summary,
        }
    };
    Feed {
        title,
        page: url(&of),
        own: of.join(parts.format.file()).map_or_else(|_| url(path), |own| url(&own)),
        entries: parts.entries.iter().map(entry).collect(),
    }
}

/// Returns the first moment of a day, month or year.
fn moment(known: &str) -> String {
    let padded = format!("{known}-01-01");
    format!("{}T00:00:00Z", &padded[..10])
}

/// Writes a feed as Atom.
fn atom(config: &Config, feed: &Feed) -> std::io::Result<Vec<u8>> {
    let updated = feed.entries.iter().map(|entry| &*entry.updated).filter(|updated| !updated.is_empty()).max();
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let root = xml
        .create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &*config.language)]);
    root.write_inner_content(|xml| {
        text(xml, "title", &feed.title)?;
        text(xml, "id", &feed.page)?;
        text(xml, "updated", updated.unwrap_or("1970-01-01T00:00:00Z"))?;
        xml.create_element("link")
            .with_attributes([("rel", "alternate"), ("type", "text/html"), ("href", &*feed.page)])
            .write_empty()?;
        xml.create_element("link")
            .with_attributes([("rel", "self"), ("type", "application/atom+xml"), ("href", &*feed.own)])
            .write_empty()?;
        for entry in &feed.entries {
            xml.create_element("entry").with_attribute(("xml:lang", &*entry.language)).write_inner_content(|xml| {
                text(xml, "title", &entry.title)?;
                text(xml, "id", &entry.url)?;
                xml.create_element("link")
                    .with_attributes([("rel", "alternate"), ("type", "text/html"), ("href", &*entry.url)])
                    .write_empty()?;
                text(xml, "updated", &entry.updated)?;
                if let Some(published) = &entry.published {
                    text(xml, "published", published)?;
                }
                xml.create_element("author").write_inner_content(|xml| text(xml, "name", &entry.author))?;
                for (term, label) in &entry.marks {
                    xml.create_element("category")
                        .with_attributes([("term", *term), ("label", label.as_str())])
                        .write_empty()?;
                }
                text(xml, "summary", &entry.summary)
            })?;
        }
        Ok(())
    })?;
    Ok(finished(xml))
}

/// Writes a feed as JSON Feed 1.1. A format without labels has the words of marks as tags.
fn json(config: &Config, feed: &Feed) -> Vec<u8> {
    let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let item = |entry: &Entry| {
        let tags: Vec<&str> = entry.marks.iter().map(|(_, label)| label.as_str()).collect();
        let mut item = json!({
            "id": entry.url, "url": entry.url, "title": entry.title, "content_text": entry.summary,
            "authors": [{ "name": entry.author }], "language": entry.language,
        });
        let more = [("date_published", entry.published.clone()), ("date_modified", known(&entry.updated))];
        for (key, value) in more {
            if let Some(value) = value {
                item[key] = value.into();
            }
        }
        if !tags.is_empty() {
            item["tags"] = tags.into();
        }
        item
    };
    let mut of = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title, "home_page_url": feed.page, "feed_url": feed.own, "language": config.language,
        "items": feed.entries.iter().map(item).collect::<Vec<_>>(),
    });
    if let Some(description) = known(&config.description) {
        of["description"] = description.into();
    }
    format!("{of:#}\n").into_bytes()
}

/// What readers must know about an entry before they cite it.
struct Mark {
    term: &'static str,
    label: &'static str,
    /// Whether it concerns the text itself and so belongs in the title, where no reader can overlook it.
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

/// Writes an element with a text.
pub(super) fn text(xml: &mut Xml, name: &str, words: &str) -> std::io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&without_controls(words))).map(|_| ())
}

/// Returns a text as XML can contain it: without most control characters, which it cannot have even escaped.
pub(super) fn without_controls(words: &str) -> Cow<'_, str> {
    let is_wrong = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if words.contains(is_wrong) { words.replace(is_wrong, "").into() } else { words.into() }
}

/// Returns the bytes of a document.
pub(super) fn finished(xml: Xml) -> Vec<u8> {
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}
