//! Bytes -> text, whatever their encoding.

mod cesu;
pub mod mojibake;
mod plausible;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, X_MAC_CYRILLIC,
};

use crate::import::unreadable::Unreadable;
use plausible::share;

/// A text and how it was decoded.
pub struct Decoded<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// Name of the encoding.
    pub encoding: &'static str,
    /// Whether the encoding was guessed from the letters.
    pub guessed: bool,
    /// Where bytes are that the encoding does not have; they became U+FFFD.
    pub broken: Option<Broken>,
}

/// Bytes that are invalid in the text's encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// How many there are.
    pub count: usize,
    /// Line of the first one, from 1.
    pub line: u32,
    /// Its column in characters, from 1.
    pub column: u32,
}

impl Broken {
    /// Returns the position after this much of a text.
    fn at(count: usize, before: &str) -> Broken {
        let line = before.replace("\r\n", "\n").matches(['\n', '\r']).count() as u32 + 1;
        let column = before.rsplit(['\n', '\r']).next().map_or(0, |line| line.chars().count()) as u32 + 1;
        Broken { count, line, column }
    }

    /// Returns the message about it.
    pub fn message(&self, encoding: &str) -> String {
        match self.count {
            1 => format!("a byte here is not {encoding}; it was replaced by U+FFFD"),
            count => format!("a byte here is not {encoding}, nor are {} more; they were replaced by U+FFFD", count - 1),
        }
    }
}

/// Decodes by byte order mark, as UTF-8, as UTF-16 without a mark, or in the encoding that fits the letters best. A few
/// invalid bytes do not change the encoding of the rest.
///
/// # Errors
/// Fails if the bytes are not a text.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Unreadable> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(decoded(encoding, &bytes[mark..], false));
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return Ok(Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), guessed: false, broken: None });
    }
    // From the certain to the guessed: CESU-8 is invalid UTF-8 that would pass for another encoding.
    if let Some(bytes) = cesu::to_utf8(bytes) {
        let decoded = decode(&bytes)?;
        if decoded.encoding == UTF_8.name() {
            let text = Cow::Owned(decoded.text.into_owned());
            return Ok(Decoded { text, encoding: "CESU-8", guessed: false, broken: decoded.broken });
        }
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return Ok(decoded(encoding, bytes, true));
    }
    let zeros = bytes.iter().filter(|byte| **byte == 0).count();
    if zeros > 1 + bytes.len() / FEW_ZEROS {
        return Err(Unreadable::new("it is not a text: it contains zero bytes", "import the text itself"));
    }
    let is_utf8 = std::str::from_utf8(bytes).is_ok() || is_mostly_utf8(bytes);
    let decoded = if is_utf8 { decoded(UTF_8, bytes, false) } else { decoded(guess(bytes), bytes, true) };
    if zeros == 0 {
        return Ok(decoded);
    }
    // No text contains a zero byte.
    let text = decoded.text.replace('\0', "\u{fffd}");
    let first = text.find('\u{fffd}').unwrap_or(0);
    let count = decoded.broken.map_or(0, |broken| broken.count) + zeros;
    Ok(Decoded { broken: Some(Broken::at(count, &text[..first])), text: Cow::Owned(text), ..decoded })
}

/// One zero byte is tolerated in any text, and one more in each this many bytes.
const FEW_ZEROS: usize = 500;

fn decoded<'a>(encoding: &'static Encoding, bytes: &'a [u8], guessed: bool) -> Decoded<'a> {
    let (text, is_broken) = encoding.decode_without_bom_handling(bytes);
    let broken = is_broken.then(|| broken(encoding, bytes, &text));
    Decoded { text, encoding: encoding.name(), guessed, broken }
}

/// Finds the bytes that are invalid in an encoding.
pub fn broken(encoding: &'static Encoding, bytes: &[u8], text: &str) -> Broken {
    let lost = text.matches('\u{fffd}').count();
    let (count, first) = if encoding == UTF_8 {
        // A U+FFFD in the file itself is valid.
        let bad = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
        (bad, bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len()))
    } else {
        (lost, text.find('\u{fffd}').unwrap_or(0))
    };
    Broken::at(count.max(1), text.get(..first).unwrap_or_default())
}

