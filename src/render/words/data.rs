//! A table of the interface's words -> data for the scripts of a page, which fill it themselves.

use serde_json::{Map, Value};
use tera::Error;

use super::Words;

impl Words {
    /// Returns the entries of a table as JSON, which can be put into a `script` element: texts with their placeholders by
    /// key, and for an entry with plural forms its texts by form.
    pub(super) fn data(&self, table: &str) -> Result<tera::Value, Error> {
        let own = self.entries.iter().filter_map(|(key, entry)| {
            let (of, key) = key.split_once('.')?;
            (of == table).then(|| (key.to_owned(), entry.data()))
        });
        let entries: Map<String, Value> = own.collect();
        if entries.is_empty() {
            return Err(Error::message(format!("there is no table `{table}` in the words of the interface")));
        }
        // Nothing in it may end the element.
        Ok(tera::Value::safe_string(&Value::Object(entries).to_string().replace('<', "\\u003c")))
    }
}
