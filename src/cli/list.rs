//! The site's statements -> a list of them with what their front matter says.

use std::path::Path;

use plenary::bulk::table;

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
    let chosen = Some(&arguments.columns[..]).filter(|columns| !columns.is_empty());
    match arguments.format {
        Listing::Table => {
            let columns = chosen.map_or_else(table::usual_columns, <[_]>::to_vec);
            let lines = table::lines(&texts, &columns);
            // Without texts there is nothing to head.
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
