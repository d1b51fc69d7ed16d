//! The words before and after a name -> the person's office.

use super::honorifics::MARKED;
use super::word::{Word, begins_place_and_day, joined};
use super::words::{OCCASIONS, OFFICES};
use crate::import::knowing::head::{GOES_ON, TITLES, fold};
use crate::import::knowing::names::Names;

/// The maximum number of words in an office.
const LONGEST_ROLE: usize = 36;

/// Returns the office after a name, up to the occasion, a number, or a line about something else.
pub(super) fn role_after(words: &[Word], at: usize, names: &Names) -> Option<std::ops::Range<usize>> {
    // `G.C.S.K.`, `(MB)`: post-nominal letters come between name and office.
    let is_post_nominal = |at: usize, word: &Word| {
        let capitals = word.text.chars().all(|c| !c.is_lowercase()) && word.text.chars().count() <= 9;
        let behind_comma = at > 0 && words[at - 1].text.ends_with(',') && word.bare.chars().count() <= 5 && word.ends();
        capitals && !word.is(OFFICES) && (word.text.contains(['.', '(']) || behind_comma)
    };
    let mut from = at;
    while words.get(from).is_some_and(|word| is_post_nominal(from, word)) {
        from += 1;
    }
    if words.get(from).is_some_and(|word| word.is(&["the", "le", "la", "el"])) {
        from += 1;
    }
    words.get(from).filter(|word| word.is(OFFICES))?;
    let mut end = from;
    while let Some(word) = words.get(end) {
        let number = word.text.starts_with(|c: char| c.is_ascii_digit()) || word.text.starts_with(['“', '"', '«']);
        let title = word.first
            && end > from
            && (word.is(TITLES) || word.is(&["general", "united", "new", "item", "agenda", "theme", "unga"]));
        // `Minister to the United Nations` and `Permanent Representative to the Conference …` stay whole.
        let occasion = word.is(OCCASIONS)
            && !(word.bare == "to"
                && !words[end + 1..].iter().take(2).any(|next| next.is(&["general", "debate", "high-level"]))
                || word.bare == "aupres"
                || word.bare == "au" && !word.first
                || word.bare == "a" && !word.first);
        let dated = word.is_never_in_names()
            && word.first
            && !word.is(&[
                "of",
                "and",
                "for",
                "the",
                "foreign",
                "affairs",
                "nations",
                "republic",
                "kingdom",
                "republique",
                "republica",
                "with",
                "organization",
            ]);
        if number
            || title
            || word.bare.starts_with("unga")
            || occasion
            || dated
            || end - from >= LONGEST_ROLE
            || end > from && begins_place_and_day(words, end)
        {
            break;
        }
        // Another person or office begins here.
        let office = word.is(OFFICES)
            && end > from
            && !words[end - 1].text.ends_with(',')
            && !words[end - 1].is(&["and", "et", "y", "of", "the", "de"]);
        if end > from && word.first && (word.is(MARKED) || office) {
            break;
        }
        end += 1;
        // An office ends with its state, unless another office follows, or the body that it is accredited to.
        let more =
            words.get(end).is_some_and(|next| next.is(&["and", "et", "y", "e", "и", "to", "aupres", "ante", "при"]))
                || word.text.ends_with(',') && words.get(end).is_some_and(|next| next.is(OFFICES));
        if state_at(words, end - 1, names) && !more {
            break;
        }
    }
    while end > from && (words[end - 1].is(OCCASIONS) || words[end - 1].is(&["la", "le", "el", "the", "of", "de"])) {
        end -= 1;
    }
    (end > from).then_some(from..end)
}

/// Returns an office as printed; its state, if on a line of its own, follows a comma.
pub(super) fn printed(words: &[Word]) -> String {
    const GOVERNMENTS: &[&str] = &["government", "gouvernement", "gobierno", "governo"];
    const STATES: &[&str] = &["republic", "kingdom", "republique", "royaume", "republica", "reino"];
    const KINDS: &[&str] = &["united", "federal", "federative", "democratic", "islamic", "people's", "socialist"];
    let begins_state = |at: usize| {
        let of = words.get(at + 1).is_some_and(|word| word.is(&["of", "de", "du", "del", "do", "da"]));
        let above = &words[at - 1];
        let goes_on = above.text.ends_with(',') || GOES_ON.contains(&above.bare.as_str());
        let state = words[at].is(GOVERNMENTS) || words[at].is(STATES) && !above.is(KINDS);
        words[at].first && of && state && !goes_on
    };
    let breaks = (1..words.len()).filter(|at| begins_state(*at));
    let mut from = 0;
    let mut parts = Vec::new();
    for at in breaks.chain([words.len()]) {
        parts.push(joined(&words[from..at]));
        from = at;
    }
    parts.join(", ")
}

/// Returns the office between the words that open a title and the honorific: `Statement by the Minister of … H.E. Ms. …`.
pub(super) fn role_before(words: &[Word], from: usize, at: usize) -> Option<std::ops::Range<usize>> {
    const OPENERS: &[&str] = &[
        "by",
        "by:",
        "the",
        "de",
        "del",
        "du",
        "la",
        "le",
        "par",
        "por",
        "of",
        "pronunciado",
        "prononce",
        "delivered",
        "made",
    ];
    let mut begin = at;
    // Walk back from the honorific to the words that open the title, but not into the office of the person before.
    while begin > from
        && at - begin < LONGEST_ROLE
        && !words[begin - 1].is(TITLES)
        && words[begin - 1].bare != "by"
        && !words[begin - 1].is(&["at", "79th"])
    {
        begin -= 1;
    }
    // Drop "by the" and the like, and then require that what remains begins with an office.
    while begin < at && words[begin].is(OPENERS) {
        begin += 1;
    }
    (begin < at && words[begin].is(OFFICES)).then_some(begin..at)
}

/// Returns whether the name of a state ends with this word.
pub(super) fn state_at(words: &[Word], at: usize, names: &Names) -> bool {
    let ends = |end: usize| {
        (end.saturating_sub(4)..=end.min(at)).any(|from| {
            let folded: Vec<String> =
                words[from..=end].iter().map(|word| fold(word.text.trim_end_matches([',', '.']))).collect();
            let folded = folded.join(" ");
            names.mentions_folded(&folded).iter().any(|mention| mention.at == (0..folded.len()))
        })
    };
    // `Sudán` does not end the name in `Sudán del Sur`.
    ends(at) && !(at + 1..words.len().min(at + 3)).any(ends)
}
