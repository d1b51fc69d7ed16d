//! The files of the tables -> the view of the page that describes them.

use serde_json::{Value, json};

use super::{Views, label_view, safe};
use crate::path::SitePath;
use crate::render::data::{DataTable, Format};
use crate::render::layout::data::{MANIFEST, PACKAGE};
use crate::render::page::Page;
use crate::render::parts::{DataFiles, DataParts, FileNames};
use crate::render::view::{DataView, FormatView, LabelView, RefView, TableView};

impl Views<'_> {
    pub(super) fn data(&self, page: &Page, parts: &DataParts) -> DataView {
        let files = &*parts.files;
        let title = self.words.say("room.data", &[]);
        let link = |name: &str| RefView { title: name.to_owned(), url: Some(self.in_data(page, name)), count: None };
        let counted = |entry: &str, n: usize| self.words.say(entry, &[("n", n.into())]);
        let table = |(table, names): &(DataTable, FileNames)| TableView {
            name: table.name().to_owned(),
            title: self.words.say(&format!("data.title-{}", table.name()), &[]),
            rows: self.words.say(&format!("data.row-{}", table.name()), &[]),
            formats: names
                .chunk_by(|(_, one), (_, other)| one == other)
                .map(|of| self.in_format(page, *table, of))
                .collect(),
            divided: names.len() > table.formats().len(),
            columns: self.columns(*table),
        };
        DataView {
            page: self.page(page, &title),
            counts: vec![counted("count.statements", files.statements), counted("count.paragraphs", files.paragraphs)],
            tables: files.tables.iter().map(table).collect(),
            corpus: files.corpus.iter().map(|name| link(name)).collect(),
            package: link(PACKAGE),
            manifest: link(MANIFEST),
            python: self.example(page, files, python),
            r: self.example(page, files, r),
            linked_data: safe(&self.dataset(page, &title, files)),
            title,
        }
    }

    /// Returns the files of a table in one format. Where these are several, what tells them apart names them.
    fn in_format(&self, page: &Page, table: DataTable, names: &[(Box<str>, &'static str)]) -> FormatView {
        let file = |name: &str| {
            let period = name.strip_prefix(table.name()).and_then(|rest| rest.strip_prefix('-'));
            let period = period.and_then(|rest| rest.split('.').next()).filter(|_| names.len() > 1);
            let title = period.map_or_else(|| name.to_owned(), |period| self.period(period));
            RefView { title, url: Some(self.in_data(page, name)), count: None }
        };
        let ending = names[0].0.rsplit('.').next().unwrap_or_default();
        let name = self.words.say(&format!("data.format-{ending}"), &[]);
        FormatView { name, files: names.iter().map(|(name, _)| file(name)).collect() }
    }

    /// Returns a period that is part of a file's name in words.
    fn period(&self, period: &str) -> String {
        match period.strip_suffix('s') {
            Some(decade) => self.words.say("date.decade", &[("year", decade.into())]),
            None if period == "undated" => self.words.say("note.undated", &[]),
            None => period.to_owned(),
        }
    }

    fn columns(&self, table: DataTable) -> Vec<LabelView> {
        let columns = table.columns().into_iter();
        columns
            .map(|column| label_view(column.name, &self.words.say(&format!("column.{}", column.word), &[])))
            .collect()
    }

    /// Returns the link to a file next to the page.
    fn in_data(&self, page: &Page, name: &str) -> String {
        page.path.join(name).map_or_else(|_| String::new(), |path| self.href(&path))
    }

    /// Returns the absolute URL of a file next to the page; without a `base_url`, the link to it.
    fn whole_in_data(&self, page: &Page, name: &str) -> String {
        let whole = |path: SitePath| Some(self.whole(&path)).filter(|url| !url.is_empty());
        page.path.join(name).ok().and_then(whole).unwrap_or_else(|| self.in_data(page, name))
    }

    /// Returns lines of a language that read the table of statements: those for one file, or for several.
    fn example(&self, page: &Page, files: &DataFiles, lines: fn(&str, &str, bool) -> String) -> String {
        let statements = files.tables.iter().find(|(table, _)| *table == DataTable::Statements);
        let csv = statements.into_iter().flat_map(|(_, names)| names).filter(|(_, of)| *of == Format::Csv.label());
        match &csv.map(|(name, _)| &**name).collect::<Vec<_>>()[..] {
            [] => String::new(),
            [one] => lines(&self.whole_in_data(page, one), "", false),
            _ => lines(&self.whole_in_data(page, PACKAGE), &self.whole_in_data(page, ""), true),
        }
    }

    /// Returns the tables as a schema.org `Dataset`.
    fn dataset(&self, page: &Page, title: &str, files: &DataFiles) -> String {
        let config = &self.theme.config;
        let media = |label: &str| {
            let format = Format::ALL.into_iter().find(|format| format.label() == label);
            format.map_or("application/zip", Format::media_type)
        };
        let tables = files.tables.iter().flat_map(|(_, names)| names).map(|(name, label)| (&**name, media(label)));
        let archives = files.corpus.iter().map(|name| (&**name, "application/zip"));
        let package = (PACKAGE, "application/json");
        let downloads: Vec<Value> = tables.chain(archives).chain([package]).map(|(name, media)| json!({
            "@type": "DataDownload", "name": name, "encodingFormat": media, "contentUrl": self.whole_in_data(page, name),
        })).collect();
        let about = format!("{} {}", config.description, self.words.say("data.what", &[]));
        let data = json!({
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": format!("{}: {title}", config.title),
            "description": about.trim(),
            "url": self.whole(&page.path),
            "isAccessibleForFree": true,
            "distribution": downloads,
        });
        // Inside a script element, nothing may look like its end tag.
        data.to_string().replace('<', "\\u003c")
    }
}

/// Returns lines of Python that print the ten delegations with most statements.
fn python(url: &str, folder: &str, is_divided: bool) -> String {
    let read = if is_divided {
        format!(
            "package = pd.read_json(\"{url}\", typ=\"series\")\n\
             files = [r[\"path\"] for r in package[\"resources\"] if r[\"path\"].startswith(\"statements\") and r[\"format\"] == \"csv\"]\n\
             statements = pd.concat(pd.read_csv(\"{folder}\" + file, keep_default_na=False) for file in files)\n"
        )
    } else {
        format!("statements = pd.read_csv(\"{url}\", keep_default_na=False)\n")
    };
    format!("import pandas as pd\n{read}print(statements[\"delegation\"].value_counts().head(10))\n")
}

/// Returns lines of R that do the same.
fn r(url: &str, folder: &str, is_divided: bool) -> String {
    let read = if is_divided {
        format!(
            "resources <- jsonlite::fromJSON(\"{url}\")$resources\n\
             files <- subset(resources, startsWith(path, \"statements\") & format == \"csv\")$path\n\
             statements <- do.call(rbind, lapply(paste0(\"{folder}\", files), read.csv, encoding = \"UTF-8\"))\n"
        )
    } else {
        format!("statements <- read.csv(\"{url}\", encoding = \"UTF-8\")\n")
    };
    format!("{read}counts <- sort(table(statements$delegation), decreasing = TRUE)\nprint(head(counts, 10))\n")
}
