//! Links as written -> where they lead; and for every page, who links to it.

mod paths;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

pub use paths::{files_meant, join, relative};

use super::names::Names;
use super::title::Title;
use super::works::KeptBack;
use crate::diagnostic::{Code, Diagnostic, Known, Place};
use crate::key::Key;
use crate::read::body::{Body, Link, Target};
use crate::read::date::Date;
use crate::read::lock::is_number;
use crate::read::numbers::{NumberTarget, Numbers};
use crate::read::paragraph::ParagraphRef;
use crate::read::record::RecordKind;
use crate::read::unknown_help;
use paths::{file_name, index_of};

/// Where one link of a body leads, in the order of `Body::links`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Resolved {
    /// A page or file of the site.
    Page {
        /// The page or file.
        key: Key,
        /// The anchor, without `#`.
        fragment: Option<Box<str>>,
        /// The title of the target, which is the text of a link written as `[[id]]`.
        title: Box<str>,
    },
    /// A path from the site's root with query and fragment, as written.
    Rooted(Box<str>),
    /// The URL of another site.
    External(Box<str>),
    /// An anchor on the same page.
    Here(Box<str>),
    /// Nowhere: only the words are shown.
    Nothing,
}

/// A page or file that links can lead to.
pub struct Destination<'a> {
    /// The page or file.
    pub key: Key,
    /// Its title, or the name of the file.
    pub title: &'a str,
    /// Its text; `None` if it has no paragraphs to link to.
    pub text: Option<AnchoredText<'a>>,
}

/// A text whose paragraphs can be linked to.
#[derive(Clone, Copy)]
pub struct AnchoredText<'a> {
    /// The text.
    pub body: &'a Body,
    /// The numbers of its paragraphs.
    pub numbers: &'a Numbers,
}

/// Everything that links can lead to.
pub struct Destinations<'a> {
    /// For each statement id, the language and destination of every version, the one that lists show first.
    pub statements: HashMap<&'a str, Vec<(&'a str, Destination<'a>)>>,
    /// Files of `content/` by their path.
    pub files: HashMap<Arc<str>, Destination<'a>>,
    /// Records and tables, for links such as `[[topic:debris]]`.
    pub names: &'a Names<'a>,
    /// What is not in the site: only drafts may link to it.
    pub kept_back: &'a KeptBack<'a>,
    /// Suggestions for links that lead nowhere.
    pub meant: Meant,
}

/// What a link that leads nowhere may have meant. Each index is made for the first such link and kept for the others.
#[derive(Default)]
pub struct Meant {
    /// The ids of statements.
    ids: OnceLock<Known>,
    /// Names of files without their folders, each with one path.
    files: OnceLock<(BTreeMap<String, Arc<str>>, Known)>,
    /// The sorted paths of all files, to find those in a folder.
    sorted: OnceLock<Vec<Arc<str>>>,
}

/// Resolves every link of the text in the file `source`, written in `language`.
pub fn resolve(
    source: &Arc<str>,
    language: &str,
    text: AnchoredText<'_>,
    destinations: &Destinations<'_>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Resolved> {
    let mut resolver = Resolver { source, language, text, destinations, out };
    text.body.links.iter().map(|link| resolver.link(link)).collect()
}

