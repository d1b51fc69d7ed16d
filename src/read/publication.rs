//! What front matter says of a statement's publication -> its status and embargo, or that it is not clear.
//!
//! What was published by mistake cannot be taken back. So a slip that elsewhere costs a field is an error here, and the
//! statement is kept back.

use super::date::Date;
use super::fields::Fields;
use super::statement::Status;
use crate::diagnostic::{Code, nearest};

/// Keys by which other programs keep a text back, in lower case and without `-` and `_`.
const OTHERS: &[&str] = &[
    "draft",
    "hidden",
    "isdraft",
    "private",
    "public",
    "publish",
    "publishdate",
    "published",
    "unpublished",
    "visibility",
];

/// Takes the status: published, where the key is not there.
pub(super) fn status(fields: &mut Fields<'_>) -> Status {
    let help = "write `status: draft` to keep the statement back, `status: published` to publish it, or no `status`";
    fields.refuse_empty("status", Code::UnclearPublication, help);
    fields.one_of("status", Status::WORDS).unwrap_or_default()
}

/// Takes the day before which the statement is not published.
pub(super) fn embargo(fields: &mut Fields<'_>) -> Option<Date> {
    let help = "write the day from which on it is public, such as 2024-06-05, or delete the line if it is public now";
    fields.refuse_empty("embargo", Code::UnclearPublication, help);
    fields.date("embargo")
}

/// Says, when all keys are taken, whether anything about the publication is wrong, and tells of keys that may have been
/// meant for it.
pub(super) fn is_unclear(fields: &mut Fields<'_>) -> bool {
    let is_strange = fields.refuse_unknown(Code::UnclearPublication, meant);
    is_strange || ["status", "embargo"].into_iter().any(|key| fields.is_wrong(key))
}

/// Returns what to do about an unknown key that may have been meant to keep the statement back.
fn meant(key: &str, known: &[&str]) -> Option<String> {
    let lower = key.to_lowercase();
    if OTHERS.contains(&lower.replace(['-', '_'], "").as_str()) {
        let help = "write `status: draft` to keep it back, `embargo:` with a day to keep it back until then, or delete \
                    the line";
        return Some(help.to_owned());
    }
    let near = if lower.contains("embargo") { Some("embargo") } else { nearest(key, known.iter().copied()) };
    let near = near.filter(|near| ["status", "embargo"].contains(near))?;
    Some(format!("if `{near}` is meant, write exactly that; if not, delete the line"))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::statement::Front;
    use super::super::yaml;
    use super::*;

    #[test]
    fn a_slip_in_what_keeps_a_statement_back_is_an_error_and_keeps_it_back() {
        let path: Arc<str> = "content/statements/a.md".into();
        for (line, code) in [
            ("embargo:", Some(Code::UnclearPublication)),
            ("embargo: \"\"", Some(Code::UnclearPublication)),
            ("embargo: \" \"", Some(Code::UnclearPublication)),
            ("embargo: null", Some(Code::UnclearPublication)),
            ("status:", Some(Code::UnclearPublication)),
            ("status: ~", Some(Code::UnclearPublication)),
            ("Embargo: 2024-06-05", Some(Code::UnclearPublication)),
            ("embargoed: true", Some(Code::UnclearPublication)),
            ("embargo_until: 2024-06-05", Some(Code::UnclearPublication)),
            ("Status: draft", Some(Code::UnclearPublication)),
            ("staus: draft", Some(Code::UnclearPublication)),
            ("draft: true", Some(Code::UnclearPublication)),
            ("is_draft: true", Some(Code::UnclearPublication)),
            ("publish: false", Some(Code::UnclearPublication)),
            ("Published: false", Some(Code::UnclearPublication)),
            ("embargo: next week", Some(Code::InvalidDate)),
            ("embargo: [2024-06-05]", Some(Code::WrongType)),
            ("status: drafts", Some(Code::InvalidValue)),
            ("status: [draft]", Some(Code::WrongType)),
            ("embargo: 2024-06-05", None),
            ("status: draft", None),
        ] {
            let text = format!("title: A\ndate: 2021\ndelegation: KAZ\n{line}\n");
            let front = yaml::parse(&path, &text).expect(line);
            let mut problems = Vec::new();
            let front = Front::read(&mut Fields::new(&path, &front.places, front.values, &mut problems), "a");
            let told: Vec<_> =
                problems.iter().map(|problem| (problem.code, problem.place.as_ref().unwrap().line)).collect();
            assert_eq!(told, code.map(|code| (code, 5)).into_iter().collect::<Vec<_>>(), "{line}");
            assert_eq!(front.is_unclear, code.is_some(), "{line}");
        }
    }

    #[test]
    fn other_unknown_keys_are_no_matter_of_publication() {
        for key in ["publisher", "status_not", "topic", "state", "release"] {
            assert_eq!(meant(key, &["status", "status_note", "text_status", "topics", "embargo"]), None, "{key}");
        }
    }
}
