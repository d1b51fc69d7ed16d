//! The site's own words -> those that nothing uses, and those that are missing.

use std::collections::BTreeSet;

use super::parse::{Entries, File};
use super::{FALLBACK, parse, shipped};
use crate::config;
use crate::diagnostic::{Code, Diagnostic, Known, Place};
use crate::sources::Source;

/// How many missing entries are named.
const NAMED: usize = 3;

/// Reports entries that neither the shipped words have nor a theme of the site names, and placeholders that the shipped
/// entry does not have.
pub(super) fn unknown(own: &[File], themes: &[Source], out: &mut Vec<Diagnostic>) {
    if own.is_empty() {
        return;
    }
    let shipped = shipped(FALLBACK).map(|text| parse::entries(FALLBACK, &text)).unwrap_or_default();
    let known = Known::new(shipped.keys().map(String::as_str));
    let mut templates = None;
    for file in own {
        for (key, entry) in &file.entries {
            let place = || file.places.get(key).cloned().unwrap_or_else(|| Place::file(&file.path));
            let Some(original) = shipped.get(key) else {
                let templates: &String = templates.get_or_insert_with(|| texts(themes));
                if !is_named(key, templates) {
                    let message = format!("nothing uses the entry `{key}`");
                    let help = known.did_you_mean(key);
                    let help =
                        help.unwrap_or_else(|| "delete it, or use it in a template of the site's theme".to_owned());
                    out.push(Diagnostic::new(Code::UnknownWords, place(), message).help(help));
                }
                continue;
            };
            let arguments = original.arguments();
            let strange: Vec<&str> = entry.arguments().difference(&arguments).copied().collect();
            if let [first, ..] = &strange[..] {
                let names: Vec<String> = arguments.iter().map(|name| format!("`{{{name}}}`")).collect();
                let message = format!("`{key}` has the placeholder `{{{first}}}`, which nothing fills");
                let help = match &names[..] {
                    [] => "this entry has no placeholders".to_owned(),
                    names => format!("the placeholders of this entry are {}", names.join(", ")),
                };
                out.push(Diagnostic::new(Code::InvalidWords, place(), message).help(help));
            }
        }
    }
}

/// Returns the text of all templates of the site's themes.
fn texts(themes: &[Source]) -> String {
    let templates = themes.iter().filter(|source| source.path.ends_with(".html"));
    templates
        .filter_map(|source| source.load().ok())
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect()
}

/// Returns whether a template names the entry, or its table as the beginning of a name.
fn is_named(key: &str, templates: &str) -> bool {
    let table = key.rsplit_once('.').map_or(key, |(table, _)| table);
    ['"', '\'', '`'].iter().any(|quote| {
        templates.contains(&format!("{quote}{key}{quote}")) || templates.contains(&format!("{quote}{table}.{quote}"))
    })
}

/// Returns the problem of a language that lacks entries.
pub(super) fn missing(tag: &str, complete: &Entries, found: &Entries) -> Option<Diagnostic> {
    let there: BTreeSet<&String> = found.keys().collect();
    let missing: Vec<&String> = complete.keys().filter(|key| !there.contains(key)).collect();
    if missing.is_empty() || tag == FALLBACK {
        return None;
    }
    let help = format!("write them in words/{tag}.toml, with the keys of the shipped words/{FALLBACK}.toml");
    let message = if found.is_empty() {
        format!("there are no words of the interface in `{tag}`, so pages have it in English")
    } else {
        let named = missing.iter().take(NAMED).map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
        let more = if missing.len() > NAMED { ", …" } else { "" };
        let count = missing.len();
        format!("the words of the interface in `{tag}` lack {count} entries ({named}{more}), which are in English")
    };
    Some(Diagnostic::new(Code::MissingWords, Place::file(&config::FILE.into()), message).help(help))
}
