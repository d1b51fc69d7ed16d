//! The lines of a key in front matter, and a new value -> its new lines, in the style of the old ones.
//!
//! What the author wrote around a value stays: a comment at the end of the line, and the style of a list, in brackets
//! or with one item per line.

use serde_yaml::Value;

use super::values::words;
use crate::edit::scalar;

/// Returns the line of a key with a new value. A comment after a value on one line stays.
pub(super) fn with_value(old: Option<&str>, key: &str, value: &str) -> String {
    let comment = old.filter(|old| old.trim_end().lines().count() == 1).and_then(comment);
    match comment {
        Some(comment) => format!("{key}: {value}  {comment}\n"),
        None => format!("{key}: {value}\n"),
    }
}

/// Returns the lines of a list without some members and with others at its end; `stays` returns whether a member stays.
pub(super) fn with_members(old: Option<&str>, key: &str, stays: impl Fn(&str) -> bool, new: &[String]) -> String {
    let old = old.unwrap_or_default();
    let of_items = items(old).and_then(|items| of_items(old, &items, &stays, new));
    of_items.or_else(|| in_brackets(old, &stays, new)).unwrap_or_else(|| {
        let all: Vec<String> = members(old).into_iter().filter(|member| stays(member)).chain(new.to_vec()).collect();
        with_value(Some(old), key, &brackets(&all))
    })
}

/// Returns the members of a list as its lines have them.
pub(super) fn members(lines: &str) -> Vec<String> {
    let value: Value = serde_yaml::from_str(lines).unwrap_or_default();
    value.as_mapping().and_then(|entry| entry.values().next()).map(words).unwrap_or_default()
}

/// Returns a list in brackets.
pub(super) fn brackets(members: &[String]) -> String {
    format!("[{}]", members.iter().map(|member| scalar(member)).collect::<Vec<_>>().join(", "))
}

/// Returns the comment at the end of a line, from its `#` on.
fn comment(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let (mut quote, mut before) = (None, ' ');
    // A quotation mark opens a quotation only where a value begins: `Kazakhstan's` has none.
    let mut begins = false;
    for (at, c) in line.char_indices() {
        match quote {
            Some(mark) if c == mark => quote = None,
            None if begins && (c == '"' || c == '\'') => quote = Some(c),
            None if c == '#' && before.is_whitespace() => return Some(&line[at..]),
            _ => {}
        }
        begins = if c.is_whitespace() { begins } else { matches!(c, ':' | ',' | '[' | '{') };
        before = c;
    }
    None
}

/// An item of a list with one item per line.
struct Item {
    /// The number of its line.
    line: usize,
    member: String,
}

/// Returns the items of a list with one item per line; `None` for a list in another style.
fn items(lines: &str) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    for (line, text) in lines.lines().enumerate().skip(1) {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let value: Value = serde_yaml::from_str(text.strip_prefix("- ")?).ok()?;
        let [member] = &words(&value)[..] else { return None };
        if !matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_)) {
            return None;
        }
        items.push(Item { line, member: member.clone() });
    }
    (!items.is_empty()).then_some(items)
}

fn of_items(old: &str, items: &[Item], stays: &impl Fn(&str) -> bool, new: &[String]) -> Option<String> {
    let gone: Vec<usize> = items.iter().filter(|item| !stays(&item.member)).map(|item| item.line).collect();
    if gone.len() == items.len() && new.is_empty() {
        return None;
    }
    let (first, last) = (items.first()?.line, items.last()?.line);
    let indent: String = old.lines().nth(first)?.chars().take_while(|c| *c == ' ').collect();
    let mut lines = String::new();
    for (at, line) in old.lines().enumerate() {
        if !gone.contains(&at) {
            lines.push_str(&format!("{line}\n"));
        }
        if at == last {
            lines.extend(new.iter().map(|member| format!("{indent}- {}\n", scalar(member))));
        }
    }
    Some(lines)
}

/// Returns a list in brackets on one line with its new members; members that stay are written as they were.
fn in_brackets(old: &str, stays: &impl Fn(&str) -> bool, new: &[String]) -> Option<String> {
    let line = old.strip_suffix('\n').unwrap_or(old).trim_end_matches('\r');
    let end = comment(line).map_or(line.len(), |comment| line.len() - comment.len());
    let (open, close) = (line.find('[')?, line[..end].trim_end().strip_suffix(']')?.len());
    let is_flat = !line.contains('\n') && line[..open].trim_end().ends_with(':');
    let written = split(line.get(open + 1..close).filter(|_| is_flat)?);
    let mut kept = Vec::new();
    for item in written {
        let value: Value = serde_yaml::from_str(item).ok()?;
        let [member] = &words(&value)[..] else { return None };
        if stays(member) {
            kept.push(item.to_owned());
        }
    }
    kept.extend(new.iter().map(|member| scalar(member)));
    Some(format!("{}[{}]{}\n", &line[..open], kept.join(", "), &line[close + 1..]))
}

/// Splits the text between brackets at commas outside of quotation marks.
fn split(inside: &str) -> Vec<&str> {
    let (mut items, mut start, mut quote) = (Vec::new(), 0, None);
    for (at, c) in inside.char_indices() {
        match quote {
            Some(mark) if c == mark => quote = None,
            None if c == ',' => {
                items.push(inside[start..at].trim());
                start = at + 1;
            }
            // Only at the beginning of an item; `Kazakhstan's` has an apostrophe.
            None if (c == '"' || c == '\'') && inside[start..at].trim().is_empty() => quote = Some(c),
            _ => {}
        }
    }
    items.push(inside[start..].trim());
    items.retain(|item| !item.is_empty());
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_after_a_value_stays() {
        for (old, expect) in [
            (None, "place: Rome\n"),
            (Some("place: Paris\n"), "place: Rome\n"),
            (Some("place: Paris   # not stated\n"), "place: Rome  # not stated\n"),
            (Some("place: \"a # b\"  # c\n"), "place: Rome  # c\n"),
            (Some("place: Kazakhstan's # c\n"), "place: Rome  # c\n"),
            (Some("place: A#1\n"), "place: Rome\n"),
            (Some("place: >\n  Paris # text\n"), "place: Rome\n"),
        ] {
            assert_eq!(with_value(old, "place", "Rome"), expect, "{old:?}");
        }
    }

    #[test]
    fn a_list_keeps_its_form() {
        let new = &["c".to_owned()][..];
        for (old, new, expect) in [
            (None, new, "topics: [c]\n"),
            (Some("topics: [a, b]  # first\n"), new, "topics: [b, c]  # first\n"),
            (Some("topics: [\"a\", 'b, d']\n"), new, "topics: ['b, d', c]\n"),
            (Some("topics: []\n"), new, "topics: [c]\n"),
            (Some("topics: a\n"), new, "topics: [c]\n"),
            (Some("topics:\n  - a\n  - b  # why\n"), new, "topics:\n  - b  # why\n  - c\n"),
            (Some("topics:\n- a\n# note\n- b\n"), &[][..], "topics:\n# note\n- b\n"),
            (Some("topics:\n  - a\n"), &[], "topics: []\n"),
            (Some("topics: [\n  a,\n  b ]\n"), new, "topics: [b, c]\n"),
        ] {
            assert_eq!(with_members(old, "topics", |member| member != "a", new), expect, "{old:?}");
        }
    }
}
