//! The head of a text -> its type, and the agenda item and cluster that it belongs to.

use super::head::{Head, fold};
use crate::import::known::Found;

/// What heads print about the type of a text, folded, and the type.
const KINDS: &[(&str, &str)] = &[
    ("general debate", "general-debate"),
    ("debat general", "general-debate"),
    ("debate general", "general-debate"),
    ("debate geral", "general-debate"),
    ("общеполитическ", "general-debate"),
    ("общих прениях", "general-debate"),
    ("المناقشة العامة", "general-debate"),
    ("一般性辩论", "general-debate"),
    ("right of reply", "right-of-reply"),
    ("droit de reponse", "right-of-reply"),
    ("derecho a contestar", "right-of-reply"),
    ("derecho de replica", "right-of-reply"),
    ("право на ответ", "right-of-reply"),
    ("права на ответ", "right-of-reply"),
    ("حق الرد", "right-of-reply"),
    ("explanation of vote", "explanation-of-vote"),
    ("explanation of position", "explanation-of-vote"),
    ("explication de vote", "explanation-of-vote"),
    ("explicacion de voto", "explanation-of-vote"),
    ("мотивам голосования", "explanation-of-vote"),
    ("تعليل التصويت", "explanation-of-vote"),
    ("joint statement", "joint-statement"),
    ("declaration commune", "joint-statement"),
    ("declaracion conjunta", "joint-statement"),
    ("совместное заявление", "joint-statement"),
    ("بيان مشترك", "joint-statement"),
    ("联合声明", "joint-statement"),
    ("thematic debate", "thematic-debate"),
    ("thematic discussion", "thematic-debate"),
    ("debat thematique", "thematic-debate"),
    ("debate tematico", "thematic-debate"),
    ("тематические прения", "thematic-debate"),
    ("тематическая дискуссия", "thematic-debate"),
    ("المناقشة المواضيعية", "thematic-debate"),
];

/// Finds the type of text, if the head names one.
pub(super) fn kind(head: &Head) -> Option<Found> {
    let mut found: Vec<(usize, &str)> =
        KINDS.iter().filter_map(|(words, kind)| Some((head.folded.find(words)?, *kind))).collect();
    found.sort_unstable();
    let (at, kind) = *found.first()?;
    let sure = found.iter().all(|(_, other)| *other == kind);
    Some(Found {
        key: "type",
        value: kind.into(),
        evidence: format!("line {}: {}", head.line(at), head.block(at)),
        sure,
    })
}

/// Words before the number of an agenda item, folded.
const ITEMS: &[&str] = &["agenda item", "item", "point", "tema", "пункт", "пункту", "البند", "议程项目"];

/// Finds the agenda item, and its title after a colon.
pub(super) fn agenda_items(head: &Head) -> Option<Found> {
    let mut found: Vec<(String, String, u32)> = Vec::new();
    // `Agenda items 93 to 108` and `Item 97 (b): …` begin their line; an item within a sentence is only mentioned.
    for block in head.blocks {
        let folded = fold(&block.text);
        let Some(word) =
            ITEMS.iter().find(|word| folded.strip_prefix(**word).is_some_and(|rest| rest.starts_with([' ', 's'])))
        else {
            continue;
        };
        let rest = folded[word.len()..].trim_start_matches('s').trim_start();
        let number: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '(' || *c == ')').collect();
        let title =
            block.text.split_once(':').map_or("", |(_, title)| title.trim()).trim_matches(['"', '“', '”', '«', '»']);
        if number.starts_with(|c: char| c.is_ascii_digit()) && number.len() <= 8 {
            found.push((number, title.to_owned(), block.line));
        }
    }
    // Several items are a list that nobody can match to numbers and titles with certainty, so none is used.
    let [(number, title, line)] = &found[..] else { return None };
    let title = if title.is_empty() { String::new() } else { format!(", title: {}", crate::edit::quoted(title)) };
    let value = format!("[{{ number: \"{number}\"{title} }}]");
    Some(Found { key: "agenda_items", value, evidence: format!("line {line}"), sure: true })
}

/// Finds the cluster of a thematic debate: `Cluster 1: Nuclear weapons`.
pub(super) fn cluster(head: &Head) -> Option<Found> {
    const CLUSTERS: &[&str] =
        &["cluster", "groupe thematique", "grupo tematico", "thematic cluster", "блок", "المجموعة"];
    let mut found: Vec<(&str, u32)> = Vec::new();
    for block in head.blocks {
        let folded = fold(&block.text);
        let Some(word) = CLUSTERS.iter().find(|word| folded.trim_start_matches(['(', '"', '“']).starts_with(**word))
        else {
            continue;
        };
        let rest = folded[folded.find(word)? + word.len()..].trim_start();
        let numbered = rest
            .split([':', ' '])
            .next()
            .is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || "iv".contains(c)));
        let named = block.text.split_once([':', '–']).map(|(_, name)| name.trim().trim_matches(['"', '“', '”', ')']));
        match named.filter(|name| !name.is_empty()) {
            Some(name) => found.push((name, block.line)),
            None if numbered => found.push((block.text.trim_matches(['(', ')']), block.line)),
            None => {}
        }
    }
    let [(name, line)] = found[..] else { return None };
    Some(Found { key: "cluster", value: name.to_owned(), evidence: format!("line {line}"), sure: true })
}
