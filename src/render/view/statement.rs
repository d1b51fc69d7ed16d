//! Views of a statement: the facts, the text with its notes, how to cite it.

use serde::Serialize;

use super::{
    CardView, CitationView, ComparedWithView, DateView, HeldListView, LabelView, LanguageView, ListedParagraphView,
    NoteItemView, NoteView, PageView, RefView,
};

/// A document that a statement refers to.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentRefView {
    /// Its symbol or, without one, its title.
    pub title: String,
    /// Link to its page.
    pub url: Option<String>,
    /// Where its text can be read, from `document_url` in site.toml.
    pub text: Option<String>,
    /// The host of `text`.
    pub site: String,
}

/// A `meta` tag for citation managers; simulated statements have none.
#[derive(Clone, Debug, Serialize)]
pub struct MetaView {
    /// The tag's name, such as `citation_title`.
    pub name: &'static str,
    /// Its content.
    pub content: String,
}

/// A language version of a statement.
#[derive(Clone, Debug, Serialize)]
pub struct VersionView {
    /// Its language tag.
    pub language: String,
    /// The language's own name.
    pub name: String,
    /// Direction of the language: `ltr` or `rtl`.
    pub direction: &'static str,
    /// Link to this version.
    pub url: String,
    /// Absolute URL; empty without a `base_url`.
    pub canonical: String,
    /// Whether it is the one shown.
    pub current: bool,
    /// Whether it is in the language that was spoken.
    pub delivered: bool,
}

/// Who spoke.
#[derive(Clone, Debug, Serialize)]
pub struct SpeakerView {
    /// The name.
    pub name: String,
    /// The words before the name; may be empty.
    pub honorific: String,
    /// The words after it; may be empty.
    pub role: String,
    /// Link to the speaker's page; none if the name may mean two people.
    pub url: Option<String>,
}

/// What is known about a statement, in the order in which it is shown. Unknown texts are empty.
#[derive(Clone, Debug, Serialize)]
pub struct FactsView {
    /// The kind of text, as front matter has it: `general-debate`; empty if unknown.
    pub kind: &'static str,
    /// Who spoke.
    pub speaker: Option<SpeakerView>,
    /// The delegation that speaks.
    pub delegation: Option<RefView>,
    /// The groups or delegations spoken for.
    pub on_behalf_of: Vec<RefView>,
    /// Forum, session and meeting, as far as known, each with its page.
    pub occasion: Vec<RefView>,
    /// Symbol of the meeting's record.
    pub meeting_symbol: String,
    /// The date.
    pub date: Option<DateView>,
    /// The place.
    pub place: String,
    /// The cluster of the debate.
    pub cluster: String,
    /// Facts that are one text, each with its label, in the order in which they are shown: the cluster, and those that
    /// have no field of their own.
    pub further: Vec<LabelView>,
    /// Agenda items, each as one text.
    pub agenda_items: Vec<String>,
    /// The language that was spoken.
    pub spoken_language: Option<LanguageView>,
    /// Who translated, as front matter has it: `official`; empty if unknown.
    pub translation: &'static str,
    /// Topics assigned by an editor.
    pub topics: Vec<RefView>,
    /// Topics found by the phrases of their records.
    pub rule_topics: Vec<RefView>,
    /// Documents it refers to: those in front matter first, then those found in its text.
    pub references: Vec<DocumentRefView>,
    /// Link to the file that the text was taken from, if it is published.
    pub original: Option<String>,
    /// Where the text was obtained.
    pub source: Option<SourceView>,
    /// Holder, licence and note in one text.
    pub rights: String,
    /// Recordings: kind and start time as the title, with a link.
    pub media: Vec<RefView>,
    /// Identifiers of the text elsewhere.
    pub identifiers: Vec<LabelView>,
    /// Corrections, in the order of the front matter.
    pub changes: Vec<ChangedView>,
    /// The last of them that has a date; none without one.
    pub last_change: Option<ChangedView>,
    /// How the text relates to what was said, as front matter has it: `as-delivered`; empty if unknown.
    pub text_status: &'static str,
    /// `published`, `corrected`, `withdrawn` or `draft`.
    pub status: &'static str,
    /// The note on the status.
    pub status_note: String,
    /// The statement that replaces it.
    pub superseded_by: Option<RefView>,
}

/// Where the text was obtained. Unknown texts are empty.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// The publisher.
    pub publisher: String,
    /// Where it was found; only `http` and `https`.
    pub url: Option<String>,
    /// An archived copy; only `http` and `https`.
    pub archived: Option<String>,
    /// When it was obtained; none if unknown.
    pub retrieved: Option<DateView>,
    /// Name of the original file.
    pub file: String,
    /// Checksum of the original file.
    pub sha256: String,
}

/// A text ready to be shown: everything before the first paragraph with notes, then sections that each begin with one.
#[derive(Clone, Debug, Serialize)]
pub struct BodyView {
    /// HTML before the first section; the whole text if nothing has notes.
    pub opening: tera::Value,
    /// The sections.
    pub sections: Vec<SectionView>,
    /// HTML of the list of footnotes; empty if there are none.
    pub footnotes: tera::Value,
}

