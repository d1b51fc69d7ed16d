//! Statements, records and pages, each alone -> the collection, in which everything is tied together.
//!
//! The order of the functions in `collect` is the order of what depends on what. All of it is computed anew in every
//! run; what would be dear (topics by rule, documents and all else that is named, what is said on topics, facts, lists,
//! citations, matches, related statements, words that two texts share) is kept in `State` and equals a join from scratch.

pub mod align;
pub mod card;
pub mod carried;
pub mod changes;
pub mod citations;
pub mod contradictions;
pub mod entries;
pub mod extracts;
pub mod facts;
pub mod inherit;
pub mod left_out;
pub mod links;
pub mod listed;
pub mod lists;
pub mod matches;
pub mod matrix;
pub mod mentions;
pub mod misspelt;
pub mod names;
pub mod numbers;
pub mod occasions;
pub mod pairs;
pub mod passages;
pub mod phrases;
pub mod places;
pub mod positions;
pub mod related;
pub mod rules;
mod same_letters;
pub mod ties;
pub mod withheld;
pub mod works;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::key::{Key, KeyMap};
use crate::memo::Memo;
use crate::path::SitePath;
use crate::read::PlainPage;
use crate::read::missing::missing;
use crate::read::record::Record;
use crate::read::statement::Statement;
use crate::stamp::Stamped;
use card::Card;
use carried::Alignments;
use citations::{Citation, Citations};
use extracts::Extracts;
use facts::Facts;
use links::{Backlink, Resolved, Text};
use listed::Listed;
use lists::List;
use matches::Matches;
use matrix::Matrix;
use mentions::namings::{Naming, Namings};
use mentions::{DocumentNames, Mention, Named};
use names::{Names, Tables};
use numbers::{Locks, Numbers};
use pairs::{Pair, Shares};
use passages::Passages;
use positions::Position;
use related::Related;
use rules::{ByRule, Rules};
use works::{Choice, KeptBack};

/// What `collect` keeps from run to run, only to be faster.
pub struct State {
    tables: Tables,
    inherited: inherit::Kept,
    rules: Memo<Arc<str>, Arc<Box<ByRule>>>,
    entries: Memo<Box<str>, Arc<entries::OfWork>>,
    numbers: Memo<Box<str>, Arc<Vec<numbers::Numbered>>>,
    named: Memo<Arc<str>, Named>,
    listed: listed::Kept,
    namings: Namings,
    citations: Citations,
    matches: Matches,
    alignments: Alignments,
    related: Related,
    shares: Shares,
}

impl State {
    /// Begins with nothing kept; `related` is how many related statements a statement has at most.
    pub fn new(related: usize) -> State {
        State {
            tables: Tables::load(),
            inherited: Memo::default(),
            rules: Memo::default(),
            entries: Memo::default(),
            numbers: Memo::default(),
            named: Memo::default(),
            listed: listed::Kept::default(),
            namings: Namings::default(),
            citations: Citations::default(),
            matches: Matches::default(),
            alignments: Alignments::default(),
            related: Related::new(related),
            shares: Shares::default(),
        }
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
    /// Those of them that are not published because they could act when a reader opens them, and what is to be said of
    /// each where it would be published.
    pub active: BTreeMap<Arc<str>, Option<Diagnostic>>,
    /// Files of `static/`.
    pub statics: Vec<Arc<str>>,
    /// Texts that could not be read.
    pub unread: Vec<Arc<str>>,
    /// The numbers that paragraphs were given when they were published.
    pub locks: Locks,
}

/// One language version of a statement, tied to all else.
#[derive(Clone)]
pub struct Entry {
    pub id: Box<str>,
    pub statement: Stamped<Statement>,
    pub key: Key,
    /// The one that lists show.
    pub is_main: bool,
    pub withdrawn: bool,
    pub facts: Stamped<Facts>,
    pub card: Stamped<Card>,
    /// Its topics by rule, with the paragraphs.
    pub by_rule: Arc<Box<ByRule>>,
    pub links: Stamped<Vec<Resolved>>,
    pub numbers: Stamped<Numbers>,
    pub mentions: Stamped<Vec<Mention>>,
    pub namings: Stamped<Vec<Naming>>,
    pub versions: Stamped<Vec<VersionRef>>,
    pub see_also: Vec<Stamped<Card>>,
}

impl Entry {
    /// Says whether lists, feeds and neighbours have it.
    pub fn is_listed(&self) -> bool {
        self.is_main && !self.withdrawn
    }
}

/// A language version as its siblings know it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VersionRef {
    pub language: Box<str>,
    pub key: Key,
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
    pub key: Key,
    pub links: Stamped<Vec<Resolved>>,
}

