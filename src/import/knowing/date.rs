//! A text -> the day on which it was delivered, if its head or foot says so.

use super::head::Head;
use crate::import::known::Found;
use crate::import::mended::{Block, Mended};
use crate::language::months::month;
use crate::language::ordinals::is_sure_ending;
use crate::language::scripts::{digit, short_number};
use crate::language::tokens::runs;
use crate::read::date::Date;

/// Finds the date: the only day, or the only month, that is printed above the text, or below it on a line of its own.
pub(super) fn find(mended: &Mended, head: &Head) -> Option<Found> {
    let above = in_blocks(head.blocks.iter(), named);
    let foot = mended.blocks.len().saturating_sub(FOOT).max(head.blocks.len());
    let below = || in_blocks(mended.blocks[foot..].iter().filter(|block| is_short_line(&block.text)), named);
    // A month without a day is only used if no day is printed.
    let month = || in_blocks(head.blocks.iter(), |text| months(text).into_iter().map(Named::sure).collect());
    let found = [above, month(), below()].into_iter().find(|found| !found.is_empty())?;
    let (Named { date, sure }, line) = found.first()?.clone();
    let evidence = match (found.len(), sure) {
        (1, true) => format!("line {line}"),
        (1, false) => format!("line {line}; day and month may be swapped"),
        _ => format!("line {line}; other days are named as well"),
    };
    Some(Found { key: "date", value: date, evidence, sure: sure && found.len() == 1 })
}

/// A date as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    /// The date in EDTF.
    date: String,
    /// Whether it can be read in only one way.
    sure: bool,
}

impl Named {
    fn sure(date: String) -> Named {
        Named { date, sure: true }
    }
}

/// Returns the dates in blocks, each once, with its line.
fn in_blocks<'a>(blocks: impl Iterator<Item = &'a Block>, read: impl Fn(&str) -> Vec<Named>) -> Vec<(Named, u32)> {
    let mut found: Vec<(Named, u32)> = Vec::new();
    for block in blocks.filter(|block| !is_of_page(&block.text)) {
        for named in read(&block.text) {
            if !found.iter().any(|(other, _)| other.date == named.date) {
                found.push((named, block.line));
            }
        }
    }
    found
}

/// Returns whether a line can be the line of place and day, and is not a sentence.
fn is_short_line(text: &str) -> bool {
    text.chars().count() <= SHORT && !(text.trim_end().ends_with('.') && text.split_whitespace().count() > 5)
}

/// Returns whether a line says when a page was made or changed, rather than when somebody spoke.
fn is_of_page(text: &str) -> bool {
    const MADE: &[&str] = &["updated", "published", "posted", "last modified", "mis à jour", "publié", "publicado"];
    let lower = text.trim_start().to_lowercase();
    MADE.iter().any(|word| lower.starts_with(word))
}

/// Returns whether a text names a day or a month.
pub(super) fn has_day(text: &str) -> bool {
    !named(text).is_empty() || !months(text).is_empty()
}

fn named(text: &str) -> Vec<Named> {
    let mut all: Vec<Named> = days(text).into_iter().map(Named::sure).collect();
    all.extend(numeric(text));
    all
}

/// How many blocks at the end may hold a date, and the longest such block in characters.
const FOOT: usize = 3;
const SHORT: usize = 80;

/// Words between the first and the last day of a period; dashes are read as `to`.
const UNTIL: &[&str] = &["to", "au", "al", "a", "по", "до", "إلى", "الى", "and", "et", "y"];

fn words(text: &str) -> Vec<String> {
    let text = text.replace(['–', '—', '-'], " to ");
    runs(&text)
        .map(str::to_lowercase)
        .filter(|word| !["de", "del", "of", "the", "le"].contains(&word.as_str()))
        .collect()
}

/// Returns the days and periods in a text: `27 September 2024`, `September 27th, 2024`, `2024年9月27日`, `24 to 30
/// September 2024`.
fn days(text: &str) -> Vec<String> {
    let words = words(text);
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let mut found = Vec::new();
    for at in 0..words.len() {
        // The day may come before or after the month; of a period, this finds the last day.
        let (day, of, year, first) = match (month(word(at)), month(word(at + 1))) {
            (None, Some(month)) => (number(word(at)), month, number(word(at + 2)), at),
            (Some(month), None) if UNTIL.contains(&word(at + 2)) && number(word(at + 3)).is_some() => {
                (number(word(at + 3)), month, number(word(at + 4)), at + 3)
            }
            (Some(month), None) => (number(word(at + 1)), month, number(word(at + 2)), at),
            _ => continue,
        };
        let (Some(day), Some(year @ 1900..=2100)) = (day, year) else { continue };
        let Some(last) = edtf(year, of, day) else { continue };
        let before = |back: usize| first.checked_sub(back).map_or("", |at| word(at));
        let begins = match (UNTIL.contains(&before(1)), number(before(2)), month(before(2))) {
            (true, Some(day), _) => edtf(year, of, day),
            // `30 September to 4 October 2024`
            (true, None, Some(month)) => number(before(3)).and_then(|day| edtf(year, month, day)),
            _ => None,
        };
        found.push(match begins {
            Some(begins) if begins < last => format!("{begins}/{last}"),
            _ => last,
        });
    }
    // In Chinese and Japanese each number comes before its sign.
    for (at, _) in text.match_indices('年') {
        let number_before = |text: &str| {
            let digits: String = text.chars().rev().take_while(char::is_ascii_digit).collect();
            digits.chars().rev().collect::<String>().parse::<u32>().ok()
        };
        let Some((month, rest)) = text[at..].split_once('月') else { continue };
        let Some((day, _)) = rest.split_once('日') else { continue };
        if let (Some(year), Some(month), Some(day)) =
            (number_before(&text[..at]), number_before(month), number_before(day))
        {
            found.extend(edtf(year, month, day));
        }
    }
    found
}

