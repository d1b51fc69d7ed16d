//! An old name and a new one -> the record or statement under the new name, every mention of it, and redirects from the
//! old addresses.

use std::sync::Arc;

use rayon::prelude::*;

use super::changes::Changes;
use super::lines::brackets;
pub use super::mentions::Subject;
use super::mentions::{ALIASES, Renaming, may_name};
use super::merge::{merged, with_aliases};
use super::texts::Texts;
use crate::collect::names::Names;
use crate::config::Config;
use crate::edit::{quoted, scalar};
use crate::front::document::Document;
use crate::front::record::SYMBOL;
use crate::front::statement::ID;
use crate::key::{Key, RecordKind};
use crate::language::fold;
use crate::read::Options;
use crate::read::name::{check_id, of_statement, suggested_id};
use crate::read::record::Record;
use crate::sources::{Source, Sources};

/// What a renaming changes.
#[derive(Debug)]
pub struct Renamed {
    /// The files.
    pub changes: Changes,
    /// The number of places that had the old name.
    pub mentions: usize,
    /// The old address, if it redirects to the new one; `None` if no file can declare the redirect.
    pub redirected: Option<String>,
    /// Whether two records became one.
    pub merged: bool,
}

/// What a renaming needs to know of a site.
pub struct Site<'a> {
    /// Its files.
    pub sources: &'a Sources,
    /// Its settings.
    pub config: &'a Config,
    /// Its statements.
    pub texts: &'a Texts,
    /// What names mean.
    pub names: &'a Names<'a>,
}

/// Renames something. If something else has the new name, the two are merged; with `force` even if their records
/// contradict each other, in which case the record with the new name wins.
///
/// # Errors
/// Returns in words why it cannot be renamed.
pub fn rename(subject: Subject, old: &str, new: &str, force: bool, site: &Site<'_>) -> Result<Renamed, String> {
    match subject {
        Subject::Statement => statement(old, new, site),
        Subject::Record(kind) => record(kind, old, new, force, site),
    }
}

fn record(kind: RecordKind, old: &str, new: &str, force: bool, site: &Site<'_>) -> Result<Renamed, String> {
    let names = site.names;
    let key = |word: &str| {
        let code = names.code_of(kind, word);
        names.key(kind, code.as_deref().unwrap_or(word))
    };
    let (old_key, new_key) = (key(old), key(new));
    if old_key == new_key {
        return Err(format!("`{old}` and `{new}` are the same {} already", kind.word()));
    }
    let written = match kind {
        RecordKind::Delegation => names.code_of(kind, new).unwrap_or_else(|| new.to_owned()),
        RecordKind::Document => new.to_owned(),
        _ => new_key.to_string(),
    };
    let slug = if kind == RecordKind::Document { suggested_id(new) } else { new_key.to_string() };
    check_id(&slug).map_err(|why| format!("`{new}` cannot be the name of a {}: {why}", kind.word()))?;
    let address = |key: &str, word: &str| names.page(kind, key, word).map(|key| key.path().url());
    let alias = address(&old_key, old)?;

    let (from, into) = (names.record(kind, &old_key), names.record(kind, &new_key));
    let mut moved: Vec<(Arc<str>, Arc<str>)> = Vec::new();
    let mut changes = Changes::default();
    let text = |record: &Record| text_of(site.sources, &record.path);
    // The records' files as they will be, before mentions in them are replaced.
    let target: Arc<str> = match (from, into) {
        (_, Some(into)) => Arc::clone(&into.path),
        (Some(from), None) => beside(&from.path, &slug, kind),
        (None, None) => format!("content/{}/{slug}.md", kind.folder()).into(),
    };
    if let Some(from) = from {
        moved.push((Arc::clone(&from.path), Arc::clone(&target)));
    }
    let options = Options::new(site.config);
    let renaming = Renaming {
        subject: Subject::Record(kind),
        old: &old_key,
        new: &new_key,
        written: &written,
        moved: &moved,
        names,
    };
    let mut mentions = mentions(&renaming, old, site, &options, &mut changes);
    let is_used = mentions > 0;
    if from.is_none() && !is_used && kind != RecordKind::Speaker {
        let help = names.nearest(kind, old).unwrap_or_else(|| "nothing has this name".to_owned());
        return Err(format!("no {} `{old}` is known or mentioned; {help}", kind.word()));
    }
    // A person may be named without a record; the old name then becomes an alias of the record.
    let mut aliases = vec![alias.clone()];
    if kind == RecordKind::Speaker && from.is_none() {
        aliases.push(old.to_owned());
    }
    let now = |changes: &Changes, path: &Arc<str>, text: &str| changes.after(path).unwrap_or(text).to_owned();
    let uneditable = |path: &str| format!("the front matter of {path} cannot be edited");
    let mut redirected = Some(alias);
    match (from, into) {
        (Some(from), Some(into)) => {
            let (of_old, of_new) = (text(from)?, text(into)?);
            let both = merged(&now(&changes, &from.path, &of_old), &now(&changes, &into.path, &of_new), force);
            let both = both.map_err(|why| contradiction(kind, old, new, &why))?;
            let document = Document::of_file(&both).ok_or_else(|| uneditable(&into.path))?;
            let after = with_aliases(&document, &aliases).ok_or_else(|| uneditable(&into.path))?;
            changes.edit(&into.path, &of_new, &after);
            changes.remove(&from.path, &of_old);
        }
        (Some(from), None) => {
            let before = text(from)?;
            let mut own = now(&changes, &from.path, &before);
            if names.shipped(kind, &new_key).is_some() {
                // A record replaces a row of the shipped tables, so it has to contain what the row says.
                let shipped = new_record(kind, &new_key, new, &[], names);
                own = merged(&own, &shipped, force).map_err(|why| contradiction(kind, old, new, &why))?;
            }
            let mut document = Document::of_file(&own).ok_or_else(|| uneditable(&from.path))?;
            let symbol = format!("{SYMBOL}: {}\n", scalar(new));
            if kind == RecordKind::Document && !document.set(SYMBOL.name, &symbol, None) {
                return Err(uneditable(&from.path));
            }
            let after = with_aliases(&document, &aliases).ok_or_else(|| uneditable(&from.path))?;
            match from.path == target {
                true => changes.edit(&from.path, &before, &after),
                false => changes.rename(&from.path, &target, &before, &after),
            }
        }
        (None, Some(into)) => {
            let before = text(into)?;
            let document =
                Document::of_file(&now(&changes, &into.path, &before)).ok_or_else(|| uneditable(&into.path))?;
            changes.edit(
                &into.path,
                &before,
                &with_aliases(&document, &aliases).ok_or_else(|| uneditable(&into.path))?,
            );
        }
        (None, None) => {
            // In a collection without topic records, the first one would make all other topics unknown.
            let has_records = names.records(kind).next().is_some();
            if kind == RecordKind::Topic && !has_records {
                redirected = None;
            } else {
                changes.create(&target, &new_record(kind, &new_key, new, &aliases, names));
            }
        }
    }
    mentions += usize::from(from.is_some());
    Ok(Renamed { changes, mentions, redirected, merged: from.is_some() && into.is_some() })
}

