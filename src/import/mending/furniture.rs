//! Lines -> the lines of the text itself, and those that belong to its pages: page numbers, running heads and feet.

mod refrains;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::layout::Row;
use super::notes::Notes;
use super::openings::is_salutation;
use super::scripts::{ends_sentence, goes_on};
use crate::import::mended::{Reason, Removal};
use crate::import::pages::{Doubt, Pages};
use crate::language::scripts::short_number;
use refrains::form;

/// Takes out what belongs to the pages. `heights` are those of the pages, if the format has them.
pub(super) fn remove(mut rows: Vec<Row>, heights: &[Option<f32>], notes: &mut Notes) -> (Vec<Row>, Vec<Removal>) {
    let mut removals = Vec::new();
    let mut take = |rows: &mut Vec<Row>, found: BTreeSet<u32>, reason| {
        rows.retain(|row| {
            let gone = found.contains(&row.number) && !row.text.is_empty();
            if gone {
                removals.push(Removal { line: row.number, text: row.text.clone(), reason });
            }
            !gone
        });
    };
    // The certain cases first: what they remove cannot confuse the search for recurring lines.
    let found = text_status(&rows);
    take(&mut rows, found, Reason::TextStatus);
    let found =
        rows.iter().filter(|row| row.kind.is_none() && is_record_mark(&row.text)).map(|row| row.number).collect();
    take(&mut rows, found, Reason::RecordMark);
    let found = end_marks(&rows);
    take(&mut rows, found, Reason::EndMark);
    let found = rows.iter().filter(|row| row.kind.is_none() && is_printed_address(&row.text)).map(|row| row.number);
    let found = found.collect();
    take(&mut rows, found, Reason::Recurs);
    // Removing a page number at the edge of a page may expose a running head, and removing that another number.
    for _ in 0..3 {
        let mut found = recurring(&rows, notes);
        refrains::keep(&mut found, &rows, heights, notes);
        take(&mut rows, found, Reason::Recurs);
        let found = page_numbers(&rows, notes);
        take(&mut rows, found, Reason::PageNumber);
    }
    removals.sort_by_key(|removal| removal.line);
    notes.doubts.sort_by_key(|doubt| doubt.line);
    notes.doubts.dedup();
    (rows, removals)
}

/// Notes on texts that were distributed before delivery, in lower case.
const CHECK_AGAINST_DELIVERY: &[&str] = &[
    "check against delivery",
    "please check against delivery",
    "to be checked against delivery",
    "kindly check against delivery",
    "à vérifier au prononcé",
    "a vérifier au prononcé",
    "vérifier au prononcé",
    "seul le prononcé fait foi",
    "seul le texte prononcé fait foi",
    "cotejar con el discurso pronunciado",
    "cotejar con la alocución",
    "cotejar contra lectura",
    "verificar contra lectura",
    "проверить по произнесению",
    "сверить с произнесенным текстом",
    "проверяется по мере выступления",
    "يراجع عند الإلقاء",
    "يرجى المراجعة عند الإلقاء",
    "以发言为准",
    "请以现场发言为准",
    "verificar no momento da apresentação",
    "es gilt das gesprochene wort",
];

fn text_status(rows: &[Row]) -> BTreeSet<u32> {
    rows.iter().filter(|row| is_text_status(&row.text)).map(|row| row.number).collect()
}

fn is_text_status(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    CHECK_AGAINST_DELIVERY.contains(&bare.as_str())
}

/// Returns what the format marks as not part of the text. A running head may say what belongs in the front matter.
pub(super) fn left_out(pages: &Pages) -> Vec<Removal> {
    let mut left_out = pages.left_out.clone();
    for removal in left_out.iter_mut().filter(|removal| matches!(removal.reason, Reason::HeadOrFoot | Reason::NotLevel))
    {
        if is_text_status(&removal.text) {
            removal.reason = Reason::TextStatus;
        }
    }
    left_out
}

/// How many lines at the top and bottom of a page are searched for running heads and feet.
const EDGE: usize = 3;
/// A line at the edge of at least this many pages is not part of the text.
const OFTEN: usize = 3;
/// A running head is on at least one in this many pages; a line at the edges of fewer is there by chance.
const ONE_OF: usize = 3;
/// A running head names something: a recurring amount, number or short word belongs to the text.
const FEWEST_LETTERS: usize = 3;
/// If pages are unknown, at least one in this many occurrences of a running head interrupts a sentence.
const INTERRUPTING: usize = 4;
/// A line with more characters is a sentence. Browsers print the whole title of a page at its edge.
const LONGEST: usize = 120;
const LONGEST_AT_EDGE: usize = 200;

