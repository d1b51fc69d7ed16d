//! Bytes -> text, in whatever encoding they are.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Unreadable;

/// A text and how it was decoded.
pub struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub encoding: &'static str,
    /// Whether the encoding was guessed from the letters.
    pub guessed: bool,
    /// Whether bytes were met that the encoding does not have; they are U+FFFD now.
    pub broken: bool,
}

/// Decodes by byte order mark, as UTF-8, as UTF-16 without a mark, or in the encoding that fits the letters best.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Unreadable> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(decoded(encoding, &bytes[mark..], false));
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return Ok(Decoded { text: Cow::Borrowed(text), encoding: UTF_8.name(), guessed: false, broken: false });
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return Ok(decoded(encoding, bytes, true));
    }
    if bytes.contains(&0) {
        return Err(Unreadable::new("it is no text: it has zero bytes", "hand in the text itself"));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    Ok(decoded(detector.guess(None, Utf8Detection::Deny), bytes, true))
}

fn decoded<'a>(encoding: &'static Encoding, bytes: &'a [u8], guessed: bool) -> Decoded<'a> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: encoding.name(), guessed, broken }
}

/// Bytes looked at for UTF-16 without a mark.
const SAMPLE: usize = 4096;

/// Returns the UTF-16 that has its spaces and line ends, zero byte and all, in one half of the byte pairs.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let (pairs, []) = sample.as_chunks::<2>() else { return None };
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

    #[test]
    fn texts_are_read_in_the_encoding_they_are_in() {
        let russian = "Господин Председатель, позвольте мне поблагодарить вас и всех делегатов за работу.";
        let french = "Monsieur le Président, permettez-moi de vous féliciter de votre élection à la présidence.";
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let be = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
        let marked = [b"\xff\xfe".to_vec(), utf16(russian)].concat();
        for (bytes, text, encoding, guessed) in [
            (russian.as_bytes().to_vec(), russian, "UTF-8", false),
            ([b"\xef\xbb\xbf".to_vec(), french.into()].concat(), french, "UTF-8", false),
            (encoding_rs::WINDOWS_1251.encode(russian).0.into(), russian, "windows-1251", true),
            (encoding_rs::KOI8_R.encode(russian).0.into(), russian, "KOI8-U", true),
            (encoding_rs::WINDOWS_1252.encode(french).0.into(), french, "windows-1252", true),
            (utf16(french), french, "UTF-16LE", true),
            (be(french), french, "UTF-16BE", true),
            (marked, russian, "UTF-16LE", false),
        ] {
            let decoded = decode(&bytes).unwrap();
            assert_eq!((&*decoded.text, decoded.encoding, decoded.guessed), (text, encoding, guessed));
            assert!(!decoded.broken);
        }
    }

    #[test]
    fn zeros_are_no_text() {
        assert!(decode(&[0; 4096]).is_err());
        assert!(decode(b"\x7fELF\0\0\0\x01words").is_err());
    }
}