/// Returns the file of a new record that holds the old addresses, with what the shipped tables say, because a record
/// replaces their row.
fn new_record(kind: RecordKind, key: &str, new: &str, aliases: &[String], names: &Names<'_>) -> String {
    let mut lines = vec![format!("title: {}", quoted(&names.title(kind, key, new)))];
    if kind == RecordKind::Document {
        lines.push(format!("symbol: {}", scalar(new)));
    }
    if let Some(shipped) = names.shipped(kind, key) {
        let fact = |(label, text): &(&str, Box<str>)| {
            format!("{}: {}", label.trim_start_matches("facts.").replace('-', "_"), quoted(text))
        };
        lines.extend(shipped.facts.iter().map(fact));
        for (name, text) in [("short", &shipped.short), ("parent", &shipped.parent)] {
            lines.extend(Some(format!("{name}: {}", quoted(text))).filter(|_| !text.is_empty()));
        }
    }
    lines.extend(Some(format!("aliases: {}", brackets(aliases))).filter(|_| !aliases.is_empty()));
    format!("---\n{}\n---\n", lines.join("\n"))
}

fn contradiction(kind: RecordKind, old: &str, new: &str, why: &[String]) -> String {
    format!(
        "the records of the {}s `{old}` and `{new}` contradict each other: {}; correct one of them, or add `--merge` to \
         keep what `{new}` says",
        kind.word(),
        why.join("; ")
    )
}

/// Returns the path of a record's file under its new name: `a.md` becomes `b.md`, `a/index.md` becomes `b/index.md`.
fn beside(path: &str, slug: &str, kind: RecordKind) -> Arc<str> {
    let room = format!("content/{}/", kind.folder());
    let above = |path: &str| path.rsplit_once('/').map_or(String::new(), |(above, _)| above.to_owned());
    if let Some(folder) = path.strip_suffix("/index.md").filter(|folder| folder.len() > room.len()) {
        return format!("{}/{slug}/index.md", above(folder)).into();
    }
    format!("{}/{slug}.md", above(path)).into()
}

