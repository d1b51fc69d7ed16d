//! The order of names in a language: where its readers look for "Égypte", "Çelik" or "10th session".

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

/// Compares names as a dictionary of a language does. Numbers in them are compared as numbers.
pub struct Order {
    /// `None` if there are no rules for a language, which cannot happen: those of the root locale are the fallback.
    whole: Option<CollatorBorrowed<'static>>,
    letters: Option<CollatorBorrowed<'static>>,
}

impl Order {
    /// Creates the order of a language.
    pub(super) fn of(language: &str) -> Order {
        let locale: Locale = format!("{language}-u-kn-true").parse().unwrap_or(Locale::UNKNOWN);
        let with = |strength| {
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            CollatorBorrowed::try_new(CollatorPreferences::from(&locale), options).ok()
        };
        Order { whole: with(Strength::Tertiary), letters: with(Strength::Primary) }
    }

    /// Returns a key by which names are sorted. Names that differ only in what the collation ignores are ordered by
    /// their characters, so that the order never depends on chance.
    pub fn key(&self, name: &str) -> (Vec<u8>, String) {
        let mut key = Vec::new();
        if let Some(order) = &self.whole {
            let Ok(()) = order.write_sort_key_to(name, &mut key);
        }
        (key, name.to_owned())
    }

    /// Returns whether names that begin with these letters are filed under one letter: "É" and "E" in French, but not
    /// "Ç" and "C" in Turkish.
    pub fn is_one_letter(&self, a: &str, b: &str) -> bool {
        match &self.letters {
            Some(order) => order.compare(a, b) == Ordering::Equal,
            None => a == b,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_where_readers_of_a_language_look_for_them() {
        let sorted = |language: &str, names: &str| {
            let order = Order::of(language);
            let mut names: Vec<&str> = names.split(", ").collect();
            names.sort_by_cached_key(|name| order.key(name));
            names.join(", ")
        };
        for (language, names, expect) in [
            (
                "en",
                "Zimbabwe, Türkiye, Côte d’Ivoire, Cuba, croatia",
                "Côte d’Ivoire, croatia, Cuba, Türkiye, Zimbabwe",
            ),
            ("fr", "Zambie, Égypte, Espagne, Émirats, Équateur", "Égypte, Émirats, Équateur, Espagne, Zambie"),
            ("sv", "Ärlig, Zebra, Åland, Adam", "Adam, Zebra, Åland, Ärlig"),
            ("ru", "Ямайка, Ёлка, Египет, Жизнь", "Египет, Ёлка, Жизнь, Ямайка"),
            ("zh", "中国, 法国, 安哥拉", "安哥拉, 法国, 中国"),
            ("en", "10th session, 2nd session, A/31/1, A/4/2", "2nd session, 10th session, A/4/2, A/31/1"),
        ] {
            assert_eq!(sorted(language, names), expect, "{language}");
        }
        assert!(Order::of("fr").is_one_letter("É", "E") && !Order::of("tr").is_one_letter("Ç", "C"));
    }
}
