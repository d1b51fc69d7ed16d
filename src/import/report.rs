//! What was made from all files -> the report: text for people, JSON for programs, and problems to look into.

mod entry;
mod html;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde_json::{Value, json};

use super::alike::Relation;
use super::gather::Refused;
use super::item::{Drafted, Item, Outcome};
use super::judging::Verdict;
use super::mended::Rule;
use super::placing::{Action, Placed};
use super::reading;
use super::unreadable::Unreadable;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};

use entry::worst_first;
pub use entry::{Counts, Done, Entry, Refusal, Report};
pub use html::page;

/// Returns what is reported about a path that was refused.
pub fn refused(refused: Refused) -> Refusal {
    let problem = unreadable(&refused.path, &refused.why);
    let problem = if refused.is_guess { Diagnostic { code: Code::UnsureText, ..problem } } else { problem };
    Refusal { path: refused.path, problem }
}

/// Returns what a person has to check in one file.
pub fn problems(item: &Item, placed: Option<&Placed>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    match &item.outcome {
        Outcome::Drafted(drafted) => of_draft(item, drafted, placed, &mut problems),
        Outcome::Unreadable(why) => problems.push(unreadable(&item.path, why)),
        Outcome::Refused(difference) => {
            let message = format!(
                "the draft would not say what the original says: `{}` there, `{}` in the draft; nothing was written",
                difference.original, difference.draft
            );
            let place = Place { path: Arc::clone(&item.path), line: difference.line, column: 1 };
            let help = "this is a bug in the import: please report it, with the file, and write the statement by hand";
            problems.push(Diagnostic::new(Code::FailedWordCheck, place, message).help(help));
        }
    }
    problems
}

fn unreadable(path: &Arc<str>, why: &Unreadable) -> Diagnostic {
    Diagnostic::new(Code::UnreadableOriginal, Place::file(path), why.message.clone()).help(why.help.clone())
}

fn of_draft(item: &Item, drafted: &Drafted, placed: Option<&Placed>, problems: &mut Vec<Diagnostic>) {
    let mut add = |code, line, column: u32, message: String, help: &str| {
        let place = Place { path: Arc::clone(&item.path), line, column: column.max(1) };
        problems.push(Diagnostic::new(code, place, message).help(help));
    };
    // A file without a draft of its own needs only this one message: its doubts are those of the other file, or moot.
    match placed.map(|placed| (placed.action, placed.path.as_str())) {
        Some((Action::Duplicate, path)) => {
            let message = format!("the same bytes were submitted under another name; its statement is {path}");
            return add(Code::DuplicateOriginal, 0, 0, message, "remove one of the two");
        }
        Some((Action::SameWords, path)) => {
            let message = format!("it has the same words as {path}, so it was not written");
            let help = "remove one of the two; if the text was delivered twice, import with `--keep-duplicates`";
            return add(Code::DuplicateOriginal, 0, 0, message, help);
        }
        Some((Action::EditedAndChanged, path)) => {
            let message =
                format!("this text differs from the one that {path} was made from, which has been edited since");
            let help = "compare the two; to replace it, delete the statement and import again";
            return add(Code::ChangedOriginal, 0, 0, message, help);
        }
        Some((Action::Edited, _)) => return,
        _ => {}
    }
    // A text that turns out to be a version of another may not be needed at all, so this is reported first.
    for other in placed.map_or(&[][..], |placed| &placed.alike) {
        let path = &other.path;
        let (message, help) = match &other.relation {
            Relation::Version(shared) => (
                format!("{shared} of 100 words are the same as in {path}: it may be a version of it"),
                "compare the two; keep one of them, or delete the entry under `import.similar` in the draft",
            ),
            Relation::SameName => (
                format!("{path} was made from another file of this name: it may be a version of it"),
                "compare the two; keep one of them, or delete the entry under `import.similar` in the draft",
            ),
            Relation::PerhapsTranslation(_) => (
                format!("it may be a language version of {path}"),
                "`import.similar` in the draft says where to move it if it is; otherwise delete the entry there",
            ),
            Relation::Translation => continue,
        };
        add(Code::SimilarStatement, 0, 0, message, help);
    }
    let reasons = drafted.judgement.reasons.join("; ");
    match drafted.judgement.verdict {
        Verdict::Ok => {}
        Verdict::Suspect => {
            let help = "compare the draft with the original";
            add(Code::SuspectText, 0, 0, format!("something may be missing: {reasons}"), help);
        }
        Verdict::Unreadable => {
            let message = format!("this is not a text that people can read: {reasons}");
            let help = "import another copy, or type the text into the stub that was made";
            add(Code::UnreadableText, 0, 0, message, help);
            for doubt in drafted.doubts.iter().filter(|doubt| doubt.line == 0) {
                add(Code::UnsureText, 0, 0, doubt.message.clone(), doubt.help);
            }
            return;
        }
    }
    // Line numbers mean something to a person only if the original is a text file; otherwise they are the reader's own
    // count.
    for doubt in &drafted.doubts {
        if doubt.line == 0 || reading::has_lines(&drafted.reader) {
            add(Code::UnsureText, doubt.line, doubt.column, doubt.message.clone(), doubt.help);
        } else {
            add(Code::UnsureText, 0, 0, format!("line {} of the text: {}", doubt.line, doubt.message), doubt.help);
        }
    }
    for left in &drafted.left {
        let yaml = left.yaml.lines().next().unwrap_or_default();
        let message = format!("`{yaml}` cannot be used in front matter: {}", left.message);
        add(
            Code::UnsureField,
            left.line,
            1,
            message,
            "it is under `import.unsure` in the draft; write what is right under its key",
        );
    }
    // Then the front matter: values that are uncertain, contradicted by the profile, or missing.
    for found in drafted.known.fields.iter().filter(|found| !found.sure && !found.is_suggested()) {
        let message = format!("`{}` may be `{}`: {}", found.key, found.value, found.evidence);
        let help = "it is under `import.unsure` in the draft; `plenary review --accept FILE` takes it if it is right";
        add(Code::UnsureField, 0, 0, message, help);
    }
    for of in &drafted.known.contradicted {
        let used = drafted.known.get(of.key).map_or("", |found| &found.value);
        let message =
            format!("`{}` is `{used}` according to the text, but `{}` according to {}", of.key, of.value, of.evidence);
        let help = "what the text says was used; if it is wrong, name the key under `override` in the profile";
        add(Code::UnsureField, 0, 0, message, help);
    }
    for (key, help) in MISSED {
        if drafted.known.get(key).is_none() {
            add(Code::UnsureField, 0, 0, format!("the text does not state its `{key}`"), help);
        }
    }
}

