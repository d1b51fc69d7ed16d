//! Views of a paragraph that a page refers to.

use serde::Serialize;

/// A paragraph by its anchor and label. Templates name it only by these, in the component `paragraph`.
#[derive(Clone, Debug, Serialize)]
pub struct ParagraphView {
    /// Its anchor, `p7`.
    pub anchor: String,
    /// The number before it on its page: `7`, or `7a`; none if the text prints numbers, but not before this paragraph.
    pub number: Option<String>,
    /// Which numbering of the text the number belongs to, if numbering restarts: 2 for the second; 0 for the first.
    pub series: u32,
    /// The first words of a paragraph without a number; otherwise empty.
    pub begins: String,
}

/// A paragraph of the page itself, in a list.
#[derive(Clone, Debug, Serialize)]
pub struct ListedParagraphView {
    /// The paragraph.
    pub paragraph: ParagraphView,
    /// Link to it.
    pub url: String,
    /// Whether it is in a quotation.
    pub quoted: bool,
}
