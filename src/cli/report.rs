//! Diagnostics -> lines for people, for programs, or for a GitHub workflow.

use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use plenary::diagnostic::{Diagnostic, Place, Severity};
use plenary::pipeline::Site;

use super::arguments::Format;
use super::screen::{RED, YELLOW, count, data, paint, plain, print_message};

/// How many problems there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
}

impl Tally {
    /// Counts problems.
    pub(crate) fn of<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> Tally {
        let mut tally = Tally::default();
        for diagnostic in diagnostics {
            match diagnostic.severity() {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
            }
        }
        tally
    }

    /// Counts the problems that can prevent the publication of a site.
    pub(crate) fn counted(site: &Site) -> Tally {
        Tally::of(site.diagnostics.iter().filter(|diagnostic| site.counts(diagnostic)))
    }

    /// Returns whether these problems keep the site from being published.
    pub(crate) fn stops(self, strict: bool) -> bool {
        self.errors > 0 || strict && self.warnings > 0
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.errors, self.warnings) {
            (0, warnings) => f.write_str(&count(warnings, "warning")),
            (errors, 0) => f.write_str(&count(errors, "error")),
            (errors, warnings) => write!(f, "{}, {}", count(errors, "error"), count(warnings, "warning")),
        }
    }
}

/// Prints all problems, sorted by place.
pub(crate) fn report(diagnostics: &[Diagnostic], site: &Path, format: Format) -> anyhow::Result<Tally> {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_unstable();
    let tally = Tally::of(diagnostics);
    match format {
        Format::Human => people(&sorted, site, tally),
        Format::Json => sorted.iter().try_for_each(|diagnostic| data(&diagnostic.json()))?,
        Format::Github => {
            let prefix = workspace_prefix(site);
            sorted.iter().try_for_each(|diagnostic| data(&github(diagnostic, &prefix)))?;
        }
    }
    Ok(tally)
}

/// Prints problems for people in the order given; `tally` counts all problems there are.
pub(crate) fn report_in_order(diagnostics: &[Diagnostic], site: &Path, tally: Tally) {
    people(&diagnostics.iter().collect::<Vec<_>>(), site, tally);
}

/// Prints problems for people, each with its line and a caret, and then how many there are.
fn people(sorted: &[&Diagnostic], site: &Path, tally: Tally) {
    let mut lines = Lines { site, path: "".into(), text: String::new(), ranges: Vec::new() };
    for diagnostic in sorted {
        let line = diagnostic.place.as_ref().and_then(|place| lines.at(place));
        let text = plain(&diagnostic.human(line));
        let before = diagnostic.place.as_ref().map_or(0, |place| plain(&place.to_string()).len() + ": ".len());
        let (place, rest) = text.split_at_checked(before).unwrap_or(("", &text));
        let (severity, message) = rest.split_once(']').map_or(("", rest), |(severity, message)| (severity, message));
        let colour = if diagnostic.severity() == Severity::Error { RED } else { YELLOW };
        print_message(&format!("{place}{}{message}\n", paint(&format!("{severity}]"), colour)));
    }
    if !sorted.is_empty() {
        print_message(&tally.to_string());
    }
}

/// The lines of the last file read. Problems are sorted, so each file is read once.
struct Lines<'a> {
    site: &'a Path,
    path: Arc<str>,
    text: String,
    /// The range of each line, so that a file with a thousand problems is not scanned for each of them.
    ranges: Vec<Range<usize>>,
}

impl Lines<'_> {
    /// Returns the line at a place, counted from 1; `None` if the file no longer exists or has no such line.
    fn at(&mut self, place: &Place) -> Option<&str> {
        let number = (place.line as usize).checked_sub(1)?;
        if self.path != place.path {
            let bytes = std::fs::read(plenary::sources::real_path(self.site, &place.path)).unwrap_or_default();
            let text = plenary::read::text::decode(&place.path, &bytes).ok();
            self.text = text.map_or_else(|| String::from_utf8_lossy(&bytes).into_owned(), Cow::into_owned);
            self.path = Arc::clone(&place.path);
            let range = |end: &mut usize, line: &str| {
                let start = std::mem::replace(end, *end + line.len());
                Some(start..*end)
            };
            self.ranges = self.text.split_inclusive('\n').scan(0, range).collect();
        }
        self.text.get(self.ranges.get(number)?.clone())?.lines().next()
    }
}

