//! An old name and a new one -> the site's files with the new one, and redirects from the old address.

use std::path::Path;

use plenary::bulk::rename::{Site, rename};

use super::arguments::Rename;
use super::bulk::{Desk, carry_out, changed};
use super::screen::{count, print_message};
use super::{Failure, Outcome};

/// Renames, or shows what would change.
pub(crate) fn run(arguments: &Rename, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let desk = Desk::open(folder, !arguments.dry_run)?;
    let names = desk.names();
    let site = Site { sources: &desk.sources, config: &desk.config, texts: &desk.texts, names: &names };
    let (old, new) = (&arguments.old, &arguments.new);
    let renamed = rename(arguments.kind.subject(), old, new, arguments.merge, &site).map_err(Failure::Usage)?;
    desk.print_unreadable();
    let outcome = carry_out(&renamed.changes, &desk.config, folder, arguments.dry_run)?;
    if !quiet && outcome == Outcome::Done {
        let mentions = count(renamed.mentions, "mention");
        let merged = if renamed.merged { ", two records merged into one" } else { "" };
        let redirected = match &renamed.redirected {
            Some(address) => format!("\n{address} and the pages below it will lead to the new address"),
            None => format!(
                "\nThe old address will lead nowhere: topics have no records here. With a record of each topic, write \
                 `aliases: [/topics/{old}/]` in that of `{new}`"
            ),
        };
        print_message(&format!("{}: {mentions}{merged}{redirected}", changed(&renamed.changes, arguments.dry_run)));
    }
    Ok(outcome)
}
