//! A statement and a topic -> the words by which the topic's list quotes the statement.

use std::borrow::Cow;

use super::Numbered;
use super::rules::PhraseHit;
use crate::key::Key;
use crate::language::fold::{Folded, Folding, fold};
use crate::language::tokens::runs;
use crate::read::body::Body;
use crate::read::opening;
use crate::read::paragraph::ParagraphRef;

/// What a statement says on a topic, as the topic's list quotes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quote {
    /// The statement's page.
    pub statement: Key,
    /// Whether only a rule found the topic.
    pub by_rule: bool,
    /// The paragraph that is quoted; `None` if none is known to be on the topic.
    pub paragraph: Option<ParagraphRef>,
    /// How many of its paragraphs are on the topic; 0 if that is not known.
    pub paragraphs: usize,
    /// The words before the phrase; all words if there is none.
    pub before: Box<str>,
    /// The topic's phrase; empty if it was not found by its words.
    pub phrase: Box<str>,
    /// The words after the phrase.
    pub after: Box<str>,
}

/// The maximum number of characters before the phrase, which must be visible on the first of two lines.
const BEFORE: usize = 60;

/// The length of the longest quote, in characters.
const LONGEST: usize = 240;

/// The length of the shortest word in a title that distinguishes a topic from others, in letters: not "of" or "and".
const SHORTEST_WORD: usize = 4;

/// Returns how the list of a topic quotes a statement; `on_topic` are its paragraphs on the topic, as far as that is
/// known, and `found` where phrases of the topic occur.
pub(super) fn quote(entry: &Numbered, title: &str, on_topic: &[u32], found: &[PhraseHit], by_rule: bool) -> Quote {
    let body = &entry.known.statement.body;
    let place = place(body, title, on_topic, found);
    let [before, phrase, after] = place.as_ref().map(|place| cut(body, place)).unwrap_or_default();
    let own = found.iter().filter(|hit| !body.is_quoted(hit.paragraph)).count();
    Quote {
        statement: entry.known.key.clone(),
        by_rule,
        paragraph: place.map(|place| entry.numbers.paragraph(body, place.paragraph)),
        paragraphs: if on_topic.is_empty() { own } else { on_topic.len() },
        before,
        phrase,
        after,
    }
}

/// What is quoted, before it is cut: a paragraph, and the bytes of the body's text that the phrase takes.
struct Place {
    /// The paragraph, counted from 0.
    paragraph: u32,
    /// The phrase; empty at the paragraph's beginning if there is none.
    phrase: std::ops::Range<u32>,
}

/// Returns the place to quote: the first paragraph on the topic that is not a courtesy and has a phrase of the topic, or
/// words of its title; `on_topic` are its paragraphs on the topic, and `found` its phrases.
fn place(body: &Body, title: &str, on_topic: &[u32], found: &[PhraseHit]) -> Option<Place> {
    let is_own = |at: u32| !body.is_quoted(at) || on_topic.contains(&at);
    let hits = || {
        found.iter().filter(|hit| is_own(hit.paragraph) && (on_topic.is_empty() || on_topic.contains(&hit.paragraph)))
    };
    let words = |at: u32| body.said(&body.paragraphs[at as usize].text);
    // A phrase late in a paragraph that begins as a courtesy is not part of it.
    let says_more = |hit: &&PhraseHit| {
        let start = body.paragraphs[hit.paragraph as usize].text.start;
        hit.at - start > LONGEST as u32 || !opening::is_courtesy(&words(hit.paragraph))
    };
    // In order: a phrase that is more than part of a courtesy, any phrase on the topic, any phrase at all.
    let hit =
        hits().find(says_more).or_else(|| hits().next()).or_else(|| found.iter().find(|hit| is_own(hit.paragraph)));
    if let Some(hit) = hit {
        return Some(Place { paragraph: hit.paragraph, phrase: hit.at..hit.until });
    }
    // No phrase: an editor assigned the topic, so the words of its title best show where the text is about it.
    let stems = stems(title);
    let own = || (0..body.paragraphs.len() as u32).filter(|at| is_own(*at));
    let by_title = |at: u32| in_words(body, at, &stems).map(|phrase| Place { paragraph: at, phrase });
    if let Some(place) = on_topic.iter().copied().find_map(by_title) {
        return Some(place);
    }
    // No words of the title either: quote the first tagged paragraph from its beginning.
    let first = on_topic.iter().copied().find(|at| !opening::is_courtesy(&words(*at))).or(on_topic.first().copied());
    match first {
        Some(paragraph) => {
            let start = body.paragraphs[paragraph as usize].text.start;
            Some(Place { paragraph, phrase: start..start })
        }
        None => own().find_map(by_title),
    }
}

/// Returns the long words of a title without their endings, folded.
fn stems(title: &str) -> Vec<String> {
    let folded = fold(title, Folding::CASELESS).into_owned();
    let words = runs(&folded).filter(|word| word.chars().count() >= SHORTEST_WORD);
    words.map(|word| word.trim_end_matches('s').to_owned()).collect()
}