fn statement(old: &str, new: &str, site: &Site<'_>) -> Result<Renamed, String> {
    check_id(new).map_err(|why| format!("`{new}` cannot be an id: {why}; perhaps `{}`", suggested_id(new)))?;
    let ids = || site.texts.all.iter().map(|text| &*text.id);
    let mut versions: Vec<&Source> = Vec::new();
    for source in &site.sources.content {
        match of_statement(&source.path) {
            Some((id, _)) if *id == *new => {
                return Err(format!(
                    "the statement `{new}` already exists ({}); two texts are never merged",
                    source.path
                ));
            }
            Some((id, _)) if *id == *old => versions.push(source),
            _ => {}
        }
    }
    if versions.is_empty() {
        let help = crate::diagnostic::did_you_mean(old, ids()).unwrap_or_else(|| "`plenary list` lists all".to_owned());
        return Err(format!("there is no statement `{old}`; {help}"));
    }
    let mut moved: Vec<(Arc<str>, Arc<str>)> = Vec::new();
    let mut others: Vec<(Arc<str>, Arc<str>)> = Vec::new();
    for version in &versions {
        let path = &*version.path;
        let (above, file) = path.rsplit_once('/').unwrap_or(("", path));
        if file.starts_with("index.") {
            let outer = above.rsplit_once('/').map_or("", |(outer, _)| outer);
            moved.push((Arc::clone(&version.path), format!("{outer}/{new}/{file}").into()));
            // Everything in the folder of a statement belongs to it.
            let inside = format!("{above}/");
            for other in site.sources.content.iter().filter(|other| other.path.starts_with(&inside)) {
                let to: Arc<str> = format!("{outer}/{new}/{}", &other.path[inside.len()..]).into();
                if of_statement(&other.path).is_none() && !others.iter().any(|(from, _)| *from == other.path) {
                    others.push((Arc::clone(&other.path), to));
                }
            }
        } else {
            moved.push((Arc::clone(&version.path), format!("{above}/{new}{}", &file[old.len()..]).into()));
        }
    }
    let mut changes = Changes::default();
    let all: Vec<(Arc<str>, Arc<str>)> = moved.iter().chain(&others).cloned().collect();
    let options = Options::new(site.config);
    let subject = Subject::Statement;
    let renaming = Renaming { subject, old, new, written: new, moved: &all, names: site.names };
    let mentions = mentions(&renaming, old, site, &options, &mut changes);
    let mut redirected = None;
    for (from, to) in &moved {
        let before = text_of(site.sources, from)?;
        let uneditable = || format!("the front matter of {from} cannot be edited");
        let mut document = Document::of_file(changes.after(from).unwrap_or(&before)).ok_or_else(uneditable)?;
        if document.get(ID.name).is_some() && !document.set(ID.name, &format!("{ID}: {}\n", scalar(new)), None) {
            return Err(uneditable());
        }
        let language = site.texts.at(from).map(|text| &*text.language).filter(|own| **own != *site.config.language);
        let alias = Key::statement(old, language)?.path().url();
        let after = with_aliases(&document, std::slice::from_ref(&alias)).ok_or_else(uneditable)?;
        debug_assert_eq!(ALIASES.name, crate::front::record::ALIASES.name);
        redirected.get_or_insert(alias);
        changes.rename(from, to, &before, &after);
    }
    for (from, to) in &others {
        changes.relocate(from, to);
    }
    for lock in site.sources.locks.iter().filter(|lock| crate::read::lock::id(&lock.path) == old) {
        let language = lock.path.trim_end_matches(".lock").rsplit_once('.').map_or("", |(_, language)| language);
        changes.relocate(&lock.path, &crate::read::lock::path(new, language).into());
    }
    Ok(Renamed { changes, mentions, redirected, merged: false })
}

/// Adds the files that mention the old name, with the new one; returns the number of mentions.
fn mentions(renaming: &Renaming<'_>, old: &str, site: &Site<'_>, options: &Options, changes: &mut Changes) -> usize {
    let words = spellings(renaming, old);
    let markdown: Vec<&Source> = site.sources.content.iter().filter(|source| source.path.ends_with(".md")).collect();
    let one = |source: &&Source| {
        let text = String::from_utf8(source.load().ok()?.into_owned()).ok()?;
        let found = may_name(&text, &words).then(|| renaming.of_file(&source.path, &text, options))??;
        Some((Arc::clone(&source.path), text, found))
    };
    let found: Vec<(Arc<str>, String, (String, usize))> = markdown.par_iter().filter_map(one).collect();
    let mut all = 0;
    for (path, before, (after, count)) in found {
        changes.edit(&path, &before, &after);
        all += count;
    }
    all
}

/// Returns everything by which a file may name something: its names, codes and titles, and what moves.
fn spellings(renaming: &Renaming<'_>, old: &str) -> Vec<String> {
    let mut words = vec![old.to_lowercase(), renaming.old.to_lowercase()];
    if let Subject::Record(kind) = renaming.subject {
        if let Some(record) = renaming.names.record(kind, renaming.old) {
            words.push(record.slug.to_lowercase());
            words.extend(record.aliases.iter().map(|alias| alias.to_lowercase()));
        }
        words.push(renaming.old.replace('-', " "));
        words.extend(renaming.names.alpha2(renaming.old).filter(|_| kind == RecordKind::Delegation));
    }
    words.retain(|word| !word.is_empty());
    words.extend(words.clone().iter().map(|word| String::from(fold::key(word))));
    words.sort();
    words.dedup();
    words
}

fn text_of(sources: &Sources, path: &str) -> Result<String, String> {
    let source = sources.content.iter().find(|source| *source.path == *path);
    let bytes = source.and_then(|source| source.load().ok()).ok_or_else(|| format!("{path} cannot be read"))?;
    String::from_utf8(bytes.into_owned()).map_err(|_| format!("{path} is not UTF-8"))
}
