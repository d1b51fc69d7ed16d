//! HTML as it is found in the world -> the tree that browsers make of it, within bounds.

use html5ever::driver::ParseOpts;
use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::import::reading::Unreadable;
use crate::import::reading::xml::{DEEPEST, Element, Node};

/// Tags of a page. Building the tree takes the square of it where all of them are left open.
const MOST_TAGS: usize = 100_000;

/// Reads a page.
pub fn parse(text: &str) -> Result<Element, Unreadable> {
    if memchr::memchr_iter(b'<', text.as_bytes()).count() > MOST_TAGS {
        return Err(too_large());
    }
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(text);
    let mut root = Element::default();
    children(&dom.document, &mut root, 0)?;
    Ok(root)
}

fn too_large() -> Unreadable {
    Unreadable::new("it has more tags than any statement's page", "save the text of it alone, and hand in that")
}

fn children(of: &Handle, element: &mut Element, depth: usize) -> Result<(), Unreadable> {
    if depth > DEEPEST {
        return Err(too_large());
    }
    for child in of.children.borrow().iter() {
        match &child.data {
            NodeData::Text { contents } => element.children.push(Node::Text(contents.borrow().to_string())),
            NodeData::Element { name, attrs, .. } => {
                let attributes =
                    attrs.borrow().iter().map(|of| (of.name.local.to_string(), of.value.to_string())).collect();
                let mut new = Element { name: name.local.to_string(), attributes, children: Vec::new() };
                children(child, &mut new, depth + 1)?;
                element.children.push(Node::Element(new));
            }
            NodeData::Document
            | NodeData::Doctype { .. }
            | NodeData::Comment { .. }
            | NodeData::ProcessingInstruction { .. } => {}
        }
    }
    Ok(())
}
