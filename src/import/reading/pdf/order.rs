//! The signs of a line from left to right, as they stand on the page -> the order in which they are read.
//!
//! This turns the bidirectional algorithm (UAX #9) round. What it cannot know is what it does not see, such as an embedding
//! that the author set; where two texts look the same, the more usual one is taken.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::language::scripts::is_right_to_left;

/// What a file gives for brackets among letters from right to left: some programs note what was written, so that the
/// opening one on the right is `(`, and others the shape that is drawn there, `)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Brackets {
    #[default]
    AsDrawn,
    AsWritten,
}

/// How a text has what its single lines may not show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usual {
    pub brackets: Brackets,
    /// Whether most of it is read from the right. Then so is a line most of whose letters are not, such as an address.
    pub from_right: bool,
}

/// Returns whether most letters of a text are read from the right.
pub fn reads_from_right(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().filter(|c| is_right_to_left(*c)).count() * 2 > letters().count()
}

/// Returns whether a line, given as it stands on the page, is read from the right.
pub fn is_from_right(line: &str, usual: Usual) -> bool {
    // In a line without letters from right to left, a full stop before its first word shows that it is one.
    let rest = line.strip_prefix(['.', ',', ':', ';', '!', '?']).unwrap_or_default();
    let ends_left = rest.starts_with(char::is_alphanumeric);
    reads_from_right(line) || usual.from_right && (line.contains(is_right_to_left) || ends_left)
}

/// Returns a line in the order of reading. `usual` says how the text has brackets, where the line does not show it.
pub fn logical(line: &str, from_right: bool, usual: Brackets) -> String {
    if !from_right && !line.contains(is_right_to_left) {
        return line.to_owned();
    }
    let clusters = clusters(line);
    let mut read = Read::default();
    if from_right {
        from_the_right(&clusters, &mut read);
    } else {
        from_the_left(&clusters, &mut read);
    }
    read.text(usual)
}

/// Returns how the brackets of a line were given, where the line shows it.
pub fn brackets(line: &str) -> Option<Brackets> {
    if !line.contains(is_right_to_left) || !line.contains(|c| mirrored(c) != c) {
        return None;
    }
    let mut read = Read::default();
    from_the_right(&clusters(line), &mut read);
    read.brackets()
}

/// Parts a line into characters with the marks on them.
fn clusters(text: &str) -> Vec<&str> {
    let starts = text.char_indices().filter(|(_, c)| !is_combining_mark(*c)).map(|(at, _)| at);
    let mut bounds: Vec<usize> = starts.chain([text.len()]).collect();
    bounds.insert(0, 0);
    bounds.dedup();
    bounds.windows(2).map(|pair| &text[pair[0]..pair[1]]).collect()
}

/// What was read so far, and which of it are brackets whose shape depends on the direction.
#[derive(Default)]
struct Read {
    clusters: Vec<String>,
    turned: Vec<usize>,
}

impl Read {
    /// Adds signs from right to left.
    fn push_reversed(&mut self, clusters: &[&str]) {
        for cluster in clusters.iter().rev() {
            if cluster.chars().any(|c| mirrored(c) != c) {
                self.turned.push(self.clusters.len());
            }
            // Letters come in the shapes that they have in their words, and in ligatures; so nothing is told of them here.
            let plain =
                if cluster.contains(is_right_to_left) { cluster.nfkc().collect() } else { (*cluster).to_owned() };
            self.clusters.push(plain);
        }
    }

    /// Adds signs as they are.
    fn push(&mut self, clusters: &[&str]) {
        self.clusters.extend(clusters.iter().map(|cluster| (*cluster).to_owned()));
    }

