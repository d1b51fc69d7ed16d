//! The styles of a Word document -> the properties of a paragraph or run in one of them.

use std::collections::BTreeMap;

use crate::import::reading::ink::{Ink, Paint, TINY};
use crate::import::reading::raised::Shift;
use crate::import::reading::words::Style;
use crate::import::reading::xml::Element;

/// A style, as far as it is used here.
#[derive(Debug, Default)]
struct Definition {
    name: String,
    based_on: Option<String>,
    properties: Properties,
}

/// Properties of a paragraph or run, from a style or set directly.
#[derive(Clone, Debug, Default)]
pub(super) struct Properties {
    /// Whether letters are bold.
    pub bold: Option<bool>,
    /// Whether letters are italic.
    pub italic: Option<bool>,
    /// Whether letters are hidden.
    pub hidden: Option<bool>,
    /// Whether letters are struck out once.
    pub struck: Option<bool>,
    /// Whether letters are struck out twice.
    pub double_struck: Option<bool>,
    /// Whether letters are raised or lowered.
    pub shift: Option<Shift>,
    /// Colour of the letters.
    pub colour: Option<Paint>,
    /// Colour behind the letters.
    pub ground: Option<Paint>,
    /// Font size in points.
    pub size: Option<f32>,
    /// Whether its lines are moved off the page, or are too low for any letter.
    pub is_away: Option<bool>,
    /// Level of a heading, from 0; 9 is body text.
    pub outline: Option<u8>,
    /// Id of its list.
    pub list: Option<String>,
    /// Its level in the list, from 0.
    pub level: Option<usize>,
}

/// The styles that a run is in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct In<'a> {
    /// Id of the table's style.
    pub table: Option<&'a str>,
    /// Id of the paragraph's style.
    pub paragraph: Option<&'a str>,
    /// Id of the run's own style.
    pub run: Option<&'a str>,
    /// The properties set directly on the paragraph.
    pub own: Option<&'a Element>,
    /// Colour behind the letters if nothing closer sets one.
    pub ground: Option<Paint>,
}

/// All styles by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_name: BTreeMap<String, Definition>,
    /// What holds for all letters by default.
    defaults: Properties,
    /// The style of paragraphs that name none.
    paragraph: Option<String>,
}

/// Longest chain of styles based on each other; a longer one is a cycle.
const LONGEST_CHAIN: usize = 20;

impl Styles {
    /// Reads the part that defines the styles.
    pub(super) fn of(part: &Element) -> Styles {
        let mut styles = Styles::default();
        let defaults = part.child("docDefaults").and_then(|defaults| defaults.child("rPrDefault"));
        styles.defaults = defaults.map(Properties::of).unwrap_or_default();
        for style in part.elements().filter(|element| element.name == "style") {
            let value = |name| style.child(name).and_then(|element| element.attribute("val")).map(str::to_owned);
            let Some(id) = style.attribute("styleId") else { continue };
            let definition = Definition {
                name: value("name").unwrap_or_default().to_lowercase(),
                based_on: value("basedOn"),
                properties: Properties::of(style),
            };
            let is_default = style.attribute("default").is_some_and(|value| !matches!(value, "0" | "false" | "off"));
            if is_default && style.attribute("type") == Some("paragraph") {
                styles.paragraph = Some(id.to_owned());
            }
            styles.by_name.insert(id.to_owned(), definition);
        }
        styles
    }

    /// Returns the style of a paragraph that names this one or none.
    pub(super) fn of_paragraph<'a>(&'a self, named: Option<&'a str>) -> Option<&'a str> {
        named.or(self.paragraph.as_deref())
    }

    /// Returns a style and those that it is based on, the closest first.
    fn chain(&self, id: Option<&str>) -> impl Iterator<Item = &Definition> {
        let first = id.and_then(|id| self.by_name.get(id));
        let next = |style: &&Definition| style.based_on.as_deref().and_then(|id| self.by_name.get(id));
        std::iter::successors(first, next).take(LONGEST_CHAIN)
    }

