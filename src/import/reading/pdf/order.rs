//! The characters of a line from left to right, as they are on the page -> the order in which they are read.
//!
//! This reverses the bidirectional algorithm (UAX #9). It cannot see invisible characters, such as an embedding that
//! the author set; if two texts look the same, the more usual one is chosen.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::language::scripts::{digit, is_hebrew, is_right_to_left};

/// How a file encodes brackets among right-to-left letters: some programs store what was written, so that the opening
/// bracket on the right is `(`, and others the shape that is drawn there, `)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Brackets {
    /// The shape that is drawn.
    #[default]
    AsDrawn,
    /// The character that was written.
    AsWritten,
}

/// Properties of a whole text that a single line may not show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Usual {
    /// How most of its lines encode brackets.
    pub brackets: Brackets,
    /// Whether most of it is read from the right. Then so is a line with mostly other letters, such as an address.
    pub from_right: bool,
}

/// Returns whether most letters of a text are read from the right.
pub(super) fn reads_from_right(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().filter(|c| is_right_to_left(*c)).count() * 2 > letters().count()
}

/// Returns whether a line, given as it is on the page, is read from the right.
pub(super) fn is_from_right(line: &str, usual: Usual) -> bool {
    // A line without right-to-left letters is one nevertheless if a period comes before its first word.
    let rest = line.strip_prefix(['.', ',', ':', ';', '!', '?']).unwrap_or_default();
    let ends_left = rest.starts_with(char::is_alphanumeric);
    reads_from_right(line) || usual.from_right && (line.contains(is_right_to_left) || ends_left)
}

/// Returns a line in reading order. `usual` says how the text encodes brackets, in case the line does not show it.
pub(super) fn logical(line: &str, from_right: bool, usual: Brackets) -> String {
    if !from_right && !line.contains(is_right_to_left) {
        return line.to_owned();
    }
    let clusters = clusters(line);
    let mut read = Reordered::default();
    if from_right {
        from_the_right(&clusters, &mut read);
    } else {
        from_the_left(&clusters, &mut read);
    }
    read.text(usual)
}

/// Returns how the brackets of a line are encoded, if the line shows it.
pub(super) fn brackets(line: &str) -> Option<Brackets> {
    if !line.contains(is_right_to_left) || !line.contains(|c| mirrored(c) != c) {
        return None;
    }
    let mut read = Reordered::default();
    from_the_right(&clusters(line), &mut read);
    read.brackets()
}

/// Splits a line into characters with their combining marks.
fn clusters(text: &str) -> Vec<&str> {
    let starts = text.char_indices().filter(|(_, c)| !is_combining_mark(*c)).map(|(at, _)| at);
    let mut bounds: Vec<usize> = starts.chain([text.len()]).collect();
    bounds.insert(0, 0);
    bounds.dedup();
    bounds.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

/// What has been read so far, and which of it are brackets whose shape depends on the direction.
#[derive(Default)]
struct Reordered {
    clusters: Vec<String>,
    turned: Vec<usize>,
}

impl Reordered {
    /// Adds characters from right to left.
    fn push_reversed(&mut self, clusters: &[&str]) {
        for cluster in clusters.iter().rev() {
            if cluster.chars().any(|c| mirrored(c) != c) {
                self.turned.push(self.clusters.len());
            }
            // Letters come in their presentation forms and in ligatures; making them plain here is not worth a repair
            // in the report.
            let plain =
                if cluster.contains(is_right_to_left) { cluster.nfkc().collect() } else { (*cluster).to_owned() };
            self.clusters.push(plain);
        }
    }

    /// Adds characters in their order.
    fn push(&mut self, clusters: &[&str]) {
        self.clusters.extend(clusters.iter().map(|cluster| (*cluster).to_owned()));
    }

    /// Returns how the brackets are encoded: in the way that leaves fewer of them without a partner.
    fn brackets(&self) -> Option<Brackets> {
        let unpaired = |mirror: bool| {
            let (mut open, mut lone) = (Vec::new(), 0);
            for at in &self.turned {
                let c = self.clusters[*at].chars().next().unwrap_or_default();
                let c = if mirror { mirrored(c) } else { c };
                if is_opening(c) {
                    open.push(c);
                } else if open.last().is_some_and(|open| mirrored(*open) == c) {
                    open.pop();
                } else {
                    lone += 1;
                }
            }
            lone + open.len()
        };
        match (unpaired(true), unpaired(false)) {
            (drawn, written) if drawn < written => Some(Brackets::AsDrawn),
            (drawn, written) if drawn > written => Some(Brackets::AsWritten),
            _ => None,
        }
    }

    fn text(mut self, usual: Brackets) -> String {
        if self.brackets().unwrap_or(usual) == Brackets::AsDrawn {
            for at in std::mem::take(&mut self.turned) {
                self.clusters[at] = self.clusters[at].chars().map(mirrored).collect();
            }
        }
        self.clusters.concat()
    }
}

/// Returns the mirror image of a bracket: what opens on the right looks like what closes on the left.
fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '›' => '‹',
        other => other,
    }
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '«' | '‹')
}

