//! What a template sees of a statement: the facts, the text with its notes, how to cite it.

use serde::Serialize;

use super::{
    CardView, ChangeView, DateView, DocumentRefView, LabelView, LanguageView, ListedParagraphView, PageView,
    ParagraphView, RefView,
};

/// Head tags for citation managers; none for simulated statements.
#[derive(Clone, Debug, Serialize)]
pub struct MetaView {
    pub name: &'static str,
    pub content: String,
}

/// A language version of a statement.
#[derive(Clone, Debug, Serialize)]
pub struct VersionView {
    pub language: String,
    /// The language's own name.
    pub name: String,
    pub direction: &'static str,
    pub url: String,
    /// Whole URL; empty without a `base_url`.
    pub canonical: String,
    /// The one shown.
    pub current: bool,
    /// The one in the language that was spoken.
    pub delivered: bool,
}

/// Who spoke.
#[derive(Clone, Debug, Serialize)]
pub struct SpeakerView {
    pub name: String,
    pub honorific: String,
    pub role: String,
    pub url: Option<String>,
}

/// What is known of a statement, in the order of the facts list.
#[derive(Clone, Debug, Serialize)]
pub struct FactsView {
    pub kind: String,
    pub speaker: Option<SpeakerView>,
    pub delegation: Option<RefView>,
    pub on_behalf_of: Vec<RefView>,
    /// Forum, session, meeting.
    pub occasion: Vec<RefView>,
    pub meeting_symbol: String,
    pub date: Option<DateView>,
    pub place: String,
    pub cluster: String,
    /// Facts that are one text, each with its label: the cluster, and those that have no field of their own.
    pub further: Vec<LabelView>,
    pub agenda_items: Vec<String>,
    pub spoken_language: Option<LanguageView>,
    pub translation: String,
    pub topics: Vec<RefView>,
    /// Topics found by their records' phrases.
    pub rule_topics: Vec<RefView>,
    /// Of front matter first, then those found in the text.
    pub references: Vec<DocumentRefView>,
    /// Where the file that the text was taken from is on this site; nothing if it is not published.
    pub original: Option<String>,
    pub source: Option<SourceView>,
    pub rights: String,
    pub media: Vec<RefView>,
    pub identifiers: Vec<LabelView>,
    pub changes: Vec<LabelView>,
    /// How the text relates to what was said, in a sentence; empty where it is not said.
    pub text_status: String,
    /// The same as front matter says it: `as-delivered`; empty where it is not said.
    pub text_status_word: &'static str,
    /// `published`, `corrected`, `withdrawn` or `draft`.
    pub status: &'static str,
    pub status_note: String,
    pub superseded_by: Option<RefView>,
}

/// Where the text was got.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    pub publisher: String,
    pub url: Option<String>,
    pub archived: Option<String>,
    pub retrieved: String,
    pub file: String,
    pub sha256: String,
}

/// A text ready to be shown: what stands before the first paragraph with notes, then sections that begin with one.
#[derive(Clone, Debug, Serialize)]
pub struct BodyView {
    /// HTML.
    pub opening: tera::Value,
    pub sections: Vec<SectionView>,
    /// HTML of the footnotes' list; empty without any.
    pub footnotes: tera::Value,
}

/// A block with notes beside it, and the blocks after it up to the next with notes.
#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    /// HTML of the first block.
    pub html: tera::Value,
    pub notes: Vec<NoteView>,
    /// HTML of the blocks after it.
    pub rest: tera::Value,
}

/// Notes of one kind beside a paragraph.
#[derive(Clone, Debug, Serialize)]
pub struct NoteView {
    /// The kind in words: "Linked from".
    pub label: String,
    pub paragraph: ParagraphView,
    pub items: Vec<NoteItemView>,
    /// How many there are in all.
    pub count: usize,
    /// Who said it first, and how often it was said since; empty where the dates do not say it.
    pub summary: String,
    /// The page with all of them, where there is one.
    pub url: Option<String>,
}

/// One note: another statement's paragraph.
#[derive(Clone, Debug, Serialize)]
pub struct NoteItemView {
    pub title: String,
    pub url: String,
    pub language: String,
    pub direction: &'static str,
    /// Who speaks; empty where that is not said.
    pub delegation: String,
    /// The date in words.
    pub date: String,
    /// The paragraph that has the link.
    pub paragraph: Option<ParagraphView>,
    /// The words stand there in a quotation.
    pub quoted: bool,
    pub simulated: bool,
    /// What is the same and what is not, in words; empty for a link.
    pub words: String,
    /// What changed, with the words around it.
    pub changes: Vec<ChangeView>,
}

/// Which paragraphs of a statement have words of earlier ones, and which have not.
#[derive(Clone, Debug, Serialize)]
pub struct CarriedView {
    pub carried: Vec<ListedParagraphView>,
    pub new: Vec<ListedParagraphView>,
    /// Nothing is carried over, and every paragraph is new that can be.
    pub is_all_new: bool,
}

/// A line of the contents list.
#[derive(Clone, Debug, Serialize)]
pub struct ContentsView {
    pub level: u8,
    pub title: String,
    pub id: String,
}

/// Previous and next.
#[derive(Clone, Debug, Serialize)]
pub struct NeighboursView {
    /// By the same delegation.
    pub previous_by_delegation: Option<CardView>,
    pub next_by_delegation: Option<CardView>,
    /// In the same meeting.
    pub previous_in_meeting: Option<CardView>,
    pub next_in_meeting: Option<CardView>,
}

/// How to cite a statement.
#[derive(Clone, Debug, Serialize)]
pub struct CitationView {
    /// Speaker and delegation; may be empty.
    pub who: String,
    /// The quotation mark before the title.
    pub open: &'static str,
    /// The title; its own quotation marks differ from those around it.
    pub title: String,
    /// The quotation mark after it.
    pub close: &'static str,
    /// Forum, session, meeting, record and date, and that the text is withdrawn, corrected, a draft or simulated; each
    /// stands alone, whatever its script.
    pub details: Vec<String>,
    pub url: String,
}

/// `statement.html`
#[derive(Clone, Debug, Serialize)]
pub struct StatementView {
    pub page: PageView,
    pub title: String,
    pub facts: FactsView,
    pub summary: String,
    pub meta: Vec<MetaView>,
    /// JSON-LD, ready to stand in a script element; empty for simulated statements.
    pub linked_data: tera::Value,
    pub citation: CitationView,
    pub versions: Vec<VersionView>,
    pub contents: Vec<ContentsView>,
    /// Lines of the original above or around the speech, word for word.
    pub head_matter: Vec<String>,
    pub body: BodyView,
    /// Which paragraphs have words of earlier statements; none where none has.
    pub carried: Option<CarriedView>,
    /// Pages that link here, with the paragraph they link from.
    pub backlinks: Vec<NoteItemView>,
    pub see_also: Vec<CardView>,
    pub related: Vec<CardView>,
    pub neighbours: NeighboursView,
    /// Pages that have it beside another text.
    pub comparisons: Vec<RefView>,
    /// Pages of what its delegation said on its topics over time, by topic.
    pub positions: Vec<RefView>,
}
