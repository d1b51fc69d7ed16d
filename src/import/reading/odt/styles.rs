//! The styles of an OpenDocument text -> the properties of a paragraph or span in one of them, and the numbering of its
//! lists.

use std::collections::BTreeMap;

use crate::import::reading::ink::{Ink, Paint, TINY};
use crate::import::reading::numbering::{Format, Ideographs, Level};
use crate::import::reading::raised::Shift;
use crate::import::reading::words::Style;
use crate::import::reading::xml::Element;

/// A style, as far as it is used here.
#[derive(Debug, Default)]
struct Definition {
    parent: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    hidden: Option<bool>,
    struck: Option<bool>,
    shift: Option<Shift>,
    colour: Option<Paint>,
    /// Colour behind the letters.
    ground: Option<Paint>,
    /// Whether letters are too small to be read.
    tiny: Option<bool>,
    /// Whether a paragraph is moved off the page.
    away: Option<bool>,
    list: Option<String>,
}

/// All styles by name, and the lists.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_name: BTreeMap<String, Definition>,
    lists: BTreeMap<String, Vec<Level>>,
    /// What holds for the letters of all paragraphs by default.
    defaults: Definition,
}

/// Longest chain of styles based on each other; a longer one is a cycle.
const LONGEST_CHAIN: usize = 20;
/// The name under which the numbers of headings are kept; no list has an empty name.
pub(super) const OUTLINE: &str = "";

