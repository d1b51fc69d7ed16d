//! Language tags -> their own names and the direction of their script.

use std::collections::BTreeMap;

use crate::config::base_language;
use crate::shipped;

/// Languages written from right to left (CLDR's `characterOrder`), where no script subtag says otherwise.
const RIGHT_TO_LEFT: &[&str] = &["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"];

/// Returns the direction of a language's script: `ltr` or `rtl`.
pub fn direction(tag: &str) -> &'static str {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    match parts.find(|part| part.len() == 4) {
        Some("Arab" | "Hebr" | "Syrc" | "Thaa") => "rtl",
        None if RIGHT_TO_LEFT.contains(&language) => "rtl",
        _ => "ltr",
    }
}

/// The languages' own names.
pub struct Languages(BTreeMap<String, String>);

impl Languages {
    /// Parses the shipped table.
    pub fn load() -> Languages {
        Languages(shipped::languages().into_iter().map(|row| (row.code.into(), row.name.into())).collect())
    }

    /// Returns the language's own name, or its tag.
    pub fn name(&self, tag: &str) -> String {
        let base = base_language(tag);
        self.0.get(tag).or_else(|| self.0.get(base)).cloned().unwrap_or_else(|| tag.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_subtag_decides_over_the_language() {
        for (tag, expect) in
            [("ar", "rtl"), ("en", "ltr"), ("fa-IR", "rtl"), ("az-Arab", "rtl"), ("ur-Latn", "ltr"), ("zh-Hans", "ltr")]
        {
            assert_eq!(direction(tag), expect, "{tag}");
        }
    }
}
