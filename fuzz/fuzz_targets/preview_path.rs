//! Any request path for the preview: answered from the snapshot or not at all, and never with a file outside the site.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenary::path::SitePath;
use plenary::pipeline::{Pipeline, Settings};
use plenary::serve::failures::Failures;
use plenary::serve::snapshot::{Found, Made, Snapshot};
use plenary::sources::Sources;
use plenary_fuzz::site;
use std::sync::OnceLock;

static SNAPSHOT: OnceLock<Snapshot> = OnceLock::new();

fuzz_target!(|data: &[u8]| {
    let Ok(path) = std::str::from_utf8(data) else { return };
    let snapshot = SNAPSHOT.get_or_init(|| {
        let site = Pipeline::new(Settings::default()).run(&Sources::from_map(&site(&[])));
        Snapshot::first(Made::of(site), 1, Failures::new(|_| ()))
    });
    match snapshot.find(path) {
        Found::Elsewhere(location) => {
            assert!(location.starts_with('/') && !location.starts_with("//") && !location.contains(['\r', '\n', '\\']));
        }
        Found::Page(number) => {
            snapshot.render(number).expect("pages of a fixed site render");
        }
        Found::IndexFile(name) => assert!(!name.contains(['/', '\\']) && name != "..", "{name}"),
        Found::Nothing(_) => {}
    }
    if let Ok(path) = SitePath::parse(path) {
        let file = path.file();
        assert!(!file.starts_with('/') && !file.split('/').any(|part| part == ".." || part.is_empty()), "{file}");
    }
});
