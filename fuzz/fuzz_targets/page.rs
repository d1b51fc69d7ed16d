//! Any Markdown as a statement's text: every page is made, and no script of the text starts, under `html = "escape"` and
//! `html = "sanitize"`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary_fuzz::{build_clean, scripts, site};

const PAGE: &str = "/statements/a/";

fn text(body: &[u8]) -> Vec<u8> {
    [b"---\ntitle: A\ndate: 2021-03-04\ndelegation: XAA\n---\n", body].concat()
}

fuzz_target!(|data: &[u8]| {
    let (mode, body) = data.split_first().unwrap_or((&0, b""));
    let html = if mode % 2 == 0 { "escape" } else { "sanitize" };
    let config = format!("title = \"A\"\nbase_url = \"https://example.org/\"\nhtml = \"{html}\"\n");
    let built = |body: &[u8]| {
        let text = text(body);
        build_clean(&site(&[("site.toml", config.as_bytes()), ("content/statements/a.md", &text)]))
    };
    if let Some(page) = built(body).pages.get(PAGE) {
        assert_eq!(scripts(page), scripts(&built(b"Text.\n").pages[PAGE]), "a script got onto the page");
    }
});
