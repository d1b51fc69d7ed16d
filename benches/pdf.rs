//! How well PDFs are imported, compared with people's transcripts.
//!
//! ```text
//! cargo bench --bench pdf -- FOLDER [TRUTH] [--ocr] [--missed]
//! ```
//!
//! FOLDER holds PDFs and an `index.csv` with the columns `file`, `lang` (BCP 47) and `text_quality` (`ok`, `garbled`,
//! `none`). With `--ocr`, pages without a usable text layer are read by tesseract. TRUTH holds `NAME.txt` for some of
//! them: the body of the text, one paragraph per line; `--missed` prints those that are not a paragraph of the draft.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a command for measuring, not part of the program"
)]

use std::collections::BTreeMap;
use std::path::Path;

use plenary::import::item::{Drafted, Outcome, of_original};
use plenary::import::judging::Verdict;
use plenary::import::knowing::Context;
use plenary::import::original::Original;
use plenary::import::reading::Ocr;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

fn main() {
    let (options, arguments): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let has = |name: &str| options.iter().any(|option| option == name);
    let ocr = if has("--ocr") { Ocr::Auto } else { Ocr::Never };
    let [folder, truth @ ..] = arguments.as_slice() else {
        println!("nothing to measure: cargo bench --bench pdf -- FOLDER [TRUTH]");
        return;
    };
    let folder = Path::new(folder);
    let index = index(folder);
    let context = Context::default();
    let outcomes: Vec<(&Row, Outcome)> = index
        .par_iter()
        .map(|row| {
            (
                row,
                of_original(
                    Original::new(&row.file, None, std::fs::read(folder.join(&row.file)).unwrap()),
                    ocr,
                    &context,
                ),
            )
        })
        .collect();
    verdicts(&outcomes);
    languages(&outcomes);
    if let Some(truth) = truth.first() {
        paragraphs(&outcomes, Path::new(truth), has("--missed"));
    }
}

/// A line of the index.
struct Row {
    file: String,
    language: String,
    quality: String,
}

fn index(folder: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(folder.join("index.csv")).unwrap();
    let rows = reader.deserialize::<BTreeMap<String, String>>().map(|row| {
        let mut row = row.unwrap();
        let mut take = |key: &str| row.remove(key).unwrap();
        Row { file: take("file"), language: take("lang"), quality: take("text_quality") }
    });
    rows.collect()
}

fn drafted(outcome: &Outcome) -> Option<&Drafted> {
    match outcome {
        Outcome::Drafted(drafted) => Some(drafted),
        _ => None,
    }
}

fn verdicts(outcomes: &[(&Row, Outcome)]) {
    let mut agree = 0;
    println!("verdicts that differ from the index:");
    for (row, outcome) in outcomes {
        let (verdict, why) = match outcome {
            Outcome::Drafted(drafted) => (drafted.judgement.verdict, drafted.judgement.reasons.join("; ")),
            Outcome::Unreadable(why) => (Verdict::Unreadable, why.message.clone()),
            Outcome::Refused(difference) => (Verdict::Unreadable, format!("{difference:?}")),
        };
        let expected = if row.quality == "ok" { Verdict::Ok } else { Verdict::Unreadable };
        if verdict == expected {
            agree += 1;
        } else {
            println!("  {}: {} for {} ({why})", row.file, verdict.word(), row.quality);
        }
    }
    println!("verdicts: {agree} of {} agree\n", outcomes.len());
}

fn languages(outcomes: &[(&Row, Outcome)]) {
    let (mut right, mut reported) = (0, 0);
    for (row, outcome) in outcomes {
        let readable = drafted(outcome).filter(|drafted| drafted.judgement.verdict != Verdict::Unreadable);
        let Some(found) = readable.and_then(|drafted| drafted.known.get("language")).filter(|found| found.sure) else {
            println!("  {}: language not reported", row.file);
            continue;
        };
        reported += 1;
        if found.value.split('-').next() == row.language.split('-').next() {
            right += 1;
        } else {
            println!("  {}: {} for {}", row.file, found.value, row.language);
        }
    }
    println!("languages: {right} right of {reported} reported, of {}\n", outcomes.len());
}

/// Prints how many paragraphs of the truth are paragraphs of the draft, by letters and digits, and which are not.
fn paragraphs(outcomes: &[(&Row, Outcome)], truth: &Path, show_missed: bool) {
    let (mut all, mut all_exact) = (0, 0);
    for (row, outcome) in outcomes {
        let stem = row.file.trim_end_matches(".pdf");
        let Ok(text) = std::fs::read_to_string(truth.join(format!("{stem}.txt"))) else { continue };
        let body = drafted(outcome).map_or("", |drafted| drafted.draft.body.as_str());
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for line in body.lines() {
            *found.entry(letters(line)).or_default() += 1;
        }
        let (mut exact, mut wanted) = (0, 0);
        let mut missed = Vec::new();
        for line in text.lines().filter(|line| !letters(line).is_empty()) {
            wanted += 1;
            match found.get_mut(&letters(line)).filter(|count| **count > 0) {
                Some(count) => {
                    *count -= 1;
                    exact += 1;
                }
                None => missed.push(line),
            }
        }
        println!("{}: {exact} of {wanted} paragraphs exact", row.file);
        if show_missed {
            for line in missed {
                println!("    {line}");
            }
        }
        all += wanted;
        all_exact += exact;
    }
    println!("paragraphs: {all_exact} of {all} exact");
}

fn letters(text: &str) -> String {
    text.nfkc().filter(|c| c.is_alphanumeric() && *c != '\u{640}').collect()
}
