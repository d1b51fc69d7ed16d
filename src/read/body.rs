//! `Body`: a text as plain words, and what the words are, in one list of nodes in reading order.
//!
//! The words stand once, in `text`. A node says "the words from here to there", or opens or closes an element around
//! them. So a paragraph's words can be cut out, compared and linked by plain byte ranges, and HTML is made only where a
//! page is made.

use std::borrow::Cow;
use std::ops::Range;

use super::fields::Named;
use super::paragraph::Label;

/// A Markdown text, read.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// All words, paragraph after paragraph; a soft line break is a space.
    pub text: Box<str>,
    pub nodes: Box<[Node]>,
    pub paragraphs: Box<[Paragraph]>,
    /// The labels of its paragraphs are the numbers that it prints; else those that are counted.
    pub prints_numbers: bool,
    pub headings: Box<[Heading]>,
    pub links: Box<[Link]>,
    /// Where addresses lead that no reader can follow: in definitions that no link uses, and in raw HTML that is shown
    /// as text.
    pub unlinked: Box<[Target]>,
    /// Topics that an editor gave to single paragraphs, in reading order.
    pub tags: Box<[Tagged]>,
    /// Labels of footnotes in the order of their first mention, with how often each is mentioned.
    pub footnotes: Box<[Footnote]>,
    /// Words that are struck out, as ranges of `text`, in order. They are shown struck out, and are nothing that was said.
    pub struck: Box<[Range<u32>]>,
    /// What stands in no paragraph's words: raw HTML, the language of a code block, alignments of a table.
    pub asides: Box<[Box<str>]>,
}

/// One step through a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    Open(Element),
    Close(Element),
    /// Words: a byte range of `Body::text`.
    Text(u32, u32),
    /// Words in a fixed-width face.
    Code(u32, u32),
    SoftBreak,
    HardBreak,
    Rule,
    /// Raw HTML, an index into `Body::asides`.
    Html(u32),
    /// The n-th mention of a footnote: index into `Body::footnotes`, and n from 1.
    FootnoteMark(u32, u16),
}

/// What words can stand in. The numbers are indices into the body's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// A paragraph that can be cited.
    Paragraph(u32),
    /// A paragraph that cannot: in a footnote, or a second one in a list item.
    PlainParagraph,
    Heading(u32),
    Quotation,
    /// A code block; its language is an aside.
    CodeBlock(Option<u32>),
    /// An ordered list with its first number.
    Ordered(u32),
    Bulleted,
    /// A list item; a tight one is a paragraph itself.
    Item(Option<u32>),
    /// The text of a footnote.
    Footnote(u32),
    /// A table; its alignments are an aside: `l`, `c`, `r` or `-` a column.
    Table(u32),
    TableHead,
    TableRow,
    /// A cell, with its column.
    TableCell(u16),
    Emphasis,
    Strong,
    Strikethrough,
    Link(u32),
    Image(u32),
}

/// A paragraph that can be cited; the n-th one has the anchor `p` n+1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its words, a byte range of `Body::text`, without the number before them.
    pub text: Range<u32>,
    /// Line of the file on which it begins.
    pub line: u32,
    /// The number printed before it, in a text that numbers its paragraphs.
    pub printed: Option<Printed>,
    /// It stands in a quotation: words of another.
    pub is_quoted: bool,
}

/// A number that a text prints before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Its digits as printed, without brackets and full stop.
    pub digits: Box<str>,
    pub value: u32,
    /// Where it is written, with what follows it up to the first word, as bytes of `Body::text`; empty for the number of
    /// a list's item, which is not in the text.
    pub words: Range<u32>,
    /// The series whose label it is, counted from 1; none for a misprint, and where labels are counted.
    pub series: Option<u32>,
}

/// A topic that an editor gave to a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// The paragraph, counted from 0.
    pub paragraph: u32,
    pub topic: Named,
}

/// A heading, for the contents list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Its anchor.
    pub id: Box<str>,
    /// Its words, a byte range of `Body::text`.
    pub text: Range<u32>,
    /// The paragraph that follows it, counted from 0.
    pub next_paragraph: u32,
}

