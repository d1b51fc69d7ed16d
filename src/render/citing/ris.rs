//! A record -> an entry in RIS, which Zotero, EndNote, Mendeley and libraries read.
//!
//! Zotero calls the type of a presentation `SLIDE`; `tests/browser/citations.mjs` reads the entries with a parser that
//! is not ours.

use super::pieces::Piece;
use super::record::{Author, Record};

/// Returns the entry, with a slot for a paragraph as a note.
pub fn ris(record: &Record) -> Vec<Piece> {
    let mut out = String::new();
    let mut line = |tag: &str, value: &str| {
        // A line break would begin a new field.
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() {
            out.push_str(&format!("{tag}  - {value}\n"));
        }
    };
    line("TY", "SLIDE");
    line("ID", &record.id);
    for author in &record.authors {
        match author {
            Author::Person { family, given } => line("AU", &format!("{}, {}", plain(family), plain(given))),
            // A comma divides a name, so that one in a delegation's name is left out.
            Author::Name(name) => line("AU", &plain(name)),
        }
    }
    line("TI", &record.title);
    line("T2", &record.event_with_symbol());
    line("CY", record.place.as_deref().unwrap_or_default());
    if let Some(date) = &record.date {
        let (from, until) = (date.from(), date.until());
        let two = |part: Option<i8>| part.map(|part| format!("{part:02}")).unwrap_or_default();
        line("PY", &format!("{:04}", from.year));
        // An interval has no single date, so it is in the note.
        if until.is_none() {
            line("DA", &format!("{:04}/{}/{}/", from.year, two(from.month), two(from.day)));
        }
        if date.edtf() != date.known() {
            line("N1", &record.date_words);
        }
    }
    line("M3", &record.genre());
    line("LA", &record.language);
    for keyword in &record.keywords {
        line("KW", keyword);
    }
    line("AB", record.summary.as_deref().unwrap_or_default());
    line("DO", record.doi.as_deref().unwrap_or_default());
    let (before, after) = &record.terms.paragraph;
    vec![
        Piece::Text(out),
        Piece::Locator { before: format!("N1  - {before}"), after: format!("{after}\n") },
        Piece::Text("UR  - ".to_owned()),
        Piece::Link,
        Piece::Text("\nER  - \n".to_owned()),
    ]
}

fn plain(name: &str) -> String {
    name.replace(',', " ")
}
