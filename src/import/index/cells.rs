//! The rows of a table in any format, with the place of every cell.

use serde_json::Value;

/// One row of a table, or one object.
pub(super) struct Entry {
    /// Line of the row in the file.
    pub(super) line: u32,
    /// The cells, in the order of the columns.
    pub(super) cells: Vec<Cell>,
}

/// A value under its column's name, and where it is.
pub(super) struct Cell {
    /// The column's name, as the table has it.
    pub(super) name: String,
    /// Line and column of the name: in the header of a table, next to the value in an object.
    pub(super) named_at: (u32, u32),
    /// The value.
    pub(super) value: Value,
    /// Line of the value.
    pub(super) line: u32,
    /// Column of the value, in characters from 1.
    pub(super) column: u32,
}
