//! Footnotes and references to them -> marks in the text, and the list after it with links back.

use std::fmt::Write as _;

use super::Walk;

impl Walk<'_> {
    pub(super) fn mark(&mut self, index: u32, mention: u16) {
        let n = index + 1;
        self.out.push_str("<sup class=\"footnote\">");
        let _ = match self.places[index as usize].is_empty() || self.in_link() {
            true => write!(self.out, "{n}"),
            false => write!(self.out, "<a id=\"fnref-{n}{}\" href=\"#fn-{n}\">{n}</a>", Again(mention)),
        };
        self.out.push_str("</sup>");
    }

    pub(in crate::render::html) fn write_footnotes(&mut self) {
        if self.places.iter().all(Vec::is_empty) {
            return;
        }
        self.out.push_str("<ol class=\"footnotes\">\n");
        let mut expected = 1;
        for (i, places) in self.places.clone().into_iter().enumerate() {
            if places.is_empty() {
                continue;
            }
            let n = i + 1;
            let _ = write!(self.out, "<li id=\"fn-{n}\"");
            if n != expected {
                let _ = write!(self.out, " value=\"{n}\"");
            }
            self.out.push('>');
            expected = n + 1;
            for place in places {
                self.write(place);
            }
            self.back_links(i);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n");
    }

    /// Writes the links from a footnote back to its references, within its last paragraph if it ends with one.
    fn back_links(&mut self, index: usize) {
        const END: &str = "</p>\n";
        let within = self.out.ends_with(END);
        if within {
            self.out.truncate(self.out.len() - END.len());
        }
        for mention in &self.mentions[index] {
            let (n, again) = (index + 1, Again(*mention));
            let label = self.label("text.back", &[]);
            let _ = write!(self.out, " <a href=\"#fnref-{n}{again}\" class=\"back\" {label}>↩</a>");
        }
        if within {
            self.out.push_str(END);
        }
    }
}

/// The suffix of a reference's anchor: empty for the first, `-2` for the second.
struct Again(u16);

impl std::fmt::Display for Again {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0 > 1 { write!(f, "-{}", self.0) } else { Ok(()) }
    }
}
