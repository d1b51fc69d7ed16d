//! Requests -> responses: the snapshot over HTTP, for this machine's browsers only.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::watch;

use super::live::Live;
use super::reload;
use super::snapshot::{Found, Rendered, Snapshot};
use crate::media::media_type;
use crate::path::SitePath;
use crate::render::policy::POLICY;
use crate::search;

/// The state shared by all requests.
#[derive(Clone)]
pub(super) struct Desk {
    /// The version being shown; changes with every build.
    pub live: watch::Receiver<Arc<Live>>,
    /// The host names that are accepted.
    pub hosts: Arc<Hosts>,
}

/// The host names that this server accepts. Any other name in `Host` may come from a foreign page whose domain was made
/// to resolve to this machine (DNS rebinding), to read what is not published yet.
pub(super) struct Hosts {
    bound: SocketAddr,
    allowed: Vec<String>,
}

impl Hosts {
    /// Returns the names for a server at `bound`, with those the user allows.
    pub(super) fn new(bound: SocketAddr, allowed: &[String]) -> Hosts {
        Hosts { bound, allowed: allowed.iter().map(|name| name.to_ascii_lowercase()).collect() }
    }

    /// Returns whether `host`, with or without a port, is one of them.
    fn admits(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split(']').next().unwrap_or_default(),
            None => host.split(':').next().unwrap_or_default(),
        };
        let name = name.to_ascii_lowercase();
        // DNS rebinding needs a name, so addresses are safe; if all addresses are bound, each of them is this machine.
        let address = name.parse::<IpAddr>().is_ok_and(|ip| ip == self.bound.ip() || self.bound.ip().is_unspecified());
        address || ["localhost", "127.0.0.1", "::1"].contains(&&*name) || self.allowed.contains(&name)
    }

    fn admits_request(&self, request: &Parts) -> bool {
        let text = |value: &HeaderValue| value.to_str().map(str::to_owned).unwrap_or_default();
        let host = request.headers.get(header::HOST).map(text);
        let target = request.uri.authority().map(|authority| authority.as_str().to_owned());
        let origin = request.headers.get(header::ORIGIN).map(text);
        let origin = origin.map(|origin| origin.split_once("://").map(|(_, host)| host.to_owned()).unwrap_or_default());
        host.as_deref().is_some_and(|host| self.admits(host))
            && target.is_none_or(|host| self.admits(&host))
            && origin.is_none_or(|host| self.admits(&host))
    }
}

/// Returns the service: one handler for everything, so that no request escapes the check of its host.
pub(super) fn service(desk: Desk) -> Router {
    Router::new().fallback(answer).with_state(desk)
}

async fn answer(State(desk): State<Desk>, request: Request) -> Response {
    let (request, _body) = request.into_parts();
    let mut response = if !desk.hosts.admits_request(&request) {
        let words = "403: the preview does not accept this host name; `--allow-host NAME` allows it\n";
        plain(StatusCode::FORBIDDEN, words)
    } else if !matches!(request.method, Method::GET | Method::HEAD) {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "405: only GET and HEAD\n");
        set(&mut response, header::ALLOW, "GET, HEAD");
        response
    } else {
        let head = request.method == Method::HEAD;
        let response = match request.uri.path() {
            reload::EVENTS => {
                reload::events(desk.live.clone(), request.uri.query().unwrap_or_default()).into_response()
            }
            reload::SCRIPT => file("text/javascript; charset=utf-8", include_str!("reload.js").into()),
            reload::SHEET => file("text/css; charset=utf-8", include_str!("overlay.css").into()),
            _ => page(&desk, &request).await,
        };
        if head { without_body(response) } else { response }
    };
    for (name, value) in [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        set(&mut response, name, value);
    }
    response
}

/// What the snapshot has for a path: bytes, a redirect, or nothing.
enum Answer {
    Bytes { status: StatusCode, path: SitePath, rendered: Rendered, version: u64 },
    Elsewhere(String),
    Nothing { version: u64 },
    Failed { text: String, version: u64 },
}

