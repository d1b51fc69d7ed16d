//! The XML of a Word, Excel or OpenDocument file -> commands in its fields, macros it binds, and content it fetches.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Findings, markup};

const DDE: &str = "commands to other programs (DDE)";
const FETCHED: &str = "pictures or text that it fetches from elsewhere";
const MACROS: &str = "macros";
const REMOTE: &str = "a template or object that it fetches from elsewhere";
const UNCLEAR: &str = "parts that cannot be checked";

/// Kinds of relationship that are followed only when the reader clicks (ECMA-376 part 1, 15.3).
const CLICKED: &[&str] = &["hyperlink"];
/// Kinds of relationship whose target is shown in the document.
const SHOWN: &[&str] = &["image", "video", "audio", "media"];
/// Fields that fetch their content (ECMA-376 part 1, 17.16.5), including those of older versions.
const FETCHING: &[&str] = &["INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DATABASE", "RD"];

/// Calls `each` for every XML event of a part. A part that is not XML cannot be checked.
fn elements(bytes: &[u8], found: &mut Findings, mut each: impl FnMut(&Event<'_>, &mut Findings)) {
    let text = markup::decoded(bytes);
    let mut reader = Reader::from_str(&text);
    // Word processors repair mismatched tags before opening a file, so these must not end the inspection.
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => return,
            Ok(event) => each(&event, found),
            Err(_) => {
                found.insert(UNCLEAR);
                return;
            }
        }
    }
}

/// Returns the value of an attribute by its local name.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let raw = &attribute.value;
    Some(quick_xml::escape::unescape(raw).map_or_else(|_| raw.to_string(), |value| value.into_owned()))
}

/// Finds relationships to targets outside the package that are fetched when the file is opened.
pub(super) fn relationships(bytes: &[u8], found: &mut Findings) {
    elements(bytes, found, |event, found| {
        let (Event::Start(tag) | Event::Empty(tag)) = event else { return };
        if tag.local_name().as_ref() != "Relationship" {
            return;
        }
        let is_external = attribute(tag, "TargetMode").is_some_and(|mode| mode.trim().eq_ignore_ascii_case("external"));
        let target = attribute(tag, "Target").unwrap_or_default().to_ascii_lowercase();
        let kind = attribute(tag, "Type").unwrap_or_default().to_ascii_lowercase();
        let kind = kind.trim().rsplit('/').next().unwrap_or_default();
        if (is_external || markup::is_elsewhere(target.trim())) && !CLICKED.contains(&kind) {
            found.insert(if SHOWN.contains(&kind) { FETCHED } else { REMOTE });
        }
    });
}

/// Finds what the fields of an Office part do, and external pictures in the older markup (VML).
///
/// The letters of a field may be spread over several runs, and fields can be nested, so an instruction is complete only
/// where its result starts.
pub(super) fn office(bytes: &[u8], found: &mut Findings) {
    let (mut open, mut in_instruction): (Vec<String>, bool) = (Vec::new(), false);
    elements(bytes, found, |event, found| match event {
        Event::Start(tag) | Event::Empty(tag) => {
            match tag.local_name().as_ref() {
                "instrText" | "delInstrText" => in_instruction = matches!(event, Event::Start(_)),
                "fldSimple" => instruction(&attribute(tag, "instr").unwrap_or_default(), found),
                "fldChar" => match attribute(tag, "fldCharType").as_deref().map(str::trim) {
                    Some("begin") => {
                        // The result of another field decides what this one does: `QUOTE 68 68 69` spells DDE.
                        if open.last().is_some_and(|outer| outer.trim().is_empty()) {
                            found.insert(UNCLEAR);
                        }
                        open.push(String::new());
                    }
                    // The result of a field is not part of its instruction, and may contain other fields.
                    Some("separate") => {
                        if let Some(field) = open.last_mut() {
                            instruction(field, found);
                            "=".clone_into(field);
                        }
                    }
                    Some("end") => instruction(&open.pop().unwrap_or_default(), found),
                    _ => {}
                },
                "imagedata" | "fill" | "stroke" => {
                    let source = attribute(tag, "src").unwrap_or_default().to_ascii_lowercase();
                    if markup::is_elsewhere(source.trim()) {
                        found.insert(FETCHED);
                    }
                }
                "ddeLink" => _ = found.insert(DDE),
                _ => {}
            }
        }
        Event::Text(words) if in_instruction => {
            let words = quick_xml::escape::unescape(words).map_or_else(|_| words.to_string(), |text| text.into_owned());
            match open.last_mut() {
                Some(field) => field.push_str(&words),
                // An instruction outside a field is treated as a field to be safe.
                None => instruction(&words, found),
            }
        }
        // Character references (`&#68;`) are separate events.
        Event::GeneralRef(reference) if in_instruction => {
            if let (Some(field), Ok(Some(letter))) = (open.last_mut(), reference.resolve_char_ref()) {
                field.push(letter);
            }
        }
        Event::End(tag) if matches!(tag.local_name().as_ref(), "instrText" | "delInstrText") => in_instruction = false,
        _ => {}
    });
    for field in &open {
        instruction(field, found);
    }
}

/// Finds what a field does by the first word of its instruction.
fn instruction(text: &str, found: &mut Findings) {
    let word = text.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| !word.is_empty()).unwrap_or_default();
    let is = |name: &&str| word.eq_ignore_ascii_case(name);
    if ["DDE", "DDEAUTO"].iter().any(&is) {
        found.insert(DDE);
    } else if FETCHING.iter().any(is) {
        found.insert(FETCHED);
    }
}

