//! The lists of a Word document -> the label of each paragraph in them.

use std::collections::{BTreeMap, BTreeSet};

use super::styles::is_on;
use crate::import::reading::numbering::{Counters, Format, Ideographs, Label, Level};
use crate::import::reading::xml::Element;

/// All lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// Abstract lists by id: Word's term for what several lists share.
    kinds: BTreeMap<String, ListKind>,
    /// Lists by id. Several may continue the numbers of one abstract list.
    lists: BTreeMap<String, List>,
}

#[derive(Debug, Default)]
/// An abstract list.
struct ListKind {
    levels: Vec<LevelOf>,
    /// The list style that it defines, or whose levels it uses.
    defines: Option<String>,
    links_to: Option<String>,
}

/// A level, and the style of the paragraphs on it.
#[derive(Clone, Debug)]
struct LevelOf {
    at: usize,
    level: Level,
    style: Option<String>,
}

#[derive(Debug)]
/// A list, which refers to an abstract list and may override it.
struct List {
    of: String,
    /// Numbers with which levels restart, by level.
    starts: BTreeMap<usize, u32>,
    levels: Vec<Level>,
    styles: BTreeMap<String, usize>,
}

/// How far the lists of a document have been counted.
#[derive(Debug, Default)]
pub(super) struct Counted {
    counters: BTreeMap<String, Counters>,
    begun: BTreeSet<(String, usize)>,
}

/// The maximum number of levels in a list (ECMA-376, 17.9).
const LEVELS: usize = 9;

impl Numbers {
    /// Reads the part that defines the lists.
    ///
    /// Abstract lists come first, because lists refer to them.
    pub(super) fn of(part: &Element) -> Numbers {
        let mut numbers = Numbers::default();
        for element in part.elements() {
            if let ("abstractNum", Some(id)) = (element.name.as_str(), element.attribute("abstractNumId")) {
                let value = |name| element.child(name).and_then(|of| of.attribute("val")).map(str::to_owned);
                let levels = element.elements().filter(|of| of.name == "lvl").filter_map(level).collect();
                let kind = ListKind { levels, defines: value("styleLink"), links_to: value("numStyleLink") };
                numbers.kinds.insert(id.to_owned(), kind);
            }
        }
        for element in part.elements() {
            if let ("num", Some(id)) = (element.name.as_str(), element.attribute("numId")) {
                let list = numbers.list(element);
                numbers.lists.insert(id.to_owned(), list);
            }
        }
        numbers
    }

    fn list(&self, element: &Element) -> List {
        let of = element.child("abstractNumId").and_then(|of| of.attribute("val")).unwrap_or_default();
        let mut starts = BTreeMap::new();
        let mut own = Vec::new();
        for over in element.elements().filter(|element| element.name == "lvlOverride") {
            let Some(at) = over.attribute("ilvl").and_then(|at| at.parse::<usize>().ok()) else { continue };
            own.extend(over.child("lvl").and_then(level));
            let start = over.child("startOverride").and_then(|start| start.attribute("val"));
            starts.extend(start.and_then(|start| start.parse().ok()).map(|start| (at, start)));
        }
        let kind = self.kinds.get(of);
        let linked =
            kind.and_then(|kind| kind.links_to.as_ref()).filter(|_| kind.is_some_and(|of| of.levels.is_empty()));
        let defining = linked.and_then(|style| self.kinds.values().find(|kind| kind.defines.as_ref() == Some(style)));
        let all = defining.or(kind).map_or(&[][..], |kind| &kind.levels).iter().chain(&own);
        let (mut levels, mut styles) = (Vec::new(), BTreeMap::new());
        for LevelOf { at, level, style } in all {
            levels.resize_with(levels.len().max(at + 1), Level::default);
            levels[*at] = level.clone();
            styles.extend(style.clone().map(|style| (style, *at)));
        }
        List { of: of.to_owned(), starts, levels, styles }
    }

    /// Returns the level of a list that paragraphs in a style belong to, if the list says so.
    pub(super) fn level_of(&self, list: &str, style: Option<&str>) -> Option<usize> {
        self.lists.get(list)?.styles.get(style?).copied()
    }

    /// Returns whether a level's numbers have a format that is not supported.
    pub(super) fn is_unwritten(&self, list: &str, level: usize) -> bool {
        let level = self.lists.get(list).and_then(|list| list.levels.get(level));
        level.is_some_and(|level| level.format == Format::Other)
    }

    /// Counts a paragraph of a list, and returns its label.
    pub(super) fn next(&self, list: &str, level: usize, counted: &mut Counted) -> Option<Label> {
        let own = self.lists.get(list)?;
        let counters = counted.counters.entry(own.of.clone()).or_default();
        if let Some(start) = own.starts.get(&level).filter(|_| level < own.levels.len())
            && counted.begun.insert((list.to_owned(), level))
        {
            counters.restart(level, *start);
        }
        counters.next(&own.levels, level)
    }
}

