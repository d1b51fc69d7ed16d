//! A table as text (CSV, TSV) -> cells that a spreadsheet would evaluate as formulas ("CSV injection").

use super::{Findings, markup};

const FORMULA: &str = "formulas that a spreadsheet evaluates";

/// Finds formulas in the cells of a table.
pub(super) fn table(bytes: &[u8], found: &mut Findings) {
    let text = markup::decoded(bytes);
    let (separator, text) = match text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n')) {
        Some((named, rest)) => (named.trim_end().chars().next(), rest),
        None => (None, &*text),
    };
    // The separator depends on the locale of the reader's machine, so every possible one counts.
    let separates = |c: char| matches!(c, ',' | ';' | '\t' | '\n' | '\r') || Some(c) == separator;
    let mut rest = text;
    while !rest.is_empty() {
        // A quotation mark opens a quoted cell only at its beginning; inside, two of them mean one.
        let cell = rest.trim_start_matches(' ');
        let (cell, after) = match cell.strip_prefix('"') {
            Some(quoted) => {
                let mut marks = quoted.match_indices('"').map(|(at, _)| at);
                let mut end = quoted.len();
                while let Some(at) = marks.next() {
                    if quoted[at + 1..].starts_with('"') {
                        marks.next();
                    } else {
                        end = at;
                        break;
                    }
                }
                let after = &quoted[end..];
                (&quoted[..end], after.find(separates).map_or("", |at| &after[at..]))
            }
            None => cell.split_at(cell.find(separates).unwrap_or(cell.len())),
        };
        if is_formula(cell) {
            found.insert(FORMULA);
            return;
        }
        let mut after = after.chars();
        after.next();
        rest = after.as_str();
    }
}

/// Returns whether a spreadsheet would evaluate a cell to something other than a number or an error. "- We thank the
/// Chair" and "+3 %" merely start like a formula, and "@mission" is a name.
fn is_formula(cell: &str) -> bool {
    let cell = cell.trim_start();
    let Some(rest) = cell.strip_prefix(['=', '＝']) else {
        let signed = cell.starts_with(['+', '-', '@', '＋', '－', '＠']);
        return signed && (calls(cell) || cell.contains('|') && cell.contains('!'));
    };
    // A row of equals signs is a drawn line.
    rest.contains(|c: char| c.is_alphanumeric())
}

/// Returns whether the cell calls a function, that is, contains a name directly followed by an opening bracket.
fn calls(cell: &str) -> bool {
    cell.match_indices('(').any(|(at, _)| cell[..at].ends_with(|c: char| c.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_found_and_words_are_not() {
        for (text, expect) in [
            ("title,date\nStatement by Arvenia,2024-06-05\n", false),
            ("title\n=HYPERLINK(\"https://example.org/\")\n", true),
            ("a;b\nx;\"=1+1\"\n", true),
            ("a\tb\nx\t@SUM(A1)\n", true),
            ("a,b\nx, -2+3+cmd|' /C calc'!A0\n", true),
            ("a,b\r\nx,+SUM(A1)\r\n", true),
            ("sep=|\na|=1+1\n", true),
            ("\u{feff}=A1\n", true),
            ("a,\"We said, =x\"\n", false),
            ("a,\"We said \"\"no\"\", =x\"\n", false),
            ("a,b\n-5,+3 %\n- ,=====\n- We (the group) agree,@mission\n", false),
            ("a,5\" pipe\n=1+1,b\n", true),
        ] {
            let mut found = Findings::new();
            table(text.as_bytes(), &mut found);
            assert_eq!(!found.is_empty(), expect, "{text}");
        }
        let wide: Vec<u8> = "\u{feff}a\t=B1".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut found = Findings::new();
        table(&wide, &mut found);
        assert!(!found.is_empty());
    }
}