fn is_latin(cluster: &str) -> bool {
    cluster.contains(char::is_alphabetic) && !cluster.contains(is_right_to_left)
}

fn is_amount(cluster: &str) -> bool {
    matches!(cluster, "%" | "‰" | "٪")
}

fn is_hyphen(cluster: &str) -> bool {
    matches!(cluster, "-" | "–" | "‐" | "‑")
}

fn is_number(cluster: &str) -> bool {
    cluster.contains(char::is_numeric)
}

/// Reads a right-to-left line; left-to-right runs within it keep their order.
fn from_the_right(line: &[&str], read: &mut Reordered) {
    // Digits after Arabic letters hold together less than after Hebrew ones: a hyphen separates them (UAX #9, rules W2
    // and W4).
    let hebrew = line.iter().any(|of| of.contains(is_hebrew))
        && !line.iter().any(|of| of.contains(|c| is_right_to_left(c) && !is_hebrew(c)));
    let mut end = line.len();
    while end > 0 {
        // Marks within a number are in the Arabic block, but are not letters.
        let rtl = |of: &&&str| of.contains(|c| is_right_to_left(c) && !matches!(c, '\u{66a}'..='\u{66c}'));
        let letters = line[..end].iter().rev().take_while(rtl).count();
        read.push_reversed(&line[end - letters..end]);
        end -= letters;
        let others = line[..end].iter().rev().take_while(|of| !rtl(of)).count();
        between(&line[end - others..end], hebrew, read);
        end -= others;
    }
}

/// Reads what is between right-to-left letters: words of another script, numbers, signs.
fn between(run: &[&str], hebrew: bool, read: &mut Reordered) {
    let mut end = run.len();
    for barrier in barriers(run).into_iter().rev() {
        piece(&run[barrier + 1..end], hebrew, read);
        read.push_reversed(&run[barrier..=barrier]);
        end = barrier;
    }
    piece(&run[..end], hebrew, read);
}

/// Returns the brackets that belong to the surrounding line rather than to left-to-right words: those without a
/// partner, those around the first or the last word, and two with nothing between them, as in `(NPT) (CTBT)`.
fn barriers(run: &[&str]) -> Vec<usize> {
    let is_word = |at: &usize| is_latin(run[*at]) || is_number(run[*at]);
    let first = (0..run.len()).find(is_word).unwrap_or(run.len());
    let last = (0..run.len()).rfind(is_word).unwrap_or(0);
    let mut open: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    let mut word = None;
    for (at, cluster) in run.iter().enumerate() {
        let c = cluster.chars().next().unwrap_or_default();
        if is_opening(c) {
            open.push(at);
        } else if mirrored(c) != c {
            let partner = open.pop();
            if partner.is_none_or(|from| word < Some(from) || from < first || at > last) {
                found.extend(partner);
                found.push(at);
            }
        } else if is_word(&at) {
            word = Some(at);
        }
    }
    found.extend(open);
    found.sort_unstable();
    found
}