    /// Returns what a style sets for a property, itself or by what it is based on.
    pub(super) fn say<T>(&self, id: Option<&str>, of: impl Fn(&Properties) -> Option<T>) -> Option<T> {
        self.chain(id).find_map(|style| of(&style.properties))
    }

    /// Returns whether a toggle property is on: two styles that set it cancel each other (ECMA-376, 17.7.3).
    fn toggled(&self, own: &Properties, within: In<'_>, of: impl Fn(&Properties) -> Option<bool>) -> bool {
        let by_styles = || {
            let said = |id| self.say(id, &of).unwrap_or(false);
            of(&self.defaults).unwrap_or(false) || said(within.table) ^ said(within.paragraph) ^ said(within.run)
        };
        of(own).unwrap_or_else(by_styles)
    }

    /// Returns whether words are hidden, by direct formatting or by a style.
    pub(super) fn is_hidden(&self, own: &Properties, within: In<'_>) -> bool {
        self.toggled(own, within, |of| of.hidden) || self.is_unseen(own, within)
    }

    /// Returns whether letters are too small, in the colour of their background, or off the page.
    fn is_unseen(&self, own: &Properties, within: In<'_>) -> bool {
        let paragraph = within.own.map(Properties::of_paragraph).unwrap_or_default();
        let styles = [within.run, within.paragraph, within.table];
        let size = own.size.or_else(|| styles.iter().find_map(|style| self.say(*style, |of| of.size)));
        let is_tiny = size.or(self.defaults.size).is_some_and(|size| size <= TINY);
        let colour = own.colour.or_else(|| styles.iter().find_map(|style| self.say(*style, |of| of.colour)));
        let is_away = paragraph.is_away.or_else(|| self.say(within.paragraph, |of| of.is_away)).unwrap_or(false);
        let Some(colour) = colour else { return is_tiny || is_away };
        let by_styles = || styles.iter().find_map(|style| self.say(*style, |of| of.ground));
        // The style of a table may colour each row differently.
        let beyond = if within.table.is_some() { Paint::Unknown } else { Ink::USUAL.ground };
        let ground = own.ground.or(paragraph.ground).or_else(by_styles).or(within.ground).unwrap_or(beyond);
        is_away || Ink { letters: colour, is_tiny, ..Ink::USUAL }.on(ground).is_unseen()
    }

    /// Returns how letters are set. A bold paragraph is not emphasis, so only the run itself counts for that.
    pub(super) fn set(&self, own: &Properties, within: In<'_>) -> Style {
        let nearest =
            |of: fn(&Properties) -> Option<bool>| of(own).or_else(|| self.say(within.run, of)).unwrap_or(false);
        let in_any = |of: fn(&Properties) -> Option<bool>| {
            let styles = [within.run, within.paragraph, within.table];
            let said = of(own).or_else(|| styles.iter().find_map(|style| self.say(*style, of)));
            said.or_else(|| of(&self.defaults)).unwrap_or(false)
        };
        let styles = [within.run, within.paragraph, within.table];
        let shift = own.shift.or_else(|| styles.iter().find_map(|style| self.say(*style, |of| of.shift)));
        Style {
            emphasis: nearest(|of| of.italic),
            strong: nearest(|of| of.bold),
            struck: self.toggled(own, within, |of| of.struck) || in_any(|of| of.double_struck),
            shift: shift.or(self.defaults.shift).unwrap_or_default(),
        }
    }

    /// Returns the level of headings in a style, from 1.
    pub(super) fn heading(&self, id: Option<&str>) -> Option<u8> {
        if let Some(outline) = self.say(id, |properties| properties.outline) {
            return (outline < 9).then_some(outline + 1);
        }
        self.chain(id).find_map(|style| match style.name.as_str() {
            "title" => Some(1),
            name => name.strip_prefix("heading ")?.parse().ok().filter(|level| (1..=9).contains(level)),
        })
    }

