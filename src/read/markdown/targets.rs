//! A link's destination as written -> what it could mean.

use crate::path::composed;
use crate::read::body::Target;
use crate::read::record::RecordKind;

/// Returns whether a definition's destination can be an address: a URL, a path, an anchor, or a file's name with its
/// ending. `A/RES/72/27` is none, nor is a word.
pub(super) fn is_address(destination: &str) -> bool {
    let path = destination.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit('/').next().and_then(|file| file.rsplit_once('.'));
    destination.starts_with(['#', '/', '.', '?'])
        || path.ends_with('/')
        || !matches!(plain_target(destination), Target::Relative { .. } | Target::Refused)
        || destination.contains("://")
        || ending.is_some_and(|(stem, ending)| {
            !stem.is_empty() && (1..=5).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// `[[id#p7]]`, `[[topic:ppwt]]`.
pub(super) fn wiki_target(destination: &str) -> Target {
    let destination = destination.trim();
    if let Some((word, name)) = destination.split_once(':')
        && let Some(kind) = RecordKind::of_word(word.trim())
    {
        return Target::Record { kind, name: name.trim().into() };
    }
    let (id, fragment) = split_fragment(destination);
    match (id.is_empty(), fragment) {
        (true, Some(fragment)) => Target::Fragment(fragment),
        (_, fragment) => Target::Statement { id: id.into(), fragment },
    }
}

pub(super) fn plain_target(destination: &str) -> Target {
    let scheme = destination.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase()).filter(|scheme| {
        scheme.bytes().next().is_some_and(|b| b.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+.-".contains(&b))
    });
    match scheme.as_deref() {
        Some("http" | "https" | "mailto" | "tel") => return Target::External(destination.into()),
        Some(_) => return Target::Refused,
        None => {}
    }
    if let Some(fragment) = destination.strip_prefix('#') {
        return Target::Fragment(decoded(fragment));
    }
    // Browsers take a backslash for a slash: `/\host` leaves the site like `//host`.
    if destination.starts_with("//") || destination.contains("/\\") {
        return Target::Refused;
    }
    if destination.starts_with('/') {
        return Target::Rooted(destination.into());
    }
    let (path, fragment) = split_fragment(destination);
    Target::Relative { path: decoded(path), fragment }
}

fn split_fragment(text: &str) -> (&str, Option<Box<str>>) {
    match text.split_once('#') {
        Some((path, fragment)) => (path, Some(decoded(fragment))),
        None => (text, None),
    }
}

/// Returns a path or fragment as files and headings are called: browsers hand out both percent-encoded.
fn decoded(text: &str) -> Box<str> {
    composed(&percent_encoding::percent_decode_str(text).decode_utf8_lossy()).into()
}
