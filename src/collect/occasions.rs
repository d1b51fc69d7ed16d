//! A statement's forum, session and meeting -> their pages and titles, however a session is written.

use super::lookup::{Reader, page_of};
use super::names::Ref;
use super::title::Title;
use crate::diagnostic::{Code, Diagnostic};
use crate::front;
use crate::front::statement as key;
use crate::key::Key;
use crate::language::numerals::roman;
use crate::language::ordinals;
use crate::path::slug;
use crate::read::fields::Named;
use crate::read::record::RecordKind;
use crate::read::statement::Statement;

/// Returns the forum, the session and the meeting of a statement, as far as it names them.
pub(super) fn occasion(reader: &Reader<'_>, statement: &Statement, out: &mut Vec<Diagnostic>) -> Vec<Ref> {
    let front = &statement.front;
    let Some(forum) = &front.forum else { return Vec::new() };
    let of_forum = statement.file_of(key::FORUM);
    let mut occasion = vec![reader.known(RecordKind::Forum, Code::UnknownForum, forum, of_forum, out)];
    // If a forum cannot have a page, neither can anything below it; that is reported once, for the forum.
    let of_forum = occasion[0].key.clone();
    let page = |key: Option<Result<Key, String>>, word: &Occasion, named: &Named, out: &mut Vec<Diagnostic>| Ref {
        title: occasion_title(named, word),
        key: key.and_then(|key| page_of(key, "the occasion", named, statement.file_of(word.key), out)),
    };
    let mut of_session = None;
    if let Some(session) = &front.session {
        let key = of_forum.as_ref().map(|forum| Key::session(forum, &occasion_key(session)));
        let session = page(key, &SESSION, session, out);
        of_session.clone_from(&session.key);
        occasion.push(session);
    }
    if let Some(meeting) = &front.meeting {
        let has_place = of_session.is_some() || front.session.is_none();
        let key = of_forum.as_ref().filter(|_| has_place);
        let key = key.map(|forum| Key::meeting(forum, of_session.as_ref(), &occasion_key(meeting)));
        occasion.push(page(key, &MEETING, meeting, out));
    }
    occasion
}

/// Returns the part of the URL for a session or a meeting: its number if it has one, however written, otherwise its
/// slug.
pub fn occasion_key(text: &str) -> String {
    number(text).map_or_else(|| slug(text), |number| number.to_string())
}

/// A session or a meeting, with the entries of `words/` that make its titles.
pub(super) struct Occasion {
    /// Its key in front matter.
    key: front::FrontKey,
    /// Titled by an ordinal: "72nd session".
    numbered: &'static str,
    /// Titled by a year: "2019 session".
    of_year: &'static str,
    /// Titled by its name: "session 2020/PC.I".
    named: &'static str,
}

/// A session.
pub(super) const SESSION: Occasion = Occasion {
    key: key::SESSION,
    numbered: "occasion.session",
    of_year: "occasion.session-of-year",
    named: "occasion.session-named",
};

/// A meeting.
pub(super) const MEETING: Occasion = Occasion {
    key: key::MEETING,
    numbered: "occasion.meeting",
    of_year: "occasion.meeting-of-year",
    named: "occasion.meeting-named",
};

/// Returns "72nd session" for a number, "session 2020/PC.I" for anything else.
pub(super) fn occasion_title(text: &str, occasion: &Occasion) -> Title {
    let word = occasion.key.name;
    match number(text) {
        None => Title::filled(format!("{word} {text}"), occasion.named, [("name", text.into())]),
        // Some bodies name their sessions after the year: "2019 session", not "2019th session".
        Some(year) if (1900..2100).contains(&year) => {
            Title::filled(format!("{year} {word}"), occasion.of_year, [("year", year.to_string().into())])
        }
        Some(number) => {
            let text = format!("{} {word}", ordinals::english(number));
            Title::filled(text, occasion.numbered, [("n", Title::number(number))])
        }
    }
}

/// The words that authors add to a number.
const WORDS: &[&str] = &["session", "sitting", "meeting", "séance", "sesión", "reunión", "сессия", "заседание"];

/// Returns the number of a session or a meeting written as `79`, `079`, `79th`, `LXXIX` or `79th session`; `None`
/// otherwise.
fn number(text: &str) -> Option<u32> {
    let lower = text.trim().to_lowercase();
    let (first, rest) = lower.split_once(char::is_whitespace).unwrap_or((&lower, ""));
    let is_alone = rest.split_whitespace().all(|word| WORDS.contains(&word));
    // The Assembly printed its sessions in Roman numerals until the 30th. One letter may be the name of a part: `C`, `V`.
    if let Some(number) = roman(&first.to_uppercase()).filter(|_| first.len() > 1 && is_alone) {
        return Some(number);
    }
    let digits = first.find(|c: char| !c.is_ascii_digit()).unwrap_or(first.len());
    let ending = &first[digits..];
    let ending = ending.trim_start_matches('-').trim_end_matches('.');
    let is_number = ending.is_empty() || ordinals::is_ending(ending);
    first[..digits].parse().ok().filter(|_| is_number && is_alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_one_however_its_number_is_written() {
        for (text, key, title) in [
            ("72", "72", "72nd session"),
            ("1", "1", "1st session"),
            ("2024", "2024", "2024 session"),
            ("11", "11", "11th session"),
            ("113", "113", "113th session"),
            ("73", "73", "73rd session"),
            ("79th", "79", "79th session"),
            ("79TH Session", "79", "79th session"),
            ("079", "79", "79th session"),
            ("79-я сессия", "79", "79th session"),
            ("79ème session", "79", "79th session"),
            ("LXXIX", "79", "79th session"),
            ("xxx session", "30", "30th session"),
            ("X", "x", "session X"),
            ("IIX", "iix", "session IIX"),
            ("PC.I", "pc-i", "session PC.I"),
            ("10th emergency special", "10th-emergency-special", "session 10th emergency special"),
            ("2020/1", "2020-1", "session 2020/1"),
            ("3a", "3", "3rd session"),
            ("3b", "3b", "session 3b"),
        ] {
            assert_eq!((occasion_key(text).as_str(), &*occasion_title(text, &SESSION)), (key, title), "{text}");
        }
    }
}
