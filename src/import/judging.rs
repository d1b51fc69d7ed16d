//! `Pages` -> a verdict: whether this is the text that people read, or only part of it, or garbage.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use whatlang::Lang;

use super::mending::scripts::has_reversed_ligatures;
use super::pages::{ADD, LOOK_AT_LETTERS, LOOK_AT_TABLE, Pages};
use super::reading::encoding::mojibake;
use crate::language::scripts::{
    is_arabic, is_european, is_greek_or_cyrillic, is_hebrew, is_invisible, is_latin, is_presentation_form,
    is_right_to_left, is_unspaced,
};
use crate::language::tokens::letters;

/// What can be done with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// A good text.
    Ok,
    /// A statement that should be compared with its original.
    Suspect,
    /// No statement can be made from it.
    Unreadable,
}

impl Verdict {
    /// Returns the word that reports use.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Ok => "ok",
            Verdict::Suspect => "suspect",
            Verdict::Unreadable => "unreadable",
        }
    }
}

/// A verdict and its reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// What is wrong, in sentences; empty for `Ok`.
    pub reasons: Vec<String>,
}

/// A text with fewer words is suspect.
const FEWEST_WORDS: usize = 20;

/// Judges a text by its characters.
pub fn judge(pages: &Pages) -> Judgement {
    let count = Count::of(pages);
    if count.visible == 0 {
        return Judgement {
            verdict: Verdict::Unreadable,
            reasons: [&["its pages have no text, only pictures".to_owned()][..], &pages.suspect].concat(),
        };
    }
    let mut judgement = Judgement { verdict: Verdict::Ok, reasons: Vec::new() };
    let mut find = |verdict: Verdict, reason: String| {
        judgement.verdict = judgement.verdict.max(verdict);
        judgement.reasons.push(reason);
    };
    let per_cent = |part: usize| part * 100 / count.visible.max(1);
    // Fonts without a usable encoding give signs and symbols instead of letters.
    if per_cent(count.letters) < 60 {
        let verdict = if per_cent(count.letters) < 45 { Verdict::Unreadable } else { Verdict::Suspect };
        find(verdict, format!("only {} of 100 characters are letters", per_cent(count.letters)));
    }
    if count.lost > 0 {
        let verdict = match count.lost * 1000 / count.visible.max(1) {
            0..=19 => Verdict::Suspect,
            _ => Verdict::Unreadable,
        };
        let were = if count.lost == 1 { "1 character is".into() } else { format!("{} characters are", count.lost) };
        find(verdict, format!("{were} lost (U+FFFD or characters without a meaning)"));
    }
    let of_lines = || pages.lines().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
    // Text that was decoded twice with the wrong encoding reads `Ã©` for `é`.
    if let Some(found) = mojibake::find(&of_lines()) {
        let (read, meant) = found.example;
        let (encoding, count) = (found.encoding, found.count);
        let reason = format!("{count} words are UTF-8 that was read as {encoding}: `{read}` should be `{meant}`");
        find(Verdict::Suspect, reason);
    }
    let text: String = pages.lines().flat_map(|line| [line.text.as_str(), "\n"]).collect();
    let text = bare(&text);
    // A shifted or shuffled font encoding gives letters, but no words.
    if let Some((verdict, share)) = common_words(&text) {
        find(verdict, format!("only {:.0} of 100 words are common words of its language", share * 100.0));
    }
    if let Some(share) = share_of_vowels(&text).filter(|share| *share < FEWEST_VOWELS) {
        find(Verdict::Unreadable, format!("only {:.0} of 100 letters are vowels", share * 100.0));
    }
    for reason in torn(&text).into_iter().chain(pages.suspect.iter().cloned()) {
        find(Verdict::Suspect, reason);
    }
    for doubt in pages.doubts.iter().filter(|doubt| [ADD, LOOK_AT_LETTERS, LOOK_AT_TABLE].contains(&doubt.help)) {
        find(Verdict::Suspect, doubt.message.clone());
    }
    if count.words < FEWEST_WORDS && count.letters < 2 * FEWEST_WORDS {
        find(Verdict::Suspect, format!("it has only {} word{}", count.words, if count.words == 1 { "" } else { "s" }));
    }
    judgement
}

