//! Values and their stamps -> the same values, made again only if their stamps changed.
//!
//! A value must depend on nothing but what its stamp was made of. Values that an update does not request are forgotten,
//! so deleting and renaming need no special case.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use rayon::prelude::*;

use crate::stamp::Stamp;

/// The values of the last update, each with its key and the stamp of what it was made from.
pub struct Memo<K, V> {
    /// In the order of the last update, which is nearly always the order of the next one.
    kept: Vec<Memoized<K, V>>,
    /// How many values the last update made.
    made: usize,
}

struct Memoized<K, V> {
    key: K,
    stamp: Stamp,
    /// `None` after it was taken by the next update.
    value: Option<V>,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Memo { kept: Vec::new(), made: 0 }
    }
}

impl<K: Hash + Eq + Send + Sync + Clone, V: Clone + Send + Sync> Memo<K, V> {
    /// Returns the value of each item, in the order of the items, calling `make` (in parallel) only for those whose
    /// stamp is new for their key. No two items may have the same key.
    pub fn update<I: Sync>(
        &mut self,
        items: &[I],
        key: impl Fn(&I) -> (K, Stamp),
        make: impl Fn(&I) -> V + Sync,
    ) -> Vec<V> {
        let mut before = Before::new(std::mem::take(&mut self.kept));
        let keyed = items.iter().map(|item| {
            let (key, stamp) = key(item);
            let value = before.take(&key, stamp);
            Memoized { key, stamp, value }
        });
        self.kept = keyed.collect();
        let missing: Vec<(&I, &mut Memoized<K, V>)> =
            items.iter().zip(&mut self.kept).filter(|(_, kept)| kept.value.is_none()).collect();
        self.made = missing.len();
        missing.into_par_iter().with_min_len(8).for_each(|(item, kept)| kept.value = Some(make(item)));
        self.kept.iter().filter_map(|kept| kept.value.clone()).collect()
    }

    /// Returns how many values the last update made.
    pub fn made(&self) -> usize {
        self.made
    }
}

/// The values of the last update while the next one takes what it can use.
struct Before<K, V> {
    kept: Vec<Memoized<K, V>>,
    /// The index after the last value that was found.
    next: usize,
    /// The index of each key, made only when one is not the next.
    places: Option<HashMap<K, usize>>,
}

impl<K: Hash + Eq + Clone, V> Before<K, V> {
    fn new(kept: Vec<Memoized<K, V>>) -> Before<K, V> {
        Before { kept, next: 0, places: None }
    }

    /// Takes the value of this key if its stamp is still the same.
    fn take(&mut self, key: &K, stamp: Stamp) -> Option<V> {
        if self.kept.get(self.next).is_none_or(|kept| kept.key != *key) {
            let kept = &self.kept;
            let index = || kept.iter().enumerate().map(|(at, kept)| (kept.key.clone(), at)).collect();
            self.next = *self.places.get_or_insert_with(index).get(key)?;
        }
        let found = &mut self.kept[self.next];
        self.next += 1;
        found.value.take().filter(|_| found.stamp == stamp)
    }
}

/// A single expensive value with the stamp of everything that it was made from.
pub struct Once<V>(Option<(Stamp, Arc<V>)>);

impl<V> Default for Once<V> {
    fn default() -> Self {
        Once(None)
    }
}

impl<V> Once<V> {
    /// Returns the value, calling `make` only if the stamp is new.
    pub fn update(&mut self, stamp: Stamp, make: impl FnOnce() -> V) -> Arc<V> {
        match &self.0 {
            Some((last, value)) if *last == stamp => Arc::clone(value),
            _ => Arc::clone(&self.0.insert((stamp, Arc::new(make()))).1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_new_stamps_are_made_and_what_is_not_asked_for_is_forgotten() {
        let mut memo = Memo::default();
        let ask = |memo: &mut Memo<&'static str, String>, items: &[(&'static str, &'static str)]| {
            let values = memo.update(items, |item| (item.0, Stamp::of(item.1)), |item| item.1.to_uppercase());
            (values, memo.made())
        };
        assert_eq!(ask(&mut memo, &[("a", "x"), ("b", "y")]), (vec!["X".into(), "Y".into()], 2));
        assert_eq!(ask(&mut memo, &[("b", "y"), ("a", "z")]), (vec!["Y".into(), "Z".into()], 1));
        assert_eq!(ask(&mut memo, &[("b", "y")]).1, 0);
        assert_eq!(ask(&mut memo, &[("a", "z"), ("b", "y")]).1, 1);
    }

    #[test]
    fn one_value_is_made_again_for_a_new_stamp_alone() {
        let mut once = Once::default();
        let mut ask = |word: &'static str, made: &'static str| *once.update(Stamp::of(word), || made);
        assert_eq!([ask("a", "first"), ask("a", "second"), ask("b", "third")], ["first", "first", "third"]);
    }
}