async fn page(desk: &Desk, request: &Parts) -> Response {
    let live = Arc::clone(&desk.live.borrow());
    let path = request.uri.path().to_owned();
    // Rendering may take long, so it must not block the runtime.
    let found = tokio::task::spawn_blocking(move || look_up(&live.snapshot, &path)).await;
    match found {
        Ok(Answer::Bytes { status, path, rendered, version }) => {
            let kind = media_type(&path.file());
            let body = if kind.starts_with("text/html") {
                with_script(&rendered.bytes, &rendered.hash, version)
            } else {
                rendered.bytes
            };
            let mut response = if status == StatusCode::OK {
                conditional(request, body)
            } else {
                let mut response = Response::new(Body::from(body));
                *response.status_mut() = status;
                response
            };
            if response.status() != StatusCode::NOT_MODIFIED {
                set(&mut response, header::CONTENT_TYPE, &kind);
            }
            response
        }
        Ok(Answer::Elsewhere(mut location)) => {
            if let Some(query) = request.uri.query() {
                location = format!("{location}?{query}");
            }
            let mut response = plain(StatusCode::TEMPORARY_REDIRECT, "");
            set(&mut response, header::LOCATION, &location);
            response
        }
        Ok(Answer::Nothing { version }) => {
            words(StatusCode::NOT_FOUND, "404: there is no such page", reload::NOTHING, version)
        }
        Ok(Answer::Failed { text, version }) => words(StatusCode::INTERNAL_SERVER_ERROR, &text, "", version),
        Err(_) => words(StatusCode::INTERNAL_SERVER_ERROR, "500: making this page failed; please report it", "", 0),
    }
}

fn look_up(snapshot: &Snapshot, path: &str) -> Answer {
    let version = snapshot.version;
    let (status, number) = match snapshot.find(path) {
        Found::Elsewhere(location) => return Answer::Elsewhere(location),
        Found::Page(number) => (StatusCode::OK, number),
        Found::IndexFile(name) => {
            let path = SitePath::parse(&search::path(&name)).ok();
            return match path.zip(snapshot.index_file(&name)) {
                Some((path, rendered)) => Answer::Bytes { status: StatusCode::OK, path, rendered, version },
                None => Answer::Nothing { version },
            };
        }
        Found::Nothing(Some(number)) => (StatusCode::NOT_FOUND, number),
        Found::Nothing(None) => return Answer::Nothing { version },
    };
    match snapshot.render(number) {
        Ok(rendered) => Answer::Bytes { status, path: snapshot.path(number).clone(), rendered, version },
        // The overlay reports the error, over the last good version of the page.
        Err(diagnostic) => match snapshot.last_good(number) {
            Some(rendered) => Answer::Bytes { status, path: snapshot.path(number).clone(), rendered, version },
            None => Answer::Failed { text: diagnostic.human(None), version },
        },
    }
}

/// Responds with the whole body, with a range of it, or with 304 Not Modified.
fn conditional(request: &Parts, body: Bytes) -> Response {
    let headers = &request.headers;
    let tag = format!("\"{:?}\"", crate::stamp::Stamp::of_bytes(&body));
    let length = body.len();
    let mut response = if same_tag(headers, header::IF_NONE_MATCH, &tag) {
        let mut response = Response::default();
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        match range(request, &tag, length as u64) {
            Asked::All => Response::new(Body::from(body)),
            Asked::Part(first, last) => {
                let part = body.slice(first as usize..=last as usize);
                let mut response = Response::new(Body::from(part));
                *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                set(&mut response, header::CONTENT_RANGE, &format!("bytes {first}-{last}/{length}"));
                response
            }
            Asked::Impossible => {
                let mut response = plain(StatusCode::RANGE_NOT_SATISFIABLE, "");
                set(&mut response, header::CONTENT_RANGE, &format!("bytes */{length}"));
                response
            }
        }
    };
    set(&mut response, header::ETAG, &tag);
    set(&mut response, header::ACCEPT_RANGES, "bytes");
    response
}

fn same_tag(headers: &HeaderMap, name: HeaderName, tag: &str) -> bool {
    let bare = |one: &str| one.trim().trim_start_matches("W/").to_owned();
    let values = headers.get_all(name);
    values
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|one| one.trim() == "*" || bare(one) == tag)
}

