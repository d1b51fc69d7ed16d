//! Any bytes as an original `a.txt`: a draft that can be read, or a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| plenary_fuzz::import("a.txt", data));
