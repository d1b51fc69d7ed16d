//! A site's folder -> its settings and its records, for commands that do not build it.

use std::borrow::Cow;

use super::record::{Record, RecordKind};
use super::{Content, Options, read, text};
use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic};
use crate::sources::{Source, Sources};
use crate::stamp::Stamped;

/// Reads site.toml for a command that needs only some of its keys, with its problems, except that the site has no
/// address yet: that only matters when it is published.
pub fn config(sources: &Sources) -> (Config, Vec<Diagnostic>) {
    let Some(source) = &sources.config else { return (Config::default(), Vec::new()) };
    let bytes = source.load().map_err(|error| source.unreadable(&error));
    match bytes.and_then(|bytes| text::decode(&source.path, &bytes).map(Cow::into_owned)) {
        Ok(text) => {
            let (config, mut problems) = config::read(&text);
            problems.retain(|problem| problem.code != Code::MissingBaseUrl);
            (config, problems)
        }
        Err(problem) if problem.code == Code::EmptyFile => (Config::default(), Vec::new()),
        Err(problem) => (Config::default(), vec![problem]),
    }
}

/// Reads the site's records of some kinds. Problems in them are reported when the site is built.
pub fn records(sources: &Sources, config: &Config, kinds: &[RecordKind]) -> Vec<Stamped<Record>> {
    let options = Options::new(config);
    let folders: Vec<String> = kinds.iter().map(|kind| format!("content/{}/", kind.folder())).collect();
    let is_record = |source: &&Source| {
        source.path.ends_with(".md") && folders.iter().any(|folder| source.path.starts_with(folder.as_str()))
    };
    let read = |source: &Source| match read(&source.path, &source.load().ok()?, &options).content {
        Some(Content::Record(record)) => Some(record),
        _ => None,
    };
    sources.content.iter().filter(is_record).filter_map(read).collect()
}
