//! A PDF -> the same PDF, in which every Arabic ligature means one character.
//!
//! A font says which letters each of its signs stands for. Where one stands for several, such as lam-alef, poppler gives
//! them in the order of reading, among signs that it gives in the order in which they stand on the page: from right to
//! left the letters of the ligature are turned round, and `السلام` comes out as `السالم`, which is a word as well. So
//! nothing but the font can show which is which.

use lopdf::{Document, LoadOptions, Object, ObjectId};

/// The letters of ligatures as fonts write them, and the one character (Unicode, Arabic Presentation Forms) for them.
const LIGATURES: &[(&str, &str)] = &[
    ("<06440622>", "<FEF5>"),
    ("<06440623>", "<FEF7>"),
    ("<06440625>", "<FEF9>"),
    ("<06440627>", "<FEFB>"),
    ("<0627064406440647>", "<FDF2>"),
];

/// Bytes to which one stream of a file may unfold.
const MOST: usize = 32 << 20;

/// Returns the file with one character for each ligature; nothing if its fonts have none of them.
pub fn with_single_ligatures(bytes: &[u8]) -> Option<Vec<u8>> {
    let options = LoadOptions { max_decompressed_size: Some(MOST), ..LoadOptions::default() };
    let mut document = Document::load_mem_with_options(bytes, options).ok()?;
    let meanings: Vec<ObjectId> = document.objects.values().filter_map(meaning).collect();
    let mut changed = false;
    for id in meanings {
        let Some(stream) = document.objects.get_mut(&id).and_then(|object| object.as_stream_mut().ok()) else {
            continue;
        };
        let Ok(plain) = stream.get_plain_content_with_limit(MOST) else { continue };
        let mut text = String::from_utf8_lossy(&plain).into_owned();
        for (letters, one) in LIGATURES {
            changed |= text.contains(letters);
            text = text.replace(letters, one);
        }
        stream.set_plain_content(text.into_bytes());
    }
    let mut file = Vec::new();
    (changed && document.save_to(&mut file).is_ok()).then_some(file)
}

/// Returns where a font says what its signs mean.
fn meaning(object: &Object) -> Option<ObjectId> {
    object.as_dict().ok()?.get(b"ToUnicode").ok()?.as_reference().ok()
}
