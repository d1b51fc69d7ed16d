//! Names of files -> the statement whose name each has.
//!
//! `Kaz-B.pdf`, `kaz_b_original.docx` and `scans/kaz-b/1.png` have the name of `kaz-b`; if there is also a `kaz-b-2`,
//! then `kaz-b-2.pdf` has that name.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use aho_corasick::AhoCorasick;

use crate::collect::works::KeptBack;
use crate::language::stems::{folded, folded_words};
use crate::read::statement::Statement;
use crate::stamp::Stamped;

/// From this many letters and digits on, an id anywhere in a path is taken for the statement's name. Shorter ids occur
/// in many names and only lead to a warning.
const LONG_ENOUGH: usize = 4;

/// The names that files can have.
pub(super) struct Names<'a> {
    /// By folded name, the id and whether it is kept back.
    ids: HashMap<String, (&'a str, bool)>,
    /// Matches folded paths that may have the name of a text that is kept back.
    any: Option<AhoCorasick>,
    /// The folders of texts that are kept back, each with the id.
    kept_back_in: BTreeSet<(&'a str, &'a str)>,
    /// Folders that contain public statements at any depth.
    shared: BTreeSet<&'a str>,
}

/// The name of a statement that is kept back, found in a file's name.
#[derive(Clone)]
pub(super) struct Likeness<'a> {
    pub(super) id: &'a str,
    pub(super) strength: Strength,
}

/// How certain it is that a file with the name of a statement belongs to it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    /// A short id is one of several words of the name, in another folder or not at the beginning.
    Faint,
    /// The name contains a long id, or begins with the id in the folder of the statement.
    Likely,
    /// The file is next to the statement and its name is the id.
    Sure,
}

/// A name that a file has.
#[derive(Clone, Copy)]
struct FoundName<'a> {
    id: &'a str,
    is_kept_back: bool,
    /// Whether the id is the whole name.
    is_whole: bool,
    /// Whether the id is short and could be any word.
    is_faint: bool,
}

impl<'a> Names<'a> {
    pub(super) fn new(statements: &'a [Stamped<Statement>], kept_back: &KeptBack<'a>) -> Names<'a> {
        let mut names =
            Names { ids: HashMap::new(), any: None, kept_back_in: BTreeSet::new(), shared: BTreeSet::new() };
        for statement in statements {
            let is_kept_back = kept_back.has_id(&statement.id);
            names.add(&statement.id, &statement.id, is_kept_back);
            let folder = statement.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            if is_kept_back {
                names.kept_back_in.insert((folder, &statement.id));
                // The name of its source counts as well: there may be a copy of a scan in another format.
                let file = statement.front.source.as_ref().and_then(|source| source.file.as_deref());
                let stem = file.map(|file| stem(file.rsplit('/').next().unwrap_or(file)));
                if let Some(stem) = stem.filter(|stem| !names.ids.contains_key(&folded(stem))) {
                    names.add(stem, &statement.id, true);
                }
            } else {
                let mut above = folder;
                // Above a folder that is already known, all others are known too.
                while names.shared.insert(above)
                    && let Some((rest, _)) = above.rsplit_once('/')
                {
                    above = rest;
                }
            }
        }
        let kept_back = names.ids.iter().filter(|(_, (_, is_kept_back))| *is_kept_back).map(|(name, _)| name);
        names.any = AhoCorasick::new(kept_back).ok();
        names
    }

    fn add(&mut self, name: &str, id: &'a str, is_kept_back: bool) {
        let name = folded(name);
        if !name.is_empty() {
            let known = self.ids.entry(name).or_insert((id, is_kept_back));
            // If two ids fold to the same name, the one that is kept back takes precedence.
            if is_kept_back && !known.1 {
                *known = (id, true);
            }
        }
    }

    /// Returns the name that a file or a folder above it has, if the statement is kept back.
    pub(super) fn likeness(&self, path: &Arc<str>) -> Option<Likeness<'a>> {
        if !self.any.as_ref().is_some_and(|any| any.is_match(&folded(path))) {
            return None;
        }
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        // Folders above count as well, up to one that public statements share.
        let mut above = folder;
        let mut found = self.of_name(folder, stem(file));
        while found.is_none_or(|name_found| name_found.is_faint)
            && !self.shared.contains(above)
            && let Some((rest, name)) = above.rsplit_once('/')
        {
            found = self.of_name(rest, name).filter(|name_found| !name_found.is_faint || found.is_none()).or(found);
            above = rest;
        }
        let FoundName { id, is_whole, is_faint, .. } = found.filter(|name_found| name_found.is_kept_back)?;
        // The name of its source is weaker evidence than that of the text itself.
        let is_own = || folded(stem(file)) == folded(id);
        let strength = match is_faint {
            true => Strength::Faint,
            false if is_whole && self.kept_back_in.contains(&(folder, id)) && is_own() => Strength::Sure,
            false => Strength::Likely,
        };
        Some(Likeness { id, strength })
    }

    /// Returns whether the file has the name of a public statement.
    pub(super) fn is_of_public(&self, path: &str) -> bool {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        self.of_name(folder, stem(file)).is_some_and(|name_found| !name_found.is_kept_back)
    }

    /// Returns the longest id in a name in a folder; without one, a faint id of a text that is kept back.
    fn of_name(&self, folder: &str, name: &str) -> Option<FoundName<'a>> {
        let words = folded_words(name);
        let whole: usize = words.iter().map(String::len).sum();
        let (mut longest, mut faint): (Option<(usize, FoundName<'a>)>, Option<FoundName<'a>>) = (None, None);
        for start in 0..words.len() {
            let mut joined = String::new();
            // If `kz` is kept back and `kz-2` is public, `scan-kz-2` belongs to the latter: the longest at a position
            // counts.
            let mut faint_here = None;
            for word in &words[start..] {
                joined.push_str(word);
                let Some(&(id, is_kept_back)) = self.ids.get(&joined) else { continue };
                let is_whole = joined.len() == whole;
                let is_near = is_whole || start == 0 && self.kept_back_in.contains(&(folder, id));
                let is_faint = !is_near && joined.chars().count() < LONG_ENOUGH;
                let name_found = FoundName { id, is_kept_back, is_whole, is_faint };
                if is_faint {
                    faint_here = Some(name_found);
                } else if longest.is_none_or(|(length, _)| joined.len() > length) {
                    longest = Some((joined.len(), name_found));
                }
            }
            faint = faint.or(faint_here.filter(|name_found| name_found.is_kept_back));
        }
        longest.map(|(_, name_found)| name_found).or(faint)
    }
}

/// Returns the name of a file up to its last dot.
fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}
