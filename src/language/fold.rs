//! Characters that look alike -> one of them, with a map back to their positions in the original text.
//!
//! A keyboard types `'`, Word turns it into `’`, and a PDF has a no-break space where a space was typed. Readers see no
//! difference, so names, phrases and symbols are compared in folded form. What is shown is never folded: a range found
//! in the folded text is mapped back to the bytes of the original.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memmem};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

pub use super::look_alikes::letter;
use super::scripts::is_presentation_form;

/// Which differences between characters count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folding {
    /// Capitals become lower case.
    lowercase: bool,
    /// En and em dashes become hyphens as well.
    dashes: bool,
}

impl Folding {
    /// For names: look-alikes are equal, capitals and small letters differ.
    pub const LOOK_ALIKES: Folding = Folding { lowercase: false, dashes: true };
    /// For symbols: look-alikes are equal, but a dash between two words is not a hyphen. In "72/27—which" it ends the
    /// symbol.
    pub const SYMBOLS: Folding = Folding { lowercase: false, dashes: false };
    /// For phrases and keys of names: look-alikes are equal, and so are capitals and small letters.
    pub const CASELESS: Folding = Folding { lowercase: true, dashes: true };
    /// Like `CASELESS`, but a dash between two words is not a hyphen.
    pub const CASELESS_SYMBOLS: Folding = Folding { lowercase: true, dashes: false };
}

/// A text in folded form, which knows the positions of its characters in the original.
pub struct Folded<'a> {
    original: &'a str,
    text: Cow<'a, str>,
    /// Where the distance between folded and original bytes changes, in ascending order.
    steps: Vec<Step>,
}

/// From the byte `folded` of the folded text on, bytes correspond to those from `original` on.
struct Step {
    folded: usize,
    original: usize,
    /// An invisible character ends here, which belongs neither to what precedes it nor to what follows.
    is_gap: bool,
}

impl<'a> Folded<'a> {
    /// Folds a text, which must be in Unicode form C.
    pub fn new(original: &'a str, folding: Folding) -> Folded<'a> {
        // Most paragraphs of many texts are ASCII with single spaces, which needs no look at single characters.
        if next_special(original.as_bytes(), 0, &mut Seen::default()).is_none() {
            let is_same = !folding.lowercase || !original.bytes().any(|byte| byte.is_ascii_uppercase());
            let text = if is_same { Cow::Borrowed(original) } else { Cow::Owned(original.to_ascii_lowercase()) };
            return Folded { original, text, steps: Vec::new() };
        }
        let mut folder = Folder { text: String::with_capacity(original.len()), steps: Vec::new(), at: 0, folding };
        let mut seen = Seen::default();
        while folder.at < original.len() {
            let special = next_special(original.as_bytes(), folder.at, &mut seen).unwrap_or(original.len());
            folder.ascii(&original[folder.at..special]);
            let mut rest = original[special..].chars();
            while let Some(c) = rest.next() {
                folder.character(c, rest.as_str());
                // In other scripts special characters follow one another; an ASCII letter begins a new stretch.
                if rest.as_str().starts_with(|c: char| c.is_ascii_alphanumeric()) {
                    break;
                }
            }
        }
        Folded { original, text: Cow::Owned(folder.text), steps: folder.steps }
    }

    /// Returns the folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the bytes of the original that correspond to a range of the folded text. Vowel marks belong to their
    /// letter; other invisible characters are left out at both ends.
    pub fn original_range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.original.floor_char_boundary(self.start(range.start));
        if range.is_empty() {
            return start..start;
        }
        start..self.original.ceil_char_boundary(self.end(range.end)).max(start)
    }

    /// Returns the byte of the original at which the character at a byte of the folded text begins.
    pub fn start(&self, at: usize) -> usize {
        let after = self.steps.partition_point(|step| step.folded <= at);
        self.beyond(after, at)
    }

    fn end(&self, at: usize) -> usize {
        let mut after = self.steps.partition_point(|step| step.folded <= at);
        while after > 0 && self.steps[after - 1].folded == at && self.steps[after - 1].is_gap {
            after -= 1;
        }
        self.beyond(after, at)
    }

