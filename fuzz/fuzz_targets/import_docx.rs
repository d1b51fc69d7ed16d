//! Any XML as the parts of a Word file, split at NUL bytes: a draft that can be read, or a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;

const PARTS: &[&str] = &[
    "word/document.xml",
    "word/styles.xml",
    "word/numbering.xml",
    "word/footnotes.xml",
    "word/_rels/document.xml.rels",
    "word/header1.xml",
    "word/comments.xml",
    "[Content_Types].xml",
    "_rels/.rels",
];

fuzz_target!(|data: &[u8]| plenary_fuzz::import("a.docx", &plenary_fuzz::package(PARTS, data)));
