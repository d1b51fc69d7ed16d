//! A PDF -> the same PDF, in which every Arabic ligature means a single character.
//!
//! A font says which letters each of its glyphs stands for. If a glyph stands for several, such as lam-alef, poppler
//! gives them in reading order among glyphs that it gives in page order: from right to left, the letters of the
//! ligature are then reversed, and `السلام` comes out as `السالم`, which is a word too. So only the font shows which is
//! right.

use std::borrow::Cow;

use lopdf::{Document, LoadOptions, Object, ObjectId};
use memchr::memmem;

/// The letters of ligatures as fonts write them, and the single character for them (Unicode, Arabic Presentation Forms).
const LIGATURES: &[(&str, &str)] = &[
    ("<06440622>", "<FEF5>"),
    ("<06440623>", "<FEF7>"),
    ("<06440625>", "<FEF9>"),
    ("<06440627>", "<FEFB>"),
    ("<0627064406440647>", "<FDF2>"),
];

/// The maximum number of bytes that one stream of a file may expand to, and all of them together.
const MOST: usize = 32 << 20;
const MOST_ALL: usize = 96 << 20;

/// Returns the file with one character for each ligature; `None` if its fonts have none of them.
pub(super) fn with_single_ligatures(bytes: &[u8]) -> Option<Vec<u8>> {
    let options = LoadOptions { max_decompressed_size: Some(MOST), ..LoadOptions::default() };
    let mut document = Document::load_mem_with_options(bytes, options).ok()?;
    let mut meanings: Vec<ObjectId> = document.objects.values().filter_map(meaning).collect();
    meanings.extend(document.objects.iter().filter(|(_, object)| may_draw(object)).map(|(id, _)| *id));
    let mut changed = false;
    let mut left = MOST_ALL;
    for id in meanings {
        let Some(stream) = document.objects.get_mut(&id).and_then(|object| object.as_stream_mut().ok()) else {
            continue;
        };
        let Ok(plain) = stream.get_plain_content_with_limit(MOST.min(left)) else { continue };
        left = left.saturating_sub(plain.len());
        if let Some(content) = with_single(&plain) {
            changed = true;
            stream.set_plain_content(content);
        }
    }
    let mut file = Vec::new();
    (changed && document.save_to(&mut file).is_ok()).then_some(file)
}

/// Returns a stream in which each ligature is one character, both in a font's table and in the replacement text of a
/// glyph (`ActualText`); `None` if there are none.
fn with_single(content: &[u8]) -> Option<Vec<u8>> {
    let mut text = Cow::Borrowed(content);
    for (letters, one) in LIGATURES {
        // A replacement text begins with a byte order mark.
        let said = |hex: &str| format!("<FEFF{}", &hex[1..]);
        for (letters, one) in [((*letters).to_owned(), (*one).to_owned()), (said(letters), said(one))] {
            if memmem::find(&text, letters.as_bytes()).is_some() {
                text = Cow::Owned(replaced(&text, letters.as_bytes(), one.as_bytes()));
            }
        }
    }
    matches!(text, Cow::Owned(_)).then(|| text.into_owned())
}

fn replaced(content: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::with_capacity(content.len()), 0);
    for found in memmem::find_iter(content, from) {
        out.extend_from_slice(&content[at..found]);
        out.extend_from_slice(to);
        at = found + from.len();
    }
    out.extend_from_slice(&content[at..]);
    out
}

/// Returns whether an object is a stream that can draw text: that of a page, which has no type, or of a form.
fn may_draw(object: &Object) -> bool {
    let Ok(stream) = object.as_stream() else { return false };
    let is_form = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|of| of == b"Form");
    is_form || !stream.dict.has(b"Subtype") && !stream.dict.has(b"Type") && !stream.dict.has(b"Length1")
}

/// Returns the id of the table in which a font says what its glyphs mean.
fn meaning(object: &Object) -> Option<ObjectId> {
    object.as_dict().ok()?.get(b"ToUnicode").ok()?.as_reference().ok()
}
