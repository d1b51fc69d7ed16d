//! Paths, ids and conditions on a command line -> the selected texts.

use super::condition::Condition;
use super::texts::{Text, Texts};
use crate::collect::names::Names;
use crate::diagnostic::did_you_mean;
use crate::front::statement::REVIEWED;

/// A selection of texts: those that match all of these.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Files, folders, and ids of statements; a text matches if it is one of them or below one.
    pub paths: Vec<String>,
    /// Conditions on the front matter.
    pub conditions: Vec<Condition>,
    /// Whether the text must have been read by a person.
    pub reviewed: bool,
    /// Whether all texts are selected.
    pub all: bool,
}

impl Selection {
    /// Returns whether it has no criterion, so that the user has not said which texts to select.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.conditions.is_empty() && !self.reviewed && !self.all
    }

    /// Returns the selected texts, in order.
    ///
    /// # Errors
    /// Returns a message for a path or an id that no text has, since a typing error would otherwise silently leave texts
    /// out.
    pub fn of<'a>(&self, texts: &'a Texts, names: &Names<'_>) -> Result<Vec<&'a Text>, String> {
        for path in &self.paths {
            if !texts.all.iter().any(|text| is_at(text, path)) {
                return Err(unknown(path, texts));
            }
        }
        let is_meant = |text: &&Text| {
            (self.paths.is_empty() || self.paths.iter().any(|path| is_at(text, path)))
                && (!self.reviewed || text.own.get(REVIEWED.name).is_some_and(|value| !value.is_null()))
                && self.conditions.iter().all(|condition| condition.matches(text, names))
        };
        Ok(texts.all.iter().filter(is_meant).collect())
    }
}

/// Returns whether a text is the file, in the folder or a version of the statement that a path or an id names.
fn is_at(text: &Text, path: &str) -> bool {
    let path = path.trim_end_matches('/');
    let below = |whole: &str| whole.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    *text.id == *path || below(&text.path) || path == "."
}

fn unknown(path: &str, texts: &Texts) -> String {
    if let Some(broken) = texts.unreadable.iter().find(|unreadable| &***unreadable == path) {
        return format!("the front matter of {broken} cannot be read; `plenary check` says what is wrong with it");
    }
    let ids: Vec<&str> = texts.all.iter().map(|text| &*text.id).collect();
    let help = did_you_mean(path, ids);
    let help = help.unwrap_or_else(|| "name a file or a folder below content/statements/, or an id".to_owned());
    format!("`{path}` is neither a statement nor a folder with statements; {help}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collect::names::Tables;

    #[test]
    fn a_text_is_found_by_its_file_its_folder_and_its_id() {
        let text = |path: &str, id: &str| {
            let values = serde_yaml::Mapping::new();
            let (language, path) = ("en".into(), path.into());
            Text { path, id: id.into(), language, own: values.clone(), values, base: None }
        };
        let all = vec![
            text("content/statements/2017/a.md", "a"),
            text("content/statements/2017/a.fr.md", "a"),
            text("content/statements/2018/ab.md", "ab"),
        ];
        let texts = Texts { all, unreadable: vec!["content/statements/c.md".into()] };
        let tables = Tables::load();
        let names = Names::new(&tables, &[], &mut Vec::new());
        for (path, expect) in [
            ("a", Ok(2)),
            ("ab", Ok(1)),
            ("content/statements/2017", Ok(2)),
            ("content/statements/2017/", Ok(2)),
            ("content/statements/20", Err("neither")),
            ("content/statements/2017/a.fr.md", Ok(1)),
            ("content", Ok(3)),
            ("content/statements/c.md", Err("cannot be read")),
        ] {
            let selection = Selection { paths: vec![path.to_owned()], ..Selection::default() };
            match (selection.of(&texts, &names), expect) {
                (Ok(found), Ok(count)) => assert_eq!(found.len(), count, "{path}"),
                (Err(wrong), Err(words)) => assert!(wrong.contains(words), "{path}: {wrong}"),
                (found, _) => panic!("{path}: {found:?}"),
            }
        }
    }
}
