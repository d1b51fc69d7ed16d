//! Names as statements write them, records and tables -> what the names mean, or what is wrong with them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::names::{Names, Ref, make_a_record};
use super::works::{KeptBack, Work};
use crate::diagnostic::{Code, Diagnostic, Known};
use crate::key::Key;
use crate::language::fold;
use crate::path::slug;
use crate::read::fields::Named;
use crate::read::record::{Detail, Record, RecordKind};
use crate::read::statement::{Person, Speaker};

/// The person who spoke.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SpeakerRef {
    /// The name, as shown.
    pub name: Box<str>,
    /// The parts of the name, the honorific, the role and identifiers.
    pub person: Person,
    /// The person's page; `None` if it is unclear who it is.
    pub key: Option<Key>,
}

/// Speakers who are identified only by their names: for each folded name the records, and the delegations they spoke
/// for.
#[derive(Hash)]
pub struct Speakers {
    records: BTreeMap<Box<str>, Vec<Box<str>>>,
    delegations: BTreeMap<Box<str>, Vec<SpokenFor>>,
}

/// A delegation that a person spoke for.
#[derive(Hash)]
struct SpokenFor {
    written: Box<str>,
    is_known: bool,
}

impl Speakers {
    /// Gathers the names of speaker records and of all statements.
    pub fn new(works: &[Work], names: &Names<'_>) -> Speakers {
        let mut speakers = Speakers { records: BTreeMap::new(), delegations: BTreeMap::new() };
        // A record is found by each name that its person has, so that a statement need not know the record's slug.
        for record in names.records(RecordKind::Speaker) {
            let mut known: Vec<Box<str>> = vec![fold::key(&record.title)];
            known.extend(record.aliases.iter().map(|alias| fold::key(alias)));
            if let Detail::Speaker { person, .. } = &record.detail {
                known.extend(person.name().map(|name| fold::key(&name)));
                known.extend(person.as_printed.as_deref().map(fold::key));
            }
            known.sort();
            known.dedup();
            for name in known {
                speakers.records.entry(name).or_default().push(record.slug.clone());
            }
        }
        let mut seen: HashSet<(Box<str>, Box<str>)> = HashSet::new();
        // Other versions are not asked: a name in another script would look like another person.
        for work in works {
            if let (Some(Speaker::Named { person, .. }), Some(delegation)) =
                (&work.main().front.speaker, &work.main().front.delegation)
                && let Some(name) = person.name()
            {
                let name = fold::key(&name);
                // Two spellings of one state are not two delegations.
                let key = names.key(RecordKind::Delegation, delegation);
                let is_known = names.knows(RecordKind::Delegation, &key);
                if seen.insert((name.clone(), key)) {
                    let written = delegation.text.clone();
                    speakers.delegations.entry(name).or_default().push(SpokenFor { written, is_known });
                }
            }
        }
        speakers
    }
}

/// The maximum number of names that a message lists.
const LISTED: usize = 5;

/// Joins names for a message. Their number is limited, because a thousand statements may have the same problem.
fn join_names(names: &[Box<str>], word: &str) -> String {
    let (first, more) = names.split_at(names.len().min(LISTED));
    let first = first.join(word);
    if more.is_empty() { first } else { format!("{first}{word}{} more", more.len()) }
}

/// Everything that is needed to look up the names in a statement.
pub struct Reader<'a> {
    /// Records and tables.
    pub names: &'a Names<'a>,
    /// The speakers of all statements.
    pub speakers: &'a Speakers,
    /// The statements by id.
    pub ids: &'a HashMap<&'a str, &'a Work>,
    /// Statements that are not in the site.
    pub kept_back: &'a KeptBack<'a>,
    /// All statement ids, made when the first unknown one is met.
    pub known: OnceLock<Known>,
}