/// Returns whether bytes are UTF-8 apart from a few: no other encoding has valid sequences of several bytes so often by
/// chance.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut letters, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    letters > 0 && letters >= 2 * wrong
}

/// How many bytes are examined to choose between several guesses.
const LOOKED_AT: usize = 1 << 20;
/// The share of plausible letters above which another encoding replaces the guessed one.
const BETTER: f32 = 0.85;

/// Guesses the encoding of a text that is not UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let guessed = detect(&[bytes]);
    let sample = &bytes[..bytes.len().min(LOOKED_AT)];
    if MULTIBYTE.contains(&guessed) && !guessed.decode_without_bom_handling(sample).1 {
        return guessed;
    }
    if let Some(tolerant) = MULTIBYTE.iter().find(|encoding| is_mostly(encoding, sample)) {
        return tolerant;
    }
    let share_of = |encoding: &'static Encoding| share(&encoding.decode_without_bom_handling(sample).0);
    let of_guessed = share_of(guessed);
    // Lower-case letters of the two Cyrillic encodings have the same bytes, so only capitals distinguish them.
    let others = [(MACINTOSH, 0.15), (X_MAC_CYRILLIC, 0.01)];
    let is_better = |other: &(&'static Encoding, f32)| {
        let of_other = share_of(other.0);
        of_other > BETTER && of_other > of_guessed + other.1
    };
    others.into_iter().find(is_better).map_or(guessed, |(other, _)| other)
}

/// Multi-byte encodings, in which a single wrong byte shows.
const MULTIBYTE: &[&Encoding] = &[SHIFT_JIS, GBK, BIG5, EUC_JP, EUC_KR];

fn detect(parts: &[&[u8]]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    for part in parts {
        detector.feed(part, false);
        detector.feed(b"\n", false);
    }
    detector.feed(b"", true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Returns whether bytes are in an encoding apart from a few words: the detector rejects one with a single wrong byte.
fn is_mostly(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    // No letter of these encodings contains a space or a line end.
    let words = bytes.split(|byte| matches!(byte, b'\n' | b'\r' | b' ')).filter(|word| !word.is_ascii());
    let (wrong, right): (Vec<&[u8]>, Vec<&[u8]>) = words.partition(|word| encoding.decode_without_bom_handling(word).1);
    !wrong.is_empty() && wrong.len() * 5 <= right.len() && detect(&right) == encoding
}

/// Returns the encoding of names that are not UTF-8, such as those of files in an archive; `None` if it is code page
/// 437, that of the first PCs, which `encoding_rs` does not have.
pub fn of_names<'a>(names: &[&[u8]], in_437: impl Fn(&[u8]) -> Cow<'a, str>) -> Option<&'static Encoding> {
    let of_437: Vec<Cow<'_, str>> = names.iter().map(|name| in_437(name)).collect();
    if share(&of_437.join("\n")) > BETTER {
        return None;
    }
    let guessed = detect(names);
    if MULTIBYTE.contains(&guessed) {
        return Some(guessed);
    }
    let all = names.join(&b'\n');
    let of_letters = |encoding: &&'static Encoding| {
        let text = encoding.decode_without_bom_handling(&all).0;
        let beyond = text.chars().filter(|c| !c.is_ascii()).count();
        let letters = text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic()).count();
        letters * 5 >= beyond * 4 && share(&text) > BETTER
    };
    let single = [guessed, encoding_rs::IBM866, encoding_rs::WINDOWS_1251, encoding_rs::WINDOWS_1252, MACINTOSH];
    let single = single.into_iter().find(of_letters);
    // A name of a few characters is too short for the detector.
    single.or_else(|| MULTIBYTE.iter().copied().find(|encoding| is_common(encoding, &all))).or(Some(guessed))
}

