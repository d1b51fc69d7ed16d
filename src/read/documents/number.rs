//! A folded text -> the symbols cited in it and where: full symbols, and bare numbers that the words around them
//! explain.
//!
//! Every symbol and number contains a slash or an opening bracket, so one pass searches for these and never examines
//! most words of a text.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::symbol::{FIRST_SESSION, LAST_SESSION, Qualifier, canonical, is_digits, is_root, parse_qualifier};
use super::words::{self, Between, Organ};
use crate::language::numerals::roman;
use crate::language::scripts::{is_arabic, joins};

/// How many bytes before a number may determine its meaning.
const BEFORE: usize = 200;
/// How many bytes after a number may determine its meaning.
const AFTER: usize = 80;
/// The length of the longest symbol in bytes, with a margin: `A/CONF.62/C.2/L.92/Rev.1/Add.1-A/CONF.62/WP.10` has 47.
/// Anything longer is a URL or not a word at all. Without a bound, a word of 40 kB with a slash at every second byte
/// took quadratic time.
const LONGEST: usize = 120;
/// The maximum number of symbols between the ends of a range.
const LONGEST_RANGE: u32 = 50;

/// A number or symbol as written.
struct Token {
    range: Range<usize>,
    form: Notation,
}

enum Notation {
    /// A full symbol.
    Symbol(String),
    /// `72/27`, `S-10/2`.
    InSession { session: String, number: String },
    /// `1540 (2004)`, `3379 (XXX)`.
    OfSession { number: String, of: Qualifier },
}

/// The previous citation, which a list may continue.
struct Previous {
    end: usize,
    body: Option<Organ>,
    symbol: String,
}

/// Returns the symbols cited in a folded text, each with the range of its words, in order.
pub(super) fn cited(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let mut last: Option<Previous> = None;
    let mut end = 0;
    for at in memchr::memchr2_iter(b'/', b'(', text.as_bytes()) {
        let item = if at < end {
            None
        } else if text.as_bytes()[at] == b'/' {
            read_around_slash(text, at, end)
        } else {
            read_around_bracket(text, at, end)
        };
        let Some(item) = item else { continue };
        end = item.range.end;
        // "resolutions 72/26, 72/27 and 72/28": only the first number is explained, the others continue the list.
        let joined = last.as_ref().map_or(Between::Nothing, |last| words::between(&text[last.end..item.range.start]));
        let led = last.take().filter(|_| joined != Between::Nothing);
        let Some((symbol, body)) = meaning(text, &item, led.as_ref()) else { continue };
        if let (Between::Range, Some(first)) = (joined, &led) {
            // "72/26 to 72/29" cites 72/27 and 72/28 as well, but there are no words to link.
            let within = within(&first.symbol, &symbol);
            found.extend(within.into_iter().map(|symbol| (item.range.start..item.range.start, symbol)));
        }
        found.push((item.range.clone(), symbol.clone()));
        last = Some(Previous { end, body, symbol });
    }
    add_repeated(text, &mut found);
    found
}

/// Returns the symbol that an item means in its context, and the organ that it belongs to, if known.
fn meaning(text: &str, item: &Token, led: Option<&Previous>) -> Option<(String, Option<Organ>)> {
    if let Notation::Symbol(symbol) = &item.form {
        let body = match symbol.get(..5) {
            Some("A/RES") => Some(Organ::GeneralAssembly),
            Some("S/RES") => Some(Organ::SecurityCouncil),
            _ => None,
        };
        return Some((symbol.clone(), body));
    }
    let Range { start, end } = item.range;
    let before = &text[text.ceil_char_boundary(start.saturating_sub(BEFORE))..start];
    let before = before.rsplit('\n').next().unwrap_or_default().to_lowercase();
    let after = text[end..text.floor_char_boundary((end + AFTER).min(text.len()))].to_lowercase();
    let after = after.split('\n').next().unwrap_or_default();
    let is_led = led.is_some()
        || words::lead_to_number(&before)
        || words::is_numbered_resolution(&before, after)
        || match &item.form {
            Notation::OfSession { number, .. } => is_of_session_led(&before, after, number),
            _ => words::organ_before(&before, 1) == Some(Organ::GeneralAssembly),
        };
    if !is_led {
        return None;
    }
    let body = words::organ_after(after).or_else(|| words::organ_before(&before, 32)).or(led.and_then(|led| led.body));
    Some((symbol(&item.form, body)?, body))
}

