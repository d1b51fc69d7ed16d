//! The value of a key -> whether it is valid.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::path::SitePath;

/// Why a value is not valid.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The rest of a sentence that starts with the name of the key.
    pub what: String,
    /// What to do about it.
    pub help: String,
}

/// Whether a value is valid.
pub(super) type Verdict = Result<(), Wrong>;

fn wrong(what: impl Into<String>, help: impl Into<String>) -> Verdict {
    Err(Wrong { what: what.into(), help: help.into() })
}

/// Checks that a text is not blank.
pub(super) fn words(text: &str) -> Verdict {
    if text.trim().is_empty() { wrong("is empty", "write it, or delete the key to use the default") } else { Ok(()) }
}

/// Returns whether a text has the form of a language tag (BCP 47), that is, two or three letters and optional subtags,
/// and can be part of a URL on every system: `con` cannot, because Windows reserves that file name.
pub fn is_language(tag: &str) -> bool {
    if SitePath::page(&[tag]).is_err() {
        return false;
    }
    let mut parts = tag.split('-');
    parts.next().is_some_and(|first| matches!(first.len(), 2 | 3) && first.bytes().all(|b| b.is_ascii_lowercase()))
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Returns the language of a tag without script and region: `zh` for `zh-Hant`.
pub fn base_language(tag: &str) -> &str {
    tag.split_once('-').map_or(tag, |(language, _)| language)
}

pub(super) fn language(tag: &str) -> Verdict {
    if is_language(tag) {
        return Ok(());
    }
    wrong("is not a language tag (BCP 47)", "write a tag such as `en`, `fr`, `ar` or `zh-Hans`")
}

/// Checks a URL with a placeholder in it; an empty one is valid.
pub(super) fn template(url: &str, placeholder: &str, example: &str) -> Verdict {
    let help = format!("write a full URL with `{placeholder}` in it, such as \"{example}\"");
    if url.is_empty() {
        Ok(())
    } else if after_scheme(url).is_none_or(str::is_empty) {
        wrong("is not a URL that starts with https:// or http://", help)
    } else if !url.contains(placeholder) {
        wrong(format!("has no `{placeholder}`, so every page would have the same link"), help)
    } else {
        Ok(())
    }
}

/// Checks a version such as `0.1`; an empty one is valid.
pub(super) fn version(text: &str) -> Verdict {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if text.is_empty() || text.split('.').count() <= 3 && text.split('.').all(is_number) {
        return Ok(());
    }
    wrong("is not a version of Plenary", format!("write it as \"{}\"", env!("CARGO_PKG_VERSION")))
}

/// Checks the target of a menu link: a path within the site, or a full URL.
pub(super) fn menu_url(url: &str) -> Verdict {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '?', '#']));
    if url.starts_with('/') && !url.starts_with("//") && !url.contains('\\') {
        return Ok(());
    }
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        Some("http" | "https" | "mailto" | "tel") => Ok(()),
        Some(_) => wrong("has a scheme that is not allowed in links", "use https:, http:, mailto: or tel:"),
        None => {
            let path = url.trim_start_matches(['.', '/', '\\']).trim_end_matches('/');
            let help =
                format!("start a path within the site with a slash (url = \"/{path}/\"), any other with https://");
            wrong("is neither a path within the site nor a full URL", help)
        }
    }
}

/// Characters other than letters and digits that a path may contain (RFC 3986, section 3.3), and `%` for encoded ones.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'%');

/// Checks that a text is the path of a picture within the site: pages load nothing from elsewhere.
pub(super) fn picture(path: &str) -> Verdict {
    if path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '?', '#']) && !path.ends_with('/') {
        return Ok(());
    }
    let name = path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or("logo.svg");
    let help = format!("put the file into `static/`, and start the path with a slash: /{name}");
    wrong("is not a path within the site", help)
}

