//! Words and digits -> the ordinal numbers they express: `79th`, `seventy-ninth`, `التاسعة والسبعين`.

use crate::language::ordinals::{is_ending, is_torn_ending};

/// A number, and how many words it takes.
pub(super) type Counted = (u32, usize);

/// Parses the ordinal that some folded words begin with.
pub(super) fn ordinal(words: &[&str]) -> Option<Counted> {
    digits(words).or_else(|| tens_and_units(words)).or_else(|| arabic(words))
}

/// Parses `79`, `79th`, `79-й`. The year 2024 is not an ordinal.
fn digits(words: &[&str]) -> Option<Counted> {
    let word = words.first()?;
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let number: u32 = word[..end].parse().ok().filter(|number| (1..200).contains(number))?;
    if end < word.len() && !is_ending(&word[end..]) {
        return None;
    }
    let apart = end == word.len() && words.get(1).is_some_and(|next| is_torn_ending(next));
    let russian = end == word.len() && words.get(1) == Some(&"и");
    Some((number, 1 + usize::from(apart || russian)))
}

const TENS: &[(&str, u32)] = &[
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("twentieth", 20),
    ("thirtieth", 30),
    ("fortieth", 40),
    ("fiftieth", 50),
    ("sixtieth", 60),
    ("seventieth", 70),
    ("eightieth", 80),
    ("ninetieth", 90),
    ("quarante", 40),
    ("cinquante", 50),
    ("soixante", 60),
    ("quarantieme", 40),
    ("cinquantieme", 50),
    ("soixantieme", 60),
    ("vigesimo", 20),
    ("trigesimo", 30),
    ("cuadragesimo", 40),
    ("quincuagesimo", 50),
    ("sexagesimo", 60),
    ("septuagesimo", 70),
    ("octogesimo", 80),
    ("septuagesima", 70),
    ("octogesima", 80),
    ("sexagesima", 60),
    ("пятьдесят", 50),
    ("шестьдесят", 60),
    ("семьдесят", 70),
    ("восемьдесят", 80),
    ("семидесятои", 70),
    ("восьмидесятои", 80),
    ("шестидесятои", 60),
];

const UNITS: &[(&str, u32)] = &[
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
    ("thirteenth", 13),
    ("fourteenth", 14),
    ("fifteenth", 15),
    ("sixteenth", 16),
    ("seventeenth", 17),
    ("eighteenth", 18),
    ("nineteenth", 19),
    ("premiere", 1),
    ("unieme", 1),
    ("deuxieme", 2),
    ("troisieme", 3),
    ("quatrieme", 4),
    ("cinquieme", 5),
    ("sixieme", 6),
    ("septieme", 7),
    ("huitieme", 8),
    ("neuvieme", 9),
    ("dixieme", 10),
    ("onzieme", 11),
    ("douzieme", 12),
    ("treizieme", 13),
    ("quatorzieme", 14),
    ("quinzieme", 15),
    ("seizieme", 16),
    ("primer", 1),
    ("primera", 1),
    ("primero", 1),
    ("segundo", 2),
    ("segunda", 2),
    ("tercer", 3),
    ("tercero", 3),
    ("tercera", 3),
    ("cuarto", 4),
    ("cuarta", 4),
    ("quinto", 5),
    ("quinta", 5),
    ("sexto", 6),
    ("sexta", 6),
    ("septimo", 7),
    ("septima", 7),
    ("octavo", 8),
    ("octava", 8),
    ("noveno", 9),
    ("novena", 9),
    ("первои", 1),
    ("второи", 2),
    ("третьеи", 3),
    ("четвертои", 4),
    ("пятои", 5),
    ("шестои", 6),
    ("седьмои", 7),
    ("восьмои", 8),
    ("девятои", 9),
    ("первая", 1),
    ("вторая", 2),
    ("третья", 3),
    ("четвертая", 4),
    ("пятая", 5),
    ("шестая", 6),
    ("седьмая", 7),
    ("восьмая", 8),
    ("девятая", 9),
];

