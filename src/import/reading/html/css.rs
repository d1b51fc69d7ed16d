//! The style sheets of a page -> what they say about elements: hidden, struck out, raised, how a list is numbered.
//!
//! Supported is what a page can say in its own `style` elements and attributes, with selectors made of names, classes,
//! ids, descendants and children. Rules with other selectors, or in an at-rule such as `@media`, are ignored.

use super::sheet::{Compound, Declaration, Rule, declarations, rules};
use super::unseen::{ink, is_out_of_sight, is_zero};
use crate::import::reading::ink::{Colour, Ink, Paint};
use crate::import::reading::raised::Shift;
use crate::import::reading::words::Style;
use crate::import::reading::xml::Element;

/// Attributes that are added to elements; no attribute of a page can have such a name.
pub(super) const HIDDEN: &str = "\0hidden";
/// Set on elements whose text is struck out.
pub(super) const STRUCK: &str = "\0struck";
/// Set on elements whose text is raised or lowered.
pub(super) const SHIFT: &str = "\0shift";
/// Set on lists that have a style of numbering.
pub(super) const LIST: &str = "\0list";

/// The maximum number of pairs of a rule and an element to compare; on larger pages style sheets are ignored.
const MOST_COMPARED: usize = 20_000_000;

/// Adds to each element what the page's own style sheets say about it. Returns whether they could be applied.
pub(super) fn apply(root: &mut Element) -> bool {
    let mut sheets = String::new();
    root.each(&["style"], &mut |style| sheets.push_str(&style.own_text()));
    let mut rules = rules(&sheets);
    rules.sort_by_key(|rule| rule.weight);
    let is_small = rules.len().saturating_mul(count(root)) <= MOST_COMPARED;
    if !is_small {
        rules.clear();
    }
    let mut looks = Vec::new();
    // An external style sheet, which is not read, may set the background.
    let mut ground = Paint::Of(Colour::WHITE);
    root.each(&["link"], &mut |link| {
        let rel = link.attribute("rel").unwrap_or_default();
        if rel.to_lowercase().contains("stylesheet") {
            ground = Paint::Unknown;
        }
    });
    let around = Around { hidden: false, ink: Ink { ground, ..Ink::USUAL } };
    look_at(root, &mut Vec::new(), &rules, around, &mut looks);
    looks.reverse();
    note(root, &mut looks);
    is_small
}

fn count(element: &Element) -> usize {
    1 + element.elements().map(count).sum::<usize>()
}

/// What style sheets say about one element: attributes to add to it.
type Look = Vec<(String, String)>;

/// Inherited properties of the letters around an element.
#[derive(Clone, Copy)]
struct Around {
    hidden: bool,
    ink: Ink,
}

/// Finds out what style sheets say about an element and everything in it, in document order. Returns whether one of
/// these is visible although its container is not: an element is only hidden if nothing in it is shown again.
fn look_at<'a>(
    element: &'a Element,
    above: &mut Vec<&'a Element>,
    rules: &[Rule],
    around: Around,
    looks: &mut Vec<Look>,
) -> bool {
    // The element's own `style` attribute comes last, because it wins over every sheet unless a rule is important.
    above.push(element);
    let inline = declarations(element.attribute("style").unwrap_or_default());
    let matching = rules.iter().filter(|rule| matches(&rule.selector, above)).flat_map(|rule| &rule.declarations);
    let said: Vec<&Declaration> = matching.chain(&inline).collect();
    let value = |names: &[&str]| {
        let of_name = || said.iter().rev().filter(|of| names.contains(&of.name.as_str()));
        of_name().find(|of| of.is_important).or_else(|| of_name().next()).map(|of| of.value.as_str())
    };
    let has =
        |value: Option<&str>, word: &str| value.is_some_and(|value| value.split_whitespace().any(|own| own == word));
    // `visibility` is inherited, but a descendant can be made visible again; `display: none` hides all of them for
    // good.
    let hidden = match value(&["visibility"]) {
        Some("hidden" | "collapse") => true,
        Some("visible") => false,
        _ => around.hidden,
    };
    let ink = ink(element, around.ink, &value);
    let unseen = hidden || ink.is_unseen();
    let mut look = Look::new();
    let mut say = |name: &str, value: &str| look.push((name.to_owned(), value.to_owned()));
    if has(value(&["text-decoration", "text-decoration-line"]), "line-through") {
        say(STRUCK, "");
    }
    match value(&["vertical-align"]) {
        Some("super") => say(SHIFT, "super"),
        Some("sub") => say(SHIFT, "sub"),
        Some("baseline") => say(SHIFT, ""),
        _ => {}
    }
    if let Some(list) = value(&["list-style", "list-style-type"]) {
        say(LIST, list);
    }
    let is_gone = has(value(&["display"]), "none")
        || element.attribute("hidden").is_some() && value(&["display"]).is_none()
        || value(&["opacity"]).is_some_and(is_zero)
        || is_out_of_sight(&value);
    // The element's entry comes before those of its children, because attributes are added in the same order.
    let at = looks.len();
    looks.push(look);
    let mut shown = !unseen;
    for child in element.elements() {
        shown |= look_at(child, above, rules, Around { hidden, ink }, looks);
    }
    above.pop();
    if is_gone || unseen && !shown {
        looks[at].push((HIDDEN.to_owned(), String::new()));
    }
    shown
}

/// Adds to each element what was found about it; the first element's is at the end of the list.
fn note(element: &mut Element, looks: &mut Vec<Look>) {
    element.attributes.extend(looks.pop().unwrap_or_default());
    for child in &mut element.children {
        if let crate::import::reading::xml::Node::Element(child) = child {
            note(child, looks);
        }
    }
}

