//! Bytes -> `Statement`, `Record` or `PlainPage`, one file at a time.
//!
//! The result depends only on the file's path, its bytes and the read options, so it can be cached until one of these
//! changes. Links stay as written, because their targets belong to other files.

pub mod body;
pub mod date;
pub mod documents;
pub mod extra;
pub mod fields;
pub mod listing;
mod lists;
pub mod lock;
pub mod markdown;
pub mod missing;
pub mod name;
pub mod numbering;
pub mod numbers;
pub mod opening;
pub mod outline;
pub mod paragraph;
pub mod pieces;
pub mod publication;
pub mod record;
pub mod rights;
mod split;
pub mod statement;
pub mod survey;
pub mod text;
pub mod yaml;

use std::sync::Arc;

use crate::config::{Config, Html};
use crate::diagnostic::{Code, Diagnostic, Known, Place};
use crate::front;
use crate::language::counts::count_terms;
use crate::stamp::{Stamp, Stamped};
use body::{Body, Tagged};
use extra::Extra;
use fields::Fields;
use listing::Listing;
use name::Name;
pub use name::is_id;
use numbering::Numbering;
use record::Record;
use statement::{Front, Statement};
use yaml::FrontMatter;

/// The settings of site.toml that affect how a single file is read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// The language of files that name none.
    pub language: String,
    /// What to do with raw HTML.
    pub html: Html,
    /// Whether straight quotation marks are turned and `--` becomes a dash.
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
    /// Path relative to the site's folder.
    pub path: Arc<str>,
    /// Segments of its URL, such as `about`; empty for the home page.
    pub segments: Box<[Box<str>]>,
    /// Its title, from the front matter.
    pub title: Box<str>,
    /// A summary for search engines and link previews.
    pub description: Option<Box<str>>,
    /// BCP 47 tag from the file name, or else the site's language.
    pub language: Box<str>,
    /// Former paths, which redirect to the page.
    pub aliases: Vec<fields::Named>,
    /// Fields defined by the site.
    pub extra: Extra,
    /// The statements it lists below its text.
    pub list: Option<Listing>,
    /// Its text.
    pub body: Body,
}

/// The content of one file.
#[derive(Clone, Debug)]
pub enum Content {
    /// A file below `content/statements/`.
    Statement(Stamped<Statement>),
    /// A file in one of the folders of records, such as `content/topics/`.
    Record(Stamped<Record>),
    /// Any other Markdown file below `content/`.
    Page(Stamped<PlainPage>),
}

impl Content {
    /// Returns its text.
    pub fn body(&self) -> &Body {
        match self {
            Content::Statement(statement) => &statement.body,
            Content::Record(record) => &record.body,
            Content::Page(page) => &page.body,
        }
    }
}

