//! A Russian name -> its forms in the other cases.
//!
//! Names of states and bodies decline by their endings, with few exceptions. In a name of several words all decline
//! (*Саудовской Аравии*), or only the first (*Республики Корея*), or the first two. A wrong form does no harm, because
//! no text contains it.

/// Genitive, dative, accusative, instrumental, prepositional.
type Cases = [String; 5];

/// Returns the forms of a name in the other cases, sorted and without duplicates.
pub(super) fn forms(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let mut forms: Vec<String> = Vec::new();
    // All combinations: which of the words decline cannot be told from the name.
    for count in [1, 2, words.len()] {
        let (first, rest) = words.split_at(count.min(words.len()));
        let mut made: Vec<Cases> = vec![Default::default()];
        for word in first {
            let of_word = cases(word);
            made = made.iter().flat_map(|begun| of_word.iter().map(|cases| joined(begun, " ", cases))).collect();
        }
        let rest: String = rest.iter().map(|word| format!(" {word}")).collect();
        forms.extend(made.into_iter().flatten().map(|form| form + &rest));
    }
    forms.sort_unstable();
    forms.dedup();
    forms.retain(|form| form != name);
    forms
}

fn joined(begun: &Cases, between: &str, more: &Cases) -> Cases {
    std::array::from_fn(|at| match begun[at].as_str() {
        "" => more[at].clone(),
        begun => format!("{begun}{between}{}", more[at]),
    })
}

/// Returns the ways in which a word may decline. In a hyphenated word either part may decline, or both.
fn cases(word: &str) -> Vec<Cases> {
    let Some((first, second)) = word.split_once('-') else { return of_word(word) };
    let still = |word: &str| -> Cases { std::array::from_fn(|_| word.to_owned()) };
    let with = |firsts: Vec<Cases>, seconds: Vec<Cases>| -> Vec<Cases> {
        firsts.iter().flat_map(|first| seconds.iter().map(|second| joined(first, "-", second))).collect()
    };
    let mut all = with(vec![still(first)], cases(second));
    all.extend(with(of_word(first), vec![still(second)]));
    all.extend(with(of_word(first), cases(second)));
    all
}

/// The ending that identifies a declension, what is cut off, and the ending in each case; the longest come first. `~`
/// is `ы`, or `и` after г, к, х and sibilants. An empty list means that the word does not decline.
const ENDINGS: &[(&str, &str, &str)] = &[
    ("Острова", "а", "ов ам а ами ах"),
    ("Египет", "ет", "та ту ет том те"),
    ("Третий", "ий", "ьего ьему ий ьим ьем"),
    ("ский", "ий", "ого ому ий им ом"),
    ("ские", "ие", "их им ие ими их"),
    ("овы", "ы", "ых ым ы ыми ых"),
    ("ство", "о", "а у о ом е"),
    ("ние", "е", "я ю е ем и"),
    ("оа", "", ""),
    ("уа", "", ""),
    ("ая", "ая", "ой ой ую ой ой"),
    ("яя", "яя", "ей ей юю ей ей"),
    ("ый", "ый", "ого ому ый ым ом"),
    ("ой", "ой", "ого ому ой ым ом"),
    ("ое", "ое", "ого ому ое ым ом"),
    ("ые", "ые", "ых ым ые ыми ых"),
    ("ий", "й", "я ю й ем и"),
    ("ия", "я", "и и ю ей и"),
    ("ца", "а", "ы е у ей е"),
    ("а", "а", "~ е у ой е"),
    ("я", "я", "и е ю ей е"),
    ("й", "й", "я ю й ем е"),
    ("ь", "ь", "я ю ь ем е"),
    ("ь", "ь", "и и ь ью и"),
    ("ы", "ы", "ов ам ы ами ах"),
    ("ы", "ы", " ам ы ами ах"),
];

