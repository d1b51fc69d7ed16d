//! The head of a text -> the speaker: the name as printed, with honorific and office.

mod honorifics;
mod office;
#[cfg(test)]
mod tests;
mod word;
mod words;

use super::head::{Head, TITLES, fold};
use super::names::Names;
use crate::edit::quoted;
use crate::import::known::Found;
use honorifics::{BESIDE, MARKED};
use office::{printed, role_after, role_before, state_at};
use word::{Word, begins_place_and_day, joined, words_of};
use words::{OCCASIONS, OFFICES, PARTICLES};

/// Somebody named in a head, as ranges of its words.
struct Person {
    honorific: std::ops::Range<usize>,
    name: std::ops::Range<usize>,
    role: Option<std::ops::Range<usize>>,
    /// Whether a title or a line of its own says that this is the speaker.
    speaks: bool,
    /// Whether it is clear where the name ends.
    whole: bool,
}

/// Finds the speaker: the only person named in the head. `names` shows where the name of a state ends; `given_first`
/// says that the delegation's people write their family names last.
pub(super) fn find(head: &Head, names: &Names, given_first: bool) -> Option<Found> {
    let words = words_of(head);
    let mut people = with_honorifics(&words, names);
    if people.is_empty() {
        people.extend(behind_office(&words, names));
    }
    // The same person may be named twice, once with more of the name: `Ms. Doe` and `Ms. Jane Doe`.
    let said = |range: &std::ops::Range<usize>| joined(&words[range.clone()]);
    let bare = |person: &Person| fold(&said(&person.name));
    let first = people.first()?;
    let same = people.iter().all(|other| bare(other).contains(&bare(first)) || bare(first).contains(&bare(other)));
    let person = people.iter().find(|person| person.role.is_some() && bare(person) == bare(first)).unwrap_or(first);
    let role = person.role.as_ref().map(|role| printed(&words[role.clone()]));
    let as_printed = joined(&words[person.honorific.start..person.name.end]);
    let mut value = String::from("{ ");
    if let Some((given, family)) = parts(&words[person.name.clone()], given_first) {
        value.push_str(&format!("given: {}, family: {}, ", quoted(&given), quoted(&family)));
    }
    let honorific = (!person.honorific.is_empty()).then(|| said(&person.honorific));
    for (key, text) in [("honorific", honorific), ("role", role)] {
        value.push_str(&text.map_or_else(String::new, |text| format!("{key}: {}, ", quoted(&text))));
    }
    value.push_str(&format!("as_printed: {} }}", quoted(&as_printed)));
    let line = words[person.name.start].line;
    let evidence = if same { format!("line {line}") } else { format!("line {line}; others are named as well") };
    let sure = same && person.whole && (first.speaks || person.role.is_some());
    Some(Found { key: "speaker", value, evidence, sure })
}

/// Returns whether a line begins with a person or an office.
pub(super) fn is_of_person(line: &str) -> bool {
    let word = line.split_whitespace().next().map(|word| fold(word).replace(['.', ','], "")).unwrap_or_default();
    OFFICES.contains(&word.as_str())
        || MARKED.contains(&word.as_str())
        || matches!(word.as_str(), "the" | "rt" | "his" | "her" | "son" | "su")
}

/// Finds the people whose names follow an honorific.
fn with_honorifics(words: &[Word], names: &Names) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut end = at;
        while end < words.len()
            && (words[end].is(MARKED) || words[end].is(BESIDE))
            && !(end > at && words[end - 1].text.ends_with(',') && !words[end].is(MARKED))
        {
            end += 1;
        }
        // `H.E. President Doe`: an office without a state belongs to the name.
        if end > at
            && words.get(end).is_some_and(|word| word.is(&["president", "presidente"]))
            && words.get(end + 1).is_some_and(|word| word.is_name() && !word.is(PARTICLES))
            && !words[end].ends()
        {
            end += 1;
        }
        let marked = words[at..end].iter().any(|word| word.is(MARKED))
            || words[at..end].windows(2).any(|pair| pair[0].bare == "h" && pair[1].bare == "e");
        let name = if marked { name_at(words, end) } else { end..end };
        // `the Ambassador of …` names nobody, and `Excellencies` is an address.
        if name.is_empty() || is_state(&words[name.clone()], names) {
            at = end.max(at + 1);
            continue;
        }
        // A small word before the honorific belongs to the sentence: `Intervenção da Senhora …`.
        let mut begin = at;
        while begin + 1 < end
            && words[begin].is(&["d", "da", "the"])
            && words[begin].text.chars().all(char::is_lowercase)
        {
            begin += 1;
        }
        let from =
            // The office is after the name, or else before it, but never the one that belongs to the person before.
            people.last().map_or(0, |person: &Person| person.role.as_ref().map_or(person.name.end, |role| role.end));
        let behind = role_after(words, name.end, names);
        let (name, broken) = if behind.is_some() { (name, false) } else { whole_name(words, name, names) };
        let behind = behind.or_else(|| role_after(words, name.end, names));
        let sure = !broken || behind.is_some();
        let role = behind.or_else(|| role_before(words, from, begin));
        let speaks = words[begin].first || words[from..begin].iter().rev().take(14).any(|word| word.is(TITLES));
        let next = role.as_ref().map_or(name.end, |role| role.end.max(name.end));
        people.push(Person { honorific: begin..end, name, role, speaks, whole: sure });
        at = next;
    }
    people
}

