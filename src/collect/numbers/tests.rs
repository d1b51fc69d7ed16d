//! Numbers stay with their words, in rows of cases and by chance.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::*;
use crate::compare::align::in_three_languages::body;
use crate::read::body::Body;
use crate::read::lock::{Lock, State};
use crate::read::numbers::{NumberTarget, Numbers};

/// Numbers a text without other versions.
pub(super) fn align(lock: &Lock, body: &Body) -> Numbers {
    of_versions(&[(body, lock)], &lock.lines).remove(0)
}

fn locked(paragraphs: &[&str]) -> Lock {
    Numbers::default().lock(&Lock::default(), &body(paragraphs))
}

/// Writes numbers as an editor would say them: `1 2+3 [4] 5`, where 3 is in 2 and 4 is gone.
pub(super) fn said(numbers: &Numbers, count: usize) -> String {
    let mut said = Vec::new();
    for at in 0..=count as u32 {
        said.extend(numbers.gone().iter().filter(|(before, _)| *before == at).map(|(_, number)| format!("[{number}]")));
        if (at as usize) < count {
            let also: String = numbers.also(at).map(|also| format!("+{also}")).collect();
            said.push(format!("{}{also}", numbers.of(at)));
        }
    }
    said.join(" ")
}

const A: &str = "We thank the Secretariat for the report on the work of the model conference.";
const B: &str = "The placement of weapons in outer space would endanger every state that depends on satellites. It would also end the trust between those who explore it together.";
const C: &str = "My delegation therefore supports the opening of negotiations on a treaty without further delay.";
const D: &str = "In closing, we pledge our full cooperation to the chair and to all delegations in this room.";
const NEW: &str = "A registry of launches that all may consult would build confidence at little cost.";

#[test]
fn numbers_stay_with_their_words() {
    let before = locked(&[A, B, C, D]);
    let (b1, b2) = B.split_once(". ").unwrap();
    let edited = B.replace("endanger every state", "put at risk all states");
    let joined = format!("{B} {C}");
    for (now, expect) in [
        (vec![A, B, C, D], "1 2 3 4"),
        (vec![A, NEW, B, C, D], "1 1a 2 3 4"),
        (vec![NEW, A, B, C, D], "0a 1 2 3 4"),
        (vec![A, B, NEW, &edited, C, D], "1 2 2a 2b 3 4"),
        (vec![A, &edited, C, D], "1 2 3 4"),
        (vec![A, C, D], "1 [2] 3 4"),
        (vec![A, B, C], "1 2 3 [4]"),
        (vec![B, C, D], "[1] 2 3 4"),
        (vec![A, b1, b2, C, D], "1 2 2a 3 4"),
        (vec![A, &joined, D], "1 2+3 4"),
        (vec![D, A, B, C], "4 1 2 3"),
        (vec![A, NEW, C, D], "1 [2] 2a 3 4"),
        (vec![], "[1] [2] [3] [4]"),
    ] {
        let body = body(&now);
        assert_eq!(said(&align(&before, &body), now.len()), expect, "{now:?}");
    }
}

#[test]
fn small_words_in_a_long_paragraph_are_no_home() {
    let gone = "Meanwhile the tragedy of the hill towns drags on, amid a kind of weary indifference on the side of those who \
                could help end it.";
    let put_in = "We welcome the attempts to reach an understanding at the meeting in the capital, and we thank the King for \
                  his efforts to ease tension in our continent. The Secretary of the League was sent there on a long \
                  mission, with the consent of both parties, and a report of what he saw has been before us since the \
                  spring. On the whole it gives hope: the roads are open, the side that had left the talks is back, and \
                  those who fled can begin to think of going home, to help rebuild what was lost and to end it.";
    let numbers = align(&locked(&[A, gone, B]), &body(&[A, put_in, B]));
    assert_eq!(said(&numbers, 3), "1 [2] 2a 3");
}

#[test]
fn small_words_here_and_there_are_no_home() {
    let gone = "At the same time, the tragedy of the hill towns drags on amid a kind of general indifference on the part of \
                the international community.";
    let rest = [
        "It is on the part of the rich that we see most caution when a fund for drought is asked for.",
        "Rivers and roads can be shared, and at the same time a border can be kept: our treaty with Ostria says how.",
        "No trial was held in the capital; nobody wrote what kind of general had signed such orders.",
        "Next spring we shall ask the international community for seed, ploughs, wells and teachers.",
    ];
    let before: Vec<&str> = [A, gone].into_iter().chain(rest).collect();
    let now: Vec<&str> = rest.into_iter().rev().chain([A]).collect();
    let numbers = align(&locked(&before), &body(&now));
    assert_eq!(numbers.find("2", now.len()), Some(NumberTarget::Stub), "{}", said(&numbers, now.len()));
}

