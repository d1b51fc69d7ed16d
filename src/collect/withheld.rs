//! Texts that are kept back, and all other files -> the files that are kept back with them.
//!
//! An original says what its statement says, so a file is kept back if only texts that are kept back name it or link to
//! it, or if it has the name of one of them. If a public text links to such a file, or if it is in `static/`, which is
//! published as it is, it is published with a warning.

mod meant;
mod names;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::Content;
use super::works::KeptBack;
use crate::config::{Config, Html};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::front::statement::{STATUS_NOTE, SUMMARY};
use crate::language::stems::folded;
use crate::read::body::Body;
use crate::read::markdown;
use crate::read::statement::SourceNote;
use meant::{Folders, Meant, Wanted, meant};
use names::{Likeness, Names, Strength};

/// Finds the files of `content/` that are kept back, and reports published files that perhaps should be.
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
    // Two kinds of evidence that a file belongs to a withheld text: that text names it, or its name is like the text's id.
    let mut suspects = named_or_linked(content, kept_back, &folders);
    for file in content.attachments.iter().chain(&content.statics) {
        if let Some(likeness) = names.likeness(file) {
            suspects.entry(file).or_default().likeness = Some(likeness);
        }
    }
    // Evidence against it: a public text links to the file.
    for (file, public) in public_links(content, kept_back, &folders, &suspects) {
        if let Some(suspect) = suspects.get_mut(file) {
            suspect.public.get_or_insert(public);
        }
    }
    // Clear cases are decided here; doubtful ones become questions, one for all files that share an id.
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

/// Reports all files that may belong to a text with a short id together: one by one they would be too many to read.
fn ask_together(id: &str, files: &[&Arc<str>]) -> Diagnostic {
    let name = files[0].rsplit('/').next().unwrap_or(files[0]);
    let message = match files.len() {
        1 => format!("`{name}` is published but may belong to `{id}`, which is kept back: its path contains that word"),
        count => format!(
            "`{name}` and {} more are published but may belong to `{id}`, which is kept back: their paths contain that word",
            count - 1
        ),
    };
    let help = format!(
        "to keep a file back, name it as the `source` of `{id}` or move it next to that text; to publish it, link to it from a \
         public text, or give `{id}` a longer id"
    );
    Diagnostic::new(Code::WithheldFile, Place::file(files[0]), message).help(help)
}

/// The reasons for and against keeping a file back.
#[derive(Clone, Default)]
struct Suspect<'a> {
    /// A text that is kept back and links to it.
    linked_by: Option<&'a str>,
    /// A text that is kept back and names it as its source.
    named_by: Option<&'a str>,
    /// The statement whose name it has.
    likeness: Option<Likeness<'a>>,
    /// A public text that links to it or names it, other than a version of a statement that is kept back.
    public: Option<&'a str>,
}

/// What happens to a file.
enum Judgement<'a> {
    /// It is published.
    Public,
    /// It is kept back.
    KeptBack,
    /// It is published with a warning: message and help.
    Ask(String, String),
    /// It is published, with one warning for all files that may belong to the text with this id.
    AskTogether(&'a str),
}

impl<'a> Suspect<'a> {
    fn judge(&self, file: &str, names: &Names<'_>, folders: &Folders<'_>) -> Judgement<'a> {
        let name = file.rsplit('/').next().unwrap_or(file);
        let is_static = file.starts_with(meant::STATIC);
        // A file that belongs to a public statement is published, no matter who links to it.
        let is_owned = || names.is_of_public(file) || folders.owner(file).is_some();
        let faint = self.likeness.as_ref().filter(|likeness| likeness.strength == Strength::Faint);
        if let Some(likeness) = self.likeness.as_ref().filter(|_| faint.is_none()) {
            let id = likeness.id;
            // A sure likeness prevails over a public link, a likely one yields to it; everything in `static/` is
            // published anyway.
            let reason = match self.public {
                _ if likeness.strength == Strength::Sure && !is_static => return Judgement::KeptBack,
                None if !is_static => return Judgement::KeptBack,
                Some(public) => format!("because {public} links to it"),
                None => "as all of `static/` is".to_owned(),
            };
            let message =
                format!("`{name}` is published, {reason}, although it has the name of `{id}`, which is kept back");
            let place = if is_static { "move it next to that text in `content/`" } else { "remove the link" };
            return Judgement::Ask(message, format!("to keep it back as well, {place}; otherwise rename it"));
        }
        let Some(withheld) = self.named_by.or(self.linked_by).filter(|_| self.public.is_none()) else {
            let asked = faint.filter(|_| self.public.is_none() && !is_owned());
            return asked.map_or(Judgement::Public, |likeness| Judgement::AskTogether(likeness.id));
        };
        if is_static {
            let message = format!("`{name}` is published, although only {withheld}, which is kept back, links to it");
            let help =
                "to keep it back as well, move it next to that text in `content/`; otherwise link to it from a page";
            return Judgement::Ask(message, help.to_owned());
        }
        if self.named_by.is_none() && is_owned() { Judgement::Public } else { Judgement::KeptBack }
    }
}

/// Finds the files that texts kept back name or link to, in any spelling.
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
        // These keys are not Markdown, but authors write links in them.
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
    // A link to a folder means all files in it, unless it is the folder of a text.
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

/// Returns the folders that a link does not mean for the files in them: a text is in them or has their address.
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

/// Returns a path in its normal form: case, marks and separators within a name make no difference.
fn spelt(path: &str) -> String {
    path.trim_end_matches('/').split('/').map(folded).collect::<Vec<_>>().join("/")
}

/// Finds the suspects that public texts link to, each with such a text.
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
    // Comparing names of files first rules out nearly all links.
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