/// Most words of a name.
const LONGEST: usize = 7;

/// Returns the name that begins at a word. It ends at the end of its line, at a comma, or before a word that cannot be
/// part of a name.
fn name_at(words: &[Word], at: usize) -> std::ops::Range<usize> {
    let mut end = at;
    while let Some(word) = words.get(end) {
        let inner = end > at
            && word.is(PARTICLES)
            && !word.ends()
            && words.get(end + 1).is_some_and(Word::is_name)
            && !(word.is(&["de", "du", "del", "da", "do", "la"]) && words[end - 1].is(OFFICES));
        let city = words.get(end + 1).is_some_and(|next| next.is(&["york", "delhi"]));
        if !inner && !word.is_name() || city || end - at >= LONGEST {
            break;
        }
        end += 1;
        if word.ends() || word.text.ends_with("'s") || word.text.ends_with("’s") || word.text.ends_with("’S") {
            break;
        }
    }
    at..end
}

/// Returns a name that may continue in the next line, and whether it does.
fn whole_name(words: &[Word], name: std::ops::Range<usize>, names: &Names) -> (std::ops::Range<usize>, bool) {
    let last = &words[name.end - 1];
    if !last.last || last.text.ends_with([',', ';', ':', '،']) {
        return (name, false);
    }
    let rest = name_at(words, name.end);
    let line = rest.end > rest.start && words[rest.end - 1].ends() && rest.len() <= 3;
    let is_other = || begins_place_and_day(words, rest.start) || is_state(&words[rest.clone()], names);
    if !line || words[rest.start].is(MARKED) || is_other() {
        return (name, false);
    }
    (name.start..rest.end, true)
}

fn is_state(words: &[Word], names: &Names) -> bool {
    let folded: Vec<String> = words.iter().map(|word| fold(word.text)).collect();
    !names.mentions_folded(&folded.join(" ")).is_empty()
}

/// Finds a name without an honorific: on a line of its own above an office, or after an office and its state.
fn behind_office(words: &[Word], names: &Names) -> Option<Person> {
    for at in 0..words.len() {
        let name = name_at(words, at);
        // A name has at least two words; one capitalised word may be anything.
        let two = (2..=5).contains(&name.len());
        if !two || is_state(&words[name.clone()], names) {
            continue;
        }
        let (begins, ends) = (words[at].first, words[name.end - 1].last);
        // First form: the name on its own line, and the office below it.
        let role = role_after(words, name.end, names).filter(|_| begins);
        if let (true, Some(role)) = (begins && (ends || words[name.end - 1].ends()), role) {
            return Some(Person { honorific: at..at, name, role: Some(role), speaks: true, whole: true });
        }
        // Second form: "Minister of Foreign Affairs of Kenya Jane Doe", where the office and its state come first.
        let behind = words.get(name.end).is_none_or(|word| word.is(OCCASIONS)) || ends || words[name.end - 1].ends();
        let office = at.checked_sub(1).is_some_and(|before| {
            words[before].is(&[
                "minister",
                "president",
                "ministre",
                "ministro",
                "ministra",
                "presidente",
                "presidenta",
                "министра",
                "президента",
            ]) || state_at(words, before, names)
        });
        if behind
            && office
            && let Some(role) = role_before(words, 0, at)
        {
            return Some(Person { honorific: at..at, name, role: Some(role), speaks: true, whole: true });
        }
    }
    None
}

/// Returns given name and family name, if typography or the delegation's custom distinguishes them.
fn parts(name: &[Word], given_first: bool) -> Option<(String, String)> {
    let capitals = |word: &Word| {
        word.text.chars().filter(|c| c.is_alphabetic()).count() > 2 && !word.text.chars().any(char::is_lowercase)
    };
    let upper = name.iter().filter(|word| capitals(word)).count();
    if upper == name.len() {
        return None;
    }
    if upper > 0 {
        let (family, given): (Vec<&Word>, Vec<&Word>) = name.iter().partition(|word| capitals(word));
        // Only if each of the two is contiguous: `Jean DUPONT`, `DUPONT Jean`.
        let changes = name.windows(2).filter(|pair| capitals(&pair[0]) != capitals(&pair[1])).count();
        let text = |words: Vec<&Word>| {
            words.iter().map(|word| word.text.trim_end_matches([',', ':', ';'])).collect::<Vec<_>>().join(" ")
        };
        return (changes == 1).then(|| (text(given), text(family)));
    }
    match name {
        [given, family] if given_first && !given.text.ends_with('.') => {
            Some((given.text.to_owned(), joined(std::slice::from_ref(family))))
        }
        _ => None,
    }
}
