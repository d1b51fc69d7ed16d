//! The site's folder -> a preview that follows every save.

use std::path::{Path, PathBuf};

use plenary::serve::{Event, Options, serve};

use super::arguments::{Format, Serve};
use super::left_out;
use super::report::{Tally, report};
use super::screen::{self, count, tell};
use super::{Failure, Outcome};

/// Serves until it is interrupted.
pub(crate) fn run(arguments: &Serve, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let options = Options {
        port: arguments.port,
        host: arguments.host,
        allow_hosts: arguments.allow_host.clone(),
        open: arguments.open,
        poll: arguments.poll,
        settings: arguments.choice.settings(),
        ..Options::new(folder)
    };
    if screen::is_terminal() && !quiet {
        tell(&format!("Making the site of {} …", folder.display()));
    }
    let folder: PathBuf = folder.to_owned();
    serve(options, move |event| told(event, &folder, quiet))?;
    Ok(Outcome::Done)
}

/// What is said when the last text that was left out has come into the site.
const NOTHING: &str = "No text is left out of the site any more";

/// Tells what happens; where it listens is told even to those who want quiet, since the port may be another.
fn told(event: Event, folder: &Path, quiet: bool) {
    match event {
        Event::Listening { url } => tell(&format!("The site is at {url} (Ctrl-C ends it)")),
        Event::Built { pages, changed, millis, news, known, left_out: waiting, kept } => {
            // Problems for people go to stderr, and what cannot be told there cannot be told at all.
            let _ = report(&news, folder, Format::Human);
            if !known.is_empty() {
                tell(&format!("{} told before", Tally::of(&known)));
            }
            if kept {
                tell("the last good version is still shown");
            } else if !quiet {
                tell(&format!("{}, {changed} made anew, in {millis} ms", count(pages, "page")));
                if let Some(texts) = waiting {
                    let lines = if texts.is_empty() { vec![NOTHING.to_owned()] } else { left_out::lines(&texts) };
                    for line in &lines {
                        tell(line);
                    }
                }
            }
        }
        Event::Failed { problem } => _ = report(&[problem], folder, Format::Human),
        Event::Polling { reason } if !quiet => tell(&format!("looking at the folder every second: {reason}")),
        Event::NotOpened { reason } => tell(&format!("the browser could not be opened: {reason}")),
        Event::Polling { .. } => {}
    }
}
