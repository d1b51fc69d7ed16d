//! The topics that rules find in texts -> front matter.

use std::path::Path;

use plenary::bulk::judging;
use plenary::bulk::texts;
use plenary::read::Options;

use super::arguments::Accept;
use super::bulk::{Desk, carry_out, changed};
use super::screen::{count, plain, print_message};
use super::{Failure, Outcome};

/// Accepts topics, or shows what would change.
pub(crate) fn accept(arguments: &Accept, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let desk = Desk::open(folder, !arguments.dry_run)?;
    let names = desk.names();
    let chosen = desk.chosen(&arguments.selected.with(&arguments.paths), &names)?;
    let files = texts::load(&desk.sources, chosen.iter().map(|text| &text.path))?;
    let options = Options::new(&desk.config);
    let judged = judging::accept(&chosen, &files, &arguments.topic, arguments.judged, &options, &names);
    let judged = judged.map_err(Failure::Usage)?;
    let outcome = carry_out(&judged.changes, &desk.config, folder, arguments.dry_run)?;
    if !quiet && outcome == Outcome::Done {
        for (topic, texts) in &judged.topics {
            print_message(&plain(&format!("  {topic}: {}", count(*texts, "text"))));
        }
        let none = if judged.on_none > 0 { format!(", {} on no topic", judged.on_none) } else { String::new() };
        print_message(&format!("{}{none}", changed(&judged.changes, arguments.dry_run)));
    }
    Ok(outcome)
}
