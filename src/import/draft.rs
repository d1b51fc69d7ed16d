//! `Mended` and `Known` -> `Draft`: the text of a statement's file.

use super::knowing::Known;
use super::markup;
use super::mended::{Block, Mended};
use super::original::{Original, sha256};
use super::pages::{Kind, Markup};
use crate::config::Html;
use crate::edit::{quoted, scalar};
use crate::read::markdown;

/// A statement as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What the file's name could be, less what would make it unique.
    pub id: String,
    /// Where it belongs by its date: a year's folder.
    pub year: Option<String>,
    /// The front matter's lines, less the source.
    front: String,
    pub body: String,
}

/// Makes the draft of a text.
pub fn draft(original: &Original, mended: &Mended, known: &Known) -> Draft {
    let year = known.get("date").filter(|date| date.sure).and_then(|date| year(&date.value));
    Draft { id: id(original), year, front: front(known), body: body(mended) }
}

/// Makes the draft of what nobody can read: what is known of it, and that its text is missing.
pub fn stub(original: &Original, known: &Known) -> Draft {
    let body =
        "\\[The text of this statement could not be read from its original. It is to be typed here.\\]\n".to_owned();
    Draft { id: id(original), year: None, front: front(known), body }
}

/// Returns what can stand as an id: the original's name in letters a-z, digits and hyphens, or the beginning of its hash.
fn id(original: &Original) -> String {
    let ascii: String =
        crate::path::slug(original.stem()).chars().map(|c| if c.is_ascii() { c } else { '-' }).collect();
    let parts: Vec<&str> = ascii.split('-').filter(|part| !part.is_empty()).collect();
    let id = parts.join("-");
    if id.is_empty() || id == "index" { format!("statement-{}", &original.sha256[..8]) } else { id }
}

fn year(edtf: &str) -> Option<String> {
    let (first, last) = crate::read::date::Date::parse(edtf)?.years();
    (first == last).then(|| format!("{first:04}"))
}

/// The keys in the order in which they are written.
const KEYS: &[&str] = &[
    "title",
    "type",
    "date",
    "delegation",
    "on_behalf_of",
    "speaker",
    "forum",
    "session",
    "meeting",
    "place",
    "language",
    "text_status",
    "status_note",
    "topics",
];

/// Keys whose values are written as they are: lists and objects.
const WRITTEN: &[&str] = &["speaker", "on_behalf_of", "topics"];

fn front(known: &Known) -> String {
    let mut front = String::new();
    for key in KEYS {
        let Some(found) = known.get(key) else { continue };
        let value = match *key {
            "title" | "status_note" => quoted(&found.value),
            key if WRITTEN.contains(&key) => found.value.clone(),
            _ => scalar(&found.value),
        };
        if found.sure {
            front.push_str(&format!("{key}: {value}\n"));
        } else {
            front.push_str(&format!("# {key}: {value}  # not sure: {}\n", found.evidence.replace(['\n', '\r'], " ")));
        }
    }
    front
}

impl Draft {
    /// Returns the whole file. `file` is the original's place as the front matter names it.
    pub fn text(&self, file: &str, original: &Original) -> String {
        let source = format!("source:\n  file: {}\n  sha256: {}\n", scalar(file), original.sha256);
        let status = "status: draft  # delete this line to publish\n";
        let text = format!("---\n{}{source}{status}---\n\n{}", self.front, self.body);
        sealed(&text)
    }

    /// Returns the words that readers of the site will see.
    pub fn words(&self, markup: Markup) -> String {
        match markup {
            Markup::Plain => markdown::parse(&self.body, 1, Html::Escape, false).0.text.into(),
            // Its markup is the original's own.
            Markup::Markdown => self.body.clone(),
        }
    }
}

/// The line under `source:` that says what the import wrote.
const SEAL: &str = "  imported: ";

/// Adds the hash of the text to its front matter, by which it can be told later whether a person has edited it.
fn sealed(text: &str) -> String {
    let at = text.find("status: draft").unwrap_or(text.len());
    format!("{}{SEAL}{}\n{}", &text[..at], sha256(text.as_bytes()), &text[at..])
}

/// Says whether a file is still as the import wrote it; nothing if no import wrote it.
pub fn is_untouched(text: &str) -> Option<bool> {
    let text = text.replace("\r\n", "\n");
    let start = text.find(&format!("\n{SEAL}"))? + 1;
    let end = start + text[start..].find('\n')? + 1;
    let seal = text[start + SEAL.len()..end].trim();
    Some(*sha256(format!("{}{}", &text[..start], &text[end..]).as_bytes()) == *seal)
}

fn body(mended: &Mended) -> String {
    let mut body = String::new();
    let mut before: Option<&Block> = None;
    for block in &mended.blocks {
        if let Some(before) = before {
            body.push_str(if before.kind == Kind::Item && block.kind == Kind::Item { "\n" } else { "\n\n" });
        }
        let text = match mended.markup {
            Markup::Plain => markup::written(&block.text, &block.marks),
            Markup::Markdown => block.text.clone(),
        };
        let mark = match block.kind {
            Kind::Paragraph => String::new(),
            Kind::Heading(level) => format!("{} ", "#".repeat(usize::from(level.clamp(1, 6)))),
            Kind::Item => "- ".to_owned(),
            Kind::Quotation => "> ".to_owned(),
            Kind::Footnote(number) => format!("[^{number}]: "),
        };
        body.push_str(&mark);
        body.push_str(&text);
        before = Some(block);
    }
    body.push('\n');
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_is_seen_and_none_is_not() {
        let original = Original::new("a/Kz Étude.txt", None, *b"words");
        let known = Known::default();
        let mended = Mended {
            markup: Markup::Plain,
            blocks: Vec::new(),
            removals: Vec::new(),
            repairs: Vec::new(),
            doubts: Vec::new(),
        };
        let draft = draft(&original, &mended, &known);
        assert_eq!(draft.id, "kz-tude");
        let text = draft.text("Kz Étude.txt", &original);
        assert_eq!(is_untouched(&text), Some(true));
        assert_eq!(is_untouched(&text.replace('\n', "\r\n")), Some(true), "a checkout may change line ends");
        assert_eq!(is_untouched(&text.replace("status: draft", "status: published")), Some(false));
        assert_eq!(is_untouched("---\ntitle: A\n---\n"), None);
    }
}
