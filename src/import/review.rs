//! The statements of a site -> what is still uncertain in them, the most important first.

use std::sync::Arc;

use rayon::prelude::*;

use super::doubts::{NOT_SURE, SIMILAR, SUSPECT};
use super::draft::STUB;
use super::existing::STATEMENTS;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::front::document;
use crate::read::fields::Named;
use crate::read::missing::missing;
use crate::read::{self, Content, Options};
use crate::sources::{Source, Sources};

/// How status notes begin that say that a text comes from OCR.
const OCR: &str = "Read by OCR";

/// Returns what a person has to decide, across all statements.
pub fn review(sources: &Sources, config: &Config) -> Vec<Diagnostic> {
    let options = Options::new(config);
    let is_statement = |source: &&Source| source.path.starts_with(STATEMENTS) && source.path.ends_with(".md");
    let statements: Vec<&Source> = sources.content.iter().filter(is_statement).collect();
    let mut found: Vec<Diagnostic> = statements
        .par_iter()
        .flat_map_iter(|source| match source.load() {
            Ok(bytes) => of_file(&source.path, &bytes, &options),
            Err(error) => vec![source.unreadable(&error)],
        })
        .collect();
    found.sort_by(|a, b| (rank(a.code), a).cmp(&(rank(b.code), b)));
    found
}

/// Returns a problem's rank: what is missing, then what may be wrong, then what is not stated.
fn rank(code: Code) -> usize {
    const ORDER: [Code; 6] = [
        Code::UnreadableFile,
        Code::UnreadableText,
        Code::SuspectText,
        Code::MissingDelegation,
        Code::SimilarStatement,
        Code::UnsureField,
    ];
    ORDER.iter().position(|other| *other == code).unwrap_or(ORDER.len())
}

fn of_file(path: &Arc<str>, bytes: &[u8], options: &Options) -> Vec<Diagnostic> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    let mut add = |code, line, message: String, help: &str| {
        let place = Place { path: Arc::clone(path), line, column: 1 };
        found.push(Diagnostic::new(code, place, message).help(help));
    };
    let read = read::read(path, bytes, options).content;
    let read =
        read.and_then(|content| if let Content::Statement(statement) = content { Some(statement) } else { None });
    let note = read.as_ref().and_then(|statement| statement.front.import.as_deref());
    if let Some(suspect) = note.and_then(|note| note.suspect.as_ref()) {
        let message = format!("something may be missing: {}", suspect.text);
        add(Code::SuspectText, suspect.line, message, "compare it with its original, then delete `suspect`");
    }
    for similar in note.iter().flat_map(|note| &note.similar) {
        let message = format!("it is perhaps {}", similar.text);
        add(Code::SimilarStatement, similar.line, message, "compare the two, then delete this entry of `similar`");
    }
    for doubt in note.iter().flat_map(|note| &note.unsure) {
        let text = |of: &Option<Named>| of.as_ref().map_or_else(String::new, |named| named.text.to_string());
        let line = doubt.key.as_ref().map_or(1, |named| named.line);
        let (key, value) = (text(&doubt.key), text(&doubt.value));
        let message = format!("`{key}: {value}` is uncertain: {}", text(&doubt.reason));
        let help = format!(
            "`plenary review --accept {path}` takes it if it is right; otherwise delete this entry of `unsure`"
        );
        add(Code::UnsureField, line, message, &help);
    }
    // Earlier versions left comments instead; each kind begins in its own way.
    let mut body = 2;
    for (number, line) in document::lines(&text) {
        body = number + 2;
        let comment = line.strip_prefix("# ").unwrap_or_default();
        if let Some(reasons) = line.strip_prefix(SUSPECT) {
            let message = format!("something may be missing: {reasons}");
            add(Code::SuspectText, number, message, "compare it with its original, then delete the comment");
        } else if line.starts_with(SIMILAR) {
            let message = format!("it is {comment}");
            add(Code::SimilarStatement, number, message, "compare the two, then delete the comment");
        } else if let Some((value, evidence)) = comment.split_once(NOT_SURE) {
            let message = format!("`{value}` is uncertain: {evidence}");
            add(Code::UnsureField, number, message, "delete the `# ` if it is right, or delete the line");
        } else if line.starts_with("status_note:") && line.contains(OCR) {
            let message = "its text comes from OCR and has not been checked".to_owned();
            add(Code::SuspectText, number, message, "compare it with its original, then delete `status_note`");
        }
    }
    if let Some(line) = (1..).zip(text.lines()).skip(body as usize - 1).find(|(_, line)| *line == STUB.trim_end()) {
        let message = "its text could not be read and is missing".to_owned();
        add(Code::UnreadableText, line.0, message, "type it from the original, or import another copy");
    }
    // A language version inherits what it lacks from the first file.
    if let Some(statement) = read.filter(|_| !read::name::has_language(path)) {
        let wanted = |problem: &Diagnostic| matches!(problem.code, Code::MissingDelegation | Code::MissingDate);
        found.extend(missing(&statement).filter(wanted));
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn what_is_uncertain_is_reported_the_most_important_first() {
        let file = |front: &str, body: &str| format!("---\ntitle: A\n{front}---\n\n{body}").into_bytes();
        let sure = "date: 2020\ndelegation: KAZ\n";
        let files = BTreeMap::from([
            (
                "content/statements/a.md".to_owned(),
                file("date: 2020\n# delegation: KAZ  # not sure: named twice\n", "A.\n"),
            ),
            ("content/statements/b.md".to_owned(), file(sure, STUB)),
            ("content/statements/c.md".to_owned(), file(&format!("{sure}{SUSPECT}signs\n"), "A.\n")),
            ("content/statements/d.md".to_owned(), file(&format!("{sure}{SIMILAR}a version of x\n"), "A.\n")),
            ("content/statements/e.md".to_owned(), file("delegation: KAZ\n", "# perhaps no comment\n")),
            (
                "content/statements/f.md".to_owned(),
                file(&format!("{sure}status_note: \"{OCR} (tesseract) from pictures.\"\n"), "A.\n"),
            ),
            ("content/statements/g.md".to_owned(), file(sure, "# not sure: of anything\n")),
            (
                "content/statements/h.md".to_owned(),
                file(
                    &format!(
                        "{sure}import:\n  suspect: signs\n  similar: [a version of x]\n  unsure:\n    - {{ key: place, value: Rome, reason: b }}\n  suggested:\n    - {{ key: topics, value: \"[a]\", reason: c }}\n"
                    ),
                    "A.\n",
                ),
            ),
        ]);
        let found = review(&Sources::from_map(&files), &Config::default());
        let found: Vec<String> = found
            .iter()
            .map(|problem| {
                let place = problem.place.as_ref().unwrap();
                format!("{}:{} {}", &place.path[STATEMENTS.len()..], place.line, problem.code.word())
            })
            .collect();
        assert_eq!(
            found,
            [
                "b.md:7 unreadable-text",
                "c.md:5 suspect-text",
                "f.md:5 suspect-text",
                "h.md:6 suspect-text",
                "a.md:2 missing-delegation",
                "d.md:5 similar-statement",
                "h.md:7 similar-statement",
                "a.md:4 unsure-field",
                "h.md:9 unsure-field",
                "e.md:2 missing-date",
            ]
        );
    }

    #[test]
    fn the_ocr_note_is_the_one_that_the_import_writes() {
        let written = include_str!("knowing.rs");
        assert!(written.contains(&format!("\"{OCR} ")), "the two go together");
    }
}
