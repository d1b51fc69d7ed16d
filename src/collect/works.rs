//! Statements -> works: the language versions of each, their pages and their order; and what is kept back.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil;
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::key::Key;
use crate::read::statement::{Statement, Status};
use crate::stamp::Stamped;

/// One statement in all its language versions.
pub struct Work {
    /// The id.
    pub id: Box<str>,
    /// The versions, the one that lists show first: the one in the site's language, otherwise the delivered one, then
    /// one that is not a translation; among several, the first by language tag.
    pub versions: Vec<Version>,
}

/// One language version and its page.
pub struct Version {
    /// The language version.
    pub statement: Stamped<Statement>,
    /// Its page.
    pub key: Key,
}

impl Work {
    /// Returns the version that lists show.
    pub fn main(&self) -> &Statement {
        &self.versions[0].statement
    }

    /// Returns whether lists, feeds and the sitemap leave it out.
    pub fn is_withdrawn(&self) -> bool {
        self.main().front.status == Status::Withdrawn
    }

    /// Returns the sort key: earliest day, latest day, id; statements without a date come last.
    fn order(&self) -> (bool, Option<(civil::Date, civil::Date)>, Box<str>) {
        let date = self.main().front.date.as_ref().map(|date| (date.earliest(), date.latest()));
        (date.is_none(), date, self.id.clone())
    }
}

/// Which statements are in the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Choice {
    /// Whether drafts are in the site.
    pub drafts: bool,
    /// Texts under embargo until this day or earlier are in the site; `None` leaves out every text with an embargo.
    pub as_of: Option<civil::Date>,
}

impl Choice {
    /// Returns whether a statement is in the site.
    fn takes(self, statement: &Statement) -> bool {
        let front = &statement.front;
        front.is_free(self.as_of) && (self.drafts || front.status != Status::Draft)
    }
}

/// Drafts, texts under embargo and texts whose status is unclear: they are checked but not in the site.
#[derive(Hash)]
pub struct KeptBack<'a> {
    /// The statements.
    pub statements: Vec<&'a Stamped<Statement>>,
    ids: BTreeSet<&'a str>,
    /// The paths of their files and of files kept back with them.
    files: BTreeSet<&'a str>,
    /// Files that could act when a reader opens them.
    active: BTreeSet<Arc<str>>,
}

