//! Objects and lists of objects in front matter -> typed values, each read by its own keys.

use serde_yaml::{Mapping, Value};

use super::{Fields, Named, describe};
use crate::diagnostic::Code;

impl Fields<'_> {
    /// Takes an object and reads it.
    pub fn object<T>(&mut self, key: &'static str, read: impl FnOnce(&mut Fields<'_>) -> T) -> Option<T> {
        match self.take(key)? {
            Value::Mapping(values) => Some(self.below(format!("{}{key}/", self.prefix), values, read)),
            other => {
                let message = format!("`{key}` is {}, but an object belongs here", describe(&other));
                let help = self.how_to_write(read);
                self.complain(key, Code::WrongType, message, &format!("write `{key}: {help}"));
                None
            }
        }
    }

    /// Takes a list whose items are objects; a single text stands for an object with this text under `text_key`.
    pub fn objects<T>(
        &mut self,
        key: &'static str,
        text_key: Option<&'static str>,
        read: impl Fn(&mut Fields<'_>) -> T,
    ) -> Vec<T> {
        let values = match self.take(key) {
            None => return Vec::new(),
            Some(Value::Sequence(values)) => values,
            Some(other) => vec![other],
        };
        let mut items = Vec::new();
        for (i, value) in values.into_iter().enumerate() {
            let path = format!("{}{key}/{i}", self.prefix);
            if let Value::Mapping(values) = value {
                items.push(self.below(format!("{path}/"), values, &read));
                continue;
            }
            let Some(named) = self.scalar(&path, key, value) else { continue };
            if let Some(text_key) = text_key {
                let values = Mapping::from_iter([(text_key.into(), Value::String(named.text.into()))]);
                items.push(self.below(format!("{path}/"), values, &read));
            } else {
                let (at, text) = ((named.line, named.column), named.text);
                let message = format!("`{text}` stands in `{key}`, but an object belongs here");
                let help = self.how_to_write(&read);
                self.complain_at(at, Code::WrongType, message, &format!("write each as `{help}"));
            }
        }
        items
    }

    /// Returns how an object is written, by the keys that its reader takes.
    fn how_to_write<T>(&self, read: impl FnOnce(&mut Fields<'_>) -> T) -> String {
        let mut nothing = Vec::new();
        let mut empty = Fields::new(self.path, self.places, Mapping::new(), &mut nothing);
        read(&mut empty);
        let keys = empty.known;
        format!("{{ {}: …, {}: … }}`; its keys are: {}", keys[0], keys[1], keys.join(", "))
    }

    /// Takes a text or an object under one key.
    pub fn text_or_object<T>(
        &mut self,
        key: &'static str,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> Option<Result<Named, T>> {
        if self.values.get(key).is_some_and(Value::is_mapping) {
            return self.object(key, read).map(Err);
        }
        self.named(key).map(Ok)
    }

    fn below<T>(&mut self, prefix: String, values: Mapping, read: impl FnOnce(&mut Fields<'_>) -> T) -> T {
        let (path, places) = (self.path, self.places);
        let mut fields = Fields {
            path,
            places,
            prefix,
            values,
            known: Vec::new(),
            wrong: Vec::new(),
            stated: Vec::new(),
            refuse: self.refuse,
            is_unclear: false,
            diagnostics: &mut *self.diagnostics,
        };
        let value = read(&mut fields);
        fields.finish();
        self.is_unclear |= fields.is_unclear;
        value
    }
}
