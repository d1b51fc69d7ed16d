//! Lines on pages -> which of them begin a paragraph, by the space above, the indent and lines that end early.

use super::rows::TextLine;
use crate::import::mending::is_marked;
use crate::import::mending::scripts::{ends_clause, ends_sentence, goes_on};
use crate::import::pages::{End, Start};

/// The lines of a page, and its width.
pub(super) struct Leaf {
    /// Width of the page.
    pub width: f32,
    /// Its lines in reading order.
    pub lines: Vec<TextLine>,
}

/// Returns for each line of each page how it follows the one above; `None` for the first line of a page or column, if
/// the page does not show it.
pub(super) fn starts(leaves: &[Leaf]) -> Vec<Vec<Option<Start>>> {
    let edges: Vec<Vec<Edges>> = leaves.iter().map(edges).collect();
    let of_leaves: Vec<Vec<f32>> = leaves.iter().zip(&edges).map(|(leaf, edges)| steps(leaf, edges)).collect();
    let all = of_leaves.concat();
    let of_text = Leading::of(all.clone()).or_else(|| Leading::of_few(&all));
    let indents = first_indents(leaves, &edges);
    let mut starts = Vec::with_capacity(leaves.len());
    for ((leaf, edges), steps) in leaves.iter().zip(&edges).zip(of_leaves) {
        let leading = Leading::of(steps).or(of_text);
        let is_first = |i: usize| {
            let offset = offset(leaf, edges, i);
            indents.iter().any(|indent| (offset - indent).abs() < SAME)
        };
        // The first line of a column has nothing above it: only an indent, or a part above, shows that it begins a
        // paragraph.
        let of_leaf = (0..leaf.lines.len()).map(|i| {
            let line = &leaf.lines[i];
            let Some(above) = above(leaf, i) else {
                return if is_first(i) {
                    Some(Start::Indented)
                } else if is_below_another_part(leaf, i, leading) {
                    Some(Start::Apart)
                } else {
                    None
                };
            };
            // In order of reliability: extra space, an indent, a mark or a short line above, a title's centred lines.
            let before = &leaf.lines[above];
            let short = is_short(before, line, edges[above], leaf.width);
            let ended = ends_sentence(&before.text);
            let indented = is_first(i) && (ended || short || !is_first(above));
            Some(if leading.is_some_and(|leading| leading.is_exceeded(before, line)) {
                Start::Apart
            } else if indented {
                Start::Indented
            } else if is_marked(&line.text) && (short || ended || ends_clause(&before.text))
                || short && (ended || !goes_on(&line.text) || is_other_type(before, line))
                || are_centred(before, line) && !goes_on(&line.text)
            {
                Start::Under
            } else {
                Start::Not
            })
        });
        starts.push(of_leaf.collect());
    }
    starts
}

/// Returns for each line of each page how it ends.
pub(super) fn ends(leaves: &[Leaf]) -> Vec<Vec<End>> {
    /// Tolerance in points for the end of justified lines.
    const NEAR: f32 = 0.8;
    let edges: Vec<Vec<Edges>> = leaves.iter().map(edges).collect();
    let gaps = leaves.iter().zip(&edges).map(|(leaf, edges)| {
        let gap = |(line, edges): (&TextLine, &Edges)| edges.end - end(line, leaf.width);
        leaf.lines.iter().zip(edges).map(gap).collect::<Vec<f32>>()
    });
    let gaps: Vec<Vec<f32>> = gaps.collect();
    let all = gaps.iter().flatten();
    // In a justified text at least half of the lines end exactly at the margin.
    let justified = all.clone().filter(|gap| gap.abs() < NEAR).count() * 2 > all.count();
    let of_line = |(line, gap): (&TextLine, &f32)| {
        let letter = (line.place.right - line.place.left) / line.text.chars().count().max(1) as f32;
        End { room: gap / letter.max(0.1), spread: justified && gap.abs() < NEAR }
    };
    leaves.iter().zip(&gaps).map(|(leaf, gaps)| leaf.lines.iter().zip(gaps).map(of_line).collect()).collect()
}

/// Points within which two places are the same.
const SAME: f32 = 3.0;

/// Where the lines of a column begin and end, measured from the side on which lines begin.
#[derive(Clone, Copy, Debug)]
struct Edges {
    start: f32,
    end: f32,
}

fn start(line: &TextLine, width: f32) -> f32 {
    if line.right_to_left { width - line.place.right } else { line.place.left }
}

fn end(line: &TextLine, width: f32) -> f32 {
    if line.right_to_left { width - line.place.left } else { line.place.right }
}

/// Returns for each line the edges of the column that it is in.
fn edges(leaf: &Leaf) -> Vec<Edges> {
    let measured = |part: usize| {
        let lines = || leaf.lines.iter().filter(move |line| line.part == part);
        let mut starts: Vec<f32> = lines().map(|line| start(line, leaf.width)).collect();
        let mut ends: Vec<f32> = lines().map(|line| end(line, leaf.width)).collect();
        starts.sort_by(f32::total_cmp);
        ends.sort_by(f32::total_cmp);
        // Bullets and numbers may hang to the left of the lines, so at least a tenth of the lines must begin at the edge.
        let common = |from: &f32| starts.iter().filter(|start| (*start - from).abs() < SAME).count() * 10;
        let start = starts.iter().find(|from| common(from) >= starts.len()).or(starts.first());
        Edges {
            start: start.copied().unwrap_or(0.0),
            end: ends.get(ends.len() * 9 / 10).or(ends.last()).copied().unwrap_or(leaf.width),
        }
    };
    let parts = leaf.lines.iter().map(|line| line.part + 1).max().unwrap_or(0);
    let of_parts: Vec<Edges> = (0..parts).map(measured).collect();
    leaf.lines.iter().map(|line| of_parts[line.part]).collect()
}

