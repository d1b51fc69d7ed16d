//! The site's statements -> a list of what is still unsure in them.

use std::path::Path;

use plenary::import::review::review;
use plenary::read::survey;
use plenary::sources::Sources;

use super::arguments::{Format, Review};
use super::report::{Tally, conclude, report};
use super::screen::{count, data, plain};
use super::{Failure, Outcome};

/// Lists what is unsure.
pub(crate) fn run(arguments: &Review, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let sources = Sources::scan(folder);
    let (config, mut problems) = survey::config(&sources);
    problems.extend(review(&sources, &config));
    match arguments.format {
        Format::Human => problems.iter().try_for_each(|problem| {
            let place =
                problem.place.as_ref().map_or_else(String::new, |place| format!("{}:{}: ", place.path, place.line));
            data(&plain(&format!("{place}{}: {}", problem.code.word(), problem.message)))
        })?,
        Format::Json => problems.iter().try_for_each(|problem| data(&problem.json()))?,
        Format::Github => _ = report(&problems, folder, arguments.format)?,
    }
    let Tally { errors, .. } = Tally::of(&problems);
    let object = serde_json::json!({ "reviewed": true, "problems": problems.len(), "errors": errors });
    let words = match problems.len() {
        0 => "Nothing is uncertain".to_owned(),
        all => format!(
            "{} to review. Next: settle each in its file (delete the `# ` of a line that is right, or write the right \
             value), read the drafts with `plenary serve --drafts`, and delete `status: draft` to publish one",
            count(all, "thing")
        ),
    };
    conclude(arguments.format, quiet, &object, &words)?;
    Ok(if problems.is_empty() { Outcome::Done } else { Outcome::WrongContent })
}
