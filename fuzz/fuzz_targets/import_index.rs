//! Any text as an index, as CSV and as JSON: every row is read or reported.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use plenary::collect::names::{Names, Tables};
use plenary::import::index;
use plenary::import::knowing::profile::Profile;

static TABLES: OnceLock<Tables> = OnceLock::new();

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let tables = TABLES.get_or_init(Tables::load);
    let names = Names::new(tables, &[], &mut Vec::new());
    for path in ["a.csv", "a.tsv", "a.json", "a.jsonl"] {
        let (_, problems) = index::read(&path.into(), text, &Profile::default(), &names);
        for problem in problems {
            assert!(problem.help.is_some() && problem.place.is_some(), "{problem:?}");
        }
    }
});
