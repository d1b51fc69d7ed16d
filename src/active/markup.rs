//! HTML, XHTML and SVG -> scripts, event handlers, frames, forms, and content fetched from other servers.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Findings, elements};

const SCRIPT: &str = "scripts";
const FRAME: &str = "frames or embedded objects";
const FORM: &str = "forms";
const ELSEWHERE: &str = "content from other servers";
const REFRESH: &str = "a redirect or a `base` address";
const UNCLEAR: &str = "markup that cannot be checked";

/// Finds active content in a web page, parsed the way browsers do.
pub(super) fn html(bytes: &[u8], found: &mut Findings) {
    let text = page(bytes, found);
    for node in elements::nodes(&text) {
        if let Some(name) = node.name() {
            element(name, &node.attributes(), found);
        }
        for text in node.texts() {
            style(&text, found);
        }
    }
}

/// Finds active content in XML that a browser shows: SVG, XHTML.
pub(super) fn xml(bytes: &[u8], found: &mut Findings) {
    let text = page(bytes, found);
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                let name = tag.local_name().as_ref().to_owned();
                let mut attributes = Vec::new();
                for attribute in tag.attributes() {
                    let Ok(attribute) = attribute else {
                        found.insert(UNCLEAR);
                        continue;
                    };
                    let key = attribute.key.local_name().as_ref().to_owned();
                    match quick_xml::escape::unescape(&attribute.value) {
                        Ok(value) => attributes.push((key, value.into_owned())),
                        Err(_) => _ = found.insert(UNCLEAR),
                    }
                }
                element(&name, &attributes, found);
            }
            Ok(Event::Text(words)) => style(&words, found),
            Ok(Event::CData(words)) => style(&words, found),
            // An entity can expand to any markup, and an XSLT style sheet can produce any.
            Ok(Event::DocType(declared)) if declared.contains("<!ENTITY") => {
                found.insert(UNCLEAR);
            }
            Ok(Event::PI(instruction)) if instruction.starts_with("xml-stylesheet") => _ = found.insert(SCRIPT),
            Ok(Event::Eof) => return,
            Ok(_) => {}
            Err(_) => {
                found.insert(UNCLEAR);
                return;
            }
        }
    }
}

/// Decodes a file as UTF-8, or as the encoding named by its byte order mark.
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units = pairs.iter().map(|pair| unit(*pair));
        let mut text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        text.extend(rest.iter().map(|_| char::REPLACEMENT_CHARACTER));
        Cow::Owned(text)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
    }
}

/// Returns the text of a page. An escape character may switch to an encoding (ISO-2022) in which other bytes are
/// markup.
fn page<'a>(bytes: &'a [u8], found: &mut Findings) -> Cow<'a, str> {
    let text = decoded(bytes);
    if text.contains(['\u{1b}', '\0']) {
        found.insert(UNCLEAR);
    }
    text
}

fn element(name: &str, attributes: &[(String, String)], found: &mut Findings) {
    let name = name.to_ascii_lowercase();
    match &*name {
        "script" | "handler" | "listener" => _ = found.insert(SCRIPT),
        "iframe" | "frame" | "frameset" | "object" | "embed" | "applet" | "portal" | "fencedframe" => {
            found.insert(FRAME);
        }
        "form" => _ = found.insert(FORM),
        "base" => _ = found.insert(REFRESH),
        _ => {}
    }
    let is_fetched_link = name == "link" || name == "image" || name == "use" || name == "feimage";
    for (key, value) in attributes {
        let key = key.to_ascii_lowercase();
        // Browsers ignore white space and control characters in a scheme.
        let bare: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let bare = bare.to_ascii_lowercase();
        let pieces = || bare.split([',', ';']);
        if key.starts_with("on")
            || pieces().any(|piece| piece.starts_with("javascript:") || piece.starts_with("vbscript:"))
        {
            found.insert(SCRIPT);
        }
        let is_picture =
            ["png", "jpeg", "gif", "webp", "avif"].iter().any(|kind| bare.starts_with(&format!("data:image/{kind}")));
        if bare.starts_with("data:") && !is_picture {
            found.insert(UNCLEAR);
        }
        match &*key {
            "http-equiv" if bare == "refresh" => _ = found.insert(REFRESH),
            "srcdoc" => _ = found.insert(FRAME),
            "action" | "formaction" => _ = found.insert(FORM),
            "style" => style(value, found),
            "src" | "poster" | "background" if is_elsewhere(&bare) => _ = found.insert(ELSEWHERE),
            "srcset" | "imagesrcset" if bare.split(',').any(is_elsewhere) => _ = found.insert(ELSEWHERE),
            "href" if is_fetched_link && is_elsewhere(&bare) => _ = found.insert(ELSEWHERE),
            "ping" => _ = found.insert(ELSEWHERE),
            _ => {}
        }
    }
}

