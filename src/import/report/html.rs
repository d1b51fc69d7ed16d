//! What was made from all files -> the report as a page: each original as it was read, next to its draft.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::entry::{Entry, worst_first};
use crate::diagnostic::{Diagnostic, Severity};
use crate::import::item::{Drafted, Outcome, SideBySide};
use crate::import::mended::{Removal, Repair};
use crate::language::scripts::is_direction_control;

/// The maximum number of lines of one text that are shown; no statement has as many.
const MOST: usize = 5000;

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
    <title>Import report</title>\n<style>\n";

/// Returns the page. It is self-contained: nothing is loaded and no script runs.
pub fn page(entries: &[Entry<'_>]) -> String {
    let entries = worst_first(entries);
    let mut out = format!("{HEAD}{}</style>\n</head>\n<body>\n<h1>Import report</h1>\n", include_str!("page.css"));
    let to_review = entries.iter().filter(|entry| !entry.problems.is_empty()).count();
    let _ = writeln!(out, "<p>{} files; {to_review} need review. The worst come first.</p>", entries.len());
    out.push_str("<table>\n<thead><tr><th>File</th><th>Result</th><th>To review</th></tr></thead>\n<tbody>\n");
    for (number, entry) in entries.iter().enumerate() {
        let _ = writeln!(
            out,
            "<tr><td><a href=\"#f{number}\">{}</a></td><td>{}</td><td>{}</td></tr>",
            escaped(entry.path),
            escaped(&entry.outcome()),
            entry.problems.len()
        );
    }
    out.push_str("</tbody>\n</table>\n");
    for (number, entry) in entries.iter().enumerate() {
        let _ = writeln!(out, "<section id=\"f{number}\">\n<h2>{}</h2>", escaped(entry.path));
        let original = entry.original.as_ref().map(|link| format!(" <a href=\"{}\">Original</a>", escaped(link)));
        let _ = writeln!(out, "<p>{}{}</p>", escaped(&entry.outcome()), original.unwrap_or_default());
        problems(&mut out, entry.problems);
        if let Some(Outcome::Drafted(drafted)) = entry.item.map(|item| &item.outcome) {
            of_draft(&mut out, drafted);
        }
        out.push_str("</section>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn problems(out: &mut String, problems: &[Diagnostic]) {
    if problems.is_empty() {
        return;
    }
    out.push_str("<h3>To review</h3>\n<ul>\n");
    for problem in problems {
        let class = if problem.severity() == Severity::Error { " class=\"bad\"" } else { "" };
        let line = problem.place.as_ref().filter(|place| place.line > 0);
        let line = line.map_or_else(String::new, |place| format!("line {}: ", place.line));
        let help = problem.help.as_deref().unwrap_or_default();
        let _ = writeln!(
            out,
            "<li{class}>{line}{} <span class=\"why\">({}; {})</span></li>",
            escaped(&problem.message),
            problem.code.word(),
            escaped(help)
        );
    }
    out.push_str("</ul>\n");
}

fn of_draft(out: &mut String, drafted: &Drafted) {
    let _ = writeln!(
        out,
        "<h3>Front matter</h3>\n<table>\n<thead><tr><th>Key</th><th>Value</th><th>How it was found</th></tr></thead>\n<tbody>"
    );
    for found in &drafted.known.fields {
        let unsure = if found.sure { "" } else { "<span class=\"bad\">not sure</span>: " };
        let (value, evidence) = (escaped(&found.value), escaped(&found.evidence));
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td dir=\"auto\">{value}</td><td>{unsure}<bdi>{evidence}</bdi></td></tr>",
            found.key
        );
    }
    out.push_str("</tbody>\n</table>\n");
    let left_out: Vec<&Removal> = drafted.removals.iter().filter(|removal| removal.line == 0).collect();
    if !left_out.is_empty() {
        out.push_str("<h3>Left out</h3>\n<ul>\n");
        for removal in left_out {
            let (text, why) = (escaped(&removal.text), removal.reason.words());
            let _ = writeln!(out, "<li dir=\"auto\"><del>{text}</del> <span class=\"why\">({why})</span></li>");
        }
        out.push_str("</ul>\n");
    }
    match &drafted.text {
        Some(text) => sides(out, drafted, text),
        None => out.push_str("<p class=\"why\">Its text is not shown; import it by itself to see it.</p>\n"),
    }
}

/// Shows lines and blocks side by side: next to each block, the lines from its first to the one before the next block's.
fn sides(out: &mut String, drafted: &Drafted, text: &SideBySide) {
    let removed: BTreeMap<u32, &Removal> = drafted.removals.iter().map(|removal| (removal.line, removal)).collect();
    let mut repaired: BTreeMap<u32, Vec<&Repair>> = BTreeMap::new();
    for repair in &drafted.repairs {
        repaired.entry(repair.line).or_default().push(repair);
    }
    out.push_str(
        "<h3>Original and draft</h3>\n<table class=\"sides\">\n<thead><tr><th>Original, as it was read</th><th>Draft</th></tr></thead>\n<tbody>\n",
    );
    let mut lines = text.lines.iter().take(MOST).peekable();
    // Lines come in order, so one pass over them serves all blocks.
    for (number, (_, block)) in text.blocks.iter().enumerate() {
        let next = text.blocks.get(number + 1).map_or(u32::MAX, |(line, _)| *line);
        let mut of_block: Vec<&Repair> = Vec::new();
        out.push_str("<tr><td class=\"text\">");
        while let Some((line, words)) = lines.next_if(|(line, _)| *line < next) {
            let repairs = repaired.get(line).map_or(&[][..], Vec::as_slice);
            of_block.extend(repairs);
            let words = marked(words, repairs.iter().map(|repair| repair.before.as_str()), "mark");
            let words = match removed.get(line) {
                Some(removal) => format!("<del>{words}</del> <span class=\"why\">({})</span>", removal.reason.words()),
                None => words,
            };
            let _ = write!(out, "<p dir=\"auto\"><bdi class=\"number\">{line}</bdi> {words}</p>");
        }
        // Repairs are marked on both sides: what was there, and what it became.
        let block = marked(block, of_block.iter().map(|repair| repair.after.as_str()), "ins");
        let _ = write!(out, "</td>\n<td class=\"text\"><p dir=\"auto\">{block}</p>");
        for repair in of_block {
            let (before, after) = (escaped(&repair.before), escaped(&repair.after));
            let (line, what) = (repair.line, repair.rule.words());
            let _ = write!(out, "<p class=\"why\">line {line}, {what}: <bdi>{before}</bdi> → <bdi>{after}</bdi></p>");
        }
        out.push_str("</td></tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
    if text.lines.len() > MOST {
        let _ = writeln!(out, "<p class=\"bad\">Only the first {MOST} lines of the original are shown.</p>");
    }
}

/// Returns a text escaped, with the first occurrence of each needle wrapped in an element.
fn marked<'a>(text: &str, needles: impl Iterator<Item = &'a str>, element: &str) -> String {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for needle in needles.filter(|needle| !needle.trim().is_empty()) {
        let found = text.match_indices(needle).map(|(at, _)| (at, at + needle.len()));
        let free = |(from, to): &(usize, usize)| places.iter().all(|(start, end)| to <= start || end <= from);
        let first = found.into_iter().find(free);
        places.extend(first);
    }
    places.sort_unstable();
    let (mut out, mut at) = (String::new(), 0);
    for (from, to) in places {
        let _ = write!(out, "{}<{element}>{}</{element}>", escaped(&text[at..from]), escaped(&text[from..to]));
        at = to;
    }
    out + &escaped(&text[at..])
}

/// Returns a text escaped for HTML; characters that would turn the page's direction are shown by their code.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if is_direction_control(c) => {
                let _ = write!(out, "<bdi class=\"sign\">U+{:04X}</bdi>", u32::from(c));
            }
            c if c.is_control() && c != '\n' && c != '\t' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(escaped("<b>&\"\u{202e}\u{1b}"), "&lt;b&gt;&amp;&quot;<bdi class=\"sign\">U+202E</bdi>\u{fffd}");
        assert_eq!(marked("U nited < U nited", ["U nited"].into_iter(), "mark"), "<mark>U nited</mark> &lt; U nited");
        assert_eq!(
            marked("a a b", ["a", "a", "a b"].into_iter(), "ins"),
            "<ins>a</ins> <ins>a</ins> b",
            "places do not overlap"
        );
    }
}
