//! A statement's date, delegation, session and symbols -> what cannot all be true.
//!
//! Only what is impossible is reported, not what is rare: sessions are taken to be as long as they can be, and a bare
//! year counts as any of its days. Most problems found here are slips in a number or a code.

use std::sync::Arc;

use jiff::civil;

use super::names::{Existence, Names, Shipped};
use super::occasions::occasion_key;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::front::FrontKey;
use crate::front::statement::{DELEGATION, MEETING_SYMBOL, REFERENCES, SESSION};
use crate::read::date::Date;
use crate::read::record::{Detail, RecordKind, Session};
use crate::read::statement::{Kind, Statement};

/// The year before the first session of the General Assembly, and the month in which sessions open.
const ASSEMBLY: (i16, i8) = (1945, 9);

/// The code of the General Assembly, whose committees have its sessions.
const ASSEMBLY_CODE: &str = "unga";

/// Reports values in a statement's front matter that cannot all be true.
pub(super) fn check(statement: &Statement, names: &Names<'_>, out: &mut Vec<Diagnostic>) {
    out.extend(session(statement, names));
    out.extend(delegation(statement, names));
    out.extend(meeting(statement, names));
    out.extend(references(statement));
}

/// Returns the place of a key that this file states; problems of inherited keys are those of the other file.
fn place(statement: &Statement, key: FrontKey) -> Option<Place> {
    let stated = statement.front.stated(key).filter(|stated| !stated.is_wrong)?;
    Some(Place { path: Arc::clone(&statement.path), line: stated.line, column: stated.column })
}

/// Returns whether a forum has the sessions of the General Assembly: special and emergency sessions have numbers of their
/// own.
fn is_of_assembly(forum: &str, names: &Names<'_>) -> bool {
    let is_committee = |row: &Shipped| *row.parent == *ASSEMBLY_CODE && row.symbol.contains("/C.");
    forum == ASSEMBLY_CODE || names.shipped(RecordKind::Forum, forum).is_some_and(is_committee)
}

/// Kinds of text that are written for a session and may be older than it.
const WRITTEN: &[Kind] = &[Kind::Letter, Kind::WorkingPaper, Kind::Message, Kind::Communique, Kind::PressStatement];

/// Returns the first and the last day on which a text of a session of the General Assembly can have been given.
fn days(session: i16, kind: Option<Kind>) -> Option<(civil::Date, civil::Date)> {
    let opening = opening(session)?;
    // A text that may not have been spoken can have been submitted before. The first session met from January 1946.
    let is_spoken = session > 1 && kind.is_some_and(|kind| !WRITTEN.contains(&kind));
    let from = if is_spoken { opening } else { civil::date(opening.year(), 1, 1) };
    // A session is resumed until the next one opens.
    Some((from, civil::date(opening.year() + 1, ASSEMBLY.1, 30)))
}

/// Returns the session that a forum's record lists and that a date is certainly in.
fn listed_session(forum: &str, date: &Date, names: &Names<'_>) -> Option<Box<str>> {
    let record = names.record(RecordKind::Forum, forum)?;
    let Detail::Forum { sessions, .. } = &record.detail else { return None };
    let has_it = |of: &&Session| {
        let days = of.from.as_ref().zip(of.until.as_ref());
        days.is_some_and(|(from, until)| from.earliest() <= date.earliest() && date.latest() <= until.latest())
    };
    sessions.iter().find(has_it).map(|of| of.session.clone())
}

/// Returns the first day of the month in which a session of the General Assembly opened.
fn opening(session: i16) -> Option<civil::Date> {
    civil::Date::new(ASSEMBLY.0.checked_add(session)?, ASSEMBLY.1, 1).ok()
}