/// Returns whether a number with a session or year in brackets is that of a resolution: its sentence mentions one, or
/// it is in square brackets, as in UN records.
fn is_of_session_led(before: &str, after: &str, number: &str) -> bool {
    let sentence = before.match_indices(". ").map(|(at, _)| at + 2).filter(|at| {
        let next = before[*at..].chars().next();
        next.is_some_and(|c| !c.is_ascii_digit())
    });
    let sentence = &before[sentence.last().unwrap_or(0)..];
    let follows: String = after.chars().take(16).take_while(|c| !matches!(c, '.' | ',' | ';')).collect();
    words::is_resolution(sentence)
        || words::is_resolution(&follows)
        || number.len() >= 3 && before.ends_with('[')
        || words::organ_before(before, 1).is_some()
}

/// Returns the symbol of a number, given the organ; if that is unknown, the one that is most likely.
fn symbol(form: &Notation, body: Option<Organ>) -> Option<String> {
    if body == Some(Organ::Another) {
        return None;
    }
    match form {
        Notation::Symbol(symbol) => Some(symbol.clone()),
        Notation::OfSession { number, of: Qualifier::Year(year) } => Some(format!("S/RES/{number} ({year})")),
        Notation::OfSession { number, of: Qualifier::Session(session) } => match (body, roman(session)) {
            (Some(Organ::EconomicAndSocialCouncil), _) => Some(format!("E/RES/{number} ({session})")),
            // From the thirty-first session on, sessions are written in Arabic numerals.
            (_, Some(FIRST_SESSION..)) => None,
            (_, Some(session)) if !is_plausible(number, session) => None,
            _ => Some(format!("A/RES/{number} ({session})")),
        },
        Notation::InSession { session, number } => {
            let count: Option<u32> = session.parse().ok();
            let is_year = count.is_some_and(|count| (1946..=2099).contains(&count));
            let is_assembly = count.is_none_or(|count| (FIRST_SESSION..=LAST_SESSION).contains(&count));
            match body {
                Some(Organ::HumanRightsCouncil) if !is_year => Some(format!("A/HRC/RES/{session}/{number}")),
                Some(Organ::EconomicAndSocialCouncil) if is_year => Some(format!("E/RES/{session}/{number}")),
                Some(Organ::CommissionOnHumanRights) if is_year => Some(format!("E/CN.4/RES/{session}/{number}")),
                _ => is_assembly.then(|| format!("A/RES/{session}/{number}")),
            }
        }
    }
}

/// Returns whether a resolution of the General Assembly in this session can have this number. Numbers continued from
/// session to session, and since the sixth there were more than eighty for each; other organs have lower numbers.
fn is_plausible(number: &str, session: u32) -> bool {
    session < 6 || number.parse().is_ok_and(|number: u32| number >= 80 * session)
}

/// Returns the symbols between two of the same series: for 72/26 to 72/29, those of 72/27 and 72/28.
fn within(first: &str, last: &str) -> Vec<String> {
    let (Some((row, first)), Some((same, last))) = (first.rsplit_once('/'), last.rsplit_once('/')) else {
        return Vec::new();
    };
    match (first.parse::<u32>(), last.parse::<u32>()) {
        (Ok(first), Ok(last)) if row == same && first < last && last - first <= LONGEST_RANGE => {
            (first + 1..last).map(|number| format!("{row}/{number}")).collect()
        }
        _ => Vec::new(),
    }
}