/// The characters of code page 850 from 128 on, in which Windows in Western Europe writes the names in its archives. The
/// web has no use for it, so `encoding_rs` does not know it.
const PAGE_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// Decodes names in code page 850 if in it all of them look like words of Western Europe.
pub fn in_page_850(names: &[&[u8]]) -> Option<Vec<String>> {
    let decode = |name: &&[u8]| -> String {
        let of = |byte: &u8| match byte.checked_sub(128) {
            Some(at) => PAGE_850.chars().nth(usize::from(at)).unwrap_or('\u{fffd}'),
            None => char::from(*byte),
        };
        name.iter().map(of).collect()
    };
    let decoded: Vec<String> = names.iter().map(decode).collect();
    // Every sign beyond ASCII must be a letter within a word: Chinese names come out as frames and fractions.
    let is_of_words = |name: &String| name.chars().all(|c| c.is_ascii() || c.is_alphabetic());
    (decoded.iter().all(is_of_words) && share(&decoded.join("\n")) > BETTER).then_some(decoded)
}

/// Returns whether all characters of a name are among the common ones of a multi-byte encoding, judged by their first
/// bytes.
fn is_common(encoding: &'static Encoding, name: &[u8]) -> bool {
    // Common are, in Japanese, level 1 of JIS; in Chinese, that of GB 2312 and Big5; in Korean, the syllables of KS X
    // 1001.
    let (first, least) = match encoding {
        _ if encoding == SHIFT_JIS => (0x81..=0x97, 0x40),
        _ if encoding == GBK => (0xb0..=0xd7, 0xa1),
        _ if encoding == BIG5 => (0xa4..=0xc6, 0x40),
        _ if encoding == EUC_KR => (0xb0..=0xc8, 0xa1),
        _ => return false,
    };
    let mut bytes = name.iter();
    while let Some(byte) = bytes.next() {
        let is_pair = || first.contains(byte) && bytes.clone().next().is_some_and(|second| *second >= least);
        if byte.is_ascii() {
            continue;
        }
        if !is_pair() {
            return false;
        }
        bytes.next();
    }
    !encoding.decode_without_bom_handling(name).1
}

/// How many bytes are examined for UTF-16 without a mark.
const SAMPLE: usize = 4096;

