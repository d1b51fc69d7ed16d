//! A text -> the day on which it was spoken, where its head or foot says so.

use super::Found;
use super::delegation::head;
use crate::import::mended::Mended;
use crate::read::date::Date;

/// Finds the date: the one day that is printed above the text, or below it on a line of its own.
pub fn find(mended: &Mended) -> Option<Found> {
    let head = head(mended);
    let foot = mended.blocks.len().saturating_sub(FOOT).max(head);
    let above = mended.blocks[..head].iter();
    let below = mended.blocks[foot..].iter().filter(|block| block.text.chars().count() <= SHORT);
    let mut found: Vec<(String, u32)> = Vec::new();
    for block in above.chain(below) {
        for day in days(&block.text) {
            if !found.iter().any(|(other, _)| *other == day) {
                found.push((day, block.line));
            }
        }
    }
    let sure = found.len() == 1;
    let (day, line) = found.into_iter().next()?;
    let evidence = if sure { format!("line {line}") } else { format!("line {line}; other days are named as well") };
    Some(Found { key: "date", value: day, evidence, sure })
}

/// Blocks at the end that may bear a date, and characters of such a block.
const FOOT: usize = 3;
const SHORT: usize = 80;

/// The months in the languages of the United Nations, and some more.
const MONTHS: [&[&str]; 12] = [
    &["january", "janvier", "enero", "января", "يناير", "janeiro", "januar", "gennaio"],
    &["february", "février", "fevrier", "febrero", "февраля", "فبراير", "fevereiro", "februar", "febbraio"],
    &["march", "mars", "marzo", "марта", "مارس", "março", "märz", "marts"],
    &["april", "avril", "abril", "апреля", "أبريل", "aprile"],
    &["may", "mai", "mayo", "мая", "مايو", "maio", "maj", "maggio"],
    &["june", "juin", "junio", "июня", "يونيو", "junho", "juni", "giugno"],
    &["july", "juillet", "julio", "июля", "يوليو", "julho", "juli", "luglio"],
    &["august", "août", "aout", "agosto", "августа", "أغسطس"],
    &["september", "septembre", "septiembre", "setiembre", "сентября", "سبتمبر", "setembro", "settembre"],
    &["october", "octobre", "octubre", "октября", "أكتوبر", "outubro", "oktober", "ottobre"],
    &["november", "novembre", "noviembre", "ноября", "نوفمبر", "novembro"],
    &[
        "december",
        "décembre",
        "decembre",
        "diciembre",
        "декабря",
        "ديسمبر",
        "dezembro",
        "dezember",
        "desember",
        "dicembre",
    ],
];

/// Returns the days that are named in a text: `27 September 2024`, `September 27th, 2024`, `2024年9月27日`.
fn days(text: &str) -> Vec<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !["de", "del", "of", "the"].contains(word))
        .map(str::to_lowercase)
        .collect();
    let mut found = Vec::new();
    for three in words.windows(3) {
        let [a, b, c] = three else { continue };
        let parts = match (month(a), month(b)) {
            (None, Some(month)) => (number(c), Some(month), number(a)),
            (Some(month), None) => (number(c), Some(month), number(b)),
            _ => continue,
        };
        if let (Some(year @ 1900..=2100), Some(month), Some(day)) = parts {
            found.extend(edtf(year, month, day));
        }
    }
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

fn month(word: &str) -> Option<u32> {
    MONTHS.iter().position(|names| names.contains(&word)).map(|at| at as u32 + 1)
}

/// Reads `27`, `27th`, `1er`, `٢٧`.
fn number(word: &str) -> Option<u32> {
    let bare = ["st", "nd", "rd", "th", "er"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    let digit = |c: char| match c {
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        c => c.to_digit(10),
    };
    let digits: Option<Vec<u32>> = bare.chars().map(digit).collect();
    let digits = digits.filter(|digits| (1..=4).contains(&digits.len()))?;
    Some(digits.iter().fold(0, |value, digit| value * 10 + digit))
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
            ("from 24 to 30 September 2024", vec!["2024-09-30"]),
        ] {
            assert_eq!(days(text), expect, "{text}");
        }
    }
}
