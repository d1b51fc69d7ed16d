//! Straight quotation marks as the parser turned them -> turned by what surrounds them and by which marks are open.
//!
//! A parser that sees one mark at a time treats every mark between two letters alike; in scripts without spaces, all
//! marks are between letters, so `他说"是"。` would get two closing marks.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::Reader;
use crate::language::scripts::is_unspaced;

/// A quotation mark that was straight: its byte in the text, and whether it is double.
pub(super) type Quote = (usize, bool);

/// The length of each of the marks “ ” ‘ ’, as the parser writes them, in bytes.
const LENGTH: usize = 3;

impl Reader<'_> {
    /// Turns the marks written since the end of the last block.
    pub(super) fn turn_quotes(&mut self) {
        let quotes = std::mem::take(&mut self.quotes);
        let Some(&(first, _)) = quotes.first() else { return };
        let start = self.text[..first].rfind('\n').map_or(0, |end| end + 1);
        let block = self.text.split_off(start);
        let quotes: Vec<Quote> = quotes.into_iter().map(|(at, is_double)| (at - start, is_double)).collect();
        let mut at = 0;
        // Places in the text are known already, so no mark may be longer or shorter than the one that it replaces.
        for ((place, _), mark) in quotes.iter().zip(turned(&block, &quotes)) {
            debug_assert_eq!(mark.len_utf8(), LENGTH);
            self.text.push_str(&block[at..*place]);
            self.text.push(mark);
            at = place + LENGTH;
        }
        self.text.push_str(&block[at..]);
    }
}

/// The mark of Hebrew abbreviations.
pub(super) const GERSHAYIM: &str = "״";

/// Returns whether a double mark belongs to a Hebrew abbreviation, before whose last letter it stands (`צה"ל`). Before a
/// word of several letters it opens a quotation (`ו"שלום"`).
pub(super) fn is_gershayim(before: &str, after: &str) -> bool {
    let is_hebrew = |c: char| matches!(c, 'א'..='ת');
    let mut after = after.chars();
    before.ends_with(is_hebrew) && after.next().is_some_and(is_hebrew) && !after.next().is_some_and(char::is_alphabetic)
}

/// What is on one side of a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// A space, or the beginning or end of the block.
    Edge,
    Opening,
    Closing,
    Dash,
    Word,
    /// A letter of a script that is written without spaces.
    Unspaced,
}

fn side(c: Option<char>) -> Side {
    use GeneralCategory::{
        ClosePunctuation, DashPunctuation, FinalPunctuation, InitialPunctuation, OpenPunctuation, OtherPunctuation,
    };
    let Some(c) = c.filter(|c| !c.is_whitespace()) else { return Side::Edge };
    match c.general_category() {
        _ if matches!(c, '¿' | '¡') => Side::Opening,
        _ if matches!(c, '/' | '\\') => Side::Dash,
        OpenPunctuation | InitialPunctuation => Side::Opening,
        ClosePunctuation | FinalPunctuation | OtherPunctuation => Side::Closing,
        DashPunctuation => Side::Dash,
        _ if is_unspaced(c) => Side::Unspaced,
        _ => Side::Word,
    }
}

/// Returns the direction of each mark of a block, in order.
fn turned(block: &str, quotes: &[Quote]) -> Vec<char> {
    let after: Vec<Option<char>> = after(block, quotes);
    let mut open = OpenQuotes::default();
    let mut marks: Vec<char> = Vec::with_capacity(quotes.len());
    let mut at = 0;
    // An opening single mark needs one that closes it further on; otherwise it is an apostrophe (`'tis`, `the '90s`).
    // An apostrophe within a word cannot close anything.
    let closes = |((at, is_double), after): (&Quote, &Option<char>)| {
        let before = side(block[..*at].chars().next_back());
        !is_double && !matches!(before, Side::Edge | Side::Opening) && side(*after) != Side::Word
    };
    let closers: Vec<bool> = quotes.iter().zip(&after).map(closes).collect();
    let mut left = closers.iter().filter(|closes| **closes).count();
    for (i, &(place, is_double)) in quotes.iter().enumerate() {
        block[at..place].chars().for_each(|c| open.typed(c));
        at = place + LENGTH;
        let adjacent = i > 0 && quotes[i - 1].0 + LENGTH == place;
        let before = if adjacent { marks.last().copied() } else { block[..place].chars().next_back() };
        if is_double {
            marks.push(open.double(before, after[i]));
        } else {
            left -= usize::from(closers[i]);
            let decade = block[at..].starts_with(|c: char| c.is_ascii_digit())
                && block[at..].trim_start_matches(|c: char| c.is_ascii_digit()).starts_with('s');
            marks.push(open.single(before, after[i], left > 0 && !decade));
        }
    }
    marks
}

/// Returns the character that follows each mark, skipping adjacent marks.
fn after(block: &str, quotes: &[Quote]) -> Vec<Option<char>> {
    let mut found: Vec<Option<char>> = vec![None; quotes.len()];
    for (i, &(at, _)) in quotes.iter().enumerate().rev() {
        let end = at + LENGTH;
        found[i] = match quotes.get(i + 1) {
            Some((next, _)) if *next == end => found[i + 1],
            _ => block[end..].chars().next(),
        };
    }
    found
}

/// The open quotations.
#[derive(Default)]
struct OpenQuotes {
    doubles: usize,
    /// Those of them that were typed in German style, `„`, so that “ ends them.
    low: usize,
    single: bool,
}

