//! The destination of a link as written -> its possible target.

use crate::path::composed;
use crate::read::body::Target;
use crate::read::record::RecordKind;

/// Returns whether the destination of a definition can be an address: a URL, a path, an anchor, or a file name with an
/// extension. `A/RES/72/27` is not one, nor is a word.
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

/// Returns the target of `[[id#p7]]` or `[[topic:ppwt]]`.
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

/// Returns the target of a Markdown link or image. Only harmless schemes are accepted.
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
    // Browsers treat a backslash as a slash, so `/\host` leaves the site just as `//host` does.
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

/// Decodes a path or fragment into the form of file names and anchors: browsers copy both percent-encoded.
fn decoded(text: &str) -> Box<str> {
    composed(&percent_encoding::percent_decode_str(text).decode_utf8_lossy()).into()
}
