//! HTML as it is found in the world -> the tree that browsers make of it, within bounds.

use std::borrow::Cow;

use encoding_rs::Encoding;
use html5ever::driver::ParseOpts;
use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::import::reading::encoding::{self, decode};
use crate::import::reading::xml::{DEEPEST, Element, Node};
use crate::import::unreadable::Unreadable;

/// Returns whether a file that is not named so begins as a page does.
pub fn is_page(bytes: &[u8]) -> bool {
    let begins = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]).to_ascii_lowercase();
    let begins = begins.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    ["<!doctype html", "<html"].iter().any(|mark| begins.starts_with(mark))
}

/// Bytes in which a page has to say its encoding (HTML Standard, 4.2.5.4).
const PRESCAN: usize = 1024;

/// Decodes a page: as UTF-8 where it is that, otherwise as it says itself, and otherwise by its letters. Returns as well what
/// is to be said of bytes that are wrong in it.
pub fn text(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<String>), Unreadable> {
    let decoded = decode(bytes)?;
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(PRESCAN)]).to_lowercase();
    let said = beginning.split_once("charset=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let label = said.and_then(|said| said.split(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c)).next());
    let said = label.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|_| decoded.guessed);
    let (text, name, broken) = match said {
        Some(encoding) => {
            let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
            let broken = is_broken.then(|| encoding::broken(encoding, bytes, &text));
            (text, encoding.name(), broken)
        }
        None => (decoded.text, decoded.encoding, decoded.broken),
    };
    let told = |broken: encoding::Broken| {
        format!("line {}, column {} of the page: {}", broken.line, broken.column, broken.message(name))
    };
    Ok((text, broken.map(told)))
}

/// What building a tree may cost: each tag costs as much as elements are open around it, because what is left open is
/// looked through, and opened again, with every tag that follows.
const HIGHEST_COST: usize = 1_000_000;
/// Names and values of attributes in one tag: each name is compared with all before it.
const MOST_ATTRIBUTES: usize = 1000;

/// Reads a page.
pub fn parse(text: &str) -> Result<Element, Unreadable> {
    if most_attributes(text) > MOST_ATTRIBUTES {
        return Err(too_large());
    }
    let mut parser = parse_document(RcDom::default(), ParseOpts::default());
    let mut cost = 0;
    for tag in tags(text) {
        parser.process(tag.into());
        let depth = depth(&parser.tokenizer.sink.sink.document);
        cost += depth;
        if depth > DEEPEST || cost > HIGHEST_COST {
            return Err(too_large());
        }
    }
    let mut root = Element::default();
    children(&parser.finish().document, &mut root, 0)?;
    Ok(root)
}

/// Cuts a page before each tag.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b'<', text.as_bytes()).filter(|end| *end > 0).chain([text.len()]);
    ends.scan(0, |from, end| Some(&text[std::mem::replace(from, end)..end]))
}

/// Returns how many elements are open at the end of what was read.
fn depth(document: &Handle) -> usize {
    let last = |node: &Handle| node.children.borrow().last().cloned();
    std::iter::successors(last(document), last).count()
}

/// Returns the most words and values in quotation marks that one tag has.
fn most_attributes(text: &str) -> usize {
    let (mut most, mut words) = (0, 0);
    let (mut in_tag, mut quote, mut before) = (false, None, b' ');
    for &byte in text.as_bytes() {
        match (in_tag, quote) {
            (false, _) => {
                in_tag = byte == b'<';
                words = 0;
            }
            (true, Some(mark)) if mark == byte => {
                quote = None;
                words += 1;
            }
            (true, Some(_)) => {}
            (true, None) => match byte {
                b'>' => in_tag = false,
                b'"' | b'\'' if before == b'=' => quote = Some(byte),
                b'"' | b'\'' | b'/' => words += 1,
                _ if byte.is_ascii_whitespace() => words += usize::from(!before.is_ascii_whitespace()),
                _ => {}
            },
        }
        // White space may stand between a sign of equality and its value.
        if before != b'=' || !byte.is_ascii_whitespace() {
            before = byte;
        }
        most = most.max(words);
    }
    most
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
