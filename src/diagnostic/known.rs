//! Any number of names -> the one that a word most likely means, found without comparing all of them.

use super::suggest::{nearest, only_near};

/// Up to this number of names, a word is compared with all of them.
const FEW: usize = 500;
/// With more names, a word is compared with this many on each side of its position in alphabetical order, both by its
/// letters and by its reversed letters. A typo leaves one end of a name intact, so the intended name is nearly always
/// among these.
const AROUND: usize = 50;

/// Names to suggest. A search takes O(log n), so a site is checked quickly even if all of its links are broken.
#[derive(Debug)]
pub struct Known {
    /// Names in lower case, each with the name as written; sorted.
    names: Vec<(String, String)>,
    /// Names in lower case and reversed, each with its index in `names`; sorted.
    backwards: Vec<(String, usize)>,
}

impl Known {
    /// Sorts the names.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Known {
        let mut names: Vec<(String, String)> =
            names.into_iter().map(|name| (name.to_lowercase(), name.to_owned())).collect();
        names.sort_unstable();
        names.dedup();
        let reversed = |(at, (lower, _)): (usize, &(String, String))| (lower.chars().rev().collect(), at);
        let mut backwards: Vec<(String, usize)> =
            if names.len() > FEW { names.iter().enumerate().map(reversed).collect() } else { Vec::new() };
        backwards.sort_unstable();
        Known { names, backwards }
    }

    /// Returns the name that `word` most likely means, like [`nearest`].
    pub fn nearest(&self, word: &str) -> Option<&str> {
        nearest(word, self.candidates(word))
    }

    /// Returns the name that `word` is certainly a typo of, like [`only_near`].
    pub fn only_near(&self, word: &str) -> Option<&str> {
        only_near(word, self.candidates(word))
    }

    /// Returns the names worth comparing with a word.
    fn candidates(&self, word: &str) -> impl Iterator<Item = &str> {
        let written = |at: usize| self.names[at].1.as_str();
        if self.names.len() <= FEW {
            return (0..self.names.len()).collect::<Vec<_>>().into_iter().map(written);
        }
        let lower = word.to_lowercase();
        let forwards = around(self.names.partition_point(|(name, _)| *name < lower), self.names.len());
        let reversed: String = lower.chars().rev().collect();
        let at = self.backwards.partition_point(|(name, _)| *name < reversed);
        let backwards = around(at, self.backwards.len()).map(|at| self.backwards[at].1);
        forwards.chain(backwards).collect::<Vec<_>>().into_iter().map(written)
    }

    /// Returns the sentence "did you mean `…`?" if a name is similar to `word`.
    pub fn did_you_mean(&self, word: &str) -> Option<String> {
        self.nearest(word).map(|name| format!("did you mean `{name}`?"))
    }
}

fn around(at: usize, length: usize) -> std::ops::Range<usize> {
    at.saturating_sub(AROUND)..(at + AROUND).min(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_anywhere_in_a_name_is_seen_through_among_few_and_many() {
        for count in [20, 5000] {
            let names: Vec<String> =
                (0..count).map(|n| format!("{}-statement-{}", ["kaz", "fra"][n % 2], n * 7)).collect();
            let known = Known::new(names.iter().map(String::as_str).chain(["orbital-debris", "Verification"]));
            for (word, expect) in [
                ("orbital-debrs", Some("orbital-debris")),
                ("rbital-debris", Some("orbital-debris")),
                ("orbitla-debris", Some("orbital-debris")),
                ("Orbital-debris", Some("orbital-debris")),
                ("orbital", Some("orbital-debris")),
                ("verificaton", Some("Verification")),
                ("kax-statement-0", Some("kaz-statement-0")),
                ("nothing-of-the-kind", None),
                ("", None),
            ] {
                assert_eq!(known.nearest(word), expect, "{word} among {count}");
            }
        }
    }
}
