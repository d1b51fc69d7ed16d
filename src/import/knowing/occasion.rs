//! The head of a text -> the numbers of its session and its meeting.

use super::head::Head;
use super::ordinals::{chinese, ordinal};
use crate::import::known::Found;
use crate::language::ordinals;
use crate::language::tokens::runs_at;
use crate::read::date::Date;

/// Nouns for a session, as they follow its number.
const SESSIONS: &[&str] = &[
    "session",
    "sessao",
    "periodo",
    "сессии",
    "сессия",
    "сессию",
    "unga",
    "assembly",
    "assemblee",
    "assembleia",
    "asamblea",
];

/// Finds the number of the session. It is certain only if the head gives no other and `date` does not contradict it.
pub(super) fn session(head: &Head, forum: Option<&Found>, date: Option<&Found>) -> Option<Found> {
    let mut found = counted(&head.folded, SESSIONS, &["unga", "الدورة", "للدورة"], &["届"]);
    found.sort_unstable();
    let (at, number) = *found.first()?;
    let one = found.iter().all(|(_, other)| *other == number);
    let line = head.line(at);
    // The General Assembly's sessions follow the calendar, so a date can contradict a number that has a typing
    // error or belongs to another body.
    let of_assembly =
        forum.is_some_and(|forum| forum.sure && (forum.value == "unga" || forum.value.starts_with("unga-c")));
    let against = of_assembly
        .then(|| date.filter(|date| date.sure).and_then(|date| opened(&date.value)))
        .flatten()
        .filter(|opened| *opened != number);
    let evidence = match against {
        Some(opened) => {
            format!("line {line} says so, but the session on that day was the {}", ordinals::english(opened))
        }
        None if !one => format!("line {line}; other sessions are named as well"),
        None => format!("line {line}: {}", head.block(at)),
    };
    let sure = one && against.is_none() && forum.is_some_and(|forum| forum.sure);
    Some(Found { key: "session", value: number.to_string(), evidence, sure })
}

/// Returns the number of the Assembly's session that was open on a day: each opens in September.
fn opened(edtf: &str) -> Option<u32> {
    let (year, month): (u32, u32) = (edtf.get(..4)?.parse().ok()?, edtf.get(5..7)?.parse().ok()?);
    Date::parse(edtf)?;
    // Early sessions opened in other months.
    (year > 1976).then(|| year - if month >= 9 { 1945 } else { 1946 })
}

/// Nouns for a meeting, as they follow its number.
const MEETINGS: &[&str] = &["meeting", "seance", "sesion", "заседания", "заседание", "заседании", "plenary"];

/// Finds the number of the meeting. It is certain only if the head gives no other.
pub(super) fn meeting(head: &Head, forum: Option<&Found>) -> Option<Found> {
    let mut found = counted(&head.folded, MEETINGS, &["الجلسة"], &["次会议", "次全体会议"]);
    found.sort_unstable();
    let (at, number) = *found.first()?;
    let sure = found.iter().all(|(_, other)| *other == number) && forum.is_some_and(|forum| forum.sure);
    Some(Found {
        key: "meeting",
        value: number.to_string(),
        evidence: format!("line {}: {}", head.line(at), head.block(at)),
        sure,
    })
}

/// Words that may come between a number and the noun.
const BETWEEN: &[&str] = &[
    "regular",
    "ordinary",
    "ordinaire",
    "ordinario",
    "plenary",
    "pleniere",
    "plenaria",
    "united",
    "nations",
    "un",
    "u",
    "n",
    "очереднои",
    "пленарного",
    "formal",
    "annual",
    "session",
    "of",
    "the",
    "general",
];

