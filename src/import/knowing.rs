//! `Mended` -> `Known`: what a text says about itself, and how that was found.

mod agenda;
mod around;
mod behalf;
mod context;
mod date;
mod delegation;
mod forums;
mod head;
mod head_matter;
mod language;
mod letterhead;
mod names;
mod neutral;
mod occasion;
mod ordinals;
pub mod profile;
mod speaker;
mod status;
mod title;
mod topics;

pub use super::known::{Found, Known};
use super::mended::Mended;
use super::original::Original;
use super::pages::Pages;
pub use context::Context;
use head::Head;
pub(super) use head_matter::set_apart;
use names::shipped;

/// Finds what a text says about itself. What an index or front matter says about it comes first. A profile fills in
/// what the text does not say with certainty, and overrides the text only for keys that it lists under `override`.
pub fn know(original: &Original, pages: &Pages, mended: &Mended, said: Vec<Found>, context: &Context) -> Known {
    let mut known = Known { fields: said, ..Known::default() };
    let (first, missing) = context.of_profiles(original);
    for found in first {
        known.add_profiled(found);
    }
    // The order matters: later searches use what earlier ones found, such as the session that a forum and a date imply.
    let head = Head::of(mended);
    known.settle("language", language::find(pages, mended), &missing);
    known.add(status_note(pages));
    known.settle("text_status", status::find(mended, &head), &missing);
    known.settle("date", date::find(mended, &head), &missing);
    known.settle("type", agenda::kind(&head), &missing);
    known.settle("forum", forums::forum(&head), &missing);
    known.settle("session", occasion::session(&head, known.get("forum"), known.get("date")), &missing);
    known.settle("meeting", occasion::meeting(&head, known.get("forum")), &missing);
    known.add(agenda::agenda_items(&head));
    known.add(agenda::cluster(&head));
    let language = known.get("language").map_or("en", |found| &found.value);
    let names = context.names.get(shipped(language));
    // A name is only searched for if it was not given, because this is the costly part.
    if known.get("delegation").is_none() {
        known.settle("delegation", names.and_then(|names| delegation::find(mended, &head, names)), &missing);
    }
    if known.get("on_behalf_of").is_none() {
        known.add(names.and_then(|names| behalf::find(mended, &head, names)));
    }
    if known.get("speaker").is_none() {
        let delegation = known.get("delegation").filter(|found| found.sure);
        let given_first = delegation.is_some_and(|found| context.given_first.contains(&found.value));
        known.add(names.and_then(|names| speaker::find(&head, names, given_first)));
    }
    if known.get("topics").is_none() {
        let language = known.get("language").map_or("en", |found| &found.value).to_owned();
        known.add(context.topics.as_ref().and_then(|rules| topics::find(mended, &language, rules)));
    }
    if known.get("title").is_none() {
        known.add(title::find(&head).filter(|title| !neutral::is_in_capitals(&title.value)));
    }
    // What a profile gives for gaps comes last, when it is known what the text itself says.
    for found in missing {
        known.add_profiled(found);
    }
    known.add(Some(neutral::title(&known, &context.titles, &context.names)));
    known
}

/// Returns a note for readers that the words come from OCR; a person deletes it after comparing them.
fn status_note(pages: &Pages) -> Option<Found> {
    let program = pages.ocr.as_ref()?;
    let value = format!("Read by OCR ({program}) from pictures of pages, and not yet compared with the original.");
    Some(Found { key: "status_note", value, evidence: "the original has no text, only pictures".into(), sure: true })
}

#[cfg(test)]
mod tests {
    use super::profile::Profile;
    use super::*;
    use crate::import::mended::Block;
    use crate::import::pages::{Kind, Markup};

    /// Returns a text of these blocks, one per line.
    pub(super) fn mended(blocks: &[&str]) -> Mended {
        let blocks = blocks.iter().zip(1..).map(|(text, line)| Block {
            kind: Kind::Paragraph,
            text: (*text).to_owned(),
            line,
            marks: Vec::new(),
        });
        Mended {
            markup: Markup::Plain,
            blocks: blocks.collect(),
            removals: Vec::new(),
            repairs: Vec::new(),
            doubts: Vec::new(),
        }
    }

    #[test]
    fn a_profile_fills_what_a_text_does_not_say_unless_it_asks_for_more() {
        let text = "Statement by Kenya\n\nGeneral Assembly\n27 September 2024\n\nMr. President,\n\nKenya thanks all of those who came here today, and who will go on with us.\n";
        for (profile, key, expect, contradicted) in [
            ("[set]\ndate = \"2024\"", "date", "2024-09-27", false),
            ("[set]\ndate = \"2023\"", "date", "2024-09-27", true),
            ("override = [\"date\"]\n[set]\ndate = \"2024\"", "date", "2024", false),
            ("names = \"{date}-{}\"", "date", "2024-09-27", false),
            ("names = \"{date}-{}\"\noverride = [\"date\"]", "date", "2024", false),
            ("[set]\nplace = \"Geneva\"", "place", "Geneva", false),
            ("[set]\nforum = \"UNGA\"", "forum", "unga", false),
            ("[set]\nforum = \"unga-c1\"", "forum", "unga", true),
            ("[set]\ntitle = \"Words\"", "title", "Statement by Kenya General Assembly", false),
        ] {
            let original = Original::new("2024-a.txt", None, text.as_bytes());
            let pages = crate::import::reading::read(&original, crate::import::reading::Ocr::Never).unwrap();
            let mended = crate::import::mending::mend(&pages);
            let context = Context::new(Profile::read(profile).unwrap());
            let known = know(&original, &pages, &mended, Vec::new(), &context);
            let value = known.get(key).map(|found| found.value.as_str());
            assert_eq!((value, !known.contradicted.is_empty()), (Some(expect), contradicted), "{profile}");
        }
    }
}
