//! The files of tables -> `datapackage.json`, which describes them for programs (Frictionless Data Package).

use serde_json::{Map, Value, json};

use super::{Cells, DataColumn, DataFile, DataTable, Format};
use crate::config::Config;
use crate::output::Digest;
use crate::path::slug;

/// Makes the package; `digest` returns the checksum of a file by its name.
///
/// Each file is a separate resource, even if a table has several: programs disagree about the header line of a resource
/// in parts.
///
/// # Errors
/// If `digest` does, or if the package cannot be serialised.
pub fn package<E>(
    config: &Config,
    files: &[DataFile],
    digest: &dyn Fn(&DataFile) -> Result<Digest, E>,
) -> Result<Vec<u8>, E> {
    let resources: Vec<Value> =
        files.iter().map(|file| Ok(resource(file, &digest(file)?))).collect::<Result<_, E>>()?;
    let name = Some(slug(&config.title)).filter(|name| !name.is_empty()).unwrap_or_else(|| "statements".to_owned());
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": name,
        "title": config.title,
        "resources": resources,
    });
    if let Value::Object(package) = &mut package {
        let more = [("description", &config.description), ("homepage", &config.base_url)];
        package.extend(
            more.into_iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(key, text)| (key.to_owned(), text.as_str().into())),
        );
    }
    let mut bytes = format!("{package:#}").into_bytes();
    bytes.push(b'\n');
    Ok(bytes)
}

/// Describes a file.
fn resource(file: &DataFile, digest: &Digest) -> Value {
    let name = super::named(file.table.name(), file.shard.as_deref(), file.format.ending());
    let mut resource = json!({
        "name": name.replace('.', "-"),
        "path": name,
        "title": about(file.table),
        "type": "table",
        "format": file.format.ending(),
        "mediatype": file.format.media_type(),
        "encoding": "utf-8",
        "hash": format!("sha256:{}", digest.sha256),
        "schema": schema(file.table, file.format),
    });
    let Value::Object(fields) = &mut resource else { return resource };
    if file.format == Format::Csv {
        // Frictionless 5 does not count the bytes of JSON, and reports a file as invalid if their number is given.
        fields.insert("bytes".into(), digest.bytes.into());
    } else {
        fields.insert("dialect".into(), json!({ "keyed": true }));
    }
    resource
}

/// Describes a table in English, for programs that do not show the page.
fn about(table: DataTable) -> &'static str {
    match table {
        DataTable::Statements => "Statements, one a row, with their texts; withdrawn ones are left out",
        DataTable::Paragraphs => "Paragraphs of every language version",
        DataTable::Passages => "Words that several statements have, one paragraph a row",
        DataTable::Citations => "Which paragraphs cite which documents",
        DataTable::Mentions => "Which paragraphs name which delegations, groups, forums and topics",
    }
}

/// Describes the columns.
fn schema(table: DataTable, format: Format) -> Value {
    let fields: Vec<Value> = table.columns().iter().map(|column| field(column, format)).collect();
    let mut schema = Map::new();
    schema.insert("fields".into(), fields.into());
    schema.insert("missingValues".into(), json!([""]));
    if !table.key().is_empty() {
        schema.insert("primaryKey".into(), json!(table.key()));
    }
    schema.into()
}

fn field(column: &DataColumn, format: Format) -> Value {
    let kind = match (column.cells, format) {
        (Cells::Day, _) => "date",
        (Cells::Flag, _) => "boolean",
        (Cells::List, Format::Json | Format::Jsonl) => "array",
        (Cells::Object, Format::Json | Format::Jsonl) => "object",
        // A list is one cell with `; ` between its items, an object is JSON.
        _ => "string",
    };
    let mut field = json!({ "name": column.name, "type": kind, "description": column.meaning });
    if let (Value::Object(field), "boolean") = (&mut field, kind) {
        field.insert("trueValues".into(), json!(["true"]));
        field.insert("falseValues".into(), json!(["false"]));
    }
    field
}
