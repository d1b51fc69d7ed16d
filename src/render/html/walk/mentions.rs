//! Words and the documents they name -> the words, with a link around each name.

use super::Walk;
use crate::collect::mentions::Mention;
use crate::render::html::escape::{attribute, text};

impl Walk<'_> {
    /// Writes the words of a byte range. A name may begin in it and end in a later one, after a soft line break.
    pub(super) fn words(&mut self, from: u32, until: u32) {
        let (body, mentions) = (self.writer.body, self.writer.mentions);
        let mut at = from;
        let first = mentions.partition_point(|mention| mention.text.end <= from);
        for mention in mentions[first..].iter().take_while(|mention| mention.text.start < until) {
            if mention.text.is_empty() || self.in_link() {
                continue;
            }
            if mention.text.start >= at {
                text(&mut self.out, &body.text[at as usize..mention.text.start as usize]);
                self.open_mention(mention);
                at = mention.text.start;
            }
            let end = mention.text.end.min(until);
            text(&mut self.out, &body.text[at as usize..end as usize]);
            if end == mention.text.end {
                self.out.push_str("</a>");
            }
            at = end;
        }
        text(&mut self.out, &body.text[at as usize..until as usize]);
    }

    fn open_mention(&mut self, mention: &Mention) {
        let href = mention.document.path.as_ref().map(|path| path.href(self.writer.base)).unwrap_or_default();
        self.out.push_str("<a");
        attribute(&mut self.out, "href", &href);
        // A symbol is read from left to right and not broken, whatever is around it.
        self.out.push_str(if mention.by_symbol { " class=\"symbol\" dir=\"ltr\">" } else { ">" });
    }
}
