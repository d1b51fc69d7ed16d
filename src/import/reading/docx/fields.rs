//! The fields of a Word document -> which of their words are shown.
//!
//! A field is a command and the result that the program last computed: `begin`, command, `separate`, result, `end`
//! (ECMA-376, 17.16). It may span several paragraphs, and both halves may contain other fields.

use std::collections::BTreeSet;

use crate::import::reading::words::Place;
use crate::import::reading::xml::Element;

/// An open field.
#[derive(Debug)]
pub(super) struct Field<'a> {
    /// The command, as far as it has been read.
    pub command: String,
    /// Where its result begins, in the paragraph with this number; `None` while the command is read.
    pub since: Option<(usize, Place)>,
    /// The element that begins it, which holds the values of form fields.
    begin: &'a Element,
}

impl<'a> Field<'a> {
    /// Opens a field.
    pub(super) fn new(begin: &'a Element) -> Field<'a> {
        Field { command: String::new(), since: None, begin }
    }

    /// Returns what the program shows for a field whose result is not in the file.
    pub(super) fn made(&self) -> Made {
        let mut words = self.command.split_whitespace();
        let name = words.next().unwrap_or_default().to_uppercase();
        let form = self.begin.child("ffData");
        match name.as_str() {
            "AUTONUM" | "AUTONUMLGL" | "AUTONUMOUT" => Made::Number,
            "FORMCHECKBOX" => {
                let of = form.and_then(|form| form.child("checkBox"));
                let checked = of.and_then(|of| of.child("checked").or_else(|| of.child("default")));
                Made::Words(if checked.is_some_and(super::styles::is_on) { "☒" } else { "☐" }.to_owned())
            }
            "FORMDROPDOWN" => {
                let list = form.and_then(|form| form.child("ddList"));
                let value = |name| list.and_then(|list| list.child(name)).and_then(|of| of.attribute("val"));
                let at = value("result").or_else(|| value("default")).and_then(|at| at.parse().ok()).unwrap_or(0);
                let entries = list.into_iter().flat_map(Element::elements).filter(|of| of.name == "listEntry");
                let entry = entries.filter_map(|entry| entry.attribute("val")).nth(at);
                entry.map_or_else(|| Made::Unknown(name), |entry| Made::Words(entry.to_owned()))
            }
            // A code of a symbol font is lost, but one of Unicode (`\u`), or without a font, is the character itself.
            "SYMBOL" => {
                let code = words.next().and_then(|code| match code.strip_prefix("0x") {
                    Some(digits) => u32::from_str_radix(digits, 16).ok(),
                    None => code.parse().ok(),
                });
                let is_plain = !self.command.contains("\\f") || self.command.contains("\\u");
                let known = code.filter(|_| is_plain).and_then(char::from_u32);
                Made::Words(known.unwrap_or('\u{fffd}').to_string())
            }
            name if SHOW_NOTHING.contains(&name) => Made::Words(String::new()),
            _ => Made::Unknown(name),
        }
    }
}

/// What the program shows for a field.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// These words.
    Words(String),
    /// The next number of a numbered paragraph.
    Number,
    /// Something that only the program can compute: the name of the command.
    Unknown(String),
}

/// Commands that show nothing, or nothing that belongs to the text.
const SHOW_NOTHING: &[&str] = &[
    "",
    "XE",
    "TC",
    "TA",
    "RD",
    "SET",
    "ASK",
    "NEXT",
    "NEXTIF",
    "SKIPIF",
    "PRINT",
    "PRIVATE",
    "BOOKMARK",
    "PAGE",
    "NUMPAGES",
    "SECTIONPAGES",
    "SECTION",
    "TOC",
    "INDEX",
    "TOA",
    "HYPERLINK",
    "ADVANCE",
    "EMBED",
    "INCLUDEPICTURE",
    "SHAPE",
    "ADDIN",
];

/// Returns the addresses of the elements that begin a field which also ends: of an unclosed one, no word is a command.
pub(super) fn whole(story: &Element) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    collect(story, &mut Vec::new(), &mut found);
    found
}

fn collect(element: &Element, open: &mut Vec<usize>, found: &mut BTreeSet<usize>) {
    for child in element.elements() {
        match child.name.as_str() {
            "fldChar" => match child.attribute("fldCharType") {
                Some("begin") => open.push(address(child)),
                Some("end") => found.extend(open.pop()),
                _ => {}
            },
            // A text box has fields of its own, and so does each of two forms of one drawing.
            "txbxContent" | "Choice" | "Fallback" => collect(child, &mut Vec::new(), found),
            _ => collect(child, open, found),
        }
    }
}

/// Returns what identifies an element of a tree: its address in memory.
pub(super) fn address(element: &Element) -> usize {
    std::ptr::from_ref(element).addr()
}

/// Returns the address that a command `HYPERLINK "…"` leads to; `None` for a place in the same document.
pub(super) fn target(command: &str) -> Option<&str> {
    let rest = command.trim().strip_prefix("HYPERLINK")?.trim_start();
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split_whitespace().next().filter(|word| !word.starts_with('\\')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::reading::xml;

    #[test]
    fn commands_lead_where_they_say() {
        for (command, expect) in [
            (" HYPERLINK \"https://a.example/b\" \\t \"_blank\" ", Some("https://a.example/b")),
            ("HYPERLINK https://a.example", Some("https://a.example")),
            ("HYPERLINK \\l \"_Toc1\"", None),
            ("REF a", None),
        ] {
            assert_eq!(target(command), expect, "{command}");
        }
    }

    #[test]
    fn fields_without_a_result_show_what_the_program_would() {
        let form = r#"<fldChar><ffData><ddList><result val="1"/><listEntry val="one"/><listEntry val="two"/></ddList>
            <checkBox><default val="1"/></checkBox></ffData></fldChar>"#;
        let form = xml::parse(form.as_bytes()).unwrap();
        for (command, expect) in [
            ("FORMDROPDOWN", Made::Words("two".into())),
            ("FORMCHECKBOX ", Made::Words("☒".into())),
            ("SYMBOL 8364 \\u", Made::Words("€".into())),
            ("SYMBOL 183 \\f Symbol", Made::Words("\u{fffd}".into())),
            ("XE \"space\"", Made::Words(String::new())),
            ("AUTONUM", Made::Number),
            ("EQ \\f(1;2)", Made::Unknown("EQ".into())),
        ] {
            let field = Field { command: command.to_owned(), since: None, begin: &form };
            assert_eq!(field.made(), expect, "{command}");
        }
    }

    #[test]
    fn an_unclosed_field_is_not_a_field() {
        let story = "<p><fldChar fldCharType='begin'/><fldChar fldCharType='begin'/><fldChar fldCharType='end'/></p>";
        let story = xml::parse(story.as_bytes()).unwrap();
        let second = story.elements().nth(1).unwrap();
        assert_eq!(whole(&story), BTreeSet::from([address(second)]));
    }
}
