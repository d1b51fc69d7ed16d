//! The oracle: after every edit, what is kept and what is made anew together equal a clean build, byte for byte.
//!
//! And the proof that it can fail: with any one part left out of the stamps of any one kind of page, it does.
//! `ORACLE_SEQUENCES` says how many rows of edits are tried (500 by hand, after a change of the pipeline), and
//! `ORACLE_SEED` tries the one that a failure named.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use plenary::path::SitePath;
use plenary::pipeline::{Pipeline, Settings};
use plenary::render::page::Kind;
use plenary::sources::Sources;
use plenary::stamp::Stamp;

use crate::edits::World;
use crate::support::{Built, Bytes, Files, TestSite, clean, demo};

const SEQUENCES: u64 = 12;
/// A small site shows most mistakes soonest, a larger one has pages of lists and related statements.
const SIZES: &[usize] = &[3, 9, 20, 60];

fn sequences() -> (u64, u64) {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
    match number("ORACLE_SEED") {
        Some(seed) => (seed, seed + 1),
        None => (0, number("ORACLE_SEQUENCES").unwrap_or(SEQUENCES)),
    }
}

/// Returns the site that a sequence begins with: every fourth time the demonstration collection.
fn world(seed: u64) -> World {
    match seed % 5 {
        4 => World::of(demo(), seed),
        size => World::new(SIZES[size as usize], seed),
    }
}

fn length(world: &mut World) -> usize {
    20 + world.chance.below(31)
}

#[test]
fn after_every_edit_the_site_is_that_of_a_clean_build() {
    let (first, end) = sequences();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut edits = 0;
    for seed in first..end {
        let mut world = world(seed);
        let mut site = TestSite::of(world.files.clone(), Settings::default());
        site.build();
        for step in 0..length(&mut world) {
            let kind = world.edit();
            site.files.clone_from(&world.files);
            let (kept, fresh) = (site.build(), clean(&world.files));
            if let Some(difference) = kept.difference(&fresh) {
                panic!(
                    "ORACLE_SEED={seed}, edit {step}, {kind}: {}\n(first: kept, second: clean)\n{difference}",
                    world.told
                );
            }
            edits += 1;
            for path in &kept.rendered {
                *counts.entry((kind, kept.pages[path].0.word())).or_default() += 1;
            }
        }
    }
    println!("{edits} edits in {} sequences; pages made again:\n{}", end - first, table(&counts));
}

/// Lays the counts out: a row for each kind of edit, a column for each kind of page.
fn table(counts: &BTreeMap<(&str, &str), usize>) -> String {
    let columns: BTreeSet<&str> = counts.keys().map(|(_, page)| *page).collect();
    let rows: BTreeSet<&str> = counts.keys().map(|(edit, _)| *edit).collect();
    let mut out = format!("{:20}", "");
    for column in &columns {
        let _ = write!(out, "{column:>11}");
    }
    for row in rows {
        let _ = write!(out, "\n{row:20}");
        for column in &columns {
            let _ = write!(out, "{:>11}", counts.get(&(row, *column)).unwrap_or(&0));
        }
    }
    out
}

/// A program that forgets one part of one kind of page, and the pages that it keeps.
struct Mutant {
    dropped: (Kind, &'static str),
    pipeline: Pipeline,
    kept: BTreeMap<SitePath, (Stamp, Bytes)>,
}

impl Mutant {
    fn new(dropped: (Kind, &'static str)) -> Mutant {
        let settings = Settings { dropped: Some(dropped), ..Settings::default() };
        Mutant { dropped, pipeline: Pipeline::new(settings), kept: BTreeMap::new() }
    }

    /// Builds, and says whether a page was kept that a clean build makes otherwise. A page with a new stamp would be
    /// made of the same parts by the same function, so its bytes are taken from the clean build.
    fn is_stale(&mut self, files: &Files, fresh: &Built) -> bool {
        let site = self.pipeline.run(&Sources::from_map(files));
        let mut before = std::mem::take(&mut self.kept);
        let mut stale = false;
        for page in &site.pages {
            let (_, made) = &fresh.pages[&page.path];
            let kept = before.remove(&page.path).filter(|(stamp, _)| *stamp == page.stamp);
            stale |= kept.as_ref().is_some_and(|(_, kept)| kept != made);
            self.kept.insert(page.path.clone(), (page.stamp, kept.map_or_else(|| made.clone(), |(_, kept)| kept)));
        }
        stale
    }
}

/// Rows of edits within which every mutant must be found out.
const BUDGET: u64 = 60;

#[test]
fn whatever_part_is_forgotten_the_oracle_finds_it_out() {
    let mut seen: BTreeSet<(Kind, &'static str)> = BTreeSet::new();
    let mut caught: BTreeMap<(Kind, &'static str), u64> = BTreeMap::new();
    for seed in 0..BUDGET {
        // Parts may show up with an edit only: a mutant begins with the next sequence.
        let mut mutants: Vec<Mutant> =
            seen.iter().filter(|dropped| !caught.contains_key(dropped)).map(|dropped| Mutant::new(*dropped)).collect();
        if seed > SEQUENCES && mutants.is_empty() {
            break;
        }
        let mut world = world(seed);
        for _ in 0..length(&mut world) {
            let fresh = clean(&world.files);
            for page in &fresh.site.pages {
                seen.extend(fresh.site.parts(page).into_iter().map(|(part, _)| (page.kind, part)));
            }
            if seed == 0 && mutants.is_empty() {
                mutants = seen.iter().map(|dropped| Mutant::new(*dropped)).collect();
            }
            mutants.retain_mut(|mutant| {
                let stale = mutant.is_stale(&world.files, &fresh);
                if stale {
                    caught.insert(mutant.dropped, seed);
                }
                !stale
            });
            world.edit();
        }
    }
    let free: Vec<String> = seen
        .iter()
        .filter(|dropped| !caught.contains_key(dropped))
        .map(|(kind, part)| format!("{} without {part}", kind.word()))
        .collect();
    println!("{} of {} mutants found out", caught.len(), seen.len());
    for ((kind, part), seed) in &caught {
        println!("  {:10} without {part:16} in sequence {seed}", kind.word());
    }
    assert!(free.is_empty(), "never found out in {BUDGET} sequences: {free:#?}");
}
