//! What templates see of a paragraph that a page names.

use serde::Serialize;

/// A paragraph by its anchor and label. Templates name it by these alone, in the component `paragraph`.
#[derive(Clone, Debug, Serialize)]
pub struct ParagraphView {
    /// The anchor on its page, `p7`.
    pub anchor: String,
    /// The number that its page shows before it; none where the text prints numbers, but not there.
    pub number: Option<String>,
    /// Which of the text's numberings the number is of, in words: `second`; empty for the first.
    pub series: String,
    /// The first words of a paragraph without a number; else empty.
    pub begins: String,
}

/// A paragraph of the page itself, in a list of such.
#[derive(Clone, Debug, Serialize)]
pub struct ListedParagraphView {
    pub paragraph: ParagraphView,
    pub url: String,
    /// It stands in a quotation.
    pub quoted: bool,
}
