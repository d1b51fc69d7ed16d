//! Pages being rendered -> the end of the program if one of them takes too long.
//!
//! Nothing else stops a template from looping: the engine allows a hundred thousand iterations per loop, and nested
//! loops. So the pages being rendered are watched, and a page that takes longer than any legitimate one is named.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::Thread;
use std::time::{Duration, Instant};

use super::screen::print_error;

/// How long a page may take. The largest statement that is read, 32 MiB of words, takes some seconds.
const LONGEST: Duration = Duration::from_secs(120);
/// How often the pages being rendered are checked.
const TICK: Duration = Duration::from_millis(100);
/// Marks a thread that renders no page.
const IDLE: usize = usize::MAX;

/// The pages being rendered, by thread.
struct Watched {
    pages: Vec<AtomicUsize>,
    is_over: AtomicBool,
}

/// Runs `work`, which renders pages, and ends the program with an error if one of them takes too long. `work` renders
/// each page through the `Around` it is given; `name` returns the name of the page with a number.
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
        let _over = Over { watched: &watched, watcher: watcher.thread() };
        work(&Around(&watched))
    })
}

/// Ends the watch when it is dropped, even by a panic: the scope waits for the watcher, which would blame a template for
/// the page that never ends.
struct Over<'a> {
    watched: &'a Watched,
    watcher: &'a Thread,
}

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.watched.is_over.store(true, Ordering::Relaxed);
        self.watcher.unpark();
    }
}

/// Ends the program as a kill would: the published site stays as it was, and the next build removes the staged files.
fn give_up(page: &str) -> ! {
    print_error(&format!(
        "rendering {page} takes more than {} seconds: does a loop in its template run too often? Nothing was published",
        LONGEST.as_secs()
    ));
    std::process::exit(1)
}

/// Wraps the rendering of each page.
pub(crate) struct Around<'a>(&'a Watched);

impl Around<'_> {
    /// Renders the page with this number under watch.
    pub(crate) fn make<T>(&self, number: usize, make: impl FnOnce() -> T) -> T {
        // The last slot is for the thread outside the pool, which has no index.
        let thread = rayon::current_thread_index().unwrap_or(self.0.pages.len() - 1);
        let Some(page) = self.0.pages.get(thread) else { return make() };
        page.store(number, Ordering::Relaxed);
        let made = make();
        page.store(IDLE, Ordering::Relaxed);
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_panics_ends_the_watch() {
        let work = |around: &Around<'_>| around.make(7, || panic!("as a bug would"));
        let caught = std::panic::catch_unwind(|| watch(|number| number.to_string(), work));
        assert!(caught.is_err());
    }
}
