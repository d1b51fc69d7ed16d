//! The numbers printed before paragraphs -> labels, where they are the text's own numbering.

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
    /// The number that Markdown counts.
    counted: u32,
    /// The number in the source, which is the printed one.
    written: u32,
}

impl Item {
    /// Creates the item with this count; `source` starts at the item.
    pub(super) fn new(list: u32, counted: u32, source: &str) -> Item {
        let source = source.trim_start();
        let digits = source.bytes().take_while(u8::is_ascii_digit).count();
        Item { list, counted, written: source[..digits].parse().unwrap_or(counted) }
    }
}

/// A number at the beginning of words: as printed, its value, its place in the text, and its form.
type Leading = (Box<str>, u32, Range<u32>, Form);

/// A number before a paragraph, whether it is the text's own or not.
struct Numbered {
    paragraph: usize,
    digits: Box<str>,
    words: Range<u32>,
    form: Form,
    /// Whether it belongs to a list item without blank lines around it.
    is_tight: bool,
    candidate: Candidate,
}

/// What the paragraphs of a text show about its numbering.
struct PrintedNumbers {
    found: Vec<Numbered>,
    /// Paragraphs that could have a number: not those of a quotation or a list.
    eligible: BTreeSet<usize>,
    /// The eligible paragraphs that are a line such as "Mr. President,".
    salutations: BTreeSet<usize>,
}

/// The numbers in quotations of several paragraphs.
#[derive(Default)]
struct Quotations {
    /// Numbers that belong to a quotation, as indices into the numbers found.
    quoted: BTreeSet<usize>,
    /// Whether it is unclear if some numbers are the text's or a quotation's.
    is_doubtful: bool,
}