/// All of it, tied together.
pub struct Collection {
    /// Works in order, language versions together, the main one first.
    pub entries: Vec<Entry>,
    pub lists: Arc<BTreeMap<Key, List>>,
    pub pages: Vec<Linked<PlainPage>>,
    /// The links of records' introductions, by the list's path.
    pub record_links: BTreeMap<Key, Stamped<Vec<Resolved>>>,
    pub backlinks: BTreeMap<Key, Stamped<Vec<Backlink>>>,
    /// By the document's page: who cites it.
    pub citations: BTreeMap<Key, Vec<Stamped<Citation>>>,
    /// What each delegation said on each topic over time, by the page.
    pub positions: BTreeMap<Key, Position>,
    /// In which of these each statement stands, by its page.
    pub positions_of: Arc<positions::OfStatements>,
    /// Who said the same words, paragraph by paragraph.
    pub passages: Passages,
    /// What was said on each topic in each session, by the page.
    pub extracts: BTreeMap<Key, Extracts>,
    /// Who has spoken on each topic, and when, by the page.
    pub matrices: Arc<BTreeMap<Key, Matrix>>,
    /// Of each entry.
    pub related: Vec<Vec<Stamped<Card>>>,
    /// By the path of the version that lists show.
    pub neighbours: Arc<KeyMap<Stamped<Neighbours>>>,
    /// Texts that are compared.
    pub pairs: Vec<Pair>,
    /// Files beside the content, with where they go.
    pub attachments: Vec<(Arc<str>, SitePath)>,
    pub aliases: Vec<Alias>,
    /// Where the original of a statement is on the site, by the statement's page.
    pub originals: KeyMap<Key>,
    /// What is kept back with its links, which are checked all the same.
    pub kept_back: Vec<(Stamped<Statement>, Vec<Resolved>)>,
    /// The files that are kept back with them, by the address that they would have.
    pub files_kept_back: BTreeSet<SitePath>,
}

/// An old address.
pub struct Alias {
    pub path: SitePath,
    /// Where it is written, or the file that leaves it.
    pub place: Place,
    /// The page it leads to.
    pub target: Key,
}

