//! The names of an archive's entries, decoded from bytes. Those that are not UTF-8 are decoded in the one encoding that
//! fits all of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::import::reading::encoding::{in_page_850, of_names as encoding_of_names};
use crate::import::unreadable::Unreadable;

/// How many names a message shows.
const SHOWN: usize = 3;

/// Returns the names, and a warning if some had to be guessed. Each comes as bytes and as decoded by the rules of ZIP
/// (code page 437, unless the entry is flagged as UTF-8).
pub(super) fn decoded(entries: Vec<(Vec<u8>, String)>) -> (Vec<String>, Option<Unreadable>) {
    let unknown: Vec<&[u8]> =
        entries.iter().map(|(raw, _)| raw.as_slice()).filter(|raw| std::str::from_utf8(raw).is_err()).collect();
    if unknown.is_empty() {
        let utf8 = |(raw, name): (Vec<u8>, String)| String::from_utf8(raw).unwrap_or(name);
        return (entries.into_iter().map(utf8).collect(), None);
    }
    let by_rule: BTreeMap<&[u8], &str> = entries.iter().map(|(raw, name)| (raw.as_slice(), name.as_str())).collect();
    // All names that are not UTF-8 are judged together: a single short name says too little about its encoding.
    let in_437 = |raw: &[u8]| Cow::Borrowed(by_rule.get(raw).copied().unwrap_or_default());
    let encoding = encoding_of_names(&unknown, in_437);
    // Of the bytes of one page nearly all are letters of the other too, so names that are words by the rule stay.
    let of_850: BTreeMap<&[u8], String> = encoding
        .and_then(|_| in_page_850(&unknown))
        .map_or_else(BTreeMap::new, |names| unknown.iter().copied().zip(names).collect());
    let mut guessed = Vec::new();
    let mut names = Vec::new();
    for (raw, by_rule) in &entries {
        if let Ok(name) = std::str::from_utf8(raw) {
            names.push(name.to_owned());
            continue;
        }
        let name = match (of_850.get(raw.as_slice()), encoding) {
            (Some(name), _) => name.clone(),
            (None, Some(encoding)) => encoding.decode_without_bom_handling(raw).0.into_owned(),
            (None, None) => by_rule.clone(),
        };
        guessed.push(format!("`{name}`"));
        names.push(name);
    }
    let used = match encoding {
        Some(_) if !of_850.is_empty() => "code page 850",
        Some(encoding) => encoding.name(),
        None => "code page 437",
    };
    let more = if guessed.len() > SHOWN { ", …" } else { "" };
    let shown = guessed[..guessed.len().min(SHOWN)].join(", ");
    let message = format!("names in it are not UTF-8 and were read as {used}, which is a guess: {shown}{more}");
    let help = "if they are wrong, unpack it with a program that reads them correctly and import the files";
    (names, Some(Unreadable::new(message, help)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_other_encodings_are_guessed_and_reported() {
        let utf8 = decoded(vec![("Речь.txt".into(), "junk".into())]);
        assert_eq!(utf8, (vec!["Речь.txt".to_owned()], None));
        let (raw, _, _) = encoding_rs::IBM866.encode("Выступление.txt");
        let (names, reported) =
            decoded(vec![(raw.into_owned(), "é∩ß".into()), (b"plain.txt".to_vec(), "plain.txt".into())]);
        assert_eq!(names, ["Выступление.txt", "plain.txt"]);
        let message = reported.unwrap().message;
        assert!(message.contains("as IBM866") && message.ends_with(": `Выступление.txt`"), "{message}");
        // `Declaração` by Windows in Portugal; by the rule of ZIP it would have a frame in it.
        let (names, reported) = decoded(vec![(b"Declara\x87\xc6o.txt".to_vec(), "Declaraç╞o.txt".into())]);
        assert_eq!(names, ["Declaração.txt"]);
        assert!(reported.unwrap().message.contains("as code page 850"));
    }
}
