//! What a host answers -> what that says of a link.

use ureq::http::StatusCode;
use url::Url;

/// What is known of a URL after asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// There is a page.
    Found,
    /// There is none, for this reason.
    Gone(String),
    /// The host says that the page is at another address from now on.
    Moved(Url),
    /// The host does not say, for this reason: many refuse every program that is not a browser.
    Unclear(String),
}

/// What to do after one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing: this is the answer.
    Known(Answer),
    /// Ask there; `for_good` if the host says that the address will not change back.
    Follow {
        /// Where the redirect leads.
        to: Url,
        /// Whether the redirect is permanent.
        for_good: bool,
    },
    /// Ask once more, for the page itself if only its head was asked for.
    Again(Answer),
}

/// Interprets the status and the `Location` of an answer to a request for `url`.
pub(super) fn interpret(url: &Url, status: StatusCode, location: Option<&str>) -> Next {
    let said = || format!("the host answers {}", describe(status));
    match status {
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::PERMANENT_REDIRECT
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT => match location.and_then(|to| url.join(to).ok()) {
            Some(to) if matches!(to.scheme(), "http" | "https") => {
                let for_good = matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
                Next::Follow { to, for_good }
            }
            _ => Next::Known(Answer::Unclear("the host redirects, but does not say where to".to_owned())),
        },
        _ if status.is_success() || status == StatusCode::NOT_MODIFIED => Next::Known(Answer::Found),
        // Some hosts know no request for the head alone, and answer it with any of these.
        StatusCode::NOT_FOUND | StatusCode::GONE => Next::Again(Answer::Gone(said())),
        // These say something about who asks, or about the moment, and nothing about the page.
        _ => Next::Again(Answer::Unclear(said())),
    }
}

/// Returns the number of a status with its name: `404 Not Found`.
fn describe(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_answer_says_that_a_link_is_dead() {
        let url = Url::parse("https://example.org/a").unwrap();
        let gone = |next: &Next| matches!(next, Next::Again(Answer::Gone(_)));
        let unclear = |next: &Next| matches!(next, Next::Again(Answer::Unclear(_)));
        for status in [404, 410] {
            assert!(gone(&interpret(&url, StatusCode::from_u16(status).unwrap(), None)), "{status}");
        }
        for status in [400, 401, 403, 405, 418, 429, 451, 500, 503, 599] {
            assert!(unclear(&interpret(&url, StatusCode::from_u16(status).unwrap(), None)), "{status}");
        }
        for status in [200, 204, 206] {
            let next = interpret(&url, StatusCode::from_u16(status).unwrap(), None);
            assert_eq!(next, Next::Known(Answer::Found), "{status}");
        }
        for (status, location, expect) in [
            (301, Some("/b"), Some(("https://example.org/b", true))),
            (302, Some("https://other.example/"), Some(("https://other.example/", false))),
            (308, Some("b"), Some(("https://example.org/b", true))),
            (301, Some("javascript:alert(1)"), None),
            (301, None, None),
        ] {
            let next = interpret(&url, StatusCode::from_u16(status).unwrap(), location);
            let follow = match &next {
                Next::Follow { to, for_good } => Some((to.as_str(), *for_good)),
                _ => None,
            };
            assert_eq!(follow, expect, "{status} {location:?}");
        }
    }
}