/// Returns a text in lower case, without combining marks and invisible characters.
fn bare(text: &str) -> String {
    text.nfkc().filter(|c| !is_combining_mark(*c) && !is_invisible(*c)).flat_map(char::to_lowercase).collect()
}

/// If the share of common words is below this, the words are not words of their language. In texts that were read
/// correctly it is at least 0.06, mostly 0.2.
const NO_WORDS: f32 = 0.02;
/// If the share is below this, many words may be wrong.
const FEW_WORDS: f32 = 0.04;

/// Words that occur on every page in these languages.
const COMMON_WORDS: &[(Lang, &[&str])] = &[
    (Lang::Eng, &["the", "of", "and", "to", "in", "a", "that", "for", "is", "we", "our", "on", "with"]),
    (Lang::Fra, &["de", "la", "et", "les", "des", "le", "à", "l", "que", "en", "nous", "du", "pour"]),
    (Lang::Spa, &["de", "la", "que", "y", "el", "en", "los", "las", "a", "del", "para", "por", "un"]),
    (Lang::Por, &["de", "e", "a", "que", "o", "do", "da", "em", "os", "para", "dos", "um", "no"]),
    (Lang::Ita, &["di", "e", "che", "la", "il", "in", "per", "è", "del", "un", "a", "della", "le", "non"]),
    (Lang::Deu, &["die", "der", "und", "in", "den", "zu", "das", "von", "wir", "für", "nicht", "ist"]),
    (Lang::Nld, &["de", "het", "een", "van", "en", "in", "is", "dat", "te", "op", "voor", "zijn", "we"]),
    (Lang::Dan, &["og", "i", "at", "det", "er", "en", "til", "på", "for", "af", "vi", "som", "den", "de"]),
    (Lang::Nob, &["og", "i", "at", "det", "er", "en", "til", "på", "for", "av", "vi", "som", "den", "de"]),
    (Lang::Swe, &["och", "i", "att", "det", "är", "en", "på", "för", "av", "som", "vi", "den", "de", "till"]),
    (Lang::Rus, &["и", "в", "на", "что", "с", "по", "не", "мы", "к", "для", "из", "о", "за"]),
    (Lang::Ara, &["من", "في", "على", "إلى", "أن", "التي", "عن", "ما", "و", "هذا", "هذه", "مع"]),
];

/// Returns the share of common words in a text of at least two hundred words, if it is too small, and the verdict:
/// unreadable in a language of the table; only suspect if the language cannot be determined; nothing in a language
/// outside the table.
fn common_words(text: &str) -> Option<(Verdict, f32)> {
    const ENOUGH: usize = 200;
    let words: Vec<&str> = letters(text).collect();
    // Words are counted only in scripts that separate them by spaces.
    let spaced = |c: char| is_european(c) || is_arabic(c);
    let known = words.iter().filter(|word| word.chars().all(spaced)).count();
    if known < ENOUGH || known * 2 < words.len() {
        return None;
    }
    let info = whatlang::detect(text)?;
    let listed = COMMON_WORDS.iter().any(|(language, _)| *language == info.lang());
    if info.is_reliable() && !listed {
        return None;
    }
    // Combining marks were removed from the text, so they are from the table.
    let tables = COMMON_WORDS.iter().map(|(_, table)| table.iter().map(|word| bare(word)).collect::<Vec<_>>());
    let best = tables.map(|table| words.iter().filter(|word| table.iter().any(|of| of == *word)).count()).max()?;
    let share = best as f32 / words.len() as f32;
    match share {
        _ if share < NO_WORDS && info.is_reliable() => Some((Verdict::Unreadable, share)),
        _ if share < FEW_WORDS => Some((Verdict::Suspect, share)),
        _ => None,
    }
}

/// The share of vowels below which Latin letters are not words of any language.
const FEWEST_VOWELS: f32 = 0.22;

/// Returns whether a Latin letter is a vowel, with any marks: in Vietnamese most have one or two (`ộ`, `ữ`).
fn is_vowel(c: char) -> bool {
    let letter = std::iter::once(c).nfd().next().unwrap_or(c);
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'æ' | 'ø' | 'œ' | 'ı')
}

