//! The paragraphs of several texts in chronological order -> which of them repeat the same words, and which is a
//! changed wording of which.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::alike::{can_be_alike, shared};
use crate::compare::changes::codes;
use crate::config::base_language;
use crate::language::word::words;

/// A paragraph: the index of its text, and its index in that text.
pub type At = (usize, usize);

/// A paragraph and the earlier wordings of it.
pub struct Wording<'a> {
    /// Where it is.
    pub at: At,
    /// Its text.
    pub words: &'a str,
    /// The latest earlier wording of it; `None` if it is new.
    pub before: Option<At>,
    /// All paragraphs of that earlier text whose words are in this one: `before` first, then those that were joined to
    /// it.
    pub alike: Vec<At>,
    /// Whether it has exactly the words of `before`.
    pub is_same: bool,
    /// All paragraphs with exactly these words, in order, including itself.
    pub all: Vec<At>,
}

/// Texts in chronological order, each with its language and the words of its paragraphs.
pub type Texts<'a> = [(&'a str, Vec<&'a str>)];

/// Compares the paragraphs of each text with those of the earlier texts in its language.
pub fn series<'a>(texts: &Texts<'a>) -> Vec<Vec<Wording<'a>>> {
    let mut seen = Seen::default();
    let mut all: Vec<Vec<Wording<'a>>> = Vec::new();
    for (text, (language, paragraphs)) in texts.iter().enumerate() {
        let new: Vec<Paragraph> =
            paragraphs.iter().enumerate().map(|(at, words)| Paragraph::new((text, at), language, words)).collect();
        // Compared with earlier texts only: `seen` is extended afterwards, so that a text is not like itself.
        let wording = |(paragraph, words): (&Paragraph, &&'a str)| {
            let alike = seen.before(paragraph);
            let before = alike.first().map(|before| before.at);
            let is_same = alike.first().is_some_and(|before| before.codes == paragraph.codes);
            let alike = alike.iter().map(|other| other.at).collect();
            Wording { at: paragraph.at, words, before, alike, is_same, all: Vec::new() }
        };
        all.push(new.iter().zip(paragraphs).map(wording).collect());
        seen.extend(new);
    }
    for places in seen.same.values() {
        for (text, at) in places {
            all[*text][*at].all.clone_from(places);
        }
    }
    all
}

/// A paragraph as it is compared.
struct Paragraph {
    at: At,
    /// The language without its region: British and American English are compared.
    language: String,
    codes: Vec<u32>,
    /// The same, sorted.
    sorted: Vec<u32>,
    /// Its distinct rows of three words, sorted, each hashed to one code. Paragraphs that share none are not alike.
    rows: Vec<u32>,
}

/// The number of consecutive words by which candidates are found.
const ROW: usize = 3;

impl Paragraph {
    fn new(at: At, language: &str, text: &str) -> Paragraph {
        let codes = codes(&words(text));
        let mut rows: Vec<u32> = codes.windows(ROW.min(codes.len()).max(1)).map(row).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        let language = base_language(language).to_owned();
        Paragraph { at, language, codes, sorted, rows }
    }
}

fn row(codes: &[u32]) -> u32 {
    codes.iter().fold(0, |row: u32, code| row.rotate_left(11).wrapping_mul(0x9e37_79b1) ^ code)
}

/// The paragraphs of the texts so far.
#[derive(Default)]
struct Seen {
    paragraphs: Vec<Paragraph>,
    /// For each row of words, the indices of the paragraphs that have it.
    by_row: HashMap<u32, Vec<usize>>,
    /// For each language and words, the paragraphs that consist of exactly these.
    same: BTreeMap<(String, Vec<u32>), Vec<At>>,
}

/// The share of common rows, in percent, from which two paragraphs are compared.
const COMMON: usize = 12;

impl Seen {
    fn extend(&mut self, new: Vec<Paragraph>) {
        // Paragraphs without words are left out: they would all be equal.
        for paragraph in new.into_iter().filter(|paragraph| !paragraph.codes.is_empty()) {
            let key = (paragraph.language.clone(), paragraph.codes.clone());
            self.same.entry(key).or_default().push(paragraph.at);
            for row in &paragraph.rows {
                self.by_row.entry(*row).or_default().push(self.paragraphs.len());
            }
            self.paragraphs.push(paragraph);
        }
    }

