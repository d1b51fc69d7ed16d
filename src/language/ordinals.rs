//! A number -> its ordinal.

/// Returns the ordinal of a number in English digits: `1st`, `22nd`, `113th`.
pub fn english(number: u32) -> String {
    // 11th, 12th and 13th, also as the end of a larger number: 113th.
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    #[test]
    fn ordinals_end_as_they_are_spoken() {
        let all = [1, 2, 3, 4, 11, 12, 13, 21, 22, 81, 101, 111, 113, 123].map(super::english);
        assert_eq!(all.join(" "), "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 81st 101st 111th 113th 123rd");
    }
}