/// Reads words and numbers, and the signs around them, which follow the direction of the line.
fn piece(run: &[&str], hebrew: bool, read: &mut Reordered) {
    let is_strong = |of: &&str| is_latin(of) || is_number(of);
    let (Some(first), Some(mut last)) = (run.iter().position(is_strong), run.iter().rposition(is_strong)) else {
        return read.push_reversed(run);
    };
    if is_number(run[last]) && run.get(last + 1).is_some_and(|sign| is_amount(sign)) {
        last += 1;
    }
    read.push_reversed(&run[last + 1..]);
    left_to_right(&run[first..=last], hebrew, read);
    read.push_reversed(&run[..first]);
}

/// Reads left-to-right words with the numbers that belong to them, or numbers alone.
fn left_to_right(core: &[&str], hebrew: bool, read: &mut Reordered) {
    let Some(latin) = core.iter().position(|of| is_latin(of)) else { return numbers(core, hebrew, read) };
    // A number to the left of left-to-right words does not belong to them, unless it is part of the same word: it is
    // read after them.
    let word = core[..latin].iter().rposition(|of| of.trim().is_empty()).map_or(0, |space| space + 1);
    read.push(&core[word..]);
    let apart = core[..word].iter().rposition(|of| is_number(of)).map_or(0, |last| last + 1);
    read.push_reversed(&core[apart..word]);
    numbers(&core[..apart], hebrew, read);
}

/// Reads numbers from right to left. Each number keeps its order, with the marks within it.
fn numbers(run: &[&str], hebrew: bool, read: &mut Reordered) {
    let joins = |c: &str| {
        matches!(c, "." | "," | ":" | "/" | "\u{66b}" | "\u{66c}" | "\u{a0}") || hebrew && matches!(c, "-" | "+")
    };
    let mut end = run.len();
    while end > 0 {
        if !is_number(run[end - 1]) {
            // A percent sign follows its number, even if it is drawn on the other side.
            let behind = is_amount(run[end - 1]) && end > 1 && is_number(run[end - 2]);
            if behind {
                let start = start_of_number(&run[..end - 1], joins);
                read.push(&run[start..end]);
                end = start;
            } else {
                read.push_reversed(&run[end - 1..end]);
                end -= 1;
            }
            continue;
        }
        let start = start_of_number(&run[..end], joins);
        // If a hyphen separates two numbers, the first one is on the right. But some authors write such a range from
        // left to right, and the numbers of a range rise.
        let single = run.get(end).is_none_or(|after| !is_hyphen(after));
        let range = start.checked_sub(1).filter(|at| single && *at > 0 && is_hyphen(run[*at]));
        if let Some(hyphen) = range.filter(|at| is_number(run[*at - 1])) {
            let first = start_of_number(&run[..hyphen], joins);
            let alone = first == 0 || !is_hyphen(run[first - 1]);
            if alone && value(&run[first..hyphen]).zip(value(&run[start..end])).is_some_and(|(a, b)| a < b) {
                read.push(&run[first..end]);
                end = first;
                continue;
            }
        }
        read.push(&run[start..end]);
        end = start;
    }
}

/// Returns where the number at the end of these characters begins.
fn start_of_number(run: &[&str], joins: impl Fn(&str) -> bool) -> usize {
    let mut start = run.len();
    while start > 0 {
        let within = start < run.len() && start > 1 && joins(run[start - 1]) && is_number(run[start - 2]);
        if !is_number(run[start - 1]) && !within {
            break;
        }
        start -= 1;
    }
    start
}

/// Returns the value of a whole number.
fn value(number: &[&str]) -> Option<u64> {
    let digit = |of: &&str| of.chars().next().and_then(digit).map(u64::from);
    number.iter().try_fold(0_u64, |value, of| value.checked_mul(10)?.checked_add(digit(of)?))
}

/// Reads a left-to-right line; right-to-left runs within it are reordered.
fn from_the_left(line: &[&str], read: &mut Reordered) {
    let mut at = 0;
    while at < line.len() {
        if !line[at].contains(is_right_to_left) {
            read.push(&line[at..=at]);
            at += 1;
            continue;
        }
        let ends = line[at..].iter().position(|of| is_latin(of)).map_or(line.len(), |length| at + length);
        let last = line[at..ends].iter().rposition(|of| of.contains(is_right_to_left)).map_or(at, |last| at + last);
        from_the_right(&line[at..=last], read);
        at = last + 1;
    }
}

#[cfg(test)]
mod tests;
