//! What front matter says about publication -> a statement's status and embargo, or that these are unclear.
//!
//! A text published by mistake cannot be taken back. So a mistake that would elsewhere cost a field is an error here,
//! and the statement is withheld.

pub mod words;

use serde_yaml::Value;

use super::date::Date;
use super::fields::Fields;
use super::statement::Status;
use crate::diagnostic::{Code, nearest};
use crate::front::statement::{EMBARGO, STATUS};

/// Takes the status: published, if there is no such key.
pub(super) fn status(fields: &mut Fields<'_>) -> Status {
    let help = "write `status: draft` to keep the statement back, `status: published` to publish it, or no `status`";
    fields.refuse_empty(STATUS, Code::UnclearPublication, help);
    fields.one_of(STATUS, Status::WORDS).unwrap_or_default()
}

/// Takes the day before which the statement is not published.
pub(super) fn embargo(fields: &mut Fields<'_>) -> Option<Date> {
    let help = "write the day on which it becomes public, such as 2024-06-05, or delete the line if it is public now";
    fields.refuse_empty(EMBARGO, Code::UnclearPublication, help);
    fields.date(EMBARGO)
}

/// Returns whether anything about the publication is unclear, and reports keys that may have been meant to control it.
/// Must be called after all known keys have been taken.
pub(super) fn is_unclear(fields: &mut Fields<'_>) -> bool {
    let is_strange = fields.refuse_unknown(Code::UnclearPublication, |key, value, known| {
        meant(key, value).or_else(|| {
            let near = nearest(key, known.iter().copied()).filter(|near| [STATUS.name, EMBARGO.name].contains(near))?;
            Some(format!("if `{near}` is meant, write exactly that; if not, delete the line"))
        })
    });
    is_strange || fields.is_unclear() || [STATUS, EMBARGO].into_iter().any(|key| fields.is_wrong(key))
}

/// Returns what to do about an unknown key that may have been meant to withhold a statement; `None` if it cannot have
/// been.
pub(super) fn meant(key: &str, value: &Value) -> Option<String> {
    if !words::is_name(key, value) && !speaks_of_publication(value) {
        return None;
    }
    let lower = key.to_lowercase();
    if lower.contains("embargo") {
        return Some("if `embargo` is meant, write exactly that; if not, delete the line".to_owned());
    }
    let mut help =
        "write `status: draft` to keep it back, `embargo:` with a day to keep it back until then, or delete the line"
            .to_owned();
    // `state: kazakhstan` may name a delegation instead.
    if words::STATES.contains(&lower.as_str()) {
        help.push_str("; write `delegation:` for the state that speaks");
    }
    Some(help)
}

/// Returns the same for a plain page or a record, which have no status.
pub(super) fn meant_elsewhere(key: &str, value: &Value) -> Option<String> {
    let help = "only statements have a status and an embargo: move the file out of `content/` until it is public, or \
                delete the line";
    meant(key, value).map(|_| help.to_owned())
}