fn session(statement: &Statement, names: &Names<'_>) -> Option<Diagnostic> {
    let front = &statement.front;
    let (forum, session, date) = (front.forum.as_ref()?, front.session.as_ref()?, front.date.as_ref()?);
    let forum = names.key(RecordKind::Forum, forum);
    let place = place(statement, SESSION)?;
    let number = occasion_key(session);
    let unlikely = |message: String, near: Option<String>| {
        let help = match near {
            Some(near) => format!("write `session: {near}` if the date is right, or correct the date"),
            None => "correct the session or the date".to_owned(),
        };
        Some(Diagnostic::new(Code::UnlikelySession, place.clone(), message).help(help))
    };
    if let Some(other) = listed_session(&forum, date, names) {
        // Papers are submitted before a session, so only a date in another one is certainly wrong.
        let message = format!("{} is in session {other}, but the statement says session {number}", date.edtf());
        return if occasion_key(&other) == number { None } else { unlikely(message, Some(other.into())) };
    }
    let of_assembly: i16 = number.parse().ok().filter(|of| (1..=200).contains(of) && is_of_assembly(&forum, names))?;
    let (from, until) = days(of_assembly, front.kind)?;
    if date.latest() >= from && date.earliest() <= until {
        return None;
    }
    let years = format!("{} and {}", from.year(), until.year());
    let message = format!("session {number} met in {years}, but the statement is of {}", date.edtf());
    unlikely(message, session_of(date).map(|near| near.to_string()))
}

/// Returns the session of the General Assembly that a date is certainly in.
fn session_of(date: &Date) -> Option<i16> {
    let number = |day: civil::Date| {
        let years = day.year() - ASSEMBLY.0;
        if day.month() >= ASSEMBLY.1 { years } else { years - 1 }
    };
    let (first, last) = (number(date.earliest()), number(date.latest()));
    (first == last && first > 0).then_some(first)
}

fn delegation(statement: &Statement, names: &Names<'_>) -> Option<Diagnostic> {
    let front = &statement.front;
    let (name, date) = (front.delegation.as_ref()?, front.date.as_ref()?);
    let place = place(statement, DELEGATION)?;
    let key = names.key(RecordKind::Delegation, name);
    let Existence { from, until, before } = names.existence(&key);
    let title = names.title(RecordKind::Delegation, &key, name);
    // A date may be only a year: it is implausible if no day in it is possible.
    let is_late = until.is_some_and(|until| date.earliest() > until);
    let is_early = from.is_some_and(|from| date.latest() < from);
    let message = match (from, until) {
        (_, Some(until)) if is_late => {
            format!("{title} spoke for itself until {}, but the statement is of {}", until.year(), date.edtf())
        }
        (Some(from), _) if is_early => {
            format!("{title} speaks for itself since {}, but the statement is of {}", from.year(), date.edtf())
        }
        _ => return None,
    };
    let help = match before.filter(|_| is_early) {
        Some(before) => format!("write the code of the delegation at the time, such as {before}, or correct the date"),
        None => "write the code of the delegation at the time, or correct the date".to_owned(),
    };
    Some(Diagnostic::new(Code::UnlikelyDelegation, place, message).help(help))
}

/// The forum, session and meeting that the symbol of a record names.
struct MeetingOf<'a> {
    forum: &'a str,
    session: Option<u32>,
    meeting: u32,
}

fn meeting(statement: &Statement, names: &Names<'_>) -> Option<Diagnostic> {
    let front = &statement.front;
    let symbol = front.text(MEETING_SYMBOL)?;
    let place = place(statement, MEETING_SYMBOL)?;
    let of = names.forum_symbols().find_map(|(forum, pattern)| matched(symbol, forum, pattern))?;
    let wrong = |what: &str, is: &str, says: &str| {
        let message = format!("`{symbol}` is of {what} {is}, but the statement says {says}");
        Diagnostic::new(Code::UnlikelyMeeting, place.clone(), message).help(format!("correct the symbol or the {what}"))
    };
    if let Some(forum) = &front.forum {
        let key = names.key(RecordKind::Forum, forum);
        if *key != *of.forum {
            // A forum defined by the site may be the same body under another name.
            let is_known = names.shipped(RecordKind::Forum, &key).is_some_and(|row| !row.symbol.is_empty());
            return is_known.then(|| wrong("forum", of.forum, &key));
        }
    }
    for (what, named, number) in
        [("session", &front.session, of.session), ("meeting", &front.meeting, Some(of.meeting))]
    {
        if let (Some(named), Some(number)) = (named, number) {
            let said = occasion_key(named);
            // A session with a name, such as an emergency session, cannot be compared.
            if said.parse::<u32>().is_ok_and(|said| said != number) {
                return Some(wrong(what, &number.to_string(), &said));
            }
        }
    }
    None
}

