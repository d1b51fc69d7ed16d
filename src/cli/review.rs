//! The site's statements -> a list of what is still unsure in them.

use std::path::Path;

use anyhow::Context as _;
use plenary::import::accepting;
use plenary::import::review::review;
use plenary::read::{self, Content, survey};
use plenary::sources::Sources;
use plenary::{edit, exclusive};

use super::arguments::{Format, Review};
use super::report::{Tally, conclude, report};
use super::screen::{count, data, plain};
use super::{Failure, Outcome};

/// Lists what is unsure.
pub(crate) fn run(arguments: &Review, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    if let Some(file) = &arguments.accept {
        return accept(file, arguments, folder, quiet);
    }
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
            "{} to review. Next: settle each in its file (`plenary review --accept FILE` takes its uncertain values, or \
             write the right ones), read the drafts with `plenary serve --drafts`, and delete `status: draft` to publish one",
            count(all, "thing")
        ),
    };
    conclude(arguments.format, quiet, &object, &words)?;
    Ok(if problems.is_empty() { Outcome::Done } else { Outcome::WrongContent })
}

/// Moves uncertain values of a file to their keys.
fn accept(file: &Path, arguments: &Review, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    // As it is written in a list of `review`, from the site's folder, or from the current one.
    let file = [folder.join(file), file.to_owned()].into_iter().find(|file| file.is_file());
    let file = file.ok_or_else(|| Failure::Usage("there is no such file; `plenary review` lists files".to_owned()))?;
    // Two processes at a time would overwrite each other's edits.
    let _lock = exclusive::lock(folder, "review")?;
    let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let (config, _) = survey::config(&Sources::scan(folder));
    // The reader wants a path within the site, but what it says of the note does not depend on it.
    let path = "content/statements/a.md".into();
    let note = match read::read(&path, text.as_bytes(), &read::Options::new(&config)).content {
        Some(Content::Statement(statement)) => statement.front.import.clone(),
        _ => None,
    };
    let accepted = accepting::accept(&text, note.as_deref(), arguments.key.as_deref());
    let (after, lines) =
        accepted.map_err(|why| Failure::Usage(format!("{}: nothing was accepted: {why}", file.display())))?;
    edit::replace(&file, after.as_bytes())?;
    lines.iter().try_for_each(|line| data(&plain(line)))?;
    let object = serde_json::json!({ "accepted": lines.len() });
    let words = format!("Accepted {} in {}", count(lines.len(), "value"), file.display());
    conclude(arguments.format, quiet, &object, &words)?;
    Ok(Outcome::Done)
}