/// Returns days in digits: `26.09.2024`, `27/09/2024`, `2024/9/22`. With slashes, some countries put the month first.
fn numeric(text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';' | '،')) {
        let Some(mark) = word.chars().find(|c| matches!(c, '.' | '/' | '-')) else { continue };
        let parts: Vec<Option<u32>> = word.trim_end_matches('.').split(mark).map(number).collect();
        let [Some(a), Some(b), Some(c)] = parts[..] else { continue };
        let (year, month, day, sure) = match (a, b, c) {
            (1900..=2100, _, _) => (a, b, c, true),
            (_, _, 1900..=2100) if b > 12 => (c, a, b, true),
            (_, _, 1900..=2100) => (c, b, a, mark == '.' || a > 12 || a == b),
            _ => continue,
        };
        found.extend(edtf(year, month, day).map(|date| Named { date, sure }));
    }
    found
}

/// Returns the months that are named without a day: `September 2024`.
fn months(text: &str) -> Vec<String> {
    let words = words(text);
    let pairs = words.windows(2).filter_map(|pair| Some((month(&pair[0])?, number(&pair[1])?)));
    pairs
        .filter(|(_, year)| (1900..=2100).contains(year))
        .map(|(month, year)| format!("{year:04}-{month:02}"))
        .collect()
}

/// Parses `27`, `27th`, `1er`, `٢٧`, and a year with the sign of its era: `2024م`.
fn number(word: &str) -> Option<u32> {
    let (digits, ending) = word.split_at(word.find(|c| digit(c).is_none()).unwrap_or(word.len()));
    let is_era = matches!(ending, "م" | "г");
    short_number(digits).filter(|_| ending.is_empty() || is_sure_ending(ending) || is_era)
}

fn edtf(year: u32, month: u32, day: u32) -> Option<String> {
    let text = format!("{year:04}-{month:02}-{day:02}");
    Date::parse(&text).map(|_| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_languages_they_are_printed_in() {
        for (text, expect) in [
            ("New York, 27 September 2024", vec!["2024-09-27"]),
            ("September 27th, 2024", vec!["2024-09-27"]),
            ("Nueva York, 27 de septiembre de 2024", vec!["2024-09-27"]),
            ("New York, le 1er octobre 2024", vec!["2024-10-01"]),
            ("Нью-Йорк, 27 сентября 2024 года", vec!["2024-09-27"]),
            ("نيويورك، 27 سبتمبر 2024", vec!["2024-09-27"]),
            ("نيويورك، ٢٧ سبتمبر ٢٠٢٤", vec!["2024-09-27"]),
            ("2024年9月27日，纽约", vec!["2024-09-27"]),
            ("31 February 2024", vec![]),
            ("resolution 27 of May", vec![]),
            ("from 24 to 30 September 2024", vec!["2024-09-24/2024-09-30"]),
            ("24TH – 30TH SEPTEMBER 2024", vec!["2024-09-24/2024-09-30"]),
            ("September 24-30, 2024", vec!["2024-09-24/2024-09-30"]),
            ("30 September – 4 October 2024", vec!["2024-09-30/2024-10-04"]),
            ("للفترة من 22 إلى 30 سبتمبر 2024", vec!["2024-09-22/2024-09-30"]),
            ("UNGA 79, 27 September 2024", vec!["2024-09-27"]),
            ("New York - 27 September 2024", vec!["2024-09-27"]),
        ] {
            assert_eq!(days(text), expect, "{text}");
        }
    }

    #[test]
    fn days_in_digits_are_certain_if_they_can_be_read_in_only_one_way() {
        for (text, expect) in [
            ("New York, 27/09/2024", Some(("2024-09-27", true))),
            ("09/27/2024", Some(("2024-09-27", true))),
            ("03/04/2024", Some(("2024-04-03", false))),
            ("26.09.2024, New York, 18 Uhr", Some(("2024-09-26", true))),
            ("2024/9/22", Some(("2024-09-22", true))),
            ("2024-09-22", Some(("2024-09-22", true))),
            ("9/30/24, 6:17 PM", None),
            ("A/C.1/72", None),
        ] {
            let found = numeric(text);
            assert_eq!(found.first().map(|named| (named.date.as_str(), named.sure)), expect, "{text}");
        }
    }

    #[test]
    fn the_day_comes_from_the_head() {
        for (blocks, expect) in [
            (&["Statement", "27 September 2024", "Mr. President,"][..], Some(("2024-09-27", true))),
            (&["Statement", "SEPTEMBER 2024", "Mr. President,"], Some(("2024-09", true))),
            (
                &["Statement", "27 or 28 September 2024", "30 September 2024", "Mr. President,"],
                Some(("2024-09-28", false)),
            ),
            (
                &["Updated: 29 September 2024", "Statement", "28 September 2024", "Mr. President,"],
                Some(("2024-09-28", true)),
            ),
            (&["Mr. President,", "On 21 September 1971 we came here."], None),
        ] {
            let mended = crate::import::knowing::tests::mended(blocks);
            let found = find(&mended, &Head::of(&mended));
            assert_eq!(found.as_ref().map(|found| (found.value.as_str(), found.sure)), expect, "{blocks:?}");
        }
    }
}
