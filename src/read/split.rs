//! The text of a file -> its front matter and the Markdown below it.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::front::document::is_fence;
use crate::language::fold::letter;

/// Splits off the front matter. Returns its text, the Markdown after it, and the line on which the Markdown starts.
pub(super) fn split<'a>(
    path: &Arc<str>,
    text: &'a str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(&'a str, &'a str, u32)> {
    // Conflict markers come first: a file that has them would also have broken front matter, and that would hide the
    // cause.
    let conflicts = conflicts(path, text);
    if !conflicts.is_empty() {
        diagnostics.extend(conflicts);
        return None;
    }
    let top = Place { path: Arc::clone(path), line: 1, column: 1 };
    let first = text.lines().next().unwrap_or_default();
    if !is_fence(first) {
        let problem = Diagnostic::new(Code::MissingFrontMatter, top, "the file has no front matter");
        diagnostics.push(problem.help(how_to_begin(text)));
        return None;
    }
    let start = first.len() + 1;
    let mut at = start;
    for (line, text_line) in (2..).zip(text.get(start..).unwrap_or_default().split_inclusive('\n')) {
        if is_fence(text_line) {
            let after = at + text_line.len();
            return Some((&text[start..at], text.get(after..).unwrap_or_default(), line + 1));
        }
        at += text_line.len();
    }
    let problem = Diagnostic::new(Code::UnclosedFrontMatter, top, "the front matter is never closed");
    // The closing fence is often there, but misspelt: four hyphens, a dash from a word processor, or `...`.
    let near = (1..).zip(text.lines()).skip(1).find(|(_, line)| is_nearly_fence(line) || line.trim_end() == "...");
    diagnostics.push(problem.help(match near {
        Some((line, _)) => format!("if line {line} is meant as its end, write exactly three hyphens there"),
        None => "close the front matter with a line of three hyphens above the text".into(),
    }));
    None
}

/// Returns whether a line is almost a fence: it has too many or too few hyphens, is indented, or has the dashes that a
/// word processor makes of hyphens.
fn is_nearly_fence(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() > 1 && line.chars().all(|c| letter(c) == Some('-')) || line == "\u{2014}"
}

fn how_to_begin(text: &str) -> &'static str {
    let first = text.lines().next().unwrap_or_default();
    let written = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    if first.trim() == "+++" {
        "write the front matter as YAML between `---` lines instead of TOML between `+++` lines"
    } else if first.trim().is_empty() && is_fence(written) {
        "delete the blank lines above the first `---`: front matter starts on the first line of the file"
    } else if text.lines().take(30).filter(|line| is_fence(line)).count() > 1 {
        "front matter comes first: move everything above the first `---` below the second"
    } else if is_nearly_fence(written) {
        "the first line must be exactly `---`: three hyphens, and nothing before them"
    } else {
        "start the file with `---`, then `title: …`, then `---`, then the text"
    }
}

/// Reports every unresolved merge conflict. A line of equals signs alone does not count, because it may underline a
/// heading.
fn conflicts(path: &Arc<str>, text: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !text.contains("<<<<<<< ") && !text.contains(">>>>>>> ") {
        return found;
    }
    let mut open = false;
    for (line, words) in (1..).zip(text.lines()) {
        let (begins, ends) = (words.starts_with("<<<<<<< "), words.starts_with(">>>>>>> "));
        if begins || ends && !open {
            let place = Place { path: Arc::clone(path), line, column: 1 };
            let problem = Diagnostic::new(Code::MergeConflict, place, "unresolved merge conflict");
            found.push(
                problem.help(
                    "keep the right words, and delete the lines that start with `<<<<<<<`, `=======` and `>>>>>>>`",
                ),
            );
        }
        open = begins || open && !ends;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_front_matter_gets_the_help_it_needs() {
        for (text, code, line, help) in [
            ("\n\n---\ntitle: A\n---\n", Code::MissingFrontMatter, 1, "blank lines"),
            ("----\ntitle: A\n---\n", Code::MissingFrontMatter, 1, "exactly `---`"),
            (" ---\ntitle: A\n---\n", Code::MissingFrontMatter, 1, "exactly `---`"),
            ("—\ntitle: A\n---\n", Code::MissingFrontMatter, 1, "exactly `---`"),
            ("# A\n\n---\ntitle: A\n---\n", Code::MissingFrontMatter, 1, "comes first"),
            ("+++\ntitle = 1\n+++\n", Code::MissingFrontMatter, 1, "TOML"),
            ("A text.\n", Code::MissingFrontMatter, 1, "start the file"),
            ("---\ntitle: A\n-----\nText.\n", Code::UnclosedFrontMatter, 1, "line 3"),
            ("---\ntitle: A\n\nText.\n", Code::UnclosedFrontMatter, 1, "close the front matter"),
            ("---\n<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n>>>>>>> x\n---\n", Code::MergeConflict, 2, "keep"),
            ("---\ntitle: A\n---\nText\n=======\n>>>>>>> main\n", Code::MergeConflict, 6, "keep"),
        ] {
            let mut problems = Vec::new();
            assert_eq!(split(&"a.md".into(), text, &mut problems), None, "{text:?}");
            let [problem] = &problems[..] else { panic!("{problems:?}") };
            assert_eq!((problem.code, problem.place.as_ref().map(|place| place.line)), (code, Some(line)), "{text:?}");
            assert!(problem.help.as_ref().is_some_and(|words| words.contains(help)), "{problem:?}");
        }
    }

    #[test]
    fn a_heading_underlined_with_equals_signs_is_not_a_conflict() {
        let mut problems = Vec::new();
        let parts = split(&"a.md".into(), "---\ntitle: A\n---\nOuter space\n=======\n", &mut problems);
        assert_eq!((parts, problems), (Some(("title: A\n", "Outer space\n=======\n", 4)), Vec::new()));
    }
}
