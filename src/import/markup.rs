//! The plain words of a block, and the marks on them -> Markdown that reads the same.

use std::collections::BTreeMap;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::pages::{Mark, letters};
use crate::config::Html;
use crate::read::markdown;

/// Returns the Markdown of a block. Emphasis and links that Markdown cannot express at their place are left out.
pub fn written(text: &str, marks: &[Mark]) -> String {
    let chars: Vec<char> = text.chars().collect();
    // Marks are added step by step: each kind is left out again if the site's own parser would then read other words.
    let after = after_letters(&chars);
    let fits =
        |insertions: &BTreeMap<usize, String>| insertions.is_empty() || read_back(&escaped(&chars, insertions)) == text;
    let struck = struck(marks, after.len() - 1);
    let struck_only = tildes(&struck, &after, &chars);
    let mut linked = links(marks, &struck, &after, &chars);
    for (at, tildes) in &struck_only {
        linked.entry(*at).and_modify(|before| before.push_str(tildes)).or_insert_with(|| tildes.clone());
    }
    let linked = Some(linked).filter(fits).unwrap_or(struck_only);
    let emphasised = emphasis(marks, &linked, &struck, &after, &chars);
    let mut insertions = if fits(&emphasised) { emphasised } else { linked };
    for mark in marks {
        let (letters, signs, words) = match mark {
            Mark::Note { number, letters, signs } => (letters, signs, format!("[^{number}]")),
            Mark::Cell { letters, signs } => (letters, signs, " |".to_owned()),
            Mark::Emphasis(_) | Mark::Strong(_) | Mark::Struck(_) | Mark::Link { .. } => continue,
        };
        let at = after_signs(&chars, after[(*letters as usize).min(after.len() - 1)], *signs);
        // A table row does not begin with a space.
        let words = if at == 0 && words == " |" { "| " } else { &words };
        insertions.entry(at).or_default().push_str(words);
    }
    escaped(&chars, &insertions)
}

/// Returns for each letter whether it is struck out.
fn struck(marks: &[Mark], count: usize) -> Vec<bool> {
    let mut struck = vec![false; count];
    for mark in marks {
        if let Mark::Struck(range) = mark {
            let end = (range.end as usize).min(count);
            struck[(range.start as usize).min(end)..end].fill(true);
        }
    }
    struck
}

/// Returns the tildes that strike letters out. They open right before a letter and close right after one, where
/// Markdown recognises them whatever surrounds them.
fn tildes(struck: &[bool], after: &[usize], chars: &[char]) -> BTreeMap<usize, String> {
    let mut insertions: BTreeMap<usize, String> = BTreeMap::new();
    let mut at = 0;
    for run in struck.chunk_by(|a, b| a == b) {
        if run[0] {
            insertions.entry(first_letter(at, after, chars)).or_default().push_str("~~");
            insertions.entry(after[at + run.len()]).or_default().push_str("~~");
        }
        at += run.len();
    }
    insertions
}

/// Returns the brackets and addresses of links. Nothing in a link is emphasised, and a link is never partly struck out.
fn links(marks: &[Mark], struck: &[bool], after: &[usize], chars: &[char]) -> BTreeMap<usize, String> {
    let mut insertions: BTreeMap<usize, String> = BTreeMap::new();
    let mut free = 0;
    for mark in marks {
        let Mark::Link { range, url } = mark else { continue };
        let (start, end) = (range.start as usize, (range.end as usize).min(after.len() - 1));
        if start >= end || start < free || struck[start..end].contains(&true) {
            continue;
        }
        free = end;
        insertions.entry(first_letter(start, after, chars)).or_default().push('[');
        insertions.entry(after[end]).or_default().push_str(&format!("]({url})"));
    }
    insertions
}

/// Returns the position of the first letter after this many.
fn first_letter(count: usize, after: &[usize], chars: &[char]) -> usize {
    (after[count]..chars.len()).find(|i| letters(chars[*i]) > 0).unwrap_or(after[count])
}

/// Returns the words as readers of the site will see them.
fn read_back(markdown: &str) -> String {
    markdown::parse(markdown, 1, Html::Escape, false).0.text.trim_end().to_owned()
}

