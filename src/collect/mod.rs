//! Statements, records and pages, each alone -> the collection, in which everything is tied together.
//!
//! The order of the functions in `collect` is the order of what depends on what. All of it is computed anew in every
//! run; what would be dear (topics by rule, related statements) is kept in `State` and equals a join from scratch.

pub mod facts;
pub mod links;
pub mod lists;
pub mod names;
pub mod related;
pub mod rules;
pub mod works;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::memo::Memo;
use crate::path::SitePath;
use crate::read::fields::Named;
use crate::read::record::{Record, RecordKind};
use crate::read::statement::Statement;
use crate::read::{CONTENT, PlainPage};
use crate::stamp::{Stamp, Stamped};
use facts::{Card, Facts, Reader, Speakers};
use links::{Backlink, Destination, Destinations, Linker, Resolved};
use lists::{List, ListKind};
use names::{Names, Tables};
use related::{Related, Text};
use rules::Rules;
use works::{Choice, Work};

/// What `collect` keeps from run to run, only to be faster.
pub struct State {
    tables: Tables,
    rules: Memo<Arc<str>, Arc<Vec<Box<str>>>>,
    related: Related,
}

impl State {
    /// Begins with nothing kept; `related` is how many related statements a statement has at most.
    pub fn new(related: usize) -> State {
        State { tables: Tables::load(), rules: Memo::default(), related: Related::new(related) }
    }
}

/// What was read, sorted by kind.
#[derive(Default)]
pub struct Content {
    pub statements: Vec<Stamped<Statement>>,
    pub records: Vec<Stamped<Record>>,
    pub pages: Vec<Stamped<PlainPage>>,
    /// Files of `content/` that are no Markdown.
    pub attachments: Vec<Arc<str>>,
}

/// One language version of a statement, tied to all else.
pub struct Entry {
    pub id: Box<str>,
    pub statement: Stamped<Statement>,
    pub path: SitePath,
    /// The one that lists show.
    pub is_main: bool,
    pub withdrawn: bool,
    pub facts: Stamped<Facts>,
    pub card: Stamped<Card>,
    pub links: Stamped<Vec<Resolved>>,
    pub versions: Stamped<Vec<VersionRef>>,
    pub see_also: Vec<Stamped<Card>>,
}

/// A language version as its siblings know it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VersionRef {
    pub language: Box<str>,
    pub path: SitePath,
    /// In the language that was spoken.
    pub delivered: bool,
}

/// The statements before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Neighbours {
    pub previous_by_delegation: Option<Stamped<Card>>,
    pub next_by_delegation: Option<Stamped<Card>>,
    pub previous_in_meeting: Option<Stamped<Card>>,
    pub next_in_meeting: Option<Stamped<Card>>,
}

/// A plain page or a record's introduction with its links.
pub struct Linked<T> {
    pub text: Stamped<T>,
    pub path: SitePath,
    pub links: Stamped<Vec<Resolved>>,
}

/// All of it, tied together.
pub struct Collection {
    /// Works in order, language versions together, the main one first.
    pub entries: Vec<Entry>,
    pub lists: BTreeMap<SitePath, List>,
    pub pages: Vec<Linked<PlainPage>>,
    /// The links of records' introductions, by the list's path.
    pub record_links: BTreeMap<SitePath, Stamped<Vec<Resolved>>>,
    pub backlinks: BTreeMap<SitePath, Vec<Backlink>>,
    /// By the statement's file: related and neighbours.
    pub related: BTreeMap<Arc<str>, Vec<Stamped<Card>>>,
    pub neighbours: BTreeMap<Box<str>, Neighbours>,
    /// Files beside the content, with where they go.
    pub attachments: Vec<(Arc<str>, SitePath)>,
    /// Old addresses: the alias, its file, and the page it leads to.
    pub aliases: Vec<(SitePath, Arc<str>, SitePath)>,
}