/// Up to this many problems of one kind are reported one by one.
const FEW: usize = 3;

/// How many of the files with the same problem are named.
const NAMED: usize = 3;

/// Returns the problems for people: the most severe first, and many of one kind as a single one with their number.
pub fn summary(problems: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut kinds: BTreeMap<(Severity, Code, Option<&str>), Vec<&Diagnostic>> = BTreeMap::new();
    for problem in problems {
        kinds.entry((problem.severity(), problem.code, problem.help.as_deref())).or_default().push(problem);
    }
    let mut summary = Vec::new();
    for (_, mut kind) in kinds {
        kind.sort_unstable();
        if kind.len() <= FEW {
            summary.extend(kind.into_iter().cloned());
            continue;
        }
        let mut paths: Vec<&str> = kind.iter().filter_map(|problem| Some(&*problem.place.as_ref()?.path)).collect();
        paths.dedup();
        let (same, first) = (kind.iter().all(|problem| problem.message == kind[0].message), kind[0]);
        let files = if paths.len() == 1 { "1 file".to_owned() } else { format!("{} files", paths.len()) };
        let more = if paths.len() > NAMED { ", …" } else { "" };
        let named = format!("{}{more}", paths[..paths.len().min(NAMED)].join(", "));
        let message = match same {
            true => format!("{} ({files}: {named})", first.message),
            false => format!("{} (and {} more like this, {files}: {named})", first.message, kind.len() - 1),
        };
        summary.push(Diagnostic { message, ..first.clone() });
    }
    summary
}

/// Keys without which a statement cannot be published properly.
const MISSED: [(&str, &str); 3] = [
    ("date", "write it into the draft, or set it for all files in a profile"),
    ("delegation", "write it into the draft, or set it for all files in a profile"),
    ("language", "write it into the draft, or set it for all files in a profile"),
];

