//! What someone types -> a query: words, phrases, alternatives, exclusions.

use crate::language::term::tokens;

/// A query: every clause must be met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What must be there, or must not.
    pub clauses: Vec<Clause>,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its tokens; more than one follow one another.
    pub tokens: Vec<Sought>,
    /// Whether other forms of the word are not meant: it is in quotation marks.
    pub exact: bool,
}

/// A token that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// Its folded letters.
    pub letters: String,
    /// Whether it is a letter of a script without spaces that follows another.
    pub joined: bool,
}

/// The quotation marks of languages.
const QUOTES: &[char] = &['"', '“', '”', '„', '«', '»', '「', '」', '『', '』'];

impl Query {
    /// Parses what someone types, of which nothing is an error.
    pub fn parse(text: &str) -> Query {
        let mut query = Query::default();
        let mut is_alternative = false;
        for (piece, is_quoted) in pieces(text) {
            if !is_quoted && piece == "OR" {
                is_alternative = !query.clauses.is_empty();
                continue;
            }
            let excluded = piece.starts_with('-');
            let wanted = Wanted::of(piece.trim_start_matches('-'), is_quoted);
            if wanted.tokens.is_empty() {
                continue;
            }
            match query.clauses.last_mut().filter(|last| is_alternative && !excluded && !last.excluded) {
                Some(last) => last.any.push(wanted),
                None => query.clauses.push(Clause { any: vec![wanted], excluded }),
            }
            is_alternative = false;
        }
        query
    }

    /// Returns whether it is one phrase in quotation marks, whose results are listed completely.
    pub fn is_phrase(&self) -> bool {
        matches!(&self.clauses[..], [Clause { any, excluded: false }] if any.len() == 1 && any[0].exact)
    }
}

impl Wanted {
    /// Makes a word, or a phrase of several tokens that nothing or only a sign divides.
    pub fn of(text: &str, exact: bool) -> Wanted {
        let mut sought = Vec::new();
        tokens(text, |token| sought.push(Sought { letters: token.letters.to_owned(), joined: token.joined }));
        Wanted { tokens: sought, exact }
    }

    /// Returns the terms of the index that a row with it has: its words, and pairs of letters where letters follow one
    /// another.
    pub fn terms(&self) -> Vec<String> {
        let mut terms = Vec::new();
        for (at, token) in self.tokens.iter().enumerate() {
            if token.joined && at > 0 {
                terms.push(format!("{}{}", self.tokens[at - 1].letters, token.letters));
            } else if self.tokens.get(at + 1).is_none_or(|next| !next.joined) {
                terms.push(token.letters.clone());
            }
        }
        terms
    }

    /// Returns whether a text has its tokens one after another.
    pub fn is_in(&self, text: &str) -> bool {
        let mut found: Vec<String> = Vec::new();
        tokens(text, |token| found.push(token.letters.to_owned()));
        let wanted: Vec<&str> = self.tokens.iter().map(|token| &*token.letters).collect();
        found.windows(wanted.len()).any(|window| window.iter().zip(&wanted).all(|(a, b)| a == b))
    }
}

/// Splits what someone types at spaces outside of quotation marks, which may be left open at the end.
fn pieces(text: &str) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let (mut piece, mut is_quoted) = (String::new(), false);
    let push = |piece: &mut String, is_quoted: bool, pieces: &mut Vec<(String, bool)>| {
        if !piece.trim_matches('-').is_empty() {
            pieces.push((std::mem::take(piece), is_quoted));
        }
    };
    for c in text.chars() {
        if QUOTES.contains(&c) {
            // `-"a b"` excludes a phrase: the sign stays with it.
            let sign = piece == "-" && !is_quoted;
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
        assert!(Query::parse("\"a b\"").is_phrase() && !Query::parse("\"a b\" c").is_phrase());
    }

    #[test]
    fn letters_without_spaces_are_looked_up_in_pairs() {
        assert_eq!(Wanted::of("外层空间", false).terms(), ["外层", "层空", "空间"]);
        assert_eq!(Wanted::of("外", false).terms(), ["外"]);
        assert_eq!(Wanted::of("PPWT条约", false).terms(), ["ppwt", "条约"]);
        assert!(Wanted::of("common heritage", true).is_in("The Common heritage"));
        assert!(!Wanted::of("common heritage", true).is_in("common human heritage"));
    }
}
