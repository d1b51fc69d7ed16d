//! `Body`: a text as plain words, and their structure as one list of nodes in reading order.
//!
//! The words are stored once, in `text`. A node refers to a range of them, or opens or closes an element around them.
//! So words can be cut out, compared and linked by plain byte ranges, and HTML is made only when a page is.

use std::borrow::Cow;
use std::ops::Range;

use super::fields::Named;
use super::paragraph::Label;

/// A parsed Markdown text.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// All words, paragraph after paragraph; a soft line break is a space.
    pub text: Box<str>,
    /// The structure of the words, in reading order.
    pub nodes: Box<[Node]>,
    /// Paragraphs that can be cited, in reading order.
    pub paragraphs: Box<[Paragraph]>,
    /// Whether paragraphs are labelled with the numbers that the text prints rather than with counted ones.
    pub prints_numbers: bool,
    /// Headings in reading order.
    pub headings: Box<[Heading]>,
    /// Links and images in reading order.
    pub links: Box<[Link]>,
    /// Targets of addresses that readers cannot follow: those of unused definitions, and those in raw HTML that is
    /// shown as text.
    pub unlinked: Box<[Target]>,
    /// Topics that an editor gave to single paragraphs, in reading order.
    pub tags: Box<[Tagged]>,
    /// Footnotes in the order of their first mention.
    pub footnotes: Box<[Footnote]>,
    /// Struck-out words as sorted ranges of `text`. They are shown, but do not count as said.
    pub struck: Box<[Range<u32>]>,
    /// Strings outside the words: raw HTML, languages of code blocks, alignments of tables.
    pub asides: Box<[Box<str>]>,
}

/// One step through a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// The beginning of an element.
    Open(Element),
    /// The end of the innermost open element.
    Close(Element),
    /// Words, a byte range of `Body::text`.
    Text(u32, u32),
    /// Words in a monospaced font, a byte range of `Body::text`.
    Code(u32, u32),
    /// A line break in the source, shown as a space.
    SoftBreak,
    /// A line break that is shown.
    HardBreak,
    /// A horizontal rule.
    Rule,
    /// Raw HTML, an index into `Body::asides`.
    Html(u32),
    /// The n-th mention of a footnote: index into `Body::footnotes`, and n from 1.
    FootnoteMark(u32, u16),
}

/// An element around words. The numbers are indices into the body's lists unless a variant says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// A paragraph that can be cited.
    Paragraph(u32),
    /// A paragraph that cannot be cited: in a footnote, or a second one in a list item.
    PlainParagraph,
    /// A heading.
    Heading(u32),
    /// A block quotation.
    Quotation,
    /// A code block, with its language as an aside.
    CodeBlock(Option<u32>),
    /// An ordered list, with the number of its first item.
    Ordered(u32),
    /// A bulleted list.
    Bulleted,
    /// A list item; in a tight list, the item is a paragraph itself.
    Item(Option<u32>),
    /// The text of a footnote.
    Footnote(u32),
    /// A table, with its alignments as an aside: `l`, `c`, `r` or `-` for each column.
    Table(u32),
    /// The head row of a table.
    TableHead,
    /// A row of a table.
    TableRow,
    /// A table cell, with its column from 0.
    TableCell(u16),
    /// Emphasized words.
    Emphasis,
    /// Strongly emphasized words.
    Strong,
    /// Struck-out words.
    Strikethrough,
    /// A link around words.
    Link(u32),
    /// An image; its words are the alternative text.
    Image(u32),
}

/// A paragraph that can be cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its words without the number before them, a byte range of `Body::text`.
    pub text: Range<u32>,
    /// Line of the file on which it starts, from 1.
    pub line: u32,
    /// The number printed before it, in a text that numbers its paragraphs.
    pub printed: Option<Printed>,
    /// Whether it is in a block quotation, that is, someone else's words.
    pub is_quoted: bool,
}

