//! A language version -> its twin in Markdown, for programs that read text rather than pages: its facts, how to cite it,
//! and its words, each paragraph with its id.

use std::fmt::Write as _;

use super::Views;
use crate::collect::names::Ref;
use crate::path::SitePath;
use crate::read::outline::{Part, parts};
use crate::read::paragraph::Label;
use crate::read::statement::{Statement, Status};
use crate::render::citing::{self, Piece, Record};
use crate::render::data::text::DataText;
use crate::render::layout::data::TWIN;

/// Characters that mean something in Markdown in the middle of a line.
const ACTIVE: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '&', '|', '~'];

impl Views<'_> {
    /// Returns the link to the twin of a statement, if the site has it; otherwise nothing.
    pub(super) fn markdown(&self, page: &SitePath, statement: &Statement) -> String {
        let has_twin = self.theme.config.outputs.markdown && statement.front.status != Status::Withdrawn;
        let path = has_twin.then(|| page.join(TWIN).ok()).flatten();
        path.map_or_else(String::new, |path| self.href(&path))
    }

    /// Returns the twin. Formatting is left out; struck-out words are not said, so they are too.
    pub fn twin(&self, text: &DataText) -> String {
        let known = &text.known;
        let record = self.record(&known.citable);
        let mut out = front_matter(text, &record);
        let _ = write!(out, "\n# {}\n", inline(&known.card.title));
        if known.facts.simulated {
            let _ = write!(out, "\n> {}\n", inline(&self.words.say("simulated.statement", &[])));
        }
        let body = text.body();
        for part in parts(body) {
            match part {
                Part::Heading(at) => {
                    let heading = &body.headings[at as usize];
                    let level = "#".repeat(usize::from(heading.level).clamp(1, 5) + 1);
                    let _ = write!(out, "\n{level} {}\n", inline(body.said(&heading.text).trim()));
                }
                Part::Paragraph(at) => {
                    let paragraph = &body.paragraphs[at as usize];
                    let said = body.said(&paragraph.text);
                    let name = text.numbers.paragraph(body, at);
                    let quote = if paragraph.is_quoted { "> " } else { "" };
                    let label = match &name.label {
                        Label::Number { text, .. } if body.prints_numbers => format!("{}. ", inline(text)),
                        _ => String::new(),
                    };
                    let anchor = name.anchor();
                    let _ = write!(out, "\n{quote}<a id=\"{anchor}\"></a>{label}{}\n", inline(said.trim()));
                }
                Part::Note(words) => {
                    let _ = write!(out, "\n{}\n", line_start(&inline(words.trim())));
                }
            }
        }
        out
    }
}

/// Returns the front matter: what every program wants first, and how to cite the text.
fn front_matter(text: &DataText, record: &Record) -> String {
    let known = &text.known;
    let front = &known.statement.front;
    let code = |link: &Ref| link.key.as_ref().map_or_else(|| link.title.to_string(), |key| key.name().to_owned());
    let list = |links: &[Ref]| links.iter().map(code).collect::<Vec<_>>().join(", ");
    let mut out = String::from("---\n");
    let mut line = |key: &str, value: &str| {
        if !value.is_empty() {
            // JSON strings are YAML.
            let _ = writeln!(out, "{key}: {}", serde_json::Value::from(value));
        }
    };
    line("id", &known.id);
    line("url", &record.url);
    line("title", &known.card.title);
    line("date", known.card.date.as_ref().map_or("", |date| date.edtf()));
    line("delegation", &known.facts.delegation.as_ref().map(code).unwrap_or_default().to_uppercase());
    line("speaker", known.card.speaker.as_deref().unwrap_or_default());
    line("topics", &list(&known.facts.topics));
    line("language", &known.statement.language);
    line("status", known.card.status.word());
    let changes = front.changes.iter().map(|change| {
        let day = change.date.as_ref().map_or("", |date| date.edtf());
        format!("{day} {}", change.note.as_deref().unwrap_or_default()).trim().to_owned()
    });
    line("corrections", &changes.collect::<Vec<_>>().join("; "));
    line("text_status", front.text_status.map_or("", |status| status.word()));
    line("license", front.rights.as_ref().and_then(|rights| rights.license.as_deref()).unwrap_or_default());
    line("source", front.source.as_ref().and_then(|source| source.url.as_deref()).unwrap_or_default());
    line("cite_as", &cited(citing::chicago(record), &record.url));
    if known.facts.simulated {
        out.push_str("simulated: true\n");
    }
    out.push_str("---\n");
    out
}

/// Returns a citation as one line of text.
fn cited(pieces: Vec<Piece>, url: &str) -> String {
    let words = pieces.into_iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Name(text) => text,
        Piece::Title { words, .. } => words,
        Piece::Link => url.to_owned(),
        Piece::Locator { .. } => String::new(),
    });
    words.collect()
}

/// Returns words in which Markdown sees nothing but words.
fn inline(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    for c in words.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            c => {
                if ACTIVE.contains(&c) {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
    out
}

/// Returns a line that does not begin a list, a heading or a quotation.
fn line_start(words: &str) -> String {
    let marks = |c: char| matches!(c, '#' | '>' | '-' | '+' | '=' | ':');
    let digits = words.trim_start_matches(|c: char| c.is_ascii_digit());
    match words.chars().next() {
        Some(c) if marks(c) => format!("\\{words}"),
        // `7.` begins a list; the point must not look like one's.
        Some(c) if c.is_ascii_digit() && digits.starts_with(['.', ')']) => {
            let number = &words[..words.len() - digits.len()];
            format!("{number}\\{digits}")
        }
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words_in_markdown() {
        assert_eq!(inline("a *b* [c](d) <e> 1 & 2\nf"), "a \\*b\\* \\[c\\](d) \\<e> 1 \\& 2 f");
        for (words, line) in [("7. Seven", "7\\. Seven"), ("# no", "\\# no"), ("1990 was", "1990 was"), ("", "")] {
            assert_eq!(line_start(words), line);
        }
    }
}