impl Styles {
    /// Reads the styles of several parts.
    pub(super) fn of(parts: &[&Element]) -> Styles {
        let mut styles = Styles::default();
        for part in parts {
            part.each(&["style", "list-style", "outline-style", "default-style"], &mut |element| match element
                .name
                .as_str()
            {
                "default-style" if element.attribute("family") == Some("paragraph") => {
                    styles.defaults = definition(element);
                }
                "default-style" => {}
                "style" => {
                    if let Some(name) = element.attribute("name") {
                        styles.by_name.insert(name.to_owned(), definition(element));
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
        let find = |name: &str| self.by_name.get_key_value(name).map(|(name, style)| (name.as_str(), style));
        let next = move |(_, style): &(&str, &Definition)| style.parent.as_deref().and_then(find);
        std::iter::successors(name.and_then(find), next).take(LONGEST_CHAIN)
    }

    /// Returns whether letters in a style are bold; `None` if it does not say.
    pub(super) fn bold(&self, name: Option<&str>) -> Option<bool> {
        self.chain(name).find_map(|(_, style)| style.bold)
    }

    /// Returns whether letters in a style are italic; `None` if it does not say.
    pub(super) fn italic(&self, name: Option<&str>) -> Option<bool> {
        self.chain(name).find_map(|(_, style)| style.italic)
    }

    /// Returns whether words in a style are hidden; `None` if it does not say.
    pub(super) fn hidden(&self, name: Option<&str>) -> Option<bool> {
        self.chain(name).find_map(|(_, style)| style.hidden)
    }

    /// Returns the ink of letters in a style, given the surrounding ink.
    pub(super) fn ink(&self, name: Option<&str>, around: Ink) -> Ink {
        let letters = self.chain(name).find_map(|(_, style)| style.colour).unwrap_or(around.letters);
        let is_tiny = self.chain(name).find_map(|(_, style)| style.tiny).unwrap_or(around.is_tiny);
        let ground = self.chain(name).find_map(|(_, style)| style.ground).unwrap_or(Paint::Clear);
        Ink { letters, is_tiny, ..around }.on(ground)
    }

    /// Returns whether a paragraph in a style is moved off the page.
    pub(super) fn is_away(&self, name: Option<&str>) -> bool {
        self.chain(name).find_map(|(_, style)| style.away).unwrap_or(false)
    }

    /// Returns the default ink.
    pub(super) fn default_ink(&self) -> Ink {
        let letters = self.defaults.colour.unwrap_or(Ink::USUAL.letters);
        Ink { letters, is_tiny: self.defaults.tiny.unwrap_or(false), ..Ink::USUAL }
    }

    /// Returns whether words in a style are struck out; `None` if it does not say.
    pub(super) fn struck(&self, name: Option<&str>) -> Option<bool> {
        self.chain(name).find_map(|(_, style)| style.struck)
    }

    /// Returns whether letters in a style are raised or lowered; `None` if it does not say.
    pub(super) fn shift(&self, name: Option<&str>) -> Option<Shift> {
        self.chain(name).find_map(|(_, style)| style.shift)
    }

    /// Returns the default style of letters, and whether they are hidden.
    pub(super) fn default_letters(&self) -> (Style, bool) {
        let of = &self.defaults;
        let struck = of.struck.unwrap_or(false);
        let style = Style { emphasis: false, strong: false, struck, shift: of.shift.unwrap_or_default() };
        (style, of.hidden.unwrap_or(false))
    }

    /// Returns whether a style is this one or based on it.
    pub(super) fn is_of(&self, name: Option<&str>, wanted: &str) -> bool {
        name == Some(wanted) || self.chain(name).any(|(name, _)| name == wanted)
    }

    /// Returns the list that paragraphs in a style belong to.
    pub(super) fn list_of(&self, name: Option<&str>) -> Option<&str> {
        self.chain(name).find_map(|(_, style)| style.list.as_deref()).filter(|list| !list.is_empty())
    }

    /// Returns the levels of a list.
    pub(super) fn levels(&self, list: &str) -> &[Level] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }
}

fn definition(style: &Element) -> Definition {
    let letters = style.child("text-properties");
    let is = |name: &str, wanted: &str| letters.and_then(|of| of.attribute(name)).map(|value| value == wanted);
    let value = |name: &str| letters.and_then(|of| of.attribute(name));
    let of_boxes = |name: &str| {
        let parts = ["paragraph-properties", "table-cell-properties"];
        parts.iter().find_map(|part| style.child(part)?.attribute(name))
    };
    // Older and newer programs use different attributes for struck-out text.
    let line = value("text-line-through-type").or(value("text-line-through-style"));
    // `super 58%`, `-33% 58%`: position and size.
    let shift = value("text-position").and_then(|position| position.split_whitespace().next()).map(|at| match at {
        "super" => Shift::Raised,
        "sub" => Shift::Lowered,
        at => match at.trim_end_matches('%').parse::<f32>().unwrap_or(0.0) {
            above if above >= 10.0 => Shift::Raised,
            below if below <= -10.0 => Shift::Lowered,
            _ => Shift::None,
        },
    });
    Definition {
        parent: style.attribute("parent-style-name").map(str::to_owned),
        bold: is("font-weight", "bold"),
        italic: is("font-style", "italic"),
        hidden: is("display", "none"),
        struck: line.map(|line| line != "none"),
        shift,
        colour: value("color").map(Paint::read),
        ground: value("background-color").or_else(|| of_boxes("background-color")).map(Paint::read),
        tiny: value("font-size").and_then(points).map(|size| size <= TINY),
        away: away(style),
        list: style.attribute("list-style-name").map(str::to_owned),
    }
}

/// Returns a length in points: `1pt`, `0.02cm`.
fn points(length: &str) -> Option<f32> {
    let end = length.find(|c: char| c.is_ascii_alphabetic() || c == '%')?;
    let unit = match &length[end..] {
        "pt" => 1.0,
        "cm" => 28.35,
        "mm" => 2.835,
        "in" => 72.0,
        "px" => 0.75,
        _ => return None,
    };
    length[..end].parse::<f32>().ok().map(|number| number * unit)
}

/// Returns whether the margin or indent of a paragraph moves it beyond the edge of any page; `None` if it sets neither.
fn away(style: &Element) -> Option<bool> {
    /// In points: half a metre.
    const FAR: f32 = 1400.0;
    let letters = style.child("paragraph-properties")?;
    let moved: Vec<f32> =
        ["margin-left", "text-indent"].iter().filter_map(|name| points(letters.attribute(name)?)).collect();
    (!moved.is_empty()).then(|| moved.iter().any(|by| by.abs() >= FAR))
}

fn levels(list: &Element) -> Vec<Level> {
    let mut levels = Vec::new();
    for (i, level) in list.elements().filter(|level| level.name.contains("level-style")).enumerate() {
        let at = level
            .attribute("level")
            .and_then(|at| at.parse::<usize>().ok())
            .map_or(i, |at| at.saturating_sub(1))
            .min(LEVELS - 1);
        let value = |name| level.attribute(name).unwrap_or_default();
        // An empty format means that the level has no number, but it may still have a prefix.
        let format = match (level.name.as_str(), value("num-format")) {
            ("list-level-style-bullet" | "list-level-style-image", _) => Format::Bullet,
            (_, "") => Format::None,
            (_, "a") => Format::Letter { upper: false },
            (_, "A") => Format::Letter { upper: true },
            (_, "i") => Format::Roman { upper: false },
            (_, "I") => Format::Roman { upper: true },
            (_, other) => format(other),
        };
        // This many levels are printed with it, counted upwards.
        let own = at + 1;
        let shown = value("display-levels").parse().unwrap_or(1).clamp(1, own);
        let numbers: Vec<String> = (own + 1 - shown..=own).map(|level| format!("%{level}")).collect();
        let numbers = if format == Format::None { String::new() } else { numbers.join(".") };
        let template = match value("num-list-format") {
            "" => format!("{}{numbers}{}", value("num-prefix"), value("num-suffix")),
            written => unpercented(written),
        };
        let level = Level { format, start: value("start-value").parse().unwrap_or(1), template, ..Level::default() };
        levels.resize_with(levels.len().max(own), Level::default);
        levels[at] = level;
    }
    levels
}

/// The maximum number of levels in a list.
const LEVELS: usize = 10;

/// Returns the number format for an example, or several: `1`, `甲, 乙, 丙, ...`.
fn format(example: &str) -> Format {
    match example.chars().next().unwrap_or_default() {
        '1' if example == "1" => Format::Decimal,
        '٠' | '١' => Format::Digits('٠'),
        '۰' | '۱' => Format::Digits('۰'),
        '०' | '१' => Format::Digits('०'),
        '๐' | '๑' => Format::Digits('๐'),
        '１' => Format::Digits('０'),
        '①' => Format::Circled,
        '一' => Format::Ideographs(Ideographs::CHINESE),
        '壹' if example.contains('贰') => Format::Ideographs(Ideographs::SIMPLIFIED_LEGAL),
        '壹' => Format::Ideographs(Ideographs::TRADITIONAL_LEGAL),
        '甲' => Format::Stems,
        '子' => Format::Branches,
        'أ' | 'ا' if example.contains('ت') => Format::Arabic,
        'أ' | 'ا' => Format::Abjad,
        'א' => Format::Gematria,
        '가' => Format::Ganada,
        '일' => Format::Ideographs(Ideographs::KOREAN),
        'ア' => Format::Kana,
        _ => Format::Other,
    }
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
