//! The oracle: after every edit, cached and new results together equal a clean build, byte for byte.
//!
//! The second test proves that the first can fail: it does if any one part is left out of the stamps of any one kind of
//! page. After a change of the pipeline, `ORACLE_SEQUENCES=500` adds that many series of edits of larger sites to the
//! few small ones that are always tried, and `ORACLE_SEED` repeats the one that a failure named.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use plenary::path::SitePath;
use plenary::pipeline::{Pipeline, Settings, Site};
use plenary::render::page::{self, Kind, Page};
use plenary::search::index::Kept as KeptShards;
use plenary::sources::Sources;
use plenary::stamp::Stamp;

use crate::edits::{self, World};
use crate::support::{Built, TestSite, clean, demo};

/// How many series of edits are always tried. A small site shows most mistakes soonest; a larger one has pages of lists
/// and related statements.
const SEQUENCES: u64 = 12;
const SIZES: &[usize] = &[3, 9, 20, 60];
/// Number of statements of the sites that are tried on request.
const LARGE: usize = 60;

fn sequences() -> (u64, u64) {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
    match number("ORACLE_SEED") {
        Some(seed) => (seed, seed + 1),
        None => (0, SEQUENCES + number("ORACLE_SEQUENCES").unwrap_or(0)),
    }
}

/// Returns the site that a series begins with, sometimes the demonstration collection.
fn world(seed: u64) -> World {
    match (seed % 5, seed < SEQUENCES) {
        (4, true) => World::of(demo(), seed),
        (4, false) => World::of(demo(), seed).grow(LARGE),
        (size, true) => World::new(SIZES[size as usize], seed),
        (size, false) => World::new(LARGE + 10 * size as usize, seed),
    }
}

#[test]
fn after_every_edit_the_site_is_that_of_a_clean_build() {
    let (first, end) = sequences();
    let mut counts: BTreeMap<(&str, Kind), usize> = BTreeMap::new();
    let mut edits = 0;
    for seed in first..end {
        let mut world = world(seed);
        let mut site = TestSite::of(world.files.clone(), Settings::default());
        site.build();
        let mut shards = KeptShards::default();
        let mut last = clean(&world.files);
        for step in 0..20 + world.chance.below(31) {
            let kind = world.edit();
            site.files.clone_from(&world.files);
            let (kept, fresh) = (site.build(), clean(&world.files));
            if let Some(difference) = kept.difference(&fresh) {
                panic!(
                    "ORACLE_SEED={seed}, edit {step}, {kind}: {}\n(first: kept, second: clean)\n{difference}",
                    world.reported
                );
            }
            // The preview rebuilds the search index only where it changed.
            let index = kept.site.index_after(&shards).map(|(index, now)| {
                shards = now;
                index
            });
            assert!(index == fresh.site.index(), "ORACLE_SEED={seed}, edit {step}, {kind}: the search index differs");
            if let Some(path) = misleading(&last, &fresh) {
                panic!(
                    "ORACLE_SEED={seed}, edit {step}, {kind}: two programs gave {path} the same stamp and other bytes"
                );
            }
            last = fresh;
            edits += 1;
            for path in &kept.rendered {
                *counts.entry((kind, kept.pages[path].0)).or_default() += 1;
            }
        }
    }
    println!("{edits} edits in {} sequences; pages made again:\n{}", end - first, table(&counts));
    if end - first >= SEQUENCES {
        let idle: Vec<&str> = edits::kinds().filter(|edit| counts.keys().all(|(by, _)| by != edit)).collect();
        // Sites in memory have no history, and leave out the list of checksums, which depends on every page: `history.rs`
        // and `cli/verifying.rs` compare sites that have them.
        let kinds = Kind::ALL.iter().filter(|kind| ![Kind::Held, Kind::Manifest].contains(*kind));
        let rigid: Vec<&Kind> = kinds.filter(|kind| counts.keys().all(|(_, of)| of != *kind)).collect();
        assert!(idle.is_empty() && rigid.is_empty(), "edits that made no page: {idle:?}; never made again: {rigid:?}");
    }
}

/// Returns a page that has the same stamp in two clean builds and not the same bytes. The record of a build names pages
/// by their stamps, which must mean the same in the process that reads it.
fn misleading<'a>(one: &Built, other: &'a Built) -> Option<&'a SitePath> {
    let stamps: BTreeMap<&SitePath, Stamp> = one.site.pages.iter().map(|page| (&page.path, page.stamp)).collect();
    let same = other.site.pages.iter().filter(|page| stamps.get(&page.path) == Some(&page.stamp));
    same.map(|page| &page.path).find(|path| one.pages.get(path) != other.pages.get(path))
}

/// Formats the counts as a table: a row for each kind of edit, a column for each kind of page.
fn table(counts: &BTreeMap<(&str, Kind), usize>) -> String {
    let rows: BTreeSet<&str> = edits::kinds().collect();
    let mut out = format!("{:20}", "");
    for kind in Kind::ALL {
        let _ = write!(out, "{:>11}", kind.word());
    }
    for row in rows {
        let _ = write!(out, "\n{row:20}");
        for kind in Kind::ALL {
            let _ = write!(out, "{:>11}", counts.get(&(row, kind)).unwrap_or(&0));
        }
    }
    out
}

