//! `Mended` and `Known` -> `Draft`: the text of a statement's file.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::doubts::{Doubt, Doubts};
use super::judging::{Judgement, Verdict};
use super::known::{Found, Known};
use super::markup;
use super::mended::{Block, Mended, Reason};
use super::original::{Original, sha256};
use super::pages::{Kind, Mark, Markup};
use super::said::{Left, Said};
use crate::config::{Config, Html};
use crate::edit::{quoted, scalar};
use crate::front::statement::{HEAD_MATTER, STATUS_NOTE, TITLE};
use crate::front::{self, document};
use crate::read::body::{Element, Node};
use crate::read::name::suggested_id;
use crate::read::{self, Content, markdown};

/// A statement as it will be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The file name that it should get, before a suffix makes it unique.
    pub id: String,
    /// The year's folder that it belongs in, if its date is certain.
    pub year: Option<String>,
    /// The lines of the front matter, except the source.
    front: String,
    /// What a person has to decide.
    doubts: Doubts,
    /// Lines under `source:` other than those that the import writes.
    source: String,
    /// The text in Markdown.
    pub body: String,
}

/// Makes the draft of a text.
pub fn draft(original: &Original, mended: &Mended, known: &Known, said: &Said, judgement: &Judgement) -> Draft {
    let mut front = front(known, said);
    if said.yaml(HEAD_MATTER.name).is_none() {
        front.push_str(&head_matter(mended));
    }
    let suspect = (judgement.verdict == Verdict::Suspect).then(|| judgement.reasons.join("; "));
    let doubts = Doubts { suspect, ..doubts(known, said) };
    let year = known.get("date").filter(|date| date.sure).and_then(|date| year(&date.value));
    Draft { id: id(original, said), year, front, doubts, source: said.source.clone(), body: body(mended) }
}

/// Returns the lines that are kept out of the text, word for word, as front matter.
fn head_matter(mended: &Mended) -> String {
    let kept = mended.removals.iter().filter(|removal| removal.reason == Reason::HeadMatter);
    let lines: String = kept.map(|removal| format!("  - {}\n", quoted(&line(&removal.text)))).collect();
    if lines.is_empty() { lines } else { format!("{HEAD_MATTER}:\n{lines}") }
}

pub use crate::read::missing::STUB;

/// Makes the draft of an original whose text cannot be read: its front matter, and a note that the text is missing.
pub fn stub(original: &Original, known: &Known, said: &Said) -> Draft {
    Draft {
        id: id(original, said),
        year: None,
        front: front(known, said),
        doubts: doubts(known, said),
        source: said.source.clone(),
        body: STUB.to_owned(),
    }
}

/// The length of the longest id that is made from a file name, in bytes; some names are whole sentences.
const LONGEST: usize = 80;

