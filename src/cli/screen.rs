//! Text -> the terminal: data to stdout, everything said to people to stderr.

use std::io::{ErrorKind, IsTerminal, Write};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Prints a line of data. A reader that has gone away (`| head`) is no failure.
pub(crate) fn data(line: &str) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(line.as_bytes()).and_then(|()| stdout.write_all(b"\n")) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("cannot write to stdout"),
        _ => Ok(()),
    }
}

/// Prints a line for people.
pub(crate) fn tell(line: &str) {
    // If nobody can be told, there is nobody to tell that to.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Prints why a command could not be carried out.
pub(crate) fn tell_error(message: &str) {
    tell(&format!("{} {}", paint("error:", RED), plain(message)));
}

/// Bold red, as terminals understand it (ECMA-48, select graphic rendition).
pub(crate) const RED: &str = "1;31";
/// Bold yellow.
pub(crate) const YELLOW: &str = "1;33";

/// Returns the text in a colour, where stderr shows colours.
pub(crate) fn paint(text: &str, colour: &str) -> String {
    if has_colour() { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Says whether stderr is a terminal whose user wants colours (no-color.org: set and not empty means no).
fn has_colour() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    is_terminal() && !unwanted && !dumb
}

/// Says whether people see stderr as it is written.
pub(crate) fn is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// Returns the text without control characters other than line breaks, so that no content can steer the terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

/// Returns a count with its noun: "1 error", "2 errors".
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// Returns the bar that shows how much of the work is done, where people see it. Less than `few` is done in a blink.
pub(crate) fn progress(number: usize, few: usize, noun: &str, quiet: bool) -> ProgressBar {
    let bar = bar(ProgressBar::new(number as u64), quiet || number < few);
    if let Ok(style) = ProgressStyle::with_template(&format!("{{bar:40}} {{pos}}/{{len}} {noun}")) {
        bar.set_style(style);
    }
    bar
}

/// Returns a bar that is hidden where nobody sees it.
pub(crate) fn bar(bar: ProgressBar, quiet: bool) -> ProgressBar {
    let seen = is_terminal() && !quiet;
    bar.set_draw_target(if seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() });
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_cannot_steer_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\n\u{9b}c"), "a\u{fffd}[2Jb\n\u{fffd}c");
    }

    #[test]
    fn nouns_follow_their_number() {
        assert_eq!((count(1, "error").as_str(), count(0, "page").as_str()), ("1 error", "0 pages"));
    }
}
