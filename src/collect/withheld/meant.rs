//! A text -> the paths of files in the site's folder that it links to or names.

use std::borrow::Cow;
use std::collections::BTreeMap;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::collect::Content;
use crate::collect::links::join;
use crate::config::Config;
use crate::read::CONTENT;
use crate::read::body::{Body, Target};
use crate::read::markdown::addresses;
use crate::read::statement::SourceNote;

/// The folder whose files are published unchanged.
pub(super) const STATIC: &str = "static/";

/// How a text refers to a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Meant {
    /// By a link or an image.
    Linked,
    /// As its source.
    Named,
}

/// Which files to look for.
#[derive(Clone, Copy)]
pub(super) enum Wanted<'a> {
    /// Any file that the text has an address of, even if readers cannot follow it.
    Any,
    /// Files that readers can follow a link to and whose names satisfy the function.
    Linked(&'a dyn Fn(&str) -> bool),
}

/// What maps URLs to files.
pub(super) struct Folders<'a> {
    /// The ids of statements with a folder of their own, by the folder.
    ids: BTreeMap<&'a str, &'a str>,
    /// The same folders by the id.
    of_ids: BTreeMap<&'a str, &'a str>,
    /// The scheme and host of the site; empty without `base_url`.
    origin: &'a str,
    /// The path of the site's root.
    base: String,
}

impl<'a> Folders<'a> {
    pub(super) fn new(content: &'a Content, config: &'a Config) -> Folders<'a> {
        let ids = crate::collect::folders::folders(&content.statements);
        let of_ids = ids.iter().map(|(folder, id)| (*id, *folder)).collect();
        Folders { ids, of_ids, origin: config.origin(), base: config.base_path() }
    }

    /// Returns the id of the statement whose folder contains the file.
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

/// Calls `found` with the path of every wanted file that a text may mean, in Unicode form C. Most of these do not
/// exist, and some are folders.
pub(super) fn meant(
    path: &str,
    body: &Body,
    source: Option<&SourceNote>,
    folders: &Folders<'_>,
    wanted: Wanted<'_>,
    mut found: impl FnMut(String, Meant),
) {
    let may_be_wanted = |url: &str| {
        let Wanted::Linked(is_wanted) = wanted else { return true };
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
                // A query is not part of the file's name, but a question mark can be: try both.
                for file in [Some(file), file.split_once('?').map(|(file, _)| file)].into_iter().flatten() {
                    found_beside(path, file, |file| found(composed(&file).into_owned(), how));
                }
            }
        };
    let unlinked = if matches!(wanted, Wanted::Any) { &body.unlinked[..] } else { &[] };
    for target in body.links.iter().map(|link| &link.target).chain(unlinked) {
        match target {
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
        for url in addresses(html) {
            linked(&percent_encoding::percent_decode_str(url).decode_utf8_lossy(), Meant::Linked);
        }
    }
    if let Some(source) = source {
        [&source.url, &source.archived, &source.file].into_iter().flatten().for_each(|url| linked(url, Meant::Named));
        // Authors also name a file relative to the site's folder or to one that is published.
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

/// Returns a path in Unicode form C; macOS stores names in form D.
pub(super) fn composed(path: &str) -> Cow<'_, str> {
    match is_nfc_quick(path.chars()) {
        IsNormalized::Yes => Cow::Borrowed(path),
        _ => Cow::Owned(path.nfc().collect()),
    }
}