/// Lines as they are printed above a speech, and a speech that says some of their words.
const HEAD: [&str; 6] = [
    "ARVENIA",
    "PERMANENT MISSION OF THE REPUBLIC OF ARVENIA TO THE LEAGUE OF NATIONS IN THE CAPITAL",
    "12 Harbour Street, 3rd floor, tel. 555 0100, fax 555 0101, mission@arvenia.example",
    "STATEMENT BY",
    "H.E. Ms. Ilsabet Harrow, Permanent Representative of the Republic of Arvenia to the League of Nations",
    "4 June 2024",
];
const GREETING: &str = "Allow me to congratulate you, on behalf of the Government of the Republic of Arvenia, on your \
    election, and to thank the Secretary of the League of Nations and all who prepared this session in the capital.";

#[test]
fn lines_that_are_taken_out_leave_one_place_where_they_were_and_join_nothing() {
    let full: Vec<&str> = HEAD.into_iter().chain(["Mr. President,", GREETING, "Mr. President,", B, C]).collect();
    let lock = locked(&full);
    let now = &full[HEAD.len()..];
    let numbers = align(&lock, &body(now));
    let expect = "[1] [2] [3] [4] [5] [6] 7 8 9 10 11";
    assert_eq!(said(&numbers, now.len()), expect);
    // Also where a paragraph that has words in common with them is edited as well.
    let edited = format!("{GREETING} I thank you all.");
    let edited = ["Mr. President,", &edited, "Mr. President,", B, C];
    assert_eq!(said(&align(&lock, &body(&edited)), edited.len()), expect);
    // A lock that an earlier version wrote wrongly corrects itself.
    let mut wrong = lock.clone();
    wrong.lines.rotate_left(2);
    wrong
        .lines
        .iter_mut()
        .filter(|line| line.number.parse::<u32>().unwrap() < 7)
        .for_each(|line| line.state = State::Gone);
    let joined = wrong.lines.iter_mut().find(|line| &*line.number == "2").unwrap();
    joined.state = State::In("8".into());
    let numbers = align(&wrong, &body(now));
    assert!(numbers.also(1).next().is_none(), "{}", said(&numbers, now.len()));
    assert_eq!(numbers.find("2", now.len()), Some(NumberTarget::Stub));
}

#[test]
fn a_place_is_not_moved_with_the_paragraph_before_it() {
    let lock = locked(&[A, B, C, D, NEW]);
    for (now, expect) in [
        // A was moved to the end; what stood after it was before C.
        (vec![C, D, NEW, A], "[2] 3 4 5 1"),
        (vec![B, D, NEW, A], "2 [3] 4 5 1"),
    ] {
        assert_eq!(said(&align(&lock, &body(&now)), now.len()), expect, "{now:?}");
    }
}

#[test]
fn words_join_a_paragraph_only_if_they_came_into_it() {
    let thanks = "We thank the Chair and the Secretariat for the care with which this meeting was prepared.";
    let long = format!("{thanks} {B}");
    let lock = locked(&[thanks, &long, C]);
    let edited = format!("{long} That is all.");
    assert_eq!(said(&align(&lock, &body(&[&edited, C])), 2), "[1] 2 3");
    let joined = format!("{B} {thanks}");
    assert_eq!(said(&align(&locked(&[thanks, B, C]), &body(&[&joined, C])), 2), "2+1 3");
}

#[test]
fn of_two_nearly_equal_paragraphs_that_are_joined_both_are_found() {
    let other = C.replace("treaty", "convention");
    let joined = format!("{C} {other}");
    assert_eq!(said(&align(&locked(&[A, C, &other, D]), &body(&[A, &joined, D])), 3), "1 2+3 4");
    // Two that are equal, and three.
    assert_eq!(said(&align(&locked(&[A, C, C, D]), &body(&[A, &format!("{C} {C}"), D])), 3), "1 2+3 4");
    let three = format!("{C} {other} {}", C.replace("further", "any"));
    let lock = locked(&[A, C, &other, &C.replace("further", "any"), D]);
    let numbers = align(&lock, &body(&[A, &three, D]));
    assert!(
        ["2", "3", "4"].iter().all(|number| numbers.find(number, 3) == Some(NumberTarget::Paragraph(1))),
        "{numbers:?}"
    );
    // One that was only taken out is in none.
    assert_eq!(said(&align(&locked(&[A, C, &other, D]), &body(&[A, C, D])), 3), "1 2 [3] 4");
    let edited = C.replace("My delegation", "This delegation");
    assert_eq!(said(&align(&locked(&[A, C, &other, D]), &body(&[A, &edited, D])), 3), "1 2 [3] 4");
}

