//! A file that is published unchanged -> what in it could act when a reader opens it.
//!
//! A web page or an SVG image runs scripts on the site's origin, a PDF runs JavaScript or starts programs, a Word file
//! fetches a template or runs macros, and a PHP script runs on the host itself. Originals come from many sources, so a
//! build inspects each before it publishes it. A file that cannot be parsed counts as active, because a browser or a
//! word processor may understand it nevertheless.

mod archive;
mod elements;
mod fields;
mod markup;
mod office;
mod pdf;
mod table;

use std::collections::BTreeSet;

/// What was found in a file, as sorted phrases that complete "it has …".
pub type Findings = BTreeSet<&'static str>;

/// How many more bytes may be unpacked to inspect a file.
type Budget = u64;

/// The maximum number of bytes unpacked to inspect one file, against archives that would expand without end.
const LARGEST_ALL: Budget = 128 << 20;

/// Extensions of web pages, which a browser parses as HTML.
const HTML: &[&str] = &["htm", "html"];
/// Extensions of files that a browser parses as XML.
const XML: &[&str] = &["rdf", "rng", "svg", "xht", "xhtml", "xml", "xsl", "xslt"];
/// Extensions of Office Open XML and OpenDocument packages.
const PACKAGES: &[&str] = &[
    "docm", "docx", "dotm", "dotx", "odf", "odg", "odm", "odp", "ods", "odt", "otg", "oth", "otp", "ots", "ott",
    "potm", "potx", "ppsm", "ppsx", "pptm", "pptx", "xlsb", "xlsm", "xlsx", "xltm", "xltx",
];
/// Extensions of archives that readers unpack, and of electronic books.
const ARCHIVES: &[&str] = &["epub", "zip"];
/// Extensions of OpenDocument files that are a single XML file.
const FLAT: &[&str] = &["fodg", "fodp", "fods", "fodt"];
/// Extensions of the older Office formats and of rich text.
const OLDER: &[&str] = &["doc", "dot", "pot", "pps", "ppt", "rtf", "xls", "xlt"];
/// Extensions of tables as text, which people open in a spreadsheet.
const TABLES: &[&str] = &["csv", "tab", "tsv"];
/// Extensions of files that an operating system runs, of shortcuts, and of formats that cannot be checked.
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
/// Extensions of files that a web server may run.
const SERVER: &[&str] = &[
    "ascx", "ashx", "asmx", "asp", "aspx", "axd", "cer", "cfm", "cgi", "fcgi", "jsp", "jspx", "lua", "phar", "php",
    "php3", "php4", "php5", "php7", "php8", "phps", "pht", "phtml", "pl", "py", "rb", "shtm", "shtml", "stm",
];
/// Names of configuration files for web servers and folders.
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

/// Returns whether a file with this name has to be inspected. Without an extension its type is unknown, so it has to
/// be.
pub fn may_act(path: &str) -> bool {
    let ending = ending(path);
    ending.is_empty()
        || ending == "pdf"
        || [HTML, XML, PACKAGES, ARCHIVES, FLAT, OLDER, TABLES, PROGRAMS]
            .iter()
            .any(|endings| endings.contains(&&*ending))
        || is_for_server(path)
}

/// Returns whether a web server may run the file or read it as configuration. Some servers run `a.php.pdf`, so every
/// extension counts.
fn is_for_server(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    SETTINGS.contains(&&*name) || name.split('.').skip(1).any(|ending| SERVER.contains(&ending))
}

/// Returns what in a file could act when it is opened from the site; empty if nothing was found.
pub fn findings(path: &str, bytes: &[u8]) -> Findings {
    let mut found = Findings::new();
    if is_for_server(path) {
        found.insert("a script or settings for the web server");
    } else {
        inspect(path, bytes, &mut { LARGEST_ALL }, &mut found);
    }
    found
}

/// Finds active content in a file that no web server runs.
fn inspect(path: &str, bytes: &[u8], left: &mut Budget, found: &mut Findings) {
    let ending = ending(path);
    let ending = &*ending;
    if PROGRAMS.contains(&ending) {
        found.insert("a program, a shortcut or a packed page, which cannot be checked");
    } else if HTML.contains(&ending) {
        markup::html(bytes, found);
    } else if XML.contains(&ending) {
        markup::xml(bytes, found);
    } else if ending == "pdf" {
        pdf::pdf(bytes, left, found);
    } else if PACKAGES.contains(&ending) {
        office::package(bytes, left, found);
    } else if ARCHIVES.contains(&ending) {
        archive::archive(bytes, left, found);
    } else if FLAT.contains(&ending) {
        fields::open_document(bytes, found);
    } else if OLDER.contains(&ending) {
        office::older(bytes, found);
    } else if TABLES.contains(&ending) {
        table::table(bytes, found);
    } else if bytes.starts_with(b"%PDF-") {
        pdf::pdf(bytes, left, found);
    } else if bytes.starts_with(b"PK\x03\x04") {
        office::package(bytes, left, found);
    } else if bytes.trim_ascii_start().starts_with(b"<") || bytes.starts_with(b"\xef\xbb\xbf<") {
        markup::html(bytes, found);
    }
}

/// Returns the extension of a path in lower case, without the dot; empty if there is none.
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
