//! What someone types -> a query: words, phrases, alternatives, exclusions, the label of a paragraph.

use crate::language::term::tokens;

/// A query: every clause must be met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What must be there, or must not.
    pub clauses: Vec<Clause>,
    /// The label of a paragraph that the text has, in small letters: `12` for `§12`.
    pub label: Option<String>,
}

/// One condition of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Any of these meets it.
    pub any: Vec<Wanted>,
    /// No text that meets it is a result.
    pub excluded: bool,
}

/// A word or a phrase that is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Its tokens; more than one follow one another.
    pub tokens: Vec<Sought>,
    /// Whether other forms of the word are not meant: it is in quotation marks.
    pub exact: bool,
    /// Whether the last token is only the beginning of a word: `begin*`.
    pub prefix: bool,
}

/// A token that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// Its folded letters.
    pub letters: String,
    /// Whether it is a letter of a script without spaces.
    pub unspaced: bool,
    /// Whether it is such a letter and follows another.
    pub joined: bool,
}

/// The quotation marks of languages.
const QUOTES: &[char] = &['"', '“', '”', '„', '‟', '«', '»', '″', '〝', '〞', '「', '」', '『', '』', '＂'];

/// The signs before a word that must not be there: a hyphen, and a minus.
const MINUS: &[char] = &['-', '−'];

/// The signs before the label of a paragraph.
const SECTIONS: &[char] = &['§', '¶'];

/// The most conditions of a query: more than anyone types.
const MOST: usize = 40;

impl Query {
    /// Parses what someone types; nothing is an error.
    pub fn parse(text: &str) -> Query {
        let mut query = Query::default();
        let mut is_alternative = false;
        let mut names_paragraph = false;
        for (piece, is_quoted) in pieces(text) {
            let label = piece.strip_prefix(SECTIONS).or(names_paragraph.then_some(&*piece)).filter(|_| !is_quoted);
            names_paragraph = label == Some("");
            if let Some(label) = label {
                query.label = (!names_paragraph).then(|| label.to_lowercase()).or(query.label);
                continue;
            }
            if !is_quoted && (piece == "OR" || piece == "|") {
                is_alternative = query.clauses.iter().any(|clause| !clause.excluded);
                continue;
            }
            let excluded = piece.starts_with(MINUS);
            let wanted = Wanted::of(piece.trim_start_matches(MINUS), is_quoted);
            if wanted.tokens.is_empty() {
                continue;
            }
            let last = query.clauses.iter_mut().rfind(|clause| !clause.excluded);
            match last.filter(|_| is_alternative && !excluded) {
                Some(last) => last.any.push(wanted),
                None => query.clauses.push(Clause { any: vec![wanted], excluded }),
            }
            is_alternative = false;
            if query.clauses.len() == MOST {
                break;
            }
        }
        query
    }
}

impl Wanted {
    /// Makes a word, or a phrase of several tokens that nothing or only a sign divides.
    pub fn of(text: &str, exact: bool) -> Wanted {
        let mut sought = Vec::new();
        tokens(text, |token| {
            sought.push(Sought { letters: token.letters.to_owned(), joined: token.joined, unspaced: token.unspaced })
        });
        let is_word = sought.last().is_some_and(|last: &Sought| !last.unspaced);
        Wanted { tokens: sought, exact, prefix: !exact && is_word && text.ends_with('*') }
    }

    /// Returns whether it is one word in any of its forms.
    pub fn is_plain(&self) -> bool {
        !self.exact && self.tokens.len() == 1
    }

    /// Returns the terms of the index that a row with tokens has, each with the first and the last token that it is made
    /// of: words, and pairs of letters where letters follow one another.
    pub fn parts(tokens: &[Sought]) -> Vec<(String, usize, usize)> {
        let mut parts = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            if token.joined && at > 0 {
                parts.push((format!("{}{}", tokens[at - 1].letters, token.letters), at - 1, at));
            } else if !token.unspaced || tokens.get(at + 1).is_none_or(|next| !next.joined) {
                parts.push((token.letters.clone(), at, at));
            }
        }
        parts
    }

    /// Returns the terms of the index that a row with it has.
    pub fn terms(&self) -> Vec<String> {
        let mut terms: Vec<String> = Vec::new();
        for (term, _, _) in Wanted::parts(&self.tokens) {
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        terms
    }

    /// Returns how often a text has its tokens one after another.
    pub fn count_in(&self, text: &str) -> usize {
        let mut found: Vec<String> = Vec::new();
        tokens(text, |token| found.push(token.letters.to_owned()));
        let last = self.tokens.len() - 1;
        let is_same = |(at, (own, wanted)): (usize, (&String, &Sought))| {
            *own == wanted.letters || self.prefix && at == last && own.starts_with(&wanted.letters)
        };
        let is_there = |window: &&[String]| window.iter().zip(&self.tokens).enumerate().all(is_same);
        found.windows(self.tokens.len()).filter(is_there).count()
    }

    /// Returns whether a text has its tokens one after another.
    pub fn is_in(&self, text: &str) -> bool {
        self.count_in(text) > 0
    }
}

