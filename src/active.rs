//! A file that is published as it is -> what in it could act when a reader opens it.
//!
//! A web page or an SVG image runs scripts on the site's origin, a PDF runs JavaScript or starts programs, a Word file
//! fetches a template or runs macros, a script in PHP runs on the host itself. Originals come from many hands, so a build looks into each before it publishes it.
//! What cannot be parsed counts as active: a browser or a word processor may understand it all the same.

mod fields;
mod markup;
mod office;
mod pdf;
mod table;

use std::collections::BTreeSet;

/// What was found in a file, in words that complete "it has …"; sorted, each once.
pub type Findings = BTreeSet<&'static str>;

/// Endings of web pages, which a browser parses as HTML.
const HTML: &[&str] = &["htm", "html"];
/// Endings of what a browser parses as XML.
const XML: &[&str] = &["rdf", "rng", "svg", "xht", "xhtml", "xml", "xsl", "xslt"];
/// Endings of packages of Office Open XML and OpenDocument.
const PACKAGES: &[&str] = &[
    "docm", "docx", "dotm", "dotx", "odf", "odg", "odm", "odp", "ods", "odt", "otg", "oth", "otp", "ots", "ott",
    "potm", "potx", "ppsm", "ppsx", "pptm", "pptx", "xlsb", "xlsm", "xlsx", "xltm", "xltx",
];
/// Endings of OpenDocument as one file of XML.
const FLAT: &[&str] = &["fodg", "fodp", "fods", "fodt"];
/// Endings of the formats that Office had before, and of rich text.
const OLDER: &[&str] = &["doc", "dot", "pot", "pps", "ppt", "rtf", "xls", "xlt"];
/// Endings of tables as text, which people open in a spreadsheet.
const TABLES: &[&str] = &["csv", "tab", "tsv"];
/// Endings of what an operating system runs or opens in another place, and of what cannot be checked at all.
const PROGRAMS: &[&str] = &[
    "accdb",
    "accde",
    "action",
    "apk",
    "app",
    "appimage",
    "application",
    "appref-ms",
    "appx",
    "bash",
    "bat",
    "chm",
    "cmd",
    "com",
    "command",
    "cpl",
    "crx",
    "csh",
    "deb",
    "desktop",
    "diagcab",
    "dll",
    "dmg",
    "dqy",
    "exe",
    "fileloc",
    "gadget",
    "hlp",
    "hta",
    "htc",
    "inetloc",
    "inf",
    "ins",
    "iqy",
    "iso",
    "isp",
    "jar",
    "jnlp",
    "js",
    "jse",
    "ksh",
    "library-ms",
    "lnk",
    "mda",
    "mdb",
    "mde",
    "mht",
    "mhtml",
    "mjs",
    "mobileconfig",
    "msc",
    "msi",
    "msix",
    "msp",
    "mst",
    "one",
    "oqy",
    "pif",
    "pkg",
    "ppa",
    "ppam",
    "ps1",
    "psd1",
    "psm1",
    "reg",
    "rpm",
    "rqy",
    "scf",
    "scpt",
    "scr",
    "sct",
    "search-ms",
    "searchconnector-ms",
    "settingcontent-ms",
    "sh",
    "slk",
    "svgz",
    "swf",
    "terminal",
    "theme",
    "url",
    "vb",
    "vbe",
    "vbs",
    "vhd",
    "vhdx",
    "wasm",
    "webarchive",
    "webloc",
    "website",
    "workflow",
    "ws",
    "wsc",
    "wsf",
    "wsh",
    "xla",
    "xlam",
    "xll",
    "xpi",
    "zsh",
];
/// Endings of what a web server may run itself.
const SERVER: &[&str] = &[
    "ascx", "ashx", "asmx", "asp", "aspx", "axd", "cer", "cfm", "cgi", "fcgi", "jsp", "jspx", "lua", "phar", "php",
    "php3", "php4", "php5", "php7", "php8", "phps", "pht", "phtml", "pl", "py", "rb", "shtm", "shtml", "stm",
];
/// Names of files that tell a web server or a folder what to do.
const SETTINGS: &[&str] = &[
    ".htaccess",
    ".htpasswd",
    ".user.ini",
    "_headers",
    "_redirects",
    "autorun.inf",
    "desktop.ini",
    "php.ini",
    "web.config",
];

/// Returns whether a file of this name has to be looked into. A name without an ending says nothing, so it has to.
pub fn may_act(path: &str) -> bool {
    let ending = ending(path);
    ending.is_empty()
        || ending == "pdf"
        || [HTML, XML, PACKAGES, FLAT, OLDER, TABLES, PROGRAMS].iter().any(|endings| endings.contains(&&*ending))
        || is_for_server(path)
}

/// Returns whether a web server may run the file, or take it for settings. Some run `a.php.pdf`, too: every ending counts.
fn is_for_server(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    SETTINGS.contains(&&*name) || name.split('.').skip(1).any(|ending| SERVER.contains(&ending))
}

/// Returns what in a file could act when it is opened from the site; nothing if nothing was found.
pub fn findings(path: &str, bytes: &[u8]) -> Findings {
    let mut found = Findings::new();
    let ending = ending(path);
    let ending = &*ending;
    if is_for_server(path) {
        found.insert("a script or settings for the web server");
    } else if PROGRAMS.contains(&ending) {
        found.insert("a program, a shortcut or a packed page, which cannot be checked");
    } else if HTML.contains(&ending) {
        markup::html(bytes, &mut found);
    } else if XML.contains(&ending) {
        markup::xml(bytes, &mut found);
    } else if ending == "pdf" {
        pdf::pdf(bytes, &mut found);
    } else if PACKAGES.contains(&ending) {
        office::package(bytes, &mut found);
    } else if FLAT.contains(&ending) {
        fields::open_document(bytes, &mut found);
    } else if OLDER.contains(&ending) {
        office::older(bytes, &mut found);
    } else if TABLES.contains(&ending) {
        table::table(bytes, &mut found);
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

    #[test]
    fn what_a_server_or_a_desktop_would_run_is_found_by_its_name() {
        for (path, acts) in [
            ("files/form.php", true),
            ("files/Form.PHTML", true),
            ("files/form.php.pdf", true),
            ("files/.htaccess", true),
            ("files/web.config", true),
            ("files/page.shtml", true),
            ("files/Annex.url", true),
            ("files/Annex.pdf.lnk", true),
            ("files/annex.webloc", true),
            ("files/php/annex.txt", false),
            ("files/php.txt", false),
            ("files/map.png", false),
            ("files/notes.config", false),
        ] {
            assert_eq!(may_act(path) && !findings(path, b"x").is_empty(), acts, "{path}");
        }
    }
}