fn of_word(word: &str) -> Vec<Cases> {
    let still = || vec![std::array::from_fn(|_| word.to_owned())];
    let Some((known, ..)) = ENDINGS.iter().find(|(known, ..)| word.ends_with(known)) else {
        let last = word.chars().next_back();
        // Words with another vowel, a digit or a capital at the end do not decline.
        return match last.filter(|c| "бвгджзклмнпрстфхцчшщ".contains(*c)) {
            Some('ж' | 'ц' | 'ч' | 'ш' | 'щ') => vec![ended(word, "а у  ем е"), ended(word, "а у  ом е")],
            Some(_) => vec![ended(word, "а у  ом е")],
            None => still(),
        };
    };
    let ways = ENDINGS.iter().filter(|(ending, ..)| ending == known);
    ways.map(|(_, cut, endings)| match *endings {
        "" => std::array::from_fn(|_| word.to_owned()),
        endings => ended(word.strip_suffix(cut).unwrap_or(word), endings),
    })
    .collect()
}

fn ended(stem: &str, endings: &str) -> Cases {
    let hard = if stem.ends_with(['г', 'к', 'х', 'ж', 'ч', 'ш', 'щ']) { "и" } else { "ы" };
    let mut endings = endings.split(' ');
    std::array::from_fn(|_| format!("{stem}{}", endings.next().unwrap_or_default().replace('~', hard)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_in_all_its_cases() {
        for (name, expect) in [
            ("Казахстан", "Казахстана Казахстану Казахстаном Казахстане"),
            ("Россия", "России Россию Россией"),
            ("Коста-Рика", "Коста-Рики Коста-Рике Коста-Рику Коста-Рикой"),
            ("Гвинея-Бисау", "Гвинеи-Бисау Гвинее-Бисау"),
            ("Куба", "Кубы Кубе Кубу Кубой"),
            ("Израиль", "Израиля Израилю Израилем Израиле"),
            ("Беларусь", "Беларуси Беларусью"),
            ("Маврикий", "Маврикия Маврикию Маврикием Маврикии"),
            ("Китай", "Китая Китаю Китаем Китае"),
            ("Египет", "Египта Египте"),
            ("Нидерланды", "Нидерландов Нидерландам Нидерландах"),
            ("Филиппины", "Филиппин Филиппинам"),
            ("Бангладеш", "Бангладеша Бангладешем Бангладешом"),
        ] {
            let forms = forms(name);
            assert!(expect.split(' ').all(|form| forms.iter().any(|made| made == form)), "{name}: {forms:?}");
        }
        for (name, expect) in [
            ("Саудовская Аравия", "Саудовской Аравии, Саудовскую Аравию"),
            ("Республика Корея", "Республики Корея, Республикой Корея"),
            ("Южный Судан", "Южного Судана, Южном Судане"),
            ("Босния и Герцеговина", "Боснии и Герцеговины, Боснией и Герцеговиной"),
            ("Соединенные Штаты", "Соединенных Штатов, Соединенными Штатами"),
            ("Соломоновы Острова", "Соломоновых Островов"),
            ("Совет Безопасности", "Совета Безопасности, Советом Безопасности"),
            ("Шанхайская организация сотрудничества", "Шанхайской организации сотрудничества"),
            ("Движение неприсоединения", "Движения неприсоединения, Движении неприсоединения"),
            ("Группа 77", "Группы 77, Группе 77"),
            ("Третий комитет", "Третьего комитета"),
            ("Папуа-Новая Гвинея", "Папуа-Новой Гвинеи"),
        ] {
            let forms = forms(name);
            assert!(expect.split(", ").all(|form| forms.iter().any(|made| made == form)), "{name}: {forms:?}");
        }
        for name in ["Чили", "Марокко", "Того", "Самоа", "Никарагуа", "США", "КНДР", "МАГАТЭ"]
        {
            assert_eq!(forms(name), [""; 0], "{name}");
        }
    }
}