impl<'a> KeptBack<'a> {
    /// Gathers the statements that `choice` leaves out.
    pub fn new(statements: &'a [Stamped<Statement>], choice: Choice) -> KeptBack<'a> {
        let statements: Vec<&Stamped<Statement>> =
            statements.iter().filter(|statement| !choice.takes(statement)).collect();
        let ids = statements.iter().map(|statement| &*statement.id).collect();
        let files = statements.iter().map(|statement| &*statement.path).collect();
        KeptBack { statements, ids, files, active: BTreeSet::new() }
    }

    /// Adds files that are kept back with them.
    pub fn add_files(&mut self, files: impl Iterator<Item = &'a Arc<str>>) {
        self.files.extend(files.map(|file| &**file));
    }

    /// Adds a file that is not published because it could act when a reader opens it.
    pub fn add_active(&mut self, file: &Arc<str>) {
        self.active.insert(Arc::clone(file));
    }

    /// Returns whether the file is not published because it could act when a reader opens it.
    pub fn is_active(&self, path: &str) -> bool {
        self.active.contains(path)
    }

    /// Returns whether a statement with this id is kept back.
    pub fn has_id(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Returns whether the file is kept back.
    pub fn has_file(&self, path: &str) -> bool {
        self.files.contains(path)
    }
}

/// Groups the statements into works, in order, and reports two files for the same language.
pub fn works(
    statements: &[Stamped<Statement>],
    choice: Choice,
    site_language: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Work> {
    let mut by_id: HashMap<&str, Vec<&Stamped<Statement>>> = HashMap::with_capacity(statements.len());
    for statement in statements.iter().filter(|statement| choice.takes(statement)) {
        let versions = by_id.entry(&statement.id).or_default();
        // The first file in order is kept, so that a preview can still be shown.
        if let Some(other) = versions.iter().find(|other| other.language == statement.language) {
            let (language, id) = (&statement.language, &statement.id);
            let message = format!("the statement `{id}` in `{language}` is here and in {}", other.path);
            let problem = Diagnostic::new(Code::DuplicateId, Place::file(&statement.path), message)
                .related(Place::file(&other.path));
            diagnostics
                .push(problem.help("ids must be unique across all folders: rename one, or name it <id>.<language>.md"));
            continue;
        }
        versions.push(statement);
    }
    let mut works: Vec<Work> = by_id
        .into_par_iter()
        .map(|(id, mut versions)| {
            // One version may state for all of them in which language the statement was delivered.
            let spoken = versions.iter().find_map(|version| version.front.spoken_language.clone());
            versions.sort_by_key(|version| {
                let is_delivered = spoken.as_ref().is_some_and(|spoken| *spoken == version.language);
                let is_translated = version.front.translation_kind.is_some() || is_translation(version);
                (*version.language != *site_language, !is_delivered, is_translated, version.language.clone())
            });
            let versions = versions.into_iter().map(|statement| {
                let language = Some(&*statement.language).filter(|language| **language != *site_language);
                let key = Key::statement(id, language);
                let key = key.expect("reading refuses ids and languages that cannot be part of a URL");
                Version { statement: statement.clone(), key }
            });
            Work { id: id.into(), versions: versions.collect() }
        })
        .collect();
    // Every later stage relies on this order: it is chronological, and makes each build the same.
    works.sort_by_cached_key(Work::order);
    works
}

/// Reports language versions that are not held back like the others: perhaps one was forgotten.
pub fn check_versions(statements: &[Stamped<Statement>], diagnostics: &mut Vec<Diagnostic>) {
    let hold = |statement: &Statement| (statement.front.embargo.clone(), statement.front.status == Status::Draft);
    let held: BTreeMap<&str, &Statement> = statements
        .iter()
        .filter(|statement| hold(statement) != (None, false))
        .map(|statement| (&*statement.id, &**statement))
        .collect();
    for statement in statements {
        let Some(other) = held.get(&*statement.id).filter(|other| hold(other) != hold(statement)) else { continue };
        // A translation is often a draft for a while. The report is placed at its file, because a problem in a draft
        // does not prevent publication.
        if hold(statement) == (None, false) && hold(other) == (None, true) && is_translation(other) {
            let message = format!("this draft is a version of {}, which is published", statement.path);
            let problem = Diagnostic::new(Code::UnevenVersions, Place::file(&other.path), message)
                .related(Place::file(&statement.path));
            diagnostics.push(problem.help(
                "files next to them, such as the original, are published once this version is published as well",
            ));
            continue;
        }
        let message =
            format!("this version is not held back like {}: `embargo` or `status: draft` differs", other.path);
        let problem = Diagnostic::new(Code::UnevenVersions, Place::file(&statement.path), message)
            .related(Place::file(&other.path));
        diagnostics.push(problem.help(
            "give all versions the same `embargo` and `status`; files next to them are published once no version is held back",
        ));
    }
}

/// Returns whether the file's name is that of one of several versions: `<id>.<language>.md`.
fn is_translation(statement: &Statement) -> bool {
    let name = statement.path.rsplit('/').next().unwrap_or_default();
    name.split('.').count() > 2
}

/// Returns the page of each statement's file, by path, for links between files.
pub fn by_source(works: &[Work]) -> BTreeMap<Arc<str>, Key> {
    let versions = works.iter().flat_map(|work| &work.versions);
    versions.map(|version| (Arc::clone(&version.statement.path), version.key.clone())).collect()
}
