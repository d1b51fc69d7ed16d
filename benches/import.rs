//! Measures the import of a folder of texts whose speakers are known, up to the drafts, with nothing written.
//!
//! ```text
//! cargo bench --bench import -- --texts FOLDER [--language en] [--drafts FOLDER] [--wrong N]
//! ```
//!
//! `FOLDER/index.csv` has the columns path, iso3 and session, such as the UN General Debate corpus. The rules that know
//! delegations were tuned on the sessions that can be divided by four; the others are held out and reported separately.
//! The names of the files are hidden from the import. `--language` is that of all texts; `--drafts` keeps the drafts,
//! to be looked at; `--wrong` lists files.
#![expect(clippy::disallowed_methods, reason = "a measurement reads clocks and files")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use anyhow::Context as _;
use plenary::import::item::{Drafted, Outcome, of_original};
use plenary::import::knowing::Context;
use plenary::import::original::Original;
use plenary::import::reading::Ocr;
use rayon::prelude::*;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let options: BTreeMap<&str, &str> = arguments
        .chunks(2)
        .filter_map(|pair| Some((pair.first()?.strip_prefix("--")?, pair.get(1)?.as_str())))
        .collect();
    let Some(folder) = options.get("texts").map(Path::new) else {
        println!("--texts FOLDER is needed: a folder with index.csv (path, iso3, session)");
        return Ok(());
    };
    let rows = index(&folder.join("index.csv"))?;
    let texts: Vec<Vec<u8>> = rows.iter().map(|row| std::fs::read(folder.join(&row.path))).collect::<Result<_, _>>()?;
    let bytes: usize = texts.iter().map(Vec::len).sum();
    let context = Context::default();
    let started = Instant::now();
    let outcomes: Vec<Outcome> = texts
        .par_iter()
        .map(|text| of_original(Original::new("hidden.txt", None, text.as_slice()), Ocr::Never, &context))
        .collect();
    let took = started.elapsed().as_secs_f64();
    println!(
        "{} files, {:.1} MB, in {took:.1} s ({:.0} a second)",
        rows.len(),
        bytes as f64 / 1e6,
        rows.len() as f64 / took
    );
    let language = options.get("language").copied().unwrap_or("en");
    let mut tally = Tally::default();
    for ((row, text), outcome) in rows.iter().zip(&texts).zip(&outcomes) {
        tally.add(row, &String::from_utf8_lossy(text), outcome, language);
        if let (Some(drafts), Outcome::Drafted(drafted)) = (options.get("drafts"), outcome) {
            let file = Path::new(drafts).join(&row.path).with_extension("md");
            std::fs::create_dir_all(file.parent().context("a file lies in a folder")?)?;
            std::fs::write(file, drafted.draft.text("original.txt", &drafted.original, &[]))?;
        }
    }
    tally.print(options.get("wrong").and_then(|number| number.parse().ok()).unwrap_or(0));
    Ok(())
}

struct Row {
    path: String,
    code: String,
    /// Whether it was not looked at when the rules were tuned.
    held_out: bool,
}

fn index(file: &Path) -> anyhow::Result<Vec<Row>> {
    let mut reader = csv::Reader::from_path(file).with_context(|| file.display().to_string())?;
    let header = reader.headers()?.clone();
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row?;
        let column = |name: &str| {
            let at = header.iter().position(|column| column == name);
            at.and_then(|at| row.get(at)).unwrap_or_default().to_owned()
        };
        let held_out = column("session").parse::<u32>().is_ok_and(|session| session % 4 != 0);
        rows.push(Row { path: column("path"), code: column("iso3"), held_out });
    }
    Ok(rows)
}

/// One code for a state and the one that went on with its seat, where an index does not distinguish them.
const SAME: [(&str, &str); 2] = [("SUN", "RUS"), ("SCG", "YUG")];

fn code(code: &str) -> &str {
    SAME.iter().find(|(of, _)| *of == code).map_or(code, |(_, same)| same)
}

/// The results for all files.
#[derive(Default)]
struct Tally {
    drafted: usize,
    suspect: usize,
    unreadable: Vec<String>,
    differing: Vec<String>,
    wrapped: usize,
    still_wrapped: Vec<String>,
    right: usize,
    wrong: Vec<String>,
    unsure: usize,
    /// All, right and wrong of those that are held out.
    held_out: [usize; 3],
    language_right: usize,
    language_wrong: Vec<String>,
    removals: usize,
    repairs: BTreeMap<&'static str, usize>,
    doubts: usize,
    blocks: usize,
    huge: usize,
}