/// Returns the lines that recur on page after page, ignoring their numbers.
fn recurring(rows: &[Row], notes: &mut Notes) -> BTreeSet<u32> {
    let pages = rows.last().map_or(0, |row| row.page + 1);
    // Lines are grouped by their form, with `#` for numbers: `Page 3` and `Page 4` are one.
    let mut by_form: BTreeMap<String, Vec<(usize, &Row)>> = BTreeMap::new();
    let edges = if pages > 1 { page_edges(rows) } else { BTreeSet::new() };
    let longest = if pages > 1 { LONGEST_AT_EDGE } else { LONGEST };
    for (i, row) in rows.iter().enumerate() {
        let alone = pages <= 1 && is_beside_blank(rows, i) && row.text.contains(|c: char| c.is_ascii_digit());
        if !row.text.is_empty() && row.text.chars().count() <= longest && (edges.contains(&row.number) || alone) {
            by_form.entry(form(&row.text)).or_default().push((i, row));
        }
    }
    let mut found = BTreeSet::new();
    for (form, of_form) in by_form {
        let (at, of_form): (Vec<usize>, Vec<&Row>) = of_form.into_iter().unzip();
        // A number alone is left to `page_numbers`; a salutation may end many pages.
        if !names_something(&form) || is_salutation(&of_form[0].text) {
            continue;
        }
        let recurs = if pages > 1 { of_pages(&of_form, pages) } else { of_unseen_pages(&of_form, &at, rows, notes) };
        found.extend(recurs.iter().map(|row| row.number));
    }
    found
}

/// Returns the lines of one form that are page furniture, if pages are known.
fn of_pages<'a>(of_form: &[&'a Row], pages: usize) -> Vec<&'a Row> {
    // A running head is at the same height on its pages.
    let in_place: Vec<&Row> = of_form.iter().filter(|row| recurs_in_place(row, of_form)).copied().collect();
    let on: BTreeSet<usize> = in_place.iter().map(|row| row.page).collect();
    let often = on.len() >= OFTEN && on.len() * ONE_OF >= pages;
    let on_all = on.len() == pages && !ends_sentence(&in_place[0].text);
    if often || on_all { in_place } else { Vec::new() }
}

/// Returns the lines of one form that are page furniture, if pages are unknown. A rising number is not enough, because
/// headings have one too: some of the lines must interrupt sentences.
fn of_unseen_pages<'a>(of_form: &[&'a Row], at: &[usize], rows: &[Row], notes: &mut Notes) -> Vec<&'a Row> {
    if of_form.len() < OFTEN || !rises(of_form) || ends_sentence(&of_form[0].text) {
        return Vec::new();
    }
    let interrupting = at.iter().filter(|at| interrupts(rows, **at)).count();
    if interrupting * INTERRUPTING >= of_form.len() {
        return of_form.to_vec();
    }
    notes.doubts.push(Doubt {
        line: of_form[0].number,
        column: 1,
        message: format!(
            "`{}` and {} lines like it may be heads or feet of pages, or headings",
            of_form[0].text,
            of_form.len() - 1
        ),
        help: "check the original, and delete them from the draft if they do not belong to the text",
    });
    Vec::new()
}

/// Returns whether a sentence continues across a line.
fn interrupts(rows: &[Row], at: usize) -> bool {
    let words = |row: &&Row| !row.text.is_empty();
    let before = rows[..at].iter().rev().find(words);
    let after = rows[at + 1..].iter().find(words);
    before.is_some_and(|row| !ends_sentence(&row.text)) && after.is_some_and(|row| goes_on(&row.text))
}

fn names_something(form: &str) -> bool {
    form.chars().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS
}

/// Returns whether the lines of a form are mostly at the height of this one, so that it can be page furniture.
fn recurs_in_place(row: &Row, of_form: &[&Row]) -> bool {
    /// Tolerance in points.
    const SAME: f32 = 4.0;
    let Some(place) = row.place else { return true };
    let is_level = |other: &&&Row| other.place.is_none_or(|other| (other.top - place.top).abs() < SAME);
    of_form.iter().filter(is_level).count() >= OFTEN.min(of_form.len())
}