/// Ties everything together.
pub fn collect(content: &Content, choice: Choice, language: &str, state: &mut State, out: &mut Vec<Diagnostic>) -> Collection {
    let names = Names::new(&state.tables, &content.records, out);
    let works = works::works(&content.statements, choice, language, out);
    let rule_topics = rule_topics(&works, &Rules::new(&names), &mut state.rules);
    let entries = entries(&works, &names, &rule_topics, out);
    let shown: Vec<&Entry> = entries.iter().filter(|entry| entry.is_main && !entry.withdrawn).collect();
    let lists = lists::lists(&shown, &names);
    let attachments = attachments(&content.attachments, &content.statements, out);
    let pages = plain_pages(&content.pages, language, out);

    let destinations = destinations(&works, &names, &lists, &pages, &attachments);
    let resolve = |source: &Arc<str>, language: &str, body, out: &mut Vec<Diagnostic>| {
        Stamped::new(links::resolve(source, language, body, &destinations, out))
    };
    let entry_links: Vec<Stamped<Vec<Resolved>>> = entries
        .iter()
        .map(|entry| resolve(&entry.statement.path, &entry.statement.language, &entry.statement.body, out))
        .collect();
    let pages: Vec<Linked<PlainPage>> = pages
        .iter()
        .map(|(page, path)| {
            let links = resolve(&page.path, &page.language, &page.body, out);
            Linked { text: page.clone(), path: path.clone(), links }
        })
        .collect();
    let record_links: BTreeMap<SitePath, Stamped<Vec<Resolved>>> = lists
        .iter()
        .filter_map(|(path, list)| list.record.as_ref().map(|record| (path.clone(), resolve(&record.path, language, &record.body, out))))
        .collect();
    drop(destinations);
    let mut entries: Vec<Entry> = entries;
    for (entry, links) in entries.iter_mut().zip(entry_links) {
        entry.links = links;
    }

    let backlinks = backlinks(&entries, &pages, &lists, &record_links, language);
    let related = related(&entries, &mut state.related);
    let neighbours = neighbours(&entries, &lists);
    let aliases = aliases(&entries, &pages, &content.records, &lists, out);
    Collection { entries, lists, pages, record_links, backlinks, related, neighbours, attachments, aliases }
}

fn rule_topics(works: &[Work], rules: &Rules, memo: &mut Memo<Arc<str>, Arc<Vec<Box<str>>>>) -> BTreeMap<Arc<str>, Arc<Vec<Box<str>>>> {
    let statements: Vec<&Stamped<Statement>> = works.iter().flat_map(|work| &work.versions).map(|version| &version.statement).collect();
    let topics = memo.update(
        &statements,
        |statement| (Arc::clone(&statement.path), Stamp::of(&(statement.stamp(), rules.stamp))),
        |statement| Arc::new(rules.topics(statement)),
    );
    statements.iter().map(|statement| Arc::clone(&statement.path)).zip(topics).collect()
}

fn entries(
    works: &[Work],
    names: &Names<'_>,
    rule_topics: &BTreeMap<Arc<str>, Arc<Vec<Box<str>>>>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let speakers = Speakers::new(works, names);
    let ids: BTreeMap<&str, (Box<str>, SitePath)> =
        works.iter().map(|work| (&*work.id, (work.main().front.title.clone(), work.versions[0].path.clone()))).collect();
    let reader = Reader { names, speakers: &speakers, ids: &ids };
    let none = Stamped::new(Vec::new());
    let made: Vec<(Vec<Entry>, Vec<Diagnostic>)> = works
        .par_iter()
        .with_min_len(64)
        .map(|work| {
            let mut problems = Vec::new();
            let versions: Vec<VersionRef> = work
                .versions
                .iter()
                .map(|version| {
                    let Statement { language, front, .. } = &*version.statement;
                    let delivered = front.spoken_language.as_ref() == Some(language);
                    VersionRef { language: language.clone(), path: version.path.clone(), delivered }
                })
                .collect();
            let versions = Stamped::new(versions);
            let entries = work.versions.iter().enumerate().map(|(at, version)| {
                let statement = &version.statement;
                let by_rule = rule_topics.get(&statement.path).map(|topics| topics.as_slice()).unwrap_or_default();
                let facts = reader.facts(statement, by_rule, &mut problems);
                let card = Card::new(statement, &version.path, &facts);
                Entry {
                    id: work.id.clone(),
                    statement: statement.clone(),
                    path: version.path.clone(),
                    is_main: at == 0,
                    withdrawn: work.is_withdrawn(),
                    facts: Stamped::new(facts),
                    card: Stamped::new(card),
                    links: none.clone(),
                    versions: versions.clone(),
                    see_also: Vec::new(),
                }
            });
            (entries.collect(), problems)
        })
        .collect();
    let mut entries = Vec::with_capacity(made.len());
    for (versions, problems) in made {
        entries.extend(versions);
        out.extend(problems);
    }
    let cards: BTreeMap<Box<str>, Stamped<Card>> =
        entries.iter().filter(|entry| entry.is_main).map(|entry| (entry.id.clone(), entry.card.clone())).collect();
    for entry in &mut entries {
        entry.see_also = entry.statement.front.see_also.iter().filter_map(|id| cards.get(&*id.text).cloned()).collect();
    }
    entries
}