/// Returns the line above in the same column.
fn above(leaf: &Leaf, i: usize) -> Option<usize> {
    let above = i.checked_sub(1)?;
    (leaf.lines[above].part == leaf.lines[i].part).then_some(above)
}

/// Returns whether a line begins a part of the page that is below another, such as columns below a title, and does not
/// continue its text.
fn is_below_another_part(leaf: &Leaf, i: usize, leading: Option<Leading>) -> bool {
    let Some(before) = i.checked_sub(1).map(|before| &leaf.lines[before]) else { return false };
    let line = &leaf.lines[i];
    let below = before.place.bottom <= line.place.top + 1.0;
    let apart = || leading.is_some_and(|leading| leading.is_exceeded(before, line));
    below && (is_other_type(before, line) || ends_sentence(&before.text) || apart())
}

/// Returns how far from its column's edge a line begins.
fn offset(leaf: &Leaf, edges: &[Edges], i: usize) -> f32 {
    start(&leaf.lines[i], leaf.width) - edges[i].start
}

/// Returns whether the first word of a line would have fitted on the line above.
fn is_short(before: &TextLine, line: &TextLine, edges: Edges, width: f32) -> bool {
    let space = before.place.size * 0.5;
    end(before, width) + space + line.first_word < edges.end
}

/// Returns whether two lines are centred relative to each other, as lines of a title are.
fn are_centred(a: &TextLine, b: &TextLine) -> bool {
    let middle = |line: &TextLine| f32::midpoint(line.place.left, line.place.right);
    (middle(a) - middle(b)).abs() < SAME && (a.place.left - b.place.left).abs() > 2.0 * SAME
}

/// Returns whether two lines are set in clearly different type.
fn is_other_type(a: &TextLine, b: &TextLine) -> bool {
    let (small, large) = (a.place.size.min(b.place.size), a.place.size.max(b.place.size));
    a.place.bold != b.place.bold || large > small * 1.15
}

/// The distance from one line of a paragraph to the next, relative to the font size.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Leading(f32);

impl Leading {
    /// Measures it from the distances between lines of one paragraph; returns `None` if there are too few.
    fn of(mut steps: Vec<f32>) -> Option<Leading> {
        const ENOUGH: usize = 4;
        steps.sort_by(f32::total_cmp);
        (steps.len() >= ENOUGH).then(|| Leading(steps[(steps.len() - 1) * 4 / 5]))
    }

    /// Measures it from the few distances in a short text, with a tolerance for what these do not show.
    fn of_few(steps: &[f32]) -> Option<Leading> {
        let narrowest = steps.iter().copied().reduce(f32::min);
        narrowest.map(|step| Leading(step * 1.2))
    }

    /// Returns whether two lines are further apart than that.
    fn is_exceeded(self, a: &TextLine, b: &TextLine) -> bool {
        step(a, b) > self.0 * 1.04 + 0.1
    }
}

/// Returns the distances between lines on which a sentence continues.
fn steps(leaf: &Leaf, edges: &[Edges]) -> Vec<f32> {
    let goes_on = |i: usize| {
        let (before, line) = (&leaf.lines[above(leaf, i)?], &leaf.lines[i]);
        // In scripts without case, or in capitals, full lines continue unless they show otherwise.
        let no_case = !line.text.contains(char::is_lowercase) && !ends_clause(&before.text);
        let full = || !is_short(before, line, edges[i], leaf.width);
        let goes_on = !ends_sentence(&before.text) && (goes_on(&line.text) || no_case && full());
        (goes_on && step(before, line) > 0.5).then(|| step(before, line))
    };
    (0..leaf.lines.len()).filter_map(goes_on).collect()
}

/// Returns how far the next line is below a line, relative to the larger font size.
fn step(a: &TextLine, b: &TextLine) -> f32 {
    (b.place.bottom - a.place.bottom) / a.place.size.max(b.place.size).max(1.0)
}

/// Returns the offsets of first lines: lines there begin a sentence, and the line after them returns to the edge.
fn first_indents(leaves: &[Leaf], edges: &[Vec<Edges>]) -> Vec<f32> {
    /// The minimum number of paragraphs that show an indent.
    const ENOUGH: usize = 3;
    let mut groups: Vec<(f32, usize, usize, usize)> = Vec::new();
    for (leaf, edges) in leaves.iter().zip(edges) {
        for (i, line) in leaf.lines.iter().enumerate() {
            let offset = offset(leaf, edges, i);
            if !(line.place.size * 0.8..line.place.size * 6.0).contains(&offset) || is_marked(&line.text) {
                continue;
            }
            let begins = above(leaf, i).is_none_or(|above| ends_sentence(&leaf.lines[above].text))
                || !goes_on(&line.text) && above(leaf, i).is_some_and(|above| ends_clause(&leaf.lines[above].text));
            let returns = leaf.lines.get(i + 1).is_some_and(|next| {
                next.part == line.part && self::offset(leaf, edges, i + 1).abs() < SAME && !ends_sentence(&line.text)
            });
            let at = groups.iter().position(|group| (group.0 - offset).abs() < SAME).unwrap_or(groups.len());
            if at == groups.len() {
                groups.push((offset, 0, 0, 0));
            }
            groups[at].1 += 1;
            groups[at].2 += usize::from(begins);
            groups[at].3 += usize::from(returns);
        }
    }
    // Of lines at an offset, most must begin a sentence, and the line after many of them must return to the edge.
    let is_indent = |(_, all, begin, back): &&(f32, usize, usize, usize)| {
        *back >= ENOUGH && back * 3 > *all && begin * 4 >= all * 3
    };
    groups.iter().filter(is_indent).map(|group| group.0).collect()
}
