//! The sources -> the links to other sites in them, and which of these lead nowhere, as their hosts say.
//!
//! Nothing else in the program asks a host that the site does not belong to, and no build does: what a host answers
//! today, it may not answer tomorrow.

mod answers;
mod asking;

use std::collections::BTreeMap;
use std::sync::Arc;

use linkify::{LinkFinder, LinkKind};
use rayon::prelude::*;
use url::Url;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::read::body::Target;
use crate::read::{self, Options};
use crate::sources::{Source, Sources};
use answers::Answer;

/// A link to another site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The URL as written, but for its fragment.
    pub url: Url,
    /// Where it is written.
    pub place: Place,
}

/// The result of asking.
#[derive(Debug, Default)]
pub struct Asked {
    /// The links that lead nowhere or have moved.
    pub diagnostics: Vec<Diagnostic>,
    /// How many different URLs were asked for.
    pub urls: usize,
    /// How many hosts they are on.
    pub hosts: usize,
    /// URLs about which their hosts told nothing, each with the reason.
    pub unclear: Vec<(String, String)>,
}

/// Returns the links to other sites: in texts, in front matter, and in site.toml. Drafts and texts under embargo are read
/// as well, like everywhere in a check.
pub fn links(sources: &Sources, config: &Config) -> Vec<Link> {
    let options = Options::new(config);
    let texts = sources.content.par_iter().filter(|source| source.path.ends_with(".md"));
    let mut links: Vec<Link> = texts.flat_map_iter(|source| of_file(source, &options)).collect();
    if let Some(source) = &sources.config {
        let bytes = source.load().unwrap_or_default();
        let written = String::from_utf8_lossy(&bytes);
        links.extend(of_lines(&source.path, written.lines().enumerate()));
    }
    let own = Url::parse(&config.base_url).ok();
    links.retain(|link| own.as_ref().is_none_or(|own| own.origin() != link.url.origin()));
    links.sort();
    links.dedup();
    links
}

/// Returns the links of a Markdown file. One that cannot be read has been reported.
fn of_file(source: &Source, options: &Options) -> Vec<Link> {
    let Ok(bytes) = source.load() else { return Vec::new() };
    let read = read::read(&source.path, &bytes, options);
    let body = read.content.as_ref().map(read::Content::body);
    let in_text = body.into_iter().flat_map(|body| &body.links).filter_map(|link| match &link.target {
        Target::External(url) => {
            let place = Place { path: Arc::clone(&source.path), line: link.line, column: link.column };
            Some(Link { url: askable(url)?, place })
        }
        _ => None,
    });
    let written = String::from_utf8_lossy(&bytes);
    let front = written.lines().enumerate().skip(1).take_while(|(_, line)| line.trim_end() != "---");
    in_text.chain(of_lines(&source.path, front)).collect()
}

/// Returns the URLs in numbered lines of YAML or TOML, counted from 0, without those in comments.
fn of_lines<'a>(path: &Arc<str>, lines: impl Iterator<Item = (usize, &'a str)>) -> Vec<Link> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut links = Vec::new();
    for (number, line) in lines {
        let in_use = if line.trim_start().starts_with('#') { "" } else { line };
        let in_use = in_use.split_once(" #").map_or(in_use, |(before, _)| before);
        for found in finder.links(in_use) {
            if let Some(url) = askable(found.as_str()) {
                let column = line[..found.start()].chars().count() as u32 + 1;
                links.push(Link { url, place: Place { path: Arc::clone(path), line: number as u32 + 1, column } });
            }
        }
    }
    links
}

/// Returns a URL without its fragment, which hosts are not told; `None` if it is not one that a host answers.
fn askable(url: &str) -> Option<Url> {
    let mut url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    url.set_fragment(None);
    Some(url)
}

/// Asks the hosts for each URL once; `done` is called after each.
///
/// # Errors
///
/// Fails if no host can be reached at all, as without a network: that says nothing about the links.
pub fn ask(links: &[Link], done: &(dyn Fn() + Sync)) -> anyhow::Result<Asked> {
    let mut by_host: BTreeMap<String, Vec<&Url>> = BTreeMap::new();
    let mut places: BTreeMap<&Url, Vec<&Place>> = BTreeMap::new();
    for link in links {
        let of_url = places.entry(&link.url).or_default();
        if of_url.is_empty() {
            by_host.entry(link.url.origin().ascii_serialization()).or_default().push(&link.url);
        }
        of_url.push(&link.place);
    }
    let hosts: Vec<Vec<&Url>> = by_host.into_values().collect();
    let answers = asking::ask(&hosts, done)?;
    let mut asked = Asked { urls: places.len(), hosts: hosts.len(), ..Asked::default() };
    for (url, answer) in answers {
        let (code, message, help) = match answer {
            Answer::Found => continue,
            Answer::Unclear(reason) => {
                asked.unclear.push((url.to_string(), reason));
                continue;
            }
            Answer::Gone(reason) => {
                let help = "correct the address, or link an archived copy; in a delivered text keep the words and remove the link";
                (Code::DeadLink, format!("the link leads nowhere: {reason}"), help.to_owned())
            }
            Answer::Moved(to) => (
                Code::MovedLink,
                "the page that the link leads to has moved for good".to_owned(),
                format!("write {to}"),
            ),
        };
        let of_url = places.get(url).into_iter().flatten();
        let report = |place: &&Place| Diagnostic::new(code, (*place).clone(), message.clone()).help(help.clone());
        asked.diagnostics.extend(of_url.map(report));
    }
    asked.diagnostics.sort();
    Ok(asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::Sources;

    #[test]
    fn links_are_found_in_texts_front_matter_and_the_configuration() {
        let text = "---\ntitle: A\nsource: { url: \"https://example.org/a.pdf#page=2\" } # see https://example.net\n---\n\n\
                    Read [this](https://example.com/b), [that](/c/) and https://example.com/d.\n\nWrite to mailto:a@example.org.\n";
        let config = "title = \"A\"\nbase_url = \"https://own.example/\"\n# https://example.org/unused\n[[menu]]\nurl = \"https://menu.example/\"\n";
        let sources = Sources {
            config: Some(Source::in_memory("site.toml", config.as_bytes())),
            content: vec![Source::in_memory("content/a.md", text.as_bytes())],
            ..Sources::default()
        };
        let config = Config { base_url: "https://own.example/".into(), ..Config::default() };
        let found = links(&sources, &config);
        let found: Vec<(&str, u32, u32)> =
            found.iter().map(|link| (link.url.as_str(), link.place.line, link.place.column)).collect();
        assert_eq!(
            found,
            [
                ("https://example.com/b", 6, 6),
                ("https://example.com/d", 6, 53),
                ("https://example.org/a.pdf", 3, 17),
                ("https://menu.example/", 5, 8),
            ]
        );
    }
}