/// A footnote and how often it is mentioned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    pub label: Box<str>,
    pub mentions: u16,
}

/// A link as it is written: where it leads is known only when all files are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub target: Target,
    /// The title attribute, empty without one.
    pub title: Box<str>,
    /// Whether it has words of its own; `[[id]]` shows the target's title.
    pub own_words: bool,
    pub line: u32,
    pub column: u32,
    /// The paragraph it stands in, counted from 0, if in one.
    pub paragraph: Option<u32>,
}

/// Where a link leads, as far as one file can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another site: any URL with an allowed scheme.
    External(Box<str>),
    /// `[[id]]` or `[[id#p7]]`.
    Statement { id: Box<str>, fragment: Option<Box<str>> },
    /// `[[topic:ppwt]]` and the like.
    Record { kind: super::record::RecordKind, name: Box<str> },
    /// A path relative to the file's folder, with its fragment.
    Relative { path: Box<str>, fragment: Option<Box<str>> },
    /// A path from the site's root, with query and fragment.
    Rooted(Box<str>),
    /// An anchor on the same page.
    Fragment(Box<str>),
    /// What must not be linked; its words stay.
    Refused,
    /// Nothing was written.
    Nowhere,
}

impl Paragraph {
    /// Returns its words with the number that is written before them. Whether that is a label may come to be seen
    /// otherwise when the text is edited, so a lock keeps all of it.
    pub fn whole(&self) -> Range<u32> {
        let printed = self.printed.as_ref().map(|printed| &printed.words).filter(|words| !words.is_empty());
        printed.map_or(self.text.start, |words| words.start)..self.text.end
    }

    /// Returns the printed number that is its label.
    pub fn printed_label(&self) -> Option<&Printed> {
        self.printed.as_ref().filter(|printed| printed.series.is_some())
    }
}

impl Body {
    /// Returns the label of a paragraph, counted from 0, whose anchor has this number.
    pub fn label(&self, paragraph: u32, number: &str) -> Label {
        let of = self.paragraphs.get(paragraph as usize);
        match of.and_then(Paragraph::printed_label) {
            Some(printed) => Label::Number { text: printed.digits.clone(), series: printed.series.unwrap_or_default() },
            None if self.prints_numbers => Label::unnumbered(of.map_or("", |of| self.words(&of.text))),
            None => Label::Number { text: number.into(), series: 1 },
        }
    }

    /// Returns the words of a byte range.
    pub fn words(&self, range: &Range<u32>) -> &str {
        &self.text[range.start as usize..range.end as usize]
    }

    /// Returns the words of a byte range without those that are struck out: what plain text can show as said.
    pub fn said(&self, range: &Range<u32>) -> Cow<'_, str> {
        let from = self.struck.partition_point(|struck| struck.end <= range.start);
        let struck: Vec<&Range<u32>> =
            self.struck[from..].iter().take_while(|struck| struck.start < range.end).collect();
        if struck.is_empty() {
            return self.words(range).into();
        }
        let (mut said, mut at) = (String::new(), range.start);
        for struck in struck {
            said.push_str(self.words(&(at..struck.start.max(at))));
            at = struck.end.min(range.end);
            // Of two spaces around the words one is left.
            if self.words(&(at..range.end)).starts_with(' ') && (said.is_empty() || said.ends_with(' ')) {
                at += 1;
            }
        }
        said.push_str(self.words(&(at..range.end)));
        said.into()
    }

    /// Returns the paragraph, counted from 0, that the word at a byte of the text stands in, if it stands in one.
    pub fn paragraph_at(&self, at: u32) -> Option<u32> {
        let after = self.paragraphs.partition_point(|paragraph| paragraph.text.start <= at);
        let paragraph = after.checked_sub(1)?;
        (at <= self.paragraphs[paragraph].text.end).then_some(paragraph as u32)
    }

    /// Says whether a paragraph, counted from 0, stands in a quotation.
    pub fn is_quoted(&self, paragraph: u32) -> bool {
        self.paragraphs.get(paragraph as usize).is_some_and(|paragraph| paragraph.is_quoted)
    }
}