#[test]
fn what_was_cut_up_and_put_elsewhere_is_found() {
    let all = [B, C, D].join(" ");
    let words: Vec<&str> = all.split(' ').collect();
    let parts: Vec<String> = words.chunks(words.len().div_ceil(6)).map(|part| part.join(" ")).collect();
    let now: Vec<&str> = [A].into_iter().chain(parts.iter().rev().map(String::as_str)).chain([NEW]).collect();
    let numbers = align(&locked(&[&all, NEW, A]), &body(&now));
    assert_eq!(numbers.find("1", now.len()), Some(NumberTarget::Paragraph(6)), "{}", said(&numbers, now.len()));
}

#[test]
fn no_number_is_used_again() {
    let mut lock = locked(&[A, B, C]);
    for (now, expect) in [
        (vec![A, NEW, B, C], "1 1a 2 3"),
        (vec![A, B, C], "1 [1a] 2 3"),
        (vec![A, D, B, C], "1 [1a] 1b 2 3"),
        (vec![A, D, NEW, B, C], "1 1b 1a 2 3"),
        (vec![A, D, NEW, C], "1 1b 1a [2] 3"),
    ] {
        let body = body(&now);
        let numbers = align(&lock, &body);
        assert_eq!(said(&numbers, now.len()), expect);
        lock = numbers.lock(&lock, &body);
        assert_eq!(align(&lock, &body), numbers, "what is locked stays as it is");
        assert_eq!(numbers.changes(&lock, &body), None);
    }
}

#[test]
fn two_that_gave_one_number_are_distinguished() {
    let mut lock = locked(&[A, B]);
    let ours = align(&lock, &body(&[A, C, B])).lock(&lock, &body(&[A, C, B]));
    let theirs = align(&lock, &body(&[A, D, B])).lock(&lock, &body(&[A, D, B]));
    lock.lines = ours.lines.into_iter().chain(theirs.lines.into_iter().filter(|line| &*line.number == "1a")).collect();
    let merged = body(&[A, C, D, B]);
    assert_eq!(said(&align(&lock, &merged), 4), "1 1a 1b 2");
}

#[test]
fn what_a_lock_does_not_have_is_said() {
    let lock = locked(&[A, B, C, D]);
    let joined = format!("{A} {B}");
    let changes = |now: &[&str]| align(&lock, &body(now)).changes(&lock, &body(now));
    assert_eq!(changes(&[A, B, C, D]), None);
    assert_eq!(changes(&[A, NEW, B, C]).unwrap(), "paragraph 1a is new; #p4 is no longer in the text");
    assert_eq!(changes(&[&joined, D]).unwrap(), "#p3 is no longer in the text; #p1 is part of another paragraph now");
}

#[test]
fn numbers_lead_to_paragraphs_and_stubs() {
    let joined = format!("{A} {B}");
    let numbers = align(&locked(&[A, B, C, D]), &body(&[&joined, NEW, D]));
    assert_eq!(said(&numbers, 3), "2+1 [3] 3a 4");
    for (number, expect) in [
        ("1", Some(NumberTarget::Paragraph(0))),
        ("2", Some(NumberTarget::Paragraph(0))),
        ("3a", Some(NumberTarget::Paragraph(1))),
        ("3", Some(NumberTarget::Stub)),
        ("5", None),
    ] {
        assert_eq!(numbers.find(number, 3), expect, "{number}");
    }
    let counted = Numbers::default();
    assert_eq!((counted.find("3", 3), counted.find("4", 3)), (Some(NumberTarget::Paragraph(2)), None));
    assert_eq!((counted.find("03", 3), counted.find("0", 3)), (None, None));
}

/// One change of a text, with numbers that choose where.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Replace(usize, usize),
    Insert(usize),
    Delete(usize),
    Split(usize, usize),
    Merge(usize),
    Move(usize, usize),
    Lock,
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let n = 0..1000_usize;
    let edit = prop_oneof![
        4 => (n.clone(), 1..5_usize).prop_map(|(at, tenths)| Edit::Replace(at, tenths)),
        2 => n.clone().prop_map(Edit::Insert),
        2 => n.clone().prop_map(Edit::Delete),
        2 => (n.clone(), n.clone()).prop_map(|(at, word)| Edit::Split(at, word)),
        2 => n.clone().prop_map(Edit::Merge),
        1 => (n.clone(), n.clone()).prop_map(|(at, to)| Edit::Move(at, to)),
        1 => Just(Edit::Lock),
    ];
    prop::collection::vec(edit, 1..12)
}