/// The result of reading one file.
#[derive(Debug)]
pub struct Read {
    /// The file's content; `None` if it could not be read or must not be published.
    pub content: Option<Content>,
    /// The problems in the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// The folder of all content.
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
    let text = text::fit_to_show(path, text, diagnostics);
    // Everything that parsing depends on: the file's path, its text, and the read options (invariant I1).
    let stamp = Stamp::of(&(&**path, &*text, options));
    let (front, markdown, first_line) = split::split(path, &text, diagnostics)?;
    let name = Name::of(path, diagnostics)?;
    let front_stamp = Stamp::of(front);
    let front = match yaml::parse(path, front) {
        Ok(front) => front,
        Err(problems) => {
            diagnostics.extend(problems);
            return None;
        }
    };
    // The paragraphs of a record are not numbered. The key has to be looked up now, as parsing depends on it.
    let is_record = matches!(name, Name::Record { .. });
    let numbering = if is_record { Some(Numbering::Counted) } else { numbering::settled(&front) };
    let FrontMatter { values, places, doubts } = front;
    diagnostics.extend(doubts);
    let (body, problems) =
        markdown::parse_numbered(markdown, first_line, options.html, options.smart_punctuation, numbering);
    let is_statement = matches!(name, Name::Statement { .. });
    for markdown::Problem { code, line, column, message, help } in problems {
        // On other pages paragraphs are not cited by number, so unclear numbering does no harm there.
        if code == Code::UnclearNumbering && !is_statement {
            continue;
        }
        diagnostics.push(Diagnostic::new(code, Place { path: Arc::clone(path), line, column }, message).help(help));
    }
    if let Some(at) = text::stray_direction(markdown) {
        let (line, column) = text::Lines::new(markdown, first_line).of(at, 1);
        let (message, help) = text::stray_direction_words(&markdown[at..]);
        let place = Place { path: Arc::clone(path), line, column };
        diagnostics.push(Diagnostic::new(Code::StrayDirection, place, message).help(help));
    }
    if !matches!(name, Name::Statement { .. }) {
        for Tagged { topic, .. } in &body.tags {
            let message = format!("the topic `{}` is ignored, because this file is not a statement", topic.text);
            let help = "delete the tag: only paragraphs of statements have topics";
            diagnostics.push(Diagnostic::new(Code::StrayTag, topic.place(path), message).help(help));
        }
    }
    // Which unknown keys are refused, and which keys are declared, depends on what kind of file it is.
    let refuse = match name {
        Name::Statement { .. } => publication::meant,
        Name::Record { .. } | Name::Page { .. } => publication::meant_elsewhere,
    };
    let keys = match name {
        Name::Statement { .. } => front::statement::ALL,
        Name::Record { kind, .. } => front::of_record(kind),
        Name::Page { .. } => front::record::PAGE,
    };
    let mut fields = Fields::new(path, &places, values, keys, diagnostics).refusing(refuse);
    match name {
        Name::Statement { id, language } => {
            let front = Front::read(&mut fields, &id, front_stamp);
            if let (Some(of_name), Some(of_front)) = (&language, &front.language)
                && **of_name != **of_front
            {
                let message = format!("`language` is `{of_front}`, but the file name says `{of_name}`");
                fields.complain(
                    front::statement::LANGUAGE,
                    Code::InvalidValue,
                    message,
                    "delete `language`, or rename the file",
                );
            }
            let language = language.or_else(|| front.language.clone());
            let statement = Statement {
                path: Arc::clone(path),
                id,
                language: language.unwrap_or_else(|| options.language.as_str().into()),
                excerpt: opening::excerpt(&body),
                terms: Arc::new(count_terms(&body.text)),
                words: Stamp::of(&*body.text),
                citations: documents::find(&body).into(),
                front: Arc::new(front),
                base: None,
                first_line,
                body: Arc::new(body),
            };
            Some(Content::Statement(Stamped::from_source(stamp, statement)))
        }
        Name::Record { kind, slug } => {
            let record = Record::read(kind, path, &slug, body, &mut fields);
            (!fields.is_unclear()).then(|| Content::Record(Stamped::from_source(stamp, record)))
        }
        Name::Page { segments, language } => {
            let page = PlainPage {
                path: Arc::clone(path),
                segments,
                title: statement::title(&mut fields, front::record::TITLE),
                description: fields.text(front::record::DESCRIPTION),
                language: language.unwrap_or_else(|| options.language.as_str().into()),
                aliases: fields.list(front::record::ALIASES),
                extra: Extra::read(&mut fields, front::record::EXTRA),
                list: {
                    let at = fields.place_of(front::record::LIST);
                    fields.object(front::record::LIST, |fields| Listing::read(fields, at))
                },
                body,
            };
            fields.finish();
            // Pages and records have no status, but a key that was meant to keep one back still does.
            (!fields.is_unclear()).then(|| Content::Page(Stamped::from_source(stamp, page)))
        }
    }
}

/// Returns the help for an id that is not among `known`: a similar id, or else `otherwise`.
pub fn unknown_help(word: &str, known: &Known, otherwise: &str) -> String {
    // Authors may write a path or an extension, such as `statements/a.md`.
    let stem = word.rsplit('/').next().unwrap_or(word);
    known.did_you_mean(stem.strip_suffix(".md").unwrap_or(stem)).unwrap_or_else(|| otherwise.to_owned())
}
