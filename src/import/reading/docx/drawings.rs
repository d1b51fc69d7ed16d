//! What is drawn in a Word document -> its words, which are left out and reported.

use super::body::Body;
use super::parts::{self, Said};
use crate::import::mended::Reason;
use crate::import::pages::ADD;
use crate::import::reading::xml::Element;

impl<'a> Body<'a> {
    /// Records the words of a box, a diagram, a chart or an embedded object.
    pub(super) fn drawing(&mut self, drawing: &'a Element) {
        let mut found = Vec::new();
        drawing.each(&["txbxContent"], &mut |content| found.push(content));
        for content in &found {
            self.leave_out(content, Reason::Box);
        }
        if found.is_empty() {
            for words in parts::drawn_words(drawing) {
                self.blocks.leave_out(&words, Reason::Box);
            }
        }
        drawing.each(&["textpath"], &mut |path| {
            self.blocks.leave_out(path.attribute("string").unwrap_or_default(), Reason::Box);
        });
        drawing.each(&["relIds", "chart"], &mut |of| {
            let Some(id) = of.attribute("dm").or_else(|| of.attribute("id")) else { return };
            self.met.insert(id);
            if let Some(Said::Drawn(paragraphs)) = self.around.said.get(id) {
                for words in paragraphs {
                    self.blocks.leave_out(words, Reason::Graphic);
                }
            }
        });
        drawing.each(&["OLEObject"], &mut |object| {
            let program = object.attribute("ProgID").unwrap_or("unknown");
            let message =
                format!("an object of another program is embedded (`{program}`); its words, if any, were left out");
            self.blocks.doubt(message, ADD);
        });
    }
}
