//! Names, however many -> the one that a word most likely meant, found without looking at all of them.

use super::{nearest, only_near};

/// Up to so many names all are looked at for every word.
const FEW: usize = 500;
/// Of more, so many on each side of where the word would be, in the order of their letters from the front and from the
/// back. A slip of the pen leaves one of a name's ends as it is, so that the name meant is nearly always among them.
const AROUND: usize = 50;

/// Names that can be meant. What is looked for in one of n is found in steps of log n, so that a site whose every link is
/// broken is checked as fast as one of which none is.
#[derive(Debug)]
pub struct Known {
    /// In lower case, with the name as written; sorted.
    names: Vec<(String, String)>,
    /// In lower case and reversed, with the place among `names`; sorted.
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

    /// Returns the name that `word` most likely meant, as `nearest` does.
    pub fn nearest(&self, word: &str) -> Option<&str> {
        nearest(word, self.candidates(word))
    }

    /// Returns the name that `word` is a slip of, if there is no doubt, as `only_near` does.
    pub fn only_near(&self, word: &str) -> Option<&str> {
        only_near(word, self.candidates(word))
    }

    /// Returns the names that are worth comparing with a word.
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

    /// Returns the sentence "did you mean `…`?" if any name comes near `word`.
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