/// Splits what someone types at spaces outside of quotation marks, which may be left open at the end.
fn pieces(text: &str) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let (mut piece, mut is_quoted) = (String::new(), false);
    let push = |piece: &mut String, is_quoted: bool, pieces: &mut Vec<(String, bool)>| {
        if !piece.trim_matches(MINUS).is_empty() {
            pieces.push((std::mem::take(piece), is_quoted));
        }
    };
    for c in text.chars() {
        if QUOTES.contains(&c) {
            // `-"a b"` excludes a phrase, so the sign belongs to it.
            let sign = matches!(&*piece, "-" | "−") && !is_quoted;
            if !sign {
                push(&mut piece, is_quoted, &mut pieces);
                piece.clear();
            }
            is_quoted = !is_quoted;
        } else if c.is_whitespace() && !is_quoted {
            push(&mut piece, false, &mut pieces);
            piece.clear();
        } else {
            piece.push(c);
        }
    }
    push(&mut piece, is_quoted, &mut pieces);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let clause = |clause: &Clause| {
            let any = clause.any.iter().map(|wanted| {
                let tokens: Vec<&str> = wanted.tokens.iter().map(|token| &*token.letters).collect();
                if wanted.exact { format!("\"{}\"", tokens.join(" ")) } else { tokens.join("+") }
            });
            format!("{}{}", if clause.excluded { "-" } else { "" }, any.collect::<Vec<_>>().join("|"))
        };
        Query::parse(text).clauses.iter().map(clause).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_query_is_read_as_it_is_meant() {
        for (text, expect) in [
            ("space debris", "space debris"),
            ("\"common heritage\" Moon", "\"common heritage\" moon"),
            ("“common heritage” «patrimoine commun»", "\"common heritage\" \"patrimoine commun\""),
            ("A/RES/72/27 women's", "a+res+72+27 women+s"),
            ("space -moon -\"deep space\"", "space -moon -\"deep space\""),
            ("moon OR mars rover", "moon|mars rover"),
            ("OR moon OR", "moon"),
            ("\"left open", "\"left open\""),
            ("- -- \"\" … OR", ""),
            ("外层空间", "外+层+空+间"),
        ] {
            assert_eq!(shown(text), expect, "{text}");
        }
        let label = |text: &str| (shown(text), Query::parse(text).label.unwrap_or_default());
        for text in ["debris §12 space", "debris ¶ 12 space", "§7 debris §12 space §"] {
            assert_eq!(label(text), ("debris space".to_owned(), "12".to_owned()), "{text}");
        }
        assert_eq!(label("\"§ 12\" 3§"), ("\"12\" 3".to_owned(), String::new()));
        let begins = |text: &str| Query::parse(text).clauses[0].any[0].prefix;
        assert!(begins("disarm*") && begins("A/RES/72*") && !begins("\"disarm*\"") && !begins("外*"));
    }

    #[test]
    fn letters_without_spaces_are_looked_up_in_pairs() {
        assert_eq!(Wanted::of("外层空间", false).terms(), ["外层", "层空", "空间"]);
        assert_eq!(Wanted::of("外", false).terms(), ["外"]);
        assert_eq!(Wanted::of("PPWT条约", false).terms(), ["ppwt", "条约"]);
        assert!(Wanted::of("common heritage", true).is_in("The Common heritage"));
        assert!(!Wanted::of("common heritage", true).is_in("common human heritage"));
        assert_eq!(Wanted::of("A/RES/7*", false).count_in("A/RES/72/27, A/RES/75/1"), 2);
    }
}
