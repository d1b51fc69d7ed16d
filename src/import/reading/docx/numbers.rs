//! The lists of a Word document -> the label of each paragraph in them.

use std::collections::BTreeMap;

use crate::import::reading::numbering::{Counters, Format, Label, Level};
use crate::import::reading::xml::Element;

/// All lists of a document.
#[derive(Debug, Default)]
pub struct Numbers {
    /// Levels by the id of what Word calls an abstract list.
    levels: BTreeMap<String, Vec<Level>>,
    /// Lists by their ids. Several may go on with the numbers of one abstract list.
    lists: BTreeMap<String, List>,
}

#[derive(Debug)]
struct List {
    of: String,
    /// Numbers with which levels begin anew, by the level.
    starts: BTreeMap<usize, u32>,
}

/// How far the lists of a document were counted.
#[derive(Debug, Default)]
pub struct Counted {
    counters: BTreeMap<String, Counters>,
    begun: Vec<(String, usize)>,
}

impl Numbers {
    /// Reads the part that has the lists.
    pub fn of(part: &Element) -> Numbers {
        let mut numbers = Numbers::default();
        for element in part.elements() {
            if let ("abstractNum", Some(id)) = (element.name.as_str(), element.attribute("abstractNumId")) {
                numbers.levels.insert(id.to_owned(), levels(element));
            }
            if let ("num", Some(id)) = (element.name.as_str(), element.attribute("numId")) {
                let of = element.child("abstractNumId").and_then(|of| of.attribute("val")).unwrap_or_default();
                let overrides = element.elements().filter(|element| element.name == "lvlOverride");
                let starts = overrides.filter_map(|level| {
                    let start = level.child("startOverride")?.attribute("val")?.parse().ok()?;
                    Some((level.attribute("ilvl")?.parse().ok()?, start))
                });
                numbers.lists.insert(id.to_owned(), List { of: of.to_owned(), starts: starts.collect() });
            }
        }
        numbers
    }

    /// Counts a paragraph of a list, and returns its label.
    pub fn next(&self, list: &str, level: usize, counted: &mut Counted) -> Option<Label> {
        let own = self.lists.get(list)?;
        let levels = self.levels.get(&own.of)?;
        let counters = counted.counters.entry(own.of.clone()).or_default();
        let here = (list.to_owned(), level);
        if let Some(start) = own.starts.get(&level).filter(|_| level < levels.len() && !counted.begun.contains(&here)) {
            counters.restart(level, *start);
            counted.begun.push(here);
        }
        counters.next(levels, level)
    }
}

fn levels(list: &Element) -> Vec<Level> {
    let levels = list.elements().filter(|element| element.name == "lvl").map(|level| {
        let value = |name| level.child(name).and_then(|element| element.attribute("val"));
        Level {
            format: format(value("numFmt").unwrap_or("decimal")),
            start: value("start").and_then(|start| start.parse().ok()).unwrap_or(1),
            template: value("lvlText").unwrap_or_default().to_owned(),
        }
    });
    levels.collect()
}

/// Returns how numbers are written (ECMA-376, 17.18.59); in scripts not known here, in digits.
fn format(name: &str) -> Format {
    match name {
        "bullet" => Format::Bullet,
        "none" => Format::None,
        "decimalZero" => Format::Padded,
        "lowerLetter" => Format::Letter { upper: false },
        "upperLetter" => Format::Letter { upper: true },
        "lowerRoman" => Format::Roman { upper: false },
        "upperRoman" => Format::Roman { upper: true },
        _ => Format::Decimal,
    }
}
