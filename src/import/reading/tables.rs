//! A table in a document -> its rows, unless it only serves to lay out a page.

use super::xml::{Element, Node};
pub(super) use crate::import::pages::LOOK_AT_TABLE;

/// The length of the longest cell, in bytes; a longer one is running text.
const LONGEST_CELL: usize = 300;

/// The doubt about a table that cannot be written as one.
pub(super) const NO_TABLE: &str = "there is a table that contains more than words; its cells became paragraphs";

/// Returns the cells of each row that is not hidden; `None` if the table has a single row or column, or contains more
/// than words.
pub(super) fn rows<'a>(
    table: &'a Element,
    row: &str,
    cells: &[&str],
    more_than_words: &[&str],
    is_hidden: fn(&Element) -> bool,
) -> Option<Vec<Vec<&'a Element>>> {
    let mut rows = Vec::new();
    table.each(&[row], &mut |row| {
        if !is_hidden(row) {
            rows.push(row.elements().filter(|cell| cells.contains(&cell.name.as_str())).collect::<Vec<_>>());
        }
    });
    let mut plain = rows.len() > 1 && rows.iter().any(|row| row.len() > 1);
    for cell in rows.iter().flatten() {
        plain &= length(cell) <= LONGEST_CELL;
        cell.each(more_than_words, &mut |_| plain = false);
    }
    plain.then_some(rows)
}

fn length(element: &Element) -> usize {
    let of = |node: &Node| match node {
        Node::Text(text) => text.len(),
        Node::Element(child) => length(child),
    };
    element.children.iter().map(of).sum()
}
