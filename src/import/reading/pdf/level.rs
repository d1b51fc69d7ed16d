//! A PDF whose words are not all level -> two PDFs: one with those that are, and one in which all others are rotated to
//! be level, so that they can be read. Letters that are printed across the lines of a page count as not level.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, ObjectId, Stream};

use super::across::across;
use super::drawing::{self, Drawn, ShownText};
use super::matrix::{Matrix, even};

/// By how many degrees a line may be turned and still count as level: pages are scanned askew.
const LEVEL: f32 = 8.0;
/// The maximum number of bytes that one stream of a file may expand to.
const MOST: usize = 32 << 20;

/// The two files.
pub(super) struct Split {
    /// The file with level words only.
    pub level: Vec<u8>,
    /// The file with the others; `None` if only whole pages were turned.
    pub rest: Option<Vec<u8>>,
    /// Pages, counted from 1, that were turned as a whole.
    pub turned: Vec<usize>,
    /// Percentage of the text's bytes that are not level, or across the lines.
    pub share: usize,
}

/// Splits a file. `vertical` are the pages, counted from 1, with lines from top to bottom, on which words of another
/// script lie on their side. Returns `None` if all words are level and
/// in lines, or the file cannot be split.
pub(super) fn split(document: &Document, pages: &[Drawn], vertical: &[usize]) -> Option<Split> {
    let turns: Vec<i32> = pages.iter().map(usual_turn).collect();
    let mut level: BTreeSet<(ObjectId, usize)> = BTreeSet::new();
    let (mut bytes, mut all) = (0, 0);
    // First decide for each operation whether it is level, relative to how its page is turned.
    for ((number, page), turn) in (1..).zip(pages).zip(&turns) {
        let across = across(page);
        for (at, shown) in page.shown.iter().enumerate() {
            let angle = even(shown.angle - *turn as f32);
            let lies = vertical.contains(&number) && (angle + 90.0).abs() < LEVEL;
            all += shown.bytes;
            if (angle.abs() < LEVEL || lies) && !across.contains(&at) {
                level.insert((shown.home, shown.at));
            } else {
                bytes += shown.bytes;
            }
        }
    }
    let homes = drawing::by_home(pages);
    let is_level = |shown: &ShownText| level.contains(&(shown.home, shown.at));
    let any = homes.values().flatten().any(|shown| !is_level(shown));
    let turned: Vec<usize> = (1..).zip(&turns).filter(|(_, turn)| **turn != 0).map(|(page, _)| page).collect();
    if !any && turned.is_empty() {
        return None;
    }
    let ids: Vec<ObjectId> = document.page_iter().collect();
    // Then write the file without the others, and the others into a file of their own.
    let mut with_level = only(document, &ids, &homes, is_level)?;
    for (id, turn) in ids.iter().zip(&turns).filter(|(_, turn)| **turn != 0) {
        let page = with_level.get_dictionary_mut(*id).ok()?;
        let before = drawing::turn(document, document.get_dictionary(*id).ok()?);
        page.set("Rotate", Object::Integer(i64::from((before + turn).rem_euclid(360))));
    }
    let rest = if any { Some(rest(document, &ids, &homes, is_level)?) } else { None };
    Some(Split { level: saved(with_level)?, rest, turned, share: bytes * 100 / all.max(1) })
}

/// Returns a file with only some of its words, and one with the others, made level; `None` if it cannot be divided.
pub(super) fn parted(
    document: &Document,
    pages: &[Drawn],
    is_kept: impl Fn(&ShownText) -> bool + Copy,
) -> Option<(Vec<u8>, Vec<u8>)> {
    let homes = drawing::by_home(pages);
    let ids: Vec<ObjectId> = document.page_iter().collect();
    Some((saved(only(document, &ids, &homes, is_kept)?)?, rest(document, &ids, &homes, is_kept)?))
}

/// Returns a file without the words that are not kept.
fn only(
    document: &Document,
    ids: &[ObjectId],
    homes: &BTreeMap<ObjectId, Vec<&ShownText>>,
    is_kept: impl Fn(&ShownText) -> bool,
) -> Option<Document> {
    let mut kept = document.clone();
    for (home, shown) in homes {
        let gone: BTreeSet<usize> = shown.iter().filter(|shown| !is_kept(shown)).map(|shown| shown.at).collect();
        if !gone.is_empty() {
            let operations = operations(document, *home, ids.contains(home))?;
            set(&mut kept, *home, without(operations, |at| gone.contains(&at)))?;
        }
    }
    Some(kept)
}

