//! A text -> where its substance begins: after the letterhead, the salutation and the courtesies.

use std::ops::Range;

use super::body::Body;

/// The length of the shortest paragraph that is more than a salutation or thanks, in bytes.
const SHORTEST: usize = 60;

/// Where a courtesy shows at the latest, in characters from the beginning of its paragraph or sentence.
const ANNOUNCED: usize = 160;

/// Words of courtesies, in lower case. A paragraph that begins with one of them congratulates, thanks or greets.
const COURTESIES: &[&str] = &[
    // English
    "congratulat",
    "i wish to thank",
    "i thank",
    "thank you",
    "we thank",
    "wish to express",
    "like to express",
    "like to thank",
    "like to begin",
    "let me begin by",
    "allow me",
    "permit me",
    "honour to",
    "honor to",
    "honoured to",
    "pleasure to",
    "privilege to",
    "my pleasure",
    "great honour",
    "great honor",
    "great pleasure",
    "special pleasure",
    "gratification",
    "pay tribute",
    "pay a tribute",
    "election as president",
    "election to the presid",
    "your election",
    "assumption of the presid",
    "presiding over",
    "your predecessor",
    "appreciation to",
    "gratitude to",
    "we are pleased",
    "i am pleased",
    "wise conduct",
    "you are presiding",
    "statesmanship",
    "condolence",
    "i join other",
    "join previous speakers",
    "joins other",
    "felicitat",
    "guidance of our deliberations",
    "guide our deliberations",
    "warm greetings",
    "bring greetings",
    "convey the greetings",
    "speaking on behalf of",
    "aligns itself with",
    "associates itself with",
    "distinguished delegates",
    "madam president",
    "on behalf of my delegation",
    // French
    "félicit",
    "permettez-moi",
    "j'ai l'honneur",
    "j’ai l’honneur",
    "remerci",
    "hommage",
    "votre élection",
    "prédécesseur",
    "gratitude",
    "c'est un honneur",
    "c’est un honneur",
    "agréable devoir",
    // Spanish
    "felicit",
    "permítame",
    "permítanme",
    "tengo el honor",
    "es un honor",
    "agradec",
    "su elección",
    "su predecesor",
    "rendir homenaje",
    "quisiera expresar",
    // Russian
    "поздрав",
    "позвольте",
    "благодар",
    "имею честь",
    "предшественник",
    "ваше избрание",
    "вашим избранием",
    "для меня большая честь",
    // Arabic
    "أهنئ",
    "نهنئ",
    "تهنئ",
    "تهان",
    "التهنئة",
    "يسعدني",
    "يسرني",
    "يشرفني",
    "أشكر",
    "الشكر",
    "سلفكم",
    "انتخابكم",
    "اسمحوا لي",
    "أود أن أعرب",
    // Chinese
    "祝贺",
    "感谢",
    "荣幸",
    "谢谢",
    "当选",
];

/// Returns the first words of substance, as a range of the body's text: the first paragraph, longer than a salutation,
/// that is neither letterhead nor courtesy. A text of one long paragraph may have them inside it. If there are none, it
/// is the first paragraph longer than a salutation, or the longest. Quotations are someone else's words, so they count
/// only if there is nothing else.
pub fn excerpt(body: &Body) -> Range<u32> {
    let length = |range: &Range<u32>| body.said(range).trim().len();
    let of = |is_quoted: bool| {
        let paragraphs = body.paragraphs.iter().filter(move |paragraph| paragraph.is_quoted == is_quoted);
        let ranges = paragraphs.map(|paragraph| &paragraph.text).filter(|range| length(range) > 0);
        let long = || ranges.clone().filter(|range| length(range) >= SHORTEST);
        long()
            .find(|range| !is_courtesy(&body.said(range)) && !is_letterhead(&body.said(range)))
            .cloned()
            .or_else(|| long().find_map(|range| after_courtesies(body, range)))
            .or_else(|| long().next().cloned())
            .or_else(|| ranges.max_by_key(|range| length(range)).cloned())
    };
    of(false).or_else(|| of(true)).unwrap_or(0..0)
}

