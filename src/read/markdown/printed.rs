//! The numbers that a text prints before its paragraphs -> labels, where they are the text's own numbering.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::prefix::{Form, LEVEL, Prefix};
use super::{Problem, Reader, quoted};
use crate::diagnostic::Code;
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

/// A number with which words begin: as printed, its value, where it is written, and its form.
type Before = (Box<str>, u32, Range<u32>, Form);

/// A number before a paragraph, whoever's it is.
struct Found {
    paragraph: usize,
    digits: Box<str>,
    words: Range<u32>,
    form: Form,
    /// It is that of a list's item without blank lines around it.
    is_tight: bool,
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

/// Whose the numbers in quotations are.
#[derive(Default)]
struct Whose {
    /// Those of a quotation, as indices into what was found.
    quoted: BTreeSet<usize>,
    /// Some may be the text's or a quotation's.
    is_doubtful: bool,
}

impl Numbers {
    /// Keeps the numbers of one form, so that `1, 2, 一, 3` are three numbers and a part's, and returns whether this form
    /// can be labels.
    fn keep_one_form(&mut self) -> bool {
        let count = |form: Form| self.found.iter().filter(|found| found.form == form).count();
        // Digits are what the paragraphs of a text are numbered with; other forms are often those of its parts.
        let form = match count(Form::Digits) {
            0 | 1 => Form::ALL.into_iter().rev().max_by_key(|form| count(*form)).unwrap_or(Form::Digits),
            _ => Form::Digits,
        };
        self.found.retain(|found| found.form == form);
        let values: Vec<u32> = self.found.iter().map(|found| found.candidate.value).collect();
        // `V. Smith` and `2.5 million` begin sentences: only numbers that begin at the beginning are taken for some.
        let is_sure = match form {
            Form::Digits => true,
            Form::Han | Form::Circled | Form::Roman => values.starts_with(&[1, 2]),
            Form::Compound => values.len() > 1 && values[0] % LEVEL <= 1 && values.windows(2).all(follow_in_levels),
        };
        if !is_sure {
            self.found.clear();
        }
        form != Form::Compound
    }
}

/// Returns whether the second of two compound numbers is the next: 1.2 or 2.1 after 1.1.
fn follow_in_levels(pair: &[u32]) -> bool {
    pair[1] == pair[0] + 1 || pair[1] / LEVEL == pair[0] / LEVEL + 1 && pair[1] % LEVEL <= 1
}

/// Counts the labels that are not those of a list of points: one after the other, from the beginning, in a list or after a
/// colon.
fn unexplained(labelled: &[&Found], eligible: &BTreeSet<usize>) -> usize {
    let order: BTreeMap<usize, usize> = eligible.iter().enumerate().map(|(order, at)| (*at, order)).collect();
    let is_beside = |one: &&Found, other: &&Found| {
        order.get(&other.paragraph).zip(order.get(&one.paragraph)).is_some_and(|(other, one)| *other == one + 1)
    };
    let blocks = labelled.chunk_by(is_beside);
    let is_list = |block: &&[&Found]| {
        let is_beginning = block[0].candidate.value == 1 && block.len() > 1;
        is_beginning && (block[0].candidate.after_colon || block.iter().all(|found| found.is_tight))
    };
    blocks.filter(|block| !is_list(block)).map(<[_]>::len).sum()
}

/// Where one paragraph of so many has a number that is not explained otherwise, it is reported that the text's are counted.
const LEAST: usize = 10;

/// Where one paragraph of so many has a number, what looks like one begins no sentence.
const USUAL: usize = 4;

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
        let mut numbers = self.numbers_before_paragraphs(if is_settled { 4 } else { DIGITS });
        let is_known = numbers.keep_one_form();
        if numbers.found.is_empty() {
            return false;
        }
        let whose = self.whose_quotations(&mut numbers);
        let Numbers { found, mut eligible, salutations } = numbers;
        let of_text: Vec<usize> = (0..found.len()).filter(|at| !whose.quoted.contains(at)).collect();
        let candidates: Vec<Candidate> = of_text.iter().map(|at| found[*at].candidate).collect();
        let mut every = vec![Role::Point; found.len()];
        for (at, role) in of_text.into_iter().zip(roles(&candidates)) {
            every[at] = role;
        }
        for (found, _) in found.iter().zip(&every).filter(|(_, role)| **role == Role::Point) {
            eligible.remove(&found.paragraph);
        }
        let labelled: Vec<&Found> = found
            .iter()
            .zip(&every)
            .filter(|(_, role)| matches!(role, Role::Label(_)))
            .map(|(found, _)| found)
            .collect();
        let is_own = is_known && is_own(&labelled, &eligible, &salutations) && !whose.is_doubtful;
        let is_printed =
            is_known && numbering != Some(Numbering::Counted) && (is_own || is_settled && !labelled.is_empty());
        let is_share = |many: usize, of: usize| many > 1 && many * of >= eligible.len() - salutations.len();
        let is_open = numbering.is_none() && !is_printed && labelled.len() > 1;
        if is_open && (whose.is_doubtful || is_share(unexplained(&labelled, &eligible), LEAST)) {
            let many = if is_known { labelled.len() } else { found.len() };
            self.tell_unclear(labelled[0].paragraph, many, is_known);
        }
        let is_usual = is_share(labelled.len(), USUAL);
        let value = |at: usize| found.get(at).map(|found: &Found| i64::from(found.candidate.value));
        let follows = |at: usize, other: Option<usize>| {
            let pair = value(at).zip(other.and_then(value));
            pair.is_some_and(|(value, other)| value.abs_diff(other) == 1)
        };
        // A number alone may begin a sentence: `3. Oktober`. Where there are many, or they rise, they do not.
        let rises: Vec<bool> =
            (0..found.len()).map(|at| follows(at, at.checked_sub(1)) || follows(at, Some(at + 1))).collect();
        for (at, (found, role)) in found.into_iter().zip(every).enumerate() {
            let is_of_text =
                (is_own || is_printed) && role != Role::Point || is_usual && matches!(role, Role::Label(_));
            if !is_known || !is_of_text && !rises[at] && !found.words.is_empty() {
                continue;
            }
            let paragraph = &mut self.paragraphs[found.paragraph];
            // No page that shows the paragraph's words begins with its number.
            if !found.words.is_empty() {
                paragraph.text.start = found.words.end;
            }
            let series = match role {
                Role::Label(series) if is_printed => Some(series),
                _ => None,
            };
            let Found { digits, words, candidate, .. } = found;
            paragraph.printed = Some(Printed { digits, value: candidate.value, words, series });
        }
        is_printed
    }

    /// Reports that it is not clear whose the numbers before so many paragraphs are; this one is the first.
    fn tell_unclear(&mut self, first: usize, many: usize, is_known: bool) {
        let of = self.paragraphs.len();
        let message = format!(
            "{many} of {of} paragraphs begin with a number, and it is not clear whether these are the text's own numbers: \
             its paragraphs are counted instead"
        );
        let help = if is_known {
            "write `numbering: printed` in the front matter if the paragraphs are cited by these numbers, or `numbering: \
             counted` if they are those of points or of a quotation"
        } else {
            "numbers such as 1.1 are never labels; write `numbering: counted` in the front matter to confirm that the \
             paragraphs are counted"
        };
        let line = self.paragraphs[first].line;
        self.problems.push(Problem { code: Code::UnclearNumbering, line, column: 1, message, help });
    }

    /// Finds the numbers in quotations of several paragraphs, and takes these paragraphs from those that could have one of
    /// the text's.
    fn whose_quotations(&self, numbers: &mut Numbers) -> Whose {
        let mut whose = Whose::default();
        if numbers.found.len() < 2 {
            return whose;
        }
        let words = self.paragraphs.iter().map(|of| &self.text[of.text.start as usize..of.text.end as usize]);
        for span in quoted::continued(words) {
            let from = numbers.found.partition_point(|found| found.paragraph < span.start);
            let until = numbers.found.partition_point(|found| found.paragraph < span.end);
            let value = |at: usize| numbers.found.get(at).map(|found| found.candidate.value);
            let (Some(first), Some(last)) = (value(from), value(until.wrapping_sub(1))) else { continue };
            if from == until {
                continue;
            }
            let before = (0..from).rev().find(|at| !whose.quoted.contains(at)).and_then(value);
            let is_next = |of: Option<u32>, to: u32| of.and_then(|of| of.checked_add(1)) == Some(to);
            let (goes_on, after) = (is_next(before, first), value(until));
            let is_joined = after.is_some_and(|after| is_next(Some(last), after));
            // 4, [5, 6,] 7: one of the marks is a misprint. 4, [5, 6] and nothing after: nobody can say.
            if is_joined && (goes_on || before.is_none()) {
                continue;
            }
            if goes_on && after.is_none() {
                whose.is_doubtful = true;
                continue;
            }
            whose.quoted.extend(from..until);
            span.for_each(|paragraph| {
                numbers.eligible.remove(&paragraph);
                numbers.salutations.remove(&paragraph);
            });
        }
        whose
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
            let is_item = matches!(node, Node::Open(Element::Item(_)));
            let prefix = match items.get(&index) {
                Some(written) => Some((written.to_string().into(), *written, 0..0, Form::Digits)),
                None if is_listed || is_item || paragraph.is_quoted => None,
                None => self.prefix(paragraph, at, most),
            };
            let line = &self.text[paragraph.text.start as usize..paragraph.text.end as usize];
            if let Some((digits, value, words, form)) = prefix {
                let of = |before: &Paragraph| &self.text[before.text.start as usize..before.text.end as usize];
                let after_colon = before.is_some_and(|before| of(before).ends_with([':', '：', ';']));
                let candidate = Candidate { value, after_break: std::mem::take(&mut after_break), after_colon };
                numbers.found.push(Found {
                    paragraph: index as usize,
                    digits,
                    words,
                    form,
                    is_tight: is_item,
                    candidate,
                });
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
    fn prefix(&self, paragraph: &Paragraph, at: usize, most: usize) -> Option<Before> {
        let text = &self.text[paragraph.text.start as usize..paragraph.text.end as usize];
        let Prefix { digits, value, is_marked, form, end } = Prefix::of(text, most)?;
        // `一、关于裁军` is the heading of a part, as `II. Disarmament` is.
        if form != Form::Digits && text.len() as u32 <= SHORT && text.ends_with(char::is_alphanumeric) {
            return None;
        }
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
        (is_marked || is_alone_in_emphasis).then_some((digits, value, paragraph.text.start..end, form))
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
