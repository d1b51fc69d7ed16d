//! A site on a host -> which of its files do not match a list of checksums.

use std::io::Read as _;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use rayon::prelude::*;
use ureq::Agent;
use ureq::http::StatusCode;
use url::Url;

use super::{OF_HOSTS, Problem, Verified};
use crate::output::{Digest, Refused};
use crate::path::SitePath;

/// How many requests are in flight at once: enough to be quick, few enough for small hosts.
const AT_ONCE: usize = 8;
/// How often a request is made before its failure is reported.
const ATTEMPTS: u32 = 4;
/// How long to wait before the second attempt; twice as long before each further one.
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// How many redirects within the site are followed: hosts send readers of `a/index.html` to `a/`, and of `404.html` to
/// `404`.
const REDIRECTS: u32 = 3;

/// A site on a host.
pub(super) struct Host<'a> {
    agent: Agent,
    home: &'a Url,
}

/// The answer of a host.
enum Answer {
    /// The file.
    Body(ureq::Body),
    /// It has no such file.
    Missing,
    /// It is on another site.
    Elsewhere(Url),
}

/// Why there is no answer.
enum NoAnswer {
    /// It may succeed later.
    Passing(anyhow::Error),
    /// It will not succeed.
    Final(anyhow::Error),
}

impl<'a> Host<'a> {
    /// Prepares requests. Makes none.
    pub(super) fn new(home: &'a Url) -> Host<'a> {
        let agent = Agent::config_builder()
            // Redirects are examined here before they are followed.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_connect(Some(Duration::from_secs(15)))
            .timeout_recv_response(Some(Duration::from_secs(30)))
            .timeout_recv_body(Some(Duration::from_mins(5)))
            .user_agent(concat!("plenary/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        Host { agent, home }
    }

    /// Reads a file; `None` if there is none.
    pub(super) fn read(&self, file: &str, most: u64) -> anyhow::Result<Option<Vec<u8>>> {
        self.again(file, |answer| match answer {
            Answer::Body(body) => {
                let mut bytes = Vec::new();
                let read = body.into_with_config().limit(most + 1).reader().take(most + 1).read_to_end(&mut bytes);
                read.map_err(|error| NoAnswer::Passing(error.into()))?;
                if bytes.len() as u64 > most {
                    return Err(NoAnswer::Final(anyhow!("it is longer than {most} bytes")));
                }
                Ok(Some(bytes))
            }
            Answer::Missing => Ok(None),
            Answer::Elsewhere(url) => {
                let message =
                    format!("{} leads to another site, {url}; verify that one if it is the right one", self.home);
                Err(NoAnswer::Final(Refused(message).into()))
            }
        })
    }

    /// Compares files.
    pub(super) fn compare(&self, files: &[(&str, &Digest)], done: &(dyn Fn() + Sync)) -> anyhow::Result<Verified> {
        // A separate pool, because requests wait rather than compute.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build().context("cannot start threads")?;
        let compared: Vec<(&str, Option<Problem>)> = pool.install(|| {
            let compared = files.par_iter().map(|(file, digest)| {
                let problem = self.problem(file, digest)?;
                done();
                Ok((*file, problem))
            });
            compared.collect::<anyhow::Result<_>>()
        })?;
        let mut verified = Verified::default();
        for (file, problem) in compared {
            match problem {
                None => {}
                Some(Problem::Missing) if OF_HOSTS.contains(&file) => verified.hidden.push(file.to_owned()),
                Some(problem) => verified.problems.push((file.to_owned(), problem)),
            }
        }
        Ok(verified)
    }

    /// Returns how a file differs from the list.
    fn problem(&self, file: &str, digest: &Digest) -> anyhow::Result<Option<Problem>> {
        self.again(file, |answer| match answer {
            Answer::Missing => Ok(Some(Problem::Missing)),
            Answer::Elsewhere(_) => Ok(Some(Problem::Redirected)),
            Answer::Body(body) => {
                // One byte more than the listed size is enough to see a difference.
                let reader = body.into_with_config().limit(digest.bytes.saturating_add(2)).reader();
                let found = Digest::read(reader, digest.bytes).map_err(|error| NoAnswer::Passing(error.into()))?;
                Ok((found.as_ref() != Some(digest)).then_some(Problem::Changed))
            }
        })
    }

    /// Requests a file and processes the response; tries again if the host is busy or the connection fails.
    fn again<T>(&self, file: &str, make: impl Fn(Answer) -> Result<T, NoAnswer>) -> anyhow::Result<T> {
        let mut wait = FIRST_WAIT;
        let mut attempt = 1;
        loop {
            match self.ask(file).and_then(&make) {
                Ok(made) => return Ok(made),
                Err(NoAnswer::Passing(_)) if attempt < ATTEMPTS => {}
                Err(NoAnswer::Passing(error) | NoAnswer::Final(error)) => {
                    return match error.downcast_ref::<Refused>() {
                        Some(_) => Err(error),
                        None => Err(error.context(format!("cannot read {file} of {}", self.home))),
                    };
                }
            }
            std::thread::sleep(wait);
            wait *= 2;
            attempt += 1;
        }
    }

    /// Requests a file once.
    fn ask(&self, file: &str) -> Result<Answer, NoAnswer> {
        let mut url = self.address(file).map_err(NoAnswer::Final)?;
        for _ in 0..=REDIRECTS {
            // The file itself, not a cached or compressed copy.
            let request = self.agent.get(url.as_str()).header("accept-encoding", "identity");
            let answer = request.header("cache-control", "no-cache").call();
            let answer = answer.map_err(|error| NoAnswer::Passing(error.into()))?;
            let status = answer.status();
            if status.is_redirection() {
                let to = answer.headers().get("location").and_then(|to| to.to_str().ok());
                let Some(to) = to.and_then(|to| url.join(to).ok()) else { return Ok(Answer::Missing) };
                if to.origin() != self.home.origin() {
                    return Ok(Answer::Elsewhere(to));
                }
                url = to;
                continue;
            }
            // Some hosts serve the page for missing pages with the status of a missing page.
            let is_page = status.is_success() || status == StatusCode::NOT_FOUND && file == "404.html";
            return match status {
                _ if is_page => Ok(Answer::Body(answer.into_body())),
                StatusCode::TOO_MANY_REQUESTS => Err(NoAnswer::Passing(anyhow!("the host is busy"))),
                _ if status.is_server_error() => {
                    Err(NoAnswer::Passing(anyhow!("the host answered {}", status.as_u16())))
                }
                _ => Ok(Answer::Missing),
            };
        }
        Ok(Answer::Missing)
    }

    /// Returns the URL of a file, which is below the home page for any file name.
    fn address(&self, file: &str) -> anyhow::Result<Url> {
        let page =
            file.strip_suffix("index.html").filter(|page| page.is_empty() || page.ends_with('/')).unwrap_or(file);
        let Ok(path) = SitePath::parse(page) else { bail!("{file:?} cannot be a file of a site") };
        let mut url = self.home.clone();
        url.set_path(&path.href(self.home.path()));
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_below_the_home_page() {
        let home = Url::parse("https://example.org/a/").unwrap();
        let host = Host::new(&home);
        for (file, expect) in [
            ("index.html", "https://example.org/a/"),
            ("b/index.html", "https://example.org/a/b/"),
            ("b/my-index.html", "https://example.org/a/b/my-index.html"),
            ("b/é #.pdf", "https://example.org/a/b/%C3%A9%20%23.pdf"),
            ("%2e%2e/x", "https://example.org/a/%252e%252e/x"),
        ] {
            assert_eq!(host.address(file).map(String::from).unwrap_or_default(), expect, "{file}");
        }
        assert!(host.address("../x").is_err());
    }
}
