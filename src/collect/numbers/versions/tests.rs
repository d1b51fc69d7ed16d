//! Language versions share numbers, and no number means two things.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::super::tests::{align, said};
use super::*;
use crate::compare::align::in_three_languages::{AR, EN, FR, body};
use crate::read::lock::Lock;

/// Numbers a version as `main`, whose numbers were kept as it stood in `before`.
fn numbered(before: &[&str], main: &[&str], version: &[&str]) -> Numbers {
    let (before, main, version) = (body(before), body(main), body(version));
    let lock = Numbers::default().lock(&Lock::default(), &before);
    let [main_numbers, shared] =
        of_versions(&[(&main, &lock), (&version, &Lock::default())], &lock.lines).try_into().unwrap();
    check(&Version { body: &main, numbers: &main_numbers }, &shared, &version);
    shared
}

/// Checks that a lock of these numbers restores them and that each leads to a paragraph.
fn check(main: &Version<'_>, numbers: &Numbers, body: &Body) {
    let lock = numbers.lock(&Lock::default(), body);
    assert_eq!(align(&lock, body), *numbers);
    assert_eq!(numbers.lock(&lock, body), lock, "to lock again changes nothing");
    assert_eq!(numbers.changes(&lock, body), None);
    let mut seen = BTreeSet::new();
    for line in &lock.lines {
        assert!(numbers.find(&line.number, body.paragraphs.len()).is_some(), "{line:?} is nowhere");
        assert!(seen.insert(line.number.clone()), "{line:?} is given twice");
        let is_known = main.numbers.find(&line.number, main.body.paragraphs.len()).is_some();
        assert!(is_known || !is_counted(&line.number), "{line:?} counts what the main version does not have");
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

/// What two versions say: the paragraphs of each, each of one or several sentences; the same number is the same sentence
/// in both languages. And how often each sentence was revised.
#[derive(Clone, Default)]
struct Texts {
    paragraphs: [Vec<Vec<usize>>; 2],
    revised: [BTreeMap<usize, usize>; 2],
    sentences: usize,
}

/// One change of a version, with numbers that choose where.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Insert(usize, usize),
    /// Inserts a sentence of the other version at its place there.
    Translate(usize),
    Delete(usize, usize),
    Merge(usize, usize),
    Split(usize, usize),
    Move(usize, usize, usize),
    Revise(usize, usize),
    Lock,
    /// Each version is locked on a branch where the other is as it was.
    LockApart,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let (of, at) = (0..2_usize, 0..1000_usize);
    let edit = prop_oneof![
        4 => (of.clone(), at.clone()).prop_map(|(of, at)| Edit::Insert(of, at)),
        4 => of.clone().prop_map(Edit::Translate),
        2 => (of.clone(), at.clone()).prop_map(|(of, at)| Edit::Delete(of, at)),
        1 => (of.clone(), at.clone()).prop_map(|(of, at)| Edit::Merge(of, at)),
        1 => (of.clone(), at.clone()).prop_map(|(of, at)| Edit::Split(of, at)),
        1 => (of.clone(), at.clone(), at.clone()).prop_map(|(of, at, to)| Edit::Move(of, at, to)),
        2 => (of, at).prop_map(|(of, at)| Edit::Revise(of, at)),
        3 => Just(Edit::Lock),
        1 => Just(Edit::LockApart),
    ];
    prop::collection::vec(edit, 1..20)
}

impl Texts {
    fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Insert(of, at) => {
                self.sentences += 1;
                let at = at % (self.paragraphs[of].len() + 1);
                self.paragraphs[of].insert(at, vec![self.sentences]);
            }
            Edit::Translate(of) => {
                let (text, other) = (self.paragraphs[of].concat(), self.paragraphs[1 - of].concat());
                if let Some(at) = other.iter().position(|sentence| !text.contains(sentence)) {
                    let holds = |paragraph: &Vec<usize>| at > 0 && paragraph.contains(&other[at - 1]);
                    let place = self.paragraphs[of].iter().position(holds).map_or(0, |before| before + 1);
                    self.paragraphs[of].insert(place, vec![other[at]]);
                }
            }
            Edit::Delete(of, at) if self.paragraphs[of].len() > 1 => {
                let at = at % self.paragraphs[of].len();
                self.paragraphs[of].remove(at);
            }
            Edit::Merge(of, at) if self.paragraphs[of].len() > 1 => {
                let at = at % (self.paragraphs[of].len() - 1);
                let next = self.paragraphs[of].remove(at + 1);
                self.paragraphs[of][at].extend(next);
            }
            Edit::Split(of, at) => {
                let text = &mut self.paragraphs[of];
                let at = at % text.len();
                if text[at].len() > 1 {
                    let rest = text[at].split_off(1);
                    text.insert(at + 1, rest);
                }
            }
            Edit::Move(of, at, to) => {
                let text = &mut self.paragraphs[of];
                let moved = text.remove(at % text.len());
                text.insert(to % (text.len() + 1), moved);
            }
            Edit::Revise(of, at) => {
                let at = at % self.paragraphs[of].len();
                for sentence in &self.paragraphs[of][at] {
                    *self.revised[of].entry(*sentence).or_default() += 1;
                }
            }
            _ => {}
        }
    }

    /// Writes a version. Figures are the same in both languages.
    fn body(&self, of: usize) -> Body {
        let sentence = |sentence: &usize| {
            let revised = self.revised[of].get(sentence).copied().unwrap_or_default();
            let word = |n: usize| {
                let latest = (1..=revised).rev().find(|revision| (n + revision).is_multiple_of(5)).unwrap_or_default();
                format!("{}x{}x{}x{}", ["en", "fr"][of], letters(*sentence), letters(n), letters(latest))
            };
            let words: Vec<String> = (0..12 + sentence * 7 % 20).map(word).collect();
            format!("{} {} {}", words.join(" "), 5000 + sentence * 2, 5001 + sentence * 2)
        };
        let paragraph = |sentences: &Vec<usize>| sentences.iter().map(sentence).collect::<Vec<_>>().join(" ");
        let paragraphs: Vec<String> = self.paragraphs[of].iter().map(paragraph).collect();
        body(&paragraphs.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn bodies(&self) -> [Body; 2] {
        [self.body(0), self.body(1)]
    }

    /// Returns the sentences under each number of a version.
    fn meant(&self, of: usize, numbers: &Numbers) -> BTreeMap<String, BTreeSet<usize>> {
        let paragraphs = self.paragraphs[of].iter().enumerate();
        paragraphs.map(|(at, said)| (numbers.of(at as u32).into_owned(), said.iter().copied().collect())).collect()
    }
}

fn number(bodies: &[Body; 2], locks: &[Lock; 2]) -> [Numbers; 2] {
    let texts = [(&bodies[0], &locks[0]), (&bodies[1], &locks[1])];
    of_versions(&texts, locks.iter().flat_map(|lock| &lock.lines)).try_into().unwrap()
}

/// Edits two versions, and checks whenever they are locked that a number that is new in one of them means the same in
/// both, that no number is given again, and that a number that came to mean two things is reported.
fn edited(edits: &[Edit]) {
    let mut texts = Texts { sentences: 5, ..Texts::default() };
    texts.paragraphs = [1, 0].map(|missing| (1 + missing..6).map(|sentence| vec![sentence]).collect());
    let mut published = texts.clone();
    let mut locks = [Lock::default(), Lock::default()];
    let mut meanings: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let mut before: [BTreeSet<String>; 2] = Default::default();
    for edit in std::iter::once(&Edit::Lock).chain(edits).chain([&Edit::Lock]) {
        texts.apply(*edit);
        if !matches!(edit, Edit::Lock | Edit::LockApart) {
            continue;
        }
        let (bodies, old) = (texts.bodies(), published.bodies());
        let is_apart = matches!(edit, Edit::LockApart);
        let numbers = if is_apart {
            let [one, other] = bodies.clone();
            let [old_one, old_other] = old;
            let [one, _] = number(&[one, old_other], &locks);
            let [_, other] = number(&[old_one, other], &locks);
            [one, other]
        } else {
            number(&bodies, &locks)
        };
        locks = [0, 1].map(|of| numbers[of].lock(&locks[of], &bodies[of]));
        let versions = [0, 1].map(|of| Version { body: &bodies[of], numbers: &numbers[of] });
        let reported = unlike(versions[0], versions[1]);
        let meant = [0, 1].map(|of| texts.meant(of, &numbers[of]));
        for (number, said) in &meant[0] {
            let Some(other) = meant[1].get(number).filter(|other| other.is_disjoint(said)) else { continue };
            assert!(
                reported.iter().any(|reported| *reported.number == **number),
                "{number} is {said:?} and {other:?}, and is not reported: {edits:?}"
            );
            let is_new = before.iter().any(|before| !before.contains(number));
            assert!(is_apart || !is_new, "{number} is given to {said:?} and {other:?}: {edits:?}");
        }
        // What a number means in the version that had it already, it means in the other as well.
        let all = || [0, 1].into_iter().flat_map(|of| meant[of].iter().map(move |(number, said)| (of, number, said)));
        let (known, new): (Vec<_>, Vec<_>) = all().partition(|(of, number, _)| before[*of].contains(*number));
        for (_, number, said) in known.into_iter().chain(new) {
            let meaning = meanings.entry(number.clone()).or_default();
            let is_again = !meaning.is_empty() && meaning.is_disjoint(said);
            assert!(is_apart || !is_again, "{number} was {meaning:?} and is {said:?}: {edits:?}");
            meaning.extend(said);
        }
        for of in [0, 1] {
            before[of].extend(locks[of].lines.iter().map(|line| line.number.to_string()));
        }
        published = texts.clone();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_number_means_one_thing_in_all_versions(edits in edits()) {
        edited(&edits);
    }
}
