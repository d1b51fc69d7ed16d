//! A package -> its description for programs: an RO-Crate 1.1 in JSON-LD.
//!
//! Source: <https://www.researchobject.org/ro-crate/specification/1.1/>

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{DESCRIPTION, Package, Packed};
use crate::collect::names::Ref;
use crate::config::Config;
use crate::key::Key;
use crate::media::media_type;
use crate::output::Digests;
use crate::path::SitePath;
use crate::render::data::text::DataText;
use crate::render::parts::Parts;

/// Persons and organisations that are described once, by their ids.
type Agents = BTreeMap<String, Value>;

/// Makes the description.
pub(super) fn describe(package: &Package<'_>, digests: &Digests) -> Vec<u8> {
    let config = &package.site.config;
    let originals = originals(package);
    let mut agents = Agents::new();
    let mut files = Vec::new();
    let mut folders: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for Packed { path, page } in &package.files {
        let id = encoded(path);
        let mut file = json!({
            "@id": id,
            "@type": "File",
            "name": path.rsplit('/').next(),
            "encodingFormat": media_type(path).split(';').next(),
            "contentSize": digests.get(path).map(|digest| digest.bytes.to_string()),
            "sha256": digests.get(path).map(|digest| &digest.sha256),
            "url": address(config, &page.path),
        });
        if let Parts::TwinParts(parts) = &page.parts {
            let original = package.original(originals.get(parts.text.key()).copied());
            add_text(&mut file, config, &parts.text, original, &mut agents);
        }
        let folder = path.split_inclusive('/').next().unwrap_or_default();
        folders.entry(folder).or_default().push(json!({ "@id": id }));
        files.push(without_nulls(file));
    }
    let name = |folder: &str| match folder {
        "texts/" => "The texts as Markdown, with the ids of their paragraphs",
        "tables/" => "The collection as tables (Frictionless Data Package)",
        _ => "The files next to the texts, as received",
    };
    let mut graph = vec![
        json!({
            "@id": DESCRIPTION, "@type": "CreativeWork",
            "conformsTo": { "@id": "https://w3id.org/ro/crate/1.1" }, "about": { "@id": "./" },
        }),
        without_nulls(json!({
            "@id": "./",
            "@type": "Dataset",
            "name": config.title,
            "description": if config.description.is_empty() { &config.title } else { &config.description },
            "datePublished": package.day.to_string(),
            "license": { "@id": "#rights" },
            "url": Some(&config.base_url).filter(|url| !url.is_empty()),
            "inLanguage": config.language,
            "hasPart": folders.keys().map(|folder| json!({ "@id": folder })).collect::<Vec<_>>(),
        })),
        json!({
            "@id": "#rights", "@type": "CreativeWork", "name": "Rights in the texts",
            "description": "Each text has its own licence, where the collection knows one.",
        }),
    ];
    for (folder, parts) in folders {
        graph.push(json!({ "@id": folder, "@type": "Dataset", "name": name(folder), "hasPart": parts }));
    }
    graph.extend(files);
    graph.extend(agents.into_values());
    let whole = json!({ "@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph });
    format!("{whole:#}\n").into_bytes()
}

/// Returns the originals of statements, by the statements' pages.
fn originals<'a>(package: &Package<'a>) -> BTreeMap<&'a Key, &'a Key> {
    let statements = package.site.pages.iter().filter_map(|page| match &page.parts {
        Parts::StatementParts(parts) => Some(parts),
        _ => None,
    });
    let of = statements.filter_map(|parts| Some((parts, parts.original.as_ref()?)));
    of.flat_map(|(parts, original)| parts.versions.iter().map(move |version| (&version.key, original))).collect()
}

/// Adds what is known about a text.
fn add_text(file: &mut Value, config: &Config, text: &DataText, original: Option<&str>, agents: &mut Agents) {
    let known = &text.known;
    let front = &known.statement.front;
    let facts = &known.facts;
    let mut authors = Vec::new();
    if let Some(speaker) = &facts.speaker {
        let id = agent(config, "Person", speaker.key.as_ref(), &speaker.name, agents);
        authors.push(json!({ "@id": id }));
    }
    for of in facts.delegation.iter().chain(&facts.on_behalf_of) {
        authors.push(json!({ "@id": organisation(config, of, agents) }));
    }
    let source = front.source.as_ref().and_then(|source| source.url.as_deref());
    let based = original.map(encoded).into_iter().chain(source.map(str::to_owned));
    let based: Vec<Value> = based.map(|id| json!({ "@id": id })).collect();
    let topics: Vec<String> = facts.topics.iter().map(|topic| topic.title.to_string()).collect();
    file["name"] = known.card.title.to_string().into();
    file["identifier"] = known.id.to_string().into();
    file["inLanguage"] = known.statement.language.to_string().into();
    // In EDTF, as the collection gives it, so that an uncertain date stays uncertain.
    file["dateCreated"] = known.card.date.as_ref().map(|date| date.edtf().to_owned()).into();
    file["license"] = front.rights.as_ref().and_then(|rights| rights.license.as_deref()).into();
    file["author"] = if authors.is_empty() { Value::Null } else { authors.into() };
    file["isBasedOn"] = if based.is_empty() { Value::Null } else { based.into() };
    file["keywords"] = if topics.is_empty() { Value::Null } else { topics.join(", ").into() };
    if facts.simulated {
        file["description"] = "Part of a simulation, such as a model conference: nobody said these words.".into();
    }
}

/// Describes a delegation or group, once, and returns its id.
fn organisation(config: &Config, of: &Ref, agents: &mut Agents) -> String {
    agent(config, "Organization", of.key.as_ref(), &of.title.to_string(), agents)
}

/// Describes a person or an organisation, once, and returns its id.
fn agent(config: &Config, kind: &str, key: Option<&Key>, name: &str, agents: &mut Agents) -> String {
    // An agent without a page is identified by its name.
    let id = match key {
        Some(key) => format!("#{}", key.path().href("").trim_end_matches('/')),
        None => format!("#{}-{}", kind.to_lowercase(), crate::path::slug(name)),
    };
    let described = || {
        let url = key.and_then(|key| address(config, key.path()));
        without_nulls(json!({ "@id": id, "@type": kind, "name": name, "url": url }))
    };
    agents.entry(id.clone()).or_insert_with(described);
    id
}

/// Returns the absolute URL of a page; `None` without a `base_url`.
fn address(config: &Config, path: &SitePath) -> Option<String> {
    let origin = config.origin();
    (!origin.is_empty()).then(|| format!("{origin}{}", path.href(&config.base_path())))
}

/// Returns a path as an id, with percent-encoded names.
fn encoded(path: &str) -> String {
    SitePath::parse(path).map_or_else(|_| path.to_owned(), |path| path.href(""))
}

/// Removes unknown values.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        other => other,
    }
}
