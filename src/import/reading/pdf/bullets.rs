//! Lines that begin with the letter `o` -> lines that begin with a hollow bullet, if a text has such bullets.

use super::paragraphs::Leaf;
use crate::import::mending::scripts::ends_sentence;

/// What word processors use as a hollow bullet: the letter in another font.
const LETTER: &str = "o ";
const BULLET: &str = "○";
/// A single line may begin so by chance.
const FEWEST: usize = 2;

/// Replaces hollow bullets by a character of their own. `o` is also a word in Portuguese, Spanish and Italian, but a
/// line that begins with the word continues a sentence, whereas an item follows the end of a sentence or of an item.
pub(super) fn mark(leaves: &mut [Leaf]) {
    let lines = || leaves.iter().flat_map(|leaf| &leaf.lines);
    let pairs = lines().zip(lines().skip(1)).filter(|(_, line)| line.text.starts_with(LETTER));
    let (mut all, mut items) = (0, 0);
    for (before, _) in pairs {
        all += 1;
        items += usize::from(ends_sentence(&before.text) || before.text.ends_with([';', ':']));
    }
    if items < FEWEST || items * 3 < all * 2 {
        return;
    }
    // Struck-out ranges count letters, and a bullet is not a letter, so lines with such ranges are left as they are.
    let found = leaves.iter_mut().flat_map(|leaf| &mut leaf.lines);
    for line in found.filter(|line| line.text.starts_with(LETTER) && line.struck.is_empty()) {
        line.text.replace_range(..1, BULLET);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::pages::Place;
    use crate::import::reading::pdf::rows::TextLine;

    #[test]
    fn hollow_bullets_are_distinguished_from_the_word() {
        let place = Place { left: 0.0, top: 0.0, right: 9.0, bottom: 9.0, size: 9.0, bold: false };
        let set = |text: &str| TextLine {
            text: text.into(),
            place,
            first_word: 1.0,
            part: 0,
            right_to_left: false,
            struck: Vec::new(),
        };
        for (lines, bullets) in [
            (&["We ask for:", "o roads;", "o ports, and the", "ships for them;", "o bread."][..], 3),
            (&["The ports are these.", "o The old one.", "o The new one, on", "the river."], 2),
            (&["Saudamos", "o povo do norte, e", "o do sul. Dizemos:", "o mundo espera."], 0),
            (&["We ask for:", "o roads."], 0),
        ] {
            let mut leaves = [Leaf { width: 99.0, lines: lines.iter().map(|line| set(line)).collect() }];
            mark(&mut leaves);
            let marked = leaves[0].lines.iter().filter(|line| line.text.starts_with(BULLET)).count();
            assert_eq!(marked, bullets, "{lines:?}");
        }
    }
}
