//! A list on a page -> the numbers that browsers show before its items.

use super::css;
use crate::import::reading::numbering::{Counters, Format, Ideographs, Label, Level};
use crate::import::reading::xml::Element;

/// An open list.
pub(super) struct List {
    levels: [Level; 1],
    counters: Counters,
    is_reversed: bool,
}

impl List {
    /// Opens a list.
    pub(super) fn of(element: &Element) -> List {
        let by_type = match (element.name.as_str(), element.attribute("type")) {
            ("ul", _) => Format::Bullet,
            (_, Some("a")) => Format::Letter { upper: false },
            (_, Some("A")) => Format::Letter { upper: true },
            (_, Some("i")) => Format::Roman { upper: false },
            (_, Some("I")) => Format::Roman { upper: true },
            _ => Format::Decimal,
        };
        let said = element.attribute(css::LIST).and_then(|said| said.split_whitespace().find_map(format));
        let format = match said {
            // An item without a bullet is still an item.
            Some(Format::None) if by_type == Format::Bullet => Format::Bullet,
            said => said.unwrap_or(by_type),
        };
        let is_reversed = element.attribute("reversed").is_some();
        let items = element.elements().filter(|item| item.name == "li").count() as u32;
        let start = element.attribute("start").and_then(|start| start.parse().ok());
        let start = start.unwrap_or(if is_reversed { items } else { 1 });
        let template = if format == Format::None { "" } else { "%1." }.to_owned();
        List {
            levels: [Level { format, start, template, ..Level::default() }],
            counters: Counters::default(),
            is_reversed,
        }
    }

    /// Returns how its items are numbered.
    pub(super) fn format(&self) -> Format {
        self.levels[0].format
    }

    /// Counts an item, and returns what is shown before it.
    pub(super) fn next(&mut self, item: &Element) -> Option<Label> {
        if let Some(number) = item.attribute("value").and_then(|value| value.parse().ok()) {
            self.counters.restart(0, number);
            return self.counters.next(&self.levels, 0);
        }
        match self.is_reversed {
            true => self.counters.previous(&self.levels, 0),
            false => self.counters.next(&self.levels, 0),
        }
    }
}

/// Returns the number format for a CSS keyword; `None` if the keyword means something else.
fn format(word: &str) -> Option<Format> {
    Some(match word {
        "none" => Format::None,
        "disc" | "circle" | "square" => Format::Bullet,
        "decimal" => Format::Decimal,
        "decimal-leading-zero" => Format::Padded,
        "lower-alpha" | "lower-latin" => Format::Letter { upper: false },
        "upper-alpha" | "upper-latin" => Format::Letter { upper: true },
        "lower-roman" => Format::Roman { upper: false },
        "upper-roman" => Format::Roman { upper: true },
        "arabic-indic" => Format::Digits('٠'),
        "persian" => Format::Digits('۰'),
        "devanagari" => Format::Digits('०'),
        "thai" => Format::Digits('๐'),
        "hebrew" => Format::Gematria,
        "cjk-decimal" => Format::Ideographs(Ideographs::DIGITS),
        "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" => {
            Format::Ideographs(Ideographs::CHINESE)
        }
        "simp-chinese-formal" => Format::Ideographs(Ideographs::SIMPLIFIED_LEGAL),
        "trad-chinese-formal" => Format::Ideographs(Ideographs::TRADITIONAL_LEGAL),
        "japanese-informal" => Format::Ideographs(Ideographs::JAPANESE),
        "cjk-earthly-branch" => Format::Branches,
        "cjk-heavenly-stem" => Format::Stems,
        "inside" | "outside" | "inherit" | "initial" | "unset" => return None,
        _ => Format::Other,
    })
}
