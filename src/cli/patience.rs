//! Pages being made -> an end of the program if one of them never is.
//!
//! Nothing can stop a template from looping: the engine allows a hundred thousand steps a loop, and loops in loops. So the
//! pages at work are watched, and the one that takes longer than any page does is named.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::screen::tell_error;

/// How long a page may take. The largest statement that is read, 32 MiB of words, takes some seconds.
const LONGEST: Duration = Duration::from_secs(120);
/// How often the pages at work are looked at.
const TICK: Duration = Duration::from_millis(100);
/// What says that a thread makes no page.
const IDLE: usize = usize::MAX;

/// The pages at work: for each thread that makes pages, which one.
struct Watched {
    pages: Vec<AtomicUsize>,
    is_over: AtomicBool,
}

/// Has `work` make pages, and ends the program with an error if one of them takes too long. `work` is given what is to be
/// called around the making of the page of a number; `name` says which page that is.
pub(crate) fn watch<T>(name: impl Fn(usize) -> String + Sync, work: impl FnOnce(&Around<'_>) -> T) -> T {
    let threads = (0..=rayon::current_num_threads()).map(|_| AtomicUsize::new(IDLE)).collect();
    let watched = Watched { pages: threads, is_over: AtomicBool::new(false) };
    std::thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut since: Vec<(usize, Instant)> = watched.pages.iter().map(|_| (IDLE, Instant::now())).collect();
            while !watched.is_over.load(Ordering::Relaxed) {
                for (page, (last, begun)) in watched.pages.iter().zip(&mut since) {
                    let page = page.load(Ordering::Relaxed);
                    if page != *last {
                        (*last, *begun) = (page, Instant::now());
                    } else if page != IDLE && begun.elapsed() > LONGEST {
                        give_up(&name(page));
                    }
                }
                std::thread::park_timeout(TICK);
            }
        });
        let done = work(&Around(&watched));
        watched.is_over.store(true, Ordering::Relaxed);
        watcher.thread().unpark();
        done
    })
}

/// Ends the program as a kill would: what is published is as it was, and the next build removes what was staged.
fn give_up(page: &str) -> ! {
    tell_error(&format!(
        "the page {page} takes more than {} seconds: does a loop in its template run too often? Nothing was published",
        LONGEST.as_secs()
    ));
    std::process::exit(1)
}

/// What is called around the making of a page.
pub(crate) struct Around<'a>(&'a Watched);

impl Around<'_> {
    /// Makes the page of this number under watch.
    pub(crate) fn make<T>(&self, number: usize, make: impl FnOnce() -> T) -> T {
        // One place more than threads is for the thread that has no number.
        let thread = rayon::current_thread_index().unwrap_or(self.0.pages.len() - 1);
        let Some(page) = self.0.pages.get(thread) else { return make() };
        page.store(number, Ordering::Relaxed);
        let made = make();
        page.store(IDLE, Ordering::Relaxed);
        made
    }
}