    fn beyond(&self, steps: usize, at: usize) -> usize {
        match steps.checked_sub(1).map(|last| &self.steps[last]) {
            Some(step) => step.original + (at - step.folded),
            None => at,
        }
    }
}

/// A text while it is being folded.
struct Folder {
    text: String,
    steps: Vec<Step>,
    /// How many bytes of the original are folded.
    at: usize,
    folding: Folding,
}

impl Folder {
    /// Appends ASCII with single spaces.
    fn ascii(&mut self, stretch: &str) {
        let start = self.text.len();
        self.text.push_str(stretch);
        if self.folding.lowercase {
            self.text[start..].make_ascii_lowercase();
        }
        self.at += stretch.len();
    }

    /// Folds one character; `rest` is what follows it.
    fn character(&mut self, c: char, rest: &str) {
        let before = self.text.len();
        match c {
            // Reading turns three dots into one character; undo it, except for symbols, which never end with dots.
            '…' if self.folding.dashes => "...".chars().for_each(|c| self.push(c, rest)),
            'œ' => "oe".chars().for_each(|c| self.push(c, rest)),
            'Œ' => "OE".chars().for_each(|c| self.push(c, rest)),
            // A spacing vowel mark decomposes to a space and the mark; the space is not in the text.
            c if is_shape(c) => decompose_compatible(c, |c| {
                if c != ' ' {
                    self.push(c, rest);
                }
            }),
            c => self.push(c, rest),
        }
        self.at += c.len_utf8();
        let length = self.text.len() - before;
        if length != c.len_utf8() {
            let is_gap = length == 0 && !is_combining_mark(c);
            self.steps.push(Step { folded: self.text.len(), original: self.at, is_gap });
        }
    }

    fn push(&mut self, c: char, rest: &str) {
        let is_dash = matches!(c, '–' | '—' | '―' | '⸺' | '⸻');
        if is_dash && !self.folding.dashes && !self.is_in_symbol(rest) {
            return self.text.push(c);
        }
        match letter(c) {
            None => {}
            // Two spaces look like one, and reading turns two hyphens into a dash.
            Some(' ') if self.text.ends_with(' ') => {}
            Some('-') if self.folding.dashes && self.text.ends_with('-') => {}
            // The dot of the Turkish capital İ as a separate character.
            Some('\u{307}') if self.text.ends_with(['i', 'I']) => {}
            Some(c) if self.folding.lowercase && !is_lowercase(c) => self.text.extend(c.to_lowercase()),
            Some(c) => self.text.push(c),
        }
    }

