//! Any Markdown as a statement's text: every page renders, and no script in the text runs, under `html = "escape"` and
//! `html = "sanitize"`.
#![no_main]

use std::cell::OnceCell;

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::{build_kept, scripts, site};

const PAGE: &str = "/statements/a/";

fn text(body: &[u8]) -> Vec<u8> {
    [b"---\ntitle: A\ndate: 2021-03-04\ndelegation: XAA\n---\n", body].concat()
}

fn built(html: &str, body: &[u8]) -> Option<Vec<u8>> {
    let config = format!("title = \"A\"\nbase_url = \"https://example.org/\"\nhtml = \"{html}\"\n");
    let files = site(&[("site.toml", config.as_bytes()), ("content/statements/a.md", &text(body))]);
    build_kept(&files).remove(PAGE)
}

thread_local! {
    /// The number of scripts on the page of a harmless text.
    static HARMLESS: OnceCell<usize> = const { OnceCell::new() };
}

fuzz_target!(|data: &[u8]| {
    let (mode, body) = data.split_first().unwrap_or((&0, b""));
    let html = if mode % 2 == 0 { "escape" } else { "sanitize" };
    let harmless = HARMLESS
        .with(|count| *count.get_or_init(|| scripts(&built("escape", b"Text.\n").expect("a harmless text is published"))));
    if let Some(page) = built(html, body) {
        assert_eq!(scripts(&page), harmless, "a script got onto the page");
    }
});
