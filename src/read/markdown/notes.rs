//! Places that Markdown likely reads differently from what was meant -> problems, each kind reported once per text.
//!
//! Texts are pasted from word processors: paragraphs are indented, notes are numbered in brackets, tables have tabs.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::mend::JOINT;
use super::{Problem, Reader};
use crate::diagnostic::Code;
use crate::language::scripts::{is_east_asian, is_hangul, is_unspaced};
use crate::read::body::Element;

/// What has been found so far.
#[derive(Default)]
pub(super) struct Notices {
    /// The first indented code block, and how many there are.
    indented: Option<(usize, usize)>,
    /// Labels of footnotes that have a definition.
    defined: BTreeSet<String>,
    /// The end of the last words with a tab between them.
    tabbed: Option<usize>,
    has_reported_table: bool,
    has_reported_emphasis: bool,
}

impl<'a> Reader<'a> {
    /// Checks words for emphasis marks that the parser left as text, and for tabs between them.
    pub(super) fn check_words(&mut self, text: &CowStr<'a>, range: &Range<usize>) {
        if self.open.iter().any(|element| matches!(element, Element::CodeBlock(_))) {
            return;
        }
        // The parser reports literal asterisks as an event of their own, but leaves underscores within their word.
        let marks = if text.starts_with('*') { Some(0) } else { text.find("__") };
        if let Some(at) =
            marks.filter(|at| !self.notices.has_reported_emphasis && text.len() == range.len() && *at < range.len())
        {
            self.check_marks(range.start + at);
        }
        if !self.notices.has_reported_table && is_row(text) {
            let last = self.notices.tabbed.replace(range.end);
            // The next line of the same paragraph: only a line break and indentation are between.
            let is_next = |last: usize| {
                let between = self.source.get(last..range.start).unwrap_or("-");
                between.trim().is_empty() && between.matches('\n').count() == 1
            };
            if last.is_some_and(is_next) {
                self.notices.has_reported_table = true;
                let message = "these lines have tabs like a table, but Markdown shows them as one paragraph".into();
                let help = "write them as a table: | State | Vote | on the first line, |---|---| on the second";
                self.problem(Code::PastedTable, range.start, message, help);
            }
        }
    }

    /// Reports literal asterisks or underscores next to East Asian letters. Elsewhere a mark between spaces is likely
    /// meant as it is; in a script without spaces it is emphasis that failed.
    fn check_marks(&mut self, at: usize) {
        let mark = self.source.as_bytes()[at];
        if self.source[..at].ends_with(['\\', char::from(mark)]) {
            return;
        }
        let end = at + self.source[at..].bytes().take_while(|byte| *byte == mark).count();
        let (before, after) = (self.source[..at].chars().next_back(), self.source[end..].chars().next());
        let is_east = |c: Option<char>| c.is_some_and(|c| is_unspaced(c) || is_east_asian(c) || is_hangul(c));
        if end - at > 1 && (is_east(before) || is_east(after)) {
            self.notices.has_reported_emphasis = true;
            let message = format!("`{}` emphasizes nothing here and is shown as text", &self.source[at..end]);
            let help = "use ** without a space on its inner side, and close it; to show the marks, write \\*\\*";
            self.problem(Code::LiteralEmphasis, at, message, help);
        }
    }