/// One part of one kind of page; the theme counts as a part.
type Dropped = (Kind, &'static str);

/// A cached page: its stamp without the part, and the site that it was made from.
struct Kept {
    stamp: Stamp,
    page: Arc<Page>,
    site: Arc<Site>,
}

/// The pages cached by a program whose stamps leave out one part of one kind of page.
type Mutant = BTreeMap<SitePath, Kept>;

/// Updates a mutant with a build, and returns whether it keeps a page that would be different now. Pages with the same
/// whole stamp are the same, as the first test ensures.
fn is_stale(mutant: &mut Mutant, (kind, dropped): Dropped, now: &Arc<Site>) -> bool {
    let mut before = std::mem::take(mutant);
    let mut stale = false;
    for page in now.pages.iter().filter(|page| page.kind == kind) {
        let parts: Vec<_> = now.parts(page).into_iter().filter(|(part, _)| *part != dropped).collect();
        let stamp = page::stamp(kind, &page.path, &page.language, &parts);
        let kept = match before.remove(&page.path) {
            Some(kept) if kept.stamp == stamp => {
                stale |= kept.page.stamp != page.stamp && kept.site.render(&kept.page) != now.render(page);
                kept
            }
            _ => Kept { stamp, page: Arc::clone(page), site: Arc::clone(now) },
        };
        mutant.insert(page.path.clone(), kept);
    }
    stale
}

/// How many series of edits may be needed to find every mutant.
const BUDGET: u64 = 200;
const EDITS: usize = 50;

/// The kinds of page that are lists.
const LISTS: &[Kind] = &[
    Kind::Topic,
    Kind::Delegation,
    Kind::Forum,
    Kind::Session,
    Kind::Meeting,
    Kind::Group,
    Kind::Speaker,
    Kind::Year,
    Kind::Language,
    Kind::Statements,
];

/// Returns why a part never changes for a kind of page: lists share their parts, and not every list uses each of them.
fn constant((kind, part): Dropped) -> Option<&'static str> {
    if matches!((kind, part), (Kind::Position | Kind::Extracts, "number")) {
        return Some("its path says which page it is");
    }
    if matches!((kind, part), (Kind::Feed | Kind::Citations, "format")) {
        return Some("its address says in which format it is");
    }
    if (kind, part) == (Kind::Comparison, "how") {
        return Some("the page's address says for what the two are compared");
    }
    if (kind, part) == (Kind::Statement, "history") {
        return Some("these sites are in memory, where there is no git; tests/it/history.rs has what it changes");
    }
    if !LISTS.contains(&kind) {
        return None;
    }
    match (part, kind) {
        ("rule_cards" | "quotes" | "rule_quotes", kind) if kind != Kind::Topic => Some("only topics are found by rule"),
        (
            "record" | "links" | "backlinks",
            Kind::Session | Kind::Meeting | Kind::Year | Kind::Language | Kind::Statements,
        ) => Some("no record describes it, and no link can name it"),
        ("pager", Kind::Meeting) => Some("a meeting is one page and has no feed"),
        _ => None,
    }
}

/// Returns why a part is not seen to change alone for a kind of page.
fn follows((kind, part): Dropped) -> Option<&'static str> {
    match (kind, part) {
        // A meeting is one page, with the cards of all its statements.
        (Kind::Meeting, "tally") => Some("counted from the cards, which are all on the page"),
        (Kind::Document, "pager") => Some("counted from the citations, whose number is a part of its own"),
        // All else in these heads is in the address.
        (Kind::Year | Kind::Language, "head") => Some(
            "it says whether all statements are simulated, which changes with their cards, unless the list has pages",
        ),
        // The first test compares these pages with a clean build like all others.
        (Kind::Positions, "theme" | "topic") => Some("such a page seldom stays here until one of these changes"),
        _ => None,
    }
}

#[test]
fn the_oracle_finds_every_forgotten_part() {
    let excuse = |dropped: Dropped| constant(dropped).or_else(|| follows(dropped));
    let mut mutants: BTreeMap<Dropped, Mutant> = BTreeMap::new();
    let mut varied: BTreeSet<Dropped> = BTreeSet::new();
    let mut caught: BTreeMap<Dropped, u64> = BTreeMap::new();
    for seed in 0..BUDGET {
        let mut world = World::crowded(12, seed);
        let mut pipeline = Pipeline::new(Settings::default());
        let mut last: BTreeMap<(SitePath, &'static str), Stamp> = BTreeMap::new();
        mutants.values_mut().for_each(Mutant::clear);
        for _ in 0..EDITS {
            let now = Arc::new(pipeline.run(&Sources::from_map(&world.files)));
            for page in &now.pages {
                for (part, stamp) in now.parts(page) {
                    let dropped = (page.kind, part);
                    mutants.entry(dropped).or_default();
                    if last.insert((page.path.clone(), part), stamp).is_some_and(|last| last != stamp) {
                        varied.insert(dropped);
                    }
                }
            }
            for (dropped, mutant) in &mut mutants {
                if !caught.contains_key(dropped) && is_stale(mutant, *dropped, &now) {
                    caught.insert(*dropped, seed);
                }
            }
            world.edit();
        }
        let done = |dropped: &Dropped| caught.contains_key(dropped) || excuse(*dropped).is_some();
        if seed >= 4 && mutants.keys().all(done) {
            break;
        }
    }
    println!("{} of {} mutants found out:", caught.len(), mutants.len());
    for (kind, part) in mutants.keys() {
        let fate = match (caught.get(&(*kind, *part)), excuse((*kind, *part))) {
            (Some(seed), _) => format!("in sequence {seed}"),
            (None, reason) => reason.unwrap_or("NOT").to_owned(),
        };
        println!("  {:10} without {part:12} {fate}", kind.word());
    }
    let free: Vec<_> =
        mutants.keys().filter(|dropped| !caught.contains_key(dropped) && excuse(**dropped).is_none()).collect();
    let wrong: Vec<_> = varied.iter().filter(|dropped| constant(**dropped).is_some()).collect();
    assert!(free.is_empty(), "never found out in {BUDGET} sequences: {free:#?}");
    assert!(wrong.is_empty(), "not constant, as an edit has changed it: {wrong:#?}");
}
