//! A seed -> the same choices and invented statements on every machine; and the options of a bench.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A random number generator with a seed.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// Returns a number below this one.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    /// Returns a number from 0 to 1.
    pub(crate) fn share(&mut self) -> f64 {
        self.below(1_000_000) as f64 / 1e6
    }
}

const DELEGATIONS: [&str; 8] = ["KAZ", "FRA", "BRA", "IND", "EGY", "NOR", "JPN", "KEN"];
const WORDS: [&str; 24] = [
    "we",
    "thank",
    "the",
    "chair",
    "for",
    "this",
    "meeting",
    "and",
    "ask",
    "all",
    "states",
    "to",
    "keep",
    "outer",
    "space",
    "free",
    "of",
    "weapons",
    "as",
    "resolution",
    "says",
    "which",
    "every",
    "delegation",
];

/// Invents a statement: front matter, and three to nine paragraphs.
pub(crate) fn statement(chance: &mut Chance, number: usize) -> String {
    let (year, month, day) = (1990 + chance.below(35), 1 + chance.below(12), 1 + chance.below(28));
    let delegation = DELEGATIONS[chance.below(DELEGATIONS.len())];
    let mut text = format!(
        "---\ntitle: \"Statement {number}\"\ndate: {year}-{month:02}-{day:02}\ndelegation: {delegation}\ntopics: []\n---\n\n"
    );
    for _ in 0..3 + chance.below(7) {
        for _ in 0..20 + chance.below(40) {
            let _ = write!(text, "{} ", WORDS[chance.below(WORDS.len())]);
        }
        let _ = write!(text, "A/RES/{}/{}.\n\n", 40 + chance.below(35), 1 + chance.below(300));
    }
    text
}

/// Returns the values of each `--name` on the command line.
pub(crate) fn options() -> BTreeMap<String, String> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let pairs = arguments.chunks(2).filter_map(|pair| Some((pair.first()?.strip_prefix("--")?, pair.get(1)?)));
    pairs.map(|(name, value)| (name.to_owned(), value.clone())).collect()
}
