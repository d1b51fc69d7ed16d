//! The log of the texts -> which wordings of each text the collection held, and from which day on.
//!
//! A version counts only if its own front matter made it public on the day of its commit: not a draft, under embargo,
//! withdrawn or unclear. The words of any other version are dropped here, before anything else sees them. Versions that
//! differ only in front matter, markup or struck-out words are one wording.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil;

use crate::config;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::memo::Memo;
use crate::read::date::Date;
use crate::read::name::has_language;
use crate::read::outline::plain;
use crate::read::statement::{Front, Statement, Status};
use crate::read::{self, Content};
use crate::sources::log::{Committed, CommittedBytes, Log};
use crate::stamp::{Stamp, Stamped};

/// A wording that the collection held.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Held {
    /// The day of the commit that brought it.
    pub day: civil::Date,
    /// The day of the commit that replaced it; `None` if none did.
    pub until: Option<civil::Date>,
    /// The first line of that commit's message.
    pub note: Box<str>,
    /// The commit.
    pub commit: Box<str>,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: Box<str>,
    /// The text.
    pub statement: Stamped<Statement>,
}

/// What is known about a file's past.
#[derive(Clone, Debug)]
pub struct FileHistory {
    /// Its wordings, the earliest first: two or more, one for each day, or none.
    pub held: Stamped<Vec<Held>>,
    /// The first day on which it was public; `None` if that is not known.
    pub public: Option<civil::Date>,
}

/// The histories of files, by their paths.
pub type Histories = BTreeMap<Arc<str>, FileHistory>;

/// The statements of the last build that were given a day.
pub type KeptDated = Memo<Arc<str>, Stamped<Statement>>;

/// The histories of the last build.
pub type KeptHistories = Memo<Arc<str>, Arc<FileHistory>>;

/// Returns the history of each statement's file. Only files with new commits are read again.
pub fn histories(
    log: &Log,
    statements: &[Stamped<Statement>],
    options: &read::Options,
    kept: &mut KeptHistories,
) -> Histories {
    let first: BTreeMap<&str, &Statement> =
        statements.iter().filter(|of| !has_language(&of.path)).map(|of| (&*of.id, &**of)).collect();
    let files: Vec<FileToRead<'_>> = statements
        .iter()
        .map(|statement| {
            let base = first.get(&*statement.id).filter(|base| base.path != statement.path);
            let base = base.map(|base| (*base, log.of(&base.path)));
            FileToRead { statement, versions: log.of(&statement.path), base }
        })
        .filter(|file| !file.versions.is_empty())
        .collect();
    let options_stamp = Stamp::of(options);
    let commits = |versions: &[Committed]| {
        let commits = versions.iter().map(|of| (Stamp::of(&of.commit), of.bytes.is_some()));
        Stamp::of(&commits.collect::<Vec<_>>())
    };
    let found = kept.update(
        &files,
        |FileToRead { statement, versions, base }| {
            // A file with only one version is the one on disk, whose front matter tells whether it was public.
            let of = if versions.len() > 1 { None } else { Some(statement.stamp()) };
            let base = base.map(|(base, versions)| (base.front.stamp, commits(versions)));
            (Arc::clone(&statement.path), Stamp::of(&(commits(versions), base, of, options_stamp)))
        },
        |file| Arc::new(history(file, options)),
    );
    let files = files.iter().map(|file| Arc::clone(&file.statement.path));
    files.zip(found).map(|(path, found)| (path, (*found).clone())).collect()
}

/// Returns the problem of a log that has no history.
pub fn problem(log: &Log) -> Option<Diagnostic> {
    let (message, help) = match log {
        Log::Whole { .. } => return None,
        Log::Shallow => (
            "the history of texts is not on the site: the repository has only its latest commits".to_owned(),
            "fetch all of them, in a workflow with `fetch-depth: 0`, elsewhere with `git fetch --unshallow`",
        ),
        Log::Missing(reason) => (
            format!("the history of texts is not on the site: {reason}"),
            "build in a git repository, or remove `[history]` from site.toml",
        ),
    };
    Some(Diagnostic::new(Code::NoHistory, Place::file(&config::FILE.into()), message).help(help))
}

/// Gives each statement whose front matter does not say when it was added the day on which it was first public.
pub fn date(statements: &mut [Stamped<Statement>], histories: &Histories, kept: &mut KeptDated) {
    let undated = statements.iter().enumerate().filter(|(_, statement)| statement.front.added.is_none());
    let undated: Vec<(usize, &Stamped<Statement>, civil::Date)> =
        undated.filter_map(|(at, statement)| Some((at, statement, histories.get(&statement.path)?.public?))).collect();
    let dated = kept.update(
        &undated,
        |(_, statement, day)| (Arc::clone(&statement.path), Stamp::of(&(statement.stamp(), day))),
        |(_, statement, day)| {
            let front = Front { added: Date::parse(&day.to_string()), ..(*statement.front).clone() };
            let stamp = Stamp::of(&(statement.stamp(), day));
            Stamped::from_source(stamp, Statement { front: Arc::new(front), ..(***statement).clone() })
        },
    );
    let places: Vec<usize> = undated.iter().map(|(at, ..)| *at).collect();
    for (at, dated) in places.into_iter().zip(dated) {
        statements[at] = dated;
    }
}

