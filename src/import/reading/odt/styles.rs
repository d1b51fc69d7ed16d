//! The styles of an OpenDocument text -> what a paragraph or a span in one of them is, and how its lists are numbered.

use std::collections::BTreeMap;

use crate::import::reading::numbering::{Format, Level};
use crate::import::reading::xml::Element;

/// A style, as far as it is asked for here.
#[derive(Debug, Default)]
struct Definition {
    parent: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    hidden: Option<bool>,
    list: Option<String>,
}

/// All styles by their names, and the lists.
#[derive(Debug, Default)]
pub struct Styles {
    styles: BTreeMap<String, Definition>,
    lists: BTreeMap<String, Vec<Level>>,
}

/// Styles on which styles are based; more is a circle.
const LONGEST_CHAIN: usize = 20;
/// The name under which the numbers of headings are kept; no list has none.
pub const OUTLINE: &str = "";

impl Styles {
    /// Reads the styles of some parts.
    pub fn of(parts: &[&Element]) -> Styles {
        let mut styles = Styles::default();
        for part in parts {
            part.each(&["style", "list-style", "outline-style"], &mut |element| match element.name.as_str() {
                "style" => {
                    if let Some(name) = element.attribute("name") {
                        styles.styles.insert(name.to_owned(), definition(element));
                    }
                }
                "outline-style" => {
                    styles.lists.insert(OUTLINE.to_owned(), levels(element));
                }
                _ => {
                    if let Some(name) = element.attribute("name") {
                        styles.lists.insert(name.to_owned(), levels(element));
                    }
                }
            });
        }
        styles
    }

    fn chain(&self, name: Option<&str>) -> impl Iterator<Item = (&str, &Definition)> {
        let find = |name: &str| self.styles.get_key_value(name).map(|(name, style)| (name.as_str(), style));
        let next = move |(_, style): &(&str, &Definition)| style.parent.as_deref().and_then(find);
        std::iter::successors(name.and_then(find), next).take(LONGEST_CHAIN)
    }

    /// Says whether letters in a style are bold; nothing if it does not say.
    pub fn bold(&self, name: Option<&str>) -> Option<bool> {
        self.chain(name).find_map(|(_, style)| style.bold)
    }

    /// Says whether letters in a style are slanted.
    pub fn italic(&self, name: Option<&str>) -> Option<bool> {
        self.chain(name).find_map(|(_, style)| style.italic)
    }

    /// Says whether words in a style are hidden.
    pub fn is_hidden(&self, name: Option<&str>) -> bool {
        self.chain(name).find_map(|(_, style)| style.hidden).unwrap_or(false)
    }

    /// Says whether a style is this one or based on it.
    pub fn is_of(&self, name: Option<&str>, wanted: &str) -> bool {
        name == Some(wanted) || self.chain(name).any(|(name, _)| name == wanted)
    }

    /// Returns the list that paragraphs in a style are in.
    pub fn list_of(&self, name: Option<&str>) -> Option<&str> {
        self.chain(name).find_map(|(_, style)| style.list.as_deref()).filter(|list| !list.is_empty())
    }

    /// Returns the levels of a list.
    pub fn levels(&self, list: &str) -> &[Level] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }
}

fn definition(style: &Element) -> Definition {
    let letters = style.child("text-properties");
    let is = |name: &str, wanted: &str| letters.and_then(|of| of.attribute(name)).map(|value| value == wanted);
    Definition {
        parent: style.attribute("parent-style-name").map(str::to_owned),
        bold: is("font-weight", "bold"),
        italic: is("font-style", "italic"),
        hidden: is("display", "none"),
        list: style.attribute("list-style-name").map(str::to_owned),
    }
}

fn levels(list: &Element) -> Vec<Level> {
    let mut levels = Vec::new();
    for (at, level) in list.elements().enumerate() {
        let value = |name| level.attribute(name).unwrap_or_default();
        let format = match (level.name.as_str(), value("num-format")) {
            ("list-level-style-bullet" | "list-level-style-image", _) => Format::Bullet,
            (_, "") => Format::None,
            (_, "a") => Format::Letter { upper: false },
            (_, "A") => Format::Letter { upper: true },
            (_, "i") => Format::Roman { upper: false },
            (_, "I") => Format::Roman { upper: true },
            _ => Format::Decimal,
        };
        // Above it, so many levels are printed with it.
        let own = at + 1;
        let shown = value("display-levels").parse().unwrap_or(1).clamp(1, own);
        let numbers: Vec<String> = (own + 1 - shown..=own).map(|level| format!("%{level}")).collect();
        let numbers = if format == Format::None { String::new() } else { numbers.join(".") };
        let template = match value("num-list-format") {
            "" => format!("{}{numbers}{}", value("num-prefix"), value("num-suffix")),
            written => unpercented(written),
        };
        levels.push(Level { format, start: value("start-value").parse().unwrap_or(1), template });
    }
    levels
}

/// Returns `%1.%2` for `%1%.%2%`.
fn unpercented(written: &str) -> String {
    let mut out = String::new();
    for (i, part) in written.split('%').enumerate() {
        if i % 2 == 1 {
            out.push('%');
        }
        out.push_str(part);
    }
    out
}