/// Matches a symbol with a forum's pattern, such as `A/C.1/{s}/PV.{m}`; verbatim and summary records are alike.
fn matched<'a>(symbol: &str, forum: &'a str, pattern: &str) -> Option<MeetingOf<'a>> {
    let (mut rest, mut pattern) = (symbol.trim(), pattern);
    let (mut session, mut meeting) = (None, None);
    while !pattern.is_empty() {
        if let Some(after) = pattern.strip_prefix("{s}").or_else(|| pattern.strip_prefix("{m}")) {
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let number: u32 = rest[..digits].parse().ok()?;
            if pattern.starts_with("{s}") {
                session = Some(number)
            } else {
                meeting = Some(number)
            }
            (rest, pattern) = (&rest[digits..], after);
            continue;
        }
        let part = pattern.find('{').unwrap_or(pattern.len());
        let literal = &pattern[..part];
        let other =
            if literal.ends_with("PV.") { literal.replace("PV.", "SR.") } else { literal.replace("SR.", "PV.") };
        rest = rest.strip_prefix(literal).or_else(|| rest.strip_prefix(other.as_str()))?;
        pattern = &pattern[part..];
    }
    // A part or a resumption may follow, but no further digit or letter.
    let is_whole = rest.is_empty() || rest.starts_with([' ', '(', '/']);
    Some(MeetingOf { forum, session, meeting: meeting.filter(|_| is_whole)? })
}

/// Reports references to documents that are younger than the statement.
fn references(statement: &Statement) -> Vec<Diagnostic> {
    let front = &statement.front;
    let Some(date) = front.date.as_ref().filter(|_| front.states(REFERENCES)) else { return Vec::new() };
    let young = |symbol: &str| issued(symbol).filter(|from| *from > date.latest());
    let found = front.references.iter().filter_map(|name| {
        let from = young(name)?;
        let message =
            format!("`{}` cannot be older than {}, but the statement is of {}", name.text, from.year(), date.edtf());
        let help = "correct the symbol or the date";
        Some(Diagnostic::new(Code::ImpossibleSymbol, name.place(&statement.path), message).help(help))
    });
    found.collect()
}

