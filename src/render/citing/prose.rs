//! A record -> a citation for people, in the styles that the field uses.
//!
//! Chicago, APA and MLA follow their CSL styles word for word, except that titles keep their letters (recasing would
//! spoil a name) and that a date in an interval is not taken for a range. `tests/browser/citations.mjs` compares them
//! with what citeproc makes of the same record. The United Nations have no CSL style; that one follows the Editorial
//! Manual of the United Nations (footnotes).

use super::dates;
use super::names;
use super::pieces::{Line, Piece};
use super::record::{Author, Record};

/// Chicago Manual of Style, note.
pub fn chicago(record: &Record) -> Vec<Piece> {
    let mut line = Line::new(record);
    line.name(&joined(record, names::as_said, 3, (" and ", ", and "), " et al."));
    line.mark(", ");
    line.quoted_title();
    line.next(", ", &record.genre());
    line.next(", ", &record.event_with_symbol());
    line.next(", ", record.place.as_deref().unwrap_or_default());
    let date = date_in(record, dates::chicago);
    line.next(if date.starts_with('[') && !record.event.is_empty() { " " } else { ", " }, &date);
    line.locator(", ");
    line.mark(", ");
    line.link();
    line.mark(".");
    line.into_pieces()
}

/// A footnote as the United Nations write it.
pub fn united_nations(record: &Record) -> Vec<Piece> {
    let mut line = Line::new(record);
    who(&mut line, record);
    line.mark(", ");
    line.quoted_title();
    // The United Nations put full stops and commas outside quotation marks.
    line.close();
    line.next(", ", &std::iter::once(&record.kind).chain(&record.notes).cloned().collect::<Vec<_>>().join(", "));
    line.next(", ", &record.event);
    line.next(", ", record.place.as_deref().unwrap_or_default());
    line.next(", ", date_words(record));
    if let Some(symbol) = &record.symbol {
        line.mark(" (");
        line.name(symbol);
        line.mark(")");
    }
    line.locator(", ");
    let (before, after) = &record.terms.available_at;
    line.stop(&format!(" {before}"));
    line.link();
    line.mark(after);
    line.mark(".");
    line.into_pieces()
}

/// American Psychological Association, entry in the list of references.
pub fn apa(record: &Record) -> Vec<Piece> {
    let mut line = Line::new(record);
    let date = date_in(record, dates::apa);
    let authors = joined(record, names::with_initials, 20, (" & ", ", & "), ", . . . ");
    if authors.is_empty() {
        line.plain_title();
        genre_in_brackets(&mut line, record);
        line.stop(" ");
    } else {
        line.name(&authors);
        line.stop(" ");
    }
    line.mark("(");
    line.name(&date);
    line.mark("). ");
    if !authors.is_empty() {
        line.plain_title();
        genre_in_brackets(&mut line, record);
        line.stop(" ");
    }
    let event = record.event_with_symbol();
    let place = record.place.as_deref().unwrap_or_default();
    if !event.is_empty() || !place.is_empty() {
        line.name(&event);
        line.next(if event.is_empty() { "" } else { ", " }, place);
        line.stop(" ");
    }
    line.link();
    line.into_pieces()
}

fn genre_in_brackets(line: &mut Line<'_>, record: &Record) {
    line.mark(" [");
    line.name(&record.genre());
    line.mark("]");
}

/// American Psychological Association, in the text: `(Doe, 2017, para. 7)`.
pub fn apa_in_text(record: &Record) -> Vec<Piece> {
    let mut line = Line::new(record);
    line.text("(");
    cited_as(&mut line, record, " & ");
    line.next(", ", &record.date.as_ref().map_or_else(|| record.terms.no_date.clone(), dates::apa_year));
    line.locator(", ");
    line.mark(")");
    line.into_pieces()
}

/// Modern Language Association, entry in the list of works cited.
pub fn mla(record: &Record) -> Vec<Piece> {
    let mut line = Line::new(record);
    line.name(&joined(record, names::as_sorted, 2, (" and ", ", and "), ", et al."));
    line.stop(" ");
    line.quoted_title();
    line.stop(" ");
    line.name(&record.genre());
    line.stop(" ");
    // No "n.d.": MLA leaves out what is unknown.
    let date = record.date.as_ref().map(|_| date_in(record, dates::mla)).unwrap_or_default();
    for part in [&record.event_with_symbol(), &date, record.place.as_deref().unwrap_or_default()] {
        line.name(part);
        if !part.is_empty() {
            line.mark(", ");
        }
    }
    line.link();
    line.mark(".");
    line.into_pieces()
}

/// Modern Language Association, in the text: `(Doe, par. 7)`.
pub fn mla_in_text(record: &Record) -> Vec<Piece> {
    let mut line = Line::new(record);
    line.text("(");
    cited_as(&mut line, record, " and ");
    line.locator_in_mla(", ");
    line.mark(")");
    line.into_pieces()
}

/// The source of a quotation: who said it, where and when. It goes with words that are copied from the page.
pub fn quotation(record: &Record) -> Vec<Piece> {
    let mut line = Line::new(record);
    who(&mut line, record);
    if record.authors.is_empty() {
        line.quoted_title();
        line.close();
    }
    line.next(", ", &record.notes.join(", "));
    line.next(", ", &record.event_with_symbol());
    line.next(", ", date_words(record));
    line.locator(", ");
    line.mark(", ");
    line.link();
    line.into_pieces()
}

