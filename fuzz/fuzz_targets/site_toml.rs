//! Any text as site.toml: parsed with its problems, each with a place, and a site is built with the valid settings.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::{build_kept, site};

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        for problem in plenary::config::read(text).1 {
            assert!(problem.place.is_some() && problem.help.is_some(), "{problem:?}");
        }
    }
    build_kept(&site(&[("site.toml", data)]));
});
