//! HTML as found on the web -> the tree that browsers build from it, within limits.

use std::borrow::Cow;

use encoding_rs::Encoding;
use html5ever::driver::ParseOpts;
use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::import::reading::encoding::{self, decode};
use crate::import::reading::xml::{DEEPEST, Element, Node};
use crate::import::unreadable::Unreadable;

/// Returns whether a file begins like a web page, whatever its name.
pub(crate) fn is_page(bytes: &[u8]) -> bool {
    let begins = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]).to_ascii_lowercase();
    let begins = begins.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    ["<!doctype html", "<html"].iter().any(|mark| begins.starts_with(mark))
}

/// How many bytes are searched for a declared encoding (HTML Standard, 4.2.5.4).
const PRESCAN: usize = 1024;

/// Decodes a page: as UTF-8 if it is valid, otherwise in the encoding that it declares, otherwise by its letters. Also
/// returns the message about invalid bytes.
///
/// # Errors
/// Fails if the bytes are not a text.
pub(super) fn text(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<String>), Unreadable> {
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
    let message = |broken: encoding::Broken| {
        format!("line {}, column {} of the page: {}", broken.line, broken.column, broken.message(name))
    };
    Ok((text, broken.map(message)))
}

/// Limit on the cost of building a tree: each tag costs as much as elements are open around it, because unclosed
/// elements are searched, and reopened, with every tag that follows.
const HIGHEST_COST: usize = 1_000_000;
/// The maximum number of attribute names and values in one tag: each name is compared with all before it.
const MOST_ATTRIBUTES: usize = 1000;

/// Parses a page.
///
/// # Errors
/// Fails if the tree would be too deep or too costly.
pub(super) fn parse(text: &str) -> Result<Element, Unreadable> {
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

/// Collects all words in an element.
pub(super) fn shown_words(element: &Element, words: &mut String) {
    for node in &element.children {
        match node {
            Node::Text(text) => words.push_str(text),
            Node::Element(child) => {
                words.push(' ');
                shown_words(child, words);
            }
        }
    }
}

/// Returns what is in a `noscript` element. The parser reads it as browsers that run scripts do: as one text, in which
/// tags are no tags.
pub(super) fn without_scripts(element: &Element) -> Option<Element> {
    let texts =
        element.children.iter().filter_map(|node| if let Node::Text(text) = node { Some(&**text) } else { None });
    parse(&texts.collect::<String>()).ok()
}

/// Splits a page before each tag.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(b'<', text.as_bytes()).filter(|end| *end > 0).chain([text.len()]);
    ends.scan(0, |from, end| Some(&text[std::mem::replace(from, end)..end]))
}

/// Returns how many elements are open at the end of what has been parsed.
fn depth(document: &Handle) -> usize {
    let last = |node: &Handle| node.children.borrow().last().cloned();
    std::iter::successors(last(document), last).count()
}

/// Returns the highest number of words and quoted values in one tag.
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
        // White space may follow an equals sign.
        if before != b'=' || !byte.is_ascii_whitespace() {
            before = byte;
        }
        most = most.max(words);
    }
    most
}

fn too_large() -> Unreadable {
    Unreadable::new("it has more tags than any page with a statement", "save only its text, and import that")
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
