//! How well an import recognises what texts say about themselves, compared with people's answers.
//!
//! ```text
//! cargo bench --bench knowing -- FOLDER TRUTH.json… [--ocr] [--quiet]
//! ```
//!
//! Each TRUTH is a list of objects with `file`, a path in FOLDER, and the correct values under the keys of front
//! matter. `null` means that the text does not say it; a missing key is not measured. The names of the files are hidden
//! from the import. With `--ocr` pictures of pages are read by tesseract; `--quiet` leaves out the single mistakes.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a command for measuring, not part of the program"
)]

use std::path::Path;

use plenary::import::item::{Outcome, of_original};
use plenary::import::knowing::{Context, Found, Known};
use plenary::import::original::Original;
use plenary::import::reading::Ocr;
use rayon::prelude::*;
use serde_json::Value;

/// The fields that are measured, and their possible names in the truth, the closest first.
const FIELDS: [(&str, &[&str]); 8] = [
    ("delegation", &["delegation", "iso3"]),
    ("date", &["date"]),
    ("language", &["language"]),
    ("speaker", &["speaker"]),
    ("forum", &["forum"]),
    ("session", &["session_printed", "session"]),
    ("text_status", &["text_status"]),
    ("title", &["title"]),
];

fn main() {
    let (options, arguments): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let has = |name: &str| options.iter().any(|option| option == name);
    let ocr = if has("--ocr") { Ocr::Auto } else { Ocr::Never };
    let [folder, truths @ ..] = arguments.as_slice() else {
        println!("nothing to measure: cargo bench --bench knowing -- FOLDER TRUTH.json");
        return;
    };
    let mut rows: Vec<Value> = truths.iter().flat_map(|file| rows(Path::new(file))).collect();
    rows.sort_by_key(|row| row["file"].to_string());
    rows.dedup_by_key(|row| row["file"].to_string());
    let context = Context::default();
    let known: Vec<Known> = rows.par_iter().map(|row| known(Path::new(folder), row, ocr, &context)).collect();
    println!("{} files", rows.len());
    for (key, names) in FIELDS {
        let mut tally = Tally::default();
        for (row, known) in rows.iter().zip(&known) {
            if let Some(truth) = names.iter().find_map(|name| row.get(name)) {
                // A title that was made from the other fields or from the file's name is not counted as found.
                let found = known.get(key).filter(|found| key != "title" || found.evidence.starts_with("as printed"));
                tally.add(&row["file"], truth, found);
            }
        }
        tally.print(key, !has("--quiet"));
    }
}

fn rows(file: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap();
    let value: Value = serde_json::from_str(&text).unwrap();
    value.as_array().unwrap().clone()
}

fn known(folder: &Path, row: &Value, ocr: Ocr, context: &Context) -> Known {
    let file = folder.join(row["file"].as_str().unwrap());
    let ending = file.extension().unwrap().to_string_lossy().into_owned();
    let original = Original::new(format!("hidden.{ending}").as_str(), None, std::fs::read(&file).unwrap());
    match of_original(original, ocr, context) {
        Outcome::Drafted(drafted) => drafted.known,
        _ => Known::default(),
    }
}

/// The results for one field over all files.
#[derive(Default)]
struct Tally {
    said: usize,
    reported: usize,
    right: usize,
    unsure_right: usize,
    mistakes: Vec<String>,
}

impl Tally {
    fn add(&mut self, file: &Value, truth: &Value, found: Option<&Found>) {
        let said = !truth.is_null()
            && *truth != ""
            && ["family", "given"].iter().any(|key| truth.get(key).is_none_or(|name| !name.is_null()));
        self.said += usize::from(said);
        let Some(found) = found else {
            return if said {
                self.mistakes.push(format!("  {file}: nothing for {truth}"))
            };
        };
        let right = said && agree(found, truth);
        let file = format!("  {file}: {} for {truth} ({})", found.value, found.evidence);
        match (found.sure, right) {
            (true, true) => (self.reported, self.right) = (self.reported + 1, self.right + 1),
            (true, false) => {
                self.reported += 1;
                self.mistakes.push(format!("WRONG{file}"));
            }
            (false, true) => {
                self.unsure_right += 1;
                self.mistakes.push(format!("  unsure{file}"));
            }
            (false, false) => self.mistakes.push(format!("  unsure and not so{file}")),
        }
    }

    fn print(&mut self, key: &str, listed: bool) {
        let share = |part: usize, of: usize| if of == 0 { 1.0 } else { part as f64 / of as f64 };
        println!(
            "{key}: precision {:.3} ({} of {} reported), recall {:.3} ({} of {} said); {} more right but not sure",
            share(self.right, self.reported),
            self.right,
            self.reported,
            share(self.right, self.said),
            self.right,
            self.said,
            self.unsure_right
        );
        if listed {
            self.mistakes.sort_by_key(|mistake| !mistake.starts_with("WRONG"));
            self.mistakes.iter().for_each(|mistake| println!("{mistake}"));
        }
    }
}

/// Returns whether a value is correct: a date may be more exact, a speaker's family name must match.
fn agree(found: &Found, truth: &Value) -> bool {
    let written = truth.as_str().map_or_else(|| truth.to_string(), str::to_owned);
    match found.key {
        "date" if written.len() < 8 => found.value.starts_with(&written),
        "language" => found.value.split('-').next() == written.split('-').next(),
        "speaker" => {
            let object: Value = serde_yaml::from_str(&found.value).unwrap();
            let part = |key: &str| letters(object[key].as_str().unwrap_or_default());
            match truth {
                Value::Object(truth) => {
                    let truth = |key: &str| letters(truth[key].as_str().unwrap_or_default());
                    let named =
                        part("as_printed").contains(&truth("family")) && part("as_printed").contains(&truth("given"));
                    named && (part("family").is_empty() || part("family") == truth("family"))
                }
                _ => part("as_printed").contains(&letters(&written)),
            }
        }
        "title" => letters(&found.value) == letters(&written),
        _ => found.value == written,
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric() && *c != '\u{640}').flat_map(char::to_lowercase).collect()
}
