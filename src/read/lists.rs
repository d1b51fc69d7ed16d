//! Lists in front matter -> names and lines.

use super::fields::{Fields, Named};
use crate::diagnostic::Code;
use crate::front::FrontKey;

/// The maximum number of names in a list. No group has as many members, and the cost is quadratic: every name gets a
/// page that links to all others.
const MOST: usize = 500;

/// Takes a list of names. A single name with a comma is refused, because it is likely several names.
pub(super) fn several(fields: &mut Fields<'_>, key: FrontKey) -> Vec<Named> {
    let names = fields.list(key);
    if let [only] = &names[..]
        && only.contains([',', ';'])
    {
        let parts: Vec<&str> = only.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
        let message = format!("`{}` in `{key}` is one name, but it looks like {}", only.text, parts.len());
        fields.complain(key, Code::WrongType, message, &format!("write a list: {key}: [{}]", parts.join(", ")));
        return Vec::new();
    }
    if names.len() > MOST {
        let message = format!("`{key}` has {} names, and at most {MOST} are allowed", names.len());
        fields.complain(key, Code::WrongType, message, "shorten the list; a group can be named instead of its members");
        return Vec::new();
    }
    names
}

/// Takes a list of lines. A text of several lines, such as one under YAML's `|`, is several entries.
pub(super) fn lines(fields: &mut Fields<'_>, key: FrontKey) -> Vec<Box<str>> {
    let entries = fields.list(key);
    let lines = entries.iter().flat_map(|entry| entry.lines()).map(str::trim);
    lines.filter(|line| !line.is_empty()).map(Into::into).collect()
}