struct Resolver<'a> {
    source: &'a Arc<str>,
    language: &'a str,
    text: AnchoredText<'a>,
    destinations: &'a Destinations<'a>,
    out: &'a mut Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn link(&mut self, link: &Link) -> Resolved {
        match &link.target {
            Target::External(url) => Resolved::External(url.clone()),
            Target::Rooted(path) => Resolved::Rooted(path.clone()),
            Target::Refused | Target::Nowhere => Resolved::Nothing,
            Target::Fragment(fragment) => {
                self.check_fragment(link, Some(fragment), Some(self.text));
                Resolved::Here(fragment.clone())
            }
            Target::Statement { id, fragment } => self.statement(link, id, fragment.as_deref()),
            Target::Record { kind, name } => self.record(link, *kind, name),
            Target::Relative { path, fragment } => self.relative(link, path, fragment.as_deref()),
        }
    }

    fn complain(&mut self, code: Code, link: &Link, message: String, help: String) {
        let place = Place { path: Arc::clone(self.source), line: link.line, column: link.column };
        self.out.push(Diagnostic::new(code, place, message).help(help));
    }

    fn statement(&mut self, link: &Link, id: &str, fragment: Option<&str>) -> Resolved {
        let destinations = self.destinations;
        let Some(versions) = destinations.statements.get(id) else {
            if destinations.kept_back.has_id(id) {
                return self.kept_back(link, id);
            }
            let known = destinations.meant.ids.get_or_init(|| Known::new(destinations.statements.keys().copied()));
            let help = unknown_help(id, known, "write the id of a statement: its file's name without .md");
            self.complain(Code::UnknownTarget, link, format!("there is no statement `{id}`"), help);
            return Resolved::Nothing;
        };
        // A link from a French text leads to the French version if there is one.
        let same = versions.iter().find(|(language, _)| *language == self.language);
        let Some((_, found)) = same.or(versions.first()) else { return Resolved::Nothing };
        self.check_fragment(link, fragment, found.text);
        Resolved::Page { key: found.key.clone(), fragment: fragment.map(Into::into), title: found.title.into() }
    }

    fn record(&mut self, link: &Link, kind: RecordKind, name: &str) -> Resolved {
        let names = self.destinations.names;
        // Before the look-up of the page, which would lead to one of the records as if it were certain.
        if names.is_ambiguous(kind, name) {
            let message = format!("more than one {} has the alias `{name}`", kind.word());
            self.complain(Code::AmbiguousTarget, link, message, "write the slug of the record that is meant".into());
            return Resolved::Nothing;
        }
        let key = names.key(kind, name);
        let page = names.page(kind, &key, name);
        let is_known = names.knows(kind, &key) && !names.is_by_letters(kind, name);
        let (true, Ok(page)) = (is_known, page) else {
            let help = names.advice(kind, name);
            self.complain(Code::UnknownTarget, link, format!("no {} `{name}` is known", kind.word()), help);
            return Resolved::Nothing;
        };
        Resolved::Page { key: page, fragment: None, title: names.title(kind, &key, name) }
    }

    fn relative(&mut self, link: &Link, path: &str, fragment: Option<&str>) -> Resolved {
        let full = join(self.source, path);
        // A question mark may be part of a file's name. If no file has that name, it begins a query, which a static
        // host ignores.
        let bare = path.split_once('?').and_then(|(path, _)| join(self.source, path));
        let destinations = self.destinations;
        let direct = full.as_deref().and_then(|full| destinations.files.get(full));
        let candidates: Vec<String> = match direct {
            Some(_) => Vec::new(),
            None => full.iter().chain(&bare).flat_map(|full| files_meant(full)).collect(),
        };
        let found = direct.or_else(|| candidates.iter().find_map(|file| destinations.files.get(&**file)));
        let Some(found) = found else {
            // An active file is reported once at the file itself, however many texts link to it.
            if candidates.iter().any(|file| destinations.kept_back.is_active(file)) {
                return Resolved::Nothing;
            }
            if candidates.iter().any(|file| destinations.kept_back.has_file(file)) {
                return self.kept_back(link, path);
            }
            if let Some(url) = bare.as_ref().or(full.as_ref()).and_then(|full| index_of(full)) {
                return Resolved::Rooted(match fragment {
                    Some(fragment) => format!("{url}#{fragment}").into(),
                    None => url.into(),
                });
            }
            let folder = bare.as_ref().or(full.as_ref()).and_then(|folder| self.file_in(folder));
            let (message, help) = match folder {
                Some(file) => (
                    format!("the folder `{path}` has no page of its own"),
                    format!(
                        "link to a file in it, such as `{}`, or give it a page: index.md",
                        relative(self.source, file)
                    ),
                ),
                None => (format!("there is no file `{path}`"), self.advice(path)),
            };
            self.complain(Code::UnknownTarget, link, message, help);
            return Resolved::Nothing;
        };
        self.check_fragment(link, fragment, found.text);
        Resolved::Page { key: found.key.clone(), fragment: fragment.map(Into::into), title: found.title.into() }
    }

    /// Returns the first file in a folder or below it.
    fn file_in(&self, folder: &str) -> Option<&Arc<str>> {
        let destinations = self.destinations;
        let sorted = destinations.meant.sorted.get_or_init(|| {
            let mut files: Vec<Arc<str>> = destinations.files.keys().map(Arc::clone).collect();
            files.sort_unstable();
            files
        });
        let inside = format!("{}/", folder.trim_end_matches('/'));
        sorted.get(sorted.partition_point(|file| **file < *inside)).filter(|file| file.starts_with(&inside))
    }

    /// Returns the help for a path that leads nowhere: the path of the file with the most similar name.
    fn advice(&self, path: &str) -> String {
        if path.starts_with("www.") || path.starts_with("http") {
            return "a link to another site begins with https://".into();
        }
        let destinations = self.destinations;
        // Made only once a path is wrong: most sites never need it.
        let (names, known) = destinations.meant.files.get_or_init(|| {
            let mut files: Vec<&Arc<str>> = destinations.files.keys().collect();
            files.sort_unstable();
            let name = |file: &Arc<str>| (file_name(file).to_owned(), Arc::clone(file));
            let names: BTreeMap<String, Arc<str>> = files.into_iter().map(name).collect();
            let known = Known::new(names.keys().map(String::as_str));
            (names, known)
        });
        match known.nearest(file_name(path)).and_then(|near| names.get(near)) {
            Some(file) => format!("did you mean `{}`?", relative(self.source, file)),
            None => "the path is relative to this file's folder".into(),
        }
    }

    /// Resolves a link to a text that is kept back: it leads nowhere, which is a problem unless the linking text is
    /// kept back too.
    fn kept_back(&mut self, link: &Link, name: &str) -> Resolved {
        if !self.destinations.kept_back.has_file(self.source) {
            let (is, first) = if name.contains('.') && !name.ends_with(".md") {
                ("belongs to a text that is a draft or under embargo", "publish all versions of that text first")
            } else {
                ("is a draft or under embargo", "publish it first")
            };
            let message = format!("`{name}` {is}, so the link leads nowhere");
            self.complain(Code::UnknownTarget, link, message, format!("{first}, or remove the link"));
        }
        Resolved::Nothing
    }

    fn check_fragment(&mut self, link: &Link, fragment: Option<&str>, text: Option<AnchoredText<'_>>) {
        if let (Some(fragment), Some(text)) = (fragment, text)
            && let Some((message, help)) = missing_anchor(fragment, text)
        {
            self.complain(Code::UnknownParagraph, link, message, help);
        }
    }
}

