//! The collection -> the statements and texts of the index.

use std::collections::BTreeMap;

use super::index::{Contents, Document, Index, Kept, Names, build};
use super::root::Weights;
use super::shards;
use super::text::{COLUMNS, DELEGATION, FORUM, Filed, Head, Kind, Row, SESSION, TOPIC, Text, mark_greetings};
use crate::collect::facts::Facts;
use crate::collect::names::Ref;
use crate::collect::searched::Version;
use crate::key::{Key, RecordKind, Thing};
use crate::read::outline::{Part, parts};
use crate::read::paragraph::{Label, UNNUMBERED};
use crate::read::statement;
use crate::stamp::Stamp;

/// Makes the index of these versions; shards that are as `before` are taken from there.
pub fn index(versions: &[Version], weights: &Weights, before: &Kept) -> (Index, Kept) {
    let mut statements: Vec<(Filed, &[Version])> =
        versions.chunk_by(|a, b| a.statement.id == b.statement.id).map(|of| (filed(of), of)).collect();
    statements.sort_by(|a, b| shards::order(&a.0, &b.0));
    let names = names(versions);
    let documents = documents(&statements);
    let (filed, versions): (Vec<Filed>, Vec<&[Version]>) = statements.into_iter().unzip();
    let contents = Contents { statements: &filed, names: &names, documents: &documents, weights };
    let text = |statement: usize, version: u32| text(&versions[statement][version as usize]);
    build(&contents, &text, &|statement| Stamp::of(versions[statement]), before)
}

/// Files a statement by what its main version says.
fn filed(versions: &[Version]) -> Filed {
    let main = &versions[0];
    let (card, facts) = (&main.card, &main.facts);
    let date = card.date.as_ref();
    let values = |refs: &mut dyn Iterator<Item = &Ref>| {
        let mut values: Vec<Box<str>> = refs.filter_map(|of| of.key.as_ref()).filter_map(value).collect();
        values.dedup();
        values
    };
    let mut years: Vec<Box<str>> = Vec::new();
    years.extend(date.into_iter().flat_map(|date| date.listed_years()).map(|year| year.to_string().into()));
    let kind = card.kind.and_then(kind);
    let columns: [Vec<Box<str>>; COLUMNS.len()] = [
        values(&mut facts.delegation.iter().chain(&facts.on_behalf_of)),
        values(&mut facts.topics.iter()),
        values(&mut facts.occasion.iter().take(1)),
        if facts.has_session { values(&mut facts.occasion.iter().skip(1).take(1)) } else { Vec::new() },
        years,
        kind.map(Box::from).into_iter().collect(),
        versions.iter().map(|version| version.statement.language.clone()).collect(),
    ];
    Filed {
        id: main.statement.id.clone(),
        from: date.map_or(0, |date| day(date.earliest())),
        to: date.map_or(0, |date| day(date.latest())),
        size: versions.iter().map(|version| version.statement.body.text.len()).sum(),
        versions: versions.len() as u32,
        columns,
        simulated: facts.simulated,
    }
}

/// Returns a day as `yyyymmdd`.
fn day(day: jiff::civil::Date) -> u32 {
    u32::try_from(day.year()).unwrap_or_default() * 10_000 + day.month() as u32 * 100 + day.day() as u32
}

/// Returns the value of a column for a key: a delegation's code as people write it, a session with its forum.
fn value(key: &Key) -> Option<Box<str>> {
    Some(match key.thing() {
        Thing::Record { kind: RecordKind::Delegation, name } => name.to_uppercase().into(),
        Thing::Record { name, .. } => name.clone(),
        Thing::Session { forum, session } => format!("{}/{session}", forum.name()).into(),
        _ => return None,
    })
}

/// Returns the word of a kind of statement.
fn kind(kind: statement::Kind) -> Option<&'static str> {
    statement::Kind::WORDS.iter().find(|(_, of)| *of == kind).map(|(word, _)| *word)
}

