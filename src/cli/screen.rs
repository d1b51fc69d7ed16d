//! Text -> the terminal: data to stdout, messages for people to stderr.

use std::io::{ErrorKind, IsTerminal, Write};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Prints a line of data to stdout. A closed pipe (`| head`) is not an error.
pub(crate) fn data(line: &str) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(line.as_bytes()).and_then(|()| stdout.write_all(b"\n")) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("cannot write to stdout"),
        _ => Ok(()),
    }
}

/// Prints a line for people to stderr.
pub(crate) fn print_message(line: &str) {
    // If stderr is closed, there is no way to report that either.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Prints the error that kept a command from being carried out.
pub(crate) fn print_error(message: &str) {
    print_message(&format!("{} {}", paint("error:", RED), plain(message)));
}

/// Bold red, as terminals understand it (ECMA-48, select graphic rendition).
pub(crate) const RED: &str = "1;31";
/// Bold yellow.
pub(crate) const YELLOW: &str = "1;33";

/// Returns the text in a colour, if stderr shows colours.
pub(crate) fn paint(text: &str, colour: &str) -> String {
    if has_colour() { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Returns whether stderr is a terminal whose user wants colours (no-color.org: set and not empty means no).
fn has_colour() -> bool {
    let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    is_terminal() && !unwanted && !dumb
}

/// Returns whether stderr is a terminal.
pub(crate) fn is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// Returns the text without control characters other than line breaks, so that content cannot control the terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect()
}

/// Returns a count with its noun: "1 error", "2 errors".
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// Returns a progress bar, hidden if stderr is not a terminal or the work is fewer than `few` items.
pub(crate) fn progress(number: usize, few: usize, noun: &str, quiet: bool) -> ProgressBar {
    let bar = bar(ProgressBar::new(number as u64), quiet || number < few);
    if let Ok(style) = ProgressStyle::with_template(&format!("{{bar:40}} {{pos}}/{{len}} {noun}")) {
        bar.set_style(style);
    }
    bar
}

/// Hides a bar if stderr is not a terminal or `quiet` is set.
pub(crate) fn bar(bar: ProgressBar, quiet: bool) -> ProgressBar {
    let seen = is_terminal() && !quiet;
    bar.set_draw_target(if seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() });
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_cannot_control_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\n\u{9b}c"), "a\u{fffd}[2Jb\n\u{fffd}c");
    }

    #[test]
    fn nouns_agree_with_their_number() {
        assert_eq!((count(1, "error").as_str(), count(0, "page").as_str()), ("1 error", "0 pages"));
    }
}
