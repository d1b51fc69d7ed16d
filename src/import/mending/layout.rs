//! Lines -> their layout: how wide they are, how far apart, and how far indented.

use super::characters;
use super::notes::Notes;
use super::scripts::{ends_sentence, goes_on, joins_tightly};
use crate::import::mended::{Repair, Rule};
use crate::import::pages::{End, Kind, Line, Pages, Place, Start};

/// A line in plain characters, and what surrounds it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its number in the original.
    pub number: u32,
    /// Its text without spaces at either end; empty for a blank line.
    pub text: String,
    /// Number of spaces before its first character.
    pub indent: usize,
    /// Index of its page, from 0.
    pub page: usize,
    /// What kind of block the format says it is.
    pub kind: Option<Kind>,
    /// How it follows the line above, if the page shows it.
    pub start: Option<Start>,
    /// How it ends, if the page shows it.
    pub end: Option<End>,
    /// Where it is on its page, if the format says.
    pub place: Option<Place>,
}

impl Row {
    /// Returns a line of which only the words and the page are known.
    #[cfg(test)]
    pub(super) fn plain(number: u32, text: &str, page: usize) -> Row {
        let indent = text.len() - text.trim_start().len();
        let text = text.trim().to_owned();
        Row { number, text, indent, page, kind: None, start: None, end: None, place: None }
    }
}

/// Returns all lines in plain characters.
pub(super) fn lines(pages: &Pages, notes: &mut Notes) -> Vec<Row> {
    let mut rows = Vec::new();
    for (page, of_page) in pages.pages.iter().enumerate() {
        for line in &of_page.lines {
            let (text, changed) = characters::plain(&line.text);
            if changed {
                let before = line.text.trim().to_owned();
                notes.repairs.push(Repair { line: line.number, rule: Rule::Characters, before, after: text.clone() });
            }
            let indent = line.text.chars().take_while(|c| c.is_whitespace() || *c == '\u{feff}').count();
            let Line { number, kind, start, end, place, .. } = *line;
            rows.push(Row { number, text, indent, page, kind, start, end, place });
        }
    }
    rows
}

/// A line with words, and what is between it and the one before.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    /// The line.
    pub row: Row,
    /// Number of blank lines before it.
    pub gap: usize,
    /// Whether a page break comes before it.
    pub new_page: bool,
}

impl Flow {
    /// Takes the lines that have words. Removed lines leave a gap in the numbers, which counts as the page break that
    /// it was.
    pub(super) fn of(rows: Vec<Row>) -> Vec<Flow> {
        let mut flow: Vec<Flow> = Vec::new();
        let (mut gap, mut before) = (0, None);
        for row in rows {
            if row.text.is_empty() {
                gap += 1;
                continue;
            }
            // Line numbers are consecutive: a gap is a line that was taken out.
            let new_page =
                before.is_some_and(|(page, number)| page != row.page || number + 1 + (gap as u32) < row.number);
            before = Some((row.page, row.number));
            flow.push(Flow { row, gap, new_page });
            gap = 0;
        }
        flow
    }
}

/// The layout of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Layout {
    /// Whether lines are wrapped at a width; otherwise each line is a paragraph.
    pub wrapped: bool,
    /// How many characters fit on a line, as far as full lines show.
    pub width: usize,
    /// The width of a full line, in characters: a line that would still be narrower with the next word ended for
    /// another reason.
    pub full: usize,
    /// Number of blank lines between two lines of a paragraph: 1 in a double-spaced text.
    pub leading: usize,
    /// Indent of a paragraph's first line, if first lines are indented.
    pub first_indent: Option<usize>,
}

/// Lines wider than this, in characters, are not wrapped.
const WIDEST: usize = 130;
/// Lines are wrapped if a larger share of them ends in mid-sentence.
const BROKEN: f32 = 0.35;

