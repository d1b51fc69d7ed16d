//! The styles of a Word document -> what a paragraph or a run in one of them is.

use std::collections::BTreeMap;

use crate::import::reading::xml::Element;

/// A style, as far as it is asked for here.
#[derive(Debug, Default)]
struct Definition {
    name: String,
    based_on: Option<String>,
    properties: Properties,
}

/// What is said of a paragraph or a run, in a style or right at it.
#[derive(Clone, Debug, Default)]
pub struct Properties {
    pub bold: Option<bool>,
    pub italic: Option<bool>,
    pub hidden: Option<bool>,
    /// The level of its heading from 0; 9 is the text.
    pub outline: Option<u8>,
    /// The list that it is in, and the level there from 0.
    pub list: Option<String>,
    pub level: Option<usize>,
}

/// All styles by their ids.
#[derive(Debug, Default)]
pub struct Styles(BTreeMap<String, Definition>);

/// Styles on which styles are based; more is a circle.
const LONGEST_CHAIN: usize = 20;

impl Styles {
    /// Reads the part that has the styles.
    pub fn of(part: &Element) -> Styles {
        let styles = part.elements().filter(|element| element.name == "style").filter_map(|style| {
            let value = |name| style.child(name).and_then(|element| element.attribute("val")).map(str::to_owned);
            let definition = Definition {
                name: value("name").unwrap_or_default().to_lowercase(),
                based_on: value("basedOn"),
                properties: Properties::of(style),
            };
            Some((style.attribute("styleId")?.to_owned(), definition))
        });
        Styles(styles.collect())
    }

    /// Returns a style and those that it is based on, the nearest first.
    fn chain(&self, id: Option<&str>) -> impl Iterator<Item = &Definition> {
        let first = id.and_then(|id| self.0.get(id));
        let next = |style: &&Definition| style.based_on.as_deref().and_then(|id| self.0.get(id));
        std::iter::successors(first, next).take(LONGEST_CHAIN)
    }

    /// Returns what a style says of something, itself or by what it is based on.
    pub fn say<T>(&self, id: Option<&str>, of: impl Fn(&Properties) -> Option<T>) -> Option<T> {
        self.chain(id).find_map(|style| of(&style.properties))
    }

    /// Returns the level of headings in a style, from 1.
    pub fn heading(&self, id: Option<&str>) -> Option<u8> {
        if let Some(outline) = self.say(id, |properties| properties.outline) {
            return (outline < 9).then_some(outline + 1);
        }
        self.chain(id).find_map(|style| match style.name.as_str() {
            "title" => Some(1),
            name => name.strip_prefix("heading ")?.parse().ok().filter(|level| (1..=9).contains(level)),
        })
    }

    /// Says whether a style is one for quotations.
    pub fn is_quotation(&self, id: Option<&str>) -> bool {
        const NAMES: [&str; 4] = ["quote", "intense quote", "block text", "quotations"];
        self.chain(id).any(|style| NAMES.contains(&style.name.as_str()))
    }
}

impl Properties {
    /// Reads what is said in the `pPr` and the `rPr` of an element.
    pub fn of(element: &Element) -> Properties {
        let paragraph = element.child("pPr");
        let run = element.child("rPr");
        let list = paragraph.and_then(|properties| properties.child("numPr"));
        let value = |of: Option<&Element>, name: &str| {
            of.and_then(|of| of.child(name)).and_then(|element| element.attribute("val")).map(str::to_owned)
        };
        // Scripts from right to left have switches of their own.
        let complex = run.is_some_and(|run| run.child("rtl").is_some_and(is_on));
        let switch = |name| run.and_then(|run| run.child(name)).map(is_on);
        Properties {
            bold: switch(if complex { "bCs" } else { "b" }),
            italic: switch(if complex { "iCs" } else { "i" }),
            hidden: switch("vanish"),
            outline: value(paragraph, "outlineLvl").and_then(|level| level.parse().ok()),
            list: value(list, "numId"),
            level: value(list, "ilvl").and_then(|level| level.parse().ok()),
        }
    }
}

/// Says whether a switch is on: it is where it stands without a value.
pub fn is_on(switch: &Element) -> bool {
    !matches!(switch.attribute("val"), Some("0" | "false" | "off" | "none"))
}
