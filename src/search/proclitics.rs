//! An Arabic or Korean word -> the word without what is written together with it: "and", "in", "the", particles.
//!
//! One letter in front may as well belong to the word (وزير is a minister), so it is taken off only if what remains is
//! a word of the collection itself, or begins with the article.

/// Returns an Arabic word without prefixes, conjunctions and article; `has` returns whether the collection has a word.
pub(super) fn arabic<'a>(word: &'a str, has: &dyn Fn(&str) -> bool) -> &'a str {
    let rest = without_letters(word, has);
    let bare = rest.strip_prefix("ال").filter(|bare| is_long(bare)).unwrap_or(rest);
    // What followed لل is without its alif already.
    bare.strip_prefix("لل").filter(|bare| is_long(bare)).unwrap_or(bare)
}

/// Returns the forms of an Arabic word that readers look for: without prefixes, with and without the article.
pub(super) fn arabic_forms(word: &str, has: &dyn Fn(&str) -> bool) -> Vec<String> {
    let bare = arabic(word, has);
    if bare == word {
        return Vec::new();
    }
    // The article was there: after لل it is written as one lam.
    let with_article = word.contains("ال") || word.contains("لل");
    let article = with_article.then(|| format!("ال{bare}"));
    article.into_iter().chain([bare.to_owned()]).filter(|form| form != word).collect()
}

/// Takes off و and ف, then ب, ك and ل.
fn without_letters<'a>(word: &'a str, has: &dyn Fn(&str) -> bool) -> &'a str {
    let is_word = |rest: &str| {
        let begins = ["ال", "بال", "كال", "لل"].iter().any(|with| rest.strip_prefix(with).is_some_and(is_long));
        is_long(rest) && (begins || has(rest))
    };
    let take = |word: &'a str, letters: [char; 3]| word.strip_prefix(letters).filter(|rest| is_word(rest));
    let rest = take(word, ['و', 'ف', 'ف']).unwrap_or(word);
    if rest.strip_prefix("لل").is_some_and(is_long) {
        return rest;
    }
    take(rest, ['ب', 'ك', 'ل']).unwrap_or(rest)
}

/// Returns whether enough letters are left for a word.
fn is_long(rest: &str) -> bool {
    rest.chars().nth(2).is_some()
}

/// Korean particles after a noun, longest first where one ends with another.
const PARTICLES: [&str; 26] = [
    "에서는",
    "으로서",
    "으로써",
    "에서",
    "에게",
    "으로",
    "까지",
    "부터",
    "보다",
    "처럼",
    "에는",
    "이나",
    "들은",
    "들의",
    "들이",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "로",
    "와",
    "과",
];

/// Returns a Korean word without its particle. One syllable is left only if it is a word of the collection.
pub(super) fn korean<'a>(word: &'a str, has: &dyn Fn(&str) -> bool) -> &'a str {
    let without = PARTICLES.iter().find_map(|particle| word.strip_suffix(particle));
    without.filter(|rest| rest.chars().nth(1).is_some() || !rest.is_empty() && has(rest)).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_taken_off_where_a_word_remains() {
        let has = |word: &str| ["دول", "سلام", "وزير"].contains(&word);
        for (word, bare) in [
            ("والفضاء", "فضاء"),
            ("وبالفضاء", "فضاء"),
            ("للفضاء", "فضاء"),
            ("وللفضاء", "فضاء"),
            ("كالفضاء", "فضاء"),
            ("بسلام", "سلام"),
            ("لدول", "دول"),
            ("وزير", "وزير"),
            ("بناء", "بناء"),
            ("الله", "الله"),
        ] {
            assert_eq!(arabic(word, &has), bare, "{word}");
        }
        assert_eq!(arabic_forms("وللفضاء", &has), ["الفضاء", "فضاء"]);
        assert_eq!(arabic_forms("بسلام", &has), ["سلام"]);
    }

    #[test]
    fn particles_are_taken_off() {
        let has = |word: &str| word == "말";
        for (word, bare) in
            [("외기권에서는", "외기권"), ("평화를", "평화"), ("말은", "말"), ("나는", "나는"), ("이", "이")]
        {
            assert_eq!(korean(word, &has), bare, "{word}");
        }
    }
}