    /// Finds the earlier wordings: those in the latest text that has any, the most alike first.
    fn before(&self, paragraph: &Paragraph) -> Vec<&Paragraph> {
        // Counting common rows is cheap and rules out nearly everything before words are aligned.
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for index in paragraph.rows.iter().filter_map(|row| self.by_row.get(row)).flatten() {
            *common.entry(*index).or_default() += 1;
        }
        let near = |(index, common): (usize, usize)| {
            let other = &self.paragraphs[index];
            let enough = common * 200 >= (paragraph.rows.len() + other.rows.len()) * COMMON;
            let is_near = enough && other.language == paragraph.language;
            (is_near && can_be_alike(&other.sorted, &paragraph.sorted)).then_some(other)
        };
        let near: Vec<&Paragraph> = common.into_iter().filter_map(near).collect();
        // From the latest text back: a wording follows the last one before it, even where an older one is closer.
        for of_text in near.chunk_by(|a, b| a.at.0 == b.at.0).rev() {
            let share = |other: &&Paragraph| shared(&other.codes, &paragraph.codes);
            let alike = of_text.iter().filter_map(|other| Some((share(other)?, *other)));
            let length = |other: &Paragraph| other.codes.len() + paragraph.codes.len();
            let mut alike: Vec<(usize, &Paragraph)> =
                alike.map(|(shared, other)| (shared * 2000 / length(other), other)).collect();
            alike.sort_by_key(|(kept, _)| Reverse(*kept));
            if !alike.is_empty() {
                return alike.into_iter().map(|(_, other)| other).collect();
            }
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Formats for each paragraph what it repeats: `=` the same, `~` a changed wording, `+` new.
    fn formatted(texts: &Texts<'_>) -> Vec<String> {
        let format = |wording: &Wording<'_>| match (wording.before, wording.is_same) {
            (None, _) => "+".to_owned(),
            (Some((text, at)), is_same) => format!("{}{text}.{at}", if is_same { '=' } else { '~' }),
        };
        series(texts).iter().map(|text| text.iter().map(format).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn each_paragraph_is_compared_with_the_nearest_that_is_alike() {
        let (a, b) = ("Arvenia is concerned by the growth of debris.", "A ban without verification is a promise.");
        let deep = "Arvenia is deeply concerned by the growth of debris.";
        for (texts, expect) in [
            (vec![("en", vec![a, b]), ("en", vec![b, deep])], vec!["+ +", "=0.1 ~0.0"]),
            (vec![("en", vec![a]), ("en", vec![b]), ("en", vec![deep])], vec!["+", "+", "~0.0"]),
            (vec![("en", vec![a]), ("en", vec![deep]), ("en", vec![a])], vec!["+", "~0.0", "~1.0"]),
            (vec![("en", vec![a]), ("fr", vec![a]), ("en-GB", vec![a])], vec!["+", "+", "=0.0"]),
            (vec![("en", vec![a]), ("en", vec![])], vec!["+", ""]),
            (vec![("en", vec![""]), ("en", vec![""])], vec!["+", "+"]),
            (vec![("zh", vec!["外层空间属于全人类。"]), ("zh", vec!["外层空间仍属于全人类。"])], vec!["+", "~0.0"]),
        ] {
            assert_eq!(formatted(&texts), expect, "{texts:?}");
        }
    }

    #[test]
    fn joined_or_divided_paragraphs_are_recognised() {
        let (a, b) = ("Arvenia is concerned by the growth of debris.", "A ban without verification is a promise.");
        let joined = format!("{a} {b}");
        let apart = [("en", vec![a, b]), ("en", vec![joined.as_str()])];
        let found = &series(&apart)[1][0];
        assert_eq!((found.before, &found.alike[..]), (Some((0, 0)), &[(0, 0), (0, 1)][..]));
        assert_eq!(formatted(&[("en", vec![&joined]), ("en", vec![a, b])])[1], "~0.0 ~0.0");
    }

    #[test]
    fn equal_paragraphs_are_listed_across_texts() {
        let texts = [("en", vec!["One of us."]), ("en", vec!["Another of them."]), ("en", vec!["One of us!"])];
        assert_eq!(series(&texts)[2][0].all, [(0, 0), (2, 0)]);
    }
}