/// Returns the share of vowels in a text of at least two hundred Latin letters.
fn share_of_vowels(text: &str) -> Option<f32> {
    const ENOUGH: usize = 200;
    let latin = text.chars().filter(|c| is_latin(*c));
    let (mut letters, mut vowels) = (0, 0);
    for c in latin {
        letters += 1;
        vowels += usize::from(is_vowel(c));
    }
    let all = text.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= ENOUGH && letters * 2 > all).then(|| vowels as f32 / letters as f32)
}

/// Returns signs that words or lines were torn apart, or that letters are not the ones that were printed.
fn torn(text: &str) -> Vec<String> {
    /// The number of words or lines from which a share is meaningful.
    const ENOUGH: usize = 100;
    let mut reasons = Vec::new();
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).collect();
    if words.len() < ENOUGH || text.chars().filter(|c| is_unspaced(*c)).count() > words.len() {
        return reasons;
    }
    let right_to_left = words.iter().filter(|word| word.contains(is_right_to_left)).count() * 2 > words.len();
    let single = words.iter().filter(|word| is_single(word)).count();
    // Arabic and Hebrew have no one-letter words, and Persian has one; in other languages some are common.
    if single * 100 > words.len() * if right_to_left { 8 } else { 25 } {
        reasons
            .push(format!("{single} of its {} words are single letters, as if words had been torn apart", words.len()));
    }
    let mixed = words.iter().filter(|word| is_mixed(word)).count();
    if mixed * 100 > words.len() * 4 {
        reasons.push(format!("{mixed} of its {} words contain symbols or letters of other scripts", words.len()));
    }
    let lines: Vec<&str> = text.lines().filter(|line| line.contains(char::is_alphabetic)).collect();
    let of_one = lines.iter().filter(|line| line.split_whitespace().count() == 1).count();
    // One word per line in most of the text: columns or justified lines were read word by word.
    if lines.len() >= ENOUGH && of_one * 10 > lines.len() * 7 {
        reasons.push(format!("{of_one} of its {} lines are a single word", lines.len()));
    }
    if has_reversed_ligatures(text) {
        let reason = "letters of Arabic ligatures (lam-alef) are in the wrong order";
        reasons.push(reason.into());
    }
    reasons
}

/// Returns whether a word is one letter, in a script whose words have several. In other scripts from right to left, such
/// as that of Dhivehi, every letter has a vowel mark, so one letter can be a word.
fn is_single(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let is_counted = |c: char| (is_european(c) || is_arabic(c) || is_hebrew(c) || is_presentation_form(c)) && c != 'و';
    let first = letters.next().filter(|c| is_counted(*c));
    first.is_some() && letters.next().is_none()
}

/// Returns whether a word mixes Latin letters with another script, or has a foreign character between Arabic letters.
fn is_mixed(word: &str) -> bool {
    let other = |c: char| is_greek_or_cyrillic(c) || is_right_to_left(c);
    let foreign = |c: char| c.is_ascii_digit() || "=@$#()*;<>[]+&?!".contains(c);
    let letters: Vec<char> = word.chars().collect();
    let within = letters.windows(3).any(|of| is_right_to_left(of[0]) && foreign(of[1]) && is_right_to_left(of[2]));
    within || word.contains(is_latin) && word.contains(other)
}

/// Counts of a text's characters by kind.
#[derive(Debug, Default)]
struct Count {
    visible: usize,
    letters: usize,
    words: usize,
    lost: usize,
}

impl Count {
    fn of(pages: &Pages) -> Count {
        let mut count = Count::default();
        for line in pages.lines() {
            for word in line.text.split_whitespace() {
                count.words += usize::from(word.chars().any(char::is_alphabetic));
                for c in word.chars() {
                    count.visible += 1;
                    count.letters += usize::from(c.is_alphabetic() || is_combining_mark(c));
                    count.lost += usize::from(c == '\u{fffd}' || is_without_meaning(c));
                }
            }
        }
        count
    }
}