/// Writes the speaker with the delegation, or the authors.
fn who(line: &mut Line<'_>, record: &Record) {
    let names: Vec<String> = record.authors.iter().map(names::as_said).collect();
    line.name(&names.join(", "));
    if let Some(delegation) = &record.delegation {
        line.mark(" (");
        line.name(delegation);
        line.mark(")");
    }
}

/// Writes what a text uses to refer to an entry: the authors' names, or the title.
fn cited_as(line: &mut Line<'_>, record: &Record, and: &str) {
    match &record.authors[..] {
        [] => line.quoted_title(),
        [one] => line.name(names::short(one)),
        [one, other] => line.name(&format!("{}{and}{}", names::short(one), names::short(other))),
        [one, ..] => line.name(&format!("{} et al.", names::short(one))),
    }
}

/// Joins names in the manner of an English style: `two` joins two names, `last` the last of several, and if there are
/// more than `most`, only the first is named. In other languages commas are enough. Several authors are delegations and
/// groups, never persons.
fn joined(
    record: &Record,
    named: impl Fn(&Author) -> String,
    most: usize,
    (two, last): (&str, &str),
    others: &str,
) -> String {
    let names: Vec<String> = record.authors.iter().map(named).collect();
    match &names[..] {
        [first, ..] if names.len() > most => format!("{first}{others}"),
        [one, other] if record.is_in_english() => format!("{one}{two}{other}"),
        [all @ .., end] if !all.is_empty() && record.is_in_english() => format!("{}{last}{end}", all.join(", ")),
        _ => names.join(", "),
    }
}

/// Returns the date in a style's English form or, in another language, in the words of the interface.
fn date_in(record: &Record, in_english: impl Fn(&crate::read::date::Date) -> String) -> String {
    match &record.date {
        None => record.terms.no_date.clone(),
        Some(date) if record.is_in_english() => in_english(date),
        Some(_) => record.date_words.clone(),
    }
}

fn date_words(record: &Record) -> &str {
    if record.date.is_some() { &record.date_words } else { &record.terms.no_date }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::date::Date;

    /// Returns the words of a citation, with a paragraph in its slot.
    fn text(pieces: &[Piece]) -> String {
        let word = |piece: &Piece| match piece {
            Piece::Text(words) | Piece::Name(words) | Piece::Title { words, .. } => words.clone(),
            Piece::Link => "URL".to_owned(),
            Piece::Locator { before, after } => format!("{before}7{after}"),
        };
        pieces.iter().map(word).collect()
    }

    #[test]
    fn every_style_has_its_order_and_points() {
        let record = Record::sample();
        for (found, expect) in [
            (
                chicago(&record),
                "Jane Doe, “On ‘space’,” Statement, Arvenia, First Committee, 72nd session (A/C.1/72/PV.16), New York, \
                 October 17, 2017, para. 7, URL.",
            ),
            (
                united_nations(&record),
                "Jane Doe (Arvenia), “On ‘space’”, Statement, First Committee, 72nd session, New York, 17 October 2017 \
                 (A/C.1/72/PV.16), para. 7. Available at URL.",
            ),
            (
                apa(&record),
                "Doe, J. (2017, October 17). On “space” [Statement, Arvenia]. First Committee, 72nd session \
                 (A/C.1/72/PV.16), New York. URL",
            ),
            (apa_in_text(&record), "(Doe, 2017, para. 7)"),
            (
                mla(&record),
                "Doe, Jane. “On ‘space’.” Statement, Arvenia. First Committee, 72nd session (A/C.1/72/PV.16), 17 Oct. \
                 2017, New York, URL.",
            ),
            (mla_in_text(&record), "(Doe, par. 7)"),
            (
                quotation(&record),
                "Jane Doe (Arvenia), First Committee, 72nd session (A/C.1/72/PV.16), 17 October 2017, para. 7, URL",
            ),
        ] {
            assert_eq!(text(&found), expect);
        }
    }

    #[test]
    fn what_is_unknown_or_not_simply_published_is_said() {
        let base = Record { symbol: None, place: None, event: String::new(), delegation: None, ..Record::sample() };
        let delegation = vec![Author::Name("Arvenia".into())];
        for (record, expect) in [
            (Record { date: None, ..base.clone() }, "Jane Doe, “On ‘space’,” Statement, n.d., para. 7, URL."),
            (
                Record { authors: delegation, notes: vec!["withdrawn".into()], ..base.clone() },
                "Arvenia, “On ‘space’,” Statement, withdrawn, October 17, 2017, para. 7, URL.",
            ),
            (
                Record { authors: Vec::new(), date: Date::parse("2016-04/2019"), ..base.clone() },
                "“On ‘space’,” Statement, [between April 2016 and 2019], para. 7, URL.",
            ),
            (
                Record { cited_in: "fr".into(), date_words: "17 octobre 2017".into(), ..base },
                "Jane Doe, «\u{a0}On “space”\u{a0}», Statement, 17 octobre 2017, para. 7, URL.",
            ),
        ] {
            assert_eq!(text(&chicago(&record)), expect);
        }
    }
}
