//! The options of a bench -> the program that it tests.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// Returns the program under test: the option `--program`, or the one that was built along with the bench.
pub(crate) fn program(options: &BTreeMap<String, String>) -> PathBuf {
    options.get("program").map_or_else(|| env!("CARGO_BIN_EXE_plenary").into(), Into::into)
}