/// Returns the problem as a workflow command (GitHub Actions, "Workflow commands: setting an error message").
fn github(diagnostic: &Diagnostic, prefix: &str) -> String {
    let severity = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = Vec::new();
    if let Some(place) = &diagnostic.place {
        properties.push(format!("file={}", property(&format!("{prefix}{}", place.path))));
        if place.line > 0 {
            properties.push(format!("line={}", place.line));
            properties.push(format!("col={}", place.column.max(1)));
        }
    }
    properties.push(format!("title={}", diagnostic.code.word()));
    let related: String = diagnostic.related.iter().map(|place| format!("\nsee: {place}")).collect();
    let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("\nhelp: {help}"));
    format!("::{severity} {}::{}", properties.join(","), message(&format!("{}{related}{help}", diagnostic.message)))
}

/// Escapes the message of a workflow command.
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

/// Returns the path of the site's folder within the repository, as a prefix. Only a workflow knows it, from
/// `GITHUB_WORKSPACE`.
fn workspace_prefix(site: &Path) -> String {
    let below = || -> Option<PathBuf> {
        let workspace = std::fs::canonicalize(std::env::var_os("GITHUB_WORKSPACE")?).ok()?;
        let site = std::fs::canonicalize(site).ok()?;
        site.strip_prefix(workspace).ok().map(Path::to_owned)
    };
    let parts = below().unwrap_or_default();
    parts.iter().flat_map(|part| [part.to_string_lossy(), Cow::Borrowed("/")]).collect()
}

/// Prints the result: the object for programs, the words for people unless `quiet` is set.
pub(crate) fn conclude(format: Format, quiet: bool, object: &serde_json::Value, words: &str) -> anyhow::Result<()> {
    match format {
        Format::Json => data(&object.to_string()),
        Format::Human | Format::Github if quiet => Ok(()),
        Format::Human | Format::Github => {
            print_message(words);
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use plenary::diagnostic::Code;

    use super::*;

    #[test]
    fn an_annotation_escapes_what_would_end_it() {
        let place = Place { path: "content/a,b:c.md".into(), line: 3, column: 8 };
        let problem = Diagnostic::new(Code::UnknownKey, place, "100% wrong:\n::error::no").help("do, better");
        assert_eq!(
            github(&problem, "site/"),
            "::warning file=site/content/a%2Cb%3Ac.md,line=3,col=8,title=unknown-key::100%25 wrong:%0A::error::no%0Ahelp: do, better"
        );
    }

    #[test]
    fn the_summary_leaves_out_zero_counts() {
        for (errors, warnings, words) in [(3, 2, "3 errors, 2 warnings"), (1, 0, "1 error"), (0, 1, "1 warning")] {
            assert_eq!(Tally { errors, warnings }.to_string(), words);
        }
    }

    #[test]
    fn lines_are_counted_as_editors_count_them() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.md"), b"\xef\xbb\xbfone\r\ntwo\rthree").unwrap();
        let mut lines = Lines { site: folder.path(), path: "".into(), text: String::new(), ranges: Vec::new() };
        let mut at = |path: &str, line| lines.at(&Place { path: path.into(), line, column: 1 }).map(str::to_owned);
        assert_eq!(at("a.md", 1).as_deref(), Some("one"));
        assert_eq!(at("a.md", 3).as_deref(), Some("three"));
        assert_eq!((at("a.md", 0), at("a.md", 4), at("gone.md", 1)), (None, None, None));
    }
}
