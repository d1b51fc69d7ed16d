//! Pages -> how many there are of each kind, and whether hosts accept that many.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::page::{Kind, Page};
use crate::config;
use crate::diagnostic::{Code, Diagnostic, Place};

/// The maximum number of files that some hosts accept (Cloudflare Pages, "Limits", 2025).
const HOST_LIMIT: usize = 20_000;

/// How many kinds of file the warning names.
const NAMED: usize = 3;

/// Returns how many pages and files there are of each kind, the most frequent first.
pub fn by_kind(pages: &[Arc<Page>]) -> Vec<(Kind, usize)> {
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for page in pages {
        *kinds.entry(page.kind).or_default() += 1;
    }
    let mut kinds: Vec<(Kind, usize)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, files)| (Reverse(*files), *kind));
    kinds
}

/// Returns the kinds with their numbers in words: `9000 statement, 9 topic`.
pub fn words(by_kind: &[(Kind, usize)]) -> String {
    by_kind.iter().map(|(kind, files)| format!("{files} {}", kind.word())).collect::<Vec<_>>().join(", ")
}

/// Returns a warning if there are more files than some hosts accept.
pub fn too_many_files(pages: &[Arc<Page>]) -> Option<Diagnostic> {
    (pages.len() > HOST_LIMIT).then(|| warning(&by_kind(pages)))
}

fn warning(by_kind: &[(Kind, usize)]) -> Diagnostic {
    let files: usize = by_kind.iter().map(|(_, files)| files).sum();
    let most = words(&by_kind[..NAMED.min(by_kind.len())]);
    let message = format!("the site has {files} files (most are {most}); some hosts take {HOST_LIMIT} at most");
    let mut remedies: Vec<&str> = by_kind.iter().take(NAMED).filter_map(|(kind, _)| remedy(*kind)).collect();
    remedies.dedup();
    let remedies: String = remedies.into_iter().map(|remedy| format!("{remedy}, or ")).collect();
    let help = format!("{remedies}publish on a host without such a limit");
    Diagnostic::new(Code::TooManyFiles, Place::file(&config::FILE.into()), message).help(help)
}

/// Returns how site.toml reduces the files of a kind; `None` if it cannot, as each has something of its own.
fn remedy(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Passage => "raise `passages` in site.toml, so that fewer passages have a page of their own",
        Kind::Citations => {
            "write `citations = []` below `[outputs]` in site.toml, so that lists have no files with citations"
        }
        Kind::Feed => "write `feeds = [\"atom\"]` below `[outputs]` in site.toml, so that there is one format of feeds",
        Kind::Twin => {
            "write `markdown = false` below `[outputs]` in site.toml, so that statements have no copies in Markdown"
        }
        Kind::Akoma => "write `akoma_ntoso = false` below `[outputs]` in site.toml",
        Kind::Statement | Kind::Copy | Kind::Redirect | Kind::Plain | Kind::Held | Kind::Comparison => return None,
        _ => "raise `page_size` in site.toml, so that lists have fewer pages",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_files_are_reported_by_kind_with_a_remedy_for_the_most_frequent() {
        let problem = warning(&[(Kind::Passage, 10_991), (Kind::Statement, 9_000), (Kind::Topic, 9), (Kind::Home, 1)]);
        assert_eq!(
            problem.message,
            "the site has 20001 files (most are 10991 passage, 9000 statement, 9 topic); some hosts take 20000 at most"
        );
        assert!(problem.help.unwrap().starts_with("raise `passages`"));
        let problem = warning(&[(Kind::Statement, 12_000), (Kind::Citations, 6_000), (Kind::Feed, 4_000)]);
        let help = problem.help.unwrap();
        assert!(help.contains("`citations = []`") && help.contains("`feeds = "), "{help}");
        let problem = warning(&[(Kind::Statement, 20_001)]);
        assert_eq!(problem.help.unwrap(), "publish on a host without such a limit");
    }
}