/// A file whose history is needed.
struct FileToRead<'a> {
    /// The file as it is.
    statement: &'a Stamped<Statement>,
    /// Its versions.
    versions: &'a [Committed],
    /// The statement's first file, from which it inherits, with its versions.
    base: Option<(&'a Statement, &'a [Committed])>,
}

/// Returns the history of one file.
fn history(file: &FileToRead<'_>, options: &read::Options) -> FileHistory {
    let (now, versions) = (file.statement, file.versions);
    let mut held: Vec<Held> = Vec::new();
    let mut public = None;
    // The words of the latest wording, even if it was withdrawn since.
    let mut last: Option<(Arc<[u8]>, String)> = None;
    for version in versions {
        let Some(bytes) = &version.bytes else {
            // The only version: its words are those of today, so there is no other wording.
            let is_public = versions.len() == 1 && now.front.is_public(Some(version.day));
            public = public.or(is_public.then_some(version.day));
            continue;
        };
        if !was_public(file, version, bytes, options) {
            // From the day on which a text was withdrawn or held back again, the collection no longer held it.
            if let Some(before) = held.last_mut() {
                before.until.get_or_insert(version.day);
            }
            continue;
        }
        public = public.or(Some(version.day));
        if last.as_ref().is_some_and(|(body, _)| Arc::ptr_eq(body, &bytes.body)) {
            held.iter_mut().last().into_iter().for_each(|before| before.until = None);
            continue;
        }
        let Some(statement) = statement(now, bytes, options) else { continue };
        let words = plain(&statement.body);
        if last.as_ref().is_some_and(|(_, before)| *before == words) {
            last = Some((Arc::clone(&bytes.body), words));
            held.iter_mut().last().into_iter().for_each(|before| before.until = None);
            continue;
        }
        last = Some((Arc::clone(&bytes.body), words));
        // A wording held for less than a day has no address, because addresses contain the day.
        held.pop_if(|before| before.day == version.day);
        if let Some(before) = held.last_mut() {
            before.until.get_or_insert(version.day);
        }
        held.push(Held {
            day: version.day,
            until: None,
            note: version.note.clone(),
            commit: version.commit.clone(),
            sha256: bytes.sha256.clone(),
            statement: Stamped::from_source(Stamp::of_bytes(&[&bytes.front[..], &bytes.body[..]].concat()), statement),
        });
    }
    if held.len() < 2 {
        held.clear();
    }
    FileHistory { held: Stamped::new(held), public }
}

/// Returns whether a version was public on the day of its commit, as far as its own front matter and what it inherited
/// then say.
fn was_public(file: &FileToRead<'_>, version: &Committed, bytes: &CommittedBytes, options: &read::Options) -> bool {
    let now = file.statement;
    let is_public = |front: &Front| front.is_public(Some(version.day)) && front.status != Status::Withdrawn;
    let Some(own) = front(now, bytes, options) else { return false };
    let Some((base, versions)) = file.base else { return is_public(&own) };
    if versions.len() < 2 {
        return is_public(&own.inherit(&base.front));
    }
    if let Some(same) = versions.iter().find(|of| of.commit == version.commit) {
        let of = same.bytes.as_ref().and_then(|of| front(base, of, options));
        return of.is_some_and(|of| is_public(&own.inherit(&of)));
    }
    // Commits of one day cannot be put in order across files. So every version of the first file on that day must have
    // allowed publication, and so must the one that the day began with (or the first version ever, if none is earlier).
    let begin = versions.iter().rposition(|of| of.day < version.day).unwrap_or(0);
    let mut of_day = versions[begin..].iter().enumerate().take_while(|(at, of)| *at == 0 || of.day <= version.day);
    of_day.all(|(_, of)| {
        let of = of.bytes.as_ref().and_then(|of| front(base, of, options));
        of.is_some_and(|of| is_public(&own.inherit(&of)))
    })
}

/// Returns the front matter of a version.
fn front(now: &Statement, bytes: &CommittedBytes, options: &read::Options) -> Option<Arc<Front>> {
    // The text is left out, because parsing it is not needed for the front matter.
    parsed(now, &[&bytes.front[..], b"\n.\n"].concat(), options).map(|statement| Arc::clone(&statement.front))
}

/// Returns a version as a statement.
fn statement(now: &Statement, bytes: &CommittedBytes, options: &read::Options) -> Option<Statement> {
    parsed(now, &[&bytes.front[..], &bytes.body[..]].concat(), options)
}

/// Parses a version under the name that its file has today.
fn parsed(now: &Statement, bytes: &[u8], options: &read::Options) -> Option<Statement> {
    match read::read(&now.path, bytes, options).content {
        Some(Content::Statement(statement)) => Some((*statement).clone()),
        _ => None,
    }
}