/// A word, and the locked paragraph that it is of, if of one.
type Word = (String, Option<usize>);
type Text = Vec<Vec<Word>>;

/// Makes one change; new words are such as no text has.
fn apply(text: &mut Text, edit: Edit, step: usize) {
    let count = text.len();
    let fresh = |n: usize| (format!("fresh{step}x{n}"), None);
    match edit {
        Edit::Insert(at) => text.insert(at % (count + 1), (0..12).map(fresh).collect()),
        Edit::Replace(at, tenths) => {
            let words = text[at % count].iter_mut().enumerate();
            words.filter(|(n, _)| (n * 7 + at) % 10 < tenths).for_each(|(n, word)| *word = fresh(n));
        }
        Edit::Split(at, word) if text[at % count].len() > 1 => {
            let at = at % count;
            let rest = 1 + word % (text[at].len() - 1);
            let rest = text[at].split_off(rest);
            text.insert(at + 1, rest);
        }
        Edit::Delete(at) if count > 1 => drop(text.remove(at % count)),
        Edit::Merge(at) if count > 1 => {
            let at = at % (count - 1);
            let next = text.remove(at + 1);
            text[at].extend(next);
        }
        Edit::Move(at, to) if count > 1 => {
            let moved = text.remove(at % count);
            text.insert(to % count, moved);
        }
        _ => {}
    }
}

fn body_of(text: &Text) -> Body {
    let paragraph = |words: &Vec<Word>| words.iter().map(|(word, _)| word.as_str()).collect::<Vec<_>>().join(" ");
    let paragraphs: Vec<String> = text.iter().map(paragraph).collect();
    body(&paragraphs.iter().map(String::as_str).collect::<Vec<_>>())
}

#[expect(clippy::disallowed_methods, reason = "real texts, which the repository does not have, are named from outside")]
/// The founding text, which was said; or all texts of a folder that `NUMBERS_TEXTS` names, to try many.
fn texts() -> Vec<Text> {
    let folder =
        std::env::var("NUMBERS_TEXTS").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/seeds").into());
    let read = |file: std::path::PathBuf| {
        let text = std::fs::read_to_string(file).unwrap();
        let plain = |word: &str| word.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        let paragraph =
            |line: &str| line.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect::<Vec<_>>();
        let paragraphs = text.lines().map(paragraph).filter(|words| words.len() > 5);
        paragraphs.map(|words| words.into_iter().map(|word| (word, None)).collect()).collect()
    };
    std::fs::read_dir(folder).unwrap().map(|entry| read(entry.unwrap().path())).collect()
}

/// Edits a text, and checks after each change that every locked number leads to its words while half of them are there.
fn check(mut text: Text, edits: &[Edit]) {
    let mut lock = Lock::default();
    let mut sizes: BTreeMap<usize, (String, usize)> = BTreeMap::new();
    for (step, edit) in std::iter::once(&Edit::Lock).chain(edits).enumerate() {
        apply(&mut text, *edit, step);
        let body = body_of(&text);
        assert_eq!(body.paragraphs.len(), text.len());
        let numbers = align(&lock, &body);
        for line in &lock.lines {
            assert!(
                numbers.find(&line.number, text.len()).is_some() || line.state != State::Live,
                "{line:?} is nowhere"
            );
        }
        for (at, (number, size)) in &sizes {
            let of = |paragraph: &Vec<Word>| paragraph.iter().filter(|(_, of)| *of == Some(*at)).count();
            let found = numbers.find(number, text.len()).expect("no number is lost");
            let all = text.iter().map(of).sum::<usize>();
            match found {
                // Of fewer words, torn apart and edited, too little is left together to tell it from chance.
                _ if *size < 20 => {}
                NumberTarget::Stub => {
                    assert!(all * 2 < *size, "{number} has {all} of its {size} words and is a stub: {edits:?}")
                }
                NumberTarget::Paragraph(home) => {
                    let here = of(&text[home as usize]);
                    assert!(here * 10 >= *size, "{number} leads to {here} of its {size} words: {edits:?}");
                }
            }
        }
        if matches!(edit, Edit::Lock) {
            lock = numbers.lock(&lock, &body);
            let numbered = |(at, words): (usize, &mut Vec<Word>)| {
                for word in words.iter_mut() {
                    word.1 = Some(at);
                }
                (at, (numbers.of(at as u32).into_owned(), words.len()))
            };
            sizes = text.iter_mut().enumerate().map(numbered).collect();
            assert_eq!(align(&lock, &body), numbers, "what is locked stays as it is");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_lead_to_their_words_whatever_is_edited(edits in edits()) {
        for text in texts() {
            check(text, &edits);
        }
    }
}