/// Returns the byte order of UTF-16 without a mark, recognised by its spaces and line ends: a zero byte in the same
/// half of each pair.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    // The last byte may be missing.
    let (pairs, _) = sample.as_chunks::<2>();
    let count = |wanted: fn(&[u8; 2]) -> bool| pairs.iter().filter(|pair| wanted(pair)).count();
    let little = count(|pair| matches!(pair, [b' ' | b'\n', 0]));
    let big = count(|pair| matches!(pair, [0, b' ' | b'\n']));
    if count(|pair| *pair == [0, 0]) > 0 || little.max(big) * 50 < pairs.len() {
        return None;
    }
    Some(if little > big { UTF_16LE } else { UTF_16BE })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str = "Monsieur le Président, permettez-moi de vous féliciter de votre élection à la présidence.";

    #[test]
    fn texts_are_decoded_in_their_own_encoding() {
        let russian = "Господин Председатель, позвольте мне поблагодарить вас и всех делегатов за работу.";
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let be = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        let marked = [b"\xff\xfe".to_vec(), utf16(russian)].concat();
        for (bytes, text, encoding, guessed) in [
            (russian.as_bytes().to_vec(), russian, "UTF-8", false),
            ([b"\xef\xbb\xbf".to_vec(), FRENCH.into()].concat(), FRENCH, "UTF-8", false),
            (encoding_rs::WINDOWS_1251.encode(russian).0.into(), russian, "windows-1251", true),
            (encoding_rs::KOI8_R.encode(russian).0.into(), russian, "KOI8-U", true),
            (encoding_rs::WINDOWS_1252.encode(FRENCH).0.into(), FRENCH, "windows-1252", true),
            (MACINTOSH.encode(FRENCH).0.into(), FRENCH, "macintosh", true),
            (X_MAC_CYRILLIC.encode(russian).0.into(), russian, "x-mac-cyrillic", true),
            (utf16(FRENCH), FRENCH, "UTF-16LE", true),
            (be(FRENCH), FRENCH, "UTF-16BE", true),
            (marked, russian, "UTF-16LE", false),
            (
                b"We came here \xed\xa0\xbd\xed\xb8\x80 today.".to_vec(),
                "We came here \u{1f600} today.",
                "CESU-8",
                false,
            ),
        ] {
            let decoded = decode(&bytes).unwrap();
            assert_eq!((&*decoded.text, decoded.encoding, decoded.guessed), (text, encoding, guessed));
            assert!(decoded.broken.is_none());
        }
    }

    #[test]
    fn an_invalid_byte_is_reported_with_its_place_and_changes_nothing_else() {
        let japanese =
            "議長、私は日本代表団を代表して発言します。\n軍縮は全ての国の責任です。\n核兵器のない世界を目指します。\n";
        let japanese = format!("{}ありがとう ございました。 以上です。\n", japanese.repeat(4));
        let chinese =
            "主席先生， 我代表中国代表团发言。\n裁军是所有国家的责任。\n我们的目标是无核武器世界。\n".repeat(5);
        let put = |bytes: &[u8], at: usize, byte: u8| [&bytes[..at], &[byte], &bytes[at..]].concat();
        let two_lines = format!("{FRENCH}\n{FRENCH}");
        for (bytes, encoding, text, line, column) in [
            (put(two_lines.as_bytes(), FRENCH.len() + 4, 0xe9), "UTF-8", two_lines.as_str(), 2, 4),
            (put(two_lines.as_bytes(), 3, 0), "UTF-8", &two_lines, 1, 4),
            (put(&SHIFT_JIS.encode(&japanese).0, 0, 0xff), "Shift_JIS", &japanese, 1, 1),
            (put(&GBK.encode(&chinese).0, 0, 0xff), "GBK", &chinese, 1, 1),
        ] {
            let decoded = decode(&bytes).unwrap();
            assert_eq!(decoded.encoding, encoding);
            assert_eq!(decoded.broken, Some(Broken { count: 1, line, column }), "{encoding}");
            assert_eq!(decoded.text.replace('\u{fffd}', ""), *text);
        }
    }

    #[test]
    fn file_names_are_decoded_in_their_own_encoding() {
        let in_437 = |_: &[u8]| Cow::Borrowed("Ƀɸ ¥¥");
        for (encoding, names) in [
            (SHIFT_JIS, &["日本代表.txt", "ソ連.txt"][..]),
            (SHIFT_JIS, &["日本代表.txt"]),
            (SHIFT_JIS, &["演説/表明.txt"]),
            (GBK, &["发言稿.txt"]),
            (encoding_rs::IBM866, &["Заявление.txt"]),
            (encoding_rs::WINDOWS_1251, &["Выступление России.doc", "Речь.txt"]),
        ] {
            let bytes: Vec<Vec<u8>> = names.iter().map(|name| encoding.encode(name).0.into_owned()).collect();
            let bytes: Vec<&[u8]> = bytes.iter().map(Vec::as_slice).collect();
            assert_eq!(of_names(&bytes, in_437), Some(encoding), "{names:?}");
        }
        for name in ["Declaração.txt", "Intervención de Perú.docx", "Erklärung Österreich.txt", "Élan.txt"] {
            let bytes: Vec<u8> = name
                .chars()
                .map(|c| PAGE_850.chars().position(|of| of == c).map_or(c as u8, |at| 128 + at as u8))
                .collect();
            assert_eq!(in_page_850(&[&bytes]), Some(vec![name.to_owned()]));
        }
        for (encoding, name) in
            [(GBK, "发言稿.txt"), (SHIFT_JIS, "日本代表.txt"), (encoding_rs::IBM866, "Заявление.txt")]
        {
            assert_eq!(in_page_850(&[&encoding.encode(name).0]), None, "{name}");
        }
        assert_eq!(PAGE_850.chars().count(), 128);
        // `é` in code page 437.
        assert_eq!(of_names(&[b"D\x82claration.txt"], |_| Cow::Borrowed("Déclaration.txt")), None);
    }

    #[test]
    fn zero_bytes_are_not_text() {
        assert!(decode(&[0; 4096]).is_err());
        assert!(decode(b"\x7fELF\0\0\0\x01words").is_err());
    }
}
