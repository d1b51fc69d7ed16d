//! Roman numerals.

/// Returns the value of a Roman numeral in capitals from 1 to 89 in its canonical form; `IIX` and `XLX` are not numerals.
pub fn roman(text: &str) -> Option<u32> {
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    const TENS: [&str; 9] = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX"];
    let tens = text.bytes().take_while(|b| matches!(b, b'X' | b'L')).count();
    // The tens are all leading X and L; the I of `IX` belongs to the ones.
    let (tens, ones) = text.split_at_checked(tens)?;
    let tens = TENS.iter().position(|known| *known == tens)?;
    let ones = ONES.iter().position(|known| *known == ones)?;
    (tens + ones > 0).then_some((tens * 10 + ones) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_canonical_numerals_have_a_value() {
        for (text, value) in
            [("I", Some(1)), ("IX", Some(9)), ("XIV", Some(14)), ("LXXIX", Some(79)), ("LXXXIX", Some(89))]
        {
            assert_eq!(roman(text), value, "{text}");
        }
        for text in ["", "IIX", "XLX", "IIII", "XC", "ix", "X1", "Ⅹ"] {
            assert_eq!(roman(text), None, "{text}");
        }
    }
}
