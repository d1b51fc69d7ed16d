//! Draws mentions in the texts of a site, and other places that look like the name of a state, to be judged.
//!
//! ```text
//! cargo bench --bench mentions -- SITE [SEED] [LANGUAGE]
//! ```
//!
//! Such a place is a capitalised word that begins like the one-word name of a state, where that state is neither linked
//! in the paragraph nor the speaking delegation. The draw depends only on the seed and the texts. Each line is the
//! kind, the page or state, and the words around.
#![expect(clippy::print_stdout, reason = "its result is what it prints")]

#[path = "shared/drawn.rs"]
mod drawn;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;

use aho_corasick::{AhoCorasick, MatchKind};
use drawn::{around, draw};
use plenary::collect::mentions::Naming;
use plenary::pipeline::{Pipeline, Settings};
use plenary::render::parts::{Parts, StatementParts};
use plenary::sources::Sources;

/// How many of each to draw.
const DRAWN: usize = 100;
/// A word looks like the name of a state by all letters but the last, if it has more than these; a Han name by all.
const SHORTEST: usize = 4;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let site = PathBuf::from(arguments.next().ok_or_else(|| anyhow::anyhow!("which site?"))?);
    let seed: u64 = arguments.next().map_or(Ok(1), |seed| seed.parse())?;
    let language = arguments.next();
    let site = Pipeline::new(Settings::default()).run(&Sources::scan(&site));
    let (mut named, mut loose) = (Vec::new(), Vec::new());
    let mut rooms: BTreeMap<String, usize> = BTreeMap::new();
    let (mut texts, mut bytes) = (0, 0);
    let mut stems: BTreeMap<String, Stems> = BTreeMap::new();
    for page in &site.pages {
        let Parts::StatementParts(parts) = &page.parts else { continue };
        let base = parts.statement.language.split('-').next().unwrap_or_default();
        if language.as_ref().is_some_and(|language| language != base) {
            continue;
        }
        let body = &parts.statement.body;
        (texts, bytes) = (texts + 1, bytes + body.text.len());
        for naming in parts.namings.iter() {
            *rooms.entry(naming.key.path().room().to_owned()).or_default() += 1;
            named.push((naming.key.path().url(), around(body, &range(naming))));
        }
        let stems = stems.entry(base.to_owned()).or_insert_with(|| Stems::of(base));
        loose.extend(stems.look(parts).into_iter().map(|(code, range)| (code, around(body, &range))));
    }
    println!(
        "{texts} texts, {:.1} MB; named {rooms:?}; {} places besides; seed {seed}",
        bytes as f64 / 1e6,
        loose.len()
    );
    for (kind, all) in [("named", named), ("loose", loose)] {
        for (what, words) in draw(all, DRAWN, seed) {
            println!("{kind}\t{what}\t{words}");
        }
    }
    Ok(())
}

fn range(naming: &Naming) -> Range<usize> {
    naming.text.start as usize..naming.text.end as usize
}

/// How the names of states begin that are one word.
struct Stems {
    search: AhoCorasick,
    codes: Vec<BTreeSet<String>>,
}

impl Stems {
    fn of(base: &str) -> Stems {
        let mut reader = csv::Reader::from_reader(include_str!("../src/shipped/names.csv").as_bytes());
        let mut stems: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let rows = reader.records().flatten().filter(|row| row[2].split(' ').any(|of| of == base) && &row[1] != "-");
        for row in rows.filter(|row| !row[0].contains(' ')) {
            let letters = row[0].chars().count();
            let is_han = row[0].chars().all(|c| c >= '\u{3040}');
            if is_han || letters > SHORTEST {
                let stem: String =
                    row[0].to_lowercase().chars().take(if is_han { letters } else { letters - 1 }).collect();
                stems.entry(stem).or_default().insert(row[1].to_lowercase());
            }
        }
        let (words, codes): (Vec<_>, Vec<_>) = stems.into_iter().unzip();
        let search = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
        Stems { search: search.expect("a few hundred stems fit into an automaton"), codes }
    }

    fn look(&self, parts: &StatementParts) -> Vec<(String, Range<usize>)> {
        let body = &parts.statement.body;
        let lower: String = body.text.chars().map(small).collect();
        let own = parts.facts.delegation.iter().filter_map(|delegation| delegation.key.as_ref());
        let own: Vec<String> = own.map(|key| key.path().url()).collect();
        let mut found: Vec<(String, Range<usize>)> = Vec::new();
        for hit in self.search.find_iter(&lower) {
            let range = hit.range();
            let before = lower[..range.start].chars().next_back();
            let is_small = body.text[range.clone()].starts_with(char::is_lowercase);
            let is_start = !is_small && before.is_none_or(|c| !c.is_alphabetic() || c >= '\u{600}');
            let codes = &self.codes[hit.pattern().as_usize()];
            let paragraph = body.paragraph_at(range.start as u32);
            let in_paragraph = parts.namings.iter().filter(|naming| body.paragraph_at(naming.text.start) == paragraph);
            let is_known = in_paragraph.clone().map(|naming| naming.key.path().url()).chain(own.iter().cloned());
            let is_known = is_known.into_iter().any(|url| codes.iter().any(|code| url.ends_with(&format!("/{code}/"))));
            let is_covered = in_paragraph
                .clone()
                .any(|naming| (naming.text.start as usize) < range.end && range.start < naming.text.end as usize);
            if is_start && !is_known && !is_covered {
                found.push((codes.iter().map(String::as_str).collect::<Vec<_>>().join(" "), range));
            }
        }
        found
    }
}

/// Returns the small letter, if it is as long.
fn small(c: char) -> char {
    let mut small = c.to_lowercase();
    small.next().filter(|small| small.len_utf8() == c.len_utf8()).unwrap_or(c)
}
