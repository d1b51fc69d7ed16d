//! Two versions of a text that names others, one after the other: an incremental build gives the same links, symbols,
//! mentions and matches as one from scratch.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary::pipeline::{Pipeline, Settings};
use plenary_fuzz::{build, build_clean, site};

fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(2, |byte| *byte == 0);
    let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let mut pipeline = Pipeline::new(Settings::default());
    for body in [first, second] {
        let text = [b"---\ntitle: A\ndate: 2021\ndelegation: XAA\n---\n", body].concat();
        let files = site(&[("content/statements/a.md", &text)]);
        assert_eq!(build(&mut pipeline, &files), build_clean(&files));
    }
});