/// Returns the numbers that a text gives for one of these nouns, each with its position: `79th session`, `UNGA 79`,
/// `第七十九届`.
fn counted(folded: &str, behind: &[&str], before: &[&str], han: &[&str]) -> Vec<(usize, u32)> {
    let mut places = Vec::new();
    let mut words: Vec<&str> = Vec::new();
    for (at, part) in runs_at(folded) {
        places.push(at);
        words.push(part);
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        // `UNGA79` without a space.
        let glued = words[at].strip_prefix("unga").filter(|_| before.contains(&"unga"));
        found.extend(glued.and_then(|number| number.parse().ok()).map(|number| (places[at], number)));
        // Other numbers are ordinals before their noun, possibly with adjectives between: "79th regular session".
        let Some((number, length)) = ordinal(&words[at..]) else {
            at += 1;
            continue;
        };
        let rest = &words[at + length..];
        let between = rest.iter().take(4).take_while(|word| BETWEEN.contains(word) && !behind.contains(word)).count();
        let counts = rest.get(between).is_some_and(|word| behind.contains(&word.trim_end_matches('s')));
        let named = at > 0 && before.contains(&words[at - 1]);
        if counts || named {
            found.push((places[at], number));
        }
        at += length;
    }
    // In Chinese the number is between `第` and the noun, without spaces.
    for noun in han {
        for (at, _) in folded.match_indices(noun) {
            let number = folded[..at].rsplit('第').next().and_then(|number| chinese(number.trim()));
            found.extend(number.map(|number| (at, number)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::knowing::agenda::{agenda_items, cluster, kind};
    use crate::import::knowing::forums::forum;
    use crate::import::knowing::tests::mended;

    /// Returns what is found, with a `?` if it is not certain.
    fn found(lines: &[&str], date: &str) -> [Option<String>; 6] {
        let mended = mended(&[lines, &["Mr. President,"]].concat());
        let head = Head::of(&mended);
        let date = Found { key: "date", value: date.into(), evidence: String::new(), sure: true };
        let forum = forum(&head);
        let session = session(&head, forum.as_ref(), Some(&date));
        let meeting = meeting(&head, forum.as_ref());
        let said =
            |found: Option<Found>| found.map(|found| format!("{}{}", found.value, if found.sure { "" } else { "?" }));
        [said(forum), said(session), said(meeting), said(kind(&head)), said(agenda_items(&head)), said(cluster(&head))]
    }

    #[test]
    fn the_forum_and_its_session_are_found_in_the_head() {
        for (lines, forum, session) in [
            (&["General Debate", "79th Session of the United Nations General Assembly"][..], Some("unga"), Some("79")),
            (&["ADDRESS BY JANE DOE", "UNGA.79"], Some("unga"), Some("79")),
            (&["UNGA79", "Speech"], Some("unga"), Some("79")),
            (&["Statement at the seventy-ninth session of the General Assembly"], Some("unga"), Some("79")),
            (&["General Debate of the 79th General Assembly"], Some("unga"), Some("79")),
            (&["Address at the 79th United Nations General Assembly"], Some("unga"), Some("79")),
            (&["78th session of the General Assembly"], Some("unga"), Some("78?")),
            (&["77th session and 79th session of the General Assembly"], Some("unga"), Some("77?")),
            (&["À la 79ème session ordinaire", "de l'Assemblée générale"], Some("unga"), Some("79")),
            (&["soixante-dix-neuvième session de l'Assemblée générale"], Some("unga"), Some("79")),
            (&["79° Período de Sesiones de la Asamblea General"], Some("unga"), Some("79")),
            (
                &["Debate general del septuagésimo noveno período de sesiones de la Asamblea General"],
                Some("unga"),
                Some("79"),
            ),
            (&["Discurso de abertura da 79ª Assembleia Geral da ONU"], Some("unga"), Some("79")),
            (&["Выступление на 79-й сессии Генеральной Ассамблеи ООН"], Some("unga"), Some("79")),
            (&["на семьдесят девятой сессии Генеральной Ассамблеи"], Some("unga"), Some("79")),
            (&["أمام الدورة 79 للجمعية العامة للأمم المتحدة"], Some("unga"), Some("79")),
            (&["الدورة التاسعة والسبعين للجمعية العامة"], Some("unga"), Some("79")),
            (&["在第七十九届联合国大会一般性辩论上的发言"], Some("unga"), Some("79")),
            (
                &["Statement in the First Committee", "79th session of the General Assembly"],
                Some("unga-c1"),
                Some("79"),
            ),
            (&["Première Commission"], Some("unga-c1"), None),
            (&["Statement at the Conference on Disarmament"], Some("cd"), None),
            (
                &[
                    "Preparatory Committee for the Review Conference of the Parties to the Treaty on the Non-Proliferation of Nuclear Weapons",
                ],
                Some("npt"),
                None,
            ),
            (&["Treaty on the Non-Proliferation of Nuclear Weapons"], Some("npt?"), None),
            (&["Security Council open debate"], Some("unsc"), None),
            (&["Statement on the Security Council"], None, None),
            (&["Security Council and the General Assembly"], Some("unsc?"), None),
            (&["Remarks at the annual dinner"], None, None),
            (&["79th session"], None, Some("79?")),
        ] {
            let found = found(lines, "2024-09-27");
            assert_eq!((found[0].as_deref(), found[1].as_deref()), (forum, session), "{lines:?}");
        }
    }

    #[test]
    fn a_session_that_was_not_open_on_the_day_is_unsure_and_the_open_one_is_named() {
        let mended = mended(&["Statement at the 79th session of the General Assembly", "Mr. President,"]);
        let head = Head::of(&mended);
        let forum = Found { key: "forum", value: "unga".into(), evidence: String::new(), sure: true };
        for (date, open) in [("2026-10-01", "81st"), ("2027-10-01", "82nd"), ("2058-01-05", "112th")] {
            let date = Found { key: "date", value: date.into(), evidence: String::new(), sure: true };
            let found = session(&head, Some(&forum), Some(&date)).unwrap();
            assert!(!found.sure);
            assert_eq!(found.evidence, format!("line 1 says so, but the session on that day was the {open}"));
        }
    }

    #[test]
    fn meeting_type_item_and_cluster_are_found_in_the_head() {
        for (lines, at, expect) in [
            (&["First Committee, 16th meeting"][..], 2, Some("16")),
            (&["Première Commission, 16ème séance plénière"], 2, Some("16")),
            (&["Statement in the general debate"], 3, Some("general-debate")),
            (&["Joint statement", "General debate"], 3, Some("joint-statement?")),
            (&["Explicación de voto"], 3, Some("explanation-of-vote")),
            (&["Item 8: General Debate"], 4, Some("[{ number: \"8\", title: \"General Debate\" }]")),
            (&["Agenda item 97"], 4, Some("[{ number: \"97\" }]")),
            (&["Point 97 de l'ordre du jour"], 4, Some("[{ number: \"97\" }]")),
            (&["Items of interest"], 4, None),
            (&["Cluster 1: Nuclear weapons"], 5, Some("Nuclear weapons")),
            (&["Cluster II"], 5, Some("Cluster II")),
            (&["Cluster munitions"], 5, None),
        ] {
            assert_eq!(found(lines, "2024")[at].as_deref(), expect, "{lines:?}");
        }
    }
}