impl PrintedNumbers {
    /// Keeps the numbers of one form, so that `1, 2, 一, 3` are three numbers and the heading of a part, and returns
    /// whether this form can be a label.
    fn keep_one_form(&mut self) -> bool {
        let count = |form: Form| self.found.iter().filter(|found| found.form == form).count();
        // Paragraphs are numbered with digits; other forms usually number the parts of a text.
        let form = match count(Form::Digits) {
            0 | 1 => Form::ALL.into_iter().rev().max_by_key(|form| count(*form)).unwrap_or(Form::Digits),
            _ => Form::Digits,
        };
        self.found.retain(|found| found.form == form);
        let values: Vec<u32> = self.found.iter().map(|found| found.candidate.value).collect();
        // `V. Smith` and `2.5 million` start sentences, so other forms count only if they run from the beginning.
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

/// Counts the labels that cannot be a list of points. The points of a list are consecutive, start at 1, and are in a
/// tight list or after a colon.
fn unexplained(labelled: &[&Numbered], eligible: &BTreeSet<usize>) -> usize {
    let order: BTreeMap<usize, usize> = eligible.iter().enumerate().map(|(order, at)| (*at, order)).collect();
    let is_beside = |one: &&Numbered, other: &&Numbered| {
        order.get(&other.paragraph).zip(order.get(&one.paragraph)).is_some_and(|(other, one)| *other == one + 1)
    };
    let blocks = labelled.chunk_by(is_beside);
    let is_list = |block: &&[&Numbered]| {
        let is_beginning = block[0].candidate.value == 1 && block.len() > 1;
        is_beginning && (block[0].candidate.after_colon || block.iter().all(|found| found.is_tight))
    };
    blocks.filter(|block| !is_list(block)).map(<[_]>::len).sum()
}

/// If one paragraph in this many has a number without another explanation, it is reported that paragraphs are counted.
const LEAST: usize = 10;

/// If one paragraph in this many has a number, anything that looks like a number is one, not the start of a sentence.
const USUAL: usize = 4;

/// The maximum number of digits in a paragraph number. Four are a year, unless front matter says that numbers are
/// printed.
const DIGITS: usize = 3;

/// The number of labels that are too many to be the points of a plan, if other paragraphs are between them.
const MANY: usize = 8;

/// The length of the longest line that can be a salutation or a heading, in bytes.
const SHORT: u32 = 60;

impl Reader<'_> {
    /// Keeps the printed numbers if they are the text's own, and returns whether they are its labels.
    pub(super) fn keep_printed_numbers(&mut self, numbering: Option<Numbering>) -> bool {
        let items = self.items_as_written();
        let is_printed = self.keep_labels(&items, numbering);
        // Markdown counts the items of a list, whatever is written: 1990, 1995 would be shown as 1990, 1991.
        for (index, value) in items {
            let paragraph = &mut self.paragraphs[index as usize];
            let written = || Printed { digits: value.to_string().into(), value, words: 0..0, series: None };
            paragraph.printed.get_or_insert_with(written);
        }
        is_printed
    }

    fn keep_labels(&mut self, items: &BTreeMap<u32, u32>, numbering: Option<Numbering>) -> bool {
        let is_settled = numbering == Some(Numbering::Printed);
        let mut numbers = self.numbers_before_paragraphs(items, if is_settled { 4 } else { DIGITS });
        let is_known = numbers.keep_one_form();
        if numbers.found.is_empty() {
            return false;
        }
        // Numbers of a quotation would break the text's own series (7, 8, “1, 2”, 9), so they are set aside first.
        let quotations = self.find_quotations(&mut numbers);
        let PrintedNumbers { found, mut eligible, salutations } = numbers;
        let of_text: Vec<usize> = (0..found.len()).filter(|at| !quotations.quoted.contains(at)).collect();
        let candidates: Vec<Candidate> = of_text.iter().map(|at| found[*at].candidate).collect();
        let mut every = vec![Role::Point; found.len()];
        for (at, role) in of_text.into_iter().zip(roles(&candidates)) {
            every[at] = role;
        }
        for (found, _) in found.iter().zip(&every).filter(|(_, role)| **role == Role::Point) {
            eligible.remove(&found.paragraph);
        }
        let labelled: Vec<&Numbered> = found
            .iter()
            .zip(&every)
            .filter(|(_, role)| matches!(role, Role::Label(_)))
            .map(|(found, _)| found)
            .collect();
        // Now the text's own numbers are those in enough of the paragraphs that could have one.
        let is_own = is_known && is_own(&labelled, &eligible, &salutations) && !quotations.is_doubtful;
        let is_printed =
            is_known && numbering != Some(Numbering::Counted) && (is_own || is_settled && !labelled.is_empty());
        let is_share = |many: usize, of: usize| many > 1 && many * of >= eligible.len() - salutations.len();
        let is_open = numbering.is_none() && !is_printed && labelled.len() > 1;
        if is_open && (quotations.is_doubtful || is_share(unexplained(&labelled, &eligible), LEAST)) {
            let many = if is_known { labelled.len() } else { found.len() };
            self.report_unclear(labelled[0].paragraph, many, is_known);
        }
        let is_usual = is_share(labelled.len(), USUAL);
        let value = |at: usize| found.get(at).map(|found: &Numbered| i64::from(found.candidate.value));
        let follows = |at: usize, other: Option<usize>| {
            let pair = value(at).zip(other.and_then(value));
            pair.is_some_and(|(value, other)| value.abs_diff(other) == 1)
        };
        // A single number may start a sentence (`3. Oktober`); many of them, or consecutive ones, do not.
        let rises: Vec<bool> =
            (0..found.len()).map(|at| follows(at, at.checked_sub(1)) || follows(at, Some(at + 1))).collect();
        for (at, (found, role)) in found.into_iter().zip(every).enumerate() {
            let is_of_text =
                (is_own || is_printed) && role != Role::Point || is_usual && matches!(role, Role::Label(_));
            if !is_known || !is_of_text && !rises[at] && !found.words.is_empty() {
                continue;
            }
            let paragraph = &mut self.paragraphs[found.paragraph];
            // The number is shown next to the paragraph, so its words start after it.
            if !found.words.is_empty() {
                paragraph.text.start = found.words.end;
            }
            let series = match role {
                Role::Label(series) if is_printed => Some(series),
                _ => None,
            };
            let Numbered { digits, words, candidate, .. } = found;
            paragraph.printed = Some(Printed { digits, value: candidate.value, words, series });
        }
        is_printed
    }

    /// Reports that the numbers before `many` paragraphs, `first` among them, may or may not be the text's own.
    fn report_unclear(&mut self, first: usize, many: usize, is_known: bool) {
        let of = self.paragraphs.len();
        let message = format!(
            "{many} of {of} paragraphs start with a number, but it is not clear whether these are the text's own numbers, \
             so its paragraphs are counted instead"
        );
        let help = if is_known {
            "write `numbering: printed` in the front matter if the paragraphs are cited by these numbers, or `numbering: \
             counted` if the numbers belong to a list or a quotation"
        } else {
            "numbers such as 1.1 are never labels; write `numbering: counted` in the front matter to confirm that the \
             paragraphs are counted"
        };
        let line = self.paragraphs[first].line;
        self.problems.push(Problem { code: Code::UnclearNumbering, line, column: 1, message, help });
    }

    /// Finds the numbers in quotations of several paragraphs, and removes these paragraphs from the eligible ones.
    fn find_quotations(&self, numbers: &mut PrintedNumbers) -> Quotations {
        let mut quotations = Quotations::default();
        if numbers.found.len() < 2 {
            return quotations;
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
            // Compare the numbers around the quotation with its own: only they show whether the mark or the numbers
            // mislead.
            let before = (0..from).rev().find(|at| !quotations.quoted.contains(at)).and_then(value);
            let is_next = |of: Option<u32>, to: u32| of.and_then(|of| of.checked_add(1)) == Some(to);
            let (goes_on, after) = (is_next(before, first), value(until));
            let is_joined = after.is_some_and(|after| is_next(Some(last), after));
            // 4, [5, 6,] 7: a quotation mark is a misprint. 4, [5, 6] with nothing after it: undecidable.
            if is_joined && (goes_on || before.is_none()) {
                continue;
            }
            if goes_on && after.is_none() {
                quotations.is_doubtful = true;
                continue;
            }
            quotations.quoted.extend(from..until);
            span.for_each(|paragraph| {
                numbers.eligible.remove(&paragraph);
                numbers.salutations.remove(&paragraph);
            });
        }
        quotations
    }

    /// Finds the numbers before paragraphs, whether written in the words or made a list by Markdown.
    fn numbers_before_paragraphs(&self, items: &BTreeMap<u32, u32>, most: usize) -> PrintedNumbers {
        let mut numbers = PrintedNumbers { found: Vec::new(), eligible: BTreeSet::new(), salutations: BTreeSet::new() };
        let (mut in_items, mut after_break) = (0_usize, false);
        let mut alone: Option<(usize, Leading)> = None;
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
            // Markdown turns `7. Words` into a list item, so such numbers come from the list rather than from the
            // words.
            let prefix = match items.get(&index) {
                Some(written) if written.to_string().len() > most => None,
                Some(written) => Some((written.to_string().into(), *written, 0..0, Form::Digits)),
                None if is_listed || is_item || paragraph.is_quoted => None,
                None => self.prefix(paragraph, at, most),
            };
            let line = &self.text[paragraph.text.start as usize..paragraph.text.end as usize];
            let may_have = !is_listed && !is_item && !paragraph.is_quoted;
            let of_line = alone.take().filter(|_| may_have && prefix.is_none());
            // A number on a line of its own belongs to the paragraph after it, as in texts copied from a PDF.
            if may_have && let Some((digits, value)) = Prefix::alone(line, most) {
                alone = Some((index as usize, (digits, value, 0..0, Form::Digits)));
                numbers.eligible.insert(index as usize);
                continue;
            }
            if let Some((number, _)) = &of_line {
                numbers.eligible.remove(number);
            }
            let prefix = prefix.or(of_line.map(|(_, before)| before));
            if let Some((digits, value, words, form)) = prefix {
                let of = |before: &Paragraph| &self.text[before.text.start as usize..before.text.end as usize];
                // After a colon, numbers are probably the items of a list rather than paragraph numbers.
                let after_colon = before.is_some_and(|before| of(before).ends_with([':', '：', ';']));
                let candidate = Candidate { value, after_break: std::mem::take(&mut after_break), after_colon };
                numbers.found.push(Numbered {
                    paragraph: index as usize,
                    digits,
                    words,
                    form,
                    is_tight: is_item,
                    candidate,
                });
                numbers.eligible.insert(index as usize);
            } else if !is_listed && in_items == 0 && !paragraph.is_quoted {
                // A short line without a period is probably a heading, after which numbers may restart.
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

    /// Returns the numbers of items by their paragraphs. An author who writes `1.` before each item lets Markdown
    /// count.
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

    /// Returns the number at the beginning of a paragraph's words, if nothing but emphasis surrounds it; `at` is the
    /// node that opens the paragraph.
    fn prefix(&self, paragraph: &Paragraph, at: usize, most: usize) -> Option<Leading> {
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
                // A number within a link or before a footnote's mark is not just a number.
                _ => return None,
            }
        }
        (is_marked || is_alone_in_emphasis).then_some((digits, value, paragraph.text.start..end, form))
    }
}

/// Returns whether the numbers are those of a text's paragraphs, which takes two thirds of the eligible ones: three
/// points in a long speech are a list, not a numbering. Numbers with other paragraphs between them are not a list, so
/// salutations are left out of the count. One third is enough where many numbers are spread over the text, because
/// scans tear paragraphs apart, or where they start above 1, as in an excerpt of a longer record.
fn is_own(labelled: &[&Numbered], eligible: &BTreeSet<usize>, salutations: &BTreeSet<usize>) -> bool {
    let [first, _, ..] = labelled else { return false };
    let within = first.paragraph..labelled[labelled.len() - 1].paragraph + 1;
    let is_list = eligible.range(within).count() == labelled.len();
    let others = if is_list { 0 } else { salutations.len() };
    let is_later = first.candidate.value > 1 && labelled.len() > 2;
    let part = if is_later || !is_list && labelled.len() >= MANY { 1 } else { 2 };
    labelled.len() * 3 >= (eligible.len() - others) * part
}
