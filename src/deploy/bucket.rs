//! Files -> objects of an S3-compatible bucket.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context as _, anyhow, bail};
use rayon::prelude::*;
use rusty_s3::actions::{ListObjectsV2, ListObjectsV2Response};
use rusty_s3::{Credentials, S3Action, UrlStyle};
use ureq::Agent;
use ureq::http::StatusCode;

use super::Store;
use super::record::RECORD;
use super::target::Place;
use crate::media::{cache_control, media_type};
use crate::output::{Published, Refused};

/// How many requests are in flight at once; each spends most of its time waiting.
const AT_ONCE: usize = 16;
/// How often a request is made before its failure is reported.
const ATTEMPTS: u32 = 5;
/// How long to wait before the second attempt; twice as long before each further one.
const FIRST_WAIT: Duration = Duration::from_millis(250);
/// How long a signature is valid.
const SIGNED_FOR: Duration = Duration::from_mins(10);
/// The longest response that is read, in bytes. A record of 500,000 files has some 50 MB.
const LONGEST_ANSWER: u64 = 256 << 20;

/// A place in a bucket.
pub(super) struct Bucket {
    agent: Agent,
    objects: rusty_s3::Bucket,
    credentials: Credentials,
    prefix: String,
    /// The thread pool for requests, separate because they wait rather than compute.
    pool: rayon::ThreadPool,
}

/// A request: what is done with an object, and with which bytes.
#[derive(Clone, Copy)]
enum Action<'a> {
    Get,
    Put(&'a [u8]),
    Delete,
}

/// A response of the server.
struct Answer {
    status: StatusCode,
    body: Vec<u8>,
}

impl Bucket {
    /// Prepares requests to a bucket. Makes none.
    pub(super) fn open(place: &Place) -> anyhow::Result<Bucket> {
        let wrong = |why: &str| Refused(format!("`{}` is not the address of a server: {why}", place.endpoint));
        let endpoint = place.endpoint.parse().map_err(|_| wrong("write https://s3.example.org"))?;
        // Amazon wants the bucket in the host name; its certificates do not cover names with dots. Other servers seldom
        // have a host for each bucket.
        let is_amazon = place.endpoint.ends_with(".amazonaws.com") && !place.bucket.contains('.');
        let style = if is_amazon { UrlStyle::VirtualHost } else { UrlStyle::Path };
        let objects = rusty_s3::Bucket::new(endpoint, style, place.bucket.clone(), place.region.clone())
            .map_err(|error| wrong(&error.to_string()))?;
        let key = &place.credentials;
        let credentials = if key.token.is_empty() {
            Credentials::new(&key.key, &key.secret)
        } else {
            Credentials::new_with_token(&key.key, &key.secret, &key.token)
        };
        let agent = Agent::config_builder()
            // A signed request must not be redirected to another server.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_connect(Some(Duration::from_secs(15)))
            .timeout_send_body(Some(Duration::from_mins(10)))
            .timeout_recv_response(Some(Duration::from_mins(1)))
            .timeout_recv_body(Some(Duration::from_mins(10)))
            .user_agent(concat!("plenary/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build().context("cannot start threads")?;
        Ok(Bucket { agent, objects, credentials, prefix: place.prefix.clone(), pool })
    }

    /// Makes a request about an object, again if the server is busy or the connection fails.
    fn request(&self, file: &str, action: Action<'_>) -> anyhow::Result<Answer> {
        let key = format!("{}{file}", self.prefix);
        let context = || format!("{} of {file} at {} failed", action.word(), self.objects.name());
        again(|| self.attempt(&key, file, action)).with_context(context)
    }

    /// Makes one request about an object.
    fn attempt(&self, key: &str, file: &str, action: Action<'_>) -> anyhow::Result<Answer> {
        // Signed again for each attempt, because a signature expires.
        let answered = match action {
            Action::Get => {
                self.agent.get(self.objects.get_object(Some(&self.credentials), key).sign(SIGNED_FOR).as_str()).call()
            }
            Action::Delete => self
                .agent
                .delete(self.objects.delete_object(Some(&self.credentials), key).sign(SIGNED_FOR).as_str())
                .call(),
            Action::Put(bytes) => {
                let (kind, kept) = (media_type(file), cache_control(file));
                let mut put = self.objects.put_object(Some(&self.credentials), key);
                put.headers_mut().insert("content-type", kind.clone());
                put.headers_mut().insert("cache-control", kept);
                let url = put.sign(SIGNED_FOR);
                self.agent.put(url.as_str()).header("content-type", kind).header("cache-control", kept).send(bytes)
            }
        };
        read(answered)
    }

    /// Lists the names of all objects below the prefix.
    fn list(&self) -> anyhow::Result<Vec<String>> {
        let mut names = Vec::new();
        let mut next: Option<String> = None;
        loop {
            let answer = again(|| {
                let mut list: ListObjectsV2<'_> = self.objects.list_objects_v2(Some(&self.credentials));
                list.with_prefix(self.prefix.as_str());
                if let Some(next) = &next {
                    list.with_continuation_token(next.as_str());
                }
                read(self.agent.get(list.sign(SIGNED_FOR).as_str()).call())
            })?;
            let text = String::from_utf8(expect(answer, &[StatusCode::OK])?).context("the list is not text")?;
            let page: ListObjectsV2Response =
                ListObjectsV2::parse_response(&text).map_err(|error| anyhow!("the list cannot be read: {error}"))?;
            let of_page =
                page.contents.into_iter().filter_map(|object| object.key.strip_prefix(&self.prefix).map(str::to_owned));
            names.extend(of_page);
            // A server that keeps returning the same token must not cause an endless loop.
            match page.next_continuation_token {
                Some(token) if next.as_ref() != Some(&token) => next = Some(token),
                _ => return Ok(names),
            }
        }
    }
}

impl Action<'_> {
    fn word(self) -> &'static str {
        match self {
            Action::Get => "reading",
            Action::Put(_) => "sending",
            Action::Delete => "removing",
        }
    }
}

