//! `SitePath`: a path on the site, as a URL and as a file, which cannot lead out of the output folder.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

/// What is percent-encoded in a path: everything that is not a `pchar` of RFC 3986, and the characters that HTML
/// escapes.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'\'')
    .add(b'&');

/// Names that Windows reserves for devices, whatever their extension.
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A path below the site's root: `topics/debris/` is a page, `feed.xml` a file, and the empty path the home page.
///
/// Every segment is a name that all common file systems accept: not empty, not `.` or `..`, at most 255 bytes, in
/// Unicode form C, and without separators, control characters, and characters and names that Windows forbids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// Returns the path of the home page.
    pub fn home() -> SitePath {
        SitePath("".into())
    }

    /// Parses `a/b/` (a page) or `a/b.xml` (a file), with or without a leading `/`.
    ///
    /// # Errors
    /// Returns what cannot be part of a path, to be put after "it contains".
    pub fn parse(text: &str) -> Result<SitePath, String> {
        let text = text.strip_prefix('/').unwrap_or(text);
        if text.is_empty() {
            return Ok(SitePath::home());
        }
        let text = composed(text);
        for segment in text.strip_suffix('/').unwrap_or(&text).split('/') {
            check(segment)?;
        }
        Ok(SitePath(text.into_owned().into()))
    }

    /// Returns the path of a page from its segments, which may be any text.
    ///
    /// # Errors
    /// Returns what cannot be part of a segment, to be put after "it contains".
    pub fn page<S: AsRef<str>>(segments: &[S]) -> Result<SitePath, String> {
        let mut text = String::new();
        for segment in segments {
            let segment = composed(segment.as_ref());
            check(&segment)?;
            if segment.contains('/') {
                return Err("a slash within a part".to_owned());
            }
            text.push_str(&segment);
            text.push('/');
        }
        Ok(SitePath(text.into()))
    }

    /// Returns the path of the page or file `tail` below this page.
    ///
    /// # Errors
    /// Returns what cannot be part of a path, to be put after "it contains".
    pub fn join(&self, tail: &str) -> Result<SitePath, String> {
        SitePath::parse(&format!("{}{tail}", self.0))
    }

    /// Returns the path below a folder: `fr/topics/` for `topics/`; `None` if it cannot be part of a URL.
    pub fn below(&self, folder: &str) -> Option<SitePath> {
        SitePath::page(&[folder]).ok()?.join(&self.0).ok()
    }

    /// Returns the path without the folder that it is below: `topics/` for `fr/topics/`.
    pub fn out_of(&self, folder: &str) -> Option<SitePath> {
        self.0.strip_prefix(folder)?.strip_prefix('/').map(|path| SitePath(path.into()))
    }

    /// Returns the path of the page whose folder contains a file: `topics/debris/` for `topics/debris/feed.xml`.
    #[must_use]
    pub fn folder(&self) -> SitePath {
        SitePath(self.0[..self.0.rfind('/').map_or(0, |at| at + 1)].into())
    }

    /// Returns the path with a leading `/` and without percent-encoding, as messages show it.
    pub fn url(&self) -> String {
        format!("/{}", self.0)
    }

    /// Returns the path for links: `base` (which ends with `/`) and the percent-encoded path.
    pub fn href(&self, base: &str) -> String {
        format!("{base}{}", utf8_percent_encode(&self.0, ENCODED))
    }

    /// Returns the file that it is written to, relative to the output folder and separated by `/`.
    pub fn file(&self) -> String {
        if self.0.is_empty() || self.0.ends_with('/') { format!("{}index.html", self.0) } else { self.0.to_string() }
    }

    /// Returns its first segment, such as `topics`; empty for the home page.
    pub fn room(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// Returns the file name without differences of case and Unicode form: paths that are equal in it are the same file
    /// on some file systems.
    pub fn folded(&self) -> String {
        let mut file = self.file();
        if !file.is_ascii() {
            return file.nfkc().flat_map(char::to_lowercase).collect();
        }
        file.make_ascii_lowercase();
        file
    }
}

