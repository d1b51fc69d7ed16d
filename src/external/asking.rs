//! URLs by host -> what their hosts answer, each host asked for one URL after the other.

use std::time::Duration;

use anyhow::{Context as _, bail};
use rayon::prelude::*;
use ureq::{Agent, Error};
use url::Url;

use super::answers::{Answer, Next, interpret};

/// How many hosts are asked at once.
const AT_ONCE: usize = 16;
/// How long to wait between two requests to a host, so that nobody is troubled.
const PAUSE: Duration = Duration::from_millis(100);
/// How long to wait for a connection, and then for the head of an answer.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many redirects are followed, as many as browsers do.
const REDIRECTS: u32 = 20;

/// Returns the answer for each URL.
pub(super) fn ask<'a>(hosts: &[Vec<&'a Url>], done: &(dyn Fn() + Sync)) -> anyhow::Result<Vec<(&'a Url, Answer)>> {
    let agent = Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_connect(Some(PATIENCE))
        .timeout_recv_response(Some(PATIENCE))
        .user_agent(concat!("plenary/", env!("CARGO_PKG_VERSION"), " (checks links)"))
        .build()
        .new_agent();
    // A pool of its own, because requests wait rather than compute.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build().context("cannot start threads")?;
    let answers: Vec<(&Url, Result<Answer, Error>)> = pool.install(|| {
        let of_host = |urls: &Vec<&'a Url>| {
            let answer = |(number, url): (usize, &&'a Url)| {
                if number > 0 {
                    std::thread::sleep(PAUSE);
                }
                let answer = of_url(&agent, url);
                done();
                (*url, answer)
            };
            urls.iter().enumerate().map(answer).collect::<Vec<_>>()
        };
        hosts.par_iter().flat_map_iter(of_host).collect()
    });
    if let Some((_, Err(error))) = answers.first()
        && answers.iter().all(|(_, answer)| answer.is_err())
    {
        bail!("no host of any link could be reached ({error}): is this machine on the network?");
    }
    let judged =
        |(url, answer): (&'a Url, Result<Answer, Error>)| (url, answer.unwrap_or_else(|error| unreached(&error)));
    Ok(answers.into_iter().map(judged).collect())
}

/// Asks for one URL, and wherever it is redirected to.
fn of_url(agent: &Agent, url: &Url) -> Result<Answer, Error> {
    let (mut at, mut moved) = (url.clone(), true);
    for _ in 0..=REDIRECTS {
        match of_address(agent, &at)? {
            Next::Known(Answer::Found) if moved && at != *url => return Ok(Answer::Moved(at)),
            Next::Known(answer) | Next::Again(answer) => return Ok(answer),
            Next::Follow { to, for_good } => {
                // One temporary redirect on the way is reason to keep the address: identifiers such as DOIs work so.
                moved &= for_good;
                at = to;
            }
        }
    }
    Ok(Answer::Gone("it redirects for ever".to_owned()))
}

/// Asks for the head of an address, and for the page itself if the head does not settle it.
fn of_address(agent: &Agent, url: &Url) -> Result<Next, Error> {
    let interpreted = |answer: ureq::http::Response<ureq::Body>| {
        let location = answer.headers().get("location").and_then(|to| to.to_str().ok());
        interpret(url, answer.status(), location)
    };
    match agent.head(url.as_str()).call().map(interpreted) {
        Ok(Next::Again(_)) | Err(_) => agent.get(url.as_str()).call().map(interpreted),
        settled => settled,
    }
}

/// Returns what a failure to connect says of a link.
fn unreached(error: &Error) -> Answer {
    match error {
        Error::HostNotFound => Answer::Gone("there is no host of this name".to_owned()),
        // It may be the host, the network, or the moment.
        error => Answer::Unclear(error.to_string()),
    }
}
