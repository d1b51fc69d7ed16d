//! `Mended` and `Known` -> `Draft`: the text of a statement's file.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::judging::{Judgement, Verdict};
use super::known::Known;
use super::markup;
use super::mended::{Block, Mended, Reason};
use super::original::{Original, sha256};
use super::pages::{Kind, Mark, Markup};
use super::said::{INDEXED, PROFILED, Said};
use crate::config::{Config, Html};
use crate::edit::{quoted, scalar};
use crate::front::statement::{HEAD_MATTER, STATUS_NOTE, TITLE};
use crate::front::{self, document};
use crate::read::body::{Element, Node};
use crate::read::name::suggested_id;
use crate::read::{self, Content, markdown};

/// A statement as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What the file's name could be, less what would make it unique.
    pub id: String,
    /// Where it belongs by its date: a year's folder.
    pub year: Option<String>,
    /// The front matter's lines, less the source.
    front: String,
    /// Lines under `source:` beside those of the import.
    source: String,
    pub body: String,
}

/// Makes the draft of a text.
pub fn draft(original: &Original, mended: &Mended, known: &Known, said: &Said, judgement: &Judgement) -> Draft {
    let mut front = front(known, said);
    if said.yaml(HEAD_MATTER.name).is_none() {
        front.push_str(&head_matter(mended));
    }
    if judgement.verdict == Verdict::Suspect {
        front.push_str(&format!("{SUSPECT}{}\n", line(&judgement.reasons.join("; "))));
    }
    let year = known.get("date").filter(|date| date.sure).and_then(|date| year(&date.value));
    Draft { id: id(original, said), year, front, source: said.source.clone(), body: body(mended) }
}

/// Returns the lines that are kept apart, word for word, as front matter has them.
fn head_matter(mended: &Mended) -> String {
    let kept = mended.removals.iter().filter(|removal| removal.reason == Reason::HeadMatter);
    let lines: String = kept.map(|removal| format!("  - {}\n", quoted(&line(&removal.text)))).collect();
    if lines.is_empty() { lines } else { format!("{HEAD_MATTER}:\n{lines}") }
}

/// The body of a statement whose text is missing.
pub const STUB: &str =
    "\\[The text of this statement could not be read from its original. It is to be typed here.\\]\n";

/// Makes the draft of what nobody can read: what is known of it, and that its text is missing.
pub fn stub(original: &Original, known: &Known, said: &Said) -> Draft {
    Draft {
        id: id(original, said),
        year: None,
        front: front(known, said),
        source: said.source.clone(),
        body: STUB.to_owned(),
    }
}

/// Letters of an id that is made of a file's name; some names are whole sentences.
const LONGEST: usize = 80;

/// Returns what can stand as an id: what is said, or the original's name in letters a-z, digits and hyphens, or the
/// beginning of its hash.
fn id(original: &Original, said: &Said) -> String {
    if let Some(id) = &said.id {
        return id.clone();
    }
    let stem = original.stem();
    let has_ascii = stem.nfkd().any(|c| c.is_ascii_alphanumeric());
    if !has_ascii || stem.eq_ignore_ascii_case("index") {
        return format!("statement-{}", &original.sha256[..8]);
    }
    let mut id = String::new();
    for word in suggested_id(stem).split('-') {
        if !id.is_empty() && id.len() + word.len() > LONGEST {
            break;
        }
        let hyphen = if id.is_empty() { "" } else { "-" };
        id.push_str(&format!("{hyphen}{}", &word[..word.len().min(LONGEST)]));
    }
    id
}

fn year(edtf: &str) -> Option<String> {
    let (first, last) = read::date::Date::parse(edtf)?.years();
    (first == last).then(|| format!("{first:04}"))
}

