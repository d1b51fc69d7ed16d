//! Draws citations of documents from a folder of plain texts, and other places that look like citations, to be judged.
//!
//! ```text
//! cargo bench --bench documents -- FOLDER [SEED]
//! ```
//!
//! A loose pattern matches anything with a slash or bracket and a digit, as in symbols, or a number after "resolution".
//! The draw depends only on the seed and the texts. Each line is the kind, the symbol, and the words around it.
#![expect(clippy::disallowed_methods, reason = "a measurement reads clocks, files and its own process")]
#![expect(clippy::print_stdout, reason = "its result is what it prints")]

#[path = "shared/drawn.rs"]
mod drawn;

use std::ops::Range;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use drawn::{around, draw};
use plenary::config::Html;
use plenary::read::documents;
use plenary::read::markdown;

/// How many of each to draw.
const DRAWN: usize = 200;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let folder = PathBuf::from(arguments.next().ok_or_else(|| anyhow::anyhow!("which folder?"))?);
    let seed: u64 = arguments.next().map_or(Ok(1), |seed| seed.parse())?;
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let texts = files.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|end| end == "txt"));
    let (mut links, mut loose) = (Vec::new(), Vec::new());
    let (mut count, mut bytes, mut time) = (0, 0, Duration::ZERO);
    for path in texts {
        let text = String::from_utf8_lossy(&std::fs::read(path)?).into_owned();
        let (body, _) = markdown::parse(&text, 1, Html::Escape, true);
        let start = Instant::now();
        let found = documents::find(&body);
        time += start.elapsed();
        (count, bytes) = (count + 1, bytes + text.len());
        let known: Vec<Range<usize>> =
            found.iter().map(|citation| citation.text.start as usize..citation.text.end as usize).collect();
        for (citation, range) in found.iter().zip(&known).filter(|(_, range)| !range.is_empty()) {
            links.push((citation.symbol.to_string(), around(&body, range)));
        }
        let is_new =
            |range: &Range<usize>| known.iter().all(|known| known.end <= range.start || range.end <= known.start);
        loose.extend(looks(&body.text).into_iter().filter(is_new).map(|range| ("-".to_owned(), around(&body, &range))));
    }
    println!(
        "{count} texts, {:.1} MB, searched in {:.2} s; {} links, {} places besides; seed {seed}",
        bytes as f64 / 1e6,
        time.as_secs_f64(),
        links.len(),
        loose.len()
    );
    for (kind, all) in [("link", links), ("loose", loose)] {
        for (symbol, words) in draw(all, DRAWN, seed) {
            println!("{kind}\t{symbol}\t{words}");
        }
    }
    Ok(())
}

/// Finds what looks like a symbol, or like a resolution's number.
fn looks(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let is_inner = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'/');
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut add = |range: Range<usize>| {
        let is_apart = found.last().is_none_or(|last: &Range<usize>| last.end <= range.start);
        if is_apart && text[range.clone()].contains(|c: char| c.is_ascii_digit()) {
            found.push(range);
        }
    };
    for at in memchr::memchr3_iter(b'/', b'(', b'r', bytes) {
        let rest = &bytes[at..];
        match rest[0] {
            b'/' => {
                let before = bytes[..at].iter().rev().take_while(|byte| is_inner(byte)).count();
                add(at - before..at + 1 + rest[1..].iter().take_while(|byte| is_inner(byte)).count());
            }
            b'(' => {
                let before = text[..at].trim_end_matches(' ').bytes().rev().take_while(u8::is_ascii_digit).count();
                let inside = rest[1..].iter().take_while(|byte| is_inner(byte)).count();
                if before > 0 && inside > 0 && rest.get(1 + inside) == Some(&b')') {
                    let end = text[..at].trim_end_matches(' ').len();
                    add(end - before..at + inside + 2);
                }
            }
            _ => {
                let Some(after) = text[at..].strip_prefix("resolution") else { continue };
                let after = after.trim_start_matches('s').trim_start();
                let start = text.len() - after.len();
                add(start..start + after.bytes().take_while(|byte| is_inner(byte)).count());
            }
        }
    }
    found
}