/// Returns where in a paragraph the first of a title's words occurs, if all of them do.
fn in_words(body: &Body, at: u32, stems: &[String]) -> Option<std::ops::Range<u32>> {
    let range = &body.paragraphs[at as usize].text;
    let words = body.text.get(range.start as usize..range.end as usize)?;
    let folded = Folded::new(words, Folding::CASELESS);
    let find = |stem: &String| {
        let begins = |at: &usize| folded.text()[..*at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        folded.text().match_indices(stem.as_str()).map(|(at, _)| at).find(begins)
    };
    let found: Vec<usize> = stems.iter().map(find).collect::<Option<_>>()?;
    let first = *found.first()?;
    let rest = &folded.text()[first..];
    let end = first + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let original = folded.original_range(&(first..end));
    Some(range.start + original.start as u32..range.start + original.end as u32)
}

/// The length of the shortest word that can end a sentence, in letters; a shorter one with a full stop may be an
/// abbreviation such as "Mr."
const LAST_WORD: usize = 4;

/// Returns where the first sentence that begins in some words begins, so that a quote need not open in the middle of
/// one.
fn sentence(words: &str) -> Option<usize> {
    words.char_indices().find_map(|(at, c)| {
        let (before, after) = (&words[..at], &words[at + c.len_utf8()..]);
        let is_end = match c {
            '.' => before.chars().rev().take_while(|c| c.is_alphanumeric()).count() >= LAST_WORD,
            '!' | '?' | '؟' | '。' | '！' | '？' => true,
            _ => false,
        };
        let next = after.trim_start();
        let goes_on = next.chars().next().is_none_or(|c| c.is_lowercase() || !c.is_alphanumeric());
        let is_parted = after.len() > next.len() || matches!(c, '。' | '！' | '？');
        (is_end && is_parted && !goes_on).then(|| words.len() - next.len())
    })
}

/// Returns the words before the phrase, the phrase, and the words after it, cut to the length of a quote.
fn cut(body: &Body, place: &Place) -> [Box<str>; 3] {
    let range = &body.paragraphs[place.paragraph as usize].text;
    let (start, end) =
        (place.phrase.start.clamp(range.start, range.end), place.phrase.end.clamp(range.start, range.end));
    let [before, phrase, after] =
        [range.start..start, start..end, end..range.end].map(|part| body.said(&part).into_owned());
    let before = before.trim_start();
    let before: Cow<'_, str> = match before.char_indices().rev().nth(BEFORE) {
        None => before.into(),
        // Better a shorter quote that begins with a sentence than one that begins with an ellipsis.
        Some((at, _)) => sentence(&before[at..]).map_or_else(
            || {
                let from = before[at..].find(char::is_whitespace).map_or(at, |space| at + space);
                format!("…{}", before[from..].trim_start()).into()
            },
            |begins| before[at + begins..].into(),
        ),
    };
    // Words after the phrase get what those before it left over.
    let left = LONGEST.saturating_sub(before.chars().count() + phrase.chars().count());
    let after = after.trim_end();
    let after: Cow<'_, str> = match after.char_indices().nth(left) {
        None => after.into(),
        Some((at, _)) => {
            let until = after[..at].rfind(char::is_whitespace).unwrap_or(at);
            format!("{}…", after[..until].trim_end_matches([',', ';', ':', ' '])).into()
        }
    };
    [before.into(), phrase.into(), after.into()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Html;
    use crate::read::markdown::parse;

    #[test]
    fn a_quote_begins_with_a_sentence_that_is_near() {
        for (words, expect) in [
            ("and hunger. There is more conflict", Some("There is more conflict")),
            ("as Mr. Smith said of them", None),
            ("in A/RES/1. 2 of them", None),
            ("is it so? It is", Some("It is")),
            ("是这样。我们", Some("我们")),
            ("no end here", None),
        ] {
            assert_eq!(sentence(words).map(|at| &words[at..]), expect, "{words}");
        }
    }

    #[test]
    fn the_phrase_is_quoted_where_the_text_is_on_the_topic() {
        let text = "Allow me to congratulate you on your election, and to say that nuclear weapons concern us all.\n\n\
                    We meet at a grave hour for all peoples and for peace.\n\n\
                    The weapons of the nuclear age, of which there are too many, must be abolished by all who have them.";
        let (body, _) = parse(text, 1, Html::Sanitize, true);
        let quote = |title: &str, on_topic: &[u32], found: &[PhraseHit]| {
            let place = place(&body, title, on_topic, found)?;
            Some((place.paragraph, cut(&body, &place)))
        };
        let at = body.text.find("peace").unwrap() as u32;
        let hit = PhraseHit { paragraph: 1, at, until: at + 5 };
        let phrase = |found: Option<(u32, [Box<str>; 3])>| found.map(|(at, words)| (at, words[1].to_string()));
        assert_eq!(phrase(quote("Peace", &[1], &[hit])), Some((1, "peace".into())));
        assert_eq!(phrase(quote("Nuclear weapon", &[1, 2], &[])), Some((2, "nuclear".into())));
        assert_eq!(phrase(quote("Something else", &[0, 1], &[])), Some((1, String::new())));
        assert_eq!(phrase(quote("Something else", &[], &[])), None);
        let words = quote("Nuclear weapons", &[2], &[]).unwrap().1;
        assert_eq!(
            words.concat(),
            "The weapons of the nuclear age, of which there are too many, must be abolished by all who have them."
        );
    }
}