fn front(known: &Known, said: &Said) -> String {
    let mut front = String::new();
    for key in front::importable() {
        if let Some(yaml) = said.yaml(key.name) {
            front.push_str(yaml);
            continue;
        }
        let Some(found) = known.get(key.name) else { continue };
        let value = if [TITLE, STATUS_NOTE].contains(&key) {
            quoted(&found.value)
        } else if key.is_scalar() {
            scalar(&found.value)
        } else {
            // A list or an object is found as YAML.
            found.value.clone()
        };
        if found.sure {
            front.push_str(&format!("{key}: {value}\n"));
        } else {
            let why = if found.is_suggested() { SUGGESTED } else { NOT_SURE };
            front.push_str(&format!("# {key}: {value}{why}{}\n", line(&found.evidence)));
        }
    }
    for left in &said.left {
        let mut lines = left.yaml.lines();
        let first = lines.next().unwrap_or_default();
        front.push_str(&format!("# {first}{NOT_SURE}{}\n", line(&left.message)));
        front.extend(lines.map(|line| format!("#   {}\n", line.trim_start())));
    }
    if !said.indexed.is_empty() {
        front.push_str(&format!("{INDEXED}{}\n", said.indexed.join(", ")));
    }
    let profiled: Vec<&str> =
        front::importable().map(|key| key.name).filter(|key| known.profiled.contains(key)).collect();
    if !profiled.is_empty() {
        front.push_str(&format!("{PROFILED}{}\n", line(&profiled.join(", "))));
    }
    front
}

/// What stands between a value in a comment and why it is not sure.
pub const NOT_SURE: &str = "  # not sure: ";

/// What stands between a suggestion in a comment and where it comes from.
const SUGGESTED: &str = "  # suggested: ";

/// What begins a comment that says why something may be missing.
pub const SUSPECT: &str = "# suspect: ";

/// Returns a text on one line.
fn line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

impl Draft {
    /// Returns the whole file. `file` is the original's place as the front matter names it, `asides` are comments.
    pub fn text(&self, file: &str, original: &Original, asides: &str) -> String {
        let source = format!("source:\n{}  file: {}\n  sha256: {}\n", self.source, scalar(file), original.sha256);
        let text = format!("---\n{}{asides}{source}{STATUS}---\n\n{}", self.front, self.body);
        sealed(&text)
    }

    /// Returns the lines that it keeps apart, as the site's reader takes them from its front matter.
    pub fn head_matter(&self) -> Vec<Box<str>> {
        if !self.front.contains(HEAD_MATTER.name) {
            return Vec::new();
        }
        let text = format!("---\n{}---\n\nWords.\n", self.front);
        let path = "content/statements/a.md".into();
        match read::read(&path, text.as_bytes(), &read::Options::new(&Config::default())).content {
            Some(Content::Statement(statement)) => statement.front.head_matter.clone(),
            _ => Vec::new(),
        }
    }

    /// Returns its text as it is shown, without markup.
    pub fn shown(&self) -> String {
        markdown::parse(&self.body, 1, Html::Escape, false).0.text.into()
    }

    /// Returns the words that readers of the site will see.
    pub fn words(&self, markup: Markup) -> String {
        match markup {
            Markup::Plain => self.shown(),
            // Its markup is the original's own.
            Markup::Markdown => self.body.clone(),
        }
    }

    /// Returns which of these words readers of the site will see struck out, as byte ranges.
    pub fn struck(&self, markup: Markup) -> Vec<Range<usize>> {
        if markup == Markup::Markdown {
            return Vec::new();
        }
        let (body, _) = markdown::parse(&self.body, 1, Html::Escape, false);
        let mut open = 0;
        let mut struck = Vec::new();
        for node in &body.nodes {
            match node {
                Node::Open(Element::Strikethrough) => open += 1,
                Node::Close(Element::Strikethrough) => open -= 1,
                Node::Text(start, end) | Node::Code(start, end) if open > 0 => {
                    struck.push(*start as usize..*end as usize)
                }
                _ => {}
            }
        }
        struck
    }
}

const STATUS: &str = "status: draft  # delete this line to publish\n";

/// The line under `source:` that says what the import wrote.
const SEAL: &str = "  imported: ";

/// Adds the hash of the text to its front matter, by which it can be told later whether a person has edited it.
fn sealed(text: &str) -> String {
    let at = text.find(&format!("\n{STATUS}")).map_or(text.len(), |at| at + 1);
    format!("{}{SEAL}{}\n{}", &text[..at], sha256(text.as_bytes()), &text[at..])
}

