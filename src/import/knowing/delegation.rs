//! A text -> the delegation that speaks, by how it names itself.
//!
//! A speech names many states and its own mostly in a few ways: "on behalf of the Government of …", "my country, …", "the
//! delegation of …", "… welcomes". Each way counts by how rarely others are named so; the figures were found by trying
//! them on some thousand speeches whose speakers are known (`benches/import.rs`).

use std::collections::BTreeMap;

use super::Found;
use super::around::{After, Before, OWN, STANCES, VERBS};
use super::names::{Mention, Names};
use crate::import::mended::Mended;

/// The ways in which a text names the state that speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// In a title or letterhead above the salutation, as the only state there.
    Head,
    OnBehalfOf,
    MyCountry,
    MyGovernment,
    WeOf,
    ForItsPart,
    TheDelegationOf,
    /// "the Kenyan delegation".
    TheDelegation,
    /// "Kenya welcomes".
    Stance,
    /// "Kenya's commitment".
    Own,
    /// "Kenya has", at the beginning of a sentence.
    Subject,
    PeopleOf,
    /// "the Kenyan people".
    ThePeople,
}

impl Way {
    /// Returns what it counts each time, what it counts at most, and whether nobody else is likely to be named so.
    fn weight(self) -> (f32, f32, bool) {
        match self {
            Way::Head => (9.0, 9.0, true),
            Way::OnBehalfOf => (6.0, 30.0, true),
            Way::MyCountry => (8.0, 30.0, true),
            Way::MyGovernment => (4.0, 30.0, true),
            Way::WeOf | Way::ForItsPart => (5.0, 30.0, true),
            Way::TheDelegation => (3.0, 9.0, true),
            Way::TheDelegationOf | Way::Stance => (2.0, 6.0, true),
            Way::Own => (1.0, 4.0, false),
            Way::Subject => (0.3, 3.0, false),
            Way::PeopleOf => (0.7, 4.0, false),
            Way::ThePeople => (0.5, 2.0, false),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Way::Head => "named above the text",
            Way::OnBehalfOf => "speaks on its behalf",
            Way::MyCountry => "named as the speaker's country",
            Way::MyGovernment => "named as the speaker's government",
            Way::WeOf => "named with `we`",
            Way::ForItsPart => "named with `for its part`",
            Way::TheDelegationOf | Way::TheDelegation => "its delegation is named",
            Way::Stance => "it welcomes, supports, condemns",
            Way::Own => "its commitment, its position",
            Way::Subject => "it is, it has",
            Way::PeopleOf | Way::ThePeople => "its people or government is named",
        }
    }
}

/// What the share of all mentions counts at most.
const SHARE: f32 = 8.0;
/// What each mention counts, and how many of them count.
const MENTION: (f32, usize) = (0.08, 30);
/// Enough to be sure, with enough of it in ways that fit nobody else.
const SURE: f32 = 7.5;
const SURE_OF_SELF: f32 = 3.0;
/// So many times more than the next.
const AHEAD: f32 = 2.0;
/// Less than this says nothing.
const LEAST: f32 = 3.0;

/// Finds the delegation.
pub fn find(mended: &Mended, names: &Names) -> Option<Found> {
    let head = head(mended);
    let mut scores = Scores::default();
    let above: Vec<String> = mended.blocks[..head].iter().map(|block| plain(&block.text)).collect();
    let mut in_head: Vec<&str> =
        above.iter().flat_map(|text| names.mentions(text)).map(|mention| mention.code).collect();
    in_head.dedup();
    if let [code] = in_head[..] {
        scores.add(code, Way::Head);
    }
    for block in &mended.blocks[head..] {
        let text = plain(&block.text);
        for mention in names.mentions(&text) {
            scores.mention(&text, &mention);
        }
        scores.adjectives(&text, names);
    }
    scores.best()
}

fn plain(text: &str) -> String {
    text.replace('’', "'")
}

/// Returns how many blocks stand above the text itself: short ones, before a salutation or the first paragraph.
pub fn head(mended: &Mended) -> usize {
    let is_text = |text: &str| text.chars().count() > 150 || crate::import::mending::is_salutation(text);
    let first = mended.blocks.iter().position(|block| is_text(&block.text)).unwrap_or(0);
    if first > 40 { 0 } else { first }
}

#[derive(Default)]
struct Scores<'a> {
    ways: BTreeMap<(&'a str, Way), usize>,
    mentions: BTreeMap<&'a str, usize>,
}

impl<'a> Scores<'a> {
    fn add(&mut self, code: &'a str, way: Way) {
        *self.ways.entry((code, way)).or_default() += 1;
    }

    fn mention(&mut self, text: &str, mention: &Mention<'a>) {
        let (code, before, after) = (mention.code, Before::of(text, mention.at.start), After::of(text, mention.at.end));
        if before.your_country() {
            return;
        }
        *self.mentions.entry(code).or_default() += 1;
        for (holds, way) in [
            (before.on_behalf(), Way::OnBehalfOf),
            (before.my_country() || after.my_country(), Way::MyCountry),
            (before.my_government(), Way::MyGovernment),
            (before.we_of(), Way::WeOf),
            (before.for_its_part() || after.starts(&["for", "its", "part"]), Way::ForItsPart),
            (before.delegation_of(), Way::TheDelegationOf),
            (before.people_of(), Way::PeopleOf),
            (after.one_of(STANCES), Way::Stance),
            (!after.one_of(STANCES) && before.begins_sentence() && after.one_of(VERBS), Way::Subject),
            (after.possessive && after.one_of(OWN), Way::Own),
        ] {
            if holds {
                self.add(code, way);
            }
        }
    }