/// Returns the lines at the edges of the pages.
fn page_edges(rows: &[Row]) -> BTreeSet<u32> {
    let mut edges = BTreeSet::new();
    for page in rows.chunk_by(|a, b| a.page == b.page) {
        let words: Vec<&Row> = page.iter().filter(|row| !row.text.is_empty()).collect();
        // A short page must not consist of edges only.
        let edge = EDGE.min(words.len() / 3 + 1);
        edges.extend(words.iter().take(edge).chain(words.iter().rev().take(edge)).map(|row| row.number));
    }
    edges
}

/// Returns whether a number at the same place in these lines rises from each line to the next.
fn rises(rows: &[&Row]) -> bool {
    let numbers: Vec<Vec<u32>> = rows.iter().map(|row| numbers(&row.text)).collect();
    let count = numbers.iter().map(Vec::len).min().unwrap_or(0);
    (0..count).any(|at| numbers.windows(2).all(|pair| pair[0][at] < pair[1][at]))
}

fn numbers(text: &str) -> Vec<u32> {
    let digits = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    digits.map(|digits| digits.parse().unwrap_or(u32::MAX)).collect()
}

/// Returns whether a line has a blank line, or its page's edge, above or below it.
fn is_beside_blank(rows: &[Row], i: usize) -> bool {
    let blank = |row: Option<&Row>| row.is_none_or(|row| row.text.is_empty() || row.page != rows[i].page);
    blank(i.checked_sub(1).map(|i| &rows[i])) || blank(rows.get(i + 1))
}

/// Returns whether a line is what the United Nations print on each page of a meeting record, and nothing else: a job
/// number (`09-52470 28`), the record's symbol and date (`A/70/PV.17 29/09/2015`), the name of the meeting or the
/// session.
fn is_record_mark(text: &str) -> bool {
    // `General Assembly 3rd plenary meeting`, `General Assembly - Seventieth session 5`.
    if let Some((_, head)) = text.split_once("General Assembly ") {
        let bare = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let meeting = bare
            .strip_suffix(" plenary meeting")
            .is_some_and(|number| !number.contains(' ') && number.starts_with(|c: char| c.is_ascii_digit()));
        let session = bare
            .strip_suffix(" session")
            .and_then(|number| number.strip_prefix("- "))
            .is_some_and(|number| !number.contains(' '));
        let number = text.split("General Assembly").next().unwrap_or_default().trim();
        return (meeting || session) && number.bytes().all(|b| b.is_ascii_digit());
    }
    let digits = |word: &str, lengths: &[usize]| {
        let parts: Vec<&str> = word.split(['-', '/']).collect();
        parts.len() == lengths.len()
            && parts.iter().zip(lengths).all(|(part, n)| part.len() == *n && part.bytes().all(|b| b.is_ascii_digit()))
    };
    // The number of the print job comes next to the page number.
    let is_job = text.split(' ').any(|word| digits(word, &[2, 5]));
    let (mut marks, mut others) = (0, 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let symbol = word.contains('/') && (word.contains("/PV.") || word.contains("/SR."));
        if symbol || digits(word, &[2, 5]) || digits(word, &[2, 2, 4]) {
            marks += 1;
        } else if word == "(E)"
            || is_job && is_page_of(word)
            || word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit())
        {
            others += 1;
        } else {
            return false;
        }
    }
    marks > 0 && marks + others > 1
}

/// Returns whether a word is a page number with the number of pages: `26/54`.
fn is_page_of(word: &str) -> bool {
    let numbers = word.split_once('/').map(|(page, all)| (page.parse::<u16>(), all.parse::<u16>()));
    matches!(numbers, Some((Ok(page), Ok(all))) if (1..=all).contains(&page) && all < 1000)
}

/// Returns whether a line is what browsers print at the foot of a page: its address and page number. OCR may have put
/// spaces in the address.
fn is_printed_address(text: &str) -> bool {
    const WORDS: usize = 4;
    let words: Vec<&str> = text.split_whitespace().collect();
    let [first, .., last] = &words[..] else { return false };
    let is_address = ["http://", "https://", "www."].iter().any(|scheme| first.starts_with(scheme));
    is_address && words.len() <= WORDS && is_page_of(last)
}

/// A number that is alone on its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Alone {
    /// With words or dashes that make it a page number: `Page 3 of 10`, `- 3 -`.
    Page(u32),
    /// Without any.
    Bare(u32),
}

