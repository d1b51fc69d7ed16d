//! A word that is not known -> the known one that was probably meant.

/// Returns the one of `known` that `word` most likely means: the most similar one, or else the only one that starts
/// with it.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let allowed = (length / 3).clamp(1, 4);
    let word = word.to_lowercase();
    let mut near: Option<(usize, &str)> = None;
    let mut begins: Vec<&str> = Vec::new();
    for name in known {
        let lower = name.to_lowercase();
        // A difference in length alone may exceed the allowed distance, which saves the comparison.
        let distance = match lower.chars().count().abs_diff(length) <= allowed + 1 {
            true => strsim::damerau_levenshtein(&word, &lower),
            false => usize::MAX,
        };
        if distance <= allowed && near.is_none_or(|nearest| (distance, name) < nearest) {
            near = Some((distance, name));
        }
        if length > 3 && lower.starts_with(&word) && !begins.contains(&name) {
            begins.push(name);
        }
    }
    near.map(|(_, name)| name).or(if let [only] = begins[..] { Some(only) } else { None })
}

/// Returns the one of `known` that `word` is certainly a typo of: no other is similar, few letters differ, and no digit
/// or sign does, because `phase-1` is not `phase-2`, nor is `C++` `C`.
pub fn only_near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let (wide, narrow) = ((length / 3).clamp(1, 4), if length < 8 { 1 } else { 2 });
    let word = word.to_lowercase();
    let mut near: Option<(usize, &str)> = None;
    for name in known {
        let lower = name.to_lowercase();
        if lower.chars().count().abs_diff(length) > wide {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&word, &lower);
        if distance <= wide && near.replace((distance, name)).is_some_and(|(_, other)| other != name) {
            return None;
        }
    }
    let telling = |c: &char| c.is_numeric() || !c.is_alphanumeric() && !"-_ '’".contains(*c);
    let signs = |text: &str| text.chars().filter(telling).collect::<String>();
    let is_slip =
        |distance: usize, name: &str| distance == 0 || length > 3 && distance <= narrow && signs(name) == signs(&word);
    near.filter(|(distance, name)| is_slip(*distance, name)).map(|(_, name)| name)
}

/// Returns the sentence "did you mean `…`?" if one of `known` is similar to `word`.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, known).map(|name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similar_words_are_suggested() {
        for (word, known, expect) in [
            ("ppwtt", vec!["ppwt", "debris"], Some("ppwt")),
            ("KAS", vec!["KAZ", "KGZ"], Some("KAZ")),
            ("debris", vec!["verification"], None),
            ("kaz-51", vec!["kaz-47-1992", "kaz-51-1996"], Some("kaz-51-1996")),
            ("kaz-51", vec!["kaz-51-1996", "kaz-51-1997"], None),
        ] {
            assert_eq!(nearest(word, known), expect, "{word}");
        }
    }

    #[test]
    fn only_a_typo_of_a_single_name_is_corrected() {
        for (word, known, expect) in [
            ("titel", vec!["title", "topics"], Some("title")),
            ("Topics", vec!["title", "topics"], Some("topics")),
            ("orbital-debirs", vec!["orbital-debris", "mines"], Some("orbital-debris")),
            ("orbital", vec!["orbital-debris"], None),
            ("phase-1", vec!["phase-2"], None),
            ("mine", vec!["mines", "mind"], None),
            ("dat", vec!["date"], None),
            ("forms", vec!["forum"], None),
            ("women+", vec!["women"], None),
            ("text-status", vec!["text_status"], Some("text_status")),
        ] {
            assert_eq!(only_near(word, known), expect, "{word}");
        }
    }
}
