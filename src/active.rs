//! A file that is published as it is -> what in it could act when a reader opens it.
//!
//! A web page or an SVG image runs scripts on the site's origin, a PDF runs JavaScript or starts programs, a Word file
//! fetches a template or runs macros. Originals come from many hands, so a build looks into each before it publishes it.
//! What cannot be parsed counts as active: a browser or a word processor may understand it all the same.

mod markup;
mod office;
mod pdf;

use std::collections::BTreeSet;

/// What was found in a file, in words that complete "it has …"; sorted, each once.
pub type Findings = BTreeSet<&'static str>;

/// Endings of web pages, which a browser parses as HTML.
const HTML: &[&str] = &["htm", "html", "shtm", "shtml"];
/// Endings of what a browser parses as XML.
const XML: &[&str] = &["rdf", "rng", "svg", "xht", "xhtml", "xml", "xsl", "xslt"];
/// Endings of packages of Office Open XML and OpenDocument.
const PACKAGES: &[&str] = &[
    "docm", "docx", "dotm", "dotx", "odp", "ods", "odt", "ott", "potm", "potx", "ppsm", "ppsx", "pptm", "pptx", "xlsb",
    "xlsm", "xlsx", "xltm", "xltx",
];
/// Endings of the formats that Office had before, and of rich text.
const OLDER: &[&str] = &["doc", "dot", "pot", "pps", "ppt", "rtf", "xls", "xlt"];
/// Endings of what an operating system runs, and of what cannot be checked at all.
const PROGRAMS: &[&str] = &[
    "apk", "app", "bat", "cmd", "com", "dmg", "exe", "hta", "htc", "iso", "jar", "js", "jse", "lnk", "mht", "mhtml",
    "mjs", "msi", "ps1", "reg", "scr", "sh", "svgz", "swf", "vbe", "vbs", "wasm", "wsf", "wsh",
];

/// Returns whether a file of this name has to be looked into. A name without an ending says nothing, so it has to.
pub fn may_act(path: &str) -> bool {
    let ending = ending(path);
    ending.is_empty()
        || ending == "pdf"
        || [HTML, XML, PACKAGES, OLDER, PROGRAMS].iter().any(|endings| endings.contains(&&*ending))
}

/// Returns what in a file could act when it is opened from the site; nothing if nothing was found.
pub fn findings(path: &str, bytes: &[u8]) -> Findings {
    let mut found = Findings::new();
    let ending = ending(path);
    let ending = &*ending;
    if PROGRAMS.contains(&ending) {
        found.insert("a program or a packed page, which cannot be checked");
    } else if HTML.contains(&ending) {
        markup::html(bytes, &mut found);
    } else if XML.contains(&ending) {
        markup::xml(bytes, &mut found);
    } else if ending == "pdf" {
        pdf::pdf(bytes, &mut found);
    } else if PACKAGES.contains(&ending) {
        office::package(bytes, &mut found);
    } else if OLDER.contains(&ending) {
        office::older(bytes, &mut found);
    } else if bytes.starts_with(b"%PDF-") {
        pdf::pdf(bytes, &mut found);
    } else if bytes.starts_with(b"PK\x03\x04") {
        office::package(bytes, &mut found);
    } else if bytes.trim_ascii_start().starts_with(b"<") || bytes.starts_with(b"\xef\xbb\xbf<") {
        markup::html(bytes, &mut found);
    }
    found
}

/// Returns the ending of a path's last part in lower case, without the dot.
fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_what_a_browser_makes_of_a_file() {
        let page = b"<p onclick='a()'>x</p>";
        for (path, acts) in
            [("a/b.html", true), ("a/B.HTM", true), ("a/b", true), ("a/b.txt", false), ("a.b/c.png", false)]
        {
            assert_eq!(may_act(path) && !findings(path, page).is_empty(), acts, "{path}");
        }
        assert!(!findings("a.exe", b"MZ").is_empty());
        assert!(findings("README", b"Plain words.").is_empty());
    }
}
