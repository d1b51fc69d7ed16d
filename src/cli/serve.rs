//! The site's folder -> a preview that is updated with every save.

use std::path::{Path, PathBuf};

use plenary::serve::{Event, Options, serve};

use super::arguments::{Format, Serve};
use super::left_out;
use super::report::{Tally, report};
use super::screen::{self, count, print_message};
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
        print_message(&format!("Building the site in {} …", folder.display()));
    }
    let folder: PathBuf = folder.to_owned();
    serve(options, move |event| print_event(event, &folder, quiet))?;
    Ok(Outcome::Done)
}

/// The message when the last text that was left out has entered the site.
const NOTHING: &str = "No text is left out of the site any more";

/// Prints an event. The URL is printed even with `--quiet`, since the port may differ from the usual one.
fn print_event(event: Event, folder: &Path, quiet: bool) {
    match event {
        Event::Listening { url } => print_message(&format!("Serving the site at {url} (press Ctrl-C to stop)")),
        Event::Built { pages, changed, millis, news, known, left_out: waiting, kept } => {
            // Problems go to stderr; if that fails, there is nowhere to report the failure.
            let _ = report(&news, folder, Format::Human);
            if !known.is_empty() {
                print_message(&format!("{} reported before", Tally::of(&known)));
            }
            if kept {
                print_message("The last good version is still shown");
            } else if !quiet {
                print_message(&format!("{}, {changed} rebuilt, in {millis} ms", count(pages, "page")));
                if let Some(texts) = waiting {
                    let lines = if texts.is_empty() { vec![NOTHING.to_owned()] } else { left_out::lines(&texts) };
                    for line in &lines {
                        print_message(line);
                    }
                }
            }
        }
        Event::Failed { problem } => _ = report(&[problem], folder, Format::Human),
        Event::Polling { reason } if !quiet => print_message(&format!("Scanning the folder every second: {reason}")),
        Event::NotOpened { reason } => print_message(&format!("Cannot open the browser: {reason}")),
        Event::Polling { .. } => {}
    }
}
