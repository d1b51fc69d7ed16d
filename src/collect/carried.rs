//! Language versions of a statement and the paragraphs that each carries over -> the corresponding paragraphs of the
//! other versions, which may not call new what another version shows as carried over.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::Numbered;
use super::passages::{SaidElsewhere, SaidInTexts};
use crate::compare::align::{Row, Version, versions};
use crate::memo::Memo;
use crate::stamp::{Stamp, Stamped};

/// The alignments of language versions, kept as long as both versions are the same.
pub type Alignments = Memo<(Arc<str>, Arc<str>), Arc<Vec<Row>>>;

/// The other occurrences of statements' words, by the paths of their files.
type SaidByFile = HashMap<Arc<str>, SaidElsewhere>;

/// Marks in each version the paragraphs that other versions carry over. If only one version of a statement carries
/// anything over, there is nothing to align: no other version says what is new.
pub fn in_versions(entries: &[Numbered], all: &mut SaidInTexts, memo: &mut Alignments) {
    let works = entries.chunk_by(|a, b| a.known.id == b.known.id).filter(|versions| versions.len() > 1);
    let works: Vec<&[Numbered]> = works.collect();
    let paths = works.iter().copied().flatten().map(|entry| &entry.known.statement.path);
    // Copied, because a stamped value must not change; the copy gets its own stamp at the end.
    let mut elsewhere: SaidByFile =
        paths.filter_map(|path| Some((Arc::clone(path), SaidElsewhere::clone(all.get(path)?)))).collect();
    doubt_all(&works, &mut elsewhere);
    let works: Vec<CarriedVersions<'_>> =
        works.into_iter().filter_map(|versions| CarriedVersions::new(versions, &elsewhere)).collect();
    // Each version is aligned with the first one only; two others correspond through it.
    let pairs: Vec<(&Numbered, &Numbered)> =
        works.iter().flat_map(|work| work.versions[1..].iter().map(|of| (&work.versions[0], of))).collect();
    let rows = memo.update(
        &pairs,
        |(main, of)| {
            let key = (Arc::clone(&main.known.statement.path), Arc::clone(&of.known.statement.path));
            (key, Stamp::of(&[main, of].map(|entry| (&entry.known.statement, &entry.numbers))))
        },
        |(main, of)| Arc::new(versions(version(main), version(of))),
    );
    let mut rows = rows.iter();
    for work in works {
        let rows: Vec<&Arc<Vec<Row>>> = rows.by_ref().take(work.versions.len() - 1).collect();
        for (at, entry) in work.versions.iter().enumerate() {
            if let Some(elsewhere) = elsewhere.get_mut(&entry.known.statement.path) {
                elsewhere.doubtful.extend(work.carried_by_others(at, &rows));
            }
        }
    }
    all.extend(elsewhere.into_iter().map(|(path, elsewhere)| (path, Stamped::new(elsewhere))));
}

/// Marks all versions of a statement as in doubt if one of them carries something over: a translation of what was said
/// before is not new, though its words may be.
fn doubt_all(works: &[&[Numbered]], elsewhere: &mut SaidByFile) {
    for versions in works {
        let carries = |entry: &Numbered| {
            elsewhere
                .get(&entry.known.statement.path)
                .is_some_and(|of| of.paragraphs.iter().any(|said| said.is_carried))
        };
        if versions.iter().any(carries) {
            for entry in *versions {
                elsewhere.entry(Arc::clone(&entry.known.statement.path)).or_default().is_in_doubt = true;
            }
        }
    }
}

fn version(entry: &Numbered) -> Version<'_> {
    Version { body: &entry.known.statement.body, numbers: &entry.numbers }
}

/// The versions of a statement, with the paragraphs that each carries over.
struct CarriedVersions<'a> {
    versions: &'a [Numbered],
    carried: Vec<BTreeSet<usize>>,
}

impl<'a> CarriedVersions<'a> {
    /// Returns `None` unless several versions carry something over.
    fn new(versions: &'a [Numbered], elsewhere: &SaidByFile) -> Option<CarriedVersions<'a>> {
        let carried = |entry: &Numbered| -> BTreeSet<usize> {
            let said = elsewhere.get(&entry.known.statement.path).into_iter().flat_map(|of| &of.paragraphs);
            said.filter(|said| said.is_carried).map(|said| said.paragraph as usize).collect()
        };
        let carried: Vec<BTreeSet<usize>> = versions.iter().map(carried).collect();
        (carried.iter().filter(|carried| !carried.is_empty()).count() > 1)
            .then_some(CarriedVersions { versions, carried })
    }

    /// Returns the paragraphs of a version that correspond to what another carries over; `rows` align each further
    /// version with the first one.
    fn carried_by_others(&self, at: usize, rows: &[&Arc<Vec<Row>>]) -> BTreeSet<u32> {
        let rows = |version: usize| version.checked_sub(1).map(|version| rows[version]);
        let of_others = self.carried.iter().enumerate().filter(|(other, _)| *other != at);
        // Through the main version, so that n versions need only n - 1 alignments.
        let in_main = of_others.flat_map(|(other, carried)| match rows(other) {
            None => carried.clone(),
            Some(rows) => counterparts(rows.iter().map(|row| (&row.after, &row.before)), carried),
        });
        let in_main: BTreeSet<usize> = in_main.collect();
        let here = match rows(at) {
            None => in_main,
            Some(rows) => counterparts(rows.iter().map(|row| (&row.before, &row.after)), &in_main),
        };
        here.into_iter().map(|paragraph| paragraph as u32).collect()
    }
}

/// Returns the paragraphs that correspond to `of`; `rows` are pairs of ranges here and in the other version.
fn counterparts<'a>(
    rows: impl Iterator<Item = (&'a Range<usize>, &'a Range<usize>)>,
    of: &BTreeSet<usize>,
) -> BTreeSet<usize> {
    rows.filter(|(here, _)| of.range((*here).clone()).next().is_some()).flat_map(|(_, there)| there.clone()).collect()
}
