//! Texts that are kept back, and all files that lie around -> the files that are kept back with them.
//!
//! An original says what its statement says, so a file is kept back if only texts that are kept back name it or link to
//! it, or if it bears the name of one of them. Where a public text links to such a file all the same, and for files of
//! `static/`, which the site publishes as they are, a person is asked.

mod meant;
mod names;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::Content;
use super::works::KeptBack;
use crate::config::{Config, Html};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::front::statement::{STATUS_NOTE, SUMMARY};
use crate::read::body::Body;
use crate::read::markdown;
use crate::read::statement::SourceNote;
use crate::read::stems::folded;
use meant::{Folders, Meant, Wanted, meant};
use names::{Likeness, Names, Strength};

/// Finds the files of `content/` that are kept back; tells of files that are published and may have been meant to be.
pub fn withheld(
    content: &Content,
    kept_back: &KeptBack<'_>,
    config: &Config,
    out: &mut Vec<Diagnostic>,
) -> BTreeSet<Arc<str>> {
    let mut withheld = BTreeSet::new();
    if kept_back.statements.is_empty() {
        return withheld;
    }
    let folders = Folders::new(content, config);
    let names = Names::new(&content.statements, kept_back);
    let mut suspects = named_or_linked(content, kept_back, &folders);
    for file in content.attachments.iter().chain(&content.statics) {
        if let Some(likeness) = names.likeness(file) {
            suspects.entry(file).or_default().likeness = Some(likeness);
        }
    }
    for (file, public) in public_links(content, kept_back, &folders, &suspects) {
        if let Some(suspect) = suspects.get_mut(file) {
            suspect.public.get_or_insert(public);
        }
    }
    let mut together: BTreeMap<&str, Vec<&Arc<str>>> = BTreeMap::new();
    for (file, suspect) in suspects {
        match suspect.judge(file, &names, &folders) {
            Judgement::KeptBack => _ = withheld.insert(Arc::clone(file)),
            Judgement::Ask(message, help) => {
                out.push(Diagnostic::new(Code::WithheldFile, Place::file(file), message).help(help));
            }
            Judgement::AskTogether(id) => together.entry(id).or_default().push(file),
            Judgement::Public => {}
        }
    }
    out.extend(together.iter().map(|(id, files)| ask_together(id, files)));
    withheld
}

/// Asks about all files that may belong to a text with a short id: one by one they would be too many to read.
fn ask_together(id: &str, files: &[&Arc<str>]) -> Diagnostic {
    let name = files[0].rsplit('/').next().unwrap_or(files[0]);
    let message = match files.len() {
        1 => format!("`{name}` is published, and may belong to `{id}`, which is kept back: its path has that word"),
        count => format!(
            "`{name}` and {} more are published, and may belong to `{id}`, which is kept back: their paths have that word",
            count - 1
        ),
    };
    let help = format!(
        "name those that must wait as the `source` of `{id}`, or put them beside it; link to the others from a public text, \
         or give `{id}` a longer id"
    );
    Diagnostic::new(Code::WithheldFile, Place::file(files[0]), message).help(help)
}

/// Why a file may have to be kept back, and what speaks against it.
#[derive(Clone, Default)]
struct Suspect<'a> {
    /// A text that is kept back and links to it.
    linked_by: Option<&'a str>,
    /// A text that is kept back and names it as its source.
    named_by: Option<&'a str>,
    /// The name that it bears.
    likeness: Option<Likeness<'a>>,
    /// A public text that links to it or names it; no version of a statement that is kept back.
    public: Option<&'a str>,
}

enum Judgement<'a> {
    Public,
    KeptBack,
    Ask(String, String),
    /// Together with all others that may belong to the text of this id.
    AskTogether(&'a str),
}

impl<'a> Suspect<'a> {
    fn judge(&self, file: &str, names: &Names<'_>, folders: &Folders<'_>) -> Judgement<'a> {
        let name = file.rsplit('/').next().unwrap_or(file);
        let is_static = file.starts_with(meant::STATIC);
        // What another public statement has beside it is its own, whoever links to it.
        let is_owned = || names.is_of_public(file) || folders.owner(file).is_some();
        let faint = self.likeness.as_ref().filter(|likeness| likeness.strength == Strength::Faint);
        if let Some(likeness) = self.likeness.as_ref().filter(|_| faint.is_none()) {
            let id = likeness.id;
            let reason = match self.public {
                _ if likeness.strength == Strength::Sure && !is_static => return Judgement::KeptBack,
                None if !is_static => return Judgement::KeptBack,
                Some(public) => format!("because {public} links to it"),
                None => "as all of `static/` is".to_owned(),
            };
            let message =
                format!("`{name}` is published, {reason}, though it bears the name of `{id}`, which is kept back");
            let place = if is_static { "move it beside that text in `content/`" } else { "take the link out" };
            return Judgement::Ask(message, format!("if it must wait as well, {place}; if not, rename it"));
        }
        let Some(withheld) = self.named_by.or(self.linked_by).filter(|_| self.public.is_none()) else {
            let asked = faint.filter(|_| self.public.is_none() && !is_owned());
            return asked.map_or(Judgement::Public, |likeness| Judgement::AskTogether(likeness.id));
        };
        if is_static {
            let message = format!("`{name}` is published, though only {withheld}, which is kept back, leads to it");
            let help =
                "if it must wait as well, move it beside that text in `content/`; if not, link to it from a page";
            return Judgement::Ask(message, help.to_owned());
        }
        if self.named_by.is_none() && is_owned() { Judgement::Public } else { Judgement::KeptBack }
    }
}

