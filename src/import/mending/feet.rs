//! Lines -> the lines without the addresses that a letterhead prints at the foot of a page, and the removed lines.

use super::layout::Row;
use super::scripts::ends_sentence;
use crate::import::letterhead::{is_contact, is_of_letterhead};
use crate::import::mended::{Reason, Removal};

/// The maximum number of lines in a letterhead.
const MOST: usize = 8;
/// The minimum number of words in a sentence.
const SENTENCE: usize = 6;

/// Takes out what a letterhead prints at the foot of a page, at the head of a later page, or separately from the text
/// after its beginning. Lines above the text are kept, because the head of the text is read later.
pub(super) fn remove(rows: Vec<Row>) -> (Vec<Row>, Vec<Removal>) {
    // Most texts have none, so this test comes first.
    if !rows.iter().any(|row| is_contact(&row.text)) {
        return (rows, Vec::new());
    }
    let first_sentence = rows.iter().position(is_sentence).unwrap_or(rows.len());
    let mut found = vec![false; rows.len()];
    let mut begin = 0;
    for page in rows.chunk_by(|a, b| a.page == b.page) {
        let lines: Vec<usize> = (begin..begin + page.len()).filter(|at| !rows[*at].text.is_empty()).collect();
        begin += page.len();
        // A run of letterhead lines is taken out as a whole, if it holds an address and is at an edge or set apart.
        for run in lines.chunk_by(|a, b| is_line(&rows[*a]) && is_line(&rows[*b])) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
            let (top, bottom) = (lines.first() == Some(first), lines.last() == Some(last));
            let behind = *first > first_sentence;
            let at_edge = bottom && !top || top && behind;
            let apart = behind && is_apart(&rows, *first, *last);
            let contact = run.iter().any(|at| is_contact(&rows[*at].text));
            if is_line(&rows[*first]) && contact && run.len() <= MOST && (at_edge || apart) {
                for at in run {
                    found[*at] = true;
                }
            }
        }
    }
    for at in web_foot(&rows, &found) {
        found[at] = true;
    }
    let mut removals = Vec::new();
    let mut kept = Vec::with_capacity(rows.len());
    for (row, found) in rows.into_iter().zip(found) {
        if found {
            removals.push(Removal { line: row.number, text: row.text, reason: Reason::HeadMatter });
        } else {
            kept.push(row);
        }
    }
    (kept, removals)
}

/// Returns the lines at the end of a printed web page, below the text: its links and its owner. They follow the last
/// sentence, and an address or a copyright sign is among them.
fn web_foot(rows: &[Row], found: &[bool]) -> Vec<usize> {
    let lines: Vec<usize> = (0..rows.len()).filter(|at| !rows[*at].text.is_empty()).collect();
    let is_text = |at: &usize| !found[*at] && ends_sentence(&rows[*at].text) && !is_of_web(&rows[*at].text);
    let end = lines.iter().rposition(is_text).map_or(lines.len(), |last| last + 1);
    let Some(first) = lines[end..].iter().position(|at| is_of_web(&rows[*at].text)) else { return Vec::new() };
    let foot = &lines[end + first..];
    let is_signed = foot.iter().any(|at| is_contact(&rows[*at].text) || rows[*at].text.contains('©'));
    if is_signed && foot.len() <= 2 * MOST { foot.to_vec() } else { Vec::new() }
}

/// Returns whether a line belongs to the frame of a web page.
fn is_of_web(text: &str) -> bool {
    /// Texts of common links, in lower case.
    const LINKS: &[&str] = &[
        "links",
        "related links",
        "quick links",
        "useful links",
        "liens",
        "liens utiles",
        "enlaces",
        "enlaces relacionados",
        "ссылки",
        "روابط",
        "链接",
        "相关链接",
        "友情链接",
        "back to top",
        "share",
        "print",
    ];
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    text.contains('©') || text.matches('|').count() >= 2 || LINKS.contains(&bare.as_str())
}

/// Returns whether a line belongs to a letterhead, or is a rule between its lines.
fn is_line(row: &Row) -> bool {
    is_of_letterhead(&row.text) || !row.text.contains(char::is_alphanumeric)
}

fn is_sentence(row: &Row) -> bool {
    ends_sentence(&row.text) && row.text.split_whitespace().count() >= SENTENCE && !is_of_letterhead(&row.text)
}

/// Returns whether blank lines, a page break or the format separate lines from the text on both sides.
fn is_apart(rows: &[Row], first: usize, last: usize) -> bool {
    let parts = |other: Option<&Row>, own: &Row| {
        other.is_none_or(|row| row.text.is_empty() || row.page != own.page || row.kind.is_some() || own.kind.is_some())
    };
    parts(first.checked_sub(1).map(|at| &rows[at]), &rows[first]) && parts(rows.get(last + 1), &rows[last])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_at_the_foot_is_taken_out_and_a_sentence_is_not() {
        let text = "We came here in the spring of that year,";
        let end = "and we shall not go before the work is done.";
        let address = ["Permanent Mission of Arvenia to the United Nations", "12 Calle Mayor, Tel. (000) 555-0100"];
        for (pages, expect) in [
            // At the foot of the first page.
            (vec![vec![text, address[0], address[1]], vec![end]], &address[..]),
            (vec![vec![text, "________", address[1]], vec![end]], &["________", address[1]]),
            // At the end of the text.
            (vec![vec![text, end, address[0], address[1]]], &address),
            // At the head of a later page, but not of the first.
            (vec![vec![text, end], vec![address[1], text]], &address[1..]),
            (vec![vec![address[0], address[1], text, end]], &[]),
            // Set apart, after the first sentence.
            (vec![vec![end, "", address[0], address[1], "", end]], &address),
            (vec![vec![end, address[1], end]], &[]),
            (vec![vec![end, "", "Call the Permanent Mission, said 12345 of us, and we came.", "", end]], &[]),
            // The links and the address of a web page below the last sentence.
            (
                vec![vec![text, end, "Thank you.", "Links:", "Roads | Ports | Seas |", "XQ", address[1], "RK"]],
                &["Links:", "Roads | Ports | Seas |", "XQ", address[1], "RK"],
            ),
            (vec![vec![text, end, "Long live Arvenia", "Links:"], vec![end]], &[]),
            // A footnote with a web address is kept.
            (vec![vec![text, "1 https://www.arvenia.example/report"], vec![end]], &[]),
        ] {
            let rows = pages.iter().enumerate().flat_map(|(page, lines)| lines.iter().map(move |line| (page, *line)));
            let rows = rows.zip(1..).map(|((page, line), number)| Row::plain(number, line, page)).collect();
            let (_, removals) = remove(rows);
            let removed: Vec<&str> = removals.iter().map(|removal| removal.text.as_str()).collect();
            assert_eq!(removed, expect, "{pages:?}");
        }
    }
}