/// Ties everything together.
pub fn collect(
    mut content: Content,
    choice: Choice,
    config: &Config,
    state: &mut State,
    out: &mut Vec<Diagnostic>,
) -> Collection {
    let language = &*config.language;
    inherit::inherit(&mut content.statements, language, &mut state.inherited);
    let content = &content;
    out.extend(content.statements.iter().flat_map(|statement| missing(statement)));
    let names = Names::new(&state.tables, &content.records, out);
    let works = works::works(&content.statements, choice, language, out);
    works::check_versions(&content.statements, out);
    let rule_topics = entries::rule_topics(&works, &Rules::new(&names), &mut state.rules);
    let mut kept_back = KeptBack::new(&content.statements, choice);
    let mut found = Vec::new();
    let named = DocumentNames::new(&names).find(&works, &mut state.named);
    let mut entries =
        entries::entries(&works, &names, &rule_topics, &named, &kept_back, &mut state.entries, &mut found);
    names_once(found, out);
    same_letters::check(&entries, &names, out);
    let withheld = withheld::withheld(content, &kept_back, config, out);
    let (mut attachments, mut files_kept_back) =
        places::attachments(&content.attachments, &content.statements, &kept_back, &withheld, out);
    let is_active = |(path, _): &mut (Arc<str>, SitePath)| content.active.contains_key(path);
    for (path, site_path) in attachments.extract_if(.., is_active) {
        out.extend(content.active[&path].clone());
        kept_back.add_active(&path);
        files_kept_back.insert(site_path);
    }
    let pages = places::plain_pages(&content.pages, language, out);

    let placed: BTreeSet<&Arc<str>> = attachments.iter().map(|(path, _)| path).collect();
    kept_back.add_files(content.attachments.iter().filter(|path| !placed.contains(path)));

    let numbers = numbers::numbers(&works, &kept_back, content, &mut state.numbers, out);
    for entry in &mut entries {
        if let Some(numbers) = numbers.get(&entry.statement.path) {
            entry.numbers = numbers.clone();
        }
    }

    // What texts have in common is found by their words, where they are listed by their facts.
    let State { matches, alignments, related, shares, listed, namings, citations, .. } = state;
    let ((passages, (related, pairs)), listed) = rayon::join(
        || {
            let others = || rayon::join(|| ties::related(&entries, related), || pairs::pairs(&entries, shares));
            rayon::join(|| passages::passages(&entries, config.passages, matches, alignments), others)
        },
        || Listed::new(&entries, &names, listed),
    );
    let Listed { lists, misspelt, positions, positions_of, extracts, matrices, neighbours } = listed;
    misspelt::tell(&misspelt, &names, &content.statements, out);

    let destinations = ties::destinations(&works, &names, &lists, &pages, &attachments, &kept_back, &numbers);
    let resolve = |source: &Arc<str>, language: &str, text, out: &mut Vec<Diagnostic>| {
        Stamped::new(links::resolve(source, language, text, &destinations, out))
    };
    let entry_links: Vec<Stamped<Vec<Resolved>>> = entries
        .iter()
        .map(|entry| {
            if entry.statement.body.links.is_empty() {
                return entry.links.clone();
            }
            let text = Text { body: &entry.statement.body, numbers: &entry.numbers };
            resolve(&entry.statement.path, &entry.statement.language, text, out)
        })
        .collect();
    let pages: Vec<Linked<PlainPage>> = pages
        .iter()
        .map(|(page, path)| {
            let links = resolve(&page.path, &page.language, ties::counted(&page.body), out);
            Linked { text: page.clone(), key: path.clone(), links }
        })
        .collect();
    let record_links: BTreeMap<Key, Stamped<Vec<Resolved>>> = lists
        .iter()
        .filter_map(|(path, list)| {
            list.record
                .as_ref()
                .map(|record| (path.clone(), resolve(&record.path, language, ties::counted(&record.body), out)))
        })
        .collect();
    let kept_back = kept_back.statements.iter().map(|&statement| {
        let Statement { path, language, body, .. } = &**statement;
        (statement.clone(), links::resolve(path, language, ties::counted(body), &destinations, out))
    });
    let kept_back = kept_back.collect();
    let originals = ties::originals(&entries, &destinations);
    drop(destinations);
    for (entry, links) in entries.iter_mut().zip(entry_links) {
        entry.links = links;
    }

    let (found, (citations, backlinks)) = rayon::join(
        || config.mentions.then(|| namings.update(&entries, &names, &lists, language)),
        || {
            let backlinks = ties::backlinks(&entries, &pages, &lists, &record_links, language);
            (citations::join(&entries, citations), backlinks)
        },
    );
    for (entry, namings) in entries.iter_mut().zip(found.into_iter().flatten()) {
        entry.namings = namings;
    }
    let aliases = places::aliases(&entries, &pages, &content.records, &lists, out);
    Collection {
        entries,
        lists,
        pages,
        record_links,
        backlinks,
        citations,
        positions,
        positions_of,
        passages,
        extracts,
        matrices,
        related,
        neighbours,
        pairs,
        attachments,
        aliases,
        originals,
        kept_back,
        files_kept_back,
    }
}

/// Hands on problems; a name that stands for two people is told where it comes first, with how often it comes again.
fn names_once(mut found: Vec<Diagnostic>, out: &mut Vec<Diagnostic>) {
    found.sort();
    // A problem in an inherited key is reported once, where the key is written.
    found.dedup();
    let mut names: BTreeMap<String, (Diagnostic, usize)> = BTreeMap::new();
    for problem in found {
        if problem.code == Code::AmbiguousSpeaker {
            let first = names.entry(problem.message.clone()).or_insert((problem, 0));
            first.1 += 1;
        } else {
            out.push(problem);
        }
    }
    out.extend(names.into_values().map(|(problem, times)| match times {
        1 => problem,
        _ => Diagnostic { message: format!("{} (written {times} times)", problem.message), ..problem },
    }));
}
