//! The extension of a file name -> whether the file can be a text or an index.

/// Extensions of the files that can be read.
pub(super) const TEXTS: &[&str] = &["txt", "text", "md", "markdown", "docx", "odt", "html", "htm", "pdf", "rtf", "doc"];

/// Extensions of the files that can be an index.
pub(super) const INDEXES: &[&str] = &["csv", "tsv", "json", "jsonl"];

/// Returns whether a file of this name can be an index.
pub(super) fn is_index(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| INDEXES.contains(&ending.to_lowercase().as_str()))
}
