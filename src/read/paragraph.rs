//! The anchor and label of a paragraph -> the one value by which pages, feeds and diagnostics name it.
//!
//! The anchor is where a link leads; the label is what the page shows before the paragraph. They differ if a text
//! prints its own numbers, so only this value may say "paragraph 7": then the words of a link agree with what its
//! target shows.

/// A paragraph as all other places name it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParagraphRef {
    /// Its anchor without the `p`: `7`, or `7a` for a paragraph inserted later.
    pub number: Box<str>,
    /// What its page shows before it.
    pub label: Label,
}

/// What a page shows before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// The number that the text prints, or the paragraph's counted number if the text prints none.
    Number {
        /// The number as shown.
        text: Box<str>,
        /// 1 at first, and one more each time the text restarts its numbering, so number and series together are
        /// unique.
        series: u32,
    },
    /// The text prints numbers, but none before this paragraph. It is named by its first words, because a counted
    /// number could be mistaken for a printed one.
    Unnumbered {
        /// Its first words, at most 40 characters.
        begins: Box<str>,
    },
}

/// The maximum number of characters in the first words that name an unnumbered paragraph.
const BEGINS: usize = 40;

/// Shown in place of a number.
pub const UNNUMBERED: &str = "¶";

impl Label {
    /// Creates the label of a paragraph of these words, in a text that prints numbers but none before it.
    pub fn unnumbered(words: &str) -> Label {
        let words = words.trim();
        let begins = match words.char_indices().nth(BEGINS) {
            None => words.into(),
            Some((end, _)) => {
                // Scripts without spaces are cut at any character.
                let end = words[..end].rfind(char::is_whitespace).unwrap_or(end);
                format!("{}…", words[..end].trim_end_matches([',', ';', ':', ' ']))
            }
        };
        Label::Unnumbered { begins: begins.into() }
    }

    /// Returns what the page shows before the paragraph.
    pub fn shown(&self) -> &str {
        match self {
            Label::Number { text, .. } => text,
            Label::Unnumbered { .. } => UNNUMBERED,
        }
    }
}

impl ParagraphRef {
    /// Returns the anchor.
    pub fn anchor(&self) -> String {
        format!("p{}", self.number)
    }
}

/// Names paragraphs for an editor of the text: `paragraphs 3 and 7a`, each with its anchor if that differs.
pub fn in_words(paragraphs: &[ParagraphRef]) -> String {
    let name = |paragraph: &ParagraphRef| match &paragraph.label {
        Label::Number { text, series: 1 } if *text == paragraph.number => text.to_string(),
        Label::Number { text, .. } => format!("{text} (#{})", paragraph.anchor()),
        Label::Unnumbered { begins } => format!("“{begins}” (#{})", paragraph.anchor()),
    };
    match &paragraphs.iter().map(name).collect::<Vec<_>>()[..] {
        [one] => format!("paragraph {one}"),
        few if few.len() <= FEW => format!("paragraphs {}", listed(few)),
        many => format!("{} paragraphs", many.len()),
    }
}

/// Names anchors that are no longer in the text, so that their labels are unknown: `#p3 and #p7a`.
pub fn anchors_in_words(numbers: &[&str]) -> String {
    match &numbers.iter().map(|number| format!("#p{number}")).collect::<Vec<_>>()[..] {
        few if few.len() <= FEW => listed(few),
        many => format!("{} anchors", many.len()),
    }
}

/// The maximum number of paragraphs that are named one by one.
const FEW: usize = 5;

fn listed(names: &[String]) -> String {
    match names {
        [few @ .., last] if !few.is_empty() => format!("{} and {last}", few.join(", ")),
        names => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unnumbered_paragraph_is_named_by_its_first_words() {
        for (words, begins) in [
            ("We agree.", "We agree."),
            ("My delegation, which has spoken before, would add one point.", "My delegation, which has spoken before…"),
            (
                "各国政府代表在会议上就和平利用外层空间问题广泛交换了意见并一致同意今后继续就此开展对话与合作。",
                "各国政府代表在会议上就和平利用外层空间问题广泛交换了意见并一致同意今后继续就此开…",
            ),
        ] {
            assert_eq!(Label::unnumbered(words), Label::Unnumbered { begins: begins.into() }, "{words}");
        }
    }

    #[test]
    fn an_editor_is_given_the_anchor_where_the_label_is_another() {
        let number = |number: &str, text: &str, series| ParagraphRef {
            number: number.into(),
            label: Label::Number { text: text.into(), series },
        };
        let unnumbered = ParagraphRef { number: "4".into(), label: Label::unnumbered("We agree.") };
        for (paragraphs, expect) in [
            (vec![number("7a", "7a", 1)], "paragraph 7a"),
            (vec![number("9", "8", 1)], "paragraph 8 (#p9)"),
            (vec![number("3", "3", 1), number("5", "3", 2)], "paragraphs 3 and 3 (#p5)"),
            (vec![number("2", "2", 1), unnumbered], "paragraphs 2 and “We agree.” (#p4)"),
            (vec![number("1", "1", 1); 7], "7 paragraphs"),
        ] {
            assert_eq!(in_words(&paragraphs), expect);
        }
    }
}
