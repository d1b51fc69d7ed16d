//! The search index of the preview: made on a separate thread when somebody searches, and again after a save.

use std::sync::{Arc, Mutex, PoisonError};

use crate::search::index::{Index, Kept};
use crate::stamp::Stamp;

/// Makes the search index of one version, reusing shards of an earlier one.
pub(super) type MakeIndex = Arc<dyn Fn(&Kept) -> Option<(Index, Kept)> + Send + Sync>;

/// The root of the index while it is being made: the page tries again.
pub(super) const BUILDING: &[u8] = br#"{"building":true}"#;

/// The search index, shared by all versions of the site.
#[derive(Default)]
pub(super) struct Searching(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// The last index that was finished, with the stamp of its root's page.
    made: Option<(Stamp, Arc<Index>)>,
    /// Its shards.
    shards: Kept,
    /// Whether an index is being made.
    is_making: bool,
}

impl Searching {
    /// Returns the index with this stamp. If it does not exist yet, starts making it on another thread and returns
    /// `None`: neither a request nor a save waits for it.
    pub(super) fn index(&self, stamp: Stamp, make: &MakeIndex) -> Option<Arc<Index>> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, index)) = &state.made
            && *of == stamp
        {
            return Some(Arc::clone(index));
        }
        // Only one at a time. If the site changes meanwhile, the next request starts another one.
        if !state.is_making {
            state.is_making = true;
            let (shared, make, before) = (Arc::clone(&self.0), Arc::clone(make), std::mem::take(&mut state.shards));
            std::thread::spawn(move || {
                let making = Making(shared);
                if let Some((index, shards)) = make(&before) {
                    let mut state = making.0.lock().unwrap_or_else(PoisonError::into_inner);
                    state.made = Some((stamp, Arc::new(index)));
                    state.shards = shards;
                }
            });
        }
        None
    }

    /// Returns the index that was finished last. Its files are named after their content, so a page that has read its
    /// root gets the matching files even after a save.
    pub(super) fn last(&self) -> Option<Arc<Index>> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.made.as_ref().map(|(_, index)| Arc::clone(index))
    }
}

/// An index that is being made. However that ends, also with a panic, the next request may begin again: otherwise the
/// preview would answer "building" until it is started again.
struct Making(Arc<Mutex<State>>);

impl Drop for Making {
    fn drop(&mut self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_making = false;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn begins_again_after_an_index_that_failed() {
        let searching = Searching::default();
        let begun = Arc::new(AtomicUsize::new(0));
        let counts = Arc::clone(&begun);
        let make: MakeIndex = Arc::new(move |_| {
            counts.fetch_add(1, Ordering::SeqCst);
            panic!("as a bug would");
        });
        // Asks until a second one has begun: the first has then ended without an index.
        while begun.load(Ordering::SeqCst) < 2 {
            assert!(searching.index(Stamp::of(&1), &make).is_none());
            std::thread::yield_now();
        }
        assert!(searching.last().is_none());
    }
}