/// Returns whether words begin as a courtesy: congratulations, thanks, a greeting.
pub fn is_courtesy(words: &str) -> bool {
    let beginning: String = words.trim_start().chars().take(ANNOUNCED).collect();
    let beginning = beginning.to_lowercase();
    COURTESIES.iter().any(|courtesy| beginning.contains(courtesy))
}

/// Returns whether words look like a line of a letterhead or a title: most letters are capitals, or there is no
/// sentence in them.
fn is_letterhead(words: &str) -> bool {
    let upper = words.chars().filter(|c| c.is_uppercase()).count();
    let lower = words.chars().filter(|c| c.is_lowercase()).count();
    let has_sentence = words.contains(['.', '!', '?', '。', '؟', '।', ';', ':', '！', '？', '；', '：']);
    upper > lower || !has_sentence && words.chars().count() < 2 * SHORTEST
}

/// Returns the paragraph from its first sentence that is not a courtesy, if enough is left.
fn after_courtesies(body: &Body, paragraph: &Range<u32>) -> Option<Range<u32>> {
    let words = body.text.get(paragraph.start as usize..paragraph.end as usize)?;
    let mut start = 0;
    loop {
        let sentence = &words[start..];
        if sentence.len() < SHORTEST {
            return None;
        }
        let end = sentence_end(sentence)?;
        let is_address = sentence[..end].trim().len() < SHORTEST;
        if !is_address && !is_courtesy(&sentence[..end]) && !is_letterhead(&sentence[..end]) {
            return Some(paragraph.start + start as u32..paragraph.end);
        }
        start += end;
    }
}

/// Returns where the sentence after the first begins; `None` for a single sentence. "Mr. President" and initials do
/// not end one.
fn sentence_end(words: &str) -> Option<usize> {
    let mut before = "";
    for (at, c) in words.char_indices() {
        if c.is_whitespace() {
            before = &words[at + c.len_utf8()..];
        }
        if matches!(c, '。' | '！' | '？') {
            return Some(at + c.len_utf8());
        }
        let ends = matches!(c, '.' | '!' | '?' | '؟') && words[at + c.len_utf8()..].starts_with(char::is_whitespace);
        // The word that the stop ends, such as "Mr".
        let word = before.get(..at.saturating_sub(words.len() - before.len())).unwrap_or_default();
        if ends && (c != '.' || word.chars().count() > 3 || word.chars().all(char::is_numeric)) {
            let next = at + c.len_utf8();
            let space = words[next..].len() - words[next..].trim_start().len();
            return Some(next + space).filter(|next| *next < words.len());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn courtesies_and_letterheads_are_distinguished_from_what_a_text_says() {
        for (words, courtesy, letterhead) in [
            ("Allow me to congratulate you, Mr. President, on your election to your high office.", true, false),
            ("Je voudrais vous féliciter, Monsieur le Président, de votre élection.", true, false),
            ("我祝贺主席先生当选第七十九届大会主席，并预祝会议圆满成功。", true, false),
            (
                "The arms race in outer space must be prevented before it begins. We regret that it was not.",
                false,
                false,
            ),
            ("PERMANENT MISSION OF ARVENIA TO THE CONFERENCE. STATEMENT BY THE HEAD OF DELEGATION.", false, true),
            ("Statement by the Permanent Representative of Arvenia at the second meeting", false, true),
        ] {
            assert_eq!((is_courtesy(words), is_letterhead(words)), (courtesy, letterhead), "{words}");
        }
    }

    #[test]
    fn a_sentence_ends_at_a_stop_that_is_not_of_an_abbreviation() {
        for (words, expect) in [
            ("I thank you, Mr. President. We must act.", Some("We must act.")),
            ("We must act", None),
            ("我祝贺你。世界需要和平。", Some("世界需要和平。")),
        ] {
            assert_eq!(sentence_end(words).map(|at| &words[at..]), expect, "{words}");
        }
    }
}
