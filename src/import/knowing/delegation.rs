//! A text -> the delegation that speaks, by how it refers to itself.
//!
//! A speech names many states, but its own mostly in a few ways: "on behalf of the Government of …", "my country, …",
//! "the delegation of …", "… welcomes". Each way counts by how rarely it is used about other states; the weights were
//! tuned on several thousand speeches with known speakers (`benches/import.rs`).

use std::collections::BTreeMap;

use super::around::{After, Before, OWN, STANCES, VERBS};
use super::head::{Head, fold};
use super::letterhead;
use super::names::{Mention, Names};
use crate::import::known::Found;
use crate::import::mended::Mended;
use crate::import::mending::scripts::share_of_capitals;
use crate::language::fold::{Folding, fold as fold_look_alikes};

/// The ways in which a text names the state that speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// In a letterhead, or with the speaker or title above the text, as the only state there.
    Head,
    /// Elsewhere above the text.
    InHead,
    /// "on behalf of the Government of Kenya".
    OnBehalfOf,
    /// "my country, Kenya".
    MyCountry,
    /// "as President of Kenya, I".
    InOffice,
    /// "greetings from the people of Kenya".
    Greetings,
    /// "my Government", next to the name.
    MyGovernment,
    /// "we in Kenya".
    WeOf,
    /// "Kenya, for its part".
    ForItsPart,
    /// "the delegation of Kenya".
    TheDelegationOf,
    /// "the Kenyan delegation".
    TheDelegation,
    /// "Kenya welcomes".
    Stance,
    /// "Kenya's commitment".
    Own,
    /// "Kenya has", at the beginning of a sentence.
    Subject,
    /// "the Government and people of Kenya".
    PeopleOf,
    /// "the Kenyan people".
    ThePeople,
}

impl Way {
    /// Returns its weight per occurrence, its highest total, and whether it is unlikely to be used about another state.
    fn weight(self) -> (f32, f32, bool) {
        match self {
            Way::Head => (12.0, 12.0, true),
            Way::InHead => (2.0, 2.0, false),
            Way::OnBehalfOf => (6.0, 30.0, true),
            Way::MyCountry => (8.0, 30.0, true),
            Way::MyGovernment => (4.0, 30.0, true),
            Way::WeOf | Way::ForItsPart | Way::InOffice => (5.0, 30.0, true),
            Way::TheDelegation | Way::Greetings => (3.0, 9.0, true),
            Way::TheDelegationOf | Way::Stance => (2.0, 6.0, true),
            Way::Own => (1.0, 4.0, false),
            Way::Subject => (0.3, 3.0, false),
            Way::PeopleOf => (0.7, 4.0, false),
            Way::ThePeople => (0.5, 2.0, false),
        }
    }