/// Returns whether a character has no meaning in any text: control characters, and private use except for the bullets
/// that Word uses.
fn is_without_meaning(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}') && !matches!(c, '\u{f0a7}' | '\u{f0b7}' | '\u{f0d8}') || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::original::Original;
    use crate::import::reading::{Ocr, read};

    #[test]
    fn damaged_text_is_judged_unreadable_or_suspect() {
        let words = "My delegation has come to this hall in the hope that what was begun will be ended before the first snow falls.";
        for (text, verdict) in [
            (words.to_owned(), Verdict::Ok),
            (
                "我们来到这里，希望在春天开始的工作能够在第一场雪之前结束，谢谢主席先生，谢谢各位代表。我们还希望继续前进。".to_owned(),
                Verdict::Ok,
            ),
            ("/0 /1 /2 /i255 /3 /4 /0 /5 ".repeat(20), Verdict::Unreadable),
            ("uvwxvwyz uvwyzxwy vwxzy yzwvu xyzw ".repeat(50), Verdict::Unreadable),
            (format!("{words} \u{fffd}"), Verdict::Suspect),
            (format!("{words} \u{fffd}\u{fffd}"), Verdict::Unreadable),
            ("Thank you.".to_owned(), Verdict::Suspect),
            ("3 4 5 2019 10.5 % of 2018 11.5 of 12.7 ".repeat(20), Verdict::Unreadable),
            // Languages whose letters have many marks.
            ("Chúng tôi khẳng định lại cam kết đối với hiệp ước và sẽ tiếp tục hợp tác với tất cả các nước. ".repeat(20), Verdict::Ok),
            ("މި މަޖިލީހުގައި މި ވާހަކަ ދައްކަނީ ހުރިހާ ޤައުމަކުން އެއްބާރުލުން ދިނުމަށް އެދިއެވެ. ".repeat(20), Verdict::Ok),
            // Languages inside and outside the table.
            ("Vi er kommet hit i håp om at det som ble begynt i vår skal bli avsluttet før snøen faller. ".repeat(20), Verdict::Ok),
            ("Tumekuja katika ukumbi huu tukiwa na matumaini kwamba kazi iliyoanza itamalizika kabla ya mvua. ".repeat(20), Verdict::Ok),
            ("Przybyliśmy tutaj z nadzieją, że to, co zaczęto wiosną, zostanie zakończone przed pierwszym śniegiem. ".repeat(20), Verdict::Ok),
            ("لقد جئنا إلى هذه القاعة على أمل أن ينتهي ما بدأ في الربيع قبل سقوط الثلج الأول. ".repeat(20), Verdict::Ok),
            ("لَقَدْ جِئْنَا إِلَى هَذِهِ القَاعَةِ عَلَى أَمَلِ أَنْ يَنْتَهِيَ مَا بَدَأَ فِي الرَّبِيعِ. ".repeat(20), Verdict::Ok),
            ("ما به این تالار آمده‌ایم و امید داریم و می‌دانیم که کار بهار و تابستان و پاییز به پایان می‌رسد. ".repeat(20), Verdict::Ok),
            ("हम इस सभा में इस आशा के साथ आए हैं कि वसंत में जो काम शुरू हुआ था वह पहली बर्फ से पहले पूरा हो जाएगा। ".repeat(20), Verdict::Ok),
            // Words torn apart, letters that are not what was printed, lines of one word.
            ("لقد جئ نا إلى هذه ا لقاعة على أم ل أن ينت هي ما بدأ في الر بي ع ق بل ".repeat(20), Verdict::Suspect),
            ("لقد جئ=ا إلى هذه القاعة على أم@ل أن ينتهي ما بدأ في الربيع ".repeat(20), Verdict::Suspect),
            ("جئنا إلى األمم المتحدة على أمل أن ينتهي ما بدأ في الربيع. ".repeat(20), Verdict::Suspect),
            (words.replace(' ', "\n\n").repeat(6), Verdict::Suspect),
            (words.repeat(12).replace('o', " o "), Verdict::Suspect),
        ] {
            let pages = read(&Original::new("a.txt", None, text.as_bytes()), Ocr::Never).unwrap();
            assert_eq!(judge(&pages).verdict, verdict, "{text}");
        }
    }
}