    /// Returns whether a dash here is part of a symbol: `A/RES/ES–10/21`.
    fn is_in_symbol(&self, rest: &str) -> bool {
        self.text.ends_with('S') && rest.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// Returns a text in folded form.
pub fn fold(text: &str, folding: Folding) -> Cow<'_, str> {
    Folded::new(text, folding).text
}

/// Returns the form in which all spellings of one name are equal: look-alikes, capitals and surrounding spaces make no
/// difference, nor does the Unicode form of accented letters.
pub fn key(name: &str) -> Box<str> {
    let composed: Cow<'_, str> = if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(name.nfc().collect()) };
    fold(&composed, Folding::CASELESS).trim().into()
}

/// Returns a text without capitals, accents and look-alikes. Dashes are kept.
pub fn plain(text: &str) -> String {
    if text.is_ascii() {
        return fold(text, Folding::CASELESS_SYMBOLS).into_owned();
    }
    let bare: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    fold(&bare, Folding::CASELESS_SYMBOLS).into_owned()
}

/// Returns whether a character is known to be its own lower case, which is true of most characters of common scripts.
/// The standard library searches a table for each.
fn is_lowercase(c: char) -> bool {
    matches!(c, '\0'..='@' | 'a'..='z' | 'а'..='я' | '\u{590}'..='\u{6ff}' | '\u{2e80}'..='\u{a4cf}')
}

/// Returns whether a character is several letters in one or a presentation form: a Roman numeral, a ligature.
fn is_shape(c: char) -> bool {
    matches!(c, '\u{2160}'..='\u{217f}') || is_presentation_form(c)
}

/// The positions of the next tab, double space and double hyphen, as far as they are known, so that a text is searched
/// for each only once.
#[derive(Default)]
struct Seen {
    tab: Option<usize>,
    spaces: Option<usize>,
    hyphens: Option<usize>,
}

/// A text with fewer bytes is checked byte by byte, which is faster than setting up searches.
const SHORT: usize = 64;

/// Returns the next byte from `at` on that cannot be copied unchanged: a byte that is not ASCII, a tab, or the second
/// of two spaces or hyphens.
fn next_special(bytes: &[u8], at: usize, seen: &mut Seen) -> Option<usize> {
    if bytes.len() < SHORT {
        let is_special = |i: &usize| {
            !bytes[*i].is_ascii()
                || matches!(bytes[*i], b'\t')
                || *i > 0 && matches!(bytes[i - 1..=*i], [b' ', b' '] | [b'-', b'-'])
        };
        return (at..bytes.len()).find(is_special);
    }
    let search = |known: &mut Option<usize>, find: &dyn Fn(&[u8]) -> Option<usize>| {
        let found = known.filter(|found| *found >= at);
        *known.insert(found.unwrap_or_else(|| find(&bytes[at..]).map_or(bytes.len(), |found| at + found)))
    };
    let tab = search(&mut seen.tab, &|rest| memchr(b'\t', rest));
    let spaces = search(&mut seen.spaces, &|rest| memmem::find(rest, b"  ").map(|found| found + 1));
    let hyphens = search(&mut seen.hyphens, &|rest| memmem::find(rest, b"--").map(|found| found + 1));
    let other = at + ascii_length(&bytes[at..]);
    let next = tab.min(spaces).min(hyphens).min(other);
    (next < bytes.len()).then_some(next)
}

/// Returns the number of ASCII bytes before the first byte that is not.
fn ascii_length(bytes: &[u8]) -> usize {
    const STRIDE: usize = 32;
    let whole = bytes.chunks_exact(STRIDE).take_while(|chunk| chunk.is_ascii()).count() * STRIDE;
    whole + bytes[whole..].iter().take_while(|byte| byte.is_ascii()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_alike_is_one() {
        for (one, other) in [
            ("women’s rights", "women's rights"),
            ("Qurʼan, Hawaiʻi, d‘Ivoire", "qur'an, hawai'i, d'ivoire"),
            ("“dual use” «goods»", "\"dual use\" \"goods\""),
            ("non\u{2011}proliferation and non\u{2010}use", "non-proliferation and non-use"),
            ("Timor–Leste −1 a—b", "timor-leste -1 a-b"),
            ("outer\u{a0}space\u{202f}2\u{2009}x\u{3000}y", "outer space 2 x y"),
            ("two  spaces \u{a0} and\ta tab", "two spaces and a tab"),
            ("dis\u{ad}arma\u{200b}ment dis¬armament", "disarmament disarmament"),
            ("a\u{200f}b\u{2067}c\u{feff}", "abc"),
            ("الحدّ من التسلُّح", "الحد من التسلح"),
            ("نيويـــورك", "نيويورك"),
            ("الأمن إلى", "الامن الي"),
            ("שָׁלוֹם עֲלֵיכֶם", "שלום עליכם"),
            ("ירי־טילים", "ירי-טילים"),
            ("İSTANBUL ışık", "istanbul işik"),
            ("i\u{307}stanbul", "istanbul"),
            ("вооружённый", "вооруженный"),
            ("ΛΌΓΟΣ", "λόγος"),
            ("١٥٤٠ (٢٠٠٤) ۱۲", "1540 (2004) 12"),
            ("第１５４０（２００４）号", "第1540(2004)号"),
            ("ﬁrst oﬀer", "first offer"),
            ("peace -- and --- war", "peace – and — war"),
            ("peace... and so", "peace… and so"),
            ("manœuvre ŒUVRE", "manoeuvre oeuvre"),
            ("3379 (ⅩⅩⅩ)", "3379 (xxx)"),
            ("A∕RES∕72⁄27", "a/res/72/27"),
            ("اسلامی ک", "اسلامي ك"),
            ("\u{fee3}\u{fea4}\u{fee4}\u{fe94}", "محمة"),
        ] {
            assert_eq!(fold(one, Folding::CASELESS), fold(other, Folding::CASELESS), "{one}");
        }
    }

    #[test]
    fn what_differs_stays_apart() {
        for (text, folding, expect) in [
            ("été ß ñ", Folding::CASELESS, "été ß ñ"),
            ("US and us", Folding::LOOK_ALIKES, "US and us"),
            ("Côte d’Ivoire", Folding::LOOK_ALIKES, "Côte d'Ivoire"),
            ("A/RES/72/27—which, 72/26–72/28", Folding::SYMBOLS, "A/RES/72/27—which, 72/26–72/28"),
            ("A/72/1… -- B", Folding::SYMBOLS, "A/72/1… -- B"),
            ("ES\u{2011}10/21, A/RES/ES–11/1", Folding::SYMBOLS, "ES-10/21, A/RES/ES-11/1"),
            ("one\ntwo", Folding::CASELESS, "one\ntwo"),
        ] {
            assert_eq!(fold(text, folding), expect);
        }
        assert_eq!(&*key(" Co\u{302}te d’Ivoire\u{a0}"), "côte d'ivoire");
        assert_eq!(plain("RÉPUBLIQUE d’ARVÉNIE"), "republique d'arvenie");
    }

    #[test]
    fn a_place_is_found_again_in_the_original() {
        for (text, folded, expect) in [
            ("on “dual use” goods", "\"dual use\" goods", "“dual use” goods"),
            ("a\u{a0}\u{a0}b – Timor\u{2011}Leste’s", "timor-leste", "Timor\u{2011}Leste"),
            ("the \u{ad}arma\u{ad}ment\u{ad}s race", "armament", "arma\u{ad}ment"),
            ("نؤيد الحدّ من", "الحد", "الحدّ"),
            ("نؤيد الحدّ\u{200f} من", "الحد", "الحدّ"),
            ("İ ı ﬁ end", "end", "end"),
            ("x  y  z", "y z", "y  z"),
            ("第（２００４）号", "2004", "２００４"),
            ("plain ASCII text", "ascii", "ASCII"),
        ] {
            let made = Folded::new(text, Folding::CASELESS);
            let at = made.text().find(folded).unwrap_or_else(|| panic!("{folded:?} in {:?}", made.text()));
            assert_eq!(&text[made.original_range(&(at..at + folded.len()))], expect, "{text}");
        }
    }

    #[test]
    fn every_byte_of_any_text_has_its_place() {
        // Everything that is folded somehow, next to each other in many orders.
        let signs: Vec<char> =
            "aS1 -\t\n’“…œ‑–—\u{a0}\u{ad}\u{200b}\u{640}\u{651}أىёİı\u{307}ς٢（ﬁ\u{fefb}\u{fc60}文é".chars().collect();
        let mut state = 7usize;
        for _ in 0..400 {
            let text: String = (0..40)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    signs[(state >> 33) % signs.len()]
                })
                .collect();
            for folding in [Folding::LOOK_ALIKES, Folding::SYMBOLS, Folding::CASELESS, Folding::CASELESS_SYMBOLS] {
                let folded = Folded::new(&text, folding);
                let mut last = 0;
                for (at, c) in folded.text().char_indices() {
                    let range = folded.original_range(&(at..at + c.len_utf8()));
                    assert!(range.start >= last && text.get(range.clone()).is_some(), "{text:?} {range:?}");
                    last = range.start;
                }
                if folding.dashes {
                    assert_eq!(fold(folded.text(), folding), folded.text(), "{text:?} is not folded once for all");
                }
            }
        }
    }
}