impl Reader<'_> {
    /// Reports unknown names that a record refers to.
    pub fn check_record(&self, record: &Record, out: &mut Vec<Diagnostic>) {
        for (kind, name) in record.references() {
            match kind {
                RecordKind::Topic => self.topic(name, &record.path, out),
                RecordKind::Forum => self.known(kind, Code::UnknownForum, name, &record.path, out),
                _ => self.known(kind, Code::UnknownDelegation, name, &record.path, out),
            };
        }
    }

    /// Returns the title and page of a name, which has no page if it cannot be part of a URL. That is reported by
    /// `named`.
    pub fn reference(&self, kind: RecordKind, key: &str, written: &str) -> Ref {
        Ref { title: self.names.titled(kind, key, written), key: self.names.page(kind, key, written).ok() }
    }

    /// Looks up a name of a delegation, group or forum, and reports it with `code` if it is unknown.
    pub fn known(&self, kind: RecordKind, code: Code, name: &Named, path: &Arc<str>, out: &mut Vec<Diagnostic>) -> Ref {
        let key = self.names.key(kind, name);
        if !self.names.knows(kind, &key) || self.names.is_by_letters(kind, name) {
            let (word, help) = (kind.word(), self.names.advice(kind, name));
            let remedy = self.names.remedy(kind, name);
            let problem = Diagnostic::new(code, name.place(path), format!("no {word} `{}` is known", name.text));
            out.push(problem.help(help).remedy(&name.text, remedy.as_deref()));
        }
        if kind == RecordKind::Delegation
            && let Some((message, help)) = self.names.doubt(name)
        {
            out.push(Diagnostic::new(Code::AmbiguousCode, name.place(path), message).help(help));
        }
        self.named(kind, &key, name, path, out)
    }

    /// Returns the title and page of a name, and reports a name that cannot have a page.
    fn named(&self, kind: RecordKind, key: &str, name: &Named, path: &Arc<str>, out: &mut Vec<Diagnostic>) -> Ref {
        let page = page_of(self.names.page(kind, key, name), &format!("the {}", kind.word()), name, path, out);
        Ref { title: self.names.titled(kind, key, name), key: page }
    }

    /// Looks up a topic, and reports it if the site has topic records but none for it.
    pub(super) fn topic(&self, name: &Named, path: &Arc<str>, out: &mut Vec<Diagnostic>) -> Ref {
        let key = self.names.key(RecordKind::Topic, name);
        // Without any topic records, whatever statements name is a topic.
        let is_known =
            self.names.record(RecordKind::Topic, &key).is_some() && !self.names.is_by_letters(RecordKind::Topic, name);
        if !is_known && self.names.records(RecordKind::Topic).next().is_some() {
            let help = self.names.advice(RecordKind::Topic, name);
            let message = format!("the topic `{}` has no record", name.text);
            let remedy = self.names.remedy(RecordKind::Topic, name);
            let problem = Diagnostic::new(Code::UnknownTopic, name.place(path), message).help(help);
            out.push(problem.remedy(&name.text, remedy.as_deref()));
        }
        self.named(RecordKind::Topic, &key, name, path, out)
    }

    /// Looks up a document by its symbol or name.
    pub(super) fn document(&self, name: &Named, path: &Arc<str>, out: &mut Vec<Diagnostic>) -> Ref {
        let key = self.names.key(RecordKind::Document, name);
        self.named(RecordKind::Document, &key, name, path, out);
        self.names.document(name)
    }

    /// Looks up a statement by its id, and reports it if it is unknown or not published.
    pub(super) fn statement(&self, name: &Named, path: &Arc<str>, out: &mut Vec<Diagnostic>) -> Option<Ref> {
        if let Some(work) = self.ids.get(&*name.text) {
            return Some(Ref {
                title: work.main().front.title.clone().into(),
                key: Some(work.versions[0].key.clone()),
            });
        }
        if self.kept_back.has_id(name) {
            // A draft may refer to another one: both may be published on the same day.
            if !self.kept_back.has_file(path) {
                let message = format!("the statement `{}` is a draft or under embargo", name.text);
                out.push(
                    Diagnostic::new(Code::UnknownStatement, name.place(path), message)
                        .help("publish it first, or remove its id here"),
                );
            }
            return None;
        }
        let known = self.known.get_or_init(|| Known::new(self.ids.keys().copied()));
        let help = crate::read::unknown_help(name, known, "write the id of a statement: its file's name without .md");
        out.push(
            Diagnostic::new(Code::UnknownStatement, name.place(path), format!("there is no statement `{}`", name.text))
                .help(help),
        );
        None
    }

    /// Looks up a speaker, and reports one that is unknown or ambiguous; `None` for a speaker without any name.
    pub(super) fn speaker(&self, speaker: &Speaker, path: &Arc<str>, out: &mut Vec<Diagnostic>) -> Option<SpeakerRef> {
        let of_record = |key: &str| {
            let record = self.names.record(RecordKind::Speaker, key)?;
            let Detail::Speaker { person, .. } = &record.detail else { return None };
            let key = self.names.page(RecordKind::Speaker, key, key).ok();
            Some(SpeakerRef { name: record.title.clone(), person: person.clone(), key })
        };
        match speaker {
            Speaker::Record(name) => {
                let key = self.names.key(RecordKind::Speaker, name);
                of_record(&key).or_else(|| {
                    let help = self.names.nearest(RecordKind::Speaker, name).unwrap_or_else(|| {
                        let record = make_a_record(RecordKind::Speaker, name);
                        format!("{record}; or write speaker: {{ as_printed: \"{}\" }}", name.text)
                    });
                    let message = format!("no speaker `{}` is known", name.text);
                    out.push(Diagnostic::new(Code::UnknownSpeaker, name.place(path), message).help(help));
                    let person = Person { as_printed: Some(name.text.clone()), ..Person::default() };
                    Some(SpeakerRef { name: name.text.clone(), person, key: None })
                })
            }
            Speaker::Named { person, line, column } => {
                let name: Box<str> = person.name()?.into();
                let named = Named { text: name.clone(), line: *line, column: *column };
                // A person who is described in place is the one of the record if exactly one record has the name.
                let lower = fold::key(&name);
                let records = self.speakers.records.get(&lower).map(Vec::as_slice).unwrap_or_default();
                let delegations = self.speakers.delegations.get(&lower).map(Vec::as_slice).unwrap_or_default();
                if let [key] = records {
                    let known = of_record(key)?;
                    return Some(SpeakerRef { person: person.clone(), ..known });
                }
                // The same name for two delegations may be two people: linking both to one page would merge them.
                if records.len() > 1 || delegations.len() > 1 {
                    // Beside one known delegation, an unknown one is likely a misspelt code, which is reported as that.
                    let is_slip = delegations.iter().filter(|of| of.is_known).count() == 1;
                    if records.is_empty() && is_slip {
                        return Some(SpeakerRef { name, person: person.clone(), key: None });
                    }
                    let message = if records.is_empty() {
                        let delegations: Vec<Box<str>> = delegations.iter().map(|of| of.written.clone()).collect();
                        format!("`{name}` spoke for {}: is this one person?", join_names(&delegations, " and "))
                    } else {
                        format!("`{name}` could be {}", join_names(records, " or "))
                    };
                    let help = "make a speaker record for each and write its slug: speaker: jane-doe";
                    out.push(Diagnostic::new(Code::AmbiguousSpeaker, named.place(path), message).help(help));
                    return Some(SpeakerRef { name, person: person.clone(), key: None });
                }
                let key = page_of(Key::record(RecordKind::Speaker, &slug(&lower)), "the speaker", &named, path, out);
                Some(SpeakerRef { name, person: person.clone(), key })
            }
        }
    }
}

/// Returns the page of what `name` names, or reports why it cannot have one.
pub fn page_of(
    page: Result<Key, String>,
    what: &str,
    name: &Named,
    path: &Arc<str>,
    out: &mut Vec<Diagnostic>,
) -> Option<Key> {
    page.map_err(|wrong| {
        let message = format!("{what} `{}` cannot have a page: its URL would contain {wrong}", name.text);
        let help =
            "write a document by its symbol alone, such as A/RES/72/27, and everything else in letters and digits";
        out.push(Diagnostic::new(Code::InvalidUrl, name.place(path), message).help(help));
    })
    .ok()
}
