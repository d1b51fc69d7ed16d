//! Keys that nothing has taken -> what is wrong with each.

use serde_yaml::Value;

use super::Fields;
use crate::diagnostic::{Code, did_you_mean, only_near};
use crate::front::statement::{EMBARGO, STATUS};

/// Returns, for an unknown key and its value, what to do if it may have been meant to withhold the text.
pub(super) type Refuse = fn(&str, &Value) -> Option<String>;

impl Fields<'_> {
    /// Refuses unknown keys for which `refuse` returns help as unclear about publication, in objects below as well.
    #[must_use]
    pub(in crate::read) fn refusing(self, refuse: Refuse) -> Self {
        Fields { refuse: Some(refuse), ..self }
    }

    /// Returns whether an unknown key was refused, here or in an object below, as far as they have been read.
    pub fn is_unclear(&self) -> bool {
        self.is_unclear
    }

    /// Takes the unknown keys for which `help_for` returns help, given their values and the known keys, and reports
    /// each. Returns whether there are any.
    pub fn refuse_unknown(&mut self, code: Code, help_for: impl Fn(&str, &Value, &[&str]) -> Option<String>) -> bool {
        let known = self.names();
        let left = std::mem::take(&mut self.values);
        let all = left.len();
        for (key, value) in left {
            let help = key.as_str().and_then(|key| help_for(key, &value, &known));
            match help {
                Some(help) => self.complain_of_unknown(&key, code, help),
                None => _ = self.values.insert(key, value),
            }
        }
        self.values.len() < all
    }

    fn complain_of_unknown(&mut self, key: &Value, code: Code, help: String) {
        let key = key.as_str().map_or_else(|| format!("{key:?}"), str::to_owned);
        let at = self.places.key(&format!("{}{key}", self.prefix));
        self.complain_at(at, code, format!("unknown key `{key}`"), &help);
    }

    /// Returns the names of the keys that are declared here.
    fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }

    /// Reports every key that was not taken.
    pub fn finish(&mut self) {
        let forgotten = || self.keys.iter().find(|key| !self.taken.contains(key));
        debug_assert!(forgotten().is_none(), "`{:?}` is declared, but nothing reads it", forgotten());
        let known = self.names();
        let left = std::mem::take(&mut self.values);
        let meant = |key: &Value| only_near(key.as_str()?, known.iter().copied());
        let meanings: Vec<&str> = left.keys().filter_map(meant).collect();
        for (key, value) in left {
            let refused = self.refuse.and_then(|refuse| refuse(key.as_str()?, &value));
            if let Some(help) = refused {
                self.is_unclear = true;
                self.complain_of_unknown(&key, Code::UnclearPublication, help);
                continue;
            }
            let near = key.as_str().and_then(|key| did_you_mean(key, known.iter().copied()));
            let help = near.unwrap_or_else(|| format!("the keys here are: {}", known.join(", ")));
            self.complain_of_unknown(&key, Code::UnknownKey, help);
            // If the intended key is already present, or two typing errors seem to mean the same key, an edit would
            // duplicate it.
            let Some(key) = key.as_str() else { continue };
            let meant = only_near(key, known.iter().copied());
            let is_free = |meant: &&str| {
                ![STATUS.name, EMBARGO.name].contains(meant)
                    && meanings.iter().filter(|other| *other == meant).count() == 1
                    && !self.places.has(&format!("{}{meant}", self.prefix))
            };
            self.remedy(key, meant.filter(is_free));
        }
    }
}
