//! Small numbers -> few bytes: unsigned LEB128.

/// Appends a number, seven bits to a byte, least significant first.
pub fn push(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Appends a signed number such that those close to zero are short (zigzag).
pub fn push_signed(out: &mut Vec<u8>, number: i32) {
    push(out, ((number << 1) ^ (number >> 31)) as u32);
}

/// Takes a number from the front of `bytes`; `None` where they end before it does.
pub fn take(bytes: &mut &[u8]) -> Option<u32> {
    let (mut number, mut shift) = (0_u32, 0);
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if *byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

/// Takes a signed number.
pub fn take_signed(bytes: &mut &[u8]) -> Option<i32> {
    let number = take(bytes)?;
    Some((number >> 1) as i32 ^ -((number & 1) as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        for number in [0, 1, 127, 128, 300, 0x7fff_ffff, u32::MAX] {
            let mut bytes = Vec::new();
            push(&mut bytes, number);
            push_signed(&mut bytes, number as i32);
            let mut rest = &*bytes;
            assert_eq!((take(&mut rest), take_signed(&mut rest)), (Some(number), Some(number as i32)));
            assert_eq!(take(&mut rest), None);
        }
        assert_eq!(take(&mut &[0x80_u8][..]), None);
        assert_eq!(take(&mut &[0xff_u8; 9][..]), None);
    }
}
