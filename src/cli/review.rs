//! The site's statements -> a list of what is still uncertain in them.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use plenary::bulk::assignment::Assignment;
use plenary::bulk::changes::Changes;
use plenary::bulk::publishing::undecided;
use plenary::bulk::texts;
use plenary::front::document::Document;
use plenary::front::statement::REVIEWED;
use plenary::import::accepting;
use plenary::import::review::review;
use plenary::read::{self, Content, survey};
use plenary::sources::Sources;
use plenary::{edit, exclusive};

use super::arguments::{Format, Review};
use super::bulk::{Desk, carry_out, changed};
use super::lock::today;
use super::report::{Tally, conclude, report};
use super::screen::{count, data, plain, print_message};
use super::{Failure, Outcome};

/// Lists what is uncertain.
pub(crate) fn run(arguments: &Review, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    if let Some(file) = &arguments.accept {
        return accept(file, arguments, folder, quiet);
    }
    if arguments.mark {
        return mark(arguments, folder, quiet);
    }
    let sources = Sources::scan(folder);
    let (config, mut problems) = survey::config(&sources);
    let mut found = review(&sources, &config);
    let selection = arguments.selected.with(&arguments.paths);
    if !selection.is_empty() {
        let desk = Desk::open(folder, false)?;
        let chosen = desk.chosen(&selection, &desk.names())?;
        let paths: BTreeSet<&str> = chosen.iter().map(|text| &*text.path).collect();
        found.retain(|problem| problem.place.as_ref().is_some_and(|place| paths.contains(&*place.path)));
    }
    problems.extend(found);
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

/// Records in texts that a person has read them today, unless something is left to decide.
fn mark(arguments: &Review, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let desk = Desk::open(folder, !arguments.dry_run)?;
    let names = desk.names();
    let chosen = desk.chosen(&arguments.selected.with(&arguments.paths), &names)?;
    let files = texts::load(&desk.sources, chosen.iter().map(|text| &text.path))?;
    let assignment = Assignment::parse(&format!("{REVIEWED}={}", today())).map_err(Failure::Usage)?;
    let mut changes = Changes::default();
    let mut skipped = 0;
    for text in &chosen {
        let file = &files[&text.path];
        if let Some(why) = undecided(text, file) {
            print_message(&plain(&format!("skipped {}: {why}", text.path)));
            skipped += 1;
            continue;
        }
        let refused = |why: String| Failure::Usage(format!("{}: {why}; nothing was written", text.path));
        let mut document =
            Document::of_file(file).ok_or_else(|| refused("its front matter cannot be edited".to_owned()))?;
        assignment.apply(&mut document, text, &names).map_err(refused)?;
        changes.edit(&text.path, file, document.text());
    }
    let outcome = carry_out(&changes, &desk.config, folder, arguments.dry_run)?;
    if !quiet && outcome == Outcome::Done {
        let skipped = if skipped > 0 { format!(", {skipped} skipped") } else { String::new() };
        print_message(&format!("{}{skipped}", changed(&changes, arguments.dry_run)));
    }
    Ok(if skipped > 0 { Outcome::WrongContent } else { outcome })
}

/// Moves uncertain values of a file to their keys.
fn accept(file: &Path, arguments: &Review, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    // The path may be relative to the site's folder, as `review` lists it, or to the current one.
    let file = [folder.join(file), file.to_owned()].into_iter().find(|file| file.is_file());
    let file = file.ok_or_else(|| Failure::Usage("there is no such file; `plenary review` lists files".to_owned()))?;
    // Two processes at a time would overwrite each other's edits.
    let _lock = exclusive::lock(folder, "edit")?;
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