impl OpenQuotes {
    /// Records a mark that the author typed in its turned form.
    fn typed(&mut self, c: char) {
        match c {
            '„' => (self.doubles, self.low) = (self.doubles + 1, self.low + 1),
            '“' if self.low > 0 => (self.doubles, self.low) = (self.doubles.saturating_sub(1), self.low - 1),
            '“' => self.doubles += 1,
            '”' => self.doubles = self.doubles.saturating_sub(1),
            _ => {}
        }
    }

    /// Turns a double mark.
    fn double(&mut self, before: Option<char>, after: Option<char>) -> char {
        use Side::{Closing, Dash, Edge, Opening, Unspaced, Word};
        let is_open = self.doubles > 0;
        let closes = match (side(before), side(after)) {
            (Edge | Opening, Word | Unspaced | Opening | Dash) | (Dash, Word | Opening) => false,
            (Word | Closing, Edge | Closing | Dash) | (Unspaced, Edge) => true,
            // An inch mark: 5'10"x4'.
            (Word, _) if !is_open && before.is_some_and(char::is_numeric) => true,
            _ => is_open,
        };
        if closes {
            self.doubles = self.doubles.saturating_sub(1);
            '”'
        } else {
            self.doubles += 1;
            '“'
        }
    }

    /// Turns a single mark; `is_closed` says whether a later mark could close it.
    fn single(&mut self, before: Option<char>, after: Option<char>, is_closed: bool) -> char {
        use Side::{Closing, Dash, Edge, Opening, Unspaced, Word};
        let opens = match (side(before), side(after)) {
            (Edge | Opening | Dash, Word | Unspaced | Opening) => is_closed,
            (Unspaced | Closing, Unspaced | Opening) | (Unspaced, Word | Closing) | (Word, Unspaced) => {
                is_closed && !self.single
            }
            _ => false,
        };
        self.single = opens;
        if opens { '‘' } else { '’' }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Html;
    use crate::read::markdown::parse;

    #[test]
    fn places_in_a_text_hold_also_for_hebrew_abbreviations() {
        let (body, _) = parse("ארה\"ב: *אמרה \"שלום\"* וצה\"ל.\n\nמנכ\"ל.\n", 1, Html::Escape, true);
        let words: Vec<&str> = body.paragraphs.iter().map(|paragraph| body.words(&paragraph.text).trim()).collect();
        assert_eq!(words, ["ארה״ב: אמרה “שלום” וצה״ל.", "מנכ״ל."]);
    }

    #[test]
    fn quotation_marks_turn_to_their_words() {
        for (source, expect) in [
            ("He said \"we\" and 'they'.", "He said “we” and ‘they’."),
            ("他说\"直引号\"和'单引号'。我们支持\"和平\"的立场。", "他说“直引号”和‘单引号’。我们支持“和平”的立场。"),
            ("他说：\"甲，\"乙\"（丙）\"。", "他说：“甲，”乙“（丙）”。"),
            ("彼は\"平和\"と言った", "彼は“平和”と言った"),
            ("เขาพูดว่า\"สันติภาพ\"แล้ว", "เขาพูดว่า“สันติภาพ”แล้ว"),
            ("ארה\"ב אמרה \"שלום\" וצה\"ל, ו\"כן\".", "ארה״ב אמרה “שלום” וצה״ל, ו“כן”."),
            ("The wall is 5'10\" tall, 3\"x4\".", "The wall is 5’10” tall, 3”x4”."),
            ("(“mixed\" and more, “so\".", "(“mixed” and more, “so”."),
            ("„Zitat“ and \"quote\"", "„Zitat“ and “quote”"),
            ("\"The first paragraph", "“The first paragraph"),
            ("and its last\" ends here.", "and its last” ends here."),
            ("word—\"quoted\"—word", "word—“quoted”—word"),
            ("\"We will not—\" he said", "“We will not—” he said"),
            ("\"'a' b\" and \"c 'd'\"", "“‘a’ b” and “c ‘d’”"),
            ("it's the '90s, the states' and '10 rules'", "it’s the ’90s, the states’ and ‘10 rules’"),
            ("'Tis so", "’Tis so"),
            ("**\"bold\"** (\"so\")", "“bold” (“so”)"),
            ("\"*so*\", \"[a](https://b.org)\"", "“so”, “a”"),
            ("\"…we\" and/\"or\"", "“…we” and/“or”"),
            ("“a \"b\" c”", "“a “b” c”"),
        ] {
            let (body, _) = parse(source, 1, Html::Escape, true);
            assert_eq!(body.text.trim_end(), expect, "{source}");
            assert_eq!(parse(source, 1, Html::Escape, false).0.text.matches('“').count(), source.matches('“').count());
        }
    }

    #[test]
    fn each_block_has_its_own_marks() {
        for (source, expect) in [
            ("\"a\n\n\"b\"", "“a\n“b”"),
            ("# \"a\n\nb \"c\"", "“a\nb “c”"),
            ("- a \"b\n- \"c\" d", "a “b\n“c” d"),
            ("| \"a | \"b\" |\n|-|-|", "“a\n“b”"),
        ] {
            let (body, _) = parse(source, 1, Html::Escape, true);
            assert_eq!(body.text.trim_end(), expect, "{source}");
        }
    }
}