/// Returns, for 0, 1, 2 … letters, the position of the character after them, from 0.
fn after_letters(chars: &[char]) -> Vec<usize> {
    let mut after = vec![0];
    for (i, c) in chars.iter().enumerate() {
        after.extend((0..letters(*c)).map(|_| i + 1));
        // A combining mark belongs to the letter before it.
        if letters(*c) == 0 && is_combining_mark(*c) && after.last() == Some(&i) && i > 0 {
            after.pop();
            after.push(i + 1);
        }
    }
    after
}

/// Returns the position after this many signs, as far as they follow; a letter ends them, and spaces do not count.
fn after_signs(chars: &[char], from: usize, signs: u32) -> usize {
    let mut at = from;
    let mut left = signs;
    for (i, c) in chars.iter().enumerate().skip(from) {
        if left == 0 || letters(*c) > 0 {
            break;
        }
        if !c.is_whitespace() {
            left -= 1;
            at = i + 1;
        }
    }
    at
}

/// Adds asterisks to what is inserted, each next to a letter, where Markdown recognises them as emphasis.
fn emphasis(
    marks: &[Mark],
    linked: &BTreeMap<usize, String>,
    struck: &[bool],
    after: &[usize],
    chars: &[char],
) -> BTreeMap<usize, String> {
    // The style of each letter, as bits: 1 is emphasis, 2 is strong, so that overlapping marks combine to `***`.
    let count = after.len() - 1;
    let mut styles = vec![0_usize; count];
    let mut add = |range: &Range<u32>, style: usize| {
        let end = (range.end as usize).min(count);
        styles[(range.start as usize).min(end)..end].iter_mut().for_each(|of_letter| *of_letter |= style);
    };
    for mark in marks {
        match mark {
            Mark::Emphasis(range) => add(range, 1),
            Mark::Strong(range) => add(range, 2),
            Mark::Struck(_) | Mark::Link { .. } | Mark::Cell { .. } | Mark::Note { .. } => {}
        }
    }
    for mark in marks {
        if let Mark::Link { range, .. } = mark {
            let end = (range.end as usize).min(count);
            styles[(range.start as usize).min(end)..end].fill(0);
        }
    }
    // Asterisks close before the tildes around them, and open after them.
    let (mut closing, mut opening) = (BTreeMap::<usize, &str>::new(), BTreeMap::<usize, &str>::new());
    let styles: Vec<(usize, bool)> = styles.into_iter().zip(struck.iter().copied()).collect();
    let mut at = 0;
    for run in styles.chunk_by(|a, b| a == b) {
        let asterisks = &"***"[..run[0].0];
        if !asterisks.is_empty() {
            opening.insert(first_letter(at, after, chars), asterisks);
            closing.insert(after[at + run.len()], asterisks);
        }
        at += run.len();
    }
    let mut insertions = linked.clone();
    for (at, asterisks) in closing {
        insertions.entry(at).or_default().insert_str(0, asterisks);
    }
    for (at, asterisks) in opening {
        insertions.entry(at).or_default().push_str(asterisks);
    }
    insertions
}

/// Returns a plain line as Markdown that reads the same: only what would be markup is escaped. `insertions` holds what
/// is inserted before each character and at the end.
fn escaped(chars: &[char], insertions: &BTreeMap<usize, String>) -> String {
    let mut out = String::with_capacity(chars.len() + 8);
    let mark = beginning(chars);
    for (i, &c) in chars.iter().enumerate() {
        out.push_str(insertions.get(&i).map_or("", String::as_str));
        let before = i.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(i + 1).copied();
        let spaced = before.is_none_or(char::is_whitespace) && after.is_none_or(char::is_whitespace);
        let escape = match c {
            // `## Heading {#id}` would lose its end.
            '\\' | '`' | '[' | ']' | '|' | '{' | '}' => true,
            '*' | '~' => !spaced,
            '_' => !(spaced || before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)),
            '<' => after.is_some_and(|c| !c.is_whitespace()),
            '&' => after.is_some_and(|c| c.is_alphanumeric() || c == '#'),
            // `![` begins an image.
            '!' => insertions.get(&(i + 1)).is_some_and(|insertions| insertions.starts_with('[')),
            // `## Heading #` would lose its last character.
            '#' => after.is_none(),
            _ => false,
        };
        if escape || mark == Some(i) {
            out.push('\\');
        }
        out.push(c);
    }
    out.push_str(insertions.get(&chars.len()).map_or("", String::as_str));
    out
}

