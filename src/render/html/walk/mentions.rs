//! Text and the names in it -> the text, with a link around each name.

use std::ops::Range;

use super::Walk;
use crate::collect::mentions::{Mention, Naming};
use crate::path::SitePath;
use crate::render::html::escape::{attribute, text};

/// Words that become a link without an author's markup.
#[derive(Clone, Debug)]
pub struct Anchor<'a> {
    /// A byte range of `Body::text`.
    text: Range<u32>,
    path: &'a SitePath,
    /// Further attributes of the tag.
    attributes: &'static str,
}

/// Returns the automatic links of a text, in order: the documents that it cites, and the other things that it names.
pub fn anchors<'a>(mentions: &'a [Mention], namings: &'a [Naming]) -> Vec<Anchor<'a>> {
    let documents = mentions.iter().filter(|mention| !mention.text.is_empty()).filter_map(|mention| {
        // A symbol is written from left to right and never broken, in any surrounding script.
        let attributes = if mention.by_symbol { " class=\"symbol\" dir=\"ltr\"" } else { "" };
        Some(Anchor { text: mention.text.clone(), path: mention.document.key.as_ref()?.path(), attributes })
    });
    let named = namings.iter().map(|naming| Anchor {
        text: naming.text.clone(),
        path: naming.key.path(),
        attributes: " class=\"mention\"",
    });
    let mut anchors: Vec<Anchor<'a>> = documents.chain(named).collect();
    anchors.sort_by_key(|anchor| anchor.text.start);
    anchors
}

impl Walk<'_> {
    /// Writes the text of a byte range. A name may begin in it and end in a later one, after a soft line break.
    pub(super) fn words(&mut self, from: u32, until: u32) {
        let (body, anchors) = (self.writer.body, self.writer.anchors);
        // The number at the start of the paragraph is shown as its label instead.
        let from = if self.shown_already.contains(&from) { self.shown_already.end } else { from };
        if from >= until {
            return;
        }
        let mut at = from;
        let first = anchors.partition_point(|anchor| anchor.text.end <= from);
        for anchor in anchors[first..].iter().take_while(|anchor| anchor.text.start < until) {
            if self.in_link() {
                continue;
            }
            if anchor.text.start >= at {
                text(&mut self.out, &body.text[at as usize..anchor.text.start as usize]);
                self.open_mention(anchor);
                at = anchor.text.start;
            }
            let end = anchor.text.end.min(until);
            text(&mut self.out, &body.text[at as usize..end as usize]);
            if end == anchor.text.end {
                self.out.push_str("</a>");
            }
            at = end;
        }
        text(&mut self.out, &body.text[at as usize..until as usize]);
    }

    fn open_mention(&mut self, anchor: &Anchor<'_>) {
        self.out.push_str("<a");
        attribute(&mut self.out, "href", &anchor.path.href(self.writer.base));
        self.out.push_str(anchor.attributes);
        self.out.push('>');
    }
}