/// Returns whether a lower-case address is on another server.
pub(super) fn is_elsewhere(address: &str) -> bool {
    let scheme = ["http:", "https:", "ftp:", "ws:", "wss:"].iter().any(|scheme| address.starts_with(scheme));
    scheme || address.starts_with("//") || address.starts_with("\\\\") || address.starts_with("/\\")
}

/// Finds content that styles fetch from other servers. Words of the page that look like CSS count too: that errs on the
/// safe side, and no statement contains any.
fn style(text: &str, found: &mut Findings) {
    if !text.contains(['(', '@']) {
        return;
    }
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\'')).collect();
    let bare = bare.to_ascii_lowercase();
    let fetched = bare.match_indices("url(").map(|(at, begin)| &bare[at + begin.len()..]);
    let imported = bare.match_indices("@import").map(|(at, begin)| &bare[at + begin.len()..]);
    if fetched.chain(imported).any(is_elsewhere) {
        found.insert(ELSEWHERE);
    }
    if bare.contains("expression(") || bare.contains("-moz-binding") {
        found.insert(SCRIPT);
    }
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
    fn what_a_page_could_do_is_found() {
        for (page, expect) in [
            ("<!doctype html><title>A</title><p>We <a href='https://example.org/'>say</a>.<img src=a.png>", &[][..]),
            ("<p style='background: url(a.png)'>10 (ten) @ noon", &[]),
            ("<ScRiPt>1</sCrIpT>", &[SCRIPT]),
            ("<body OnLoad=x>", &[SCRIPT]),
            ("<a href='java\tscript&colon;x'>", &[SCRIPT]),
            ("<template><script></script></template>", &[SCRIPT]),
            ("<p>a<body title=b><body onload=x>", &[SCRIPT]),
            ("<table><p onclick=x></table>", &[SCRIPT]),
            ("<form><form onsubmit=x></form>", &[FORM]),
            ("<math><annotation-xml><style><img src=x onerror=y></style></annotation-xml>", &[SCRIPT]),
            ("<style>@im<!--a-->port 'https://example.org/a.css'</style>", &[]),
            ("<style>@import\n&amp;'https://example.org/a.css'; @import\n'//example.org/b.css'</style>", &[ELSEWHERE]),
            ("<svg><a xlink:href='javascript:x'/></svg>", &[SCRIPT]),
            ("<iframe src='https://example.org/'></iframe>", &[ELSEWHERE, FRAME]),
            ("<img src='//example.org/p.gif'>", &[ELSEWHERE]),
            ("<img srcset='a.png, https://example.org/b.png 2x'>", &[ELSEWHERE]),
            ("<link rel=stylesheet href=https://example.org/a.css>", &[ELSEWHERE]),
            ("<style>@import 'https://example.org/a.css';</style>", &[ELSEWHERE]),
            ("<p style=\"background: url( 'https://example.org/p' )\">", &[ELSEWHERE]),
            ("<meta http-equiv=Refresh content='0;url=https://example.org/'>", &[REFRESH]),
            ("<base href='https://example.org/'>", &[REFRESH]),
            ("<form><button formaction=x></form>", &[FORM]),
            ("<a href='data:text/html,x'>", &[UNCLEAR]),
        ] {
            assert_eq!(found(html, page), expect, "{page}");
        }
    }

    #[test]
    fn what_an_image_could_do_is_found() {
        const SVG: &str = "<svg xmlns='http://www.w3.org/2000/svg'>";
        for (inner, expect) in [
            ("<path d='M0 0'/><a href='https://example.org/'><text>A</text></a></svg>", &[][..]),
            ("<script>1</script></svg>", &[SCRIPT]),
            ("<g onload='1'/></svg>", &[SCRIPT]),
            ("<set attributeName='href' to='javascript:1'/></svg>", &[SCRIPT]),
            ("<animate values='a;javascript:1'/></svg>", &[SCRIPT]),
            ("<image href='https://example.org/p.png'/></svg>", &[ELSEWHERE]),
            ("<image href='data:image/png;base64,AA'/></svg>", &[]),
            ("<use href='data:image/svg+xml,x'/></svg>", &[UNCLEAR]),
            ("<x:script xmlns:x='http://www.w3.org/2000/svg'/></svg>", &[SCRIPT]),
            ("<style>@import url(https://example.org/a.css)</style></svg>", &[ELSEWHERE]),
            ("<a></b>", &[UNCLEAR]),
        ] {
            assert_eq!(found(xml, &format!("{SVG}{inner}")), expect, "{inner}");
        }
        assert_eq!(found(xml, "<!DOCTYPE svg [<!ENTITY a '<script/>'>]><svg>&a;</svg>"), [UNCLEAR]);
        assert_eq!(found(xml, "<?xml-stylesheet href='a.xsl'?><svg/>"), [SCRIPT]);
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let wide: Vec<u8> = "\u{feff}<svg onload='1'/>".encode_utf16().flat_map(bytes).collect();
            let mut findings = Findings::new();
            xml(&wide, &mut findings);
            assert_eq!(findings.into_iter().collect::<Vec<_>>(), [SCRIPT]);
        }
    }
}