/// Returns the id: the one that was given; else the original's name in a-z, digits and hyphens; else one made from its
/// hash.
fn id(original: &Original, said: &Said) -> String {
    if let Some(id) = &said.id {
        return id.clone();
    }
    let stem = original.stem();
    // A name in another script would leave nothing, and `index` would clash with a page's own file.
    let has_ascii = stem.nfkd().any(|c| c.is_ascii_alphanumeric());
    if !has_ascii || stem.eq_ignore_ascii_case("index") {
        return format!("statement-{}", &original.sha256[..8]);
    }
    let mut id = String::new();
    // Whole words only, so that an id cut short can still be read.
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

/// Returns the keys with values that are certain.
fn front(known: &Known, said: &Said) -> String {
    let mut front = String::new();
    for key in front::importable() {
        if let Some(yaml) = said.yaml(key.name) {
            front.push_str(yaml);
            continue;
        }
        let Some(found) = known.get(key.name).filter(|found| found.sure) else { continue };
        let value = if [TITLE, STATUS_NOTE].contains(&key) {
            quoted(&found.value)
        } else if key.is_scalar() {
            scalar(&found.value)
        } else {
            // A list or an object is already YAML.
            found.value.clone()
        };
        front.push_str(&format!("{key}: {value}\n"));
    }
    front
}

/// Returns what is not certain, and which keys come from an index or a profile: a later import without that file takes
/// them from the draft.
fn doubts(known: &Known, said: &Said) -> Doubts {
    let unstated = front::importable().filter(|key| said.yaml(key.name).is_none());
    let unsure = unstated.filter_map(|key| known.get(key.name).filter(|found| !found.sure));
    let doubt =
        |found: &Found| Doubt { key: found.key.to_owned(), value: found.value.clone(), reason: line(&found.evidence) };
    let (suggested, unsure): (Vec<&Found>, Vec<&Found>) = unsure.partition(|found| found.is_suggested());
    let profiled = front::importable().map(|key| key.name).filter(|key| known.profiled.contains(key));
    Doubts {
        suspect: None,
        similar: Vec::new(),
        unsure: unsure.into_iter().map(doubt).chain(said.left.iter().map(left)).collect(),
        suggested: suggested.into_iter().map(doubt).collect(),
        index: said.indexed.iter().map(|key| (*key).to_owned()).collect(),
        profile: profiled.map(str::to_owned).collect(),
    }
}

/// Turns a value that the front matter cannot hold into a doubt, so that a person corrects it.
fn left(left: &Left) -> Doubt {
    let (key, value) = left.yaml.split_once(':').unwrap_or((&left.yaml, ""));
    let value =
        match serde_yaml::from_str::<serde_yaml::Mapping>(&left.yaml).ok().and_then(|map| map.into_iter().next()) {
            Some((_, serde_yaml::Value::String(text))) => text,
            _ => value.trim().to_owned(),
        };
    Doubt { key: key.trim().to_owned(), value, reason: line(&left.message) }
}

/// Returns a text on one line.
fn line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

impl Draft {
    /// Returns the whole file. `file` is the original's path as the front matter names it; `similar` says in words which
    /// texts it may be a version of.
    pub fn text(&self, file: &str, original: &Original, similar: &[String]) -> String {
        let doubts = Doubts { similar: similar.to_vec(), ..self.doubts.clone() }.yaml();
        let source = format!("source:\n{}  file: {}\n  sha256: {}\n", self.source, scalar(file), original.sha256);
        let text = format!("---\n{}{doubts}{source}{STATUS}---\n\n{}", self.front, self.body);
        sealed(&text)
    }

    /// Returns the lines that the draft keeps out of the text, as the site's reader parses them from its front matter.
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

    /// Returns the text as readers see it, without markup.
    pub fn shown(&self) -> String {
        markdown::parse(&self.body, 1, Html::Escape, false).0.text.into()
    }

    /// Returns the words that readers of the site will see.
    pub fn words(&self, markup: Markup) -> String {
        match markup {
            Markup::Plain => self.shown(),
            // The markup is the original's own, so it is compared as it was written.
            Markup::Markdown => self.body.clone(),
        }
    }

    /// Returns which of these words readers of the site will see struck out, as byte ranges of the text.
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

/// The line under `source:` that holds the hash of what the import wrote.
const SEAL: &str = "  imported: ";

/// Adds the hash of the text to its front matter, so that a later import can see whether a person has edited it.
fn sealed(text: &str) -> String {
    let at = text.find(&format!("\n{STATUS}")).map_or(text.len(), |at| at + 1);
    format!("{}{SEAL}{}\n{}", &text[..at], sha256(text.as_bytes()), &text[at..])
}

/// Returns whether a file is still as the import wrote it; `None` if no import wrote it.
pub fn is_untouched(text: &str) -> Option<bool> {
    let text = text.replace("\r\n", "\n");
    // Only the front matter is searched: a line of the text may look the same.
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
        // An item is nested at most one level deeper than the one before it: Markdown would take a deeper one for code.
        depth = match (before.map(|before| before.kind), block.kind) {
            (Some(Kind::Item(_)), Kind::Item(level)) => usize::from(level).min(depth + 1),
            _ => 0,
        };
        if let Some(before) = before {
            // Items and rows of one list or table must follow each other without a blank line.
            let together = matches!((before.kind, block.kind), (Kind::Item(_), Kind::Item(_)) | (Kind::Row, Kind::Row));
            body.push_str(if together { "\n" } else { "\n\n" });
        }
        let text = match mended.markup {
            Markup::Plain => markup::written(&block.text, &block.marks),
            Markup::Markdown => block.text.clone(),
        };
        // Markdown's own mark goes before the words; the words themselves are already escaped.
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

/// Returns what closes a row. The first row of a table is padded to the widest one, because Markdown drops surplus
/// cells, and is followed by the delimiter row.
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
    fn an_id_is_valid_in_a_build() {
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
    fn an_edited_file_is_distinguished_from_an_untouched_one() {
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
        let text = draft.text("Kz Étude.txt", &original, &[]);
        assert_eq!(is_untouched(&text), Some(true));
        assert_eq!(is_untouched(&text.replace('\n', "\r\n")), Some(true), "a checkout may change line ends");
        assert_eq!(is_untouched(&text.replace("status: draft", "status: published")), Some(false));
        assert_eq!(is_untouched("---\ntitle: A\n---\n"), None);
    }
}