/// Says where files beside the content go: those of a statement's folder to its page, others where they lie.
fn attachments(paths: &[Arc<str>], statements: &[Stamped<Statement>], out: &mut Vec<Diagnostic>) -> Vec<(Arc<str>, SitePath)> {
    let folders: BTreeMap<&str, &str> = statements
        .iter()
        .filter_map(|statement| {
            let (folder, file) = statement.path.rsplit_once('/')?;
            (file.starts_with("index.") && file.ends_with(".md")).then_some((folder, &*statement.id))
        })
        .collect();
    let place = |path: &Arc<str>| {
        let mut folder = &**path;
        while let Some((above, _)) = folder.rsplit_once('/') {
            folder = above;
            if let Some(id) = folders.get(folder) {
                return SitePath::parse(&format!("statements/{id}/{}", &path[folder.len() + 1..]));
            }
        }
        SitePath::parse(path.strip_prefix(CONTENT).unwrap_or(path))
    };
    let mut placed = Vec::with_capacity(paths.len());
    for path in paths {
        match place(path) {
            Ok(site_path) => placed.push((Arc::clone(path), site_path)),
            Err(wrong) => out.push(invalid_url(path, &wrong)),
        }
    }
    placed
}

/// Returns the problem of a file whose name cannot be a URL.
pub fn invalid_url(path: &Arc<str>, wrong: &str) -> Diagnostic {
    Diagnostic::new(Code::InvalidUrl, Place::file(path), format!("the file's path cannot be a URL: it has {wrong}"))
        .help("rename the file")
}

fn plain_pages(pages: &[Stamped<PlainPage>], language: &str, out: &mut Vec<Diagnostic>) -> Vec<(Stamped<PlainPage>, SitePath)> {
    let mut placed = Vec::with_capacity(pages.len());
    for page in pages {
        let mut segments: Vec<&str> = page.segments.iter().map(|segment| &**segment).collect();
        if *page.language != *language {
            segments.insert(0, &page.language);
        }
        match SitePath::page(&segments) {
            Ok(path) => placed.push((page.clone(), path)),
            Err(wrong) => out.push(invalid_url(&page.path, &wrong)),
        }
    }
    placed
}

fn destinations<'a>(
    works: &'a [Work],
    names: &'a Names<'a>,
    lists: &'a BTreeMap<SitePath, List>,
    pages: &'a [(Stamped<PlainPage>, SitePath)],
    attachments: &[(Arc<str>, SitePath)],
) -> Destinations<'a> {
    let mut files: BTreeMap<Arc<str>, Destination<'a>> = BTreeMap::new();
    let mut statements: BTreeMap<&str, Vec<(&str, Destination<'a>)>> = BTreeMap::new();
    for work in works {
        for version in &work.versions {
            let statement = &version.statement;
            let destination = || Destination {
                path: version.path.clone(),
                title: statement.front.title.clone(),
                body: Some(&statement.body),
            };
            files.insert(Arc::clone(&statement.path), destination());
            statements.entry(&work.id).or_default().push((&statement.language, destination()));
        }
    }
    for (path, list) in lists {
        if let Some(record) = &list.record {
            let destination = Destination { path: path.clone(), title: record.title.clone(), body: None };
            files.insert(Arc::clone(&record.path), destination);
        }
    }
    for (page, path) in pages {
        let destination = Destination { path: path.clone(), title: page.title.clone(), body: Some(&page.body) };
        files.insert(Arc::clone(&page.path), destination);
    }
    for (source, path) in attachments {
        let name = source.rsplit('/').next().unwrap_or(source);
        files.insert(Arc::clone(source), Destination { path: path.clone(), title: name.into(), body: None });
    }
    Destinations { statements, files, names }
}

fn backlinks(
    entries: &[Entry],
    pages: &[Linked<PlainPage>],
    lists: &BTreeMap<SitePath, List>,
    record_links: &BTreeMap<SitePath, Stamped<Vec<Resolved>>>,
    language: &str,
) -> BTreeMap<SitePath, Vec<Backlink>> {
    let of_entries = entries.iter().filter(|entry| !entry.withdrawn).map(|entry| {
        let who = entry.facts.delegation.as_ref().map(|delegation| delegation.title.to_string());
        let when = entry.statement.front.date.as_ref().map(|date| date.words());
        Linker {
            title: &entry.statement.front.title,
            path: &entry.path,
            language: &entry.statement.language,
            detail: who.into_iter().chain(when).collect::<Vec<_>>().join(", "),
            simulated: entry.facts.simulated,
            body: &entry.statement.body,
            links: &entry.links,
        }
    });
    let of_pages = pages.iter().map(|page| Linker {
        title: &page.text.title,
        path: &page.path,
        language: &page.text.language,
        detail: String::new(),
        simulated: false,
        body: &page.text.body,
        links: &page.links,
    });
    let of_lists = lists.iter().filter_map(|(path, list)| {
        let record = list.record.as_ref()?;
        let (title, body) = (&record.title, &record.body);
        let links = record_links.get(path)?;
        Some(Linker { title, path, language, detail: String::new(), simulated: record.simulated, body, links })
    });
    links::backlinks(of_entries.chain(of_pages).chain(of_lists))
}

