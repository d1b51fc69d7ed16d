//! A world's random choices -> names, words and paragraphs for statements, records and pages.

use super::World;

/// The words from which texts are made.
const WORDS: &str = "outer space security treaty debris orbit weapons verification launch notification transparency \
    confidence committee delegation proposal satellite missile altitude fragments commercial \
    operators registration conduct responsible peaceful purposes armed attack resolution consensus \
    session states parties legally binding instrument measures tests";
const SHARED: &[&str] = &[
    "We reaffirm today that outer space shall be used exclusively for peaceful purposes and for the lasting benefit of all nations.",
    "No state should ever be the first to place weapons of whatever kind in orbit around this Earth or upon other celestial bodies.",
    "Every ban that cannot be verified remains a promise and nothing more than a promise, however solemnly it may have been given.",
];
pub(super) const TOPICS: &[&str] =
    &["debris", "verification", "weapons", "launches", "treaty", "unrecorded", "Unrecorded"];
pub(super) const DELEGATIONS: &[&str] = &["KAZ", "FRA", "XAA", "XBB", "XCC"];
pub(super) const FORUMS: &[&str] = &["mcos", "unga-c1", "panel"];
pub(super) const SPEAKERS: &[&str] = &["jane-doe", "ivan-petrov", "nobody-known"];
pub(super) const DOCUMENTS: &[&str] = &["A/RES/72/27", "PPWT", "ppwt", "X/1", "X/9", "x/9", "treaty-text"];
/// Names that occur in texts and in records.
pub(super) const NAMES: &[&str] =
    &["Kazakhstan", "Ostland", "Non-Aligned Movement", "First Committee", "space debris", "France", "Ostland Major"];
pub(super) const GROUPS: &[&str] = &["nam", "oog"];
pub(super) const LANGUAGES: &[&str] = &["fr", "ar"];
pub(super) const DATES: &[&str] = &[
    "2018-05-04",
    "2019",
    "2021",
    "2021-06",
    "2021-06-09",
    "2022-03-01",
    "2022-10-17",
    "2022~",
    "2023-01-01/2023-02-01",
    "2023-10-17",
    "2024?",
];

impl World {
    /// Returns one of these names; in a crowded site, mostly the first.
    pub(crate) fn name(&mut self, of: &[&'static str]) -> &'static str {
        if self.crowded && !self.chance.once_in(5) { of[0] } else { self.chance.pick::<&str>(of) }
    }

    pub(crate) fn words(&mut self, count: usize) -> String {
        let all: Vec<&str> = WORDS.split(' ').collect();
        (0..count).map(|_| *self.chance.pick(&all)).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn paragraph(&mut self) -> String {
        let count = 8 + self.chance.below(30);
        match self.chance.below(16) {
            14 | 15 => format!("{} {} {}.", self.words(5), self.name(NAMES), self.words(4)),
            12 | 13 => format!("{} {} {}.", self.words(5), self.cited(), self.words(40)),
            0 => format!("## {}", self.words(2)),
            1 => format!("- {}\n- {}", self.words(4), self.words(5)),
            2 => format!("> {}", self.words(9)),
            3 => format!("| a | b |\n|---|---|\n| {} | 1 |", self.words(2)),
            4 => format!("{}[^1]\n\n[^1]: {}", self.words(5), self.words(4)),
            5 | 6 => self.shared(),
            7 | 8 => format!("{} {} {}.", self.words(6), self.link(), self.words(6)),
            9 => format!("{}. {{topics=\"{}\"}}", self.words(count), self.name(TOPICS)),
            _ => format!("{}.", self.words(count)),
        }
    }

    /// Returns words that others say too, sometimes with a word of their own, or among others.
    fn shared(&mut self) -> String {
        let shared = (*self.chance.pick(SHARED)).to_owned();
        match self.chance.below(5) {
            2 => format!("{shared} {}", self.chance.pick(SHARED)),
            0 => shared.replacen(" the ", &format!(" {} ", self.words(1)), 1),
            1 => format!("{}. {shared}", self.words(6)),
            _ => shared,
        }
    }

    /// Returns words that cite a document, or only seem to.
    pub(crate) fn cited(&mut self) -> String {
        let all = [
            "A/RES/72/27",
            "resolutions 72/26 to 72/29",
            "resolution 1540 (2004)",
            "PPWT",
            "X/1",
            "treaty security",
            "outer debris",
            "24/7",
            "*A/72/PV.3*",
        ];
        self.name(&all).to_owned()
    }

    pub(crate) fn link(&mut self) -> String {
        match self.chance.below(13) {
            0 => format!("[[topic:{}]]", self.name(TOPICS)),
            1 => format!("[[delegation:{}]]", self.name(DELEGATIONS)),
            2 => format!("[[speaker:{}]]", self.name(SPEAKERS)),
            3 => format!("[[{}#p1|{}]]", self.id(), self.words(2)),
            4 => format!("[{}](../about.md)", self.words(2)),
            7 => format!("[[group:{}]]", self.name(GROUPS)),
            8 | 12 => format!("[[document:{}]]", self.name(DOCUMENTS)),
            9 => format!("[{}](../../about.md)", self.words(2)),
            5 => format!("[{}](https://example.com/{})", self.words(2), self.words(1)),
            6 => format!("[[forum:{}]]", self.name(FORUMS)),
            _ => format!("[[{}]]", self.id()),
        }
    }
}
