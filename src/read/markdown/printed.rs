//! The numbers that a text prints before its paragraphs -> labels, where they are the text's own numbering.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Reader;
use crate::read::body::{Element, Node, Paragraph, Printed};
use crate::read::numbering::{Candidate, Numbering, Role, roles};

/// An item of an ordered list at the top of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    list: u32,
    /// What Markdown counts.
    counted: u32,
    /// What is written, which is what was printed.
    written: u32,
}

impl Item {
    /// Notes the item that is counted as this one and begins this source.
    pub(super) fn new(list: u32, counted: u32, source: &str) -> Item {
        let source = source.trim_start();
        let digits = source.bytes().take_while(u8::is_ascii_digit).count();
        Item { list, counted, written: source[..digits].parse().unwrap_or(counted) }
    }
}

/// A number before a paragraph, whoever's it is.
struct Found {
    paragraph: usize,
    digits: Box<str>,
    words: Range<u32>,
    candidate: Candidate,
}

/// The paragraphs of a text as far as their numbers go.
struct Numbers {
    found: Vec<Found>,
    /// Those that could have a number: no quotation and no point of a list.
    eligible: BTreeSet<usize>,
    /// Those of them that are a line such as "Mr. President,".
    salutations: BTreeSet<usize>,
}

/// Digits of a number that is taken for a paragraph's: four are a year, unless front matter settles it.
const DIGITS: usize = 3;

/// Numbers that are more than the points of a plan, if other paragraphs stand between them.
const MANY: usize = 8;

/// Bytes of the longest line that is taken for a salutation, or for a heading.
const SHORT: u32 = 60;