fn related(entries: &[Entry], state: &mut Related) -> BTreeMap<Arc<str>, Vec<Stamped<Card>>> {
    let shown: Vec<&Entry> = entries.iter().filter(|entry| !entry.withdrawn).collect();
    let topic = |name: &Named| Stamp::of(&("topic", &*name.text)).low();
    let texts: Vec<Text<'_>> = shown
        .iter()
        .map(|entry| Text {
            path: &entry.statement.path,
            stamp: entry.statement.stamp(),
            id: &entry.id,
            language: &entry.statement.language,
            terms: &entry.statement.terms,
            topics: entry.statement.front.topics.iter().map(topic).collect(),
        })
        .collect();
    state.update(&texts);
    let slots = state.slots();
    let by_slot: BTreeMap<u32, &Entry> =
        shown.iter().filter_map(|entry| slots.get(&entry.statement.path).map(|slot| (*slot, *entry))).collect();
    shown
        .iter()
        .map(|entry| {
            let cards = state.of(&entry.statement.path).filter_map(|slot| by_slot.get(&slot).map(|other| other.card.clone()));
            (Arc::clone(&entry.statement.path), cards.collect())
        })
        .collect()
}

/// Finds who came before and after: by the same delegation in time, and in the same meeting in speaking order.
fn neighbours(entries: &[Entry], lists: &BTreeMap<SitePath, List>) -> BTreeMap<Box<str>, Neighbours> {
    let mut all: BTreeMap<Box<str>, Neighbours> = BTreeMap::new();
    let main: Vec<&Entry> = entries.iter().filter(|entry| entry.is_main && !entry.withdrawn).collect();
    let id_of: BTreeMap<&SitePath, &str> = main.iter().map(|entry| (&entry.path, &*entry.id)).collect();
    let mut by_delegation: BTreeMap<&SitePath, Vec<&Stamped<Card>>> = BTreeMap::new();
    for entry in &main {
        if let (Some(delegation), Some(_)) = (&entry.facts.delegation, &entry.statement.front.date)
            && let Some(path) = &delegation.path
        {
            by_delegation.entry(path).or_default().push(&entry.card);
        }
    }
    for cards in by_delegation.values() {
        for pair in cards.windows(2) {
            all.entry(id_of[&pair[0].path].into()).or_default().next_by_delegation = Some(pair[1].clone());
            all.entry(id_of[&pair[1].path].into()).or_default().previous_by_delegation = Some(pair[0].clone());
        }
    }
    for list in lists.values().filter(|list| list.kind == ListKind::Meeting) {
        for pair in list.cards.windows(2) {
            all.entry(id_of[&pair[0].path].into()).or_default().next_in_meeting = Some(pair[1].clone());
            all.entry(id_of[&pair[1].path].into()).or_default().previous_in_meeting = Some(pair[0].clone());
        }
    }
    all
}

fn aliases(
    entries: &[Entry],
    pages: &[Linked<PlainPage>],
    records: &[Stamped<Record>],
    lists: &BTreeMap<SitePath, List>,
    out: &mut Vec<Diagnostic>,
) -> Vec<(SitePath, Arc<str>, SitePath)> {
    let mut all = Vec::new();
    let mut add = |alias: &Named, source: &Arc<str>, target: &SitePath| {
        let text = if alias.contains('.') || alias.ends_with('/') { alias.to_string() } else { format!("{}/", &**alias) };
        match SitePath::parse(&text) {
            Ok(path) => all.push((path, Arc::clone(source), target.clone())),
            Err(wrong) => {
                let message = format!("the alias `{}` cannot be a URL: it has {wrong}", alias.text);
                out.push(Diagnostic::new(Code::InvalidUrl, alias.place(source), message).help("write a path such as /old/place/"));
            }
        }
    };
    for entry in entries {
        entry.statement.front.aliases.iter().for_each(|alias| add(alias, &entry.statement.path, &entry.path));
    }
    for page in pages {
        page.text.aliases.iter().for_each(|alias| add(alias, &page.text.path, &page.path));
    }
    // A record's aliases are other names; only those that are paths are old addresses.
    for record in records.iter().filter(|record| record.kind() != RecordKind::Document) {
        let page = lists.iter().find(|(_, list)| list.record.as_ref() == Some(record)).map(|(path, _)| path);
        if let Some(page) = page {
            record.aliases.iter().filter(|alias| alias.starts_with('/')).for_each(|alias| add(alias, &record.path, page));
        }
    }
    // A statement that is only in another language leaves a way from the bare address.
    for entry in entries.iter().filter(|entry| entry.is_main) {
        if let Ok(bare) = SitePath::page(&["statements", &entry.id])
            && bare != entry.path
        {
            all.push((bare, Arc::clone(&entry.statement.path), entry.path.clone()));
        }
    }
    all
}