/// Returns the names and pages of all values.
fn names(versions: &[Version]) -> Names {
    let mut names: Names = BTreeMap::new();
    for facts in versions.iter().map(|version| &version.facts) {
        let mut add = |column: &'static str, of: &Ref| {
            let Some((value, key)) = of.key.as_ref().and_then(|key| Some((value(key)?, key))) else { return };
            names.entry(column).or_default().entry(value).or_insert_with(|| (Box::from(&*of.title), page(key).into()));
        };
        facts.delegation.iter().chain(&facts.on_behalf_of).for_each(|of| add(DELEGATION, of));
        facts.topics.iter().for_each(|of| add(TOPIC, of));
        facts.occasion.iter().take(1).for_each(|of| add(FORUM, of));
        facts.occasion.iter().skip(1).take(usize::from(facts.has_session)).for_each(|of| add(SESSION, of));
    }
    names
}

/// Returns the documents that statements name, by symbol.
fn documents(statements: &[(Filed, &[Version])]) -> Vec<Document> {
    let mut documents: BTreeMap<(Box<str>, Box<str>), Vec<u32>> = BTreeMap::new();
    for (at, (_, versions)) in statements.iter().enumerate() {
        let named = versions.iter().flat_map(|version| version.facts.references.iter().chain(&version.facts.documents));
        for of in named {
            let Some(key) = &of.key else { continue };
            let by = documents.entry((Box::from(&*of.title), page(key).into())).or_default();
            if by.last() != Some(&(at as u32)) {
                by.push(at as u32);
            }
        }
    }
    documents.into_iter().map(|((symbol, page), by)| (symbol, page, by)).collect()
}

/// Returns the address of a page relative to the site's root.
fn page(key: &Key) -> String {
    key.path().href("")
}

/// Makes the text of a version.
fn text(version: &Version) -> Text {
    let Version { statement, card, facts, numbers } = version;
    let body = &statement.body;
    let mut rows = vec![
        Row { kind: Kind::Title, words: line(&card.title) },
        Row { kind: Kind::Facts, words: line(&facts_in_words(facts)) },
    ];
    let mut head = Head {
        id: statement.id.to_string(),
        url: page(&card.key),
        language: card.language.to_string(),
        date: card.date.as_ref().map_or_else(String::new, |date| date.words()),
        day: card.date.as_ref().filter(|date| date.earliest() == date.latest()).map(|date| day(date.earliest())),
        delegation: card.attributed_to().map_or_else(String::new, |of| of.title.to_string()),
        occasion: card.occasion.iter().map(|part| &**part).collect::<Vec<_>>().join(", "),
        kind: card.kind.and_then(kind).unwrap_or_default().to_owned(),
        simulated: card.simulated,
        ..Head::default()
    };
    let mut paragraphs = 0;
    for part in parts(body) {
        let at = rows.len() as u32;
        match part {
            Part::Paragraph(number) => {
                paragraphs += 1;
                let of = numbers.paragraph(body, number);
                if *of.number != *paragraphs.to_string() {
                    head.anchors.push((at, format!("p{}", of.number)));
                }
                match of.label {
                    Label::Number { text, .. } if text == of.number => {}
                    Label::Number { text, .. } => head.labels.push((at, text.into())),
                    Label::Unnumbered { .. } => head.labels.push((at, UNNUMBERED.to_owned())),
                }
                let words = body.paragraphs.get(number as usize).map(|of| line(&body.said(&of.text)));
                rows.push(Row { kind: Kind::Paragraph, words: words.unwrap_or_default() });
            }
            Part::Heading(number) => {
                let Some(heading) = body.headings.get(number as usize) else { continue };
                head.anchors.push((at, heading.id.to_string()));
                rows.push(Row { kind: Kind::Heading, words: line(&body.said(&heading.text)) });
            }
            Part::Note(words) => rows.push(Row { kind: Kind::Note, words: line(&words) }),
        }
    }
    mark_greetings(&mut rows);
    Text { head, rows }.with_kinds()
}

/// Returns what a statement is filed under in words, by which readers look for it as well.
fn facts_in_words(facts: &Facts) -> String {
    let named = facts.delegation.iter().chain(&facts.on_behalf_of).chain(&facts.topics).chain(&facts.occasion);
    let speaker = facts.speaker.iter().map(|speaker| &*speaker.name);
    named.map(|of| &*of.title).chain(speaker).collect::<Vec<_>>().join(" · ")
}

/// Returns words in one line.
fn line(words: &str) -> String {
    words.replace(['\n', '\r'], " ")
}
