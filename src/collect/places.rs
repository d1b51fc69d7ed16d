//! Files beside the content, plain pages and aliases -> where they stand on the site.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::folders::folders;
use super::lists::List;
use super::works::KeptBack;
use super::{Alias, Content, Linked, LinkedText, withheld};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place, nearest};
use crate::key::Key;
use crate::path::SitePath;
use crate::read::fields::Named;
use crate::read::record::{Record, RecordKind};
use crate::read::statement::Statement;
use crate::read::{CONTENT, PlainPage};
use crate::stamp::Stamped;

/// The files beside the texts.
pub struct Files {
    /// Those that are published, each with its address.
    pub placed: Vec<(Arc<str>, SitePath)>,
    /// The addresses that those would have that are kept back.
    pub kept_back: BTreeSet<SitePath>,
}

/// Decides which files beside the texts are published: not those of drafts, and none that could act when a reader opens
/// it. What is left out is added to `kept_back`, so that links to it are understood.
pub fn files<'a>(
    content: &'a Content,
    kept_back: &mut KeptBack<'a>,
    config: &Config,
    out: &mut Vec<Diagnostic>,
) -> Files {
    let withheld = withheld::withheld(content, kept_back, config, out);
    let (mut placed, mut waiting) = attachments(&content.attachments, &content.statements, kept_back, &withheld, out);
    let is_active = |(path, _): &mut (Arc<str>, SitePath)| content.active.contains_key(path);
    for (path, address) in placed.extract_if(.., is_active) {
        out.extend(content.active[&path].clone());
        kept_back.add_active(&path);
        waiting.insert(address);
    }
    let published: BTreeSet<&Arc<str>> = placed.iter().map(|(path, _)| path).collect();
    kept_back.add_files(content.attachments.iter().filter(|path| !published.contains(path)));
    Files { placed, kept_back: waiting }
}

/// Says where files beside the content go: those of a statement's folder to its page, others where they lie. Returns
/// those that are published, and the addresses that those that are kept back would have.
fn attachments(
    paths: &[Arc<str>],
    statements: &[Stamped<Statement>],
    kept_back: &KeptBack<'_>,
    withheld: &BTreeSet<Arc<str>>,
    out: &mut Vec<Diagnostic>,
) -> (Vec<(Arc<str>, SitePath)>, BTreeSet<SitePath>) {
    let folders = folders(statements);
    let place = |path: &Arc<str>| {
        let mut folder = &**path;
        while let Some((above, _)) = folder.rsplit_once('/') {
            folder = above;
            if let Some(id) = folders.get(folder) {
                return SitePath::parse(&format!("statements/{id}/{}", &path[folder.len() + 1..]));
            }
        }
        SitePath::parse(path.strip_prefix(CONTENT).unwrap_or(path))
    };
    let mut placed = Vec::with_capacity(paths.len());
    // An original says what its statement says, so it is kept back with any version of it: all of the statement's
    // folder, and in a folder of several what bears its name.
    let beside: BTreeSet<(&str, &str)> = kept_back
        .statements
        .iter()
        .filter_map(|statement| Some((statement.path.rsplit_once('/')?.0, &*statement.id)))
        .collect();
    let is_kept_back = |path: &str| {
        let mut above = path.match_indices('/').filter_map(|(at, _)| folders.get(&path[..at]));
        let named = path.rsplit_once('/').map(|(folder, file)| (folder, file.split('.').next().unwrap_or(file)));
        above.any(|id| kept_back.has_id(id)) || named.is_some_and(|named| beside.contains(&named))
    };
    let mut waiting = BTreeSet::new();
    for path in paths {
        match place(path) {
            site_path if is_kept_back(path) || withheld.contains(path) => waiting.extend(site_path),
            Ok(site_path) => placed.push((Arc::clone(path), site_path)),
            Err(wrong) => out.push(invalid_url(path, &wrong)),
        }
    }
    (placed, waiting)
}

/// Returns the problem of a file whose name cannot be a URL.
pub fn invalid_url(path: &Arc<str>, wrong: &str) -> Diagnostic {
    Diagnostic::new(Code::InvalidUrl, Place::file(path), format!("the file's path cannot be a URL: it has {wrong}"))
        .help("rename the file")
}