/// What a `Range` header asks for.
enum Asked {
    All,
    /// First and last byte, both in it.
    Part(u64, u64),
    Impossible,
}

/// Parses `Range`. Several ranges, or a unit other than bytes, get the whole body, as RFC 9110 (14.2) allows.
fn range(request: &Parts, tag: &str, length: u64) -> Asked {
    let headers = &request.headers;
    let Some(text) = headers.get(header::RANGE).and_then(|value| value.to_str().ok()) else { return Asked::All };
    let stale = headers.contains_key(header::IF_RANGE) && !same_tag(headers, header::IF_RANGE, tag);
    if request.method != Method::GET || stale {
        return Asked::All;
    }
    let Ok(parsed) = http_range_header::parse_range_header(text) else { return Asked::All };
    let [one] = parsed.ranges.as_slice() else { return Asked::All };
    // A suffix longer than the body means all of it (RFC 9110, 14.1.2), which the crate treats as an error.
    if matches!(one.start, http_range_header::StartPosition::FromLast(last) if last >= length && length > 0) {
        return Asked::Part(0, length - 1);
    }
    match parsed.validate(length).ok().and_then(|ranges| ranges.into_iter().next()) {
        Some(range) if *range.start() < length => Asked::Part(*range.start(), *range.end()),
        _ => Asked::Impossible,
    }
}

/// Returns a page with the script that reloads it, inserted before the end of its body.
fn with_script(page: &[u8], hash: &str, version: u64) -> Bytes {
    let at = memchr::memmem::rfind(page, b"</body>").unwrap_or(page.len());
    let script =
        format!("<script src=\"{}\" data-hash=\"{hash}\" data-version=\"{version}\"></script>", reload::SCRIPT);
    [&page[..at], script.as_bytes(), &page[at..]].concat().into()
}

/// Returns a page of the server's own with this text, escaped.
fn words(status: StatusCode, text: &str, hash: &str, version: u64) -> Response {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Plenary</title><body><pre>{text}</pre></body></html>"
    );
    let mut response = file("text/html; charset=utf-8", with_script(page.as_bytes(), hash, version));
    *response.status_mut() = status;
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = file("text/plain; charset=utf-8", text.into());
    *response.status_mut() = status;
    response
}

fn file(kind: &str, body: Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    set(&mut response, header::CONTENT_TYPE, kind);
    response
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// Returns the response to HEAD: the headers of GET with the body's length, without the body.
fn without_body(mut response: Response) -> Response {
    use axum::body::HttpBody;
    if let Some(length) = response.body().size_hint().exact() {
        set(&mut response, header::CONTENT_LENGTH, &length.to_string());
    }
    *response.body_mut() = Body::empty();
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_admitted() {
        let hosts = Hosts::new("127.0.0.1:4000".parse().unwrap(), &["Desk.example".to_owned()]);
        for (host, admitted) in [
            ("localhost", true),
            ("localhost:4000", true),
            ("127.0.0.1:9", true),
            ("[::1]:4000", true),
            ("LOCALHOST", true),
            ("desk.example:4000", true),
            ("evil.example", false),
            ("localhost.evil.example", false),
            ("10.0.0.1", false),
            ("", false),
            ("[", false),
            ("127.0.0.1.nip.io", false),
        ] {
            assert_eq!(hosts.admits(host), admitted, "{host}");
        }
        let everywhere = Hosts::new("0.0.0.0:4000".parse().unwrap(), &[]);
        assert!(everywhere.admits("192.168.1.7:4000") && !everywhere.admits("evil.example"));
    }

    #[test]
    fn the_script_is_before_the_end_of_the_body_or_at_the_end() {
        let page = with_script(b"<body>x</body></html>", "h", 7);
        assert!(page.starts_with(
            b"<body>x<script src=\"/-/plenary/reload.js\" data-hash=\"h\" data-version=\"7\"></script></body>"
        ));
        assert!(with_script(b"x", "h", 7).starts_with(b"x<script"));
    }
}
