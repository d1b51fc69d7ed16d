//! What was taken out of a text, and why.

/// A line that was taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    pub line: u32,
    pub text: String,
    pub reason: Reason,
}

/// Why a line was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It is the number of a page.
    PageNumber,
    /// It is what the United Nations print on the pages of a record.
    RecordMark,
    /// It stands on page after page.
    Recurs,
    /// It says how the text relates to what was said, which the front matter says now.
    TextStatus,
    /// It stands above or around the speech, and the front matter has it word for word.
    HeadMatter,
    /// It is the title, printed once more.
    TitleAgain,
    /// It marks the end of the text with ornaments: `--oo00oo--`.
    EndMark,
    /// It is the head or the foot of the pages.
    HeadOrFoot,
    /// It stands in a box beside the text.
    Box,
    /// Its author deleted it, and the change was tracked.
    Deleted,
    /// It is hidden.
    Hidden,
    /// It is a comment of an editor.
    Comment,
    /// It is written in a diagram or a chart.
    Graphic,
    /// It says above a word how that is read.
    ReadingAid,
    /// It stands in a part of the document that the import does not know.
    Unknown,
    /// It belongs to the page of the web that the text stands on.
    WebPage,
    /// It is not level with the text: a watermark, a stamp, a note along the margin.
    NotLevel,
    /// It is the number of a line, in the margin.
    LineNumber,
    /// It is drawn a second time at the same place, which makes letters bold.
    DrawnTwice,
}

impl Reason {
    /// Returns the words of the report.
    pub fn words(self) -> &'static str {
        match self {
            Reason::PageNumber => "page number",
            Reason::RecordMark => "mark of a meeting's record",
            Reason::Recurs => "on page after page",
            Reason::TextStatus => "now in `text_status`",
            Reason::HeadMatter => "now in `head_matter`",
            Reason::TitleAgain => "the title, printed once more",
            Reason::EndMark => "mark of the text's end",
            Reason::HeadOrFoot => "head or foot of the pages",
            Reason::Box => "box beside the text",
            Reason::Deleted => "deleted in a tracked change",
            Reason::Hidden => "hidden",
            Reason::Comment => "comment",
            Reason::Graphic => "in a diagram or chart",
            Reason::ReadingAid => "reading aid above a word",
            Reason::Unknown => "in a part that is not known",
            Reason::WebPage => "of the page around the text",
            Reason::NotLevel => "not level with the text",
            Reason::LineNumber => "numbers of lines in the margin",
            Reason::DrawnTwice => "drawn twice at one place, read once",
        }
    }
}
