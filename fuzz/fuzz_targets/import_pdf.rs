//! Any bytes as a PDF, through poppler where it is installed: a draft that can be read, or a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| plenary_fuzz::import("a.pdf", data));