    /// Returns the evidence in words, for the person who checks.
    fn words(self) -> &'static str {
        match self {
            Way::Head => "named as the speaker above the text",
            Way::InHead => "named above the text",
            Way::OnBehalfOf => "speaks on its behalf",
            Way::MyCountry => "named as the speaker's country",
            Way::InOffice => "the speaker is in its office",
            Way::Greetings => "brings its greetings",
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

/// Highest weight of a state's share of all mentions.
const SHARE: f32 = 8.0;
/// Weight of each mention, and how many mentions count.
const MENTION: (f32, usize) = (0.08, 30);
/// The score from which the result can be certain, and how much of it must come from ways unlikely to be used about
/// others.
const SURE: f32 = 7.5;
const SURE_OF_SELF: f32 = 3.0;
/// How many times the score of the runner-up it must be.
const AHEAD: f32 = 2.0;
/// A state that is named as the speaker above the text needs no such lead, unless another has at least this much in
/// ways unlikely to be used about others.
const RIVAL: f32 = 6.0;
/// A lower score says nothing.
const LEAST: f32 = 3.0;

/// Finds the delegation.
pub(super) fn find(mended: &Mended, head: &Head, names: &Names) -> Option<Found> {
    let mut scores = Scores::default();
    let above = letterhead::find(head, names);
    for code in &above.others {
        scores.add(code, Way::InHead, 0);
    }
    if let Some((code, line)) = above.speaks {
        scores.add(code, Way::Head, line);
    }
    for block in &mended.blocks[head.blocks.len()..] {
        let text = plain(&block.text);
        // In a text set in capitals, names are in capitals, too.
        let shouted = share_of_capitals(&text).is_some_and(|share| share > 0.6);
        let text = if shouted { fold(&text) } else { text };
        for mention in if shouted { names.mentions_folded(&text) } else { names.mentions(&text) } {
            scores.mention(&text, &mention, block.line);
        }
        scores.adjectives(&text, names, block.line);
    }
    scores.best()
}

fn plain(text: &str) -> String {
    fold_look_alikes(text, Folding::SYMBOLS).into_owned()
}

#[derive(Default)]
struct Scores<'a> {
    /// How often each way was used for each state, and on which line first.
    ways: BTreeMap<(&'a str, Way), (usize, u32)>,
    mentions: BTreeMap<&'a str, usize>,
}

impl<'a> Scores<'a> {
    fn add(&mut self, code: &'a str, way: Way, line: u32) {
        self.ways.entry((code, way)).or_insert((0, line)).0 += 1;
    }

    fn mention(&mut self, text: &str, mention: &Mention<'a>, line: u32) {
        let (code, before, after) = (mention.code, Before::of(text, mention.at.start), After::of(text, mention.at.end));
        // "your country, the United States" thanks the host.
        if before.your_country() {
            return;
        }
        // One mention can match several ways; each is counted.
        *self.mentions.entry(code).or_default() += 1;
        for (holds, way) in [
            (before.on_behalf(), Way::OnBehalfOf),
            (before.my_country() || after.my_country(), Way::MyCountry),
            (before.in_office() && after.first_person(), Way::InOffice),
            (before.greetings(), Way::Greetings),
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
                self.add(code, way, line);
            }
        }
    }

    /// Counts adjectives: "the Kenyan delegation", "on behalf of the Kenyan people".
    fn adjectives(&mut self, text: &str, names: &'a Names, line: u32) {
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
                self.add(code, way, line);
            }
        }
    }

    /// Returns the state that speaks, if one has a clear lead.
    fn best(self) -> Option<Found> {
        let mut sums: BTreeMap<&str, (f32, f32)> = BTreeMap::new();
        for ((code, way), (times, _)) in &self.ways {
            let (each, most, of_self) = way.weight();
            let counts = (each * *times as f32).min(most);
            let sum = sums.entry(code).or_default();
            sum.0 += counts;
            sum.1 += if of_self { counts } else { 0.0 };
        }
        // The share of mentions decides between states if hardly anything else is said.
        let all: usize = self.mentions.values().sum();
        for (code, times) in &self.mentions {
            let share = SHARE * *times as f32 / all.max(8) as f32;
            sums.entry(code).or_default().0 += share + MENTION.0 * (*times).min(MENTION.1) as f32;
        }
        let mut ranked: Vec<(&str, (f32, f32))> = sums.into_iter().collect();
        ranked.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
        let (code, (sum, of_self)) = *ranked.first()?;
        let second = ranked.get(1).map_or(0.0, |(_, (sum, _))| *sum);
        let rival = ranked.iter().skip(1).map(|(_, (_, of_self))| *of_self).fold(0.0, f32::max);
        let above = self.ways.contains_key(&(code, Way::Head));
        // The speaker's own state is not named rarely while another is named often.
        let named = self.mentions.get(code).copied().unwrap_or(0);
        let most = self.mentions.values().max().copied().unwrap_or(0);
        let sure = sum >= SURE
            && of_self >= SURE_OF_SELF
            && (sum >= AHEAD * second || above && rival < RIVAL)
            && (named * 3 >= most || above)
            && !AMBIGUOUS.contains(&code);
        (sum >= LEAST).then(|| Found { key: "delegation", value: code.to_owned(), evidence: self.evidence(code), sure })
    }

    fn evidence(&self, code: &str) -> String {
        let ways = self.ways.iter().filter(|((of, _), _)| *of == code).take(3);
        let mut said: Vec<String> = ways
            .map(|((_, way), (times, line))| match line {
                0 => way.words().to_owned(),
                line if *times == 1 => format!("{} (line {line})", way.words()),
                line => format!("{} ({times} times, first on line {line})", way.words()),
            })
            .collect();
        said.push(match self.mentions.get(code).copied().unwrap_or(0) {
            1 => "named once".to_owned(),
            times => format!("named {times} times"),
        });
        said.join(", ")
    }
}

/// Two states share this name.
const AMBIGUOUS: &[&str] = &["COG"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::knowing::tests::mended;

    fn found_in(language: &str, blocks: &[&str]) -> Option<Found> {
        let mended = mended(blocks);
        find(&mended, &Head::of(&mended), &Names::of(language))
    }

    fn found(blocks: &[&str]) -> Option<Found> {
        found_in("en", blocks)
    }

    #[test]
    fn the_speaking_state_is_found_by_how_it_refers_to_itself() {
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
        let reported = "It has been claimed on behalf of Peru that Peru is at peace. Peru and Chile know better.";
        assert!(found(&[reported]).is_none_or(|found| !found.sure), "{reported}");
        assert_eq!(found(&["We have heard of Kenya."]), None);
    }

    #[test]
    fn a_letterhead_names_the_speaking_state() {
        let head = ["PERMANENT MISSION", "Statement by the Republic of Kenya", "Mr. President,"];
        let found = found(&[&head[..], &["We have come here to say so, and we speak of Ghana."]].concat()).unwrap();
        assert_eq!((found.value.as_str(), found.sure), ("KEN", true), "{}", found.evidence);
    }
}