/// Finds macros that an OpenDocument part binds, and content that it fetches.
pub(super) fn open_document(bytes: &[u8], found: &mut Findings) {
    elements(bytes, found, |event, found| {
        let (Event::Start(tag) | Event::Empty(tag)) = event else { return };
        let name = tag.local_name();
        match name.as_ref() {
            "event-listener" | "script-data" | "libraries" => _ = found.insert(MACROS),
            "dde-source" | "dde-connection-decl" => _ = found.insert(DDE),
            // A link in the text is followed only when the reader clicks.
            "a" => return,
            _ => {}
        }
        let address = attribute(tag, "href").unwrap_or_default().to_ascii_lowercase();
        if markup::is_elsewhere(address.trim()) {
            let is_template = matches!(name.as_ref(), "template" | "object" | "object-ole" | "plugin");
            found.insert(if is_template { REMOTE } else { FETCHED });
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(check: fn(&[u8], &mut Findings), text: &str) -> Vec<&'static str> {
        let mut found = Findings::new();
        check(text.as_bytes(), &mut found);
        found.into_iter().collect()
    }

    #[test]
    fn fields_are_known_by_their_first_word() {
        let run = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        let says = |words: &str| format!("<w:r><w:instrText xml:space='preserve'>{words}</w:instrText></w:r>");
        let field = |words: &str| format!("{}{}{}x{}", run("begin"), says(words), run("separate"), run("end"));
        for (text, expect) in [
            (field("HYPERLINK \"https://example.org/link/include\""), &[][..]),
            (field(" PAGE "), &[]),
            (format!("{}{}{}{}{}", run("begin"), says("IF "), field("PAGE"), says(" = 1 \"a\""), run("end")), &[]),
            (format!("{}{}{}{}{}", run("begin"), says("TOC"), run("separate"), field("PAGEREF a"), run("end")), &[]),
            (field(" INCLUDETEXT \"https://example.org/a.docx\""), &[FETCHED]),
            (field("includepicture &quot;https://example.org/a.png&quot; \\d"), &[FETCHED]),
            (field(" LINK Excel.Sheet.12 \"\\\\host\\a.xlsx\""), &[FETCHED]),
            (format!("{}{}{}{}", run("begin"), says("DDE"), says("AUTO a b"), run("end")), &[DDE]),
            (field(" &#68;DE a b"), &[DDE]),
            (format!("{}{}{}{}", run("begin"), says("INCLUDE"), says("TEXT a"), run("end")), &[FETCHED]),
            (format!("{}{}{}", run("begin"), field("QUOTE 68 68 69"), run("end")), &[UNCLEAR]),
            ("<w:fldSimple w:instr=\" INCLUDEPICTURE a \"/>".to_owned(), &[FETCHED]),
            ("<w:fldSimple w:instr=\" TITLE include \"/>".to_owned(), &[]),
            ("<v:imagedata src=\"https://example.org/p.png\"/>".to_owned(), &[FETCHED]),
            ("<v:imagedata r:id=\"rId1\" o:href=\"https://example.org/p.png\"/>".to_owned(), &[]),
        ] {
            assert_eq!(found(office, &format!("<w:document>{text}</w:document>")), expect, "{text}");
        }
    }

    #[test]
    fn what_an_open_document_fetches_is_found() {
        for (text, expect) in [
            ("<text:a xlink:href='https://example.org/'>x</text:a>", &[][..]),
            ("<draw:image xlink:href='Pictures/1.png'/>", &[]),
            ("<meta:template xlink:href='../a.ott'/>", &[]),
            ("<draw:image xlink:href='https://example.org/1.png'/>", &[FETCHED]),
            ("<draw:image\n xlink:href = 'HTTPS&#58;//example.org/1.png'/>", &[FETCHED]),
            ("<text:section-source xlink:href='//example.org/a.odt'/>", &[FETCHED]),
            ("<meta:template xlink:href='https://example.org/a.ott'/>", &[REMOTE]),
            ("<script:event-listener script:event-name='dom:load'/>", &[MACROS]),
            ("<text:dde-connection-decl office:dde-application='a'/>", &[DDE]),
        ] {
            assert_eq!(found(open_document, text), expect, "{text}");
        }
    }

    #[test]
    fn a_relationship_is_read_however_it_is_written() {
        const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        for (text, expect) in [
            ("<Relationship Type='T/hyperlink' Target='https://example.org/' TargetMode='External'/>", &[][..]),
            ("<Relationship Type='T/image' Target='media/1.png'/>", &[]),
            ("<Relationship Type='T/image' Target='https://example.org/1.png' TargetMode='External'/>", &[FETCHED]),
            ("<r:Relationship\nType='T/image' Target='file:///a.png' TargetMode = '&#69;xternal'/>", &[FETCHED]),
            ("<Relationship Type='T/frame' Target='a.htm' TargetMode='External'/>", &[REMOTE]),
            ("<Relationship Type='T/externalLinkPath' Target='https://example.org/a.xlsx'/>", &[REMOTE]),
        ] {
            assert_eq!(found(relationships, &text.replace("'T/", &format!("'{TYPE}/"))), expect, "{text}");
        }
    }
}