/// Returns the report as text, for people.
pub fn text(entries: &[Entry<'_>]) -> String {
    let mut out = String::new();
    for entry in worst_first(entries) {
        let _ = writeln!(out, "{}: {}", entry.path, entry.outcome());
        for problem in entry.problems {
            let _ = writeln!(out, "  {}: {}", problem.code.word(), problem.message);
        }
        if let Some(Outcome::Drafted(drafted)) = entry.item.map(|item| &item.outcome) {
            of_file(&mut out, drafted);
        }
        out.push('\n');
    }
    out
}

fn of_file(out: &mut String, drafted: &Drafted) {
    let _ = writeln!(out, "  {} blocks, SHA-256 {}", drafted.blocks, drafted.original.sha256);
    for found in &drafted.known.fields {
        let unsure = if found.sure { "" } else { "not sure, " };
        let _ = writeln!(out, "  {}: {}  ({unsure}{})", found.key, found.value, found.evidence);
    }
    for removal in &drafted.removals {
        let (reason, text) = (removal.reason.words(), &removal.text);
        let _ = match removal.line {
            0 => writeln!(out, "  left out ({reason}): {text}"),
            line => writeln!(out, "  line {line} taken out ({reason}): {text}"),
        };
    }
    for repair in &drafted.repairs {
        let (line, what) = (repair.line, repair.rule.words());
        let _ = writeln!(out, "  line {line}, {what}: {} -> {}", repair.before, repair.after);
    }
}

/// Returns the report as JSON, for programs.
pub fn objects(entries: &[Entry<'_>]) -> Value {
    let of_refused = |entry: &Entry<'_>| {
        let problem = entry.problems.first();
        let key = match problem.map(|problem| problem.code) {
            Some(Code::UnsureText) => "unsure",
            _ => "unreadable",
        };
        json!({"original": entry.path, key: problem.map(|problem| &problem.message)})
    };
    let object = |entry: &Entry<'_>| entry.item.map_or_else(|| of_refused(entry), |item| json(item, entry.placed));
    entries.iter().map(object).collect::<Vec<_>>().into()
}

/// Returns one file's entry in JSON.
pub fn json(item: &Item, placed: Option<&Placed>) -> Value {
    let mut entry = match &item.outcome {
        Outcome::Drafted(drafted) => of_draft_json(drafted),
        Outcome::Unreadable(why) => json!({"unreadable": why.message, "help": why.help}),
        Outcome::Refused(difference) => json!({
            "refused": {"line": difference.line, "original": difference.original, "draft": difference.draft},
        }),
    };
    entry["original"] = (*item.path).into();
    if let Some(placed) = placed {
        entry["statement"] = placed.path.as_str().into();
        entry["action"] = placed.action.word().into();
    }
    entry
}

fn of_draft_json(drafted: &Drafted) -> Value {
    let mut repairs: BTreeMap<Rule, usize> = BTreeMap::new();
    for repair in &drafted.repairs {
        *repairs.entry(repair.rule).or_default() += 1;
    }
    json!({
        "sha256": drafted.original.sha256,
        "reader": drafted.reader,
        "verdict": drafted.judgement.verdict.word(),
        "reasons": drafted.judgement.reasons,
        "blocks": drafted.blocks,
        "fields": drafted.known.fields.iter().map(|found| json!({
            "key": found.key, "value": found.value, "evidence": found.evidence, "sure": found.sure,
        })).collect::<Vec<_>>(),
        "removals": drafted.removals.iter().map(|removal| json!({
            "line": removal.line, "reason": removal.reason.words(), "text": removal.text,
        })).collect::<Vec<_>>(),
        "repairs": drafted.repairs.iter().map(|repair| json!({
            "line": repair.line, "rule": repair.rule.words(), "before": repair.before, "after": repair.after,
        })).collect::<Vec<_>>(),
        "doubts": drafted.doubts.iter().map(|doubt| json!({
            "line": doubt.line, "message": doubt.message, "help": doubt.help,
        })).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_of_many_files_is_one_line_and_the_worst_comes_first() {
        let problem = |code, path: &str, message: &str| {
            Diagnostic::new(code, Place::file(&path.into()), message).help(format!("help for {code:?}"))
        };
        let mut problems: Vec<Diagnostic> = ["e", "d", "c", "b", "a"]
            .iter()
            .map(|path| problem(Code::UnsureField, path, "the text does not state its `delegation`"))
            .collect();
        problems.extend(["w", "x", "y", "x"].map(|path| problem(Code::UnsureText, path, path)));
        problems.push(problem(Code::SuspectText, "s", "something may be missing"));
        problems.push(problem(Code::UnreadableOriginal, "z", "it cannot be read"));
        let reported: Vec<String> = summary(&problems).iter().map(|problem| problem.message.clone()).collect();
        assert_eq!(
            reported,
            [
                "it cannot be read",
                "something may be missing",
                "w (and 3 more like this, 3 files: w, x, y)",
                "the text does not state its `delegation` (5 files: a, b, c, …)",
            ]
        );
    }
}
