//! A language version and the file it inherits from -> what the two state differently.
//!
//! Only what is the same in every language is compared. A place (but for its numbers), a cluster and the titles of
//! agenda items are words, which a version may translate. A note on rights may be the translator's, and a correction
//! may concern one version only.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::names::Names;
use super::occasions::occasion_key;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::front::FrontKey;
use crate::front::statement as key;
use crate::language::fold;
use crate::language::scripts::is_latin;
use crate::read::fields::Named;
use crate::read::record::RecordKind;
use crate::read::statement::{Base, Front, Person, Speaker, Statement, Status};

/// A front-matter key as a version and its base state it.
struct Compared {
    key: FrontKey,
    /// Whether the two can both be true.
    agree: bool,
    /// The value of the version, in words.
    own: String,
    /// The value of the base, in words.
    base: String,
}

/// Reports what a version states differently from the file it inherits from.
pub fn contradictions(statement: &Statement, base: &Base, names: &Names<'_>, out: &mut Vec<Diagnostic>) {
    let own = &statement.front;
    for Compared { key, own: here, base: in_base, .. } in
        compared(own, &base.front, names).into_iter().filter(|compared| !compared.agree)
    {
        // An invalid value is reported elsewhere. A file without `simulated` states that the text was really given.
        let other = base.front.stated(key);
        let is_stated = match other {
            Some(of) => !of.is_wrong,
            None => key == key::SIMULATED,
        };
        let Some(at) = own.stated(key).filter(|of| !of.is_wrong && is_stated) else { continue };
        let place = Place { path: Arc::clone(&statement.path), line: at.line, column: at.column };
        let (line, column) = other.map_or((0, 0), |of| (of.line, of.column));
        let base_place = Place { path: Arc::clone(&base.path), line, column };
        let message = format!("`{key}` is {here} here, but {in_base} in {}", base.path);
        let help = format!(
            "correct the wrong one, or remove `{key}` here: a language version inherits the keys that it does not state"
        );
        out.push(Diagnostic::new(Code::ContradictingVersions, place, message).related(base_place).help(help));
    }
}

fn compared(own: &Front, base: &Front, names: &Names<'_>) -> Vec<Compared> {
    // Four ways to compare: the same words, names with the same meaning, sets of such names, and values that cannot
    // both be true.
    let one = |key, own: Option<String>, base: Option<String>| Compared {
        key,
        agree: own == base,
        own: said(own.as_deref()),
        base: said(base.as_deref()),
    };
    let named = |key, own: &Option<Named>, base: &Option<Named>, fold: &dyn Fn(&str) -> String| Compared {
        key,
        agree: own.as_deref().map(fold) == base.as_deref().map(fold),
        own: said(own.as_deref()),
        base: said(base.as_deref()),
    };
    let several = |key, own: &[Named], base: &[Named], fold: &dyn Fn(&str) -> String| {
        let set = |of: &[Named]| -> BTreeSet<String> { of.iter().map(|name| fold(name)).collect() };
        Compared { key, agree: set(own) == set(base), own: listed(own), base: listed(base) }
    };
    let of_kind = |kind| move |name: &str| names.key(kind, name).into_string();
    // One name means a group rather than a delegation only if a record says so.
    let party = |name: &str| {
        let group = names.key(RecordKind::Group, name);
        let is_group = names.knows(RecordKind::Group, &group);
        if is_group { group } else { names.key(RecordKind::Delegation, name) }.into_string()
    };
    let lower = |name: &str| name.trim().to_lowercase();
    let is_withdrawn = |front: &Front| front.status == Status::Withdrawn;
    vec![
        one(key::TYPE, own.kind.map(|kind| kind.word().into()), base.kind.map(|kind| kind.word().into())),
        Compared {
            key: key::DATE,
            // A less precise date does not contradict a more precise one: `2019` and `2019-05-12`.
            agree: match (&own.date, &base.date) {
                (Some(own), Some(base)) => {
                    let (own, base) = (own.earliest()..=own.latest(), base.earliest()..=base.latest());
                    let within = |a: &std::ops::RangeInclusive<_>, b: &std::ops::RangeInclusive<_>| {
                        a.start() <= b.start() && b.end() <= a.end()
                    };
                    within(&own, &base) || within(&base, &own)
                }
                (own, base) => own.is_none() == base.is_none(),
            },
            own: said(own.date.as_ref().map(|date| date.edtf())),
            base: said(base.date.as_ref().map(|date| date.edtf())),
        },
        named(key::DELEGATION, &own.delegation, &base.delegation, &of_kind(RecordKind::Delegation)),
        several(key::ON_BEHALF_OF, &own.on_behalf_of, &base.on_behalf_of, &party),
        Compared {
            key: key::SPEAKER,
            agree: may_be_one(own.speaker.as_ref(), base.speaker.as_ref(), names),
            own: said(own.speaker.as_ref().and_then(name_of).as_deref()),
            base: said(base.speaker.as_ref().and_then(name_of).as_deref()),
        },
        named(key::FORUM, &own.forum, &base.forum, &of_kind(RecordKind::Forum)),
        named(key::SESSION, &own.session, &base.session, &occasion_key),
        named(key::MEETING, &own.meeting, &base.meeting, &occasion_key),
        one(key::MEETING_SYMBOL, own.text(key::MEETING_SYMBOL).map(lower), base.text(key::MEETING_SYMBOL).map(lower)),
        one(
            key::SPEAKING_ORDER,
            own.speaking_order.map(|number| number.to_string()),
            base.speaking_order.map(|number| number.to_string()),
        ),
        one(
            key::SPOKEN_LANGUAGE,
            own.spoken_language.as_deref().map(lower),
            base.spoken_language.as_deref().map(lower),
        ),
        several(key::TOPICS, &own.topics, &base.topics, &of_kind(RecordKind::Topic)),
        several(key::REFERENCES, &own.references, &base.references, &of_kind(RecordKind::Document)),
        several(key::SEE_ALSO, &own.see_also, &base.see_also, &lower),
        named(key::SUPERSEDED_BY, &own.superseded_by, &base.superseded_by, &lower),
        Compared {
            key: key::SIMULATED,
            // A statement by a simulated delegation is simulated, even where the base does not say so.
            agree: own.simulated == base.simulated || own.simulated && is_simulated(base, names),
            own: own.simulated.to_string(),
            base: base.simulated.to_string(),
        },
        Compared {
            key: key::PLACE,
            agree: digits(own).is_none_or(|own| digits(base).is_none_or(|base| own == base)),
            own: said(own.text(key::PLACE)),
            base: said(base.text(key::PLACE)),
        },
        Compared {
            key: key::STATUS,
            // A single version may be withdrawn; a statement that is withdrawn cannot be published in another language.
            agree: !is_withdrawn(base) || is_withdrawn(own),
            own: own.status.word().to_owned(),
            base: base.status.word().to_owned(),
        },
        Compared {
            key: key::AGENDA_ITEMS,
            agree: numbers(own).is_none_or(|own| numbers(base).is_none_or(|base| own == base)),
            own: said(numbers(own).map(|numbers| joined(&numbers)).as_deref()),
            base: said(numbers(base).map(|numbers| joined(&numbers)).as_deref()),
        },
    ]
}

