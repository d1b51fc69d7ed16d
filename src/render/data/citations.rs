//! A language version -> its rows in the table of citations: which of its paragraphs cite which document.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::paragraphs::trimmed;
use super::text::DataText;
use super::{Cells, DataColumn, Emit, Url, column, column_as};
use crate::collect::links::Resolved;
use crate::key::Key;
use crate::read::record::RecordKind;

/// The columns of the table.
pub const COLUMNS: [DataColumn; 7] = [
    column("id", Cells::Text, "The statement's id, which never changes."),
    column_as("language", "text-language", Cells::Text, "Language of the text."),
    column_as(
        "paragraph",
        "citing-paragraph",
        Cells::Text,
        "The paragraph's anchor on the page; empty for a footnote, a table or the front matter.",
    ),
    column("document", Cells::Text, "The document, by its symbol or title."),
    column("document_url", Cells::Url, "The document's page."),
    column(
        "cited_by",
        Cells::Text,
        "How: `symbol` or `name` in the text, `link` of an editor, `front-matter` for the whole text.",
    ),
    column_as("words", "citing-words", Cells::Text, "The words of the text that mean the document."),
];

/// A citation: the paragraph, the document's title and page, how, and the words.
type Row<'a> = (Option<u32>, Cow<'a, str>, Option<&'a Key>, &'static str, Cow<'a, str>);

/// Emits a row for each citation: those in the text in reading order, then those of the front matter.
pub(super) fn rows(text: &DataText, url: Url<'_>, emit: Emit<'_>) -> anyhow::Result<()> {
    let (body, known) = (text.body(), &text.known);
    let mentions = known.mentions.iter().map(|mention| -> Row<'_> {
        let by = if mention.by_symbol { "symbol" } else { "name" };
        let title = Cow::Borrowed(&*mention.document.title);
        (mention.paragraph, title, mention.document.key.as_ref(), by, trimmed(body.said(&mention.text)))
    });
    let links = body.links.iter().zip(text.links.iter()).filter_map(|(link, resolved)| match resolved {
        Resolved::Page { key, title, .. } if key.kind() == Some(RecordKind::Document) => {
            Some((link.paragraph, Cow::Borrowed(&**title), Some(key), "link", Cow::Borrowed("")))
        }
        _ => None,
    });
    let references = known.facts.references.iter().map(|document| -> Row<'_> {
        (None, Cow::Borrowed(&*document.title), document.key.as_ref(), "front-matter", "".into())
    });
    let mut in_text: Vec<Row<'_>> = mentions.chain(links).collect();
    in_text.sort_by_key(|row| (row.0.is_none(), row.0));
    let mut seen = BTreeSet::new();
    for (paragraph, document, key, by, words) in in_text.into_iter().chain(references) {
        // A paragraph that cites a document three times gets one row.
        if !seen.insert((paragraph, by == "front-matter", document.clone())) {
            continue;
        }
        let anchor = paragraph.map_or_else(String::new, |at| text.anchor(at));
        let page = key.map_or_else(String::new, |key| url(key.path()));
        emit(&[
            (&*known.id).into(),
            (&*known.statement.language).into(),
            anchor.into(),
            document,
            page.into(),
            by.into(),
            words,
        ])?;
    }
    Ok(())
}
