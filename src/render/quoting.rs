//! A title -> the title in quotation marks, with different marks for each quotation within it.

/// The opening and closing marks of one level.
type Pair = (&'static str, &'static str);

/// Languages with the marks of the outer and of the inner level. A third level uses the outer ones again.
const MARKS: &[(&[&str], Pair, Pair)] = &[
    (&["fr"], ("«\u{a0}", "\u{a0}»"), ("“", "”")),
    (&["es", "pt", "it", "ca", "el", "ar", "fa", "hy"], ("«", "»"), ("“", "”")),
    (&["ru", "uk", "be", "kk", "ky", "tg", "uz", "bg"], ("«", "»"), ("„", "“")),
    (&["de", "cs", "sk", "sl", "is", "lt"], ("„", "“"), ("‚", "‘")),
    (&["pl", "hu", "ro"], ("„", "”"), ("«", "»")),
    (&["ja", "zh-Hant", "zh-TW", "zh-HK"], ("「", "」"), ("『", "』")),
];

/// The marks of all other languages.
const OTHERS: (Pair, Pair) = (("“", "”"), ("‘", "’"));

fn marks(language: &str) -> (Pair, Pair) {
    let base = language.split('-').next().unwrap_or(language);
    let of = |wanted: &str| MARKS.iter().find(|(languages, ..)| languages.contains(&wanted));
    of(language).or_else(|| of(base)).map_or(OTHERS, |(_, outer, inner)| (*outer, *inner))
}

/// Returns the marks of a language: opening and closing of the outer level, then of the inner one.
pub fn levels(language: &str) -> [&'static str; 4] {
    let ((open, close), (inner_open, inner_close)) = marks(language);
    [open, close, inner_open, inner_close]
}

/// A title in quotation marks.
#[derive(Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The mark before it.
    pub open: &'static str,
    /// The title, with quotations in it marked differently from those around them.
    pub title: String,
    /// The mark after it.
    pub close: &'static str,
}

/// Puts a title in the quotation marks of the language in which it is cited. Marks within the title stay unless they
/// are of the same kind as those around them; then the other marks of the title's language replace them.
pub fn quoted(title: &str, language: &str, cited_in: &str) -> Quoted {
    let around = marks(cited_in).0;
    let mut open: Vec<Option<Pair>> = Vec::new();
    let mut out = String::new();
    let mut at = 0;
    for mark in paired(title) {
        out.push_str(&title[at..mark.at]);
        let written = &title[mark.at..mark.at + mark.len];
        at = mark.at + mark.len;
        if !mark.opens {
            match open.pop().flatten() {
                Some((_, close)) => {
                    let kept =
                        if mark.kind == Kind::Guillemets { out.trim_end_matches(SPACES).len() } else { out.len() };
                    out.truncate(kept);
                    out.push_str(close);
                }
                None => out.push_str(written),
            }
            continue;
        }
        let enclosing = out_kind(&open, around, title, mark.above);
        if mark.kind != enclosing && written != "\"" {
            open.push(None);
            out.push_str(written);
            continue;
        }
        let (outer, inner) = marks(language);
        let pair = if kind(inner.0) == enclosing { outer } else { inner };
        // French puts a space inside its marks; other marks have none.
        at += if mark.kind == Kind::Guillemets { spaces(&title[at..]) } else { 0 };
        out.push_str(pair.0);
        open.push(Some(pair));
    }
    out.push_str(&title[at..]);
    Quoted { open: around.0, title: out, close: around.1 }
}

/// Returns the kind of the marks around the next text: those opened last, as shown.
fn out_kind(open: &[Option<Pair>], around: Pair, title: &str, above: Option<usize>) -> Kind {
    match (open.last(), above) {
        (Some(Some(pair)), _) => kind(pair.0),
        (Some(None), Some(at)) => kind(&title[at..]),
        _ => kind(around.0),
    }
}

/// Kinds of marks that look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Double,
    Single,
    Guillemets,
    Corners,
    WhiteCorners,
}

/// Returns the kind of the mark with which a text begins.
fn kind(text: &str) -> Kind {
    match text.chars().next() {
        Some('‘' | '’' | '‚') => Kind::Single,
        Some('«' | '»' | '‹' | '›') => Kind::Guillemets,
        Some('「' | '」') => Kind::Corners,
        Some('『' | '』') => Kind::WhiteCorners,
        _ => Kind::Double,
    }
}

const SPACES: [char; 3] = [' ', '\u{a0}', '\u{202f}'];

/// Returns the length in bytes of the leading spaces of a text.
fn spaces(text: &str) -> usize {
    text.len() - text.trim_start_matches(SPACES).len()
}

/// A quotation mark with its counterpart.
#[derive(Debug)]
struct Mark {
    at: usize,
    len: usize,
    opens: bool,
    kind: Kind,
    /// Where the enclosing quotation begins, if there is one.
    above: Option<usize>,
}

/// Opening marks, each with those that close it. A mark that opens in one language closes in another, so open
/// quotations are checked first.
const CLOSES: &[(char, &[char])] = &[
    ('“', &['”']),
    ('„', &['“', '”']),
    ('«', &['»']),
    ('‘', &['’']),
    ('‚', &['‘', '’']),
    ('‹', &['›']),
    ('「', &['」']),
    ('『', &['』']),
    ('"', &['"']),
];

/// Returns whether a mark between two letters is probably an apostrophe or a sign for inches. Scripts without spaces
/// between words, from the radicals at U+2E80 on, have neither.
fn is_doubtful(mark: char, before: char) -> bool {
    matches!(mark, '‘' | '"') && before < '\u{2e80}'
}

/// Returns the paired marks of a title. An apostrophe and a mark that is never closed are left alone.
fn paired(title: &str) -> Vec<Mark> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut found: Vec<(usize, char, usize, char)> = Vec::new();
    let mut before = ' ';
    for (at, c) in title.char_indices() {
        let next = title[at + c.len_utf8()..].chars().next();
        let is_inside_word = before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric);
        let closes = |(_, opening): &(usize, char)| {
            CLOSES.iter().any(|(other, closing)| other == opening && closing.contains(&c))
                && !(c == '’' && is_inside_word)
        };
        if let Some(of) = open.iter().rposition(closes) {
            let (start, opening) = open[of];
            // Marks opened within and never closed are not quotations.
            open.truncate(of);
            found.push((start, opening, at, c));
        } else if CLOSES.iter().any(|(opening, _)| *opening == c) && !(is_inside_word && is_doubtful(c, before)) {
            open.push((at, c));
        }
        before = c;
    }
    let mut marks: Vec<Mark> = Vec::new();
    for (start, opening, end, closing) in &found {
        let around = found.iter().filter(|(a, _, b, _)| a < start && end < b).map(|(a, ..)| *a);
        let above = around.max();
        let mark = |at: usize, c: char, opens| Mark {
            at,
            len: c.len_utf8(),
            opens,
            kind: kind(c.encode_utf8(&mut [0; 4])),
            above,
        };
        marks.push(mark(*start, *opening, true));
        marks.push(mark(*end, *closing, false));
    }
    marks.sort_by_key(|mark| mark.at);
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_inside_a_quotation_alternate() {
        // The script of the default theme keeps the same rules, and its test reads the same table.
        let table = include_str!("../../tests/browser/quoting.json");
        let rows: Vec<[String; 4]> = serde_json::from_str(table).unwrap();
        for [cited_in, language, title, expect] in &rows {
            let Quoted { open, title: found, close } = quoted(title, language, cited_in);
            assert_eq!(format!("{open}{found}{close}"), *expect, "{title}");
        }
    }
}
