//! The files of statements -> their front matter as values, without their texts.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use anyhow::Context as _;
use rayon::prelude::*;
use serde_yaml::Mapping;

use crate::collect::inherit;
use crate::config::Config;
use crate::front::document;
use crate::front::statement::{self, LANGUAGE};
use crate::path::composed;
use crate::read::name::of_statement;
use crate::sources::{Source, Sources};

/// A language version of a statement: where it is, and what its front matter says.
#[derive(Clone, Debug)]
pub struct Text {
    /// The path of its file, from the site's folder.
    pub path: Arc<str>,
    /// The id of its statement.
    pub id: Box<str>,
    /// Its language, as a BCP 47 tag.
    pub language: Box<str>,
    /// What its own front matter says.
    pub own: Mapping,
    /// The same, with the keys that it inherits.
    pub values: Mapping,
    /// The file that it inherits from, if that is another file.
    pub base: Option<Arc<str>>,
}

impl Text {
    /// Returns whether a key has its value from another file.
    pub fn inherits(&self, key: &str) -> bool {
        self.base.is_some() && !self.own.contains_key(key) && self.values.contains_key(key)
    }
}

/// The statements of a site by their front matter.
#[derive(Debug, Default)]
pub struct Texts {
    /// All texts whose front matter can be read, sorted by path.
    pub all: Vec<Text>,
    /// The paths of files whose front matter cannot be read; `plenary check` says what is wrong with them.
    pub unreadable: Vec<Arc<str>>,
}

impl Texts {
    /// Reads the front matter of all statements, in parallel.
    pub fn read(sources: &Sources, config: &Config) -> Texts {
        let files: Vec<&Source> =
            sources.content.iter().filter(|source| of_statement(&source.path).is_some()).collect();
        let read: Vec<Result<Text, Arc<str>>> = files.par_iter().map(|source| one(source, config)).collect();
        let mut texts = Texts::default();
        for text in read {
            match text {
                Ok(text) => texts.all.push(text),
                Err(path) => texts.unreadable.push(path),
            }
        }
        inherit(&mut texts.all, &config.language);
        texts
    }

    /// Returns the text with this path.
    pub fn at(&self, path: &str) -> Option<&Text> {
        self.all.iter().find(|text| *text.path == *path)
    }
}

/// Reads one file; an error is its path.
fn one(source: &Source, config: &Config) -> Result<Text, Arc<str>> {
    let unreadable = || Arc::clone(&source.path);
    let (id, of_name) = of_statement(&source.path).ok_or_else(unreadable)?;
    let bytes = source.load().map_err(|_| unreadable())?;
    let text = std::str::from_utf8(&bytes).map_err(|_| unreadable())?;
    let range = document::range(text).ok_or_else(unreadable)?;
    let front = composed(&text[range]);
    let own: Mapping = match front.trim() {
        "" => Mapping::new(),
        front => serde_yaml::from_str(front).map_err(|_| unreadable())?,
    };
    let stated = own.get(LANGUAGE.name).and_then(|value| value.as_str()).map(Box::from);
    let language = of_name.or(stated).unwrap_or_else(|| config.language.as_str().into());
    Ok(Text { path: Arc::clone(&source.path), id, language, values: own.clone(), own, base: None })
}

/// Gives each language version the keys that it inherits from the first file of its statement, as a build does.
fn inherit(texts: &mut [Text], site_language: &str) {
    let mut by_id: BTreeMap<Box<str>, Vec<usize>> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        by_id.entry(text.id.clone()).or_default().push(at);
    }
    for versions in by_id.values().filter(|versions| versions.len() > 1) {
        let rank = |at: &&usize| inherit::rank(&texts[**at].path, &texts[**at].language, site_language);
        let Some(first) = versions.iter().min_by_key(rank).copied() else { continue };
        let (base, of_base) = (Arc::clone(&texts[first].path), texts[first].own.clone());
        for at in versions.iter().copied().filter(|at| *at != first) {
            let text = &mut texts[at];
            for key in statement::ALL.iter().filter(|key| key.is_inherited && !text.own.contains_key(key.name)) {
                if let Some(value) = of_base.get(key.name) {
                    text.values.insert(key.name.into(), value.clone());
                }
            }
            text.base = Some(Arc::clone(&base));
        }
    }
}

/// Loads the files of some texts as they are now, by path.
///
/// # Errors
/// Fails if a file cannot be read or is not UTF-8.
pub fn load<'a>(
    sources: &Sources,
    paths: impl IntoIterator<Item = &'a Arc<str>>,
) -> anyhow::Result<BTreeMap<Arc<str>, String>> {
    let by_path: HashMap<&str, &Source> =
        sources.content.iter().chain(&sources.locks).map(|source| (&*source.path, source)).collect();
    let load = |path: &Arc<str>| {
        let source = by_path.get(&**path).with_context(|| format!("there is no file {path}"))?;
        let bytes = source.load().with_context(|| format!("cannot read {path}"))?;
        let text = String::from_utf8(bytes.into_owned()).with_context(|| format!("{path} is not UTF-8"))?;
        Ok((Arc::clone(path), text))
    };
    paths.into_iter().map(load).collect()
}
