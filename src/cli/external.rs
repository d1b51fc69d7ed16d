//! The links to other sites -> those that lead nowhere, and in a line what was asked.

use plenary::external::{self, Asked};
use plenary::pipeline::Site;
use plenary::sources::Sources;
use serde_json::json;

use super::screen::{count, print_message, progress};

/// Fewer addresses need no progress bar.
const FEW: usize = 5;
/// How many unclear answers are printed; the JSON has all.
const SHOWN: usize = 20;

/// Asks the hosts of all links, with a progress bar.
pub(crate) fn ask(sources: &Sources, site: &Site, quiet: bool) -> anyhow::Result<Asked> {
    let links = external::links(sources, &site.config);
    let progress = progress(links.len(), FEW, "links to other sites", quiet);
    let asked = external::ask(&links, &|| progress.inc(1));
    progress.finish_and_clear();
    asked
}

/// Prints how many addresses were asked for, and those about which nothing is known.
pub(crate) fn report(asked: &Asked, is_silent: bool) {
    if is_silent {
        return;
    }
    let (urls, hosts) = (count(asked.urls, "URL"), count(asked.hosts, "other site"));
    print_message(&format!("Asked for {urls} on {hosts}"));
    if asked.unclear.is_empty() {
        return;
    }
    print_message(&format!("  {} could not be checked; open them in a browser:", asked.unclear.len()));
    for (url, reason) in asked.unclear.iter().take(SHOWN) {
        print_message(&format!("    {url}: {reason}"));
    }
    if let Some(more) = asked.unclear.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        print_message(&format!("    and {more} more; `--format json` lists all"));
    }
}

/// Returns what was asked as JSON.
pub(crate) fn object(asked: &Asked) -> serde_json::Value {
    let unclear: Vec<_> = asked.unclear.iter().map(|(url, reason)| json!({"url": url, "reason": reason})).collect();
    json!({"urls": asked.urls, "hosts": asked.hosts, "unclear": unclear})
}
