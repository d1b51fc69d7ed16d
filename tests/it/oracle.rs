//! The oracle: after every edit, what is kept and what is made anew together equal a clean build, byte for byte.
//!
//! And the proof that it can fail: with any one part left out of the stamps of any one kind of page, it does.
//! `ORACLE_SEQUENCES` says how many rows of edits are tried (500 by hand, after a change of the pipeline), and
//! `ORACLE_SEED` tries the one that a failure named.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use plenary::path::SitePath;
use plenary::pipeline::{Pipeline, Settings, Site};
use plenary::render::page::{Kind, Page};
use plenary::sources::Sources;
use plenary::stamp::Stamp;

use crate::edits::World;
use crate::support::{TestSite, clean, demo};

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

/// A page that is kept: its stamp in the mutant, and the site from which it could be made.
struct Kept {
    stamp: Stamp,
    page: Arc<Page>,
    site: Arc<Site>,
}

/// A program that forgets one part of one kind of page, and the pages that it keeps.
struct Mutant {
    dropped: Dropped,
    pipeline: Pipeline,
    kept: BTreeMap<SitePath, Kept>,
}

type Dropped = (Kind, &'static str);

impl Mutant {
    fn new(dropped: Dropped) -> Mutant {
        let settings = Settings { dropped: Some(dropped), ..Settings::default() };
        Mutant { dropped, pipeline: Pipeline::new(settings), kept: BTreeMap::new() }
    }

    /// Builds, and says whether a page was kept that is made otherwise now. `now` is what a whole program makes of the
    /// same files. Pages with the whole program's stamp are what they were, which the first test holds.
    fn is_stale(&mut self, sources: &Sources, now: &Arc<Site>) -> bool {
        let site = self.pipeline.run(sources);
        let mut before = std::mem::take(&mut self.kept);
        let mut stale = false;
        for (page, whole) in site.pages.iter().zip(&now.pages).filter(|(page, _)| page.kind == self.dropped.0) {
            assert_eq!(page.path, whole.path, "a forgotten part changes no path");
            let kept = match before.remove(&page.path) {
                Some(kept) if kept.stamp == page.stamp => {
                    stale |= kept.page.stamp != whole.stamp && kept.site.render(&kept.page) != now.render(whole);
                    kept
                }
                _ => Kept { stamp: page.stamp, page: Arc::clone(whole), site: Arc::clone(now) },
            };
            self.kept.insert(page.path.clone(), kept);
        }
        stale
    }
}

/// Rows of edits within which every mutant must be found out.
const BUDGET: u64 = 60;
const EDITS: usize = 50;

/// Parts that are always the same for a kind of page, so that nothing can go wrong if they are forgotten.
const CONSTANT: &[(Kind, &str)] = &[
    (Kind::Delegation, "rule_cards"),
    (Kind::Document, "rule_cards"),
    (Kind::Forum, "rule_cards"),
    (Kind::Group, "rule_cards"),
    (Kind::Meeting, "rule_cards"),
    (Kind::Session, "rule_cards"),
    (Kind::Speaker, "rule_cards"),
    (Kind::Statements, "rule_cards"),
    (Kind::Year, "rule_cards"),
    (Kind::Meeting, "record"),
    (Kind::Session, "record"),
    (Kind::Statements, "record"),
    (Kind::Year, "record"),
    (Kind::Meeting, "links"),
    (Kind::Session, "links"),
    (Kind::Statements, "links"),
    (Kind::Year, "links"),
    (Kind::Meeting, "backlinks"),
    (Kind::Session, "backlinks"),
    (Kind::Statements, "backlinks"),
    (Kind::Year, "backlinks"),
    (Kind::Year, "head"),
    (Kind::Meeting, "pager"),
    (Kind::Index, "title"),
    (Kind::Feed, "of"),
];

#[test]
fn whatever_part_is_forgotten_the_oracle_finds_it_out() {
    let mut seen: BTreeSet<Dropped> = BTreeSet::new();
    let mut varied: BTreeSet<Dropped> = BTreeSet::new();
    let mut caught: BTreeMap<Dropped, u64> = BTreeMap::new();
    for seed in 0..BUDGET {
        let mut world = World::crowded(12, seed);
        let mut whole = Pipeline::new(Settings::default());
        let mut mutants: Vec<Mutant> = Vec::new();
        let mut last: BTreeMap<(SitePath, &'static str), Stamp> = BTreeMap::new();
        for _ in 0..EDITS {
            let sources = Sources::from_map(&world.files);
            let now = Arc::new(whole.run(&sources));
            let mut stamps = BTreeMap::new();
            for page in &now.pages {
                for (part, stamp) in now.parts(page) {
                    // Parts may show up with an edit: a mutant begins when its part is first seen.
                    if seen.insert((page.kind, part)) && seed > 0 {
                        mutants.push(Mutant::new((page.kind, part)));
                    }
                    if last.get(&(page.path.clone(), part)).is_some_and(|last| *last != stamp) {
                        varied.insert((page.kind, part));
                    }
                    stamps.insert((page.path.clone(), part), stamp);
                }
            }
            if last.is_empty() {
                mutants = seen
                    .iter()
                    .filter(|dropped| !caught.contains_key(dropped))
                    .map(|dropped| Mutant::new(*dropped))
                    .collect();
            }
            last = stamps;
            mutants.retain_mut(|mutant| {
                let stale = mutant.is_stale(&sources, &now);
                if stale {
                    caught.insert(mutant.dropped, seed);
                }
                !stale
            });
            world.edit();
        }
        if seed >= 4 && seen.iter().all(|dropped| caught.contains_key(dropped) || CONSTANT.contains(dropped)) {
            break;
        }
    }
    println!("{} of {} mutants found out:", caught.len(), seen.len());
    for ((kind, part), seed) in &caught {
        println!("  {:10} without {part:16} in sequence {seed}", kind.word());
    }
    let name = |(kind, part): &Dropped| format!("{} without {part}", kind.word());
    let constant: BTreeSet<Dropped> = seen.difference(&varied).copied().collect();
    let names = |of: &mut dyn Iterator<Item = &Dropped>| of.map(name).collect::<Vec<_>>();
    let unknown = names(&mut constant.iter().filter(|dropped| !CONSTANT.contains(dropped)));
    let stale = names(&mut CONSTANT.iter().filter(|dropped| varied.contains(dropped)));
    let free = names(&mut varied.iter().filter(|dropped| !caught.contains_key(dropped)));
    assert!(
        unknown.is_empty() && stale.is_empty() && free.is_empty(),
        "never found out in {BUDGET} sequences: {free:#?}\nno edit ever changed: {unknown:#?}\nno more constant: {stale:#?}"
    );
}