/// A number that a text prints before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Its digits as printed, without brackets and full stop.
    pub digits: Box<str>,
    /// Its numeric value.
    pub value: u32,
    /// Byte range of `Body::text` from the number up to the first word; empty for the number of a list item, which is
    /// not in the text.
    pub words: Range<u32>,
    /// The series of labels that it belongs to, from 1; `None` for a misprint, and where labels are counted.
    pub series: Option<u32>,
}

/// A topic that an editor gave to a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Index of the paragraph.
    pub paragraph: u32,
    /// The topic's id as written, and where.
    pub topic: Named,
}

/// A heading, for the contents list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its level as written, from 1 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: Box<str>,
    /// Its words, a byte range of `Body::text`.
    pub text: Range<u32>,
    /// Index of the paragraph that follows it.
    pub next_paragraph: u32,
}

/// A footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// Its label in lower case.
    pub label: Box<str>,
    /// How often the text mentions it.
    pub mentions: u16,
}

/// A link as written. It can be resolved only when all files are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// The title attribute; empty if there is none.
    pub title: Box<str>,
    /// Whether it has words of its own; `[[id]]` shows the target's title instead.
    pub own_words: bool,
    /// Line of the file, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Index of the paragraph that contains it, if one does.
    pub paragraph: Option<u32>,
}

/// The target of a link, as far as one file can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Another site: any URL with an allowed scheme.
    External(Box<str>),
    /// `[[id]]` or `[[id#p7]]`.
    Statement {
        /// The id as written.
        id: Box<str>,
        /// What follows `#`.
        fragment: Option<Box<str>>,
    },
    /// `[[topic:ppwt]]` and the like.
    Record {
        /// The kind of record.
        kind: super::record::RecordKind,
        /// Its slug or an alias, as written.
        name: Box<str>,
    },
    /// A path relative to the file's folder.
    Relative {
        /// The path, percent-decoded.
        path: Box<str>,
        /// What follows `#`, percent-decoded.
        fragment: Option<Box<str>>,
    },
    /// A path from the site's root, with its query and fragment.
    Rooted(Box<str>),
    /// An anchor on the same page.
    Fragment(Box<str>),
    /// An address that must not be linked, such as `javascript:`. The words stay.
    Refused,
    /// An empty address.
    Nowhere,
}

impl Paragraph {
    /// Returns its words with the number written before them. An edit may change whether that number is a label, so a
    /// lock keeps both.
    pub fn whole(&self) -> Range<u32> {
        let printed = self.printed.as_ref().map(|printed| &printed.words).filter(|words| !words.is_empty());
        printed.map_or(self.text.start, |words| words.start)..self.text.end
    }

    /// Returns the printed number if it is the paragraph's label.
    pub fn printed_label(&self) -> Option<&Printed> {
        self.printed.as_ref().filter(|printed| printed.series.is_some())
    }
}

impl Body {
    /// Returns the label of the paragraph at an index, whose anchor has this number.
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

    /// Returns the words of a byte range without struck-out ones: what plain text can present as said.
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
            // Of the two spaces around the struck words, one is kept.
            if self.words(&(at..range.end)).starts_with(' ') && (said.is_empty() || said.ends_with(' ')) {
                at += 1;
            }
        }
        said.push_str(self.words(&(at..range.end)));
        said.into()
    }

    /// Returns the index of the paragraph that contains a byte of the text, if one does.
    pub fn paragraph_at(&self, at: u32) -> Option<u32> {
        let after = self.paragraphs.partition_point(|paragraph| paragraph.text.start <= at);
        let paragraph = after.checked_sub(1)?;
        (at <= self.paragraphs[paragraph].text.end).then_some(paragraph as u32)
    }

    /// Returns whether the paragraph at an index is in a quotation.
    pub fn is_quoted(&self, paragraph: u32) -> bool {
        self.paragraphs.get(paragraph as usize).is_some_and(|paragraph| paragraph.is_quoted)
    }
}
