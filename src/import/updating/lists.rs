//! A cell with several names and a list of front matter -> the list's line with the names of the cell, or `None` if
//! both have the same names.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::{Mapping, Value};

use crate::collect::names::Names;
use crate::edit::scalar;
use crate::import::said::Field;
use crate::language::fold;
use crate::read::fields::Named;
use crate::read::record::RecordKind;

/// Returns the items of a list, as a row has them.
pub(super) fn members(field: &Field) -> Vec<String> {
    let said: Mapping = serde_yaml::from_str(&field.yaml).unwrap_or_default();
    match said.get(field.key) {
        Some(Value::Sequence(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    }
}

/// Returns a list as one line of front matter.
pub(super) fn list(key: &str, members: &[String]) -> String {
    format!("{key}: [{}]\n", members.iter().map(|member| scalar(member)).collect::<Vec<_>>().join(", "))
}

/// Returns the key that a name leads to: by code, alias or title.
pub(super) fn key(kind: RecordKind, name: &str, names: &Names<'_>) -> String {
    let code = names.code_of(kind, name);
    names.key(kind, code.as_deref().unwrap_or(name)).to_lowercase()
}

/// A name in front matter: the key that it leads to, and how the site's table writes it.
pub(super) struct Resolved {
    /// The key that the name leads to.
    key: String,
    /// How the site's table writes the name.
    in_table: String,
}

/// Resolves a document. The table has the title of a record that has no symbol.
pub(super) fn document(name: &str, names: &Names<'_>) -> Resolved {
    Resolved { key: key(RecordKind::Document, name, names), in_table: names.document(name).title.to_string() }
}

/// Resolves a group or delegation that is spoken for, in the same order as a build.
pub(super) fn party(name: &str, names: &Names<'_>) -> Resolved {
    let group = key(RecordKind::Group, name, names);
    let code = key(RecordKind::Delegation, name, names);
    let is_delegation = !names.knows(RecordKind::Group, &group) && names.knows(RecordKind::Delegation, &code);
    let key = if is_delegation { code } else { group };
    Resolved { in_table: key.to_uppercase(), key }
}

/// Returns the line of a list of names, if the row has a different set of them. Names that stay keep their spelling.
pub(super) fn list_of(field: &Field, now: &[Named], written: impl Fn(&str) -> Resolved) -> Option<String> {
    let now: Vec<(&Named, Resolved)> = now.iter().map(|name| (name, written(name))).collect();
    // A name may contain the separator of the cell, so the whole cell is compared first.
    let cell = now.iter().map(|(_, name)| name.in_table.as_str()).collect::<Vec<_>>().join("; ");
    if fold::key(&cell) == fold::key(&field.value) {
        return None;
    }
    let mut known: BTreeMap<Box<str>, usize> = BTreeMap::new();
    for (at, (_, name)) in now.iter().enumerate() {
        // Two names of the same thing count once.
        let at = known.get(&*name.key).copied().unwrap_or(at);
        known.entry(name.key.as_str().into()).or_insert(at);
        known.entry(fold::key(&name.in_table)).or_insert(at);
    }
    let said = members(field);
    let stays = |name: &String| known.get(&fold::key(name)).or_else(|| known.get(&*written(name).key)).copied();
    let kept: Vec<Option<usize>> = said.iter().map(stays).collect();
    let all: BTreeSet<usize> = known.into_values().collect();
    if kept.iter().all(Option::is_some) && kept.iter().flatten().copied().collect::<BTreeSet<_>>() == all {
        return None;
    }
    let kept = said.into_iter().zip(kept).map(|(name, at)| at.map_or(name, |at| now[at].0.text.to_string()));
    Some(list(field.key, &kept.collect::<Vec<_>>()))
}
