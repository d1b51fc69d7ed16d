//! New versions -> server-sent events for the browser: reload, swap these files, show these problems.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use percent_encoding::percent_decode_str;
use tokio::sync::{mpsc, watch};
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;

use super::live::{Live, Problems};
use super::snapshot::Found;

/// The event stream's path. This path and the next two take precedence over the site's files; Plenary makes none below
/// `/-/`.
pub(super) const EVENTS: &str = "/-/plenary/events";
/// The script that is added to every page.
pub(super) const SCRIPT: &str = "/-/plenary/reload.js";
/// The overlay's style sheet.
pub(super) const SHEET: &str = "/-/plenary/overlay.css";

/// The hash of a page that does not exist.
pub(super) const NOTHING: &str = "nothing";

/// One open page.
struct Listener {
    /// Its path, percent-encoded.
    page: String,
    /// The hash of the bytes that it shows.
    hash: String,
    /// The last version that was sent to it.
    since: u64,
    /// The problems it shows, as JSON.
    shown: String,
}

/// Streams to an open page everything it must know, now and after each new version.
pub(super) fn events(
    mut live: watch::Receiver<Arc<Live>>,
    query: &str,
) -> Sse<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    let value = |name: &str| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let text = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next().unwrap_or_default();
        percent_decode_str(text).decode_utf8_lossy().into_owned()
    };
    let since = value("since").parse().unwrap_or(u64::MAX);
    let mut listener = Listener { page: value("page"), hash: value("hash"), since, shown: String::new() };
    let (sender, receiver) = mpsc::channel(8);
    tokio::spawn(async move {
        loop {
            let now = Arc::clone(&live.borrow_and_update());
            let task = tokio::task::spawn_blocking(move || {
                let events = listener.news(&now);
                (listener, events)
            });
            let Ok((kept, events)) = task.await else { return };
            listener = kept;
            for event in events {
                if sender.send(Ok(event)).await.is_err() {
                    return;
                }
            }
            tokio::select! {
                changed = live.changed() => if changed.is_err() { return },
                () = sender.closed() => return,
            }
        }
    });
    Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

impl Listener {
    /// Returns the events that bring the page to this version.
    fn news(&mut self, live: &Live) -> Vec<Event> {
        let snapshot = &live.snapshot;
        let mut events = Vec::new();
        let mut failed = None;
        let now = match snapshot.find(&self.page) {
            Found::Page(number) | Found::Nothing(Some(number)) => match snapshot.render(number) {
                Ok(rendered) => rendered.hash,
                // The browser keeps showing the page as it was, under the overlay.
                Err(diagnostic) => {
                    failed = Some(diagnostic.human(None));
                    self.hash.clone()
                }
            },
            Found::Nothing(None) => NOTHING.to_owned(),
            Found::Elsewhere(location) | Found::IndexFile(location) => location,
        };
        let mut problems = Problems { title: live.problems.title.clone(), texts: live.problems.texts.clone() };
        if let Some(text) = failed {
            if problems.texts.is_empty() {
                problems.title = "This page could not be rebuilt".to_owned();
            }
            problems.texts.insert(0, text);
        }
        let shown = serde_json::json!(problems).to_string();
        if shown != self.shown {
            events.push(Event::default().event("problems").data(&shown));
            self.shown = shown;
        }
        if now != self.hash {
            events.push(Event::default().event("page").data("changed"));
            self.hash = now;
        } else if snapshot.version > self.since {
            let paths = snapshot.files_since(self.since);
            let data = serde_json::json!({ "version": snapshot.version, "paths": paths });
            events.push(Event::default().event("files").data(data.to_string()));
        }
        self.since = snapshot.version;
        events
    }
}
