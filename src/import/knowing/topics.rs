//! A text and the phrases of a collection's topics -> the topics that an editor may want to assign.

use crate::collect::rules::Rules;
use crate::import::known::Found;
use crate::import::mended::Mended;

/// Finds the topics whose phrases occur in the text, as a suggestion.
pub(super) fn find(mended: &Mended, language: &str, rules: &Rules) -> Option<Found> {
    let text = mended.blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n");
    let topics = rules.topics(language, &text, |_| None);
    let value = format!("[{}]", topics.iter().map(|(topic, _)| &**topic).collect::<Vec<&str>>().join(", "));
    let evidence = "phrases of their records occur in the text".to_owned();
    (!topics.is_empty()).then_some(Found { key: "topics", value, evidence, sure: false })
}