/// Returns whether a file is still as the import wrote it; nothing if no import wrote it.
pub fn is_untouched(text: &str) -> Option<bool> {
    let text = text.replace("\r\n", "\n");
    // The words of the text may look like the line.
    let front = document::range(&text)?;
    let start = front.start + text[front].find(&format!("\n{SEAL}"))? + 1;
    let end = start + text[start..].find('\n')? + 1;
    let seal = text[start + SEAL.len()..end].trim();
    Some(*sha256(format!("{}{}", &text[..start], &text[end..]).as_bytes()) == *seal)
}

fn body(mended: &Mended) -> String {
    let mut body = String::new();
    let mut before: Option<&Block> = None;
    let mut depth = 0;
    for (i, block) in mended.blocks.iter().enumerate() {
        // An item stands in the one before it, or there is none that it could stand in.
        depth = match (before.map(|before| before.kind), block.kind) {
            (Some(Kind::Item(_)), Kind::Item(level)) => usize::from(level).min(depth + 1),
            _ => 0,
        };
        if let Some(before) = before {
            let together = matches!((before.kind, block.kind), (Kind::Item(_), Kind::Item(_)) | (Kind::Row, Kind::Row));
            body.push_str(if together { "\n" } else { "\n\n" });
        }
        let text = match mended.markup {
            Markup::Plain => markup::written(&block.text, &block.marks),
            Markup::Markdown => block.text.clone(),
        };
        let mark = match block.kind {
            Kind::Paragraph => String::new(),
            Kind::Heading(level) => format!("{} ", "#".repeat(usize::from(level.clamp(1, 6)))),
            Kind::Item(_) => format!("{}- ", "  ".repeat(depth)),
            Kind::Row => "| ".to_owned(),
            Kind::Quotation => "> ".to_owned(),
            Kind::Footnote(number) => format!("[^{number}]: "),
        };
        body.push_str(&mark);
        body.push_str(&text);
        if block.kind == Kind::Row {
            body.push_str(&end_of_row(&mended.blocks, i));
        }
        before = Some(block);
    }
    body.push('\n');
    body
}

/// Returns what closes a row: the first of a table has as many cells as any, for Markdown drops what stands in more, and
/// is followed by a rule.
fn end_of_row(blocks: &[Block], at: usize) -> String {
    let cells = |block: &Block| 1 + block.marks.iter().filter(|mark| matches!(mark, Mark::Cell { .. })).count();
    if at > 0 && blocks[at - 1].kind == Kind::Row {
        return " |".to_owned();
    }
    let columns = blocks[at..].iter().take_while(|block| block.kind == Kind::Row).map(cells).max().unwrap_or(1);
    format!("{}\n|{}", " |".repeat(1 + columns - cells(&blocks[at])), "---|".repeat(columns))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_one_that_a_build_takes() {
        for (name, expect) in [
            ("kz_en.pdf", "kz-en"),
            ("con.txt", "con-1"),
            ("Речь.txt", "statement-dba36bff"),
            ("index.html", "statement-dba36bff"),
        ] {
            assert_eq!(id(&Original::new(name, None, *b"words"), &Said::default()), expect, "{name}");
        }
        let long = format!("{}end.pdf", "statement of all ".repeat(12));
        let id = id(&Original::new(&long, None, *b"words"), &Said::default());
        assert!(id.len() <= LONGEST && read::is_id(&id), "{id}");
    }

    #[test]
    fn an_edit_is_seen_and_none_is_not() {
        let original = Original::new("a/Kz Étude.txt", None, *b"words");
        let known = Known::default();
        let judgement = Judgement { verdict: Verdict::Ok, reasons: Vec::new() };
        let mended = Mended {
            markup: Markup::Plain,
            blocks: Vec::new(),
            removals: Vec::new(),
            repairs: Vec::new(),
            doubts: Vec::new(),
        };
        let draft = draft(&original, &mended, &known, &Said::default(), &judgement);
        assert_eq!(draft.id, "kz-etude");
        let text = draft.text("Kz Étude.txt", &original, "");
        assert_eq!(is_untouched(&text), Some(true));
        assert_eq!(is_untouched(&text.replace('\n', "\r\n")), Some(true), "a checkout may change line ends");
        assert_eq!(is_untouched(&text.replace("status: draft", "status: published")), Some(false));
        assert_eq!(is_untouched("---\ntitle: A\n---\n"), None);
    }
}
