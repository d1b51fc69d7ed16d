//! Any bytes as a lock with any text: what is parsed survives being written and parsed again, and the page shows no
//! paragraph number twice.
#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use plenary::read::lock::Lock;
use plenary_fuzz::{build_kept, site};

fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(2, |byte| *byte == 0);
    let (lock, body) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let read = Lock::read(&"locks/a.en.lock".into(), lock, &mut Vec::new());
    let again = Lock::read(&"locks/a.en.lock".into(), read.text().as_bytes(), &mut Vec::new());
    assert_eq!(read, again, "a lock changes when it is written");
    let text = [b"---\ntitle: A\ndate: 2021\ndelegation: XAA\n---\n", body].concat();
    let built = build_kept(&site(&[("content/statements/a.md", &text), ("locks/a.en.lock", lock)]));
    if let Some(page) = built.get("/statements/a/") {
        let page = String::from_utf8_lossy(page);
        let mut ids = BTreeSet::new();
        for id in page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.insert(id.to_owned()), "the id {id} is on the page twice");
        }
    }
});
