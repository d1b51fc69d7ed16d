//! Names as statements write them -> the problem of those that only signs tell apart, since they would have one page.
//!
//! The address of a topic, a speaker, a session or a meeting without a record is made of the letters of its name. `C++` and
//! `C#` have the same; without a word, the page of one would be that of the other.

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

/// What is named, in which forum if that matters, and the letters of its name.
type Letters = (&'static str, Box<str>, String);

/// A name, and the file that has it.
type Written<'a> = (Named, &'a Arc<str>);

/// Finds names of the same letters. Nearly no name has signs, so that nearly none is looked at twice.
pub fn check(entries: &[Arc<Known>], names: &Names<'_>, out: &mut Vec<Diagnostic>) {
    let has_signs = |((what, ..), name): &(Letters, Named)| has_signs(name) || *what == "topic" && has_marks(name);
    let signed: BTreeSet<Letters> =
        entries.iter().flat_map(|entry| written(entry, names, true)).filter(has_signs).map(|(key, _)| key).collect();
    if signed.is_empty() {
        return;
    }
    let mut first: BTreeMap<Letters, BTreeMap<Box<str>, Written<'_>>> = BTreeMap::new();
    for entry in entries {
        for (key, name) in written(entry, names, false).into_iter().filter(|(key, _)| signed.contains(key)) {
            let path = &entry.statement.path;
            let distinct = signs(&name, key.0 == "topic");
            first.entry(key).or_default().entry(distinct).or_insert((name, path));
        }
    }
    for ((what, ..), spellings) in first.into_iter().filter(|(_, spellings)| spellings.len() > 1) {
        let mut spellings = spellings.into_values();
        let Some((one, of)) = spellings.next() else { continue };
        for (name, path) in spellings {
            // Marks between words rarely mean another topic, so that one is only asked about.
            let is_sure = signs(&name, false) != signs(&one, false);
            let (code, message) = match is_sure {
                true => (
                    Code::SameUrl,
                    format!("the {what} `{}` would have the page of the {what} `{}` ({of})", name.text, one.text),
                ),
                false => (
                    Code::SimilarTopic,
                    format!("the {what} `{}` has one page with the {what} `{}` ({of})", name.text, one.text),
                ),
            };
            let help = match what {
                _ if !is_sure => {
                    "write both in one way, or make a record for each, and give the name under its `aliases`"
                }
                "topic" | "speaker" => "make a record for each, and give the name under its `aliases`",
                _ => "write one of them otherwise: only letters and digits make an address",
            };
            out.push(Diagnostic::new(code, name.place(path), message).related(one.place(of)).help(help));
        }
    }
}

/// Returns the names in a statement whose letters are its address; only those with signs if so asked.
fn written(entry: &Known, names: &Names<'_>, signed: bool) -> Vec<(Letters, Named)> {
    let front = &entry.statement.front;
    let mut all = Vec::new();
    // Most names are done with here.
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
        // Who has a record has its page.
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

/// Returns whether a name has marks between its words that an address does not show: `a/b`, which is `a-b` there.
fn has_marks(name: &str) -> bool {
    name.chars().any(is_mark)
}

fn is_mark(c: char) -> bool {
    matches!(c, '/' | '\\' | ':' | ';' | ',' | '.' | '(' | ')' | '[' | ']' | '!' | '?')
}

/// Returns what tells a name from others of its letters; marks between words only if so asked.
fn signs(name: &str, with_marks: bool) -> Box<str> {
    let tells = |c: &char| has_signs(c.encode_utf8(&mut [0; 4])) || with_marks && is_mark(*c);
    fold::key(name).chars().filter(|c| !c.is_alphanumeric() && tells(c)).collect::<String>().into()
}
