//! The value of a key -> whether it can be what the key says.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::path::SitePath;

/// Why a value cannot be: a sentence that goes on from the key's name, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    pub what: String,
    pub help: String,
}

/// Whether a value can be.
pub(super) type Verdict = Result<(), Wrong>;

fn wrong(what: impl Into<String>, help: impl Into<String>) -> Verdict {
    Err(Wrong { what: what.into(), help: help.into() })
}

/// There must be words.
pub(super) fn words(text: &str) -> Verdict {
    if text.trim().is_empty() { wrong("is empty", "write it, or leave the key out for the default") } else { Ok(()) }
}

/// Says whether the text has the form of a language tag (BCP 47), two or three letters and perhaps subtags, and can stand
/// in a URL: `con` cannot.
pub fn is_language(tag: &str) -> bool {
    if SitePath::page(&[tag]).is_err() {
        return false;
    }
    let mut parts = tag.split('-');
    parts.next().is_some_and(|first| matches!(first.len(), 2 | 3) && first.bytes().all(|b| b.is_ascii_lowercase()))
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Returns the language of a tag, without script and region: `zh` of `zh-Hant`.
pub fn base_language(tag: &str) -> &str {
    tag.split_once('-').map_or(tag, |(language, _)| language)
}

pub(super) fn language(tag: &str) -> Verdict {
    if is_language(tag) {
        return Ok(());
    }
    wrong("is not a language tag (BCP 47)", "write a tag such as `en`, `fr`, `ar` or `zh-Hans`")
}

/// A URL with a placeholder in it; empty for none.
pub(super) fn template(url: &str, placeholder: &str, example: &str) -> Verdict {
    let help = format!("write a whole URL with `{placeholder}` in it, such as \"{example}\"");
    if url.is_empty() {
        Ok(())
    } else if after_scheme(url).is_none_or(str::is_empty) {
        wrong("is not a URL that begins with https:// or http://", help)
    } else if !url.contains(placeholder) {
        wrong(format!("has no `{placeholder}`, so every page would link to the same"), help)
    } else {
        Ok(())
    }
}

/// A version such as `0.1`; empty for none.
pub(super) fn version(text: &str) -> Verdict {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if text.is_empty() || text.split('.').count() <= 3 && text.split('.').all(is_number) {
        return Ok(());
    }
    wrong("is not a version of Plenary", format!("write it as \"{}\"", env!("CARGO_PKG_VERSION")))
}

/// Where a link of the menu leads: a path within the site or a whole URL.
pub(super) fn menu_url(url: &str) -> Verdict {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '?', '#']));
    if url.starts_with('/') && !url.starts_with("//") && !url.contains('\\') {
        return Ok(());
    }
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        Some("http" | "https" | "mailto" | "tel") => Ok(()),
        Some(_) => wrong("has a scheme that links cannot have", "links may begin with https:, http:, mailto: or tel:"),
        None => {
            let path = url.trim_start_matches(['.', '/', '\\']).trim_end_matches('/');
            let help = format!("begin a path within the site with a slash (url = \"/{path}/\"), another with https://");
            wrong("is neither a path within the site nor a whole URL", help)
        }
    }
}

/// What a path may have besides letters and digits (RFC 3986, section 3.3), and what is encoded already.
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

/// Says what keeps a URL from being a site's; empty is none.
pub fn base_url(url: &str) -> Result<(), Wrong> {
    const EXAMPLE: &str = "write scheme, host and perhaps a path: https://example.org/statements/";
    if url.is_empty() {
        return Ok(());
    }
    let Some(rest) = after_scheme(url) else {
        return wrong("is not a URL that begins with https:// or http://", EXAMPLE);
    };
    if let Some(bad) = rest.chars().find(|c| matches!(c, '?' | '#' | '\\') || c.is_whitespace() || c.is_control()) {
        return wrong(format!("has {bad:?} in it, which a site's address cannot have"), EXAMPLE);
    }
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    if authority.contains('@') {
        let help = "leave out what stands before the `@`: it would be in every page for all to read";
        return wrong("has a user's name or password in it", help);
    }
    if !authority.is_ascii() {
        let help = "write the host as browsers send it: a name in other letters begins with `xn--`";
        return wrong("has a host that is not in ASCII letters", help);
    }
    if !is_host(authority) {
        return wrong("has no host that could be asked", EXAMPLE);
    }
    let encoded = utf8_percent_encode(path, PATH).to_string();
    if encoded != path {
        let help = format!("write the path as browsers send it: {}{encoded}", &url[..url.len() - path.len()]);
        return wrong("has characters in its path that a URL cannot have", help);
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

/// Says whether this is a host's name or address, perhaps with a port.
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
            ("example.org", Some("begins with")),
            ("ftp://example.org/", Some("begins with")),
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