/// Returns the first day on which a document with this symbol can have been issued; `None` if the symbol does not show
/// it.
fn issued(symbol: &str) -> Option<civil::Date> {
    let parts: Vec<&str> = symbol.trim().split('/').collect();
    let session = |part: &str| part.parse::<i16>().ok().filter(|number| (1..=200).contains(number));
    match parts[..] {
        ["A", "RES", of, _, ..] => opening(session(of)?),
        // Other documents of a session are also issued in the months before it.
        ["A", committee, of, _, ..] if committee.starts_with("C.") => {
            civil::Date::new(ASSEMBLY.0 + session(of)?, 1, 1).ok()
        }
        ["A", of, _, ..] => civil::Date::new(ASSEMBLY.0 + session(of)?, 1, 1).ok(),
        ["S", "RES", of] | ["S", of] => {
            let (_, year) = of.split_once('(')?;
            civil::Date::new(year.strip_suffix(')')?.trim().parse().ok()?, 1, 1).ok()
        }
        ["S", year, _, ..] => {
            // Symbols of the Council's documents have contained their year since 1994.
            let year = year.parse().ok().filter(|year| (1994..2200).contains(year))?;
            civil::Date::new(year, 1, 1).ok()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::collect::names::Tables;
    use crate::config::Config;
    use crate::read::{self, Content, Options};

    /// Returns the codes of what is reported about front matter.
    fn codes(front: &str) -> Vec<&'static str> {
        let text = format!("---\ntitle: A\n{front}---\n\nWords.\n");
        let path: Arc<str> = "content/statements/a.md".into();
        let Some(Content::Statement(statement)) =
            read::read(&path, text.as_bytes(), &Options::new(&Config::default())).content
        else {
            panic!("{front}")
        };
        let tables = Tables::load();
        let names = Names::new(&tables, &[], &mut Vec::new());
        let mut out = Vec::new();
        check(&statement, &names, &mut out);
        out.into_iter().map(|problem| problem.code.word()).collect()
    }

    #[test]
    fn a_session_fits_its_date_unless_it_cannot() {
        for (front, expect) in [
            ("date: 2017-10-17\nforum: unga-c1\nsession: 72\n", None),
            ("date: 2018-05-03\nforum: unga\nsession: 72nd session\n", None),
            ("date: 2018\nforum: unga-c1\nsession: 72\n", None),
            ("date: 2018\nforum: unga-c1\nsession: 73\n", None),
            ("date: 1946-02-01\nforum: unga\nsession: 1\n", None),
            ("date: 2018-10-17\nforum: unga-c1\nsession: 72\n", Some("unlikely-session")),
            ("date: 2018-05-03\nforum: unga-c1\nsession: 73\n", None),
            ("date: 2018-05-03\nforum: unga-c1\nsession: 73\ntype: working-paper\n", None),
            ("date: 2018-05-03\nforum: unga-c1\nsession: 73\ntype: statement\n", Some("unlikely-session")),
            ("date: 2017\nforum: unga\nsession: 75\n", Some("unlikely-session")),
            ("date: 1971\nforum: unga-c4\nsession: 72\n", Some("unlikely-session")),
            // Special sessions and other bodies count for themselves.
            ("date: 2017\nforum: unga-ss\nsession: 10\n", None),
            ("date: 2017\nforum: cd\nsession: 3\n", None),
            ("date: 2017\nforum: hrc\nsession: 36\n", None),
            ("date: 2017\nforum: unga\nsession: 10th emergency special\n", None),
        ] {
            assert_eq!(codes(front), Vec::from_iter(expect), "{front}");
        }
    }

    #[test]
    fn a_delegation_fits_its_time_unless_it_cannot() {
        for (front, expect) in [
            ("date: 1992\ndelegation: KAZ\n", None),
            ("date: 1991\ndelegation: KAZ\n", None),
            ("date: 1989-10-01\ndelegation: KAZ\n", Some("unlikely-delegation")),
            ("date: 1992-10-01\ndelegation: SUN\n", Some("unlikely-delegation")),
            ("date: 1991-10-01\ndelegation: SUN\n", None),
            ("date: 1989/1995\ndelegation: CZE\n", None),
            ("date: 1980\ndelegation: UKR\n", None),
            ("date: 1950\ndelegation: FRA\n", None),
        ] {
            assert_eq!(codes(front), Vec::from_iter(expect), "{front}");
        }
    }

    #[test]
    fn a_symbol_fits_the_statement_unless_it_cannot() {
        for (front, expect) in [
            ("forum: unga-c1\nsession: 72\nmeeting: 16\nmeeting_symbol: A/C.1/72/PV.16\n", None),
            ("forum: unga-c1\nmeeting_symbol: A/C.1/72/SR.16\n", None),
            ("forum: unga-c3\nmeeting_symbol: A/C.1/72/PV.16\n", Some("unlikely-meeting")),
            ("forum: unga-c1\nsession: 71\nmeeting_symbol: A/C.1/72/PV.16\n", Some("unlikely-meeting")),
            ("forum: unga-c1\nmeeting: 15th\nmeeting_symbol: A/C.1/72/PV.16\n", Some("unlikely-meeting")),
            ("forum: unsc\nmeeting: 8585\nmeeting_symbol: S/PV.8585 (Resumption 1)\n", None),
            ("forum: our-own\nmeeting_symbol: A/C.1/72/PV.16\n", None),
            ("forum: unga-c1\nmeeting_symbol: A/C.1/PV.1990\n", None),
            ("date: 2017-10-17\nreferences: [A/RES/71/27, A/72/50, CD/1839, S/RES/1540 (2004)]\n", None),
            ("date: 2017-03-01\nreferences: [A/72/50]\n", None),
            ("date: 2017-03-01\nreferences: [A/RES/72/27]\n", Some("impossible-symbol")),
            ("date: 2003\nreferences: [S/RES/1540 (2004)]\n", Some("impossible-symbol")),
            ("date: 2017\nreferences: [S/2019/549]\n", Some("impossible-symbol")),
            ("date: 2017\nreferences: [A/RES/3363 (XXX), A/RES/S-13/2, A/HRC/41/1]\n", None),
        ] {
            assert_eq!(codes(front), Vec::from_iter(expect), "{front}");
        }
    }
}