/// Returns whether a value, or a value nested in it, is about publication.
fn speaks_of_publication(value: &Value) -> bool {
    match value {
        Value::String(text) => words::is_value(text),
        Value::Sequence(values) => values.iter().any(speaks_of_publication),
        Value::Mapping(values) => values.iter().any(|(key, value)| {
            key.as_str().is_some_and(|key| words::is_name(key, value)) || speaks_of_publication(value)
        }),
        Value::Tagged(tagged) => speaks_of_publication(&tagged.value),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::statement::Front;
    use super::super::yaml;
    use super::*;
    use crate::stamp::Stamp;

    #[test]
    fn a_slip_in_a_key_that_keeps_a_statement_back_is_an_error_and_keeps_it_back() {
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
            let mut fields =
                Fields::new(&path, &front.places, front.values, crate::front::statement::ALL, &mut problems)
                    .refusing(meant);
            let front = Front::read(&mut fields, "a", Stamp::of(&text));
            let reported: Vec<_> =
                problems.iter().map(|problem| (problem.code, problem.place.as_ref().unwrap().line)).collect();
            assert_eq!(reported, code.map(|code| (code, 5)).into_iter().collect::<Vec<_>>(), "{line}");
            assert_eq!(front.is_unclear, code.is_some(), "{line}");
        }
    }

    #[test]
    fn keys_that_speak_of_publication_are_refused_by_name_and_by_value() {
        for line in [
            "confidential: true",
            "is_confidential: no",
            "do-not-publish: 1",
            "DoNotPublish: true",
            "not_before: 2030-01-01",
            "releaseDate: 2030-01-01",
            "state: review",
            "stage: Draft",
            "état: brouillon",
            "phase: ENTWURF 2",
            "version: draft v3",
            "note: DRAFT - do not circulate",
            "tags: [debris, Draft]",
            "workflow: { step: 2, state: \"черновик\" }",
            "workflow: { confidential: true }",
            "حالة: مسودة",
            "状态: 草稿",
            "konfidentiell: streng vertraulich (Entwurf)",
            "source: { url: \"https://example.org\", confidential: true }",
            "rights: { holder: Arvenia, release: not for publication }",
            "sperrfrist_bis: 2030-01-01",
            "go_live_date: 2030-01-01",
            "not_before_date: 2030-01-01",
            "is_published: false",
            "visible_after: 2030-01-01",
            "veröffentlichung: 2030-01-01",
            "Veroeffentlichen am: 2030-01-01",
            "streng_geheim: ja",
            "unveroeffentlicht: true",
            "gesperrt_bis: 2030-01-01",
            "freigegeben: nein",
            "سري_للغاية: نعم",
            "ليس_للنشر: نعم",
            "تاريخ_الحظر: 2030-01-01",
            "موعد_النشر: 2030-01-01",
            "restringido: sí",
            "reservado: true",
            "acceso: restringido",
            "fecha_de_difusión: 2030-01-01",
            "diffusion: restreinte",
            "diffusion: interdite",
            "date_de_parution: 2030-01-01",
            "date_de_diffusion: 2030-01-01",
            "à_publier_le: 2030-01-01",
            "не_для_печати: да",
            "гриф: дсп",
            "доступ: закрытый",
            "дата_выхода: 2030-01-01",
            "публикация: 2030-01-01",
            "绝密: 是",
            "不得公开: 是",
            "解禁时间: 2030-01-01",
            "禁发日期: 2030-01-01",
            "内部使用: 是",
            "请勿外传: 是",
            "release: 2030-01-01",
            "ready: false",
            "available: 2030-01-01",
            "release: 1 June 2030",
            "pub_date: 2030-01-01",
            "hold: true",
            "access: members only",
            "note: Borrador final",
            "note: Draft 2 (final)",
            "note: streng vertraulich",
            "phase: en cours",
            "ход: на согласовании",
            "进度: 待审",
            "fortgang: in Bearbeitung",
        ] {
            assert!(is_refused(line), "{line}");
        }
        for line in [
            "publisher: Draft House",
            "release: press release 4",
            "release: 4",
            "available: in six languages",
            "publication: Yearbook 2019",
            "published_in: Yearbook 2019",
            "hold: the floor",
            "access: open",
            "private_sector: true",
            "note: Borrador de resolución",
            "note: Projet de résolution",
            "note: Проект резолюции",
            "note: final",
            "دار_النشر: بيت",
            "diffusion: générale",
            "Verlag: Entwurfshaus",
            "state: Kazakhstan",
            "state: KAZ",
            "stage: 2",
            "draft_resolution: A/C.1/72/L.3",
            "resolution: Draft resolution on outer space",
            "subtitle: Drafting the treaty",
            "drafted_by: A. Roe",
            "note: We speak on the draft before us and on private actors",
            "title: draft resolution",
            "topic: confidence-building",
        ] {
            assert!(!is_refused(line), "{line}");
        }
    }

    fn is_refused(line: &str) -> bool {
        let path: Arc<str> = "content/statements/a.md".into();
        let text = format!("name: A\ndate: 2021\ndelegation: KAZ\n{line}\n");
        let front = yaml::parse(&path, &text).expect(line);
        let mut problems = Vec::new();
        let mut fields = Fields::new(&path, &front.places, front.values, crate::front::statement::ALL, &mut problems)
            .refusing(meant);
        let front = Front::read(&mut fields, "a", Stamp::of(&text));
        assert_eq!(front.is_unclear, problems.iter().any(|problem| problem.code == Code::UnclearPublication), "{line}");
        front.is_unclear
    }
}