    /// "the Kenyan delegation", "on behalf of the Kenyan people".
    fn adjectives(&mut self, text: &str, names: &'a Names) {
        for noun in ["delegation", "people", "Government", "Mission"] {
            for (at, _) in text.match_indices(noun) {
                let before = text[..at].trim_end();
                let start = before.rfind(' ').map_or(0, |at| at + 1);
                let adjective = &before[start..];
                if !adjective.starts_with(char::is_uppercase) || adjective.chars().count() < 5 {
                    continue;
                }
                let Some(code) = names.of_adjective(adjective) else { continue };
                let way = match noun {
                    _ if Before::of(text, start).on_behalf() => Way::OnBehalfOf,
                    "delegation" => Way::TheDelegation,
                    _ => Way::ThePeople,
                };
                self.add(code, way);
            }
        }
    }

    /// Returns the state that speaks, if one stands out.
    fn best(self) -> Option<Found> {
        let mut sums: BTreeMap<&str, (f32, f32)> = BTreeMap::new();
        for ((code, way), times) in &self.ways {
            let (each, most, of_self) = way.weight();
            let counts = (each * *times as f32).min(most);
            let sum = sums.entry(code).or_default();
            sum.0 += counts;
            sum.1 += if of_self { counts } else { 0.0 };
        }
        let all: usize = self.mentions.values().sum();
        for (code, times) in &self.mentions {
            let share = SHARE * *times as f32 / all.max(8) as f32;
            sums.entry(code).or_default().0 += share + MENTION.0 * (*times).min(MENTION.1) as f32;
        }
        let mut ranked: Vec<(&str, (f32, f32))> = sums.into_iter().collect();
        ranked.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
        let (code, (sum, of_self)) = *ranked.first()?;
        let second = ranked.get(1).map_or(0.0, |(_, (sum, _))| *sum);
        // Who speaks is not named seldom where another is named often.
        let named = self.mentions.get(code).copied().unwrap_or(0);
        let most = self.mentions.values().max().copied().unwrap_or(0);
        let sure = sum >= SURE
            && of_self >= SURE_OF_SELF
            && sum >= AHEAD * second
            && (named * 3 >= most || self.ways.contains_key(&(code, Way::Head)))
            && !AMBIGUOUS.contains(&code);
        (sum >= LEAST).then(|| Found { key: "delegation", value: code.to_owned(), evidence: self.evidence(code), sure })
    }

    fn evidence(&self, code: &str) -> String {
        let mut ways: Vec<(usize, Way)> =
            self.ways.iter().filter(|((of, _), _)| *of == code).map(|((_, way), times)| (*times, *way)).collect();
        ways.sort_by_key(|(_, way)| *way);
        let mut said: Vec<String> =
            ways.iter().take(3).map(|(times, way)| format!("{} ({times})", way.words())).collect();
        said.push(format!("named {} times", self.mentions.get(code).copied().unwrap_or(0)));
        said.join(", ")
    }
}

/// Two states have this name.
const AMBIGUOUS: &[&str] = &["COG"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::mended::Block;
    use crate::import::pages::{Kind, Markup};

    fn found(blocks: &[&str]) -> Option<Found> {
        let blocks = blocks.iter().map(|text| Block {
            kind: Kind::Paragraph,
            text: (*text).to_owned(),
            line: 1,
            marks: Vec::new(),
        });
        let mended = Mended {
            markup: Markup::Plain,
            blocks: blocks.collect(),
            removals: Vec::new(),
            repairs: Vec::new(),
            doubts: Vec::new(),
        };
        find(&mended, &Names::of("en"))
    }

    #[test]
    fn who_speaks_names_itself_in_its_own_ways() {
        for (text, expect, sure) in [
            (
                "On behalf of the Government and people of Kenya, I greet you. Kenya welcomes the report of the Secretary-General.",
                "KEN",
                true,
            ),
            ("My country, Kenya, knows that. In my country, Kenya, it is so.", "KEN", true),
            (
                "We in Fiji know the sea. For its part, Fiji has always kept its word. Fiji supports the draft.",
                "FJI",
                true,
            ),
            ("The delegation of Peru thanks Chile. Peru and Chile have agreed with Bolivia.", "PER", false),
            ("France has done this. France was there. France is here. France will go.", "FRA", false),
            (
                "I congratulate your country, Ghana. On behalf of Togo I thank Ghana, and Togo supports Ghana.",
                "TGO",
                true,
            ),
        ] {
            let found = found(&[text]).expect(text);
            assert_eq!((found.value.as_str(), found.sure), (expect, sure), "{text}: {}", found.evidence);
        }
        assert_eq!(found(&["We have heard of Kenya."]), None);
    }

    #[test]
    fn a_letterhead_names_who_speaks() {
        let head = ["PERMANENT MISSION", "Statement by the Republic of Kenya", "Mr. President,"];
        let found = found(&[&head[..], &["We have come here to say so, and we speak of Ghana."]].concat()).unwrap();
        assert_eq!((found.value.as_str(), found.sure), ("KEN", true), "{}", found.evidence);
    }
}
