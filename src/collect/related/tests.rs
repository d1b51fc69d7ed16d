//! Updates against joins from scratch.

use std::collections::BTreeMap;

use super::*;
use proptest::prelude::*;

fn relations(related: &Related) -> BTreeMap<String, Vec<String>> {
    let name = |slot: Slot| related.slots[slot as usize].as_ref().unwrap().path.to_string();
    related.by_path.values().map(|slot| (name(*slot), related.of(*slot).map(name).collect())).collect()
}

fn update(related: &mut Related, texts: &BTreeMap<u8, Vec<u8>>) {
    let kept: Vec<(Arc<str>, String, Terms)> = texts
        .iter()
        .map(|(key, words)| {
            let mut terms: Vec<Term> = words.iter().map(|word| Term::from(*word) << 4).collect();
            terms.sort_unstable();
            (format!("{key:03}").into(), format!("{:03}", key / 2), Terms::count(&terms))
        })
        .collect();
    let texts: Vec<TextTerms<'_>> = kept
        .iter()
        .map(|(path, id, terms)| TextTerms {
            path,
            stamp: Stamp::of(&terms.iter().collect::<Vec<_>>()),
            id,
            language: "en",
            terms,
        })
        .collect();
    related.update(&texts, |_| Vec::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn an_update_equals_a_join_from_scratch(
        start in prop::collection::btree_map(any::<u8>(), prop::collection::vec(0u8..60, 0..30), 10..60),
        edits in prop::collection::vec((any::<u8>(), prop::option::of(prop::collection::vec(0u8..60, 0..30))), 50),
    ) {
        let mut texts = start;
        let mut related = Related::new(3);
        update(&mut related, &texts);
        for (key, words) in edits {
            match words {
                Some(words) => texts.insert(key, words),
                None => texts.remove(&key),
            };
            update(&mut related, &texts);
            let mut scratch = Related::new(3);
            update(&mut scratch, &texts);
            prop_assert_eq!(relations(&related), relations(&scratch));
        }
    }
}