/// Adds resolutions that the text cites by a bare number elsewhere after citing them in full: "resolutions 242 and
/// 338".
fn add_repeated(text: &str, found: &mut Vec<(Range<usize>, String)>) {
    let mut full: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for (_, symbol) in &*found {
        let Some((number, _)) = symbol.rsplit('/').next().and_then(|last| last.split_once(" (")) else { continue };
        // A number that two symbols share is ambiguous, so it is not used.
        let known = full.entry(number).or_insert(Some(symbol));
        *known = known.filter(|known| known == symbol);
    }
    // Numbers of one or two digits occur everywhere: "2 (2019)" must not make every 2 a resolution.
    let named = full.into_iter().filter_map(|(number, symbol)| Some((number, symbol.filter(|_| number.len() >= 3)?)));
    let (numbers, symbols): (Vec<&str>, Vec<&str>) = named.unzip();
    // One pass for all numbers: a text may name a thousand resolutions.
    let Some(finder) = AhoCorasick::new(&numbers).ok().filter(|_| !numbers.is_empty()) else { return };
    let mut bare: Vec<(Range<usize>, &str)> =
        finder.find_overlapping_iter(text).map(|place| (place.range(), symbols[place.pattern().as_usize()])).collect();
    bare.sort_by_key(|(range, _)| range.start);
    let mut more: Vec<(Range<usize>, String)> = Vec::new();
    let mut end = 0;
    for (range, symbol) in bare {
        // Citations found so far are sorted and do not overlap.
        let next = found.partition_point(|(known, _)| known.end <= range.start);
        let is_new = found.get(next).is_none_or(|(known, _)| range.end <= known.start);
        let is_number = starts_alone(text, range.start) && !text[range.end..].starts_with(is_of_number);
        let led = || {
            let from = text.ceil_char_boundary(range.start.saturating_sub(BEFORE));
            let before = text[from..range.start].rsplit('\n').next().unwrap_or_default().to_lowercase();
            // A list does not continue after a whole sentence.
            let is_near = end > 0 && range.start - end <= BEFORE;
            words::lead_to_number(&before) || is_near && words::between(&text[end..range.start]) == Between::List
        };
        if is_new && is_number && led() {
            end = range.end;
            more.push((range, symbol.to_owned()));
        }
    }
    found.extend(more);
    found.sort_by_key(|(range, _)| (range.start, range.end));
}

/// Returns whether a character after a number belongs to it or makes it something else (`242%`).
fn is_of_number(c: char) -> bool {
    is_of_word(c) || matches!(c, '/' | '%' | '°')
}

/// Reads the symbol or number around the slash at `at`; bytes before `floor` belong to the previous item.
fn read_around_slash(text: &str, at: usize, floor: usize) -> Option<Token> {
    let bytes = text.as_bytes();
    let floor = floor.max(text.ceil_char_boundary(at.saturating_sub(LONGEST)));
    let mut start = at;
    while start > floor && is_of_token(bytes[start - 1]) {
        start -= 1;
    }
    if start == at && start > floor && bytes[start - 1] == b')' {
        let open = text[floor..start].rfind("GC(")? + floor;
        start = open;
    }
    start += bytes[start..at].iter().take_while(|b| matches!(b, b'-' | b'.')).count();
    let end = token_end(text, at);
    if end - start > LONGEST {
        return None;
    }
    let token = &text[start..end];
    if token.starts_with('/') || !starts_alone(text, start) || text[end..].starts_with(is_of_word) {
        return None;
    }
    // The rest of `72/26-72/29` is read at its own slash.
    let token = first_of_joined(token).trim_end_matches(['.', '-', '/', ' ']);
    let range = start..start + token.len();
    if let Some(symbol) = canonical(token) {
        return Some(with_session(text, range, symbol));
    }
    let (session, number) = token.split_once('/')?;
    let bare = number.strip_suffix(|c: char| c.is_ascii_uppercase()).unwrap_or(number);
    let plain = session.trim_start_matches('E').trim_start_matches('S').trim_start_matches('-');
    let mark = session[..session.len() - plain.len()].trim_end_matches('-');
    let is_session = is_digits(plain) && session.len() <= 5 && ["", "S", "ES"].contains(&mark);
    let mark = if mark.is_empty() { String::new() } else { format!("{mark}-") };
    let form = Notation::InSession { session: format!("{mark}{plain}"), number: number.to_owned() };
    let is_whole = !text[range.end..].starts_with(is_of_number);
    (is_session && is_digits(bare) && bare.len() <= 4 && is_whole).then_some(Token { range, form })
}

