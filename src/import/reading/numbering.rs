//! Levels of a list, and how far each was counted -> the numbers that an office program prints before its paragraphs.

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Bullet,
    /// No number; the level may still have words.
    None,
    Decimal,
    /// `01`.
    Padded,
    Letter {
        upper: bool,
    },
    Roman {
        upper: bool,
    },
}

/// A level of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    pub format: Format,
    pub start: u32,
    /// What is printed, with `%1` for the number of the first level: `%1.%2)`.
    pub template: String,
}

/// What is printed before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    Bullet,
    /// A number with all around it; it may be empty.
    Words(String),
}

/// How far each level of a list was counted.
#[derive(Clone, Debug, Default)]
pub struct Counters(Vec<Option<u32>>);

impl Counters {
    /// Lets the next paragraph of a level have this number.
    pub fn restart(&mut self, level: usize, at: u32) {
        self.0.resize(self.0.len().max(level + 1), None);
        self.0[level] = at.checked_sub(1);
        self.0.truncate(level + 1);
    }

    /// Counts a paragraph, and returns its label; nothing if the list has no such level.
    pub fn next(&mut self, levels: &[Level], level: usize) -> Option<Label> {
        let own = levels.get(level)?;
        self.0.resize(self.0.len().max(level + 1), None);
        self.0.truncate(level + 1);
        self.0[level] = Some(self.0[level].map_or(own.start, |number| number.saturating_add(1)));
        if own.format == Format::Bullet {
            return Some(Label::Bullet);
        }
        let mut label = String::new();
        let mut template = own.template.chars().peekable();
        while let Some(c) = template.next() {
            match template.peek().and_then(|digit| digit.to_digit(10)) {
                Some(digit) if c == '%' && digit > 0 => {
                    template.next();
                    let at = digit as usize - 1;
                    if let Some(level) = levels.get(at) {
                        let number = self.0.get(at).copied().flatten().unwrap_or(level.start);
                        label.push_str(&written(number, level.format));
                    }
                }
                _ => label.push(c),
            }
        }
        Some(Label::Words(label.trim().to_owned()))
    }
}

fn written(number: u32, format: Format) -> String {
    match format {
        Format::Bullet | Format::None => String::new(),
        Format::Decimal => number.to_string(),
        Format::Padded => format!("{number:02}"),
        Format::Letter { upper } => cased(letters(number), upper),
        Format::Roman { upper } => cased(roman(number), upper),
    }
}

fn cased(text: String, upper: bool) -> String {
    if upper { text.to_uppercase() } else { text }
}

/// Returns a, b … z, aa, bb … zz, aaa, as office programs count.
fn letters(number: u32) -> String {
    let Some(at) = number.checked_sub(1).filter(|at| *at < 780) else { return number.to_string() };
    let letter = char::from(b'a' + (at % 26) as u8);
    std::iter::repeat_n(letter, at as usize / 26 + 1).collect()
}

fn roman(number: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let (mut rest, mut out) = (number, String::new());
    for (value, digits) in DIGITS {
        while rest >= value {
            out.push_str(digits);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are_printed() {
        let (letter, roman) = (Format::Letter { upper: false }, Format::Roman { upper: true });
        for (number, format, text) in [
            (7, Format::Decimal, "7"),
            (7, Format::Padded, "07"),
            (1, letter, "a"),
            (28, letter, "bb"),
            (0, letter, "0"),
            (u32::MAX, letter, "4294967295"),
            (1994, roman, "MCMXCIV"),
            (4000, roman, "4000"),
        ] {
            assert_eq!(written(number, format), text);
        }
    }

    #[test]
    fn levels_are_counted_each_within_the_one_above() {
        let level = |format, template: &str| Level { format, start: 1, template: template.into() };
        let levels = [
            level(Format::Decimal, "%1."),
            level(Format::Letter { upper: false }, "%1.(%2)"),
            level(Format::Bullet, ""),
        ];
        let mut counters = Counters::default();
        let mut labels = Vec::new();
        for at in [0, 0, 1, 1, 2, 0, 1] {
            labels.push(counters.next(&levels, at).unwrap());
        }
        let words = |text: &str| Label::Words(text.into());
        let expect =
            [words("1."), words("2."), words("2.(a)"), words("2.(b)"), Label::Bullet, words("3."), words("3.(a)")];
        assert_eq!(labels, expect);
        counters.restart(0, 9);
        assert_eq!(counters.next(&levels, 0), Some(words("9.")));
        assert_eq!(counters.next(&levels, 3), None);
        assert_eq!(Counters::default().next(&levels, 1), Some(words("1.(a)")));
    }
}
