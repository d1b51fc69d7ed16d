//! Views of a citation: how to cite a statement, for people and for programs.

use serde::Serialize;

/// How to cite a statement, and what a script needs to cite one of its paragraphs.
#[derive(Clone, Debug, Serialize)]
pub struct CitationView {
    /// Absolute URL of the page; without a `base_url`, the link to it.
    pub url: String,
    /// Citations for people: Chicago, United Nations, APA and MLA.
    pub styles: Vec<CitedAsView>,
    /// Citations for programs: BibTeX, RIS and CSL-JSON. Their text keeps its line breaks.
    pub formats: Vec<CitedAsView>,
    /// The source of a quotation from the page: who, where, when.
    pub source: Vec<PieceView>,
    /// The quotation marks of the page's interface: opening and closing of the outer level, then of the inner one.
    pub marks: [&'static str; 4],
    /// Those of the statement's language.
    pub text_marks: [&'static str; 4],
}

/// A citation in one style or format.
#[derive(Clone, Debug, Serialize)]
pub struct CitedAsView {
    /// The style or format: `chicago`, `un`, `apa`, `mla`, `bibtex`, `ris` or `csl-json`.
    pub style: &'static str,
    /// The citation.
    pub pieces: Vec<PieceView>,
    /// How a text refers to it, in styles with a list of references; empty in others.
    pub in_text: Vec<PieceView>,
    /// Name for a file with it; empty for citations for people.
    pub file: String,
}

/// A piece of a citation.
#[derive(Clone, Debug, Serialize)]
pub struct PieceView {
    /// `text`; `name`, to be isolated, as its script may run the other way; `title`, in the statement's language;
    /// `link`, the page's URL; or `locator`, the empty slot for the number of a paragraph.
    pub kind: &'static str,
    /// The words; of a slot, what goes before the number.
    pub text: String,
    /// Of a slot, what goes after the number; else empty.
    pub after: String,
    /// Whether the style slants a title.
    pub slanted: bool,
}
