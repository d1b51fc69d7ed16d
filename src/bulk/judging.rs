//! Texts and the phrases of topics -> front matter with the topics that rules find, and judged texts without any.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::assignment::Assignment;
use super::changes::Changes;
use super::texts::Text;
use super::values::{meaning, words};
use crate::collect::names::Names;
use crate::collect::rules::Rules;
use crate::front::document::Document;
use crate::front::statement::TOPICS;
use crate::key::RecordKind;
use crate::read::{self, Content, Options};

/// The topics to write.
#[derive(Debug, Default)]
pub struct Judged {
    /// The files.
    pub changes: Changes,
    /// How many texts get each topic.
    pub topics: BTreeMap<String, usize>,
    /// How many texts are judged to be on no topic.
    pub on_none: usize,
}

/// What rules find in a text: topics that it does not have yet, and whether it has any.
struct Found {
    new: BTreeSet<String>,
    has_any: bool,
}

/// Writes the topics that rules find in these texts into their front matter: those in `only`, or all if it is empty.
/// With `judged`, a text that still has none and does not state `topics` gets an empty list. Topics found in a language
/// version that inherits them go into the file that it inherits from.
///
/// # Errors
/// Returns in words which file cannot be edited.
pub fn accept(
    texts: &[&Text],
    files: &BTreeMap<Arc<str>, String>,
    only: &[String],
    judged: bool,
    options: &Options,
    names: &Names<'_>,
) -> Result<Judged, String> {
    let rules = Rules::new(names);
    let only: Vec<String> = only.iter().map(|topic| meaning(TOPICS, topic, names)).collect();
    let found: Vec<Found> =
        texts.par_iter().map(|text| find(text, &files[&text.path], &rules, options, names)).collect();
    let chosen: BTreeMap<&str, usize> = texts.iter().enumerate().map(|(at, text)| (&*text.path, at)).collect();
    // By the index of the text whose front matter gets them.
    let mut of_file: BTreeMap<usize, Found> = BTreeMap::new();
    for (at, (text, found)) in texts.iter().zip(found).enumerate() {
        let base = text.base.as_ref().filter(|_| !text.own.contains_key(TOPICS.name));
        let to = base.and_then(|base| chosen.get(&**base).copied()).unwrap_or(at);
        let all = of_file.entry(to).or_insert(Found { new: BTreeSet::new(), has_any: false });
        all.has_any |= found.has_any;
        all.new.extend(found.new.into_iter().filter(|topic| only.is_empty() || only.contains(topic)));
    }
    let mut done = Judged::default();
    for (at, found) in of_file {
        let (text, file) = (texts[at], &files[&texts[at].path]);
        let uneditable = |why: String| format!("{}: {why}; nothing was written", text.path);
        let says_nothing = text.values.get(TOPICS.name).is_none_or(serde_yaml::Value::is_null);
        let assignment = match found.new.is_empty() {
            false => format!("{TOPICS}+=[{}]", found.new.iter().cloned().collect::<Vec<_>>().join(", ")),
            true if judged && !found.has_any && says_nothing => format!("{TOPICS}=[]"),
            true => continue,
        };
        let mut document =
            Document::of_file(file).ok_or_else(|| uneditable("its front matter cannot be edited".into()))?;
        Assignment::parse(&assignment)?.apply(&mut document, text, names).map_err(uneditable)?;
        done.changes.edit(&text.path, file, document.text());
        done.on_none += usize::from(found.new.is_empty());
        found.new.into_iter().for_each(|topic| *done.topics.entry(topic).or_default() += 1);
    }
    Ok(done)
}

/// Reads a text as a whole, because the phrases are in its words.
fn find(text: &Text, file: &str, rules: &Rules, options: &Options, names: &Names<'_>) -> Found {
    let Some(Content::Statement(statement)) = read::read(&text.path, file.as_bytes(), options).content else {
        return Found { new: BTreeSet::new(), has_any: true };
    };
    let inherited = text.values.get(TOPICS.name).map(words).unwrap_or_default();
    let tags = statement.body.tags.iter().map(|tag| tag.topic.text.to_string());
    let given: BTreeSet<String> =
        inherited.into_iter().chain(tags).map(|topic| names.key(RecordKind::Topic, &topic).to_string()).collect();
    let by_rule = rules.of_body(&statement.language, &statement.body);
    let new: BTreeSet<String> =
        by_rule.iter().map(|(topic, _)| topic.to_string()).filter(|topic| !given.contains(topic)).collect();
    Found { has_any: !given.is_empty() || !by_rule.is_empty(), new }
}