fn is_simulated(front: &Front, names: &Names<'_>) -> bool {
    front.simulated
        || front
            .delegation
            .as_ref()
            .is_some_and(|name| names.is_simulated(RecordKind::Delegation, &names.key(RecordKind::Delegation, name)))
}

/// Returns the numbers in a place, such as that of a room, which are the same in every translation; `None` if it has
/// none.
fn digits(front: &Front) -> Option<Vec<u64>> {
    let place = fold::key(front.text(key::PLACE)?);
    let numbers = place.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok());
    Some(numbers.collect::<Vec<u64>>()).filter(|numbers| !numbers.is_empty())
}

fn said(value: Option<&str>) -> String {
    value.filter(|value| !value.is_empty()).unwrap_or("empty").to_owned()
}

fn listed(names: &[Named]) -> String {
    let names: BTreeSet<String> = names.iter().map(|name| name.text.to_string()).collect();
    said(Some(joined(&names).as_str()))
}

fn joined(words: &BTreeSet<String>) -> String {
    words.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// Returns the numbers of agenda items; `None` unless each of them has one.
fn numbers(front: &Front) -> Option<BTreeSet<String>> {
    let numbers = front.agenda_items.iter().map(|item| item.number.as_ref().map(|number| number.to_lowercase()));
    numbers.collect::<Option<BTreeSet<String>>>().filter(|numbers| !numbers.is_empty())
}

/// Returns the name of a speaker as the front matter has it.
fn name_of(speaker: &Speaker) -> Option<String> {
    match speaker {
        Speaker::Record(slug) => Some(slug.text.to_string()),
        Speaker::Named { person, .. } => person.name(),
    }
}

/// Returns whether two speakers may be the same person. Names are spelt in many ways in other scripts and languages
/// (Poutine, Putin), so Latin names contradict each other only if they have no two successive letters in common.
fn may_be_one(own: Option<&Speaker>, base: Option<&Speaker>, names: &Names<'_>) -> bool {
    match (own, base) {
        (Some(Speaker::Record(own)), Some(Speaker::Record(base))) => {
            names.key(RecordKind::Speaker, own) == names.key(RecordKind::Speaker, base)
        }
        (Some(Speaker::Named { person: own, .. }), Some(Speaker::Named { person: base, .. })) => {
            // Identifiers are certain, whatever the names look like.
            match (&own.id, &base.id) {
                (Some(own), Some(base)) => own == base,
                _ => are_alike(own, base),
            }
        }
        (own, base) => own.is_none() == base.is_none(),
    }
}

fn are_alike(own: &Person, base: &Person) -> bool {
    let name = |person: &Person| match &person.family {
        Some(family) => Some(family.to_string()),
        None => person.name(),
    };
    let (Some(own), Some(base)) = (name(own), name(base)) else { return true };
    let (own, base) = (pairs(&own), pairs(&base));
    own.is_none_or(|own| base.is_none_or(|base| !own.is_disjoint(&base)))
}

/// Returns all pairs of successive letters in a name, without accents; `None` if it is not in Latin letters.
fn pairs(name: &str) -> Option<BTreeSet<(char, char)>> {
    use unicode_normalization::UnicodeNormalization;
    let plain = name.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    let letters: Vec<char> = plain.flat_map(char::to_lowercase).filter(|c| c.is_alphabetic()).collect();
    let is_all_latin = letters.len() > 1 && letters.iter().all(|c| is_latin(*c));
    is_all_latin.then(|| letters.windows(2).map(|pair| (pair[0], pair[1])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_another_spelling_is_no_other_person() {
        let person = |family: &str| Person { family: Some(family.into()), ..Person::default() };
        for (one, other, alike) in [
            ("Putin", "Poutine", true),
            ("Khrushchev", "Chruschtschow", true),
            ("Zhang", "Tchang", true),
            ("Doe", "Доу", true),
            ("Doe", "Smith", false),
            ("Núñez", "Nunez", true),
            ("Abdrakhmanov", "Vasquez", false),
        ] {
            assert_eq!(are_alike(&person(one), &person(other)), alike, "{one} {other}");
        }
    }
}
