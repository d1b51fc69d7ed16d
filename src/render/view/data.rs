//! Views of the tables below `/data/`.

use serde::Serialize;

use super::{LabelView, PageView, RefView};

/// The view of `data.html`: the page about the tables below `/data/`.
#[derive(Clone, Debug, Serialize)]
pub struct DataView {
    /// The page.
    pub page: PageView,
    /// Its title.
    pub title: String,
    /// The numbers of statements and of their paragraphs, in words.
    pub counts: Vec<String>,
    /// The tables.
    pub tables: Vec<TableView>,
    /// Archives with all texts as Markdown, named by their files; empty unless site.toml enables them.
    pub corpus: Vec<RefView>,
    /// The description of the tables for programs.
    pub package: RefView,
    /// The checksums of all files of the site.
    pub manifest: RefView,
    /// Lines of Python that count the statements of each delegation; empty without a table of statements in CSV.
    pub python: String,
    /// The same in R.
    pub r: String,
    /// The tables as a schema.org `Dataset`, in JSON that can be put into a `script` element.
    pub linked_data: tera::Value,
}

/// The files of a table in one format.
#[derive(Clone, Debug, Serialize)]
pub struct FormatView {
    /// The name of the format.
    pub name: String,
    /// The files, named by their names or, if a large table has several, by their periods.
    pub files: Vec<RefView>,
}

/// A table below `/data/`.
#[derive(Clone, Debug, Serialize)]
pub struct TableView {
    /// Its name, with which its files' names begin.
    pub name: String,
    /// Its title.
    pub title: String,
    /// What a row is.
    pub rows: String,
    /// Its files by format.
    pub formats: Vec<FormatView>,
    /// Whether it has several files in a format.
    pub divided: bool,
    /// Name and meaning of every column.
    pub columns: Vec<LabelView>,
}
