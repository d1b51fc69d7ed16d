//! HTML with an author's raw HTML in it -> HTML that is safe for readers.

use std::collections::BTreeSet;

use ammonia::Builder;

use crate::read::body::Body;
use crate::read::lock::is_number;

/// Plenary's own classes; with classes of its author, a text could imitate parts of the page.
const CLASSES: &[&str] = &[
    "number",
    "numbered",
    "footnote",
    "footnotes",
    "back",
    "missing",
    "table",
    "start",
    "center",
    "end",
    "gone",
    "symbol",
];

/// Returns a cleaner that removes everything harmful from HTML, and keeps everything that `Walk` writes.
pub(super) fn cleaner(body: &Body) -> Builder<'static> {
    let headings: BTreeSet<Box<str>> = body.headings.iter().map(|heading| heading.id.clone()).collect();
    let mut builder = Builder::default();
    builder
        .link_rel(None)
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .add_generic_attributes(["id", "class"])
        .add_tag_attributes("a", ["href", "rel", "aria-label", "dir"])
        .add_tag_attributes("div", ["role", "tabindex", "aria-label"])
        .add_tag_attributes("th", ["scope"])
        .add_tag_attributes("ol", ["start"])
        .add_tag_attributes("li", ["value"])
        .add_tag_attributes("img", ["loading"])
        .attribute_filter(move |element, name, value| match (element, name) {
            (_, "id") => (own_id(value) || headings.contains(value)).then_some(value.into()),
            (_, "class") => {
                let own = |class: &&str| CLASSES.contains(class) || class.starts_with("language-");
                let classes: Vec<&str> = value.split_whitespace().filter(own).collect();
                (!classes.is_empty()).then(|| classes.join(" ").into())
            }
            ("img", "src") => own_source(value).then_some(value.into()),
            _ => Some(value.into()),
        });
    builder
}

/// Returns whether an anchor has the form of a paragraph's or a footnote's.
fn own_id(id: &str) -> bool {
    let numbers = |prefix| {
        id.strip_prefix(prefix).is_some_and(|rest: &str| rest.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
    };
    id.strip_prefix('p').is_some_and(is_number) || numbers("fn-") || numbers("fnref-")
}

/// Returns whether an image is on this site.
fn own_source(url: &str) -> bool {
    let plain = !url.contains(|c: char| c.is_control() || c == '\\') && !url.trim_start().starts_with("//");
    plain && (url.starts_with('/') || !url.contains(':'))
}

/// Returns whether text after this HTML would be lost: an open `<script>`, comment or quote swallows everything after
/// it.
pub(super) fn swallows(cleaner: &Builder, html: &str) -> bool {
    const PROBE: &str = "<b>\u{e000}</b>";
    !cleaner.clean(&format!("{html}{PROBE}")).to_string().contains(PROBE)
}
