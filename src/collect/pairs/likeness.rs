//! Pairs of texts -> how many of their words they share.
//!
//! The share is estimated from sketches, which are kept. Where two overlap too little for an estimate, like those of a
//! short and a long text, all rows of words are compared.

use std::collections::HashMap;
use std::sync::Arc;

use crate::collect::Numbered;
use crate::compare::resemblance::{Rows, TextSketch};
use crate::language::word::words;
use crate::memo::Memo;
use crate::stamp::Stamp;

/// Sketches of texts and shares of pairs, kept between builds as long as the texts are the same.
#[derive(Default)]
pub(super) struct ShareMemo {
    sketches: Memo<Arc<str>, Arc<TextSketch>>,
    shares: Memo<(Arc<str>, Arc<str>), usize>,
}

impl ShareMemo {
    /// Returns for each pair how many of a thousand rows of words of the shorter text are in both.
    pub(super) fn shares(&mut self, entries: &[Numbered], pairs: &[(usize, usize)]) -> Vec<usize> {
        let mut texts: Vec<usize> = pairs.iter().flat_map(|(one, other)| [*one, *other]).collect();
        texts.sort_unstable();
        texts.dedup();
        let statement = |at: usize| &entries[at].known.statement;
        let rows = |at: usize| Rows::of(&words(&statement(at).body.text));
        let sketches = self.sketches.update(
            &texts,
            |at| (Arc::clone(&statement(*at).path), statement(*at).stamp()),
            |at| Arc::new(rows(*at).sketch()),
        );
        let sketches: HashMap<usize, Arc<TextSketch>> = texts.into_iter().zip(sketches).collect();
        self.shares.update(
            pairs,
            |(one, other)| {
                let (one, other) = (statement(*one), statement(*other));
                let key = (Arc::clone(&one.path), Arc::clone(&other.path));
                (key, Stamp::of(&(one.stamp(), other.stamp())))
            },
            |(one, other)| {
                // Of a short and a long text, too few of the kept hashes are comparable, so all are compared.
                let all = || rows(*one).overlap(&rows(*other));
                sketches[one].overlap(&sketches[other]).unwrap_or_else(all).of_shorter(1000)
            },
        )
    }
}