    /// Returns how the brackets were given, if fewer of them lack their partner that way.
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

/// What opens on the right looks as what closes on the left.
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

/// Reads a line of letters from right to left; what reads from left to right within it stays in its order.
fn from_the_right(line: &[&str], read: &mut Read) {
    // Digits behind Arabic letters hold together less than behind Hebrew ones: there a hyphen parts them.
    let hebrew = line.iter().any(|of| of.contains(|c| matches!(c, '\u{590}'..='\u{5ff}')))
        && !line.iter().any(|of| of.contains(|c| matches!(c, '\u{600}'..='\u{8ff}') && is_right_to_left(c)));
    let mut end = line.len();
    while end > 0 {
        // Marks within a number stand among the letters of Arabic.
        let rtl = |of: &&&str| of.contains(|c| is_right_to_left(c) && !matches!(c, '\u{66a}'..='\u{66c}'));
        let letters = line[..end].iter().rev().take_while(rtl).count();
        read.push_reversed(&line[end - letters..end]);
        end -= letters;
        let others = line[..end].iter().rev().take_while(|of| !rtl(of)).count();
        between(&line[end - others..end], hebrew, read);
        end -= others;
    }
}

/// Reads what stands between letters from right to left: words of another script, numbers, signs.
fn between(run: &[&str], hebrew: bool, read: &mut Read) {
    let mut end = run.len();
    for barrier in barriers(run).into_iter().rev() {
        piece(&run[barrier + 1..end], hebrew, read);
        read.push_reversed(&run[barrier..=barrier]);
        end = barrier;
    }
    piece(&run[..end], hebrew, read);
}

/// Returns the brackets that belong to the line around words from left to right: those without a partner, those around
/// the first or the last word, and two with nothing between them, as between `(NPT) (CTBT)`.
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

/// Reads words, numbers and the signs around them, which follow the letters on both sides.
fn piece(run: &[&str], hebrew: bool, read: &mut Read) {
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

/// Reads words from left to right, with the numbers that belong to them, or numbers alone.
fn left_to_right(core: &[&str], hebrew: bool, read: &mut Read) {
    let Some(latin) = core.iter().position(|of| is_latin(of)) else { return numbers(core, hebrew, read) };
    // A number on the left of what reads from left to right does not belong to it, unless it is of the same word: it is
    // read after it.
    let word = core[..latin].iter().rposition(|of| of.trim().is_empty()).map_or(0, |space| space + 1);
    read.push(&core[word..]);
    let apart = core[..word].iter().rposition(|of| is_number(of)).map_or(0, |last| last + 1);
    read.push_reversed(&core[apart..word]);
    numbers(&core[..apart], hebrew, read);
}

/// Reads numbers from right to left. Each stays as it is, with the marks within it.
fn numbers(run: &[&str], hebrew: bool, read: &mut Read) {
    let joins = |c: &str| {
        matches!(c, "." | "," | ":" | "/" | "\u{66b}" | "\u{66c}" | "\u{a0}") || hebrew && matches!(c, "-" | "+")
    };
    let mut end = run.len();
    while end > 0 {
        if !is_number(run[end - 1]) {
            // A sign of percentage stands behind its number, on whichever side of it it is drawn.
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
        // Where a hyphen parts two numbers, the first one stands on the right. Some authors keep such a range from left to
        // right, though, and a range rises.
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

/// Returns where the number begins with which these signs end.
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

/// Returns a whole number's value.
fn value(number: &[&str]) -> Option<u64> {
    let digit = |of: &&str| {
        let c = of.chars().next()?;
        let zero = match c {
            '0'..='9' => '0',
            '\u{660}'..='\u{669}' => '\u{660}',
            '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
            _ => return None,
        };
        Some(u64::from(c as u32 - zero as u32))
    };
    number.iter().try_fold(0_u64, |value, of| value.checked_mul(10)?.checked_add(digit(of)?))
}

/// Reads a line from left to right; letters from right to left within it are put into their order.
fn from_the_left(line: &[&str], read: &mut Read) {
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
mod tests {
    use super::*;

    /// Returns a line as it stands on the page: its letters turned round, its numbers and Latin words not.
    fn drawn(parts: &[&str]) -> String {
        let turned = |part: &&str| {
            if part.contains(is_right_to_left) { part.chars().rev().collect() } else { (*part).to_owned() }
        };
        parts.iter().rev().map(turned).collect()
    }

    #[test]
    fn lines_from_the_right_are_read_in_order() {
        for (parts, expect) in [
            (&["خطاب"][..], "خطاب"),
            // A range rises, on whichever side it begins.
            (&["في عام ", "2024", "-", "2023", "."], "في عام 2023-2024."),
            (&["في عام ", "2023", "-", "2024", "."], "في عام 2023-2024."),
            (&["بين ", "2023-2024", " و"], "بين 2023-2024 و"),
            (&["يوم ", "2024", "-", "06", "-", "05", " ثم"], "يوم 2024-06-05 ثم"),
            (&["يوم ", "05-06-2024", " ثم"], "يوم 2024-06-05 ثم"),
            (&["في ", "٢٠١٠", "–", "٢٠١٥", "، ", "نص"], "في ٢٠١٠–٢٠١٥، نص"),
            (&["نسبة ", "45.5", "%", " منه"], "نسبة 45.5% منه"),
            (&["نسبة ", "45.5%", " منه"], "نسبة 45.5% منه"),
            (&["نسبة ", "3,5", "٪", ".", " ثم"], "نسبة 3,5٪. ثم"),
            (&["يوم ", "2024/9/22", "،", " ثم"], "يوم 2024/9/22، ثم"),
            (&["الساعة ", "10:30", " ثم"], "الساعة 10:30 ثم"),
            (&["القرار ", "A/RES/78/41", " والفقرة"], "القرار A/RES/78/41 والفقرة"),
            (&["دورة ", "COP 28", " ثم"], "دورة COP 28 ثم"),
            (&["دورة ", "COP", " ", "28", " ثم"], "دورة COP 28 ثم"),
            (&["رقم ", "1", ".", " ", "نص"], "رقم 1. نص"),
            (&["-", "5", " درجات"], "-5 درجات"),
            // Hebrew keeps a range from left to right, and the sign with its number.
            (&["בשנים ", "2023-2024", "."], "בשנים 2023-2024."),
            (&["ב", "-", "2023", ",", " ", "45%", " מן"], "ב-2023, 45% מן"),
            (&["سال ", "۱۴۰۲", "-", "۱۴۰۳", "."], "سال ۱۴۰۲-۱۴۰۳."),
        ] {
            assert_eq!(logical(&drawn(parts), true, Brackets::AsDrawn), expect, "{parts:?}");
        }
        assert_eq!(logical("words", true, Brackets::AsDrawn), "words");
        assert_eq!(logical("%۴۵\u{66b}۵ هب", true, Brackets::AsDrawn), "به ۴۵\u{66b}۵%");
        let usual = Usual { from_right: true, ..Usual::default() };
        for (line, from_right) in [
            (".https://example.org/a-b عقوملا", true),
            (".example.org", true),
            ("Example Mission", false),
            ("... and so on", false),
        ] {
            assert_eq!(is_from_right(line, usual), from_right, "{line}");
            assert!(!is_from_right(line, Usual::default()));
        }
        assert_eq!(logical(".example.org", true, Brackets::AsDrawn), "example.org.");
        assert_eq!(logical("\u{644}\u{651}ك", true, Brackets::AsDrawn), "ك\u{644}\u{651}");
        assert_eq!(logical("م\u{fefb}س", true, Brackets::AsDrawn), "سلام");
    }

    #[test]
    fn brackets_open_before_they_close_however_the_file_gives_them() {
        for (line, expect) in [
            ("هنم (3) ةرقفلاو", "والفقرة (3) منه"),
            ("هنم )3( ةرقفلاو", "والفقرة (3) منه"),
            ("و (NPT) ةدهاعم", "معاهدة (NPT) و"),
            ("و )NPT( ةدهاعم", "معاهدة (NPT) و"),
            ("و (CTBT) (NPT) ةدهاعم", "معاهدة (NPT) (CTBT) و"),
            ("و )CTBT( )NPT( ةدهاعم", "معاهدة (NPT) (CTBT) و"),
            ("«ملس» ةملك", "كلمة «سلم»"),
            ("»ملس« ةملك", "كلمة «سلم»"),
            ("و A(1)/B ةدهاعم", "معاهدة A(1)/B و"),
        ] {
            assert_eq!(logical(line, true, Brackets::AsDrawn), expect, "{line}");
            assert_eq!(logical(line, true, Brackets::AsWritten), expect, "{line}");
        }
        // A bracket that closes on another line says nothing; the text's other lines do.
        assert_eq!(logical("(مولس", true, Brackets::AsDrawn), "سلوم)");
        assert_eq!(logical("(مولس", true, Brackets::AsWritten), "سلوم(");
        assert_eq!(brackets("و )NPT( ةدهاعم"), Some(Brackets::AsWritten));
        assert_eq!(brackets("(مولس"), None);
    }

    #[test]
    fn words_from_the_right_are_read_in_order_within_a_line_from_the_left() {
        let line = "They call it ماعلا ملس (peace) in 2024";
        assert_eq!(logical(line, false, Brackets::AsDrawn), "They call it سلم العام (peace) in 2024");
    }
}
