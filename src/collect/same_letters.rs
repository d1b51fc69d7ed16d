//! Names as statements write them -> diagnostics for names that differ only in signs, since they would share a page.
//!
//! The address of a topic, a speaker, a session or a meeting without a record is made of the letters of its name. `C++`
//! and `C#` have the same letters, so one would silently get the page of the other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Known;
use super::names::{Names, has_signs};
use crate::diagnostic::{Code, Diagnostic};
use crate::language::fold;
use crate::path::slug;
use crate::read::fields::Named;
use crate::read::record::RecordKind;
use crate::read::statement::Speaker;

/// What kind of thing is named, in which forum if that matters, and the letters of its name.
type Letters = (&'static str, Box<str>, String);

/// A name and the file that has it.
type Written<'a> = (Named, &'a Arc<str>);

/// Reports names with the same letters. Few names have signs, so few have to be compared.
pub(super) fn check(entries: &[Arc<Known>], names: &Names<'_>, out: &mut Vec<Diagnostic>) {
    let has_signs = |((what, ..), name): &(Letters, Named)| has_signs(name) || *what == "topic" && has_marks(name);
    let signed: BTreeSet<Letters> =
        entries.iter().flat_map(|entry| written(entry, names, true)).filter(has_signs).map(|(key, _)| key).collect();
    // The second pass reads every name of the site; most sites have no signs in any and stop here.
    if signed.is_empty() {
        return;
    }
    let mut first: BTreeMap<Letters, BTreeMap<Box<str>, Written<'_>>> = BTreeMap::new();
    for entry in entries {
        for (key, name) in written(entry, names, false).into_iter().filter(|(key, _)| signed.contains(key)) {
            let path = &entry.statement.path;
            let distinct = signs(&name, key.0 == "topic");
            // Each spelling is reported once, at the first place where it is written.
            first.entry(key).or_default().entry(distinct).or_insert((name, path));
        }
    }
    for ((what, ..), spellings) in first.into_iter().filter(|(_, spellings)| spellings.len() > 1) {
        let mut spellings = spellings.into_values();
        let Some((one, of)) = spellings.next() else { continue };
        for (name, path) in spellings {
            // Punctuation rarely distinguishes topics ("arms control/disarmament"), so this is only a warning.
            let is_sure = signs(&name, false) != signs(&one, false);
            let (code, message) = match is_sure {
                true => (
                    Code::SameUrl,
                    format!("the {what} `{}` would have the same page as the {what} `{}` ({of})", name.text, one.text),
                ),
                false => (
                    Code::SimilarTopic,
                    format!("the {what} `{}` shares a page with the {what} `{}` ({of})", name.text, one.text),
                ),
            };
            let help = match what {
                _ if !is_sure => {
                    "write both the same way, or make a record for each, with the name under its `aliases`"
                }
                "topic" | "speaker" => "make a record for each, with the name under its `aliases`",
                _ => "write one of them differently: an address consists of letters and digits only",
            };
            out.push(Diagnostic::new(code, name.place(path), message).related(one.place(of)).help(help));
        }
    }
}

/// Returns the names in a statement whose addresses are made of their letters; with `signed` only those that have
/// signs.
fn written(entry: &Known, names: &Names<'_>, signed: bool) -> Vec<(Letters, Named)> {
    let front = &entry.statement.front;
    let mut all = Vec::new();
    // Most names are ruled out here, before anything is allocated.
    let is_wanted = |name: &str| !signed || has_signs(name);
    let mut add = |what: &'static str, of: Box<str>, name: &Named| {
        all.push(((what, of, slug(&fold::key(name))), name.clone()));
    };
    for topic in entry.statement.given_topics().filter(|topic| is_wanted(topic) || has_marks(topic)) {
        let key = names.key(RecordKind::Topic, topic);
        if names.record(RecordKind::Topic, &key).is_none() {
            add("topic", Box::default(), topic);
        }
    }
    if let Some(Speaker::Named { person, line, column }) = &front.speaker
        && let Some(name) = person.name().filter(|name| is_wanted(name))
        && let Some(page) = entry.facts.speaker.as_ref().and_then(|speaker| speaker.key.as_ref())
        // A speaker with a record has the page of the record.
        && page.name() == slug(&fold::key(&name))
    {
        add("speaker", Box::default(), &Named { text: name.into(), line: *line, column: *column });
    }
    for (what, name) in [("session", &front.session), ("meeting", &front.meeting)] {
        if let (Some(name), Some(forum)) = (name.as_ref().filter(|name| is_wanted(name)), &front.forum) {
            let session = front.session.as_deref().filter(|_| what == "meeting").map(slug).unwrap_or_default();
            add(what, format!("{}/{session}", names.key(RecordKind::Forum, forum)).into(), name);
        }
    }
    all
}

/// Returns whether a name has punctuation that its address does not show: `a/b` becomes `a-b`.
fn has_marks(name: &str) -> bool {
    name.chars().any(is_mark)
}

fn is_mark(c: char) -> bool {
    matches!(c, '/' | '\\' | ':' | ';' | ',' | '.' | '(' | ')' | '[' | ']' | '!' | '?')
}

/// Returns the signs that distinguish a name from others with its letters, including punctuation if `with_marks`.
fn signs(name: &str, with_marks: bool) -> Box<str> {
    let is_distinctive = |c: &char| has_signs(c.encode_utf8(&mut [0; 4])) || with_marks && is_mark(*c);
    fold::key(name).chars().filter(|c| !c.is_alphanumeric() && is_distinctive(c)).collect::<String>().into()
}