fn level(level: &Element) -> Option<LevelOf> {
    let value = |name| level.child(name).and_then(|element| element.attribute("val"));
    let number = |name| value(name).and_then(|number| number.parse().ok());
    // Newer formats are in a choice between them and what older programs support.
    let format = value("numFmt").or_else(|| {
        let choice = level.child("AlternateContent").and_then(|of| of.child("Fallback").or_else(|| of.child("Choice")));
        choice.and_then(|of| of.child("numFmt")).and_then(|of| of.attribute("val"))
    });
    let at = level.attribute("ilvl").and_then(|at| at.parse().ok()).filter(|at| *at < LEVELS)?;
    let own = Level {
        format: self::format(format.unwrap_or("decimal")),
        start: number("start").unwrap_or(1),
        template: value("lvlText").unwrap_or_default().to_owned(),
        restart: number("lvlRestart").map(|above: u32| above as usize),
        is_legal: level.child("isLgl").is_some_and(is_on),
        is_hidden: level.child("rPr").and_then(|run| run.child("vanish")).is_some_and(is_on),
    };
    Some(LevelOf { at, level: own, style: value("pStyle").map(str::to_owned) })
}

/// Returns the number format for its name (ECMA-376, 17.18.59).
fn format(name: &str) -> Format {
    match name {
        "bullet" => Format::Bullet,
        "none" => Format::None,
        "decimal" | "decimalHalfWidth" => Format::Decimal,
        "decimalZero" => Format::Padded,
        "lowerLetter" => Format::Letter { upper: false },
        "upperLetter" => Format::Letter { upper: true },
        "lowerRoman" => Format::Roman { upper: false },
        "upperRoman" => Format::Roman { upper: true },
        "russianLower" => Format::Russian { upper: false },
        "russianUpper" => Format::Russian { upper: true },
        "arabicAlpha" => Format::Arabic,
        "arabicAbjad" => Format::Abjad,
        "hebrew1" => Format::Gematria,
        "hebrew2" => Format::Hebrew,
        // Decimal numbers in the digits of a script, each given by its zero.
        "hindiNumbers" => Format::Digits('०'),
        "thaiNumbers" => Format::Digits('๐'),
        "decimalFullWidth" | "decimalFullWidth2" => Format::Digits('０'),
        "ganada" => Format::Ganada,
        "aiueoFullWidth" | "aiueo" => Format::Kana,
        "ideographTraditional" => Format::Stems,
        "ideographZodiac" => Format::Branches,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Format::Circled,
        "decimalEnclosedParen" => Format::Bracketed,
        "decimalEnclosedFullstop" => Format::Stopped,
        "ideographEnclosedCircle" => Format::CircledIdeograph,
        "numberInDash" => Format::Dashed,
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            Format::Ideographs(Ideographs::DIGITS)
        }
        // Ideographs: the same digits, with different signs for tens and zero, and with fraud-proof forms in legal texts.
        "chineseCounting" | "taiwaneseCounting" => Format::Ideographs(Ideographs::CHINESE_SHORT),
        "chineseCountingThousand" | "taiwaneseCountingThousand" => Format::Ideographs(Ideographs::CHINESE),
        "japaneseCounting" => Format::Ideographs(Ideographs::JAPANESE),
        "chineseLegalSimplified" => Format::Ideographs(Ideographs::SIMPLIFIED_LEGAL),
        "ideographLegalTraditional" => Format::Ideographs(Ideographs::TRADITIONAL_LEGAL),
        "japaneseLegal" => Format::Ideographs(Ideographs::JAPANESE_LEGAL),
        "koreanCounting" => Format::Ideographs(Ideographs::KOREAN),
        "koreanDigital" => Format::Ideographs(Ideographs::KOREAN_DIGITS),
        // Numbers spelled out in words (`cardinalText`) depend on the language of the program; they are reported.
        _ => Format::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reading::xml;

    #[test]
    fn lists_are_counted_as_their_definitions_say() {
        let lvl = |at: u32, format: &str, text: &str, more: &str| {
            format!(r#"<lvl ilvl="{at}"><numFmt val="{format}"/>{more}<lvlText val="{text}"/></lvl>"#)
        };
        let part = format!(
            r#"<numbering><abstractNum abstractNumId="1"><styleLink val="Legal"/>{}{}</abstractNum>
            <abstractNum abstractNumId="2"><numStyleLink val="Legal"/></abstractNum>
            <num numId="1"><abstractNumId val="1"/></num><num numId="2"><abstractNumId val="2"/></num>
            <num numId="3"><abstractNumId val="1"/><lvlOverride ilvl="0"><startOverride val="7"/></lvlOverride>
            <lvlOverride ilvl="1">{}</lvlOverride></num></numbering>"#,
            lvl(0, "upperRoman", "%1.", ""),
            lvl(1, "decimal", "%1.%2)", "<isLgl/><pStyle val=\"Second\"/>"),
            lvl(1, "chineseCounting", "（%2）", ""),
        );
        let numbers = Numbers::of(&xml::parse(part.as_bytes()).unwrap());
        let mut counted = Counted::default();
        let labels: Vec<_> = [("1", 0), ("1", 1), ("2", 0), ("2", 1), ("3", 0), ("3", 1), ("3", 1), ("1", 0)]
            .iter()
            .map(|(list, level)| match numbers.next(list, *level, &mut counted) {
                Some(Label::Words(words)) => words,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(labels, ["I.", "1.1)", "I.", "1.1)", "VII.", "（一）", "（二）", "VIII."]);
        assert_eq!(numbers.level_of("2", Some("Second")), Some(1));
        assert_eq!(numbers.next("0", 0, &mut counted), None);
    }
}
