//! What a table in any format has in its rows, with the place of every cell.

use serde_json::Value;

/// What stands in one line of a table, or in one object.
pub(super) struct Entry {
    pub(super) line: u32,
    pub(super) cells: Vec<Cell>,
}

/// A value under its column's name, and where it stands.
pub(super) struct Cell {
    pub(super) name: String,
    /// Line and column of the name: in a table in its first row, in an object beside the value.
    pub(super) named_at: (u32, u32),
    pub(super) value: Value,
    pub(super) line: u32,
    pub(super) column: u32,
}
