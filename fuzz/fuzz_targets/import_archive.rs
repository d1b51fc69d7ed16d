//! Any bytes as an archive: opened within bounds or refused, and each entry read within bounds or refused.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use plenary::import::archive::Archive;

fuzz_target!(|data: &[u8]| {
    plenary_fuzz::import("a.docx", data);
    let Ok(mut archive) = Archive::open(Cursor::new(data)) else { return };
    let names: Vec<String> = archive.files().map(|(name, _)| name.to_owned()).collect();
    for name in names {
        let _ = archive.read(&name);
    }
});
