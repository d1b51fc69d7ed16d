//! Bytes -> `Statement`, `Record` or `Page`, one file at a time, knowing no other.
//!
//! What is read depends on the file's path, its bytes and the read options alone, so it can be kept as long as these
//! are the same. Links stay as written: what they lead to belongs to other files.

pub mod body;
pub mod date;
pub mod fields;
pub mod markdown;
pub mod record;
pub mod statement;
pub mod terms;
pub mod text;
pub mod yaml;

use std::ops::Range;
use std::sync::Arc;

use crate::config::{Config, Html};
use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean};
use crate::stamp::{Stamp, Stamped};
use body::Body;
use fields::Fields;
use record::{Record, RecordKind};
use statement::{Front, Statement};
use yaml::FrontMatter;

/// What of site.toml reaches a single file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    pub language: String,
    pub html: Html,
    pub smart_punctuation: bool,
}

impl Options {
    /// Takes the options from the configuration.
    pub fn new(config: &Config) -> Options {
        Options { language: config.language.clone(), html: config.html, smart_punctuation: config.smart_punctuation }
    }
}

/// A plain page: neither a statement nor a record.
#[derive(Clone, Debug)]
pub struct PlainPage {
    /// Path from the site's folder.
    pub path: Arc<str>,
    /// Its URL's parts, `about`; none for the home page.
    pub segments: Box<[Box<str>]>,
    pub title: Box<str>,
    pub description: Option<Box<str>>,
    pub language: Box<str>,
    pub aliases: Vec<fields::Named>,
    pub body: Body,
}

/// What one file holds.
#[derive(Clone, Debug)]
pub enum Content {
    Statement(Stamped<Statement>),
    Record(Stamped<Record>),
    Page(Stamped<PlainPage>),
}

/// One file, read: what it holds, if it could be read, and what is wrong with it.
#[derive(Debug)]
pub struct Read {
    pub content: Option<Content>,
    pub diagnostics: Vec<Diagnostic>,
}

/// The folder with all content.
pub const CONTENT: &str = "content/";

/// Reads one Markdown file.
pub fn read(path: &Arc<str>, bytes: &[u8], options: &Options) -> Read {
    let mut diagnostics = Vec::new();
    let content = content(path, bytes, options, &mut diagnostics);
    Read { content, diagnostics }
}

fn content(path: &Arc<str>, bytes: &[u8], options: &Options, diagnostics: &mut Vec<Diagnostic>) -> Option<Content> {
    let text = match text::decode(path, bytes) {
        Ok(text) => text,
        Err(problem) => {
            diagnostics.push(problem);
            return None;
        }
    };
    let stamp = Stamp::of(&(&**path, &*text, options));
    let (front, markdown, first_line) = split(path, &text, diagnostics)?;
    let name = Name::of(path, diagnostics)?;
    let FrontMatter { values, places } = match yaml::parse(path, front) {
        Ok(front) => front,
        Err(problems) => {
            diagnostics.extend(problems);
            return None;
        }
    };
    let (body, problems) = markdown::parse(markdown, first_line, options.html, options.smart_punctuation);
    for markdown::Problem { code, line, column, message, help } in problems {
        diagnostics.push(Diagnostic::new(code, Place { path: Arc::clone(path), line, column }, message).help(help));
    }
    let mut fields = Fields::new(path, &places, values, diagnostics);
    match name {
        Name::Statement { id, language } => {
            let front = Front::read(&mut fields, &id);
            if let (Some(of_name), Some(of_front)) = (&language, &front.language)
                && **of_name != **of_front
            {
                let message = format!("`language` is `{of_front}`, but the file's name says `{of_name}`");
                fields.complain("language", Code::InvalidValue, message, "leave `language` out, or rename the file");
            }
            let language = language.or_else(|| front.language.clone());
            let statement = Statement {
                path: Arc::clone(path),
                id,
                language: language.unwrap_or_else(|| options.language.as_str().into()),
                excerpt: excerpt(&body),
                terms: terms::terms(&body.text),
                front,
                body,
            };
            Some(Content::Statement(Stamped::from_source(stamp, statement)))
        }
        Name::Record { kind, slug } => {
            Some(Content::Record(Stamped::from_source(stamp, Record::read(kind, path, &slug, body, &mut fields))))
        }
        Name::Page { segments, language } => {
            let page = PlainPage {
                path: Arc::clone(path),
                segments,
                title: statement::title(&mut fields),
                description: fields.text("description"),
                language: language.unwrap_or_else(|| options.language.as_str().into()),
                aliases: fields.list("aliases"),
                body,
            };
            fields.finish();
            Some(Content::Page(Stamped::from_source(stamp, page)))
        }
    }
}

