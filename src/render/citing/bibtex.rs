//! A record -> a BibTeX entry, which biblatex reads as well.
//!
//! The old program knows `howpublished`, `year` and `month`; biblatex also knows the event and dates in EDTF. Each
//! ignores what it does not know.

use super::pieces::Piece;
use super::record::{Author, Record};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Names of languages as babel, and so biblatex, has them.
const LANGUAGES: &[(&str, &str)] = &[
    ("ar", "arabic"),
    ("de", "german"),
    ("en", "english"),
    ("es", "spanish"),
    ("fr", "french"),
    ("it", "italian"),
    ("ja", "japanese"),
    ("ko", "korean"),
    ("pt", "portuguese"),
    ("ru", "russian"),
    ("zh", "chinese"),
];

/// Returns the entry, with a slot for a paragraph as its note.
pub fn bibtex(record: &Record) -> Vec<Piece> {
    let mut out = format!("@misc{{{},\n", key(&record.id));
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&format!("  {name} = {{{value}}},\n"));
        }
    };
    let authors: Vec<String> = record.authors.iter().map(author).collect();
    field("author", &authors.join(" and "));
    // Braces around the whole title keep its letters as they are.
    field("title", &format!("{{{}}}", escaped(&record.title)));
    let event = record.event_with_symbol();
    let place = record.place.as_deref().unwrap_or_default();
    let genre = record.genre();
    let parts = [genre.as_str(), &event, place];
    let parts: Vec<String> = parts.iter().filter(|part| !part.is_empty()).map(|part| escaped(part)).collect();
    field("howpublished", &parts.join(", "));
    field("eventtitle", &escaped(&event));
    field("venue", &escaped(place));
    if let Some(date) = &record.date {
        field("date", date.edtf());
        let (from, until) = (date.from(), date.until());
        match until {
            Some(until) if until.year != from.year => field("year", &format!("{:04}/{:04}", from.year, until.year)),
            _ => field("year", &format!("{:04}", from.year)),
        }
        if let (Some(month), None) = (from.month, until)
            && let Some(name) = MONTHS.get(usize::try_from(month - 1).unwrap_or_default())
        {
            out.push_str(&format!("  month = {name},\n"));
        }
    }
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            out.push_str(&format!("  {name} = {{{value}}},\n"));
        }
    };
    let base = record.language.split('-').next().unwrap_or_default();
    field("langid", LANGUAGES.iter().find(|(tag, _)| *tag == base).map_or("", |(_, name)| name));
    // A comma separates keywords.
    let keywords: Vec<String> = record.keywords.iter().map(|word| escaped(&word.replace(',', " "))).collect();
    field("keywords", &keywords.join(", "));
    field("doi", &verbatim(record.doi.as_deref().unwrap_or_default()));
    let (before, after) = &record.terms.paragraph;
    vec![
        Piece::Text(out),
        Piece::Locator { before: format!("  note = {{{before}"), after: format!("{after}}},\n") },
        Piece::Text("  url = {".to_owned()),
        Piece::Link,
        Piece::Text("}\n}\n".to_owned()),
    ]
}

fn author(author: &Author) -> String {
    match author {
        // Braces keep a name together, even with commas and "and" in it.
        Author::Name(name) => format!("{{{}}}", escaped(name)),
        Author::Person { family, given } => format!("{}, {}", part(family), part(given)),
    }
}

/// A part of a person's name; braces where a comma or the word "and" would be read as the program's own.
fn part(name: &str) -> String {
    let has_and = name.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"));
    if name.contains(',') || has_and { format!("{{{}}}", escaped(name)) } else { escaped(name) }
}

/// Returns the key of an entry without characters that would end it.
fn key(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.') { c } else { '-' }).collect()
}

/// Escapes what TeX takes for commands, and makes white space single spaces.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '\\' => out.push_str("{\\textbackslash}"),
                '~' => out.push_str("{\\textasciitilde}"),
                '^' => out.push_str("{\\textasciicircum}"),
                // Braces must be balanced even where they are escaped.
                '{' => out.push_str("{\\textbraceleft}"),
                '}' => out.push_str("{\\textbraceright}"),
                '$' | '&' | '#' | '_' | '%' => {
                    out.push('\\');
                    out.push(c);
                }
                _ => out.push(c),
            }
        }
    }
    out
}

/// Returns the value of a field that TeX reads verbatim, such as `doi`: only braces could do harm.
fn verbatim(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '{' | '}' | '\\') && !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use biblatex::{Bibliography, ChunksExt, Person};

    use super::*;

    #[test]
    fn another_program_reads_every_entry_as_it_was_meant() {
        for title in ["On space", "100% of $5 & #1 {or} under_score ~ ^ \\ TeX", "}{", "a, b and c", "\\input{x}"] {
            let mut record = Record::sample();
            record.title = title.into();
            record.authors.push(Author::Name(format!("{title}, and Rest").replace(['\\', '{', '}'], "")));
            let entry: String = bibtex(&record)
                .into_iter()
                .map(|piece| match piece {
                    Piece::Text(text) => text,
                    Piece::Link => record.url.clone(),
                    Piece::Locator { before, after } => format!("{before}7{after}"),
                    other => panic!("{other:?} in an entry"),
                })
                .collect();
            let all = Bibliography::parse(&entry).unwrap_or_else(|error| panic!("{error:?}\n{entry}"));
            let read = all.get("a").unwrap();
            let authors: Vec<Person> = read.author().unwrap();
            assert_eq!(authors.len(), 2, "{entry}");
            assert_eq!((authors[0].name.as_str(), authors[0].given_name.as_str()), ("Doe", "Jane"));
            assert_eq!(read.url().unwrap(), record.url, "{entry}");
            assert_eq!(read.get("note").unwrap().format_verbatim(), "para. 7");
            let read = read.title().unwrap().format_verbatim();
            // The parser knows the names of signs; what it leaves as a command is at least one, and nothing is lost.
            let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let commands = ["textbackslash", "textasciitilde", "textasciicircum", "textbraceleft", "textbraceright"];
            let read = commands.iter().fold(read, |read, command| read.replace(command, ""));
            assert_eq!(plain(&read), plain(title), "{entry}");
        }
    }
}
