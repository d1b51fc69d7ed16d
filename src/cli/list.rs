//! The site's statements -> a list of them with what their front matter says.

use std::path::Path;

use anyhow::Context as _;
use plenary::bulk::texts::Text;
use plenary::bulk::{matrix, table};
use plenary::collect::names::Names;
use plenary::spreadsheet;
use serde_json::json;

use super::arguments::{List, Listing};
use super::bulk::Desk;
use super::screen::{count, data, plain, print_message};
use super::{Failure, Outcome};

/// Prints the list.
pub(crate) fn run(arguments: &List, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let desk = Desk::open(folder, false)?;
    let names = desk.names();
    let mut selection = arguments.selected.with(&arguments.paths);
    selection.all |= selection.is_empty();
    let texts = desk.chosen(&selection, &names)?;
    if !arguments.matrix.is_empty() {
        return print_matrix(arguments, &texts, &names, quiet);
    }
    let chosen = Some(&arguments.columns[..]).filter(|columns| !columns.is_empty());
    match arguments.format {
        Listing::Table => {
            let columns = chosen.map_or_else(table::usual_columns, <[_]>::to_vec);
            let lines = table::lines(&texts, &columns);
            // An empty list needs no header row.
            let mut shown = lines.iter().filter(|_| !texts.is_empty());
            shown.try_for_each(|line| data(&plain(line)))?;
        }
        Listing::Paths => texts.iter().try_for_each(|text| data(&plain(&text.path)))?,
        Listing::Csv => {
            let columns = chosen.map_or_else(|| table::all_columns(&texts), <[_]>::to_vec);
            data(table::csv(&texts, &columns, true)?.trim_end_matches('\n'))?;
        }
        Listing::Json => table::json(&texts, chosen).iter().try_for_each(|line| data(line))?,
    }
    if arguments.format == Listing::Table && !quiet {
        print_message(&count(texts.len(), "text"));
    }
    Ok(Outcome::Done)
}

/// Prints how many texts there are for each pair of values of two keys.
fn print_matrix(arguments: &List, texts: &[&Text], names: &Names<'_>, quiet: bool) -> Result<Outcome, Failure> {
    let &[rows, columns] = &arguments.matrix[..] else {
        return Err(Failure::Usage("a matrix has two keys: `--matrix delegation,session`".to_owned()));
    };
    let (columns, rows) = matrix::count(texts, [rows, columns], names);
    match arguments.format {
        Listing::Json => {
            for (name, counts) in &rows {
                let counts: serde_json::Map<String, serde_json::Value> =
                    columns.iter().cloned().zip(counts.iter().map(|count| json!(count))).collect();
                data(&json!({"row": name, "counts": counts}).to_string())?;
            }
        }
        Listing::Csv => {
            let mut table = csv::Writer::from_writer(Vec::new());
            let empty = String::new();
            table.write_record([&empty].into_iter().chain(&columns)).context("cannot write the table")?;
            for (name, counts) in &rows {
                let cells = [spreadsheet::marked(name.clone())].into_iter().chain(counts.iter().map(usize::to_string));
                table.write_record(cells).context("cannot write the table")?;
            }
            let bytes = table.into_inner().map_err(|error| anyhow::anyhow!("{error}"))?;
            data(String::from_utf8_lossy(&bytes).trim_end())?;
        }
        Listing::Table | Listing::Paths => {
            matrix::lines(&columns, &rows).iter().try_for_each(|line| data(&plain(line)))?;
            if !quiet {
                print_message(&count(texts.len(), "text"));
            }
        }
    }
    Ok(Outcome::Done)
}
