//! A text -> its runs of letters and digits, as they are written: for comparing them with lists of known words.

/// Returns the runs of letters and digits of a text: `l`, `Afrique`, `79th`. In scripts without spaces, a run may be a
/// whole sentence.
pub fn runs(text: &str) -> impl DoubleEndedIterator<Item = &str> + Clone {
    runs_with(text, &[])
}

/// Returns the same, where some signs also continue a run: with an apostrophe, `don't` is one.
pub fn runs_with<'a>(text: &'a str, signs: &'static [char]) -> impl DoubleEndedIterator<Item = &'a str> + Clone {
    text.split(move |c: char| !c.is_alphanumeric() && !signs.contains(&c)).filter(|run| !run.is_empty())
}

/// Returns each run of letters and digits with the byte at which it begins.
pub fn runs_at(text: &str) -> impl DoubleEndedIterator<Item = (usize, &str)> + Clone {
    let base = text.as_ptr() as usize;
    runs(text).map(move |run| (run.as_ptr() as usize - base, run))
}

/// Returns the runs of letters of a text; digits separate them: `st` of `1st`.
pub fn letters(text: &str) -> impl DoubleEndedIterator<Item = &str> + Clone {
    text.split(|c: char| !c.is_alphabetic()).filter(|run| !run.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_at_everything_else() {
        for (text, runs_of, letters_of) in [
            ("The 79th session: l’Afrique!", "The 79th session l Afrique", "The th session l Afrique"),
            ("— , ", "", ""),
            ("第79届会议", "第79届会议", "第 届会议"),
        ] {
            assert_eq!(runs(text).collect::<Vec<_>>().join(" "), runs_of);
            assert_eq!(letters(text).collect::<Vec<_>>().join(" "), letters_of);
        }
        assert_eq!(runs_with("don't, won't", &['\'']).collect::<Vec<_>>(), ["don't", "won't"]);
        assert_eq!(runs_at("à la  Haye").collect::<Vec<_>>(), [(0, "à"), (3, "la"), (7, "Haye")]);
    }
}