/// Returns the end of the token around the slash at `at`. Records sometimes have a space after a slash or a full stop.
fn token_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    loop {
        while end < bytes.len() && is_of_token(bytes[end]) {
            if end - at > LONGEST {
                return end;
            }
            end += 1;
        }
        let is_cut = bytes[end - 1] == b'/'
            || ["Add.", "Rev.", "Corr.", "PV.", "L.", "C."].iter().any(|mark| text[..end].ends_with(mark));
        let goes_on = bytes.get(end) == Some(&b' ')
            && bytes
                .get(end + 1)
                .is_some_and(|b| b.is_ascii_digit() || bytes[end - 1] == b'/' && b.is_ascii_uppercase());
        if !is_cut || !goes_on {
            return end;
        }
        end += 1;
    }
}

/// Returns the first of two joined symbols: `A/34/393-S/13485`, `72/26-72/29`.
fn first_of_joined(token: &str) -> &str {
    for (at, _) in token.match_indices('-') {
        let (before, after) = (&token[..at], &token[at + 1..]);
        let begins = after.split_once('/').is_some_and(|(first, _)| is_root(first) || is_digits(first));
        let is_special = before.ends_with("/S") || before.ends_with("/ES");
        if before.contains('/') && begins && !is_special {
            return before;
        }
    }
    token
}

/// Adds the session or year that follows the symbol of a resolution to it.
fn with_session(text: &str, range: Range<usize>, symbol: String) -> Token {
    // A session or year is short. Without a bound, an unclosed bracket would be searched to the end of the text.
    let rest = &text[range.end..text.floor_char_boundary((range.end + 32).min(text.len()))];
    let of = rest.trim_start_matches(' ').strip_prefix('(').and_then(|rest| rest.split_once(')'));
    if let Some((of, after)) = of.and_then(|(of, after)| Some((parse_qualifier(of)?, after)))
        && rest.len() - after.len() <= 14
        && let Some(symbol) = qualified_resolution(&symbol, &of)
    {
        return Token { range: range.start..range.end + rest.len() - after.len(), form: Notation::Symbol(symbol) };
    }
    Token { range, form: Notation::Symbol(symbol) }
}

/// Returns the symbol of a resolution with its session or year. `A/1514 (XV)`, a common variant, is the resolution too.
fn qualified_resolution(symbol: &str, of: &Qualifier) -> Option<String> {
    let (root, number) = symbol.split_once('/')?;
    let (bare, Qualifier::Year(words) | Qualifier::Session(words)) = (number.strip_prefix("RES/"), of);
    let is_own = match (root, of) {
        ("S", Qualifier::Year(_)) | ("E", Qualifier::Session(_)) => bare.is_some(),
        ("A", Qualifier::Session(_)) => true,
        _ => false,
    };
    let number = bare.unwrap_or(number);
    (is_own && is_digits(number)).then(|| format!("{root}/RES/{number} ({words})"))
}

/// Reads `1540 (2004)` around the bracket at `at`.
fn read_around_bracket(text: &str, at: usize, floor: usize) -> Option<Token> {
    let inside = text[at..].strip_prefix('(')?;
    let before = text[floor..at].strip_suffix(' ').unwrap_or(&text[floor..at]);
    // `217 A (III)` and `217A (III)`: several resolutions can share a number, with a letter each.
    let letter = before.strip_suffix(|c: char| c.is_ascii_uppercase()).map(|before| before.trim_end_matches(' '));
    let before = letter.unwrap_or(before);
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&digits) {
        return None;
    }
    let (written, _) = inside[..inside.floor_char_boundary(16)].split_once(')')?;
    let of = parse_qualifier(written)?;
    let start = floor + before.len() - digits;
    let number = before[before.len() - digits..].to_owned();
    let end = at + written.len() + 2;
    let is_free = starts_alone(text, start) && !number.starts_with('0');
    is_free.then_some(Token { range: start..end, form: Notation::OfSession { number, of } })
}

fn is_of_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/' | b'-')
}

/// Returns whether a character continues the word before it.
fn is_of_word(c: char) -> bool {
    joins(c) || matches!(c, '_' | '@' | '=')
}

/// Returns whether the text at a byte is not inside a longer word, a number or a URL.
fn starts_alone(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    match before.next() {
        None => true,
        Some(',' | '.') => before.next().is_none_or(|c| !c.is_alphanumeric()),
        Some(c) => {
            !is_of_word(c) && !matches!(c, '/' | '&' | '%' | '#' | '?' | '\\' | '~' | '+' | '$' | '*')
                || is_arabic(c) && c.is_alphabetic()
        }
    }
}