fn tens_and_units(words: &[&str]) -> Option<Counted> {
    let find = |list: &[(&str, u32)], at: usize| {
        let word = words.get(at)?;
        list.iter().find(|(name, _)| name == word).map(|(_, number)| *number)
    };
    // French continues counting after sixty, and after four times twenty.
    let (tens, length) = match words {
        ["quatre", "vingt" | "vingts", ..] => (80, 2),
        ["quatre", "vingtieme", ..] => return Some((80, 2)),
        ["soixante", "dixieme", ..] => return Some((70, 2)),
        ["soixante", "dix", ..] => (70, 2),
        _ => match find(TENS, 0) {
            Some(tens) => (tens, 1),
            None => return find(UNITS, 0).map(|unit| (unit, 1)),
        },
    };
    let and = usize::from(words.get(length) == Some(&"et"));
    match find(UNITS, length + and) {
        Some(unit) => Some((tens + unit, length + and + 1)),
        None => Some((tens, length)),
    }
}

const ARABIC_UNITS: &[(&str, u32)] = &[
    ("الاولي", 1),
    ("الاولى", 1),
    ("الحادية", 1),
    ("الثانية", 2),
    ("الثالثة", 3),
    ("الرابعة", 4),
    ("الخامسة", 5),
    ("السادسة", 6),
    ("السابعة", 7),
    ("الثامنة", 8),
    ("التاسعة", 9),
];
const ARABIC_TENS: &[(&str, u32)] = &[
    ("الخمسين", 50),
    ("الخمسون", 50),
    ("الستين", 60),
    ("الستون", 60),
    ("السبعين", 70),
    ("السبعون", 70),
    ("الثمانين", 80),
    ("الثمانون", 80),
];

/// Parses `التاسعة والسبعين`: the unit, and the ten after an *and* that is written together with it.
fn arabic(words: &[&str]) -> Option<Counted> {
    let find =
        |list: &[(&str, u32)], word: &str| list.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
    let first = words.first()?;
    if let Some(tens) = find(ARABIC_TENS, first) {
        return Some((tens, 1));
    }
    let unit = find(ARABIC_UNITS, first)?;
    let tens = words.get(1).and_then(|word| find(ARABIC_TENS, word.strip_prefix('و')?));
    Some(tens.map_or((unit, 1), |tens| (tens + unit, 2)))
}

/// Parses a Chinese number below a hundred: `七十九`, `79`.
pub(super) fn chinese(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|at| at as u32 + 1);
    let mut chars: Vec<char> = text.chars().collect();
    let unit = match chars.last()? {
        '十' => 0,
        last => {
            let unit = digit(*last)?;
            chars.pop();
            unit
        }
    };
    match chars[..] {
        [] => Some(unit),
        ['十'] => Some(10 + unit),
        [tens, '十'] => Some(digit(tens)? * 10 + unit),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::knowing::head::fold;

    #[test]
    fn ordinals_are_read_in_words_and_digits() {
        for (text, expect) in [
            ("79th session", Some((79, 1))),
            ("79 session", Some((79, 1))),
            ("79ème session", Some((79, 1))),
            ("79ª Assembleia", Some((79, 1))),
            ("79 th session", Some((79, 2))),
            ("79 й сессии", Some((79, 2))),
            ("seventy ninth session", Some((79, 2))),
            ("eightieth session", Some((80, 1))),
            ("soixante dix neuvième session", Some((79, 3))),
            ("quatre vingtième session", Some((80, 2))),
            ("soixante et onzième", Some((71, 3))),
            ("septuagésimo noveno período", Some((79, 2))),
            ("семьдесят девятой сессии", Some((79, 2))),
            ("التاسعة والسبعين", Some((79, 2))),
            ("2024 session", None),
            ("regular session", None),
        ] {
            let folded = fold(text);
            let words: Vec<&str> = folded.split(' ').collect();
            assert_eq!(ordinal(&words), expect, "{text}");
        }
        for (text, expect) in [
            ("七十九", Some(79)),
            ("十", Some(10)),
            ("二十", Some(20)),
            ("五", Some(5)),
            ("79", Some(79)),
            ("大", None),
        ] {
            assert_eq!(chinese(text), expect, "{text}");
        }
    }
}