/// Returns whether browsers do not show an element.
pub(super) fn is_hidden(element: &Element) -> bool {
    element.attribute(HIDDEN).is_some()
}

/// Returns how letters are set in an inline element.
pub(super) fn style_of(element: &Element, around: Style) -> Style {
    let name = element.name.as_str();
    let own = match name {
        "sup" => Some(Shift::Raised),
        "sub" => Some(Shift::Lowered),
        _ => None,
    };
    Style {
        emphasis: around.emphasis || matches!(name, "em" | "i" | "cite" | "dfn"),
        strong: around.strong || matches!(name, "strong" | "b"),
        struck: around.struck || matches!(name, "del" | "s" | "strike") || element.attribute(STRUCK).is_some(),
        shift: shift(element).or(own).unwrap_or(around.shift),
    }
}

/// Returns how letters are shifted from their line in an element, if its style says so.
fn shift(element: &Element) -> Option<Shift> {
    element.attribute(SHIFT).map(|shift| match shift {
        "super" => Shift::Raised,
        "sub" => Shift::Lowered,
        _ => Shift::None,
    })
}

/// Returns whether a selector matches the last element of a path from the root.
fn matches(selector: &[Compound], path: &[&Element]) -> bool {
    let (Some(last), Some((element, above))) = (selector.last(), path.split_last()) else { return false };
    if !is_of(last, element) {
        return false;
    }
    // Indexes of the ancestors that can match the end of the rest of the selector. All are kept, because the nearest
    // one is not always the right one.
    let mut wanted = &selector[..selector.len() - 1];
    let mut is_child = last.is_child;
    let mut below = vec![above.len()];
    while let Some((compound, rest)) = wanted.split_last() {
        let nearest: Vec<usize> = if is_child {
            below.iter().filter_map(|at| at.checked_sub(1)).filter(|at| is_of(compound, above[*at])).collect()
        } else {
            let deepest = below.iter().max().copied().unwrap_or(0);
            (0..deepest).filter(|at| is_of(compound, above[*at])).collect()
        };
        if nearest.is_empty() {
            return false;
        }
        (below, is_child, wanted) = (nearest, compound.is_child, rest);
    }
    true
}

fn is_of(compound: &Compound, element: &Element) -> bool {
    let classes = || element.attribute("class").unwrap_or_default().split_whitespace();
    compound.name.as_ref().is_none_or(|name| *name == element.name)
        && compound.id.as_deref().is_none_or(|id| element.attribute("id") == Some(id))
        && compound.classes.iter().all(|class| classes().any(|own| own == class))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reading::xml;

    #[test]
    fn the_last_of_the_most_specific_rules_wins() {
        let page = r#"<html><style>
            /* p { display: none } */ @media print { em { display: none } } @import url(x);
            .secret, #gone, div > .inner { display: none } .secret.open { display: block }
            .out em { text-decoration: underline line-through } sup.plain { vertical-align: baseline }
            b:hover { display: none } .quiet { visibility: hidden } .loud { visibility: visible }
            .kept { display: none !important }</style>
            <p class="secret">1</p><p class="secret open">2</p><p id="gone">3</p><div><i class="inner">4</i></div>
            <p><i class="inner">5</i></p><p class="out"><q><em>6</em></q></p><em>7</em><b>8</b>
            <p class="quiet">9</p><p class="quiet"><b class="loud">10</b></p><p class="kept" style="display: block">11</p>
            <p style="Display : NONE">12</p><p hidden="">13</p><p class="secret" style="display:inline">14</p>
            <p style="opacity: 0.0">15</p><p style="opacity:0.1">16</p><p style="font-size:0px">17</p>
            <p style="font-size:0"><b style="font-size:12px">18</b></p>
            <p style="font-size: 1pt">19</p><p style="font-size:14px">20</p><p style="color:#FFF">21</p>
            <p style="color:#fff; background: navy">22</p><div style="background:black"><p>23</p><p style="color:white">24</p></div>
            <p style="color: white">25<b style="color:red">26</b></p><font color="white">27</font>
            <p style="position:absolute;left:-9999px">28</p><p style="text-indent:-999em">29</p><p style="color:transparent">30</p>
            <p style="color:white;background:url(a.png)">31</p><a href="x" style="background:black">32</a></html>"#;
        let mut root = xml::parse(page.as_bytes()).unwrap();
        assert!(apply(&mut root));
        let (mut hidden, mut struck) = (Vec::new(), Vec::new());
        let mut look = vec![&root];
        while let Some(element) = look.pop() {
            let text = || element.own_text().trim().to_owned();
            hidden.extend(element.attribute(HIDDEN).map(|_| text()));
            struck.extend(element.attribute(STRUCK).map(|_| text()));
            look.extend(element.elements());
        }
        hidden.sort_by_key(|text| text.parse::<u32>().unwrap());
        assert_eq!(
            hidden,
            ["1", "3", "4", "9", "11", "12", "13", "15", "17", "19", "21", "23", "27", "28", "29", "30"]
        );
        assert_eq!(struck, ["6"]);
    }

    #[test]
    fn broken_sheets_are_ignored() {
        for sheet in [
            "> p { display: none",
            "{}",
            "p { display",
            "a,, { display:none }",
            "}}} p:not(.é) {display:none}",
            "@media x { p {display:none}",
        ] {
            for rule in rules(sheet) {
                assert!(!rule.selector.is_empty(), "{sheet}");
            }
        }
    }
}
