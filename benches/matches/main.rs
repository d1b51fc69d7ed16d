//! Finds the matches in the statements of a site, and prints how long it took and what was found.
//!
//! ```text
//! cargo bench --bench matches -- SITE [--pairs N] [--plant N] [--seed N]
//! ```
//!
//! `--pairs` draws this many matches by the printed seed and shows what they share. `--plant` copies, for this many
//! seeds in turn, words of some statements into others, unchanged and with some words changed, and prints which were
//! found. It also plants courtesies, and paragraphs of held-out statements, which should not be found, and prints those
//! that are.
#![expect(clippy::disallowed_methods, reason = "a measurement reads clocks, files and its own process")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]

mod planted;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use plenary::collect::matches::{ComparedText, Match, Matches};
use plenary::compare::extent::Extent;
use plenary::config::Config;
use plenary::read::statement::Statement;
use plenary::read::{self, Content, Options};
use plenary::stamp::{Stamp, Stamped};
use rayon::prelude::*;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [site, options @ ..] = &arguments[..] else { anyhow::bail!("which site?") };
    let option = |name: &str| options.iter().position(|option| option == name).and_then(|at| options.get(at + 1));
    let number = |name: &str| option(name).map(|number| number.parse::<u64>()).transpose();
    let drawn = number("--pairs")?.unwrap_or(0);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    let seed = number("--seed")?.unwrap_or(now.subsec_nanos().into());
    let statements = statements(&PathBuf::from(site))?;
    if let Some(seeds) = number("--plant")? {
        return planted::run(&statements, seed, seeds);
    }
    let bytes: usize = statements.iter().map(|statement| statement.body.text.len()).sum();
    let paragraphs: usize = statements.iter().map(|statement| statement.body.paragraphs.len()).sum();
    let texts: Vec<ComparedText<'_>> =
        statements.iter().map(|statement| ComparedText { statement, delegation: speaker(statement) }).collect();
    let (start, before) = (Instant::now(), processor_seconds());
    let mut matches = Matches::default();
    matches.update(&texts);
    println!(
        "{} statements, {paragraphs} paragraphs, {:.1} MB; joined in {:.2} s, {:.2} CPU s",
        texts.len(),
        bytes as f64 / 1e6,
        start.elapsed().as_secs_f64(),
        processor_seconds() - before
    );
    let start = Instant::now();
    let mut fewer = texts;
    for at in 0..20 {
        let taken = fewer.remove(at * 100 % fewer.len());
        matches.update(&fewer);
        fewer.push(taken);
        matches.update(&fewer);
    }
    println!("one statement taken out or put in: {:.1} ms", start.elapsed().as_secs_f64() * 1000.0 / 40.0);
    let mut pairs: Vec<Match<'_>> = statements
        .iter()
        .flat_map(|statement| matches.of(&statement.path))
        .filter(|one| one.statement.path < one.other.path)
        .collect();
    let count = |extent: Extent| pairs.iter().filter(|one| one.extent == extent).count();
    println!(
        "{} pairs: {} whole, {} verbatim in part, {} changed",
        pairs.len(),
        count(Extent::Whole),
        count(Extent::Verbatim),
        count(Extent::Changed)
    );
    println!("seed {seed}");
    let mut state = seed;
    for _ in 0..drawn.min(pairs.len() as u64) {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let one = pairs.swap_remove((state >> 33) as usize % pairs.len());
        let reported = |statement: &Statement, paragraph: u32, words: &std::ops::Range<u32>| {
            format!("{} p{}: {}", statement.id, paragraph + 1, statement.body.words(words))
        };
        println!("\n{:?} {}", one.extent, reported(one.statement, one.paragraph, &one.words));
        println!("  {}", reported(one.other, one.other_paragraph, &one.other_words));
    }
    Ok(())
}

fn speaker(statement: &Statement) -> u32 {
    Stamp::of(&statement.front.delegation.as_ref().map(|named| named.text.clone())).low()
}

fn statements(site: &std::path::Path) -> anyhow::Result<Vec<Stamped<Statement>>> {
    let files = walkdir::WalkDir::new(site.join("content/statements")).sort_by_file_name().into_iter().flatten();
    let paths: Vec<PathBuf> = files
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    let read = paths.par_iter().map(|path| {
        let name: Arc<str> = path.strip_prefix(site)?.to_string_lossy().into();
        Ok(read_text(&name, &std::fs::read(path)?))
    });
    Ok(read.collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

fn read_text(name: &Arc<str>, bytes: &[u8]) -> Option<Stamped<Statement>> {
    match read::read(name, bytes, &Options::new(&Config::default())).content {
        Some(Content::Statement(statement)) => Some(statement),
        _ => None,
    }
}

/// Returns the processor time that this process has used, of all its threads, in seconds.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / 100.0
}
