//! A cell of a table <-> the cell in CSV, so that spreadsheets do not take text for a formula.
//!
//! A spreadsheet evaluates a cell that begins with `=`, `+`, `-`, `@`, a tab or a line break when somebody opens the
//! file (OWASP, "CSV Injection"). In CSV such a cell is prefixed with an apostrophe, which marks text for spreadsheets
//! and which an import removes. A cell that already begins with apostrophes before such a character gets one more, so
//! that every cell is restored exactly.

use std::borrow::Cow;

/// The mark that prevents a cell from being evaluated.
const MARK: char = '\'';

/// Returns a cell as it is written to CSV.
pub fn marked(cell: String) -> String {
    match mark(&cell) {
        Cow::Owned(marked) => marked,
        Cow::Borrowed(_) => cell,
    }
}

/// Returns a cell as it is written to CSV, copied only if it needs the mark.
pub fn mark(cell: &str) -> Cow<'_, str> {
    if is_evaluated(cell.trim_start_matches(MARK)) { format!("{MARK}{cell}").into() } else { cell.into() }
}

/// Returns the cell that is written so in CSV: the inverse of [`marked`].
pub fn unmarked(cell: &str) -> &str {
    match cell.strip_prefix(MARK) {
        Some(rest) if is_evaluated(rest.trim_start_matches(MARK)) => rest,
        _ => cell,
    }
}

/// Returns whether a spreadsheet may take a text for a formula; some fold full-width characters.
fn is_evaluated(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_what_a_spreadsheet_would_evaluate_is_marked() {
        for (cell, csv) in [
            ("Statement by Arvenia", "Statement by Arvenia"),
            ("2017-10-17", "2017-10-17"),
            ("", ""),
            ("'Tis said", "'Tis said"),
            ("=1+1", "'=1+1"),
            ("- ", "'- "),
            ("+3 %", "'+3 %"),
            ("@SUM(1)", "'@SUM(1)"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("'=1", "''=1"),
        ] {
            assert_eq!(marked(cell.to_owned()), csv);
            assert_eq!(unmarked(csv), cell);
        }
    }

    proptest! {
        #[test]
        fn every_cell_comes_back(cell in "['=+@\\-\t\r\n＝a ;,\"]{0,6}.{0,6}") {
            let csv = marked(cell.clone());
            prop_assert!(!is_evaluated(&csv));
            prop_assert_eq!(unmarked(&csv), cell);
        }
    }
}