/// Returns the message and help for a link to an anchor that the text does not have; `None` if it has it.
pub fn missing_anchor(fragment: &str, text: AnchoredText<'_>) -> Option<(String, String)> {
    let AnchoredText { body, numbers } = text;
    let count = body.paragraphs.len();
    // What follows `:~:` is for the browser: the words to highlight (WICG, "URL Fragment Text Directives").
    let fragment = fragment.split(":~:").next().unwrap_or_default();
    let exists = match fragment.strip_prefix('p').filter(|number| is_number(number)) {
        Some(number) => numbers.find(number, count).is_some(),
        None => body.headings.iter().any(|heading| *heading.id == *fragment) || fragment.is_empty(),
    };
    (!exists).then(|| (format!("the target has no paragraph or heading `#{fragment}`"), anchors(text)))
}

/// How many headings a message names, at most.
const HEADINGS: usize = 8;

/// Describes the anchors that a text has.
fn anchors(AnchoredText { body, numbers }: AnchoredText<'_>) -> String {
    let paragraphs = match body.paragraphs.len() {
        0 => "it has no paragraphs: link to the page without an anchor".into(),
        1 => format!("its only paragraph is #p{}", numbers.of(0)),
        count => format!("its paragraphs are #p{} to #p{}", numbers.of(0), numbers.of(count as u32 - 1)),
    };
    let mut headings = body.headings.iter().filter(|heading| !heading.id.is_empty());
    let named: Vec<String> = headings.by_ref().take(HEADINGS).map(|heading| format!("#{}", heading.id)).collect();
    let more = match headings.count() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match &named[..] {
        [] => paragraphs,
        [only] => format!("{paragraphs}; its only heading is {only}"),
        _ => format!("{paragraphs}; its headings are {}{more}", named.join(", ")),
    }
}

