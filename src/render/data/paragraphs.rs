//! A language version -> its rows in the table of paragraphs.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::statements::slug;
use super::text::DataText;
use super::{Cells, DataColumn, Emit, Url, column, column_as, flag, list};
use crate::collect::links::Resolved;
use crate::read::record::RecordKind;

/// The columns of the table.
pub const COLUMNS: [DataColumn; 11] = [
    column("id", Cells::Text, "The statement's id, which never changes."),
    column_as("language", "text-language", Cells::Text, "Language of the text."),
    column("paragraph", Cells::Text, "The paragraph's anchor on the page."),
    column("label", Cells::Text, "The number that the page shows before it; ¶ where the text prints none."),
    column_as("url", "paragraph-url", Cells::Url, "The paragraph on its page."),
    column("quoted", Cells::Flag, "Whether it is part of a quotation, that is, someone else's words."),
    column_as("topics", "paragraph-topics", Cells::List, "Slugs of the topics that an editor gave to the paragraph."),
    column_as("topics_by_rule", "paragraph-topics-by-rule", Cells::List, "Slugs of the topics whose phrases it has."),
    column_as("documents", "paragraph-documents", Cells::List, "Documents that it cites, by their symbols."),
    column("passage", Cells::Url, "The first passage that it is part of."),
    column_as("text", "paragraph-text", Cells::Text, "Its words."),
];

/// Emits a row for each paragraph.
pub(super) fn rows(text: &DataText, url: Url<'_>, emit: Emit<'_>) -> anyhow::Result<()> {
    let (body, known) = (text.body(), &text.known);
    let page = url(text.key().path());
    for at in 0..body.paragraphs.len() as u32 {
        let paragraph = &body.paragraphs[at as usize];
        let name = text.numbers.paragraph(body, at);
        let anchor = name.anchor();
        let given = known.facts.tagged.iter().filter(|(of, _)| *of == at);
        let given: BTreeSet<String> = given.map(|(_, topic)| slug(topic)).collect();
        let found = known.by_rule.iter().filter(|(_, hits)| hits.iter().any(|hit| hit.paragraph == at));
        let found: Vec<&str> = found.map(|(topic, _)| &**topic).filter(|topic| !given.contains(*topic)).collect();
        let passage = text.elsewhere(at).and_then(|elsewhere| elsewhere.passage.as_ref());
        let cells: [Cow<'_, str>; COLUMNS.len()] = [
            (&*known.id).into(),
            (&*known.statement.language).into(),
            (&*anchor).into(),
            name.label.shown().into(),
            format!("{page}#{anchor}").into(),
            flag(paragraph.is_quoted),
            list(&given.iter().collect::<Vec<_>>()).into(),
            list(&found).into(),
            list(&documents(text, at).into_iter().collect::<Vec<_>>()).into(),
            passage.map_or_else(|| "".into(), |key| url(key.path()).into()),
            trimmed(body.said(&paragraph.text)),
        ];
        emit(&cells)?;
    }
    Ok(())
}

/// Returns the documents that a paragraph cites, by their titles, sorted.
fn documents(text: &DataText, at: u32) -> BTreeSet<String> {
    let mentioned = text.known.mentions.iter().filter(|mention| mention.paragraph == Some(at));
    let mut documents: BTreeSet<String> = mentioned.map(|mention| mention.document.title.to_string()).collect();
    let links = text.body().links.iter().zip(text.links.iter()).filter(|(link, _)| link.paragraph == Some(at));
    documents.extend(links.filter_map(|(_, resolved)| match resolved {
        Resolved::Page { key, title, .. } if key.kind() == Some(RecordKind::Document) => Some(title.to_string()),
        _ => None,
    }));
    documents
}

/// Returns words without the white space around them.
pub(super) fn trimmed(words: Cow<'_, str>) -> Cow<'_, str> {
    match words {
        Cow::Borrowed(words) => words.trim().into(),
        Cow::Owned(words) => words.trim().to_owned().into(),
    }
}
