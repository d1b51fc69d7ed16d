//! A text -> words in it that are UTF-8 decoded in another encoding: `prÃ©sident`, `РџСЂРµР·РёРґРµРЅС‚`.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1251, WINDOWS_1252};

/// Words that were decoded in the wrong encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mojibake {
    /// How many there are.
    pub count: usize,
    /// The first of them, and what it should be.
    pub example: (String, String),
    /// The encoding that was used.
    pub encoding: &'static str,
}

/// Finds out whether most words with letters beyond ASCII are UTF-8 decoded in another encoding.
pub fn find(text: &str) -> Option<Mojibake> {
    /// A single word can look so by chance.
    const FEWEST: usize = 2;
    let words = text.split_whitespace().filter(|word| !word.is_ascii());
    let (mut beyond, mut found) = (0, None::<Mojibake>);
    for word in words {
        beyond += 1;
        let Some((meant, encoding)) = meant(word) else { continue };
        match &mut found {
            Some(found) => found.count += 1,
            None => found = Some(Mojibake { count: 1, example: (word.to_owned(), meant), encoding: encoding.name() }),
        }
    }
    found.filter(|found| found.count >= FEWEST && found.count * 2 > beyond)
}

/// Returns what a word should be, if its bytes in some encoding are valid UTF-8.
fn meant(word: &str) -> Option<(String, &'static Encoding)> {
    let first = word.chars().find(|c| !c.is_ascii())?;
    // What the first byte of a multi-byte UTF-8 letter becomes shows which encoding was used.
    let encoding = match first {
        '\u{c2}'..='\u{f4}' => WINDOWS_1252,
        'В'..='ф' => WINDOWS_1251,
        '√' | '¬' | '‚' | 'ƒ' | '≈' | '∆' | '–' | '—' => MACINTOSH,
        _ => return None,
    };
    let mut bytes = Vec::with_capacity(word.len());
    for c in word.chars() {
        let mut letter = [0; 4];
        let letter = &*c.encode_utf8(&mut letter);
        let (encoded, _, is_unknown) = encoding.encode(letter);
        match u32::from(c) {
            // Bytes without a letter in an encoding become control characters.
            code @ 0x80..=0x9f => bytes.push(code as u8),
            _ if is_unknown => return None,
            _ => bytes.extend_from_slice(&encoded),
        }
    }
    let meant = String::from_utf8(bytes).ok()?;
    (!meant.is_ascii()).then_some((meant, encoding))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_decoded_in_another_encoding_is_recognised_and_other_words_are_not() {
        let french = "Monsieur le Président, l’Assemblée générale s’est réunie à Genève";
        let russian = "Господин Председатель, мы собрались здесь";
        let read_as = |text: &str, encoding: &'static Encoding| {
            encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
        };
        for (text, encoding) in [
            (read_as(french, WINDOWS_1252), Some("windows-1252")),
            (french.bytes().map(char::from).collect(), Some("windows-1252")),
            (read_as(russian, WINDOWS_1251), Some("windows-1251")),
            (read_as(russian, WINDOWS_1252), Some("windows-1252")),
            (read_as(french, MACINTOSH), Some("macintosh")),
            (french.to_owned(), None),
            (russian.to_owned(), None),
            ("Ça va, Señor Núñez – “SÃO TOMÉ” — ÂNGELA ÀÉ ÇÃO".to_owned(), None),
            ("В начале – Советский Союз".to_owned(), None),
            ("主席先生 我们".to_owned(), None),
            (format!("{french} Ã©t"), None),
        ] {
            assert_eq!(find(&text).map(|found| found.encoding), encoding, "{text}");
        }
        let found = find("Le prÃ©sident a dÃ©clarÃ©").unwrap();
        assert_eq!(found.example, ("prÃ©sident".to_owned(), "président".to_owned()));
    }
}
