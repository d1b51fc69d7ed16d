//! The head of a text -> its title as printed, if it is clear which lines make it up.

use super::date::has_day;
use super::head::{GOES_ON, Head, TITLES, fold, is_title};
use super::speaker::is_of_person;
use super::status::is_status;
use crate::import::known::Found;
use crate::language::scripts::has_capitals;
use crate::language::tokens::runs;

/// The length of the longest title, in characters.
const LONGEST: usize = 320;
/// The minimum number of words; a shorter title says nothing: `Statement by Kenya`.
const FEWEST: usize = 3;

/// Finds the title: from the line that begins like a title to the line of place and day.
pub(super) fn find(head: &Head) -> Option<Found> {
    let from = head.blocks.iter().position(|block| {
        let folded = fold(&block.text);
        let mut words = runs(&folded).take(4);
        words.any(|word| TITLES.contains(&word)) && is_title(&folded) && !is_address_line(&folded)
    })?;
    let (mut title, mut comma) = (String::new(), false);
    // Each further line continues the title only if its words show how: a preposition, a person, the forum, or a comma
    // above.
    for block in head.blocks[from..].iter().take_while(|block| !is_end(&block.text)) {
        let line = block.text.trim().trim_end_matches([',', ';', '|']);
        let (folded, above) = (fold(line), fold(&title));
        let goes_on = runs(&folded).next().is_some_and(|word| GOES_ON.contains(&word))
            || runs(&above).last().is_none_or(|word| GOES_ON.contains(&word))
            || line.starts_with(char::is_lowercase);
        let bare = runs(&above).count() == 1;
        match above.is_empty() {
            true => {}
            false if goes_on => title.push(' '),
            // `STATEMENT` alone is a heading, and what is below it does not continue a sentence.
            false if !bare && is_of_person(line) => title.push_str(if has_comma(line) { ", " } else { " " }),
            false if is_of_forum(&folded) => {
                title.push_str(if is_occasion(&folded) { ", " } else { " " });
            }
            false if comma => title.push_str(", "),
            // Nothing shows whether this line still belongs to the title.
            false => return None,
        }
        title.push_str(line);
        comma = block.text.trim().ends_with(',');
    }
    for theme in [" on the theme:", " sur le thème :", " sur le thème:"] {
        title = title.strip_suffix(theme).unwrap_or(&title).trim_end_matches(',').to_owned();
    }
    let folded = fold(&title);
    // A title that ends in mid-sentence continues in lines that were not recognised.
    let open = runs(&folded).last().is_none_or(|word| GOES_ON.contains(&word));
    let clear = runs(&folded).count() >= FEWEST && !title.ends_with(':') && title.chars().count() <= LONGEST && !open;
    let evidence = format!("as printed from line {}", head.blocks[from].line);
    clear.then(|| Found { key: "title", value: title.trim_end_matches('.').to_owned(), evidence, sure: true })
}

/// Returns whether a line is in a script that uses the comma `,`.
fn has_comma(line: &str) -> bool {
    line.chars().find(|c| c.is_alphabetic()).is_some_and(has_capitals)
}

/// Returns whether a line about the forum begins with an occasion, rather than continuing a name: `Nations General
/// Assembly`.
fn is_occasion(folded: &str) -> bool {
    const BEGINS: &[&str] = &["general debate", "debat general", "debate general", "high-level", "united nations"];
    folded.starts_with(|c: char| c.is_ascii_digit()) || BEGINS.iter().any(|words| folded.starts_with(words))
}

/// Returns whether a line names the forum or its session.
pub(super) fn is_of_forum(folded: &str) -> bool {
    const FORUM: &[&str] = &[
        "session",
        "assembl",
        "asamblea",
        "nations",
        "naciones",
        "nacoes",
        "debat",
        "committee",
        "commission",
        "comision",
        "council",
        "conference",
        "unga",
        "сесси",
        "ассамбле",
        "наци",
        "комитет",
        "الدورة",
        "الجمعية",
        "الامم",
        "اللجنة",
        "plenary",
    ];
    FORUM.iter().any(|word| folded.contains(word))
}

/// Returns whether a line is the address of a web page or of a mission.
fn is_address_line(folded: &str) -> bool {
    folded.contains("http") || folded.contains("www.") || folded.contains('@') || folded.contains(" tel")
}

/// Returns whether the title has ended: at a day, a theme, a rule, or a note on delivery.
fn is_end(text: &str) -> bool {
    let folded = fold(text);
    let rule = !text.contains(char::is_alphabetic);
    let quoted = text.starts_with(['“', '"', '«', '‘', '(', '[']);
    let place = ["new york", "nueva york", "nova york", "geneva", "geneve", "ginebra", "vienna", "нью-иорк", "نيويورك"];
    let placed = place.iter().any(|place| folded.starts_with(place));
    let themed = ["theme", "tema:", "sous le theme"].iter().any(|word| folded.starts_with(word));
    rule || quoted
        || placed
        || themed
        || is_status(text)
        || is_address_line(&folded)
        || has_day(text) && text.chars().count() <= 60
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::knowing::tests::mended;

    #[test]
    fn a_title_is_taken_as_printed() {
        for (lines, expect) in [
            (
                &[
                    "PERMANENT MISSION OF KENYA",
                    "Statement by",
                    "H.E. Mr. John Doe",
                    "Minister of Foreign Affairs",
                    "at the General Debate",
                    "New York, 27 September 2024",
                ][..],
                Some("Statement by H.E. Mr. John Doe, Minister of Foreign Affairs at the General Debate"),
            ),
            (
                &["Discours de Monsieur Jean DUPONT,", "Premier Ministre", "27 septembre 2024"],
                Some("Discours de Monsieur Jean DUPONT, Premier Ministre"),
            ),
            (
                &[
                    "Remarks by Jane Doe, Minister of Arvenia",
                    "General Debate",
                    "79th Session of the United",
                    "Nations",
                ],
                Some("Remarks by Jane Doe, Minister of Arvenia, General Debate, 79th Session of the United Nations"),
            ),
            (
                &["Palau Statement at the 79th General Assembly", "“Peace”"],
                Some("Palau Statement at the 79th General Assembly"),
            ),
            (
                &["DISCURSO DEL SEÑOR MINISTRO PARA", "EL DEBATE DE LA ASAMBLEA GENERAL DE LAS", "NACIONES UNIDAS"],
                Some("DISCURSO DEL SEÑOR MINISTRO PARA EL DEBATE DE LA ASAMBLEA GENERAL DE LAS NACIONES UNIDAS"),
            ),
            (&["Speech by Jane Doe, President, on the theme:", "“Peace”"], Some("Speech by Jane Doe, President")),
            (
                &["Speech by Jane Doe, Minister of Trade,", "Culture and Art", "27 September 2024"],
                Some("Speech by Jane Doe, Minister of Trade, Culture and Art"),
            ),
            (&["Statement by Jane Doe, Leader of Government", "Business in Parliament"], None),
            (&["In my address to this noble", "assembly"], None),
            (&["STATEMENT", "HIS EXCELLENCY JOHN DOE"], None),
            (&["STATEMENT", "27 September 2024"], None),
            (&["REPUBLIC OF KENYA"], None),
            (&["Statement by the", "27 September 2024"], None),
        ] {
            let mended = mended(&[lines, &["Mr. President,"]].concat());
            let found = find(&Head::of(&mended)).map(|found| found.value);
            assert_eq!(found.as_deref(), expect, "{lines:?}");
        }
    }
}
