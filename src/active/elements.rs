//! A web page -> its elements, each with its attributes and the texts in it, as browsers parse it.
//!
//! To find active content, it does not matter which element contains which. The parser is therefore given a tree that
//! keeps every node ever made and moves none: nodes that a browser would remove again are inspected as well.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, parse_document};

/// A node of the page: an element or, without a name, any other node.
#[derive(Default)]
pub(super) struct Node {
    name: Option<QualName>,
    attributes: RefCell<Vec<Attribute>>,
    texts: RefCell<Vec<String>>,
    /// Whether the next piece of text continues the last of the texts, because no other node came between.
    goes_on: Cell<bool>,
    /// The contents of a `template` element.
    contents: Option<Rc<Node>>,
    is_integration_point: bool,
}

impl Node {
    /// Returns the element's name; `None` for other nodes.
    pub(super) fn name(&self) -> Option<&str> {
        self.name.as_ref().map(|name| &*name.local)
    }

    /// Returns the names and values of its attributes.
    pub(super) fn attributes(&self) -> Vec<(String, String)> {
        let attributes = self.attributes.borrow();
        attributes.iter().map(|one| (one.name.local.to_string(), one.value.to_string())).collect()
    }

    /// Takes its texts, in order. They are separated by other nodes.
    pub(super) fn texts(&self) -> Vec<String> {
        self.texts.take()
    }

    /// Adds a child, of which only text matters. The parser passes a text in pieces.
    fn take(&self, child: &NodeOrText<Rc<Node>>) {
        let NodeOrText::AppendText(piece) = child else { return self.goes_on.set(false) };
        let mut texts = self.texts.borrow_mut();
        let goes_on = self.goes_on.replace(true);
        match texts.last_mut().filter(|_| goes_on) {
            Some(text) => text.push_str(piece),
            None => texts.push(piece.to_string()),
        }
    }
}

/// Returns every node of a page.
pub(super) fn nodes(page: &str) -> Vec<Rc<Node>> {
    parse_document(Nodes::default(), ParseOpts::default()).one(page)
}

/// The nodes made so far. They are in cells because the parser calls this with `&self`; nothing else holds them
/// meanwhile.
#[derive(Default)]
struct Nodes {
    document: Rc<Node>,
    all: RefCell<Vec<Rc<Node>>>,
}

impl Nodes {
    fn add(&self, node: Node) -> Rc<Node> {
        let node = Rc::new(node);
        self.all.borrow_mut().push(Rc::clone(&node));
        node
    }
}

impl TreeSink for Nodes {
    type Handle = Rc<Node>;
    type Output = Vec<Rc<Node>>;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Vec<Rc<Node>> {
        self.all.into_inner()
    }

    fn get_document(&self) -> Rc<Node> {
        Rc::clone(&self.document)
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> ExpandedName<'a> {
        target.name.as_ref().expect("the parser asks only elements for their names").expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Rc<Node> {
        self.add(Node {
            name: Some(name),
            attributes: RefCell::new(attributes),
            contents: flags.template.then(|| self.add(Node::default())),
            is_integration_point: flags.mathml_annotation_xml_integration_point,
            ..Node::default()
        })
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        Rc::default()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Node> {
        Rc::default()
    }

    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        parent.take(&child);
    }

    // The standard moves text misplaced in a table before it. For the search it may as well stay among the table's
    // texts.
    fn append_before_sibling(&self, sibling: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        sibling.take(&child);
    }

    fn append_based_on_parent_node(&self, element: &Rc<Node>, _: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        element.take(&child);
    }

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        target.contents.as_ref().map_or_else(|| Rc::clone(target), Rc::clone)
    }

    fn same_node(&self, a: &Rc<Node>, b: &Rc<Node>) -> bool {
        Rc::ptr_eq(a, b)
    }

    // A second `<body>` adds the attributes that the first one lacks.
    fn add_attrs_if_missing(&self, target: &Rc<Node>, more: Vec<Attribute>) {
        let mut attributes = target.attributes.borrow_mut();
        for attribute in more {
            if attributes.iter().all(|own| own.name != attribute.name) {
                attributes.push(attribute);
            }
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, node: &Rc<Node>) -> bool {
        node.is_integration_point
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn remove_from_parent(&self, _: &Rc<Node>) {}
    fn reparent_children(&self, _: &Rc<Node>, _: &Rc<Node>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_and_every_whole_text_is_found_wherever_it_is() {
        let all = |page: &str| -> (Vec<String>, Vec<String>) {
            let nodes = nodes(page);
            let names = nodes.iter().filter_map(|node| node.name().map(str::to_owned));
            let names = names.filter(|name| !matches!(name.as_str(), "html" | "head" | "body"));
            let texts = nodes.iter().flat_map(|node| node.texts()).filter(|text| !text.trim().is_empty());
            (names.collect(), texts.collect())
        };
        for (page, names, texts) in [
            ("<p>one &amp; two\nthree<b>four</b>five", &["p", "b"][..], &["one & two\nthree", "five", "four"][..]),
            ("<template><p>within</template>", &["template", "p"], &["within"]),
            ("<table>be&#102;ore<tr><td>in</table>", &["table", "tbody", "tr", "td"], &["before", "in"]),
            ("<style>a<b></style>", &["style"], &["a<b>"]),
            ("<svg><![CDATA[drawn]]></svg>", &["svg"], &["drawn"]),
            ("<b><p>one</b>two", &["b", "p", "b"], &["two", "one"]),
        ] {
            let (found, said) = all(page);
            let mut said: Vec<&str> = said.iter().map(String::as_str).collect();
            let mut texts = texts.to_vec();
            said.sort_unstable();
            texts.sort_unstable();
            assert_eq!((found.iter().map(String::as_str).collect::<Vec<_>>(), said), (names.to_vec(), texts), "{page}");
        }
    }
}
