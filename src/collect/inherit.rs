//! Language versions as written -> with the keys that they inherit from the statement's first file.
//!
//! The first file is the one without a language in its name, `<id>.md`; if every file has one, the one in the site's
//! language, otherwise the first by language tag. So a version states only what differs.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::memo::Memo;
use crate::read::name::has_language;
use crate::read::statement::{Base, Statement};
use crate::stamp::{Stamp, Stamped};

/// The versions that inherit something, by their paths, kept between builds.
pub type InheritedVersions = Memo<Arc<str>, Stamped<Statement>>;

/// Adds to each language version the keys that it inherits. A version is rebuilt only if its file or the front matter
/// of the first file changed, so that an edit of the first file's text leaves the other versions as they are.
pub fn inherit(statements: &mut [Stamped<Statement>], site_language: &str, kept: &mut InheritedVersions) {
    // Most statements are one file: only those with a file per language are grouped.
    let with_versions: HashSet<&str> =
        statements.iter().filter(|of| has_language(&of.path)).map(|of| &*of.id).collect();
    let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, statement) in statements.iter().enumerate() {
        if with_versions.contains(&*statement.id) {
            by_id.entry(&statement.id).or_default().push(at);
        }
    }
    let rank = |at: &usize| rank(&statements[*at].path, &statements[*at].language, site_language);
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for versions in by_id.values() {
        let Some(base) = versions.iter().copied().min_by_key(|at| rank(at)) else { continue };
        let others = versions.iter().copied().filter(|at| *at != base && has_language(&statements[*at].path));
        pairs.extend(others.map(|at| (at, base)));
    }
    let all = &*statements;
    // Made from the statements as they are now and put in their places only below: a base is never itself a result.
    let made = kept.update(
        &pairs,
        |(at, base)| {
            let (version, base) = (&all[*at], &all[*base]);
            (Arc::clone(&version.path), stamp(version, base))
        },
        |(at, base)| {
            let (version, base) = (&all[*at], &all[*base]);
            Stamped::from_source(stamp(version, base), with_base(version, base))
        },
    );
    for ((at, _), made) in pairs.into_iter().zip(made) {
        statements[at] = made;
    }
}

/// Returns the key by which the first file of a statement comes first among its language versions.
pub fn rank<'a>(path: &'a str, language: &'a str, site_language: &str) -> (bool, bool, &'a str, &'a str) {
    (has_language(path), *language != *site_language, language, path)
}

fn stamp(version: &Stamped<Statement>, base: &Statement) -> Stamp {
    Stamp::of(&(version.stamp(), &base.path, base.front.stamp))
}

fn with_base(version: &Statement, base: &Statement) -> Statement {
    let front = Arc::new(version.front.inherit(&base.front));
    let base = Base { path: Arc::clone(&base.path), front: Arc::clone(&base.front) };
    Statement { front, base: Some(base), ..version.clone() }
}