/// Repeats a request until the server gives a final answer.
fn again(attempt: impl Fn() -> anyhow::Result<Answer>) -> anyhow::Result<Answer> {
    let mut wait = FIRST_WAIT;
    for number in 1.. {
        let answer = attempt();
        let is_passing = match &answer {
            Ok(answer) => answer.status.is_server_error() || answer.status == StatusCode::TOO_MANY_REQUESTS,
            Err(_) => true,
        };
        if !is_passing || number == ATTEMPTS {
            return answer;
        }
        std::thread::sleep(wait);
        wait *= 2;
    }
    unreachable!("the last attempt returns")
}

/// Reads a response. Errors never show the URL of a request, because it contains the signature.
fn read(answered: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> anyhow::Result<Answer> {
    let unsigned = |error: ureq::Error| {
        let words = error.to_string();
        anyhow!("{}", words.split('?').next().unwrap_or_default())
    };
    let mut answer = answered.map_err(unsigned)?;
    let status = answer.status();
    let body = answer.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec().map_err(unsigned)?;
    Ok(Answer { status, body })
}

/// Returns the body of a response with one of these statuses, or the server's error in words.
fn expect(answer: Answer, statuses: &[StatusCode]) -> anyhow::Result<Vec<u8>> {
    if statuses.contains(&answer.status) {
        return Ok(answer.body);
    }
    let status = answer.status;
    let code = error_code(&answer.body).map_or_else(String::new, |code| format!(" ({code})"));
    match status {
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => Err(Refused(format!(
            "the server refuses the key{code}; check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, the region, and that the key may list, read, write and delete there"
        ))
        .into()),
        StatusCode::NOT_FOUND => Err(Refused(format!("the server has no such bucket{code}; check its name and the endpoint")).into()),
        _ if status.is_redirection() => {
            Err(Refused(format!("the bucket is elsewhere{code}; set its region and endpoint")).into())
        }
        _ => bail!("the server answered {}{code}", status.as_u16()),
    }
}

/// Returns the code of an error as S3 servers give it, `<Code>AccessDenied</Code>`, if it is a plain word.
fn error_code(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(&body[..body.len().min(4096)]).into_owned();
    let code = text.split_once("<Code>")?.1.split_once("</Code>")?.0;
    let is_word = code.len() < 64 && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_word.then(|| code.to_owned())
}

impl Store for Bucket {
    fn record(&mut self) -> anyhow::Result<Option<Vec<u8>>> {
        let answer = self.request(RECORD, Action::Get)?;
        // A server also answers 404 if there is no bucket; sending files would then fail.
        if answer.status == StatusCode::NOT_FOUND && error_code(&answer.body).as_deref() != Some("NoSuchBucket") {
            return Ok(None);
        }
        expect(answer, &[StatusCode::OK]).map(Some)
    }

    fn existing(&mut self, files: &BTreeSet<&str>) -> anyhow::Result<Vec<String>> {
        let mut names = self.list()?;
        names.retain(|name| files.contains(name.as_str()));
        Ok(names)
    }

    fn write_record(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        expect(self.request(RECORD, Action::Put(bytes))?, &[StatusCode::OK]).map(|_| ())
    }

    fn send(&mut self, site: &Published, files: &[&str], sent: &(dyn Fn() + Sync)) -> anyhow::Result<()> {
        let this = &*self;
        this.pool.install(|| {
            files.par_iter().try_for_each(|file| {
                let bytes = site.read(file)?;
                expect(this.request(file, Action::Put(&bytes))?, &[StatusCode::OK, StatusCode::NO_CONTENT])?;
                sent();
                Ok(())
            })
        })
    }

    fn remove(&mut self, files: &[&str]) -> anyhow::Result<()> {
        let this = &*self;
        let gone = [StatusCode::OK, StatusCode::NO_CONTENT];
        this.pool.install(|| {
            files.par_iter().try_for_each(|file| {
                let answer = this.request(file, Action::Delete)?;
                // Success too: the object does not exist, which was the goal.
                if answer.status == StatusCode::NOT_FOUND { Ok(()) } else { expect(answer, &gone).map(|_| ()) }
            })
        })
    }

    fn finish(&mut self, _: &str) -> anyhow::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_cannot_write_into_our_messages() {
        assert_eq!(error_code(b"<Error><Code>AccessDenied</Code></Error>").as_deref(), Some("AccessDenied"));
        for hostile in ["", "<Code>", "<Code>\u{1b}[2J</Code>", "<Code>a b</Code>"] {
            assert_eq!(error_code(hostile.as_bytes()), None, "{hostile}");
        }
    }
}