/// Checks that a URL can be the address of a site; an empty one is valid.
///
/// # Errors
///
/// Returns why it cannot.
pub fn base_url(url: &str) -> Result<(), Wrong> {
    const EXAMPLE: &str = "write a scheme, a host and optionally a path: https://example.org/statements/";
    if url.is_empty() {
        return Ok(());
    }
    let Some(rest) = after_scheme(url) else {
        return wrong("is not a URL that starts with https:// or http://", EXAMPLE);
    };
    if let Some(bad) = rest.chars().find(|c| matches!(c, '?' | '#' | '\\') || c.is_whitespace() || c.is_control()) {
        return wrong(format!("contains {bad:?}, which the address of a site cannot contain"), EXAMPLE);
    }
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    if authority.contains('@') {
        let help = "delete everything before the `@`: it would be visible to all on every page";
        return wrong("contains a user name or password", help);
    }
    if !authority.is_ascii() {
        let help = "write the host in the form that browsers send, which starts with `xn--`";
        return wrong("has a host that is not in ASCII letters", help);
    }
    if !is_host(authority) {
        return wrong("has no host, or not a valid one", EXAMPLE);
    }
    let encoded = utf8_percent_encode(path, PATH).to_string();
    if encoded != path {
        let help = format!("write the path as browsers send it: {}{encoded}", &url[..url.len() - path.len()]);
        return wrong("has characters in its path that a URL cannot contain", help);
    }
    let is_odd = |part: &str| matches!(part, "" | "." | "..");
    if path.strip_suffix('/').unwrap_or(path).split('/').any(is_odd) && !path.is_empty() {
        return wrong("has a path with an empty part, `.` or `..`", EXAMPLE);
    }
    Ok(())
}

fn after_scheme(url: &str) -> Option<&str> {
    url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))
}

/// Returns whether this is the name or address of a host, optionally with a port.
fn is_host(authority: &str) -> bool {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !authority.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let is_name = || {
        let is_label = |label: &str| {
            !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        };
        host.trim_end_matches('.').split('.').all(is_label)
    };
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_address = address.is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok());
    (is_address || is_name()) && port.is_none_or(|port| port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sites_address_is_scheme_host_and_path() {
        for (url, expect) in [
            ("", None),
            ("https://example.org", None),
            ("http://localhost:8080/a/b/", None),
            ("http://[::1]:80/", None),
            ("https://example.org/%D0%B0/", None),
            ("example.org", Some("starts with")),
            ("ftp://example.org/", Some("starts with")),
            ("https://", Some("no host")),
            ("https:///a", Some("no host")),
            ("https://a..b/", Some("no host")),
            ("https://a.org:port/", Some("no host")),
            ("https://ann:secret@example.org/", Some("password")),
            ("https://пример.example/", Some("ASCII")),
            ("https://example.org/архив/", Some("characters in its path")),
            ("https://example.org/?a", Some("'?'")),
            ("https://example.org/#a", Some("'#'")),
            ("https://example.org/a b", Some("' '")),
            ("https://example.org/a/../b/", Some("`..`")),
            ("https://example.org//a/", Some("empty part")),
        ] {
            let found = base_url(url).err().map(|wrong| wrong.what);
            match expect {
                None => assert_eq!(found, None, "{url}"),
                Some(words) => assert!(found.as_ref().is_some_and(|what| what.contains(words)), "{url}: {found:?}"),
            }
        }
        let encoded = base_url("https://example.org/é/").unwrap_err().help;
        assert!(encoded.ends_with("https://example.org/%C3%A9/"), "{encoded}");
    }

    #[test]
    fn a_link_of_the_menu_is_a_path_of_the_site_or_a_whole_url() {
        for (url, good) in [
            ("/about/", true),
            ("/topics/#x", true),
            ("https://example.org", true),
            ("mailto:a@example.org", true),
            ("HTTPS://example.org", true),
            ("about/", false),
            ("../about/", false),
            ("//example.org/", false),
            ("/\\example.org/", false),
            ("javascript:alert(1)", false),
            ("a/b:c", false),
            ("", false),
        ] {
            assert_eq!(menu_url(url).is_ok(), good, "{url}");
        }
        assert!(menu_url("../about").unwrap_err().help.contains("url = \"/about/\""));
    }

    #[test]
    fn versions_languages_and_templates_have_their_forms() {
        for (text, good) in
            [("0.1", true), ("1", true), ("0.1.2", true), ("abc", false), ("0.", false), ("1.2.3.4", false)]
        {
            assert_eq!(version(text).is_ok(), good, "{text}");
        }
        for (tag, good) in [("en", true), ("zh-Hans", true), ("english", false), ("EN", false), ("", false)] {
            assert_eq!(language(tag).is_ok(), good, "{tag}");
        }
        for (url, good) in [
            ("", true),
            ("https://example.org/{path}", true),
            ("https://example.org/", false),
            ("javascript:{path}", false),
            ("{path}", false),
        ] {
            assert_eq!(template(url, "{path}", "").is_ok(), good, "{url}");
        }
    }
}
