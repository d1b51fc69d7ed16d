//! Words or a quotation -> the paragraphs that contain them.

use std::collections::HashSet;
use std::io::Read;
use std::path::Path;

use anyhow::Context;
use plenary::bulk::condition::Condition;
use plenary::bulk::selection::Selection;
use plenary::search::find::{self, Found, Scored};
use plenary::search::marks::{Mark, best_rows};
use plenary::search::query::Query;
use plenary::search::quote::{self, Checked, Piece};
use plenary::search::reader::Reader;
use plenary::search::text::Text;
use plenary::sources::Sources;
use serde_json::json;
use unicode_normalization::UnicodeNormalization;

use super::arguments::{Output, Search};
use super::bulk::Desk;
use super::screen::{RED, YELLOW, count, data, paint, print_message};
use super::site::make;
use super::view::print_error_count;
use super::{Failure, Outcome};

/// The default number of results printed for people.
const SHOWN: usize = 10;

/// The number of paragraphs per result printed for people.
const PARAGRAPHS: usize = 3;

/// Makes the search index of the site, and prints what is found.
pub(crate) fn run(arguments: &Search, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    let site = make(&Sources::scan(folder), arguments.choice.settings(), quiet);
    print_error_count(&site.diagnostics);
    let Some(index) = site.index() else {
        return Err(Failure::Usage("the site has no search: site.toml says `enabled = false` below `[search]`".into()));
    };
    let reader = Reader::open(&index).context("the search index cannot be read")?;
    match &arguments.quote {
        Some(file) => check(arguments, &reader, file),
        None => search(arguments, &reader, folder, quiet),
    }
}

/// Returns the ids of the statements that meet conditions which the index cannot answer; `None` if there are none.
fn chosen(arguments: &Search, folder: &Path) -> Result<Option<HashSet<Box<str>>>, Failure> {
    let rest: Vec<Condition> = arguments.conditions.iter().filter(|of| of.of_index().is_none()).cloned().collect();
    if rest.is_empty() {
        return Ok(None);
    }
    let desk = Desk::open(folder, false)?;
    let selection = Selection { conditions: rest, ..Selection::default() };
    let texts = desk.chosen(&selection, &desk.names())?;
    Ok(Some(texts.into_iter().map(|text| text.id.clone()).collect()))
}

fn search(arguments: &Search, reader: &Reader<'_>, folder: &Path, quiet: bool) -> Result<Outcome, Failure> {
    // A shell removes quotation marks, so an argument with spaces is a phrase only if quotation marks are left in it.
    let words: String = arguments.words.join(" ").nfc().collect();
    let query = Query::parse(&words);
    let columns = arguments.conditions.iter().filter_map(Condition::of_index);
    let columns: Vec<(String, String)> = columns.map(|(column, value)| (column.to_owned(), value.to_owned())).collect();
    let Found { mut results, marks, missing } = find::find(reader, &query, &columns);
    if let Some(chosen) = chosen(arguments, folder)? {
        let id = |of: &Scored| reader.text(of.text.0, of.text.1).map(|text| text.head.id);
        results.retain(|of| id(of).is_some_and(|id| chosen.contains(&*id)));
    }
    let label = query.label.as_deref();
    if let Some(label) = label {
        let has = |text: Text| (0..text.rows.len()).any(|row| text.is_labelled(row, label));
        results.retain(|of| reader.text(of.text.0, of.text.1).is_some_and(has));
    }
    let shown = arguments.limit.unwrap_or(if arguments.format == Output::Json { usize::MAX } else { SHOWN });
    for result in results.iter().take(shown) {
        let Some(text) = reader.text(result.text.0, result.text.1) else { continue };
        print(arguments, &best_rows(&text, &marks, label), &marks, result, &text)?;
    }
    if arguments.format == Output::Human && !quiet {
        for (word, near) in missing {
            let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            print_message(&format!("no text has `{word}`{near}"));
        }
        let found = count(results.len(), "statement");
        match results.len() > shown {
            true => print_message(&format!("Found {found}; `--limit {}` prints them all", results.len())),
            false => print_message(&format!("Found {found}")),
        }
    }
    Ok(Outcome::Done)
}

