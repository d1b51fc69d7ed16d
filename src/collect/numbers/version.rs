//! A language version and one whose numbers are kept -> the numbers that the first is given when it is locked.
//!
//! Whoever cites paragraph 7 means it in every language. So where versions align they share numbers: what was divided has
//! the number on its first part, what was joined is led to by both, and what the other does not have gets a letter.

use std::collections::BTreeSet;

use super::{Numbers, new_numbers};
use crate::collect::align::{Version, versions};
use crate::read::body::Body;

impl Numbers {
    /// Numbers the paragraphs of a text as `kept`, another language version of it.
    pub fn shared(kept: Version<'_>, body: &Body) -> Numbers {
        let mut own = vec![None; body.paragraphs.len()];
        let mut also = Vec::new();
        for row in versions(kept, Version { body, numbers: Numbers::COUNTED }) {
            let (Some(at), Some(first)) = (row.after.clone().next(), row.before.clone().next()) else { continue };
            own[at] = Some(Box::from(kept.numbers.of(first as u32)));
            let of_row = row.before.flat_map(|of| {
                let own = Some(kept.numbers.of(of as u32)).filter(|_| of != first);
                own.into_iter().chain(kept.numbers.also(of as u32).map(Into::into))
            });
            also.extend(of_row.map(|number| (at as u32, Box::from(number))));
        }
        let numbers = (0..kept.body.paragraphs.len() as u32).map(|at| Box::from(kept.numbers.of(at)));
        let other = kept.numbers.also.iter().chain(&kept.numbers.gone).map(|(_, number)| number.clone());
        let taken: BTreeSet<Box<str>> = numbers.chain(other).collect();
        let new = new_numbers(&own, &[], taken);
        Numbers::new(own.into_iter().zip(new).map(|(own, new)| own.unwrap_or(new)).collect(), also, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::super::tests::{body, said};
    use super::*;
    use crate::collect::align::in_three_languages::{AR, EN, FR};
    use crate::read::lock::Lock;

    /// Numbers a version as `main`, whose numbers were kept as it stood in `before`.
    fn numbered(before: &[&str], main: &[&str], version: &[&str]) -> Numbers {
        let (before, main, version) = (body(before), body(main), body(version));
        let numbers = Numbers::align(&Numbers::default().lock(&Lock::default(), &before), &main);
        let shared = Numbers::shared(Version { body: &main, numbers: &numbers }, &version);
        check(&Version { body: &main, numbers: &numbers }, &shared, &version);
        shared
    }

    /// Checks that a lock of these numbers gives them back, and that each leads to a paragraph that stands for the same.
    fn check(main: &Version<'_>, numbers: &Numbers, body: &Body) {
        let lock = numbers.lock(&Lock::default(), body);
        assert_eq!(Numbers::align(&lock, body), *numbers);
        assert_eq!(numbers.lock(&lock, body), lock, "to lock again changes nothing");
        assert_eq!(numbers.changes(&lock), None);
        let mut seen = BTreeSet::new();
        for line in &lock.lines {
            assert!(numbers.find(&line.number, body.paragraphs.len()).is_some(), "{line:?} is nowhere");
            assert!(seen.insert(line.number.clone()), "{line:?} is given twice");
            let is_plain = line.number.bytes().all(|byte| byte.is_ascii_digit());
            let is_known = main.numbers.find(&line.number, main.body.paragraphs.len()).is_some();
            assert!(is_known || !is_plain, "{line:?} counts what the main version does not have");
        }
    }

    const NEW: &str = "A paragraph that was put in later, when everybody had gone home, about nothing in particular at all, and which names the year 1931.";

    #[test]
    fn versions_share_numbers_where_they_align() {
        let [_, b, c, ..] = EN;
        let (inserted, gone) = ([EN[0], b, NEW, c, EN[3], EN[4]], [EN[0], b, EN[3], EN[4]]);
        let merged = format!("{b} {c}");
        for of in [FR, AR] {
            let (first, second) = of[1].split_once(". ").unwrap();
            let joined = format!("{} {}", of[2], of[3]);
            let wording = format!("{} {}", of[1], of[2]);
            for (main, version, expect) in [
                (&EN[..], &of[..], "1 2 3 4 5"),
                (&EN, &[of[0], first, second, of[2], of[3], of[4]], "1 2 2a 3 4 5"),
                (&EN, &[of[0], of[1], &joined, of[4]], "1 2 3+4 5"),
                (&EN, &[of[0], of[2], of[3], of[4]], "1 3 4 5"),
                (&EN, &[of[0], of[1], of[2], NEW, of[3], of[4]], "1 2 3 3a 4 5"),
                (&inserted, &of, "1 2 3 4 5"),
                (&inserted, &[of[0], first, second, of[2], of[3], of[4]], "1 2 2b 3 4 5"),
                (&gone, &[of[0], of[1], of[3], of[4]], "1 2 4 5"),
                (&[EN[0], &merged, EN[3], EN[4]], &[of[0], &wording, of[3], of[4]], "1 2+3 4 5"),
            ] {
                let numbers = numbered(&EN, main, version);
                assert_eq!(said(&numbers, version.len()), expect, "{main:?} {version:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_number_of_a_version_leads_to_its_paragraph(
            texts in prop::collection::vec(prop::collection::vec("[a-z 0-9]{1,90}", 0..10), 3),
        ) {
            let texts: Vec<Vec<&str>> = texts.iter().map(|text| text.iter().map(String::as_str).collect()).collect();
            numbered(&texts[0], &texts[1], &texts[2]);
        }
    }
}
