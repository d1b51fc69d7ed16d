//! A table in a document -> its rows, if it is one, and no frame in which a page is laid out.

use super::xml::{Element, Node};
pub use crate::import::pages::LOOK_AT_TABLE;

/// Bytes of a cell; what is longer is a text.
const LONGEST_CELL: usize = 300;

/// What is said where a table is none that could be written as one.
pub const NO_TABLE: &str = "there is a table that holds more than words; its cells became paragraphs";

/// Returns the cells of each row that is not hidden: nothing if the table has no two rows or columns, or holds more than words.
pub fn rows<'a>(
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