/// Says where plain pages stand: at their path, below their language if it is not the site's.
pub fn plain_pages(
    pages: &[Stamped<PlainPage>],
    language: &str,
    out: &mut Vec<Diagnostic>,
) -> Vec<(Stamped<PlainPage>, Key)> {
    misspelt_folders(pages, out);
    let mut placed = Vec::with_capacity(pages.len());
    for page in pages {
        let mut segments: Vec<&str> = page.segments.iter().map(|segment| &**segment).collect();
        if *page.language != *language {
            segments.insert(0, &page.language);
        }
        match SitePath::page(&segments) {
            Ok(path) => placed.push((page.clone(), Key::placed(path))),
            Err(wrong) => out.push(invalid_url(&page.path, &wrong)),
        }
    }
    placed
}

/// Tells, once a folder, of plain pages in a folder that is named nearly as one of statements or records.
fn misspelt_folders(pages: &[Stamped<PlainPage>], out: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for page in pages {
        let inner = page.path.strip_prefix(CONTENT).unwrap_or(&page.path);
        let Some((folder, _)) = inner.split_once('/').filter(|(folder, _)| told.insert(*folder)) else { continue };
        let known = RecordKind::ALL.map(RecordKind::folder);
        if let Some(meant) = nearest(folder, known.into_iter().chain(["statements"])) {
            let message = format!("`content/{folder}/` is no folder that Plenary knows, so its files are plain pages");
            let problem = Diagnostic::new(Code::MisspeltFolder, Place::file(&page.path), message);
            out.push(problem.help(format!("is `content/{meant}/` meant? if not, choose a name less like it")));
        }
    }
}

/// Gathers the old addresses.
pub fn aliases(
    entries: &[Linked],
    pages: &[LinkedText<PlainPage>],
    records: &[Stamped<Record>],
    lists: &BTreeMap<Key, List>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Alias> {
    let mut all = Vec::new();
    let mut add = |alias: &Named, source: &Arc<str>, target: &Key| match alias_path(alias) {
        Ok(path) => all.push(Alias { path, place: alias.place(source), target: target.clone() }),
        Err(wrong) => {
            let message = format!("the alias `{}` cannot be a URL: it has {wrong}", alias.text);
            out.push(
                Diagnostic::new(Code::InvalidUrl, alias.place(source), message)
                    .help("write a path such as /old/place/"),
            );
        }
    };
    for entry in entries {
        entry
            .known
            .statement
            .front
            .aliases
            .iter()
            .for_each(|alias| add(alias, &entry.known.statement.path, &entry.known.key));
    }
    for page in pages {
        page.text.aliases.iter().for_each(|alias| add(alias, &page.text.path, &page.key));
    }
    // A record's aliases are other names; only those that are paths are old addresses.
    for record in records {
        let page = lists.iter().find(|(_, list)| list.record.as_ref() == Some(record)).map(|(path, _)| path);
        if let Some(page) = page {
            record
                .aliases
                .iter()
                .filter(|alias| alias.starts_with('/'))
                .for_each(|alias| add(alias, &record.path, page));
        }
    }
    // A statement that is only in another language leaves a way from the bare address.
    for entry in entries.iter().filter(|entry| entry.known.is_main) {
        if let Ok(bare) = Key::statement(&entry.known.id, None)
            && bare != entry.known.key
        {
            all.push(Alias {
                path: bare.path().clone(),
                place: Place::file(&entry.known.statement.path),
                target: entry.known.key.clone(),
            });
        }
    }
    all
}

/// Returns where an alias stands: `/old/place` and `/old/place/` are one, and so are `/old%20place/` and `/old place/`.
fn alias_path(alias: &str) -> Result<SitePath, String> {
    if alias.contains('#') {
        return Err("a `#`, which browsers keep to themselves".into());
    }
    let path = percent_encoding::percent_decode_str(alias).decode_utf8().map_err(|_| "bytes that are not UTF-8")?;
    let is_whole = path.contains('.') || path.ends_with('/');
    SitePath::parse(&if is_whole { path.into_owned() } else { format!("{path}/") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_paths_in_the_site() {
        for (alias, path) in [
            ("/old", Some("/old/")),
            ("old/", Some("/old/")),
            ("/old.pdf", Some("/old.pdf")),
            ("/old%20place", Some("/old place/")),
            ("/%2e%2e/", None),
            ("/%FF/", None),
            ("/a#b", None),
            ("https://example.org/a", None),
        ] {
            assert_eq!(alias_path(alias).ok().map(|path| path.url()).as_deref(), path, "{alias}");
        }
    }
}
