//! The head of a text and the lines taken out of it -> how the text relates to the speech.

use super::head::{Head, fold};
use crate::import::known::Found;
use crate::import::mended::{Mended, Reason};

/// Printed notes, folded, and what they mean.
const PRINTED: &[(&str, &str)] = &[
    ("check against delivery", "check-against-delivery"),
    ("check with delivery", "check-against-delivery"),
    ("checked against delivery", "check-against-delivery"),
    ("prononce fait foi", "check-against-delivery"),
    ("verifier au prononce", "check-against-delivery"),
    ("verifier a l'audition", "check-against-delivery"),
    ("cotejar con", "check-against-delivery"),
    ("verificar contra lectura", "check-against-delivery"),
    ("cotejar contra lectura", "check-against-delivery"),
    ("сверить с", "check-against-delivery"),
    ("проверить по произнесению", "check-against-delivery"),
    ("يراجع عند الالقاء", "check-against-delivery"),
    ("以发言为准", "check-against-delivery"),
    ("gilt das gesprochene wort", "check-against-delivery"),
    ("as delivered", "as-delivered"),
    ("tel que prononce", "as-delivered"),
    ("as prepared for delivery", "as-prepared"),
    ("unofficial translation", "unofficial-translation"),
    ("traduction non officielle", "unofficial-translation"),
    ("traduccion no oficial", "unofficial-translation"),
    ("неофициальный перевод", "unofficial-translation"),
    ("ترجمة غير رسمية", "unofficial-translation"),
    ("非正式译文", "unofficial-translation"),
];

/// Finds such a note above the text, on the edges of its pages, or among the lines taken out for it.
pub(super) fn find(mended: &Mended, head: &Head) -> Option<Found> {
    let taken = mended.removals.iter().filter(|removal| removal.reason == Reason::TextStatus);
    let taken = taken.map(|removal| (removal.line, removal.text.as_str()));
    let above = head.blocks.iter().map(|block| (block.line, block.text.as_str()));
    let mut found: Vec<(u32, &str, &str)> = Vec::new();
    for (line, text) in taken.chain(head.edges.iter().copied()).chain(above) {
        let folded = fold(text);
        let printed = PRINTED.iter().find(|(printed, _)| folded.contains(printed));
        found.extend(printed.map(|(_, value)| (line, text, *value)));
    }
    let (line, text, value) = *found.first()?;
    let sure = found.iter().all(|(_, _, other)| *other == value);
    // A running head or foot has no line number in the text.
    let place = if line == 0 { "in a head or foot".to_owned() } else { format!("line {line}") };
    let evidence = format!("{place}: {text}");
    Some(Found { key: "text_status", value: value.into(), evidence, sure })
}

/// Returns whether a line is such a note.
pub(super) fn is_status(line: &str) -> bool {
    let folded = fold(line);
    PRINTED.iter().any(|(printed, _)| folded.contains(printed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::knowing::tests::mended;

    #[test]
    fn a_printed_note_says_how_the_text_relates_to_the_speech() {
        for (blocks, expect) in [
            (
                &["Statement", "27 September 2024 Check against delivery", "Mr. President,"][..],
                Some(("check-against-delivery", true)),
            ),
            (
                &["Intervención", "(cotejar con la intervención pronunciada)", "Señor Presidente:"],
                Some(("check-against-delivery", true)),
            ),
            (&["AS DELIVERED", "Statement", "Mr. President,"], Some(("as-delivered", true))),
            (
                &["Unofficial translation", "Check against delivery", "Mr. President,"],
                Some(("unofficial-translation", false)),
            ),
            (&["Mr. President,", "Check against delivery is what we say."], None),
        ] {
            let mended = mended(blocks);
            let found = find(&mended, &Head::of(&mended));
            assert_eq!(found.as_ref().map(|found| (found.value.as_str(), found.sure)), expect, "{blocks:?}");
        }
    }
}
