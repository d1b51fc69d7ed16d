//! The paragraphs of a text -> those that continue a quotation opened by an earlier paragraph.
//!
//! Numbers in a quotation are its own. By convention each of its paragraphs starts with a quotation mark, but many
//! texts have just one mark at the beginning and one at the end, so only other paragraphs show that one is quoted.

use std::ops::Range;

/// Returns the ranges of paragraphs (from 0) that continue a quotation, up to the one that closes it. A quotation that
/// is never closed has no range: its mark may be a misprint, and the rest of the text would count as quoted.
pub(super) fn continued<'a>(paragraphs: impl Iterator<Item = &'a str>) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    // The marks that would close each open quotation, and the paragraph that opened the outermost.
    let (mut open, mut from): (Vec<&'static [char]>, usize) = (Vec::new(), 0);
    for (at, words) in paragraphs.enumerate() {
        let was_open = !open.is_empty();
        let mut before = ' ';
        let mut marks = words.char_indices().peekable();
        while let Some((place, c)) = marks.next() {
            let after = marks.peek().map_or(' ', |(_, c)| *c);
            // A paragraph that continues a quotation may repeat the opening mark, which then opens nothing new.
            let is_repeated = was_open && place == 0 && opens(c, ' ', 'x').is_some();
            if open.last().is_some_and(|closing| closing.contains(&c)) && !is_repeated {
                open.pop();
                if open.is_empty() && was_open && from < at {
                    spans.push(from + 1..at + 1);
                    from = at;
                }
            } else if let Some(closing) = opens(c, before, after).filter(|_| !is_repeated) {
                if open.is_empty() {
                    from = at;
                }
                open.push(closing);
            }
            before = c;
        }
        // An inner quotation still open at the end of its paragraph is more likely a misprint.
        open.truncate(1);
    }
    spans
}

/// Returns the marks that close the quotation opened by `c` between two characters, if it opens one.
fn opens(c: char, before: char, after: char) -> Option<&'static [char]> {
    // Some marks open quotations in one language and close them in another: »German«, « French ».
    let is_before_words = before.is_whitespace() && !after.is_whitespace();
    match c {
        '“' => Some(&['”']),
        '„' => Some(&['“', '”']),
        '«' => Some(&['»']),
        '「' => Some(&['」']),
        '『' => Some(&['』']),
        '»' if is_before_words => Some(&['«', '»']),
        '”' if is_before_words => Some(&['”']),
        '"' if is_before_words => Some(&['"']),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_goes_on_until_it_is_closed() {
        for (paragraphs, expect) in [
            (&["He said: “One.", "Two.", "Three.” So", "we agree."][..], "1..3"),
            (&["“One.", "“Two.", "“Three.”", "End."], "1..3"),
            (&["„Eins.", "Zwei.“", "Ende."], "1..2"),
            (&["Il dit : « Un.", "» Deux.", "Trois. »", "Fin."], "1..3"),
            (&["他说：「一。", "二。」", "完。"], "1..2"),
            (&["He said: \"One.", "Two.\"", "End."], "1..2"),
            (&["“One “two” three", "four “five”", "six” and “seven", "eight”"], "1..3 3..4"),
            (&["a “b” c", "d"], ""),
            (&["a “b c", "d"], ""),
            (&["a ”b", "c”"], "1..2"),
            (&["a” b", "c”"], ""),
        ] {
            let spans = continued(paragraphs.iter().copied());
            let spans: Vec<String> = spans.iter().map(|span| format!("{span:?}")).collect();
            assert_eq!(spans.join(" "), expect, "{paragraphs:?}");
        }
    }
}
