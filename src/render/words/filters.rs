//! Words as filters of templates: `words`, `words_data`, `number` and `date`.

use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, Value};

use super::Words;
use super::entry::Arg;
use crate::read::date::Date;

/// Makes the filters of one language available to templates.
pub(in crate::render) fn register(tera: &mut Tera, words: &Arc<Words>) {
    let own = Arc::clone(words);
    tera.register_filter("words", move |key: &str, args: Kwargs, state: &State| own.filter(key, &args, state));
    let own = Arc::clone(words);
    tera.register_filter("words_data", move |table: &str, _: Kwargs, _: &State| own.data(table));
    let own = Arc::clone(words);
    tera.register_filter("number", move |number: u64, _: Kwargs, _: &State| own.number(number));
    let own = Arc::clone(words);
    tera.register_filter("date", move |date: Value, _: Kwargs, _: &State| own.date_filter(&date));
}

impl Words {
    /// Fills an entry. If an argument is HTML, the result is too, and everything else in it is escaped here; otherwise
    /// the engine escapes the whole.
    fn filter(&self, key: &str, args: &Kwargs, state: &State) -> Result<Value, Error> {
        let Some(entry) = self.entries.get(key) else {
            return Err(Error::message(format!("there is no entry `{key}` in the words of the interface")));
        };
        let mut found: Vec<(&str, Arg)> = Vec::new();
        for (name, value) in args.iter() {
            let Some(name) = name.as_str() else { continue };
            let arg = match (value.as_str(), value.as_u64()) {
                (Some(text), _) if value.is_safe() => Arg::Markup(text.to_owned()),
                (Some(text), _) => Arg::Text(text.to_owned()),
                (None, Some(number)) => Arg::Number(number),
                (None, None) => {
                    let message =
                        format!("the argument `{name}` of the entry `{key}` is neither text nor a whole number");
                    return Err(Error::message(message));
                }
            };
            found.push((name, arg));
        }
        let find = |name: &str| found.iter().find(|(own, _)| *own == name).map(|(_, arg)| arg);
        let is_markup = found.iter().any(|(_, arg)| matches!(arg, Arg::Markup(_)));
        let write = |arg: &Arg| match arg {
            Arg::Markup(html) => html.clone(),
            other if is_markup => state.escape(&self.plain(other)).unwrap_or_default(),
            other => self.plain(other),
        };
        let text = entry.fill(&find, &write).map_err(|name| {
            Error::message(format!("the entry `{key}` of the words of the interface needs the argument `{name}`"))
        })?;
        Ok(if is_markup { Value::safe_string(&text) } else { Value::normal_string(&text) })
    }

    /// Returns the words of a date, given as a view of a date or as EDTF.
    fn date_filter(&self, date: &Value) -> Result<String, Error> {
        let edtf = date.as_str().or_else(|| date.get_from_path("edtf").and_then(Value::as_str));
        let date = edtf.and_then(Date::parse);
        date.map(|date| self.date(&date)).ok_or_else(|| Error::message("the filter `date` needs a date or EDTF"))
    }
}