/// Parses a line that is nothing but a number, as pages have it.
fn alone(text: &str) -> Option<Alone> {
    let bare = text
        .trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '|' | '~' | '[' | ']' | '‐' | '•') || c.is_whitespace());
    let dashed = bare.len() < text.trim().len();
    let mut number = None;
    let mut named = dashed;
    for word in bare.split(|c: char| c.is_whitespace() || matches!(c, '/' | '|')).filter(|word| !word.is_empty()) {
        match short_number(word) {
            Some(value) => number = number.or(Some(value)),
            None => match word.trim_end_matches(['.', ':']).to_lowercase().as_str() {
                "page" | "p" | "pag" | "página" | "pagina" | "seite" | "side" | "стр" | "страница" | "صفحة" | "第"
                | "页" | "頁" => named = true,
                "of" | "de" | "sur" | "von" | "af" | "из" | "من" if number.is_some() => named = true,
                _ => return None,
            },
        }
    }
    let number = number?;
    // `3/10` may be a page, a date or a fraction, so it needs a word as well.
    if bare.contains('/') && !named {
        return None;
    }
    Some(if named { Alone::Page(number) } else { Alone::Bare(number) })
}

/// Returns the lines below the text that are ornaments.
fn end_marks(rows: &[Row]) -> BTreeSet<u32> {
    let below = rows.iter().rev().take_while(|row| !ends_sentence(&row.text) || is_end_mark(&row.text));
    below.filter(|row| row.kind.is_none() && is_end_mark(&row.text)).map(|row| row.number).collect()
}

/// Returns whether a line is an ornament: of signs, or of circles, for which typewriters use letters and zeros:
/// `-ooOoo-`.
fn is_end_mark(text: &str) -> bool {
    const FEWEST: usize = 3;
    let is_sign = |c: char| matches!(c, '-' | '–' | '—' | '_' | '=' | '*' | '~' | '#' | '•');
    if text.chars().all(|c| is_sign(c) || c == ' ') {
        return text.chars().filter(|c| is_sign(*c)).count() >= FEWEST;
    }
    // Periods with spaces between them are not an ellipsis.
    if text.chars().all(|c| c == '.' || c == ' ') {
        return text.split_whitespace().count() >= FEWEST;
    }
    let is_circle = |c: char| matches!(c, 'o' | 'O' | '0' | 'о' | 'О');
    let is_ornament = |c: char| is_circle(c) || is_sign(c) || matches!(c, '.' | ' ');
    text.contains(char::is_alphabetic)
        && text.chars().filter(|c| is_circle(*c)).count() >= FEWEST
        && text.chars().all(is_ornament)
}

/// Returns the lines that are page numbers.
fn page_numbers(rows: &[Row], notes: &mut Notes) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut bare: Vec<(usize, u32)> = Vec::new();
    for (i, row) in rows.iter().enumerate().filter(|(_, row)| row.kind.is_none()) {
        match alone(&row.text) {
            Some(Alone::Page(_)) => {
                found.insert(row.number);
            }
            Some(Alone::Bare(number)) => bare.push((i, number)),
            None => {}
        }
    }
    // A bare number must be supported by its neighbours, by a page's edge, or by being the only one.
    let pages = rows.last().map_or(0, |row| row.page + 1);
    let edges = if pages > 1 { page_edges(rows) } else { BTreeSet::new() };
    for (at, (i, number)) in bare.iter().enumerate() {
        let row = &rows[*i];
        let follows = |other: Option<&(usize, u32)>, step: i64| {
            // Items of a list are closer together than pages.
            other.is_some_and(|(j, other)| i64::from(*number) - i64::from(*other) == step && i.abs_diff(*j) > 8)
        };
        // On double-sided prints, every second number is elsewhere on the page, so the numbers rise by two.
        let neighbours = (at.checked_sub(1).map(|at| &bare[at]), bare.get(at + 1));
        let in_sequence = [1, 2].iter().any(|step| follows(neighbours.0, *step) || follows(neighbours.1, -step));
        let alone = is_beside_blank(rows, *i) && *number < 1000 && bare.len() == 1;
        if in_sequence || edges.contains(&row.number) && *number < 1000 || alone {
            found.insert(row.number);
        } else {
            notes.doubts.push(Doubt {
                line: row.number,
                column: row.indent as u32 + 1,
                message: format!("`{}` is alone on its line; it may be a page number", row.text),
                help: "check the original, and delete it from the draft if it does not belong to the text",
            });
        }
    }
    found
}