impl Tally {
    fn add(&mut self, row: &Row, text: &str, outcome: &Outcome, language: &str) {
        let drafted = match outcome {
            Outcome::Drafted(drafted) => drafted,
            Outcome::Unreadable(why) => return self.unreadable.push(format!("{}: {}", row.path, why.message)),
            Outcome::Refused(difference) => return self.differing.push(format!("{}: {difference:?}", row.path)),
        };
        self.drafted += 1;
        if !drafted.judgement.reasons.is_empty() {
            self.suspect += 1;
        }
        self.removals += drafted.removals.len();
        self.doubts += drafted.doubts.len();
        for repair in &drafted.repairs {
            *self.repairs.entry(repair.rule.words()).or_default() += 1;
        }
        self.knowledge(row, drafted, language);
        let blocks: Vec<&str> = drafted.draft.body.split("\n\n").map(str::trim).collect();
        self.blocks += blocks.len();
        self.huge += blocks.iter().filter(|block| block.len() > 3000).count();
        if is_hard_wrapped(text) {
            self.wrapped += 1;
            let broken = blocks.windows(2).filter(|pair| is_broken(pair[0], pair[1])).count();
            if broken * 50 > blocks.len() || blocks.iter().map(|block| block.len()).sum::<usize>() < 150 * blocks.len()
            {
                self.still_wrapped.push(format!("{}: {broken} of {} blocks", row.path, blocks.len()));
            }
        }
    }

    fn knowledge(&mut self, row: &Row, drafted: &Drafted, language: &str) {
        let found = drafted.known.get("delegation").filter(|found| found.sure);
        if row.held_out {
            self.held_out[0] += 1;
            if let Some(found) = found {
                self.held_out[if code(&found.value) == code(&row.code) { 1 } else { 2 }] += 1;
            }
        }
        match found {
            Some(found) if code(&found.value) == code(&row.code) => self.right += 1,
            Some(found) => self.wrong.push(format!("{}: {} ({})", row.path, found.value, found.evidence)),
            None => self.unsure += 1,
        }
        match drafted.known.get("language") {
            Some(found) if found.sure && found.value == language => self.language_right += 1,
            Some(found) if found.sure => self.language_wrong.push(format!("{}: {}", row.path, found.value)),
            _ => {}
        }
    }

    fn print(&self, listed: usize) {
        let all = self.drafted + self.unreadable.len() + self.differing.len();
        let share =
            |part: usize, of: usize| format!("{part} of {of} ({:.2} %)", 100.0 * part as f64 / of.max(1) as f64);
        println!("drafted            {}", share(self.drafted, all));
        println!("to be compared     {}", share(self.suspect, all));
        println!("word check holds   {}", share(self.drafted, self.drafted + self.differing.len()));
        println!("hard wraps gone    {}", share(self.wrapped - self.still_wrapped.len(), self.wrapped));
        println!("delegation right   {}", share(self.right, all));
        println!("delegation wrong   {}", share(self.wrong.len(), all));
        println!("delegation unsure  {}", share(self.unsure, all));
        let [held_out, right, wrong] = self.held_out;
        println!("held out: right    {}; wrong {}", share(right, held_out), share(wrong, held_out));
        println!("language right     {}", share(self.language_right, all));
        println!("language wrong     {}", share(self.language_wrong.len(), all));
        println!("blocks             {}, of more than 3000 bytes {}", self.blocks, self.huge);
        println!("lines taken out    {}; doubts {}; repairs {:?}", self.removals, self.doubts, self.repairs);
        for (what, list) in [
            ("differs", &self.differing),
            ("unreadable", &self.unreadable),
            ("still wrapped", &self.still_wrapped),
            ("wrong delegation", &self.wrong),
            ("wrong language", &self.language_wrong),
        ] {
            list.iter().take(listed).for_each(|line| println!("{what}: {line}"));
        }
    }
}

/// Returns whether a text's lines were broken at a width: most have about that length, and end in mid-sentence.
fn is_hard_wrapped(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let as_lines = lines.iter().filter(|line| (30..=100).contains(&line.chars().count())).count();
    let open = lines.iter().filter(|line| !line.ends_with(['.', '!', '?', ':', ';', '"', '”'])).count();
    lines.len() >= 20 && as_lines * 10 > lines.len() * 6 && open * 2 > lines.len()
}

/// Returns whether a sentence continues from one block to the next. A block quotation may begin in any way.
fn is_broken(block: &str, next: &str) -> bool {
    block.ends_with(char::is_alphanumeric) && next.starts_with(char::is_lowercase)
}
