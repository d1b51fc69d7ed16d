//! "Make it again only if its stamp changed."
//!
//! What a memo keeps must depend on its stamp alone. What was not asked for in an update is forgotten with it, so
//! deletes and renames need no case of their own.

use std::collections::HashMap;
use std::hash::Hash;

use rayon::prelude::*;

use crate::stamp::Stamp;

/// The values made last time, each under its key with the stamp of what it was made from.
pub struct Memo<K, V> {
    kept: HashMap<K, (Stamp, V)>,
    made: usize,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Memo { kept: HashMap::new(), made: 0 }
    }
}

impl<K: Hash + Eq + Send + Sync + Clone, V: Clone + Send + Sync> Memo<K, V> {
    /// Returns the value of each item in the items' order, calling `make` (in parallel) only for those whose stamp is
    /// new under their key.
    pub fn update<I: Sync>(
        &mut self,
        items: &[I],
        key: impl Fn(&I) -> (K, Stamp),
        make: impl Fn(&I) -> V + Sync,
    ) -> Vec<V> {
        let mut before = std::mem::take(&mut self.kept);
        let found: Vec<(K, Stamp, Option<V>)> = items
            .iter()
            .map(|item| {
                let (key, stamp) = key(item);
                let kept = before.remove(&key).filter(|(last, _)| *last == stamp).map(|(_, value)| value);
                (key, stamp, kept)
            })
            .collect();
        self.made = found.iter().filter(|(_, _, kept)| kept.is_none()).count();
        let values: Vec<V> = items
            .par_iter()
            .zip(found.par_iter())
            .with_min_len(8)
            .map(|(item, (_, _, kept))| kept.clone().unwrap_or_else(|| make(item)))
            .collect();
        self.kept =
            found.into_iter().zip(&values).map(|((key, stamp, _), value)| (key, (stamp, value.clone()))).collect();
        values
    }

    /// Returns how many values the last update made.
    pub fn made(&self) -> usize {
        self.made
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
}
