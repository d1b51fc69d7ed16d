//! What was taken out of a text, and why.

/// A line that was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// Number of the line; 0 if the format itself kept it out of the text.
    pub line: u32,
    /// The words.
    pub text: String,
    /// Why it was taken out.
    pub reason: Reason,
}

/// Why a line was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It is a page number.
    PageNumber,
    /// It is printed on the pages of United Nations meeting records.
    RecordMark,
    /// It recurs on page after page.
    Recurs,
    /// It says how the text relates to the speech ("check against delivery"), which is now in the front matter.
    TextStatus,
    /// It is above or around the speech, and is in the front matter word for word.
    HeadMatter,
    /// It is the title, printed again.
    TitleAgain,
    /// It marks the end of the text with ornaments: `--oo00oo--`.
    EndMark,
    /// It is a running head or foot.
    HeadOrFoot,
    /// It is in a box next to the text.
    Box,
    /// Its author deleted it in a tracked change.
    Deleted,
    /// It is hidden.
    Hidden,
    /// It is an editor's comment.
    Comment,
    /// It is written in a diagram or chart.
    Graphic,
    /// It is printed above a word to show its pronunciation (ruby).
    ReadingAid,
    /// It is in a part of the document that the import does not know.
    Unknown,
    /// It belongs to the web page around the text.
    WebPage,
    /// It is not level with the text, or printed across its lines: a watermark, a stamp, a note along the margin.
    NotLevel,
    /// It is a line number in the margin.
    LineNumber,
    /// It is drawn a second time at the same place to make letters bold.
    DrawnTwice,
}

impl Reason {
    /// Returns the words that reports use.
    pub fn words(self) -> &'static str {
        match self {
            Reason::PageNumber => "page number",
            Reason::RecordMark => "mark of a meeting record",
            Reason::Recurs => "on page after page",
            Reason::TextStatus => "now in `text_status`",
            Reason::HeadMatter => "now in `head_matter`",
            Reason::TitleAgain => "the title, printed again",
            Reason::EndMark => "end mark",
            Reason::HeadOrFoot => "head or foot of the pages",
            Reason::Box => "box next to the text",
            Reason::Deleted => "deleted in a tracked change",
            Reason::Hidden => "hidden",
            Reason::Comment => "comment",
            Reason::Graphic => "in a diagram or chart",
            Reason::ReadingAid => "reading aid above a word",
            Reason::Unknown => "in an unknown part",
            Reason::WebPage => "web page around the text",
            Reason::NotLevel => "not level with the text, or across its lines",
            Reason::LineNumber => "line number in the margin",
            Reason::DrawnTwice => "drawn twice in the same place, read once",
        }
    }
}