impl AsRef<SitePath> for SitePath {
    fn as_ref(&self) -> &SitePath {
        self
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}", self.0)
    }
}

/// Returns text in Unicode form C, in which names are compared; macOS and its archives use form D.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Returns whether the character is a control character or a Unicode noncharacter, which neither HTML nor XML can
/// contain.
pub fn is_no_character(c: char) -> bool {
    c.is_control() || u32::from(c) & 0xfffe == 0xfffe || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// Returns as an error what prevents `segment` from being part of a path.
fn check(segment: &str) -> Result<(), String> {
    let stem = segment.split('.').next().unwrap_or_default();
    let wrong = if segment.is_empty() {
        "an empty part"
    } else if segment == "." || segment == ".." {
        "a part that is `.` or `..`"
    } else if segment.len() > 255 {
        "a part of more than 255 bytes"
    } else if let Some(bad) = segment.chars().find(|c| is_no_character(*c) || r#"\<>:"|?*"#.contains(*c)) {
        return Err(format!("the character {bad:?}"));
    } else if segment.ends_with('.') || segment.ends_with(' ') || segment.starts_with(' ') {
        "a part that begins or ends with a space or ends with a full stop"
    } else if matches!(stem.len(), 3 | 4) && DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device)) {
        "a part that Windows reserves for a device"
    } else {
        return Ok(());
    };
    Err(wrong.to_owned())
}

/// Returns text as a part of a URL: lower-case letters and digits of any script, separated by hyphens, of about 200
/// bytes at most.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc().flat_map(char::to_lowercase) {
        // Combining marks are kept: without them Devanagari and vocalised Arabic would be divided inside words.
        if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() && c != '\'' && c != '’' {
            out.push('-');
        }
        if out.len() > 200 {
            break;
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_leave_the_folder_or_break_a_file_system_is_refused() {
        for bad in [
            "..",
            "../x",
            "a/../b",
            "a//b",
            "a/./b",
            "a\\b",
            "a\0b",
            "C:/x",
            "con",
            "nul.txt",
            "a.",
            "a /b",
            "//x",
            "a?b",
            "a\u{fffe}b",
            &"x".repeat(256),
        ] {
            assert!(SitePath::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_page_is_a_folder_with_an_index_and_a_file_is_itself() {
        for (path, url, file) in [
            ("", "/", "index.html"),
            ("/topics/debris/", "/topics/debris/", "topics/debris/index.html"),
            ("documents/A/RES/72/27/", "/documents/A/RES/72/27/", "documents/A/RES/72/27/index.html"),
            ("feed.xml", "/feed.xml", "feed.xml"),
        ] {
            let path = SitePath::parse(path).unwrap();
            assert_eq!((path.url().as_str(), path.file().as_str()), (url, file));
        }
    }

    #[test]
    fn hrefs_are_percent_encoded_below_their_base() {
        let path = SitePath::parse("speakers/жанна-д/").unwrap();
        assert_eq!(path.href("/site/"), "/site/speakers/%D0%B6%D0%B0%D0%BD%D0%BD%D0%B0-%D0%B4/");
    }

    #[test]
    fn paths_that_differ_by_case_or_unicode_form_fold_to_one() {
        let folded = |text| SitePath::parse(text).unwrap().folded();
        assert_eq!(folded("Caf\u{e9}/"), folded("cafe\u{301}/"));
        assert_ne!(folded("a/"), folded("b/"));
    }

    #[test]
    fn slugs_keep_their_script() {
        for (text, expect) in [
            ("Orbital Debris!", "orbital-debris"),
            ("Mrs. D’Arcy", "mrs-darcy"),
            ("Выступление № 7", "выступление-7"),
            ("الفضاء الخارجي", "الفضاء-الخارجي"),
            ("  ", ""),
            ("हिन्दी", "हिन्दी"),
        ] {
            assert_eq!(slug(text), expect);
        }
    }
}
