//! The key `extra` of front matter -> fields defined by the site, which Plenary passes on and never interprets.

use serde_json::Value;

use super::fields::Fields;
use crate::diagnostic::Code;
use crate::front::FrontKey;

/// Fields defined by the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Extra(
    /// An object as JSON; empty if there is none. It is kept as text because floating-point numbers cannot be hashed.
    Box<str>,
);

impl Extra {
    /// Returns the fields; an empty object if there are none.
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.0).unwrap_or_else(|_| Value::Object(serde_json::Map::new()))
    }

    /// Returns whether there are no fields.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn read(fields: &mut Fields<'_>, key: FrontKey) -> Extra {
        let Some(value) = fields.anything(key) else { return Extra::default() };
        match serde_json::to_value(&value) {
            Ok(Value::Object(object)) if object.is_empty() => Extra::default(),
            Ok(object @ Value::Object(_)) => Extra(object.to_string().into()),
            // Other values, and objects whose names are lists.
            _ => {
                let help = format!("write names with values below it: {key}: {{ contact: … }}");
                fields.complain(key, Code::WrongType, format!("`{key}` is no object with names"), &help);
                Extra::default()
            }
        }
    }
}