/// A link as seen from the page that it leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Backlink {
    /// The title of the page with the link.
    pub title: Box<str>,
    /// The page with the link.
    pub key: Key,
    /// The paragraph with the link, counted from 0; `None` if it is in none or they have no anchors.
    pub from_paragraph: Option<u32>,
    /// The same paragraph as pages name it; `None` if its paragraphs have no anchors.
    pub from: Option<ParagraphRef>,
    /// The paragraph that it leads to, counted from 0; `None` for the whole page.
    pub to_paragraph: Option<u32>,
    /// The language of the page with the link.
    pub language: Box<str>,
    /// The delegation that gave the statement; empty if it is unknown or not a statement.
    pub delegation: Box<str>,
    /// When the statement was given.
    pub date: Option<Title>,
    /// Whether the linking text belongs to a simulation.
    pub simulated: bool,
}

/// A text with links, as backlinks describe it.
pub struct Linker<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its page.
    pub path: &'a Key,
    /// Its language.
    pub language: &'a str,
    /// The delegation that gave it; empty if it is unknown or not a statement.
    pub delegation: &'a str,
    /// When it was given.
    pub date: Option<&'a Date>,
    /// Whether it belongs to a simulation.
    pub simulated: bool,
    /// Whether its paragraphs have anchors on its page.
    pub anchored: bool,
    /// Its text.
    pub text: AnchoredText<'a>,
    /// Whether a document that it links to lists it among its citations, and so needs no backlink.
    pub cites: bool,
    /// Where its links lead.
    pub links: &'a [Resolved],
}

/// Inverts links: returns for each page who links to it, sorted. `numbers` are the paragraph numbers of pages whose
/// paragraphs are not simply counted.
pub fn backlinks<'a>(
    linkers: impl Iterator<Item = Linker<'a>>,
    numbers: &BTreeMap<&Key, &Numbers>,
) -> BTreeMap<Key, Vec<Backlink>> {
    let mut all: BTreeMap<Key, Vec<Backlink>> = BTreeMap::new();
    for linker in linkers {
        for (link, resolved) in linker.text.body.links.iter().zip(linker.links) {
            let Resolved::Page { key, fragment, .. } = resolved else { continue };
            // A page is not evidence about itself, and a document has its citations in a list of their own.
            if key == linker.path || linker.cites && key.kind() == Some(RecordKind::Document) {
                continue;
            }
            let numbers = numbers.get(key).copied().unwrap_or(Numbers::COUNTED);
            // A fragment can name a part of the page that is not a paragraph: then the page alone is linked.
            let to = fragment.as_deref().and_then(|fragment| numbers.find(fragment.strip_prefix('p')?, usize::MAX));
            let from = link.paragraph.filter(|_| linker.anchored);
            all.entry(key.clone()).or_default().push(Backlink {
                title: linker.title.into(),
                key: linker.path.clone(),
                from_paragraph: from,
                from: from.map(|from| linker.text.numbers.paragraph(linker.text.body, from)),
                to_paragraph: to.and_then(NumberTarget::paragraph),
                language: linker.language.into(),
                delegation: linker.delegation.into(),
                date: linker.date.map(Title::date),
                simulated: linker.simulated,
            });
        }
    }
    // One text that links twice from one paragraph is one backlink.
    for list in all.values_mut() {
        list.sort();
        list.dedup();
    }
    all
}
