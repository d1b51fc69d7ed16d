//! Files next to the content, plain pages and aliases -> their addresses on the site.

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

/// The files next to the texts.
pub struct Files {
    /// The files that are published, each with its address.
    pub placed: Vec<(Arc<str>, SitePath)>,
    /// The addresses that the files kept back would have.
    pub kept_back: BTreeSet<SitePath>,
}

/// Decides which files next to the texts are published: not those of drafts, and none that could act when a reader
/// opens it. Files that are left out are added to `kept_back`, so that links to them are recognised.
pub fn files<'a>(
    content: &'a Content,
    kept_back: &mut KeptBack<'a>,
    config: &Config,
    out: &mut Vec<Diagnostic>,
) -> Files {
    let withheld = withheld::withheld(content, kept_back, config, out);
    let (mut placed, mut waiting) = attachments(&content.attachments, &content.statements, kept_back, &withheld, out);
    let is_active = |(path, _): &mut (Arc<str>, SitePath)| content.active.contains_key(path);
    // Their addresses are remembered all the same, so that a link to one is explained and not called broken.
    for (path, address) in placed.extract_if(.., is_active) {
        out.extend(content.active[&path].clone());
        kept_back.add_active(&path);
        waiting.insert(address);
    }
    let published: BTreeSet<&Arc<str>> = placed.iter().map(|(path, _)| path).collect();
    kept_back.add_files(content.attachments.iter().filter(|path| !published.contains(path)));
    Files { placed, kept_back: waiting }
}

/// Returns the addresses of files next to the content: below the page of the statement whose folder they are in,
/// otherwise at their path. The first result is the files that are published, the second the addresses that files kept
/// back would have.
fn attachments(
    paths: &[Arc<str>],
    statements: &[Stamped<Statement>],
    kept_back: &KeptBack<'_>,
    withheld: &BTreeSet<Arc<str>>,
    out: &mut Vec<Diagnostic>,
) -> (Vec<(Arc<str>, SitePath)>, BTreeSet<SitePath>) {
    let folders = folders(statements);
    let place = |path: &Arc<str>| {
        // From the innermost folder outwards, so that files in a statement's folder within another's belong to the
        // inner one.
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
    // An original says what its statement says, so it is kept back with any version of it: everything in the
    // statement's own folder, and in a shared folder everything with its name.
    let own_files: BTreeSet<(&str, &str)> = kept_back
        .statements
        .iter()
        .filter_map(|statement| Some((statement.path.rsplit_once('/')?.0, &*statement.id)))
        .collect();
    let is_kept_back = |path: &str| {
        let mut above = path.match_indices('/').filter_map(|(at, _)| folders.get(&path[..at]));
        let named = path.rsplit_once('/').map(|(folder, file)| (folder, file.split('.').next().unwrap_or(file)));
        above.any(|id| kept_back.has_id(id)) || named.is_some_and(|named| own_files.contains(&named))
    };
    // The addresses of files kept back are remembered, so that a link to one is not reported as leading nowhere.
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

/// Makes the diagnostic for a file whose path cannot be a URL.
pub fn invalid_url(path: &Arc<str>, wrong: &str) -> Diagnostic {
    Diagnostic::new(
        Code::InvalidUrl,
        Place::file(path),
        format!("the file's path cannot be a URL: it contains {wrong}"),
    )
    .help("rename the file")
}

/// Returns the addresses of plain pages: their path, below their language if it is not the site's.
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

/// Reports plain pages in a folder whose name is similar to one of statements or records, once per folder.
fn misspelt_folders(pages: &[Stamped<PlainPage>], out: &mut Vec<Diagnostic>) {
    let mut reported = BTreeSet::new();
    for page in pages {
        let inner = page.path.strip_prefix(CONTENT).unwrap_or(&page.path);
        let Some((folder, _)) = inner.split_once('/').filter(|(folder, _)| reported.insert(*folder)) else { continue };
        let known = RecordKind::ALL.map(RecordKind::folder);
        if let Some(meant) = nearest(folder, known.into_iter().chain(["statements"])) {
            let message =
                format!("`content/{folder}/` is not a folder for statements or records, so its files are plain pages");
            let problem = Diagnostic::new(Code::MisspeltFolder, Place::file(&page.path), message);
            out.push(
                problem.help(format!("did you mean `content/{meant}/`? if not, choose a name that is less similar")),
            );
        }
    }
}

/// Gathers the old addresses, and reports aliases that cannot be one.
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
            let message = format!("the alias `{}` cannot be a URL: it contains {wrong}", alias.text);
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
    // The aliases of a record are other names; only those that begin with `/` are old addresses.
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
    // A statement that exists only in another language is also reached at the address without a language.
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

/// Returns the address of an alias: `/old/place` and `/old/place/` are the same, and so are `/old%20place/` and `/old
/// place/`.
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