impl Reader<'_> {
    /// Keeps the printed numbers if they are the text's own, and says whether they are its labels.
    pub(super) fn keep_printed_numbers(&mut self, numbering: Option<Numbering>) -> bool {
        let is_settled = numbering == Some(Numbering::Printed);
        let Numbers { found, mut eligible, salutations } =
            self.numbers_before_paragraphs(if is_settled { 4 } else { DIGITS });
        let candidates: Vec<Candidate> = found.iter().map(|found| found.candidate).collect();
        let roles = roles(&candidates);
        for (found, _) in found.iter().zip(&roles).filter(|(_, role)| **role == Role::Point) {
            eligible.remove(&found.paragraph);
        }
        let labelled: Vec<&Found> = found
            .iter()
            .zip(&roles)
            .filter(|(_, role)| matches!(role, Role::Label(_)))
            .map(|(found, _)| found)
            .collect();
        let is_own = is_own(&labelled, &eligible, &salutations);
        let labelled = labelled.len();
        if !(is_own || is_settled && labelled > 0) {
            return false;
        }
        let is_counted = numbering == Some(Numbering::Counted);
        for (found, role) in found.into_iter().zip(roles).filter(|(_, role)| *role != Role::Point) {
            let Found { paragraph, digits, words, candidate } = found;
            let paragraph = &mut self.paragraphs[paragraph];
            // No page that shows the paragraph's words begins with its number.
            if !words.is_empty() {
                paragraph.text.start = words.end;
            }
            let series = match role {
                Role::Label(series) if !is_counted => Some(series),
                _ => None,
            };
            paragraph.printed = Some(Printed { digits, value: candidate.value, words, series });
        }
        !is_counted
    }

    /// Finds the numbers before paragraphs, in the words or as those of a list.
    fn numbers_before_paragraphs(&self, most: usize) -> Numbers {
        let mut numbers = Numbers { found: Vec::new(), eligible: BTreeSet::new(), salutations: BTreeSet::new() };
        let items = self.items_as_written();
        let (mut in_items, mut after_break) = (0_usize, false);
        let mut before: Option<&Paragraph> = None;
        for (at, node) in self.nodes.iter().enumerate() {
            let is_listed = in_items > 0;
            match node {
                Node::Open(Element::Item(_)) => in_items += 1,
                Node::Close(Element::Item(_)) => in_items -= 1,
                Node::Open(Element::Heading(_)) | Node::Rule => after_break = true,
                _ => {}
            }
            let Node::Open(Element::Paragraph(index) | Element::Item(Some(index))) = *node else { continue };
            let paragraph = &self.paragraphs[index as usize];
            let prefix = match items.get(&index) {
                Some(written) => Some((written.to_string().into(), *written, 0..0)),
                None if is_listed || matches!(node, Node::Open(Element::Item(_))) || paragraph.is_quoted => None,
                None => self.prefix(paragraph, at, most),
            };
            let line = &self.text[paragraph.text.start as usize..paragraph.text.end as usize];
            if let Some((digits, value, words)) = prefix {
                let of = |before: &Paragraph| &self.text[before.text.start as usize..before.text.end as usize];
                let after_colon = before.is_some_and(|before| of(before).ends_with([':', '：', ';']));
                let candidate = Candidate { value, after_break: std::mem::take(&mut after_break), after_colon };
                numbers.found.push(Found { paragraph: index as usize, digits, words, candidate });
                numbers.eligible.insert(index as usize);
            } else if !is_listed && in_items == 0 && !paragraph.is_quoted {
                let is_short = line.len() as u32 <= SHORT;
                after_break |= is_short && line.ends_with(char::is_alphanumeric);
                numbers.eligible.insert(index as usize);
                if is_short && line.ends_with([',', ':', '،', '，']) {
                    numbers.salutations.insert(index as usize);
                }
            }
            before = Some(paragraph);
        }
        numbers
    }

    /// Returns the numbers of items by their paragraphs. Who writes `1.` before each item leaves the counting to Markdown.
    fn items_as_written(&self) -> BTreeMap<u32, u32> {
        let mut lists: BTreeMap<u32, Vec<(u32, Item)>> = BTreeMap::new();
        for (paragraph, item) in &self.numbered {
            lists.entry(item.list).or_default().push((*paragraph, *item));
        }
        let numbers = lists.into_values().flat_map(|items| {
            let is_counted = items.iter().all(|(_, item)| item.written == items[0].1.written);
            items
                .into_iter()
                .map(move |(paragraph, item)| (paragraph, if is_counted { item.counted } else { item.written }))
        });
        numbers.collect()
    }

    /// Returns the number in the words with which a paragraph begins, if nothing but emphasis is around it; `at` is the node
    /// that opens it.
    fn prefix(&self, paragraph: &Paragraph, at: usize, most: usize) -> Option<(Box<str>, u32, Range<u32>)> {
        let text = &self.text[paragraph.text.start as usize..paragraph.text.end as usize];
        let Prefix { digits, value, is_marked, end } = Prefix::of(text, most)?;
        let end = paragraph.text.start + end as u32;
        let is_emphasis = |element: &Element| {
            matches!(element, Element::Emphasis | Element::Strong | Element::Strikethrough | Element::PlainParagraph)
        };
        let mut is_alone_in_emphasis = false;
        for (step, node) in self.nodes[at + 1..].iter().enumerate() {
            match node {
                Node::Open(element) | Node::Close(element) if is_emphasis(element) => {}
                Node::SoftBreak | Node::HardBreak => {}
                Node::Text(from, until) => {
                    let words = self.text[*from as usize..*until as usize].trim();
                    is_alone_in_emphasis |= step > 0 && words.len() <= digits.len() + 2 && *until <= end;
                    if *until >= end {
                        break;
                    }
                }
                // A link or a footnote's mark is more than a number.
                _ => return None,
            }
        }
        (is_marked || is_alone_in_emphasis).then_some((digits, value, paragraph.text.start..end))
    }
}

