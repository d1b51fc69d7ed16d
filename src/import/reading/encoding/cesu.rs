//! CESU-8, which some databases and Java programs write -> UTF-8.
//!
//! It encodes each character above U+FFFF as two surrogates of three bytes each (Unicode Technical Report 26), which
//! UTF-8 does not allow, so a single one makes a text look like another encoding.

/// Returns the bytes with all surrogate pairs as proper UTF-8, and a lone surrogate as U+FFFD; `None` if there is no
/// pair.
pub(super) fn to_utf8(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut from, mut found) = (0, false);
    for at in memchr::memchr_iter(0xed, bytes) {
        let Some(high) = (at >= from).then(|| surrogate(&bytes[at..])).flatten() else { continue };
        let low = surrogate(&bytes[at + 3..]);
        out.extend_from_slice(&bytes[from..at]);
        let pair = low.and_then(|low| char::decode_utf16([high, low]).next()?.ok());
        found |= pair.is_some();
        let character = pair.unwrap_or(char::REPLACEMENT_CHARACTER);
        out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        from = at + if pair.is_some() { 6 } else { 3 };
    }
    out.extend_from_slice(&bytes[from..]);
    found.then_some(out)
}

/// Returns the surrogate that some bytes begin with.
fn surrogate(bytes: &[u8]) -> Option<u16> {
    match *bytes {
        [0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf, ..] => {
            Some(0xd000 | (u16::from(second & 0x3f) << 6) | u16::from(third & 0x3f))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_surrogates_are_one_character() {
        for (bytes, expect) in [
            (&b"a\xed\xa0\xb5\xed\xb0\x80b"[..], Some("a\u{1d400}b")),
            (b"\xed\xa0\xb5\xed\xb0\x80\xed\xa0\xb5", Some("\u{1d400}\u{fffd}")),
            (b"\xed\xa0\xb5 \xed\xb0\x80", None),
            ("\u{d55c}\u{ad6d}".as_bytes(), None),
            (b"\xed", None),
        ] {
            assert_eq!(to_utf8(bytes).as_deref(), expect.map(str::as_bytes), "{bytes:?}");
        }
    }
}
