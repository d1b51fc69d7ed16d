//! A number and its format -> digits, letters or characters, in many scripts.

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A bullet, without a number.
    Bullet,
    /// No number; the level may still have words.
    None,
    /// `1`.
    Decimal,
    /// `01`.
    Padded,
    /// In digits of a script, given by its zero.
    Digits(char),
    /// `a`, or `A`.
    Letter { upper: bool },
    /// `i`, or `I`.
    Roman { upper: bool },
    /// Cyrillic letters: `а`, or `А`.
    Russian { upper: bool },
    /// Arabic letters in alphabetical order.
    Arabic,
    /// Arabic letters in the order of their numerical values.
    Abjad,
    /// Hebrew letters in alphabetical order.
    Hebrew,
    /// Hebrew letters by their numerical values.
    Gematria,
    /// Korean syllables.
    Ganada,
    /// Japanese syllables.
    Kana,
    /// The heavenly stems: 甲, 乙.
    Stems,
    /// The earthly branches: 子, 丑.
    Branches,
    /// `①`.
    Circled,
    /// `⑴`.
    Bracketed,
    /// `⒈`.
    Stopped,
    /// `㊀`.
    CircledIdeograph,
    /// `- 1 -`.
    Dashed,
    /// In Chinese characters, or those derived from them.
    Ideographs(Ideographs),
    /// In an unsupported format, so in digits.
    Other,
}

const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщыэюя";
const ARABIC: &str = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي";
const ABJAD: &str = "أبجدهوزحطيكلمنسعفصقرشتثخذضغظ";
const HEBREW: &str = "אבגדהוזחטיכלמנסעפצקרשת";
const GANADA: &str = "가나다라마바사아자차카타파하";
const KANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// Returns a number as it is written.
pub(super) fn written(number: u32, format: Format) -> String {
    match format {
        Format::Bullet | Format::None => String::new(),
        Format::Decimal | Format::Other => number.to_string(),
        Format::Padded => format!("{number:02}"),
        Format::Digits(zero) => digits(number, zero),
        Format::Letter { upper } => cased(letters(number), upper),
        Format::Roman { upper } => cased(roman(number), upper),
        Format::Russian { upper } => cased(repeated(number, RUSSIAN), upper),
        Format::Arabic => repeated(number, ARABIC),
        Format::Abjad => repeated(number, ABJAD),
        Format::Hebrew => repeated(number, HEBREW),
        Format::Gematria => gematria(number),
        Format::Ganada => from_the_start(number, GANADA),
        Format::Kana => from_the_start(number, KANA),
        Format::Stems => from_the_start(number, STEMS),
        Format::Branches => from_the_start(number, BRANCHES),
        Format::Circled => enclosed(number, &[(1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32b1)]),
        Format::Bracketed => enclosed(number, &[(1, 20, 0x2474)]),
        Format::Stopped => enclosed(number, &[(1, 20, 0x2488)]),
        Format::CircledIdeograph => enclosed(number, &[(1, 10, 0x3280)]),
        Format::Dashed => format!("- {number} -"),
        Format::Ideographs(of) => of.written(number),
    }
}

fn cased(text: String, upper: bool) -> String {
    if upper { text.to_uppercase() } else { text }
}

/// Returns a number in the digits of a script, which follow its zero.
fn digits(number: u32, zero: char) -> String {
    let digit = |c: char| char::from_u32(zero as u32 + c.to_digit(10).unwrap_or(0)).unwrap_or(c);
    number.to_string().chars().map(digit).collect()
}

/// The maximum number of letters for one number.
const MOST: usize = 30;

/// Returns a, b … z, aa, bb … zz, aaa, as office programs count.
fn letters(number: u32) -> String {
    repeated(number, "abcdefghijklmnopqrstuvwxyz")
}

fn repeated(number: u32, alphabet: &str) -> String {
    let count = alphabet.chars().count();
    let Some(at) = (number as usize).checked_sub(1).filter(|at| *at < MOST * count) else { return number.to_string() };
    let letter = alphabet.chars().nth(at % count).unwrap_or_default();
    std::iter::repeat_n(letter, at / count + 1).collect()
}

/// Returns the letter of a number; after the last one, the first follows.
fn from_the_start(number: u32, alphabet: &str) -> String {
    let count = alphabet.chars().count();
    let letter = (number as usize).checked_sub(1).and_then(|at| alphabet.chars().nth(at % count));
    letter.map_or_else(|| number.to_string(), String::from)
}

/// Returns a number as a single character. `ranges` are ranges of numbers, each with the character of its first one.
fn enclosed(number: u32, ranges: &[(u32, u32, u32)]) -> String {
    let range = ranges.iter().find(|(first, last, _)| (*first..=*last).contains(&number));
    let character = range.and_then(|(first, _, character)| char::from_u32(character + number - first));
    character.map_or_else(|| number.to_string(), String::from)
}