/// Says whether numbers are those of a text's paragraphs: two thirds of these have one. A list of three points in a long
/// speech is a list, not a numbering. Where other paragraphs stand between the numbers, they are no list, so that
/// salutations do not count. A third is enough, for scans tear paragraphs apart, where so many are spread over the text, or
/// where they begin later than at 1, as in a part of a longer record.
fn is_own(labelled: &[&Found], eligible: &BTreeSet<usize>, salutations: &BTreeSet<usize>) -> bool {
    let [first, _, ..] = labelled else { return false };
    let within = first.paragraph..labelled[labelled.len() - 1].paragraph + 1;
    let is_list = eligible.range(within).count() == labelled.len();
    let others = if is_list { 0 } else { salutations.len() };
    let is_later = first.candidate.value > 1 && labelled.len() > 2;
    let part = if is_later || !is_list && labelled.len() >= MANY { 1 } else { 2 };
    labelled.len() * 3 >= (eligible.len() - others) * part
}

/// A number with which words begin.
struct Prefix {
    digits: Box<str>,
    value: u32,
    /// A full stop, a bracket or a wide space after it says that it is no part of a sentence.
    is_marked: bool,
    /// Where the words begin.
    end: usize,
}

impl Prefix {
    fn of(text: &str, most: usize) -> Option<Prefix> {
        let bare = text.trim_start_matches(['(', '[', '（', '§', '¶', '№']).trim_start();
        let is_opened = bare.len() < text.len();
        let count = bare.chars().take_while(|c| digit(*c).is_some()).count();
        if !(1..=most).contains(&count) {
            return None;
        }
        let digits: String = bare.chars().take(count).collect();
        let value = digits.chars().filter_map(digit).fold(0, |value, digit| value * 10 + digit);
        let rest = &bare[digits.len()..];
        let marks = |c: char| matches!(c, '.' | ')' | ']' | '）' | '．' | '、' | '。' | '-' | '–' | '—' | 'ـ' | '°');
        let spaced = rest.strip_prefix(' ').filter(|rest| rest.starts_with(marks)).unwrap_or(rest);
        let words = spaced.trim_start_matches(marks);
        let (is_punctuated, after) = (words.len() < spaced.len(), words.trim_start());
        let gap = words.chars().take_while(|c| c.is_whitespace());
        let is_wide = gap.clone().count() > 1 || gap.clone().any(|c| c == '\t');
        // In scripts without spaces the words follow at once: `３．外层空间`.
        let is_wide_mark = spaced[..spaced.len() - words.len()].ends_with(['．', '、', '）', '。']);
        let is_apart = gap.count() > 0 || is_wide_mark;
        // `5 - 10 per cent` and `1.5 million` are no numbers of paragraphs, nor is one without words.
        if !is_apart || after.is_empty() || is_punctuated && after.starts_with(|c| digit(c).is_some()) {
            return None;
        }
        let end = text.len() - after.len();
        Some(Prefix { digits: digits.into(), value, is_marked: is_punctuated || is_wide || is_opened, end })
    }
}

/// Returns the value of a digit, of whatever script prints numbers before paragraphs.
fn digit(c: char) -> Option<u32> {
    const ZEROS: &[char] = &['0', '٠', '۰', '०', '০', '๐', '０'];
    ZEROS.iter().find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|value| *value < 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_from_the_sentence_that_it_begins() {
        for (text, expect) in [
            ("22. The peoples", Some((22, true, "The peoples"))),
            ("22.\tThe peoples", Some((22, true, "The peoples"))),
            ("(7) We", Some((7, true, "We"))),
            ("[7] We", Some((7, true, "We"))),
            ("7) We", Some((7, true, "We"))),
            ("7.- We", Some((7, true, "We"))),
            ("7 . We", Some((7, true, "We"))),
            ("7 – We", Some((7, true, "We"))),
            ("§ 7 We", Some((7, true, "We"))),
            ("7  We", Some((7, true, "We"))),
            ("٢٢. نحن", Some((22, true, "نحن"))),
            ("３．外层空间", Some((3, true, "外层空间"))),
            ("7 states have", Some((7, false, "states have"))),
            ("1.5 million", None),
            ("5 - 10 per cent", None),
            ("1945. That year", None),
            ("22.", None),
            ("We 7.", None),
        ] {
            let found = Prefix::of(text, DIGITS).map(|found| (found.value, found.is_marked, &text[found.end..]));
            assert_eq!(found, expect, "{text}");
        }
    }
}
