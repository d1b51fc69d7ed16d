//! A built or published site -> which of its files are not as its list of checksums says.

use std::path::PathBuf;

use plenary::verify::{List, NoList, Place, Problem};
use serde_json::json;

use super::arguments::{Form, Verify};
use super::screen::{count, data, plain, print_error, print_message, progress};
use super::{Failure, Outcome};

/// Fewer files need no progress bar.
const FEW_FILES: usize = 200;

/// Compares every file with the list. `folder` finds the site's folder.
pub(crate) fn run(
    arguments: &Verify,
    folder: impl FnOnce() -> Result<PathBuf, Failure>,
    quiet: bool,
) -> Result<Outcome, Failure> {
    let place = match &arguments.place {
        Some(text) => Place::parse(text).map_err(Failure::Usage)?,
        None => Place::Folder(folder()?.join("public")),
    };
    let list = match &arguments.against {
        None => place.list(),
        Some(text) => match Place::parse(text).map_err(Failure::Usage)? {
            Place::Folder(file) if file.is_file() => List::open(&file),
            other => other.list(),
        },
    };
    let list = match list {
        Ok(list) => list,
        Err(NoList::Unread(error)) => return Err(error.into()),
        Err(NoList::Damaged(why)) => {
            let from = arguments.against.clone().unwrap_or_else(|| place.to_string());
            print_error(&format!("the list of checksums of {from} cannot be used: {why}"));
            return Ok(Outcome::WrongContent);
        }
    };
    let only: Vec<String> = arguments.only.iter().map(|begin| begin.trim_start_matches('/').to_owned()).collect();
    let bar = progress(list.checksums.files.len(), FEW_FILES, "files", quiet);
    let verified = place.compare(&list.checksums, &only, &|| bar.inc(1));
    bar.finish_and_clear();
    let verified = verified?;
    if verified.compared == 0 && !only.is_empty() {
        return Err(Failure::Usage("the list has no such files; --only takes paths such as statements/".to_owned()));
    }

    let number = |wanted: Problem| verified.problems.iter().filter(|(_, problem)| *problem == wanted).count();
    for (file, problem) in &verified.problems {
        match arguments.format {
            Form::Human => data(&format!("{} {}", problem.word(), plain(file)))?,
            Form::Json => data(&json!({ "file": file, "problem": problem.word() }).to_string())?,
        }
    }
    let is_good = verified.problems.is_empty();
    let counts = [Problem::Changed, Problem::Missing, Problem::Foreign, Problem::Redirected];
    if arguments.format == Form::Json {
        let mut object = json!({
            "verified": is_good, "files": verified.compared, "list": format!("sha256:{}", list.sha256),
            "title": list.checksums.title, "base_url": list.checksums.base_url, "hidden": verified.hidden,
        });
        for problem in counts {
            object[problem.word()] = number(problem).into();
        }
        data(&object.to_string())?;
    } else if !quiet {
        let found: Vec<String> =
            counts.into_iter().filter(|of| number(*of) > 0).map(|of| format!("{} {}", number(of), of.word())).collect();
        let found = if is_good { "all as listed".to_owned() } else { found.join(", ") };
        let hidden = match verified.hidden.len() {
            0 => String::new(),
            hidden => format!(" ({} for the host cannot be seen there)", count(hidden, "file")),
        };
        let files = count(verified.compared, "file");
        print_message(&format!("Verified {files} of “{}” in {place}: {found}{hidden}", plain(&list.checksums.title)));
        print_message(&format!("The list is sha256:{}", list.sha256));
    }
    Ok(if is_good { Outcome::Done } else { Outcome::WrongContent })
}
