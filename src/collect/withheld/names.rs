//! Names of files -> the statement whose name each bears.
//!
//! `Kaz-B.pdf`, `kaz_b_original.docx` and `scans/kaz-b/1.png` bear the name of `kaz-b`; where there is a `kaz-b-2` as
//! well, `kaz-b-2.pdf` bears that one's.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use aho_corasick::AhoCorasick;

use crate::collect::works::KeptBack;
use crate::read::statement::Statement;
use crate::read::stems::{folded, folded_words};
use crate::stamp::Stamped;

/// Letters and digits that an id has at least if a name that has it among others, in another folder or not at the beginning,
/// is taken for the statement's. Shorter ones are words of many names: there a person is asked.
const LONG_ENOUGH: usize = 4;

/// The names that files can bear.
pub(super) struct Names<'a> {
    /// By the folded form: the id and whether it is kept back.
    ids: HashMap<String, (&'a str, bool)>,
    /// Finds in a folded path whether a closer look is worth it.
    any: Option<AhoCorasick>,
    /// Folders that texts which are kept back lie in, with their ids.
    beside: BTreeSet<(&'a str, &'a str)>,
    /// Folders with public statements below them.
    shared: BTreeSet<&'a str>,
}

/// The name of a statement that is kept back, borne by a file.
#[derive(Clone)]
pub(super) struct Likeness<'a> {
    pub(super) id: &'a str,
    pub(super) strength: Strength,
}

/// How sure it is that a file with the name of a statement is the statement's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    /// A short id is one of several words of the name, which lies elsewhere or begins otherwise.
    Faint,
    /// The name has an id that is long enough to be no other word, or that it begins with beside the statement.
    Likely,
    /// The file lies beside the statement and has its id for a name.
    Sure,
}

/// A name that a file bears.
#[derive(Clone, Copy)]
struct Borne<'a> {
    id: &'a str,
    is_kept_back: bool,
    /// The id is all of the name.
    is_whole: bool,
    is_faint: bool,
}

impl<'a> Names<'a> {
    pub(super) fn new(statements: &'a [Stamped<Statement>], kept_back: &KeptBack<'a>) -> Names<'a> {
        let mut names = Names { ids: HashMap::new(), any: None, beside: BTreeSet::new(), shared: BTreeSet::new() };
        for statement in statements {
            let is_kept_back = kept_back.has_id(&statement.id);
            names.add(&statement.id, &statement.id, is_kept_back);
            let folder = statement.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            if is_kept_back {
                names.beside.insert((folder, &statement.id));
                // What its source is called is a name of it, too: of a scan there may be a copy in another format.
                let file = statement.front.source.as_ref().and_then(|source| source.file.as_deref());
                let stem = file.map(|file| stem(file.rsplit('/').next().unwrap_or(file)));
                if let Some(stem) = stem.filter(|stem| !names.ids.contains_key(&folded(stem))) {
                    names.add(stem, &statement.id, true);
                }
            } else {
                let mut above = folder;
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
            // Two ids that fold to one name: what is kept back comes first.
            if is_kept_back && !known.1 {
                *known = (id, true);
            }
        }
    }

    /// Returns the name that a file or a folder above it bears, if its statement is kept back.
    pub(super) fn likeness(&self, path: &Arc<str>) -> Option<Likeness<'a>> {
        if !self.any.as_ref().is_some_and(|any| any.is_match(&folded(path))) {
            return None;
        }
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let mut above = folder;
        let mut found = self.of_name(folder, stem(file));
        while found.is_none_or(|borne| borne.is_faint)
            && !self.shared.contains(above)
            && let Some((rest, name)) = above.rsplit_once('/')
        {
            found = self.of_name(rest, name).filter(|borne| !borne.is_faint || found.is_none()).or(found);
            above = rest;
        }
        let Borne { id, is_whole, is_faint, .. } = found.filter(|borne| borne.is_kept_back)?;
        // The name of its source is a weaker sign than that of the text itself.
        let is_own = || folded(stem(file)) == folded(id);
        let strength = match is_faint {
            true => Strength::Faint,
            false if is_whole && self.beside.contains(&(folder, id)) && is_own() => Strength::Sure,
            false => Strength::Likely,
        };
        Some(Likeness { id, strength })
    }

    /// Returns whether the file bears the name of a public statement.
    pub(super) fn is_of_public(&self, path: &str) -> bool {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        self.of_name(folder, stem(file)).is_some_and(|borne| !borne.is_kept_back)
    }

    /// Returns the longest id in a name in a folder. Only where there is none, a faint one of a text that is kept back.
    fn of_name(&self, folder: &str, name: &str) -> Option<Borne<'a>> {
        let words = folded_words(name);
        let whole: usize = words.iter().map(String::len).sum();
        let (mut longest, mut faint): (Option<(usize, Borne<'a>)>, Option<Borne<'a>>) = (None, None);
        for start in 0..words.len() {
            let mut joined = String::new();
            // With `kz` kept back and `kz-2` public, `scan-kz-2` is the latter's: the longest at a place counts.
            let mut faint_here = None;
            for word in &words[start..] {
                joined.push_str(word);
                let Some(&(id, is_kept_back)) = self.ids.get(&joined) else { continue };
                let is_whole = joined.len() == whole;
                let is_near = is_whole || start == 0 && self.beside.contains(&(folder, id));
                let is_faint = !is_near && joined.chars().count() < LONG_ENOUGH;
                let borne = Borne { id, is_kept_back, is_whole, is_faint };
                if is_faint {
                    faint_here = Some(borne);
                } else if longest.is_none_or(|(length, _)| joined.len() > length) {
                    longest = Some((joined.len(), borne));
                }
            }
            faint = faint.or(faint_here.filter(|borne| borne.is_kept_back));
        }
        longest.map(|(_, borne)| borne).or(faint)
    }
}

/// Returns a file's name up to its last dot.
fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}