/// Returns a number in Hebrew letters; 15 and 16 are written so as to avoid parts of the divine name.
fn gematria(number: u32) -> String {
    if !(1..500).contains(&number) {
        return number.to_string();
    }
    let letter = |at: u32| HEBREW.chars().nth(at as usize).unwrap_or_default();
    let mut out = String::new();
    if number >= 100 {
        out.push(letter(17 + number / 100));
    }
    match number % 100 {
        15 => out.push_str("טו"),
        16 => out.push_str("טז"),
        rest => {
            if rest >= 10 {
                out.push(letter(8 + rest / 10));
            }
            if rest % 10 > 0 {
                out.push(letter(rest % 10 - 1));
            }
        }
    }
    out
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

/// How numbers are written in Chinese characters, or those derived from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ideographs {
    /// The digits zero to nine.
    digits: &'static str,
    /// The characters for ten, a hundred, a thousand; empty if digits simply follow each other.
    units: &'static str,
    /// Whether a zero marks an omitted unit.
    zero: bool,
    /// Whether a one is written before a leading ten, and before other units.
    one: (bool, bool),
    /// From this number on, digits simply follow each other.
    bare_from: u32,
}

const NUMERALS: &str = "〇一二三四五六七八九";

impl Ideographs {
    /// Digits only.
    pub(crate) const DIGITS: Ideographs =
        Ideographs { digits: NUMERALS, units: "", zero: true, one: (true, true), bare_from: 0 };
    /// Chinese numerals.
    pub(crate) const CHINESE: Ideographs = Ideographs {
        digits: "零一二三四五六七八九",
        units: "十百千",
        zero: true,
        one: (false, true),
        bare_from: 10_000,
    };
    /// Chinese numerals up to 99, digits only from there on.
    pub(crate) const CHINESE_SHORT: Ideographs =
        Ideographs { digits: NUMERALS, units: "十百千", zero: true, one: (false, true), bare_from: 100 };
    /// Japanese numerals.
    pub(crate) const JAPANESE: Ideographs =
        Ideographs { digits: NUMERALS, units: "十百千", zero: false, one: (false, false), bare_from: 10_000 };
    /// Chinese numerals for contracts, in simplified characters.
    pub(crate) const SIMPLIFIED_LEGAL: Ideographs = Ideographs {
        digits: "零壹贰叁肆伍陆柒捌玖",
        units: "拾佰仟",
        zero: true,
        one: (true, true),
        bare_from: 10_000,
    };
    /// Chinese numerals for contracts, in traditional characters.
    pub(crate) const TRADITIONAL_LEGAL: Ideographs = Ideographs {
        digits: "零壹貳參肆伍陸柒捌玖",
        units: "拾佰仟",
        zero: true,
        one: (true, true),
        bare_from: 10_000,
    };
    /// Japanese numerals for contracts.
    pub(crate) const JAPANESE_LEGAL: Ideographs = Ideographs {
        digits: "〇壱弐参四伍六七八九",
        units: "拾百阡",
        zero: false,
        one: (true, true),
        bare_from: 10_000,
    };
    /// Korean numerals.
    pub(crate) const KOREAN: Ideographs = Ideographs {
        digits: "영일이삼사오육칠팔구",
        units: "십백천",
        zero: false,
        one: (false, false),
        bare_from: 10_000,
    };
    /// Korean digits only.
    pub(crate) const KOREAN_DIGITS: Ideographs =
        Ideographs { digits: "영일이삼사오육칠팔구", units: "", zero: true, one: (true, true), bare_from: 0 };

    fn written(self, number: u32) -> String {
        let digit = |value: u32| self.digits.chars().nth(value as usize).unwrap_or_default();
        if number >= self.bare_from || number == 0 {
            return number.to_string().chars().map(|c| digit(c.to_digit(10).unwrap_or(0))).collect();
        }
        let mut out = String::new();
        let mut is_gap = false;
        for place in (0..4_u32).rev() {
            let value = number / 10_u32.pow(place) % 10;
            if value == 0 {
                is_gap = !out.is_empty();
                continue;
            }
            if std::mem::take(&mut is_gap) && self.zero {
                out.push(digit(0));
            }
            let is_first_ten = place == 1 && out.is_empty();
            if value > 1 || place == 0 || if is_first_ten { self.one.0 } else { self.one.1 } {
                out.push(digit(value));
            }
            out.extend(place.checked_sub(1).and_then(|at| self.units.chars().nth(at as usize)));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_office_programs_print_them() {
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
            (10, Format::Russian { upper: true }, "К"),
            (31, Format::Russian { upper: false }, "бб"),
            (3, Format::Arabic, "ت"),
            (3, Format::Abjad, "ج"),
            (12, Format::Digits('٠'), "١٢"),
            (115, Format::Gematria, "קטו"),
            (12, Format::Circled, "⑫"),
            (51, Format::Circled, "51"),
            (2, Format::Bracketed, "⑵"),
            (3, Format::Dashed, "- 3 -"),
            (13, Format::Branches, "子"),
            (10, Format::Ideographs(Ideographs::CHINESE), "十"),
            (21, Format::Ideographs(Ideographs::CHINESE), "二十一"),
            (101, Format::Ideographs(Ideographs::CHINESE), "一百零一"),
            (110, Format::Ideographs(Ideographs::CHINESE), "一百一十"),
            (1001, Format::Ideographs(Ideographs::CHINESE), "一千零一"),
            (101, Format::Ideographs(Ideographs::CHINESE_SHORT), "一〇一"),
            (110, Format::Ideographs(Ideographs::JAPANESE), "百十"),
            (12, Format::Ideographs(Ideographs::SIMPLIFIED_LEGAL), "壹拾贰"),
            (20, Format::Ideographs(Ideographs::DIGITS), "二〇"),
            (11, Format::Ideographs(Ideographs::KOREAN), "십일"),
        ] {
            assert_eq!(written(number, format), text);
        }
    }
}