impl Layout {
    /// Measures a text.
    pub(super) fn of(flow: &[Flow]) -> Layout {
        let mut widths: Vec<usize> = flow.iter().map(|line| width(&line.row.text)).collect();
        widths.sort_unstable();
        let width = widths.get(widths.len() * 9 / 10).copied().unwrap_or(0);
        let pairs = || flow.windows(2).filter(|pair| pair[0].row.kind.is_none() && pair[1].row.kind.is_none());
        let broken = pairs().filter(|pair| is_broken(pair)).count();
        let wrapped = width <= WIDEST && broken as f32 > BROKEN * pairs().count().max(1) as f32;
        // The lines of a head are short, and may have blank lines between them in a text that is not double-spaced.
        let is_spaced = |pair: &&[Flow]| pair[1].gap == 1 && self::width(&pair[0].row.text) * 2 > width;
        let spaced = pairs().filter(|pair| is_spaced(pair) && is_broken(pair)).count();
        Layout {
            wrapped,
            width,
            full: full(flow, width),
            leading: usize::from(spaced * 2 > broken && broken > 2),
            first_indent: first_indent(flow),
        }
    }
}

/// Returns whether a sentence continues from one line to the next.
fn is_broken(pair: &[Flow]) -> bool {
    let (a, b) = (&pair[0].row.text, &pair[1].row.text);
    let no_case = b.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase() && !c.is_uppercase());
    !ends_sentence(a) && (goes_on(b) || no_case)
}

/// Returns the width of a text in columns: wide characters count as two.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if joins_tightly(c) { 2 } else { 1 }).sum()
}

/// Returns the width that a line would have with the first word of the next one.
pub(super) fn needed(line: &str, next: &str) -> usize {
    let first = next.chars().next().filter(|c| joins_tightly(*c));
    let word = match first {
        Some(c) => width(c.encode_utf8(&mut [0; 4])),
        None => 1 + width(next.split(' ').next().unwrap_or(next)),
    };
    width(line) + word
}

/// Returns the width at which a line is full: with one more word of the next line, nearly all lines that end in
/// mid-sentence would be wider.
fn full(flow: &[Flow], widest: usize) -> usize {
    /// How many lines are needed for a measurement, and how many in a hundred may be ragged.
    const ENOUGH: usize = 8;
    const RAGGED: usize = 3;
    let broken = flow.windows(2).filter(|pair| is_broken(pair) && pair[1].gap == 0);
    let mut columns: Vec<usize> = broken.map(|pair| needed(&pair[0].row.text, &pair[1].row.text)).collect();
    columns.sort_unstable();
    let least = widest * 6 / 10;
    if columns.len() < ENOUGH { widest * 8 / 10 } else { columns[columns.len() * RAGGED / 100].clamp(least, widest) }
}

/// Returns the indent of first lines, if some lines, but not too many, are indented further than the others.
fn first_indent(flow: &[Flow]) -> Option<usize> {
    let mut indents: Vec<usize> = flow.iter().map(|line| line.row.indent).collect();
    indents.sort_unstable();
    let usual = *indents.get(indents.len() / 2)?;
    let further: Vec<&Flow> = flow.iter().filter(|line| line.row.indent > usual).collect();
    let starts = further.iter().filter(|line| !goes_on(&line.row.text)).count();
    let few = further.len() * 5 < flow.len() * 2;
    (starts >= 3 && few && starts * 5 >= further.len() * 4).then_some(usual + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(text: &str) -> Vec<Flow> {
        Flow::of(text.lines().zip(1..).map(|(line, number)| Row::plain(number, line, 0)).collect())
    }

    #[test]
    fn a_layout_is_measured() {
        let wrapped = "We have come to this hall in the\nhope that the work which was begun\nin the spring will be ended before\nthe snow. It will not be easy.\n";
        let spaced = wrapped.replace('\n', "\n\n");
        let long =
            format!("{}\n{}\n", "A sentence of some length that nobody has broken. ".repeat(4).trim(), "Another.");
        for (text, is_wrapped, leading) in [(wrapped, true, 0), (&spaced, true, 1), (&long, false, 0)] {
            let layout = Layout::of(&flow(text));
            assert_eq!((layout.wrapped, layout.leading), (is_wrapped, leading), "{text}");
        }
    }

    #[test]
    fn indents_of_first_lines_are_measured() {
        let paragraph = "  We begin here and go on\nuntil the line is full and\nthe sentence has ended.\n";
        assert_eq!(Layout::of(&flow(&paragraph.repeat(4))).first_indent, Some(1));
        assert_eq!(Layout::of(&flow(&paragraph.replace("  ", "").repeat(4))).first_indent, None);
    }
}