    /// Returns whether a style is meant for quotations.
    pub(super) fn is_quotation(&self, id: Option<&str>) -> bool {
        const NAMES: [&str; 4] = ["quote", "intense quote", "block text", "quotations"];
        self.chain(id).any(|style| NAMES.contains(&style.name.as_str()))
    }
}

/// By how many half points letters must be moved to count as raised or lowered.
const MOVED: i32 = 4;

impl Properties {
    /// Reads the properties in `pPr` and `rPr` of an element.
    pub(super) fn of(element: &Element) -> Properties {
        let paragraph = element.child("pPr");
        let list = paragraph.and_then(|properties| properties.child("numPr"));
        Properties {
            outline: value(paragraph, "outlineLvl").and_then(|level| level.parse().ok()),
            list: value(list, "numId").map(str::to_owned),
            level: value(list, "ilvl").and_then(|level| level.parse().ok()),
            is_away: paragraph.and_then(is_away),
            ..Properties::of_letters(element.child("rPr")).above(paragraph)
        }
    }

    /// Reads the properties in `pPr` that concern where letters are.
    fn of_paragraph(paragraph: &Element) -> Properties {
        Properties { is_away: is_away(paragraph), ..Properties::default() }.above(Some(paragraph))
    }

    /// Adds the background of a paragraph, if letters have none of their own.
    fn above(self, paragraph: Option<&Element>) -> Properties {
        Properties { ground: self.ground.or_else(|| ground(paragraph)), ..self }
    }

    /// Reads the properties in `rPr`.
    pub(super) fn of_letters(run: Option<&Element>) -> Properties {
        // Right-to-left scripts have switches of their own.
        let complex = run.is_some_and(|run| run.child("rtl").is_some_and(is_on));
        let switch = |name| run.and_then(|run| run.child(name)).map(is_on);
        // Letters can be raised in two ways: as superscript, or by moving them up while keeping their size.
        let aligned = value(run, "vertAlign").map(|align| match align {
            "superscript" => Shift::Raised,
            "subscript" => Shift::Lowered,
            _ => Shift::None,
        });
        let moved = value(run, "position").and_then(|moved| moved.parse().ok()).map(|moved: i32| match moved {
            MOVED.. => Shift::Raised,
            _ if moved <= -MOVED => Shift::Lowered,
            _ => Shift::None,
        });
        Properties {
            bold: switch(if complex { "bCs" } else { "b" }),
            italic: switch(if complex { "iCs" } else { "i" }),
            hidden: switch("vanish"),
            struck: switch("strike"),
            double_struck: switch("dstrike"),
            colour: value(run, "color").filter(|value| *value != "auto").map(Paint::read),
            ground: ground(run).or_else(|| value(run, "highlight").map(Paint::read)),
            size: value(run, if complex { "szCs" } else { "sz" })
                .and_then(|half| half.parse().ok())
                .map(|half: f32| half / 2.0),
            is_away: None,
            shift: aligned.filter(|shift| *shift != Shift::None).or(moved).or(aligned),
            outline: None,
            list: None,
            level: None,
        }
    }
}

fn value<'a>(of: Option<&'a Element>, name: &str) -> Option<&'a str> {
    of.and_then(|of| of.child(name)).and_then(|element| element.attribute("val"))
}

/// Returns the fill colour of an element, if it sets one.
pub(super) fn ground(of: Option<&Element>) -> Option<Paint> {
    let fill = of?.child("shd")?.attribute("fill")?;
    (fill != "auto").then(|| Paint::read(fill))
}

