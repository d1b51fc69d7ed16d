//! Any XML as the parts of an OpenDocument text, split at NUL bytes: a draft that can be read, or a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;

const PARTS: &[&str] = &["content.xml", "styles.xml", "META-INF/manifest.xml", "meta.xml"];

fuzz_target!(|data: &[u8]| plenary_fuzz::import("a.odt", &plenary_fuzz::package(PARTS, data)));
