//! A language version -> its rows in the table of mentions: which delegations, groups, forums and topics it names.

use super::paragraphs::trimmed;
use super::text::DataText;
use super::{Cells, DataColumn, Emit, Url, column, column_as};
use crate::read::record::RecordKind;

/// The columns of the table.
pub const COLUMNS: [DataColumn; 7] = [
    column("id", Cells::Text, "The statement's id, which never changes."),
    column_as("language", "text-language", Cells::Text, "Language of the text."),
    column_as(
        "paragraph",
        "naming-paragraph",
        Cells::Text,
        "The paragraph's anchor on the page; empty outside of paragraphs.",
    ),
    column("kind", Cells::Text, "What is named: `delegation`, `group`, `forum` or `topic`."),
    column("name", Cells::Text, "Its code or slug."),
    column("name_url", Cells::Url, "Its page."),
    column("words", Cells::Text, "The words of the text that name it."),
];

/// Emits a row for each name that the text's page links.
pub(super) fn rows(text: &DataText, url: Url<'_>, emit: Emit<'_>) -> anyhow::Result<()> {
    let (body, known) = (text.body(), &text.known);
    for naming in text.namings.iter() {
        let words = trimmed(body.said(&naming.text));
        // A struck-out name does not count as said.
        if words.is_empty() {
            continue;
        }
        let (kind, name) = match naming.key.kind() {
            Some(RecordKind::Delegation) => ("delegation", naming.key.name().to_uppercase()),
            Some(RecordKind::Group) => ("group", naming.key.name().to_owned()),
            Some(RecordKind::Forum) => ("forum", naming.key.name().to_owned()),
            Some(RecordKind::Topic) => ("topic", naming.key.name().to_owned()),
            _ => continue,
        };
        let anchor = body.paragraph_at(naming.text.start).map_or_else(String::new, |at| text.anchor(at));
        emit(&[
            (&*known.id).into(),
            (&*known.statement.language).into(),
            anchor.into(),
            kind.into(),
            name.into(),
            url(naming.key.path()).into(),
            words,
        ])?;
    }
    Ok(())
}