/// Returns whether the lines of a paragraph are indented, or its frame is moved, beyond the edge of any page, or have
/// no height; `None` if it sets nothing of the kind.
fn is_away(paragraph: &Element) -> Option<bool> {
    /// In twentieths of a point: half a metre, and a tenth of a line.
    const FAR: i32 = 28_000;
    const LOW: i32 = 30;
    let number = |child: &str, names: &[&str]| {
        let child = paragraph.child(child)?;
        names.iter().find_map(|name| child.attribute(name)).and_then(|value| value.parse::<i32>().ok())
    };
    let left = number("ind", &["left", "start"]);
    let first = number("ind", &["firstLine"]).or_else(|| number("ind", &["hanging"]).map(|by| -by));
    let frame = number("framePr", &["x"]).into_iter().chain(number("framePr", &["y"]));
    let line = number("spacing", &["line"]);
    let is_exact = paragraph.child("spacing").and_then(|of| of.attribute("lineRule")) == Some("exact");
    let is_far = left.is_some_and(|by| by.abs() >= FAR) || first.is_some_and(|by| by.abs() >= FAR);
    let is_low = is_exact && line.is_some_and(|line| (0..=LOW).contains(&line));
    let says = left.is_some() || first.is_some() || line.is_some() || paragraph.child("framePr").is_some();
    says.then_some(is_far || is_low || frame.into_iter().any(|at| at <= -FAR / 2))
}

/// Returns whether a switch is on; without a value it is.
pub(super) fn is_on(switch: &Element) -> bool {
    !matches!(switch.attribute("val"), Some("0" | "false" | "off" | "none"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reading::xml;

    #[test]
    fn letters_have_the_properties_of_the_closest_style() {
        let styles = xml::parse(
            br#"<styles><docDefaults><rPrDefault><rPr/></rPrDefault></docDefaults>
            <style type="paragraph" default="1" styleId="Normal"><name val="Normal"/></style>
            <style type="paragraph" styleId="Off"><basedOn val="Normal"/><rPr><vanish/><strike/></rPr></style>
            <style type="paragraph" styleId="Child"><basedOn val="Off"/></style>
            <style type="paragraph" styleId="On"><basedOn val="Off"/><rPr><vanish val="0"/><strike val="false"/></rPr></style>
            <style type="character" styleId="Secret"><rPr><vanish/><dstrike/></rPr></style>
            <style type="character" styleId="Up"><rPr><vertAlign val="superscript"/></rPr></style></styles>"#,
        )
        .unwrap();
        let styles = Styles::of(&styles);
        let own = |xml: &str| Properties::of(&xml::parse(format!("<r><rPr>{xml}</rPr></r>").as_bytes()).unwrap());
        for (run, paragraph, style, hidden, struck) in [
            ("", None, None, false, false),
            ("", Some("Child"), None, true, true),
            ("", Some("On"), None, false, false),
            ("<vanish val=\"0\"/><strike val=\"0\"/>", Some("Child"), None, false, false),
            ("", None, Some("Secret"), true, true),
            // Two styles that hide words show them.
            ("", Some("Child"), Some("Secret"), false, true),
        ] {
            let within = In { paragraph: styles.of_paragraph(paragraph), run: style, ..In::default() };
            let is = (styles.is_hidden(&own(run), within), styles.set(&own(run), within).struck);
            assert_eq!(is, (hidden, struck), "{run} {paragraph:?} {style:?}");
        }
        let up = In { run: Some("Up"), ..In::default() };
        assert_eq!(styles.set(&own(""), up).shift, Shift::Raised);
        assert_eq!(styles.set(&own("<vertAlign val=\"baseline\"/>"), up).shift, Shift::None);
        assert_eq!(styles.set(&own("<position val=\"-6\"/>"), In::default()).shift, Shift::Lowered);
    }

    #[test]
    fn defaults_of_all_letters_are_read() {
        let styles =
            xml::parse(b"<styles><docDefaults><rPrDefault><rPr><vanish/></rPr></rPrDefault></docDefaults></styles>");
        assert!(Styles::of(&styles.unwrap()).is_hidden(&Properties::default(), In::default()));
    }
}
