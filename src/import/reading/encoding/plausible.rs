//! A decoded text -> the share of its characters beyond ASCII that are where such characters occur in words.
//!
//! Detectors of encodings do not know those that only old Macintosh and DOS programs used. The result shows whether
//! bytes were meant in one of them: `dÕune dŽlŽgation` is not a word of any language.

/// Returns the share of characters beyond ASCII that are where European languages have them; 1 if there are none.
pub(super) fn share(text: &str) -> f32 {
    let (mut all, mut good) = (0_u32, 0_u32);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_ascii() {
            all += 1;
            good += u32::from(is_at_home(before, c, chars.peek().copied().unwrap_or(' ')));
        }
        before = c;
    }
    if all == 0 { 1.0 } else { good as f32 / all as f32 }
}

/// Letters that are words by themselves.
const LONE: &str = "àâéèêëíóôúåöÀÁÉÈÓÔÍÚÅÖаивкосуюяеіїАИВКОСУЮЯЕІЇ";

fn is_at_home(before: char, c: char, after: char) -> bool {
    // Each group of characters has its usual neighbours; wrongly decoded bytes put them next to others.
    let is_end = |c: char| !c.is_alphanumeric();
    let is_alone = is_end(before) && is_end(after);
    match c {
        'à'..='ö' | 'ø'..='ÿ' | 'œ' | 'š' | 'ž' => {
            let by_ascii = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
            !after.is_uppercase() && (by_ascii || is_alone && LONE.contains(c))
        }
        'ß' | 'ª' | 'º' => before.is_ascii_alphanumeric() || before == '.',
        'À'..='Ö' | 'Ø'..='Þ' | 'Œ' | 'Š' | 'Ž' => {
            !before.is_lowercase()
                && (after.is_ascii_alphabetic() || before.is_ascii_uppercase() || is_alone && LONE.contains(c))
        }
        // Cyrillic letters come in whole words, without Latin ones, and capitals only at the start.
        _ if is_cyrillic(c) => {
            let by_ascii = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
            let in_word = is_cyrillic(before) || is_cyrillic(after) || is_alone && LONE.contains(c);
            !by_ascii && in_word && !(c.is_uppercase() && before.is_lowercase())
        }
        '’' => before.is_alphabetic(),
        '‘' | '“' | '„' | '¿' | '¡' => is_end(before) && !after.is_whitespace(),
        '”' | '…' => !before.is_whitespace(),
        '«' | '»' | '–' | '—' | '•' => {
            before.is_whitespace() || after.is_whitespace() || is_end(before) || is_end(after)
        }
        '\u{a0}' => !before.is_whitespace() || !after.is_whitespace(),
        '°' | '§' | '€' | '£' | '№' => {
            before.is_ascii_digit() || after.is_ascii_digit() || is_end(before) || before == 'n'
        }
        _ => false,
    }
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, 'А'..='я' | 'ё' | 'Ё' | 'і' | 'І' | 'ї' | 'Ї' | 'є' | 'Є' | 'ґ' | 'Ґ' | 'ў' | 'Ў')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_distinguished_from_wrongly_decoded_bytes() {
        for (text, plausible) in [
            ("plain", true),
            ("Monsieur le Président, l’Assemblée générale à Genève «\u{a0}salue\u{a0}» l’œuvre", true),
            ("Señor Presidente: ¿qué más? ESPAÑA, n.º 3", true),
            ("Господин Председатель, мы и вы", true),
            ("Monsieur le PrŽsident, lÕAssemblŽe gŽnŽrale ˆ Gen\u{8f}ve", false),
            ("ÅáÔ ëÇÉ", false),
            ("Ãîñïîäèí Ïðåäñåäàòåëü", false),
            ("дЯнЯ", false),
        ] {
            assert_eq!(share(text) > 0.85, plausible, "{text}: {}", share(text));
        }
    }
}
