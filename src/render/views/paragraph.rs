//! A paragraph's anchor and label -> its view and its URL.

use super::Views;
use crate::key::Key;
use crate::read::paragraph::{Label, ParagraphRef};
use crate::render::view::ParagraphView;

impl Views<'_> {
    /// Returns the URL of a paragraph of a page or, without one, of the page.
    pub(super) fn href_of(&self, to: &Key, paragraph: Option<&ParagraphRef>) -> String {
        let page = self.href(to);
        match paragraph {
            Some(paragraph) => format!("{page}#{}", paragraph.anchor()),
            None => page,
        }
    }
}

/// Returns the view by which templates name the paragraph.
pub(super) fn paragraph_view(paragraph: &ParagraphRef) -> ParagraphView {
    let (number, series, begins) = match &paragraph.label {
        // The first numbering needs no name.
        Label::Number { text, series } => {
            (Some(text.to_string()), if *series < 2 { 0 } else { *series }, String::new())
        }
        Label::Unnumbered { begins } => (None, 0, begins.to_string()),
    };
    ParagraphView { anchor: paragraph.anchor(), number, series, begins }
}