/// Returns the character that would turn this line into another block: a heading, an item, a quotation, a rule.
fn beginning(chars: &[char]) -> Option<usize> {
    let digits = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    let ends = |i: usize| chars.get(i).is_none_or(|c| c.is_whitespace());
    match chars.first()? {
        '#' | '>' | '=' => Some(0),
        '+' | '-' | '*' if ends(1) => Some(0),
        '-' | '*' | '_' if chars.iter().all(|c| matches!(c, '-' | '*' | '_' | ' ')) => Some(0),
        _ if digits > 0 && matches!(chars.get(digits), Some('.' | ')')) && ends(digits + 1) => Some(digits),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(text: &str) -> String {
        written(text, &[])
    }

    #[test]
    fn plain_words_are_escaped_only_where_needed() {
        for (text, markdown) in [
            ("Plain words, and (more) of them: a_b.", "Plain words, and (more) of them: a_b."),
            ("22. The peoples", "22\\. The peoples"),
            ("- a dash", "\\- a dash"),
            ("# no heading", "\\# no heading"),
            ("> no quotation", "\\> no quotation"),
            ("2 * 3 * 4 and *this*", "2 * 3 * 4 and \\*this\\*"),
            ("AT&T & co, a < b", "AT\\&T & co, a < b"),
            ("<b>[spoke in French]</b>", "\\<b>\\[spoke in French\\]\\</b>"),
            ("---", "\\---"),
            ("* * *", "\\* * *"),
        ] {
            assert_eq!(plain(text), markdown);
            assert_eq!(read_back(markdown), text);
        }
    }

    proptest! {
        #[test]
        fn marks_never_show_as_characters(text in "[a-c .,*]{1,20}", strong in 0_u32..9, emphasis in 0_u32..9, length in 1_u32..9) {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let marks = [Mark::Strong(strong..strong + length), Mark::Emphasis(emphasis..emphasis + 3)];
            prop_assert_eq!(read_back(&written(&text, &marks)), read_back(&plain(&text)), "{}", written(&text, &marks));
        }

        #[test]
        fn no_line_is_read_as_markup(text in "[-a-c1 .)(*_#>\\[\\]`~<&;:|!+=^{}\\\\/@]{1,30}") {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(letters(&read_back(&plain(&text))), letters(&text), "{}", plain(&text));
        }
    }

    #[test]
    fn marks_are_next_to_their_letters() {
        let note = |number, letters, signs| Mark::Note { number, letters, signs };
        let cell = |letters, signs| Mark::Cell { letters, signs };
        let link = |range| Mark::Link { range, url: "https://a.example/b".into() };
        for (text, marks, markdown) in [
            ("We thank all.", vec![Mark::Emphasis(2..7)], "We *thank* all."),
            ("We thank all.", vec![Mark::Strong(0..10)], "**We thank all**."),
            ("We thank all.", vec![Mark::Strong(0..10), Mark::Emphasis(2..7)], "**We** ***thank*** **all**."),
            ("A “word”. More", vec![Mark::Emphasis(1..5), note(1, 5, 2)], "A “*word*”.[^1] More"),
            ("A word! More", vec![note(1, 5, 1)], "A word\\![^1] More"),
            ("A word, more", vec![note(1, 5, 9), note(2, 9, 0)], "A word,[^1] more[^2]"),
            ("So", vec![Mark::Strong(0..9), note(3, 9, 1)], "**So**[^3]"),
            (
                "See our site, all.",
                vec![link(3..10), Mark::Strong(0..10)],
                "**See** [our site](https://a.example/b), all.",
            ),
            ("One two three", vec![link(3..6), Mark::Emphasis(0..3)], "*One* [two](https://a.example/b) three"),
            ("One two three", vec![cell(3, 0), cell(3, 0), cell(6, 0)], "One | | two | three"),
            ("10 % of 9", vec![cell(2, 1)], "10 % | of 9"),
            ("9", vec![cell(0, 0), cell(0, 0)], "| | 9"),
            ("ﬁne परिषद् x", vec![Mark::Strong(4..9)], "ﬁne **परिषद्** x"),
        ] {
            assert_eq!(written(text, &marks), markdown);
        }
    }
}
