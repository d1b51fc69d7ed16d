//! Rows -> CSV.

use std::borrow::Cow;

use super::{DataColumn, Emit};
use crate::spreadsheet;

/// Writes a table: `rows` emits the rows of an item.
///
/// # Errors
/// If `rows` does, or if it emits a row with too many or too few cells.
pub(super) fn csv<T>(
    columns: &[DataColumn],
    items: &[T],
    rows: impl Fn(&T, Emit<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(columns.iter().map(|column| column.name))?;
    for item in items {
        rows(item, &mut |cells: &[Cow<'_, str>]| {
            for cell in cells {
                // Most cells are borrowed and need no mark, so nothing is copied for them.
                table.write_field(&*spreadsheet::mark(cell))?;
            }
            Ok(table.write_record(None::<&[u8]>)?)
        })?;
    }
    Ok(table.into_inner()?)
}
