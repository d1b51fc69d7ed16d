//! An element -> what is in it, whatever its structure: whether there are blocks, and all words.

use super::article::NO_WORDS;
use crate::import::reading::xml::{Element, Node};

/// Elements that occur within a line of words.
pub(super) const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "math", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
];

/// Returns whether an inline element contains blocks, as on carelessly made pages.
pub(super) fn has_blocks(element: &Element) -> bool {
    let mut found = false;
    element.each(&["p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "blockquote", "section"], &mut |_| {
        found = true
    });
    found
}

/// Collects all words in an element, except those of scripts.
pub(super) fn all_words(element: &Element, words: &mut String) {
    if NO_WORDS.contains(&element.name.as_str()) {
        return;
    }
    for node in &element.children {
        match node {
            Node::Text(text) => words.push_str(text),
            Node::Element(child) => {
                let inline = INLINE.contains(&child.name.as_str());
                let apart = if child.name == "br" {
                    "\n"
                } else if inline {
                    ""
                } else {
                    " "
                };
                words.push_str(apart);
                all_words(child, words);
                words.push_str(if child.name == "br" { "" } else { apart });
            }
        }
    }
}