/// A block with notes next to it, and the blocks after it up to the next one with notes.
#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    /// HTML of the first block.
    pub html: tera::Value,
    /// The notes on its paragraphs.
    pub notes: Vec<NoteView>,
    /// HTML of the blocks after it.
    pub rest: tera::Value,
}

/// Which paragraphs of a statement repeat earlier ones, and which do not.
#[derive(Clone, Debug, Serialize)]
pub struct CarriedView {
    /// Those that do, with a link to each.
    pub carried: Vec<ListedParagraphView>,
    /// Those whose words nobody said before; excluded are short ones, courtesies, those with doubtful dates, and
    /// those that repeat earlier words in another language version.
    pub new: Vec<ListedParagraphView>,
    /// Whether nothing is repeated and every paragraph that can be new is: the page then says so in one sentence.
    pub is_all_new: bool,
}

/// A few paragraphs in a row, in the contents of a long text without headings.
#[derive(Clone, Debug, Serialize)]
pub struct RangeView {
    /// Anchor of the first of them.
    pub anchor: String,
    /// The number before the first of them that has one; empty if none has.
    pub from: String,
    /// The number before the last of them that has one; empty if none has.
    pub to: String,
    /// How the first of them that is more than an address begins.
    pub begins: String,
    /// How many of them have notes.
    pub noted: usize,
}

/// The last correction of a statement, or that it was withdrawn.
#[derive(Clone, Debug, Serialize)]
pub struct ChangedView {
    /// The day; none if it is unknown.
    pub date: Option<DateView>,
    /// What was corrected; may be empty.
    pub note: String,
}

/// How long a text is.
#[derive(Clone, Debug, Serialize)]
pub struct LengthView {
    /// Its paragraphs that can be cited.
    pub paragraphs: usize,
    /// How many minutes it takes to read, at least 1: 230 words a minute, or 300 characters of a script without spaces
    /// between words.
    pub minutes: usize,
}

/// An entry in the table of contents.
#[derive(Clone, Debug, Serialize)]
pub struct ContentsView {
    /// Level of the heading as written, 1 to 6.
    pub level: u8,
    /// The heading's words.
    pub title: String,
    /// Its anchor.
    pub id: String,
}

/// The previous and next statements, if there are any.
#[derive(Clone, Debug, Serialize)]
pub struct NeighboursView {
    /// The previous one by the same delegation.
    pub previous_by_delegation: Option<CardView>,
    /// The next one by the same delegation.
    pub next_by_delegation: Option<CardView>,
    /// The previous one in the same meeting.
    pub previous_in_meeting: Option<CardView>,
    /// The next one in the same meeting.
    pub next_in_meeting: Option<CardView>,
}

/// The view of `statement.html`.
#[derive(Clone, Debug, Serialize)]
pub struct StatementView {
    /// The page.
    pub page: PageView,
    /// The statement's title.
    pub title: String,
    /// What is known about it.
    pub facts: FactsView,
    /// Its summary; may be empty.
    pub summary: String,
    /// Head tags for citation managers.
    pub meta: Vec<MetaView>,
    /// JSON-LD, ready for a script element; empty for simulated statements.
    pub linked_data: tera::Value,
    /// Link to its text as Markdown, if the site publishes that; empty otherwise.
    pub markdown: String,
    /// The wordings that the collection held, the latest first; empty if it held no other.
    pub history: Vec<HeldListView>,
    /// How to cite it.
    pub citation: CitationView,
    /// Its language versions, including the one shown.
    pub versions: Vec<VersionView>,
    /// Its headings.
    pub contents: Vec<ContentsView>,
    /// Its paragraphs in ranges, if it is long and has fewer than three headings; otherwise empty.
    pub ranges: Vec<RangeView>,
    /// How long it is.
    pub length: LengthView,
    /// Lines of the original above or around the speech, word for word; empty if front matter has none.
    pub head_matter: Vec<String>,
    /// Its text.
    pub body: BodyView,
    /// Which paragraphs repeat earlier statements; none if no paragraph does and not all are new.
    pub carried: Option<CarriedView>,
    /// What links to the page, or to something on it other than a paragraph. Links to a paragraph are notes in `body`;
    /// those beyond five are listed here as well.
    pub backlinks: Vec<NoteItemView>,
    /// Statements named in its front matter.
    pub see_also: Vec<CardView>,
    /// Statements that share its words and topics.
    pub related: Vec<CardView>,
    /// The previous and next statements.
    pub neighbours: NeighboursView,
    /// The fields that the site defines in its front matter (`extra`); an empty map if there are none.
    pub extra: tera::Value,
    /// Pages that compare it with another text.
    pub comparisons: Vec<ComparedWithView>,
    /// Pages that show what its delegation said on its topics over time, by topic.
    pub positions: Vec<RefView>,
}
