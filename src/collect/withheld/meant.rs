//! A text -> the files of the site's folder that it links to or names, as paths.

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::collect::Content;
use crate::collect::links::join;
use crate::config::Config;
use crate::read::CONTENT;
use crate::read::body::{Body, Target};
use crate::read::statement::SourceNote;

/// The folder whose files are published as they are.
pub(super) const STATIC: &str = "static/";

/// How a text leads to a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    /// By a link or an image.
    Linked,
    /// As its source.
    Named,
}

/// Where files lie that have a URL of their own.
pub(super) struct Folders<'a> {
    /// The ids of statements with a folder of their own, by the folder.
    ids: BTreeMap<&'a str, &'a str>,
    /// The same folders by the id.
    of_ids: BTreeMap<&'a str, &'a str>,
    /// Scheme and host of the site; empty where it has no `base_url`.
    origin: &'a str,
    /// The path of the site's root.
    base: String,
}

impl<'a> Folders<'a> {
    pub(super) fn new(content: &'a Content, config: &'a Config) -> Folders<'a> {
        let ids = crate::collect::places::folders(&content.statements);
        let of_ids = ids.iter().map(|(folder, id)| (*id, *folder)).collect();
        Folders { ids, of_ids, origin: config.origin(), base: config.base_path() }
    }

    /// Returns the id of the statement in whose folder the file lies.
    pub(super) fn owner(&self, file: &str) -> Option<&'a str> {
        let mut above = file.match_indices('/').filter_map(|(at, _)| self.ids.get(&file[..at]));
        above.next_back().copied()
    }

    /// Calls `found` with every file that could be published at a URL from the site's root.
    fn at(&self, url: &str, mut found: impl FnMut(String)) {
        let url = url.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
        let url = percent_encoding::percent_decode_str(url).decode_utf8_lossy();
        found(format!("{STATIC}{url}"));
        found(format!("{CONTENT}{url}"));
        let of_statement = url.strip_prefix("statements/").and_then(|rest| rest.split_once('/'));
        if let Some((folder, rest)) = of_statement.and_then(|(id, rest)| Some((self.of_ids.get(id)?, rest))) {
            found(format!("{folder}/{rest}"));
        }
    }
}

/// Calls `found` with the path of every file that a text may mean, in Unicode form C, if `is_wanted` says so of the
/// file's name. Most of them are not there.
pub(super) fn meant(
    path: &str,
    body: &Body,
    source: Option<&SourceNote>,
    folders: &Folders<'_>,
    is_wanted: &dyn Fn(&str) -> bool,
    mut found: impl FnMut(String, Meant),
) {
    let may_be_wanted = |url: &str| {
        let name = url.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        name.contains('%') || is_wanted(&composed(name))
    };
    let mut linked =
        |url: &str, how: Meant| match url.strip_prefix(folders.origin).filter(|_| !folders.origin.is_empty()) {
            _ if !may_be_wanted(url) => {}
            Some(rest) if rest.starts_with('/') => {
                let rest = rest.strip_prefix(&folders.base).unwrap_or(rest);
                folders.at(rest, |file| found(composed(&file).into_owned(), how));
            }
            _ if url.starts_with('/') => folders.at(url, |file| found(composed(&file).into_owned(), how)),
            _ if url.contains("://") => {}
            _ => {
                let file = url.split('#').next().unwrap_or_default();
                found_beside(path, file, |file| found(composed(&file).into_owned(), how));
            }
        };
    for link in &body.links {
        match &link.target {
            Target::External(url) | Target::Rooted(url) => linked(url, Meant::Linked),
            Target::Relative { path, .. } => linked(path, Meant::Linked),
            Target::Statement { .. }
            | Target::Record { .. }
            | Target::Fragment(_)
            | Target::Refused
            | Target::Nowhere => {}
        }
    }
    for html in &body.asides {
        attributes(html)
            .for_each(|url| linked(&percent_encoding::percent_decode_str(url).decode_utf8_lossy(), Meant::Linked));
    }
    if let Some(source) = source {
        [&source.url, &source.archived, &source.file].into_iter().flatten().for_each(|url| linked(url, Meant::Named));
        // A file is also named from the site's folder, or from one of those that are published.
        for file in source.file.iter().map(|file| file.trim_start_matches("./").trim_start_matches('/')) {
            for folder in ["", CONTENT, STATIC] {
                found(composed(&format!("{folder}{file}")).into_owned(), Meant::Named);
            }
        }
    }
}

fn found_beside(path: &str, file: &str, mut found: impl FnMut(String)) {
    if !file.is_empty() && !file.ends_with(".md") {
        join(path, file).into_iter().for_each(&mut found);
    }
}

/// Returns a path in Unicode form C: that of a file on the disk may be in another.
pub(super) fn composed(path: &str) -> Cow<'_, str> {
    match is_nfc_quick(path.chars()) {
        IsNormalized::Yes => Cow::Borrowed(path),
        _ => Cow::Owned(path.nfc().collect()),
    }
}

/// Returns the addresses in the attributes of raw HTML.
fn attributes(html: &str) -> impl Iterator<Item = &str> {
    ["src", "href", "data", "poster"].into_iter().flat_map(move |name| {
        html.match_indices(name).filter_map(move |(at, _)| {
            let value = html[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
            match value.chars().next()? {
                quote @ ('"' | '\'') => value[1..].split(quote).next(),
                _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_raw_html_are_found() {
        for (html, expect) in [
            ("<a class=x href=\"a b.pdf\">", &["a b.pdf"][..]),
            ("<img src='i.png'> <a href = /b.pdf>", &["i.png", "/b.pdf"]),
            ("<b>href</b>", &[]),
        ] {
            assert_eq!(attributes(html).collect::<Vec<_>>(), expect, "{html}");
        }
    }
}