fn print(arguments: &Search, rows: &[u32], marks: &[Mark], result: &Scored, text: &Text) -> anyhow::Result<()> {
    if arguments.format == Output::Json {
        let mut anchors: Vec<String> = Vec::new();
        for anchor in rows.iter().map(|row| text.anchor(*row as usize)) {
            if !anchor.is_empty() && !anchors.contains(&anchor) {
                anchors.push(anchor);
            }
        }
        let score = (result.score * 1000.0).round() / 1000.0;
        let object = json!({
            "statement": text.head.id, "language": text.head.language, "paragraphs": anchors, "score": score,
        });
        return data(&object.to_string());
    }
    data(&title(text))?;
    for row in rows.iter().take(PARAGRAPHS) {
        let words = text.rows.get(*row as usize).map_or("", |row| &*row.words);
        data(&format!("  {}  {}", place(text, *row), excerpt(words, marks)))?;
    }
    Ok(())
}

/// Returns the title and the path of a text.
fn title(text: &Text) -> String {
    let head = &text.head;
    let named = [&*text.rows[0].words, &*head.delegation, &*head.date, &*head.url];
    named.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Returns the address of a row by its anchor; the title has none.
fn place(text: &Text, row: u32) -> String {
    match text.anchor(row as usize) {
        anchor if anchor.is_empty() => "title".to_owned(),
        anchor => format!("#{anchor}"),
    }
}

/// The length of an excerpt, in characters.
const EXCERPT: usize = 160;

/// Returns the part of a row around the first match.
fn excerpt(words: &str, marks: &[Mark]) -> String {
    let first = marks.iter().filter_map(|mark| mark.first_in(words)).min();
    let at = words[..first.unwrap_or(0)].chars().count();
    let start = at.saturating_sub(EXCERPT / 3);
    let part: String = words.chars().skip(start).take(EXCERPT).collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if words.chars().count() > start + EXCERPT { "…" } else { "" };
    format!("{before}{}{after}", part.trim())
}

fn check(arguments: &Search, reader: &Reader<'_>, file: &Path) -> Result<Outcome, Failure> {
    let passage = if file == Path::new("-") {
        let mut passage = String::new();
        std::io::stdin().read_to_string(&mut passage).context("cannot read the standard input")?;
        passage
    } else {
        std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?
    };
    let passage: String = passage.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    let checked = quote::check(reader, &passage);
    let nearest = checked.as_ref().and_then(|checked| Some((checked, reader.text(checked.text.0, checked.text.1)?)));
    if arguments.format == Output::Json {
        data(&object(nearest.as_ref()).to_string())?;
        return Ok(Outcome::Done);
    }
    let Some((checked, text)) = nearest else {
        print_message("No text held has these words.");
        return Ok(Outcome::Done);
    };
    match (checked.found, checked.pieces.iter().all(|piece| matches!(piece, Piece::Same(_)))) {
        (true, true) => print_message("Word for word:"),
        (true, false) => print_message("Found, with these differences:"),
        (false, _) => print_message("No text held has this passage. The nearest:"),
    }
    data(&title(&text))?;
    data(&format!(
        "  {}  {}",
        place(&text, checked.row),
        checked.pieces.iter().map(shown).collect::<Vec<_>>().join(" ")
    ))?;
    Ok(Outcome::Done)
}

/// Formats a piece like a word diff: `[-said-]`, `{+quoted+}`.
fn shown(piece: &Piece) -> String {
    let said = |words: &str| paint(&format!("[-{words}-]"), YELLOW);
    let quoted = |words: &str| paint(&format!("{{+{words}+}}"), RED);
    match piece {
        Piece::Same(words) => words.clone(),
        Piece::Changed(was, is) => format!("{}{}", said(was), quoted(is)),
        Piece::LeftOut(words, _) => said(words),
        Piece::Added(words) => quoted(words),
    }
}

fn object(nearest: Option<&(&Checked, Text)>) -> serde_json::Value {
    let Some((checked, text)) = nearest else { return json!({"found": false}) };
    let pieces = checked.pieces.iter().map(|piece| match piece {
        Piece::Same(words) => json!({"same": words}),
        Piece::Changed(said, quoted) => json!({"said": said, "quoted": quoted}),
        Piece::LeftOut(words, marked) => json!({"left_out": words, "marked": marked}),
        Piece::Added(words) => json!({"added": words}),
    });
    json!({
        "found": checked.found, "statement": text.head.id, "language": text.head.language,
        "paragraph": text.anchor(checked.row as usize), "share": (checked.share * 1000.0).round() / 1000.0,
        "pieces": pieces.collect::<Vec<_>>(),
    })
}