    /// Checks a block that starts for indented code and for a second definition of a footnote.
    pub(super) fn check_block(&mut self, tag: &Tag<'a>, at: usize) {
        match tag {
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                let first = self.notices.indented.map_or((at, 0), |found| found);
                self.notices.indented = Some((first.0, first.1 + 1));
            }
            Tag::FootnoteDefinition(label) if !self.notices.defined.insert(label.to_lowercase()) => {
                let message =
                    format!("the footnote `[^{label}]` is defined again here; both notes are shown under one number");
                self.problem(Code::DuplicateFootnote, at, message, "give each note its own label");
            }
            _ => {}
        }
    }

    /// Turns a single tilde back into text: `5~10 and 20~30` strikes nothing out.
    pub(super) fn without_single_tilde(&self, event: Event<'a>, range: Range<usize>) -> (Event<'a>, Range<usize>) {
        let source: &'a str = self.source;
        let is_single = || !source[range.clone()].starts_with("~~");
        let at = match event {
            Event::Start(Tag::Strikethrough) if is_single() => range.start,
            Event::End(TagEnd::Strikethrough) if is_single() => range.end - 1,
            event => return (event, range),
        };
        (Event::Text(source[at..=at].into()), at..at + 1)
    }

    /// Handles words after removing the joints between them.
    pub(super) fn joined(&mut self, text: &str, range: &Range<usize>) {
        let source: &'a str = self.source;
        if source.get(range.clone()) != Some(text) {
            return self.event(Event::Text(text.replace(JOINT, "").into()), range.clone());
        }
        let mut at = range.start;
        for piece in text.split(JOINT) {
            let end = at + piece.len();
            if !piece.is_empty() {
                self.event(Event::Text(source[at..end].into()), at..end);
            }
            at = end + JOINT.len_utf8();
        }
    }

    /// Reports what only the whole text shows: the number of indented code blocks, and notes in brackets.
    pub(super) fn report_notices(&mut self) {
        // Indented text is reported once with a count: a whole text may be indented by its editor.
        if let Some((at, count)) = self.notices.indented {
            let more = if count > 1 { format!(", and so are {} more", count - 1) } else { String::new() };
            let message = format!("the text that starts here is indented, so it is shown as code{more}");
            let help = "delete the four spaces or the tab before it; to show code, put it between lines of ```";
            self.problem(Code::IndentedCode, at, message, help);
        }
        if !self.text.contains('[') {
            return;
        }
        // A paragraph `[1] See A/RES/72/27` is a note only if its mark also occurs earlier in the text.
        let mut first: HashMap<&str, usize> = HashMap::new();
        for (at, _) in self.text.match_indices('[') {
            if let Some(mark) = note_mark(&self.text[at..]) {
                first.entry(mark).or_insert(at);
            }
        }
        let notes: Vec<(&str, u32)> = self
            .paragraphs
            .iter()
            .filter_map(|paragraph| {
                let start = paragraph.text.start as usize;
                let mark = note_mark(&self.text[start..])?;
                (first.get(mark)? < &start).then_some((mark, paragraph.line))
            })
            .collect();
        let Some(&(mark, line)) = notes.first() else { return };
        let message = match notes.len() {
            1 => format!("`{mark}` is not a footnote: its mark and its note are shown as text"),
            count => format!(
                "`{mark}` is not a footnote: its mark and its note are shown as text, and so are {} more",
                count - 1
            ),
        };
        let help = "write [^1] for the mark in the text, and start the note with [^1]:";
        self.problems.push(Problem { code: Code::PastedNote, line, column: 1, message, help });
    }
}

/// The length of the longest cell in a pasted table, in characters; anything longer is a sentence.
const CELL: usize = 60;

/// Returns whether words look like a table row: cells with tabs between them. A number before a tab is a paragraph's.
fn is_row(text: &str) -> bool {
    if !text.trim().contains('\t') {
        return false;
    }
    let mut cells = text.trim().split('\t').filter(|cell| !cell.trim().is_empty());
    let has_words = cells.clone().next().is_some_and(|first| first.contains(char::is_alphabetic));
    has_words && cells.all(|cell| cell.chars().count() <= CELL)
}

/// Returns the number in brackets at the beginning of words, which is how word processors mark notes.
fn note_mark(words: &str) -> Option<&str> {
    let inner = words.strip_prefix('[')?;
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    ((1..=3).contains(&digits) && inner[digits..].starts_with(']')).then(|| &words[..digits + 2])
}
