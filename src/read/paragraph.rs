//! A paragraph's anchor and label -> the one value by which pages, feeds and diagnostics name it.
//!
//! The anchor is where a link leads; the label is what the page shows before the paragraph. They differ where a text
//! prints numbers of its own, so nothing but this value may say "paragraph 7": what a link says is then what its target
//! shows.

/// A paragraph, as every other place names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParagraphRef {
    /// What its anchor has after the `p`: `7`, or `7a` for a paragraph that came later.
    pub number: Box<str>,
    pub label: Label,
}

/// What a page shows before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// The number that the text prints; where it prints none, the paragraph's own number.
    Number {
        /// As it is shown.
        text: Box<str>,
        /// 1, or more where the text begins to number its paragraphs again, so that number and series are unique.
        series: u32,
    },
    /// The text prints numbers, but none before this paragraph. It is named by its first words: a counted number could be
    /// taken for a printed one.
    Unnumbered {
        /// At most `BEGINS` characters.
        begins: Box<str>,
    },
}

/// Characters of the first words that name an unnumbered paragraph.
const BEGINS: usize = 40;

/// What stands where a number would be.
pub const UNNUMBERED: &str = "¶";

impl Label {
    /// Labels a paragraph of these words in a text that prints numbers, but none before it.
    pub fn unnumbered(words: &str) -> Label {
        let words = words.trim();
        let begins = match words.char_indices().nth(BEGINS) {
            None => words.into(),
            Some((end, _)) => {
                // Scripts without spaces are cut at the character.
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

/// Names paragraphs for who edits the text: `paragraphs 3 and 7a`, each with its anchor where that says something else.
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

/// Names anchors that are not in the text any more, of which no label is known: `#p3 and #p7a`.
pub fn anchors_in_words(numbers: &[&str]) -> String {
    match &numbers.iter().map(|number| format!("#p{number}")).collect::<Vec<_>>()[..] {
        few if few.len() <= FEW => listed(few),
        many => format!("{} anchors", many.len()),
    }
}

/// Paragraphs that are named one by one, at most.
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