/// What a file's path says it is.
enum Name {
    Statement { id: Box<str>, language: Option<Box<str>> },
    Record { kind: RecordKind, slug: Box<str> },
    Page { segments: Box<[Box<str>]>, language: Option<Box<str>> },
}

impl Name {
    fn of(path: &Arc<str>, diagnostics: &mut Vec<Diagnostic>) -> Option<Name> {
        let inner = path.strip_prefix(CONTENT).unwrap_or(path);
        let inner = inner.strip_suffix(".md").unwrap_or(inner);
        let mut segments: Vec<&str> = inner.split('/').collect();
        let file = segments.pop().unwrap_or_default();
        let (stem, language) = match file.split_once('.') {
            Some((stem, language)) => (stem, Some(language)),
            None => (file, None),
        };
        let room = segments.first().copied().unwrap_or_default();
        // The file of a folder bears the folder's name.
        let is_index = stem == "index" && !segments.is_empty();
        let id = if is_index { segments.last().copied().unwrap_or_default() } else { stem };
        let mut wrong = |what: &str, help: String| {
            diagnostics.push(Diagnostic::new(Code::InvalidId, Place::file(path), what.to_owned()).help(help));
            None
        };
        if let Some(language) = language.filter(|language| !statement::is_language(language)) {
            let what = format!("`{language}` in the file's name is not a language");
            return wrong(
                &what,
                "a language version is <id>.<language>.md, such as a.fr.md; write hyphens for other dots".into(),
            );
        }
        let is_room = room == "statements" || RecordKind::of_folder(room).is_some();
        if is_room && (id == room && is_index || !is_id(id)) {
            let what = format!("`{id}` cannot be an id: only a-z, 0-9 and hyphens can");
            return wrong(&what, format!("rename the file, for example to {}.md", ascii_slug(id)));
        }
        let language: Option<Box<str>> = language.map(Into::into);
        if room == "statements" {
            return Some(Name::Statement { id: id.into(), language });
        }
        if let Some(kind) = RecordKind::of_folder(room) {
            if language.is_some() {
                let what = "a record has no language versions yet";
                return wrong(what, "put the names in other languages under `titles:`".into());
            }
            return Some(Name::Record { kind, slug: id.into() });
        }
        if stem != "index" {
            segments.push(stem);
        }
        Some(Name::Page { segments: segments.into_iter().map(Into::into).collect(), language })
    }
}

/// Says whether the text can be an id.
pub fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn ascii_slug(text: &str) -> String {
    let slug = crate::path::slug(text);
    let ascii: String = slug.chars().map(|c| if c.is_ascii() { c } else { '-' }).collect();
    let ascii = ascii.trim_matches('-');
    if ascii.is_empty() { "my-statement".into() } else { ascii.into() }
}

/// Cuts the front matter off: its text, the Markdown after it, and the line on which the Markdown begins.
fn split<'a>(path: &Arc<str>, text: &'a str, diagnostics: &mut Vec<Diagnostic>) -> Option<(&'a str, &'a str, u32)> {
    let top = |line, column| Place { path: Arc::clone(path), line, column };
    let is_fence = |line: &str| line.trim_end() == "---";
    let first = text.lines().next().unwrap_or_default();
    if !is_fence(first) {
        let help = match first.trim() {
            "+++" => "front matter is YAML between `---` lines; change `+++` and the TOML between them",
            _ => "begin the file with `---`, then `title: …`, then `---`, then the text",
        };
        diagnostics
            .push(Diagnostic::new(Code::MissingFrontMatter, top(1, 1), "the file has no front matter").help(help));
        return None;
    }
    let start = first.len() + 1;
    let mut at = start;
    for (line, text_line) in (2..).zip(text.get(start..).unwrap_or_default().split_inclusive('\n')) {
        if is_fence(text_line) {
            let after = at + text_line.len();
            return Some((&text[start..at], text.get(after..).unwrap_or_default(), line + 1));
        }
        at += text_line.len();
    }
    let help = "close the front matter with a line of three hyphens before the text begins";
    diagnostics.push(
        Diagnostic::new(Code::UnclosedFrontMatter, top(1, 1), "the front matter is opened but never closed").help(help),
    );
    None
}

/// Returns the first paragraph that is more than a salutation, or the longest.
fn excerpt(body: &Body) -> Range<u32> {
    let long = |range: &Range<u32>| range.end - range.start >= 60;
    let paragraphs = body.paragraphs.iter().map(|paragraph| &paragraph.text);
    paragraphs
        .clone()
        .find(|range| long(range))
        .or_else(|| paragraphs.max_by_key(|range| range.end - range.start))
        .cloned()
        .unwrap_or(0..0)
}

/// Returns what to do about an id that is not among `known`.
pub fn unknown_help<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    did_you_mean(word, known).unwrap_or_else(|| otherwise.to_owned())
}
