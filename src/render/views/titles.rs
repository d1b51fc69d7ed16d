//! Titles of a list -> the patterns that many follow, and what a title says beyond the other facts of its row.

use std::collections::{HashMap, HashSet};

use crate::collect::card::Card;
use crate::collect::names::Ref;
use crate::key::Key;
use crate::language::fold;
use crate::language::tokens::runs;
use crate::read::date::Date;

/// A pattern is followed by at least this many titles, or by all of fewer, and by a tenth of all.
const FOLLOWED: usize = 3;

/// The patterns that many titles follow: what they say beyond the names and dates that a row has anyway.
#[derive(Default)]
pub(super) struct Patterns(HashSet<String>);

impl Patterns {
    /// Returns those of these patterns that many titles follow.
    pub(super) fn of(titles: impl Iterator<Item = String>) -> Patterns {
        let (mut patterns, mut count): (HashMap<String, usize>, usize) = (HashMap::new(), 0);
        for pattern in titles {
            *patterns.entry(pattern).or_default() += 1;
            count += 1;
        }
        let fewest = FOLLOWED.min(count.max(2));
        let is_followed = |(_, times): &(String, usize)| *times >= fewest && *times * 10 >= count;
        Patterns(patterns.into_iter().filter(is_followed).map(|(pattern, _)| pattern).collect())
    }

    /// Returns whether many titles follow a pattern.
    pub(super) fn has(&self, pattern: &str) -> bool {
        self.0.contains(pattern)
    }

    /// Returns whether a statement's title says no more than many others.
    pub(super) fn is_followed_by(&self, card: &Card) -> bool {
        self.0.contains(&pattern(card))
    }
}

/// Returns the patterns that many titles follow.
pub(super) fn patterns<'a>(cards: impl Iterator<Item = &'a Card>) -> Patterns {
    Patterns::of(cards.map(pattern))
}

/// Letters of the shortest word by which a part of a name is known: "Iran", not "of".
const NAMING: usize = 4;

/// Returns what a title says beyond the delegation, the speaker, the occasion and the date: its words without these.
/// A title may use a short name, "Iran", where the row has the long one, and "72" where it has "72nd session". Any other
/// number says something: that of a resolution, for example.
pub(super) fn title_pattern<'a>(
    title: &str,
    date: Option<&'a Date>,
    delegation: Option<&Ref>,
    names: impl Iterator<Item = &'a str> + Clone,
) -> String {
    // Titles and names are written by different people: with other apostrophes, for example.
    let mut title = fold::key(title).into_string();
    let known: HashSet<String> =
        names.clone().chain(date.map(Date::edtf)).flat_map(numbers).map(str::to_owned).collect();
    let long_name = delegation.map(|link| fold::key(&link.title)).unwrap_or_default();
    let names = names.map(fold::key).chain([long_name.clone()]);
    for name in names.filter(|name| !name.is_empty()) {
        title = title.replace(&*name, " ");
    }
    let parts: Vec<&str> = runs(&long_name).collect();
    let code = delegation.and_then(|link| link.key.as_ref()).map(Key::name).unwrap_or_default();
    let is_known = |word: &str| numbers(word).next().is_some() && numbers(word).all(|number| known.contains(number));
    // Short words of a name belong to it next to its others: "Bolivia, Plurinational State of".
    let is_named =
        |words: &[&str]| parts.contains(&words[0]) && words.iter().any(|word| word.chars().count() >= NAMING);
    let words: Vec<&str> = runs(&title).filter(|word| *word != code && !is_known(word)).collect();
    let beside = words.chunk_by(|one, other| parts.contains(one) == parts.contains(other));
    beside.filter(|words| !is_named(words)).flatten().copied().collect::<Vec<_>>().join(" ")
}

/// Returns the numbers in a text, without leading zeros.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).map(|number| number.trim_start_matches('0'));
    digits.filter(|number| !number.is_empty())
}

fn pattern(card: &Card) -> String {
    let names = card.on_behalf_of.iter().map(|link| &*link.title);
    let names = names.chain(card.speaker.as_deref()).chain(card.occasion.iter().map(|part| &**part));
    title_pattern(&card.title, card.date.as_ref(), card.delegation.as_ref(), names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::path::SitePath;
    use crate::read::statement::Status;

    #[test]
    fn a_title_that_says_no_more_than_the_row_follows_a_pattern() {
        let link = |title: &str| Ref { title: title.into(), key: None };
        let card = |title: &str, delegation: &str| Card {
            title: title.into(),
            key: Key::placed(SitePath::home()),
            language: "en".into(),
            date: Date::parse("2024-05-07"),
            delegation: Some(link(delegation)),
            on_behalf_of: Vec::new(),
            speaker: Some("Ilsabet Harrow".into()),
            occasion: ["Conference".into(), "4th session".into()].into(),
            kind: None,
            excerpt: "".into(),
            simulated: false,
            status: Status::Published,
            changed: None,
            added: None,
        };
        for (title, expect) in [
            ("Statement by Arvenia at the Conference, 4th session", "statement by at the"),
            ("Statement by Arvenia, 2024", "statement by"),
            ("Statement by Arvenia, 7 May 2024, session 4", "statement by may session"),
            ("Statement by Arvenia on resolution 1540 (2004)", "statement by on resolution 1540 2004"),
            ("Ilsabet Harrow: on debris", "on debris"),
        ] {
            assert_eq!(pattern(&card(title, "Arvenia")), expect, "{title}");
        }
        let short = card("Statement by Iran on debris", "Iran (Islamic Republic of)");
        assert_eq!(pattern(&short), "statement by on debris");
        for (title, delegation) in [
            ("Statement by Bolivia, Plurinational State of in the debate", "Bolivia (Plurinational State of)"),
            ("Statement by Côte d'Ivoire in the debate", "Côte d’Ivoire"),
        ] {
            assert_eq!(pattern(&card(title, delegation)), "statement by in the debate");
        }
    }
}