/// Finds the files that texts which are kept back name or link to, however they spell them.
fn named_or_linked<'a>(
    content: &'a Content,
    kept_back: &KeptBack<'a>,
    folders: &Folders<'_>,
) -> BTreeMap<&'a Arc<str>, Suspect<'a>> {
    let mut wanted: HashMap<String, Suspect<'a>> = HashMap::new();
    for statement in &kept_back.statements {
        let path = &*statement.path;
        let mut found = |file: String, how| {
            let suspect = wanted.entry(spelt(&file)).or_default();
            match how {
                Meant::Linked => suspect.linked_by.get_or_insert(path),
                Meant::Named => suspect.named_by.get_or_insert(path),
            };
        };
        let front = &statement.front;
        meant(path, &statement.body, front.source.as_ref(), folders, Wanted::Any, &mut found);
        // These are not read as Markdown, but people write links in them.
        for text in [SUMMARY, STATUS_NOTE]
            .into_iter()
            .filter_map(|key| front.text(key))
            .chain(front.head_matter.iter().map(|line| &**line))
        {
            let (body, _) = markdown::parse(text, 1, Html::Escape, false);
            meant(path, &body, None, folders, Wanted::Any, &mut found);
        }
    }
    if wanted.is_empty() {
        return BTreeMap::new();
    }
    let texts = folders_with_texts(content);
    let mut within: HashMap<&str, Option<Suspect<'a>>> = HashMap::new();
    let mut found = BTreeMap::new();
    for file in content.attachments.iter().chain(&content.statics) {
        let suspect = wanted.get(&spelt(file)).cloned().or_else(|| {
            file.rmatch_indices('/').find_map(|(at, _)| {
                let folder = &file[..at];
                let look = || wanted.get(&spelt(folder)).filter(|_| !texts.contains(folder)).cloned();
                within.entry(folder).or_insert_with(look).clone()
            })
        });
        found.extend(suspect.map(|suspect| (file, suspect)));
    }
    found
}

/// Returns the folders that a link cannot mean for the files in them: a text lies in them or has their address.
fn folders_with_texts(content: &Content) -> HashSet<&str> {
    let mut folders = HashSet::from([meant::STATIC.trim_end_matches('/')]);
    let statements = content.statements.iter().map(|statement| &*statement.path);
    let records = content.records.iter().map(|record| &*record.path);
    for path in statements.chain(records).chain(content.pages.iter().map(|page| &*page.path)) {
        let name = path.rfind('/').map_or(0, |at| at + 1);
        folders.extend(path[name..].find('.').map(|at| &path[..name + at]));
        folders.extend(path.match_indices('/').map(|(at, _)| &path[..at]));
    }
    folders
}

/// Returns a path in one spelling: case, marks and separators within a name make no difference.
fn spelt(path: &str) -> String {
    path.trim_end_matches('/').split('/').map(folded).collect::<Vec<_>>().join("/")
}

/// Finds which of the suspects public texts lead to, and one of those texts for each.
fn public_links<'a>(
    content: &'a Content,
    kept_back: &KeptBack<'a>,
    folders: &Folders<'_>,
    suspects: &BTreeMap<&'a Arc<str>, Suspect<'a>>,
) -> Vec<(&'a Arc<str>, &'a str)> {
    if suspects.is_empty() {
        return Vec::new();
    }
    let by_path: HashMap<String, &'a Arc<str>> =
        suspects.keys().map(|file| (meant::composed(file).into_owned(), *file)).collect();
    // Nearly all links lead to a file whose name no suspect has.
    let last: HashSet<&str> = by_path.keys().map(|file| file.rsplit('/').next().unwrap_or(file)).collect();
    let mut found = Vec::new();
    let mut look = |path: &'a str, body: &Body, source: Option<&SourceNote>| {
        meant(path, body, source, folders, Wanted::Linked(&|name| last.contains(name)), |file, _| {
            found.extend(by_path.get(&file).map(|file| (*file, path)));
        });
    };
    // A version of a statement that is kept back cannot make its original public: the others wait for it.
    for statement in content.statements.iter().filter(|statement| !kept_back.has_id(&statement.id)) {
        look(&statement.path, &statement.body, statement.front.source.as_ref());
    }
    content.records.iter().for_each(|record| look(&record.path, &record.body, None));
    content.pages.iter().for_each(|page| look(&page.path, &page.body, None));
    found
}
