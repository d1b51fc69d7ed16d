//! Any bytes as a statement, a record and a plain page: parsed, or refused with a diagnostic that says what to do.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary::config::Config;
use plenary::read::{self, Options};

fuzz_target!(|data: &[u8]| {
    let options = Options::new(&Config::default());
    for path in ["content/statements/a.md", "content/statements/a.fr.md", "content/topics/a.md", "content/a.md"] {
        let read = read::read(&path.into(), data, &options);
        assert!(read.content.is_some() || !read.diagnostics.is_empty(), "{path} is dropped without a word");
        for problem in &read.diagnostics {
            assert!(problem.help.is_some(), "{problem:?} does not say what to do");
        }
    }
});