/// Returns by how many degrees clockwise a page must be turned so that most of its words are level.
fn usual_turn(page: &Drawn) -> i32 {
    /// The minimum amount of text that shows how a page is turned, in bytes.
    const ENOUGH: usize = 100;
    let all: usize = page.shown.iter().map(|shown| shown.bytes).sum();
    let of = |turn: &i32| -> usize {
        let near = page.shown.iter().filter(|shown| even(shown.angle - *turn as f32).abs() < LEVEL);
        near.map(|shown| shown.bytes).sum()
    };
    let usual = [90, 180, 270].into_iter().find(|turn| of(turn) * 10 > all * 7);
    usual.filter(|_| all >= ENOUGH).unwrap_or(0)
}

/// Returns the operations of a page or a form.
fn operations(document: &Document, home: ObjectId, is_page: bool) -> Option<Vec<Operation>> {
    let content = if is_page {
        document.get_page_content_with_limit(home, MOST).ok()?
    } else {
        document.get_object(home).ok()?.as_stream().ok()?.get_plain_content_with_limit(MOST).ok()?
    };
    Content::decode_iter(&content).collect::<lopdf::Result<Vec<Operation>>>().ok()
}

/// Replaces the operations of a page or a form.
fn set(document: &mut Document, home: ObjectId, operations: Vec<Operation>) -> Option<()> {
    let content = Content { operations }.encode().ok()?;
    if let Ok(stream) = document.get_object_mut(home).ok()?.as_stream_mut() {
        stream.set_plain_content(content);
        return Some(());
    }
    let stream = document.add_object(Stream::new(lopdf::Dictionary::new(), content));
    document.get_dictionary_mut(home).ok()?.set("Contents", Object::Reference(stream));
    Some(())
}

/// Returns the operations without the text that some of them show. Their other effects are kept, such as going to the
/// next line.
fn without(operations: Vec<Operation>, gone: impl Fn(usize) -> bool) -> Vec<Operation> {
    let keep = |(at, operation): (usize, Operation)| -> Vec<Operation> {
        if !gone(at) {
            return vec![operation];
        }
        let mut operands = operation.operands.into_iter();
        let mut set = |operator: &str| operands.next().map(|operand| Operation::new(operator, vec![operand]));
        match operation.operator.as_str() {
            "\"" => {
                let spaces = [set("Tw"), set("Tc")];
                spaces.into_iter().flatten().chain([Operation::new("T*", Vec::new())]).collect()
            }
            "'" => vec![Operation::new("T*", Vec::new())],
            _ => Vec::new(),
        }
    };
    operations.into_iter().enumerate().flat_map(keep).collect()
}

/// Returns a file in which only what is not level is shown, made level.
fn rest(
    document: &Document,
    ids: &[ObjectId],
    homes: &BTreeMap<ObjectId, Vec<&ShownText>>,
    is_level: impl Fn(&ShownText) -> bool,
) -> Option<Vec<u8>> {
    let mut rest = document.clone();
    for (home, shown) in homes {
        // A form that is drawn in several places is read where it is drawn first.
        let mut places: BTreeMap<usize, &ShownText> = BTreeMap::new();
        for shown in shown.iter().filter(|shown| !is_level(shown)) {
            places.entry(shown.at).or_insert(shown);
        }
        let shows: BTreeSet<usize> = shown.iter().map(|shown| shown.at).collect();
        let mut turned = Vec::new();
        for (at, operation) in operations(document, *home, ids.contains(home))?.into_iter().enumerate() {
            if let Some(shown) = places.get(&at) {
                if shown.placed {
                    let level = shown.matrix.then(Matrix::turn(-true_angle(shown)));
                    let matrix = level.then(shown.drawing.inverse()?);
                    turned.push(Operation::new("Tm", matrix.0.iter().map(|of| Object::Real(*of)).collect()));
                }
                let text = operation.operands.last().cloned().into_iter().collect();
                let operator = if operation.operator == "TJ" { "TJ" } else { "Tj" };
                turned.push(Operation::new(operator, text));
            } else if !shows.contains(&at) {
                turned.push(operation);
            }
        }
        set(&mut rest, *home, turned)?;
    }
    // Text rotated around the origin may end up on any side of it.
    const FAR: i64 = 6000;
    for id in ids {
        let page = rest.get_dictionary_mut(*id).ok()?;
        let edges: Vec<Object> = [-FAR, -FAR, FAR, FAR].map(Object::Integer).to_vec();
        page.set("MediaBox", edges.clone());
        page.set("CropBox", edges);
        page.set("Rotate", Object::Integer(0));
    }
    saved(rest)
}

/// Returns how far a line is turned on the page as stored, without the page's own rotation.
fn true_angle(shown: &ShownText) -> f32 {
    shown.matrix.0[1].atan2(shown.matrix.0[0]).to_degrees()
}

fn saved(mut document: Document) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    document.save_to(&mut file).ok()?;
    Some(file)
}
