//! XML bytes -> a tree of elements, within limits. Only XML's own five entities are supported, so none can be an entity
//! bomb.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::encoding::decode;
use crate::import::unreadable::Unreadable;

/// Deepest nesting of elements; functions that walk a tree recurse that often.
pub(super) const DEEPEST: usize = 200;
/// The maximum number of elements in a tree.
const MOST_ELEMENTS: usize = 1_000_000;

/// An element. Names are without their prefix: the formats read here do not need it.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name.
    pub name: String,
    /// Its attributes by name, in document order.
    pub attributes: Vec<(String, String)>,
    /// What it contains, in document order.
    pub children: Vec<Node>,
}

/// The content of an element.
#[derive(Debug)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// Text, with references resolved.
    Text(String),
}

impl Element {
    /// Returns the value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Returns the text directly in this element, without that of elements in it.
    pub(super) fn own_text(&self) -> String {
        self.children
            .iter()
            .filter_map(|node| if let Node::Text(text) = node { Some(text.as_str()) } else { None })
            .collect()
    }

    /// Returns the child elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Returns the first child element of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// Calls a function for each descendant with one of these names, but not for those inside such a descendant.
    pub(super) fn each<'a>(&'a self, names: &[&str], found: &mut impl FnMut(&'a Element)) {
        for element in self.elements() {
            if names.contains(&element.name.as_str()) {
                found(element);
            } else {
                element.each(names, found);
            }
        }
    }
}

/// Parses a document and returns its root.
///
/// # Errors
/// Fails if it is damaged, too large, or declares a document type.
pub(super) fn parse(bytes: &[u8]) -> Result<Element, Unreadable> {
    let text = decode(bytes)?.text;
    let mut reader = Reader::from_str(&text);
    let mut open = vec![Element::default()];
    let mut count = 0;
    loop {
        let event = reader.read_event().map_err(|error| damaged(&error.to_string()))?;
        match event {
            // Checked before an element is opened, so that neither the stack nor memory can be exhausted.
            Event::Start(_) | Event::Empty(_) if open.len() > DEEPEST || count > MOST_ELEMENTS => {
                return Err(Unreadable::new("its XML is larger or deeper than any text's", "import another copy"));
            }
            Event::Start(start) => {
                count += 1;
                open.push(element(&start)?);
            }
            Event::Empty(start) => {
                count += 1;
                let empty = element(&start)?;
                put(&mut open, Node::Element(empty));
            }
            Event::End(_) => {
                let closed = open.pop().unwrap_or_default();
                if open.is_empty() {
                    return Err(damaged("an element is closed that was never opened"));
                }
                put(&mut open, Node::Element(closed));
            }
            Event::Text(text) => add(&mut open, &text.xml_content(XmlVersion::Implicit1_0)),
            Event::CData(text) => add(&mut open, &text),
            Event::GeneralRef(reference) => add(&mut open, &resolved(&reference)?),
            Event::DocType(_) => {
                let message = "it declares a document type, which can make a text expand without limit";
                return Err(Unreadable::new(message, "save it again in an office program and import that"));
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    // The outermost element of the stack is an artificial parent of the root.
    let root = open.swap_remove(0);
    if !open.is_empty() {
        return Err(damaged("it ends within an element"));
    }
    root.children
        .into_iter()
        .find_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
        .ok_or_else(|| damaged("it has no element"))
}

fn damaged(what: &str) -> Unreadable {
    Unreadable::new(format!("its XML is damaged: {what}"), "import another copy")
}

fn put(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

/// Adds text to the text before it, so that words around a reference are one node.
fn add(open: &mut [Element], words: &str) {
    if let Some(Node::Text(text)) = open.last_mut().and_then(|parent| parent.children.last_mut()) {
        text.push_str(words);
    } else {
        put(open, Node::Text(words.to_owned()));
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, Unreadable> {
    let mut attributes = Vec::new();
    // Duplicate names are not checked: each would be compared with all before it, and a tag can have a hundred
    // thousand. The first one counts.
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| damaged(&error.to_string()))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| damaged(&error.to_string()))?;
        attributes.push((attribute.key.local_name().into_inner().to_owned(), value.into_owned()));
    }
    Ok(Element { name: start.local_name().into_inner().to_owned(), attributes, children: Vec::new() })
}

/// Returns the meaning of a reference such as `&amp;` or `&#x2019;`.
fn resolved(reference: &str) -> Result<String, Unreadable> {
    let Some(number) = reference.strip_prefix('#') else {
        let known = quick_xml::escape::resolve_predefined_entity(reference);
        return known.map(str::to_owned).ok_or_else(|| damaged(&format!("`&{reference};` has no meaning")));
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => number.parse().ok(),
    };
    number
        .and_then(char::from_u32)
        .map(String::from)
        .ok_or_else(|| damaged(&format!("`&{reference};` is not a character")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_read_with_its_words() {
        let root =
            parse(b"<?xml version='1.0'?><w:a w:b='x &amp; y'>A&amp;B &#x2019;<c/><![CDATA[<d>]]></w:a>").unwrap();
        assert_eq!((root.name.as_str(), root.attribute("b")), ("a", Some("x & y")));
        let [Node::Text(words), Node::Element(empty), Node::Text(data)] = &root.children[..] else {
            panic!("{root:?}")
        };
        assert_eq!((words.as_str(), empty.name.as_str(), data.as_str()), ("A&B ’", "c", "<d>"));
    }

    #[test]
    fn invalid_documents_and_bombs_are_refused() {
        let deep = format!("{}{}", "<a>".repeat(1000), "</a>".repeat(1000));
        let bomb = "<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;'>]><a>&c;</a>";
        for (text, message) in [
            (deep.as_str(), "deeper"),
            (bomb, "document type"),
            ("<a>&c;</a>", "no meaning"),
            ("<a>&#x110000;</a>", "not a character"),
            ("<a><b></a>", "damaged"),
            ("<a>", "damaged"),
            ("", "no element"),
        ] {
            let refused = parse(text.as_bytes()).unwrap_err();
            assert!(refused.message.contains(message), "{text:.40}: {}", refused.message);
        }
    }
}
