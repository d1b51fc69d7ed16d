//! The tree of an HTML page -> the element that contains its text.

use super::css::is_hidden;
use crate::import::pages::letters;
use crate::import::reading::xml::{Element, Node};

/// Elements that never contain words of the text.
pub(super) const NO_WORDS: &[&str] = &[
    "script", "style", "template", "noscript", "head", "svg", "iframe", "frame", "embed", "object", "audio", "video",
    "canvas", "select", "textarea", "button", "input", "rt", "rp",
];
/// Elements of the page around a text, wherever they are.
pub(super) const FRAME: &[&str] = &["nav", "aside", "form", "dialog", "menu", "footer"];

/// Words in class names that pages use for what is not part of the text.
const FRAME_CLASSES: &[&str] = &[
    "breadcrumb",
    "breadcrumbs",
    "share",
    "social",
    "sidebar",
    "menu",
    "navigation",
    "navbar",
    "cookie",
    "cookies",
    "related",
    "pagination",
    "skip-link",
    "screen-reader-text",
    "visually-hidden",
    "sr-only",
    "comments",
];
/// Roles (WAI-ARIA 1.2) of what is not part of the text.
const FRAME_ROLES: &[&str] = &["navigation", "banner", "contentinfo", "complementary", "search", "form", "menu"];

/// Returns whether an element belongs to the page around a text, by its role and classes.
pub(super) fn is_frame(element: &Element) -> bool {
    let classes = element.attribute("class").unwrap_or_default().to_lowercase();
    FRAME_ROLES.contains(&element.attribute("role").unwrap_or_default())
        || classes.split_whitespace().any(|class| FRAME_CLASSES.contains(&class))
}

/// Finds the element of the text, and passes everything outside it to `outside`.
pub(super) fn find<'a>(root: &'a Element, outside: &mut impl FnMut(&'a Element)) -> &'a Element {
    let said = said(root, words_in(root) / 2);
    let mut at = root;
    loop {
        // First follow what the page declares as its text, and from there the element with nearly all words.
        let next = match said {
            Some(said) if !std::ptr::eq(at, said) && contains(at, said) => {
                at.elements().find(|child| contains(child, said))
            }
            _ => {
                let all = words_in(at);
                at.elements().find(|child| is_container(child) && words_in(child) * 10 >= all * 9)
            }
        };
        let Some(next) = next else { return at };
        at.elements().filter(|child| !std::ptr::eq(*child, next) && is_outside(child)).for_each(&mut *outside);
        at = next;
    }
}

/// Returns whether an element outside the text has words that readers of the page see, with or without scripts.
fn is_outside(element: &Element) -> bool {
    element.name == "noscript" || !NO_WORDS.contains(&element.name.as_str())
}

/// Returns the smallest element that the page declares as its text, if it has at least this many letters.
fn said(root: &Element, least: u32) -> Option<&Element> {
    let mut best: Option<(&Element, u32)> = None;
    let mut look = vec![root];
    while let Some(element) = look.pop() {
        let says = matches!(element.name.as_str(), "article" | "main")
            || element.attribute("role") == Some("main")
            || element.attribute("itemprop") == Some("articleBody");
        if says {
            let words = words_in(element);
            if words >= least.max(1) && best.is_none_or(|(_, fewest)| words <= fewest) {
                best = Some((element, words));
            }
        }
        look.extend(element.elements());
    }
    best.map(|(element, _)| element)
}

fn contains(element: &Element, wanted: &Element) -> bool {
    std::ptr::eq(element, wanted) || element.elements().any(|child| contains(child, wanted))
}

/// Returns whether an element can contain blocks of a text.
fn is_container(element: &Element) -> bool {
    matches!(
        element.name.as_str(),
        "html"
            | "body"
            | "div"
            | "section"
            | "main"
            | "article"
            | "td"
            | "tr"
            | "tbody"
            | "table"
            | "center"
            | "font"
            | "span"
    )
}

/// Counts letters, except in links and in the frame of the page.
fn words_in(element: &Element) -> u32 {
    let name = element.name.as_str();
    let frame = matches!(name, "a" | "header") || FRAME.contains(&name) || is_frame(element);
    if NO_WORDS.contains(&name) || frame || is_hidden(element) {
        return 0;
    }
    let count = |node: &Node| match node {
        Node::Text(text) => text.chars().map(letters).sum(),
        Node::Element(child) => words_in(child),
    };
    element.children.iter().map(count).sum()
}
