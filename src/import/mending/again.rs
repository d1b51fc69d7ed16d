//! Lines -> the lines without a title that is printed a second time, above a second copy of the text or on a page of
//! its own, and the removed lines.

use super::layout::Row;
use super::openings::is_salutation;
use crate::import::letterhead::is_prose;
use crate::import::mended::{Reason, Removal};

/// The maximum number of lines in a title.
const MOST: usize = 30;
/// The minimum number of its consecutive lines that must recur.
const FEWEST: usize = 2;

/// Takes out the lines above the first salutation wherever most of them recur.
pub(super) fn remove(rows: Vec<Row>) -> (Vec<Row>, Vec<Removal>) {
    let lines: Vec<usize> = (0..rows.len()).filter(|at| !rows[*at].text.is_empty()).collect();
    let text = |at: usize| lines.get(at).map_or("", |row| rows[*row].text.as_str());
    // Without a salutation below it, a title cannot be distinguished from a first paragraph.
    let end = (0..lines.len().min(MOST + 1)).find(|at| is_salutation(text(*at))).unwrap_or(0);
    let head: Vec<String> = (0..end).map(|at| bare(text(at))).collect();
    let joined = (0..end).map(text).collect::<Vec<_>>().join(" ");
    if end < FEWEST || (0..end).any(|at| is_prose(text(at))) || is_prose(&joined) {
        return (rows, Vec::new());
    }
    let (mut found, mut at) = (vec![false; rows.len()], end);
    // A second copy of the title may be anywhere: before a second copy of the text, or on a page of its own at the end.
    while at < lines.len() {
        let repeated =
            (0..end).take_while(|line| at + line < lines.len() && bare(text(at + line)) == head[*line]).count();
        if repeated >= FEWEST && repeated * 2 > end {
            lines[at..at + repeated].iter().for_each(|row| found[*row] = true);
            at += repeated;
        } else {
            at += 1;
        }
    }
    let (mut kept, mut removals) = (Vec::with_capacity(rows.len()), Vec::new());
    for (row, found) in rows.into_iter().zip(found) {
        if found {
            removals.push(Removal { line: row.number, text: row.text, reason: Reason::TitleAgain });
        } else {
            kept.push(row);
        }
    }
    (kept, removals)
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_title_is_taken_out_and_a_repeated_paragraph_is_not() {
        let title = ["Discurso de la señora Juana Pérez, Presidenta", "de Arvenia, ante la Asamblea General."];
        let said = "Señor Presidente,";
        let text = "We came here in the spring of that year, and we shall stay.";
        let prose = ["I am honoured to speak here today on behalf of", "all of us."];
        for (lines, taken) in [
            (vec![title[0], title[1], said, text, "Gracias.", title[0], title[1], said, text], 2),
            (vec![title[0], title[1], said, text, title[0], text], 0),
            (vec![prose[0], prose[1], said, text, prose[0], prose[1], said, text], 0),
            (vec![said, text, said, text], 0),
            // A rule below the title has no letters, nor does what follows the last line.
            (vec![title[0], "* * *", said, text, title[0]], 0),
            (vec![title[0], title[1], text, title[0], title[1], text], 0),
        ] {
            let rows = lines.iter().zip(1..).map(|(line, number)| Row::plain(number, line, 0)).collect();
            let (kept, removals) = remove(rows);
            assert_eq!((kept.len(), removals.len()), (lines.len() - taken, taken), "{lines:?}");
        }
    }
}
