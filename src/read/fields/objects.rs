//! Objects and lists of objects in front matter -> typed values, each read by its own keys.

use serde_yaml::{Mapping, Value};

use super::{Fields, Named, describe};
use crate::diagnostic::Code;
use crate::front::{FrontKey, Type};

impl Fields<'_> {
    /// Takes an object and reads it.
    pub fn object<T>(&mut self, key: FrontKey, read: impl FnOnce(&mut Fields<'_>) -> T) -> Option<T> {
        let keys = keys_of(key);
        match self.take(key)? {
            Value::Mapping(values) => Some(self.below(format!("{}{key}/", self.prefix), values, keys, read)),
            other => {
                let message = format!("`{key}` is {}, expected an object", describe(&other));
                let help = how_to_write(keys);
                self.complain(key, Code::WrongType, message, &format!("write `{key}: {help}"));
                None
            }
        }
    }

    /// Takes a list of objects; a single text is short for an object that has it under `text_key`.
    pub fn objects<T>(&mut self, key: FrontKey, read: impl Fn(&mut Fields<'_>) -> T) -> Vec<T> {
        let keys = keys_of(key);
        let text_key = if let Type::Objects(_, text_key) = key.value { text_key } else { None };
        let values = match self.take(key) {
            None => return Vec::new(),
            Some(Value::Sequence(values)) => values,
            Some(other) => vec![other],
        };
        let mut items = Vec::new();
        for (i, value) in values.into_iter().enumerate() {
            let path = format!("{}{key}/{i}", self.prefix);
            if let Value::Mapping(values) = value {
                items.push(self.below(format!("{path}/"), values, keys, &read));
                continue;
            }
            let Some(named) = self.scalar(&path, key, value) else { continue };
            if let Some(text_key) = text_key {
                let values = Mapping::from_iter([(text_key.name.into(), Value::String(named.text.into()))]);
                items.push(self.below(format!("{path}/"), values, keys, &read));
            } else {
                let (at, text) = ((named.line, named.column), named.text);
                let message = format!("`{key}` contains `{text}`, expected an object");
                let help = how_to_write(keys);
                self.complain_at(at, Code::WrongType, message, &format!("write each as `{help}"));
            }
        }
        items
    }

    /// Takes a text or an object under one key.
    pub fn text_or_object<T>(
        &mut self,
        key: FrontKey,
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> Option<Result<Named, T>> {
        if self.values.get(key.name).is_some_and(Value::is_mapping) {
            return self.object(key, read).map(Err);
        }
        self.named(key).map(Ok)
    }

    /// Reads an object below this mapping, and reports the keys in it that nothing takes.
    fn below<T>(
        &mut self,
        prefix: String,
        values: Mapping,
        keys: &'static [FrontKey],
        read: impl FnOnce(&mut Fields<'_>) -> T,
    ) -> T {
        let (path, places) = (self.path, self.places);
        let mut fields = Fields {
            path,
            places,
            prefix,
            values,
            keys,
            taken: Vec::new(),
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

/// Returns the keys that an object under this key can have.
fn keys_of(key: FrontKey) -> &'static [FrontKey] {
    match key.value {
        Type::Object(keys) | Type::TextOrObject(_, keys) | Type::Objects(keys, _) => keys,
        _ => &[],
    }
}

/// Returns how to write an object with these keys.
fn how_to_write(keys: &[FrontKey]) -> String {
    let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
    format!("{{ {}: …, {}: … }}`; its keys are: {}", names[0], names[1], names.join(", "))
}
