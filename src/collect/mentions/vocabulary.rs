//! Records and shipped tables -> the names that texts are searched for, by language.
//!
//! A name belongs to the languages in which it is given, whatever their script or country, and an alias to all. What bears a name but has no page stands
//! in the vocabulary as well: it keeps *Guinea* out of *Papua New Guinea*.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};
use unicode_normalization::UnicodeNormalization;

use super::russian;
use crate::collect::names::Names;
use crate::config::base_language;
use crate::key::Key;
use crate::language::fold::{Folded, Folding, fold};
use crate::read::record::{Detail, Record, RecordKind};
use crate::shipped;
use crate::stamp::Stamp;

/// The kinds of record whose names are looked for in texts.
const MENTIONED: [RecordKind; 4] = [RecordKind::Delegation, RecordKind::Group, RecordKind::Forum, RecordKind::Topic];

/// A shipped name.
struct Row {
    name: Box<str>,
    /// None for one that means nobody: *Gulf of Guinea*.
    of: Option<(RecordKind, Box<str>)>,
    languages: Box<[Box<str>]>,
}

/// The names that are in the binary; their sources are named in `src/shipped/SOURCES.md`.
pub struct Shipped(Vec<Row>);

impl Shipped {
    /// Parses the tables.
    pub fn load() -> Shipped {
        let row = |name: shipped::Name| {
            let of = name.of.and_then(|(kind, code)| Some((RecordKind::of_word(&kind)?, code.to_lowercase().into())));
            Row { name: name.name, of, languages: name.languages }
        };
        Shipped(shipped::state_names().into_iter().chain(shipped::other_names()).map(row).collect())
    }
}

/// The names of one language, ready to be searched.
pub struct Search {
    /// Changes when any name does, or whether what it means has a page.
    pub stamp: Stamp,
    automaton: AhoCorasick,
    pages: Vec<Option<Key>>,
}

impl Search {
    /// Returns the names in a folded text, the longest where several begin, in order; with what has the page it means.
    pub fn names<'a>(
        &'a self,
        text: &'a Folded<'_>,
    ) -> impl Iterator<Item = (std::ops::Range<usize>, Option<&'a Key>)> {
        self.automaton.find_iter(text.text()).map(|hit| (hit.range(), self.pages[hit.pattern().as_usize()].as_ref()))
    }
}

/// All names, one search a language.
pub struct Vocabulary {
    by_language: BTreeMap<Box<str>, Search>,
}

/// What a name means in one language: a page, or nothing that could be linked. Who gave it: the site, or a table.
type Meanings = BTreeMap<Box<str>, (bool, Option<Key>)>;

impl Vocabulary {
    /// Gathers the names for texts in these languages; `pages` are those that the site has.
    pub fn new(
        names: &Names<'_>,
        shipped: &Shipped,
        languages: &BTreeSet<&str>,
        site_language: &str,
        pages: &BTreeSet<&Key>,
    ) -> Vocabulary {
        let by_language = languages.iter().filter_map(|language| {
            let meanings = meanings(names, shipped, language, site_language, pages);
            let stamp = Stamp::of(&meanings);
            let (words, pages): (Vec<Box<str>>, Vec<_>) =
                meanings.into_iter().map(|(name, (_, page))| (name, page)).unzip();
            let automaton = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(words.iter().map(|word| word.as_bytes()))
                .ok()?;
            Some(((*language).into(), Search { stamp, automaton, pages }))
        });
        Vocabulary { by_language: by_language.collect() }
    }

    /// Says whether a page is of a kind that names lead to.
    pub fn can_name(page: &Key) -> bool {
        page.kind().is_some_and(|kind| MENTIONED.contains(&kind))
    }

    /// Returns the names in a text's language.
    pub fn of(&self, language: &str) -> Option<&Search> {
        self.by_language.get(language)
    }
}

fn meanings(
    names: &Names<'_>,
    shipped: &Shipped,
    language: &str,
    site_language: &str,
    pages: &BTreeSet<&Key>,
) -> Meanings {
    let base = base_language(language);
    let mut meanings = Meanings::new();
    for kind in MENTIONED.into_iter().chain([RecordKind::Document]) {
        for record in names.records(kind) {
            let page = (kind != RecordKind::Document && !record.without_mentions)
                .then(|| names.page(kind, &record.slug, &record.slug).ok())
                .flatten();
            for name in names_of(record, language, site_language) {
                add(&mut meanings, base, kind, name, true, page.as_ref());
            }
        }
    }
    for Row { name, of, .. } in shipped.0.iter().filter(|row| row.languages.iter().any(|of| base_language(of) == base))
    {
        let page = of.as_ref().and_then(|(kind, code)| {
            let key = names.key(*kind, code);
            let is_unlinked = names.record(*kind, &key).is_some_and(|record| record.without_mentions);
            names.page(*kind, &key, &key).ok().filter(|page| !is_unlinked && pages.contains(page))
        });
        let kind = of.as_ref().map_or(RecordKind::Delegation, |(kind, _)| *kind);
        add(&mut meanings, base, kind, name, false, page.as_ref());
    }
    meanings
}

/// Adds a name in all its forms. What a site calls something goes before what a table does, and a name that two bear
/// says of neither that it is meant.
fn add(all: &mut Meanings, base: &str, kind: RecordKind, name: &str, by_site: bool, page: Option<&Key>) {
    for form in forms(base, kind, name) {
        let form = fold(&form, Folding::LOOK_ALIKES);
        let form = form.trim();
        if form.is_empty() {
            continue;
        }
        match all.get_mut(form) {
            Some((first_by_site, _)) if *first_by_site != by_site => {}
            Some((_, known)) if known.as_ref() == page => {}
            Some((_, known)) => *known = None,
            None => drop(all.insert(form.into(), (by_site, page.cloned()))),
        }
    }
}

/// Returns the names that a record has in a language. Its title is in the site's; in others it counts where the
/// record gives no other.
fn names_of<'a>(record: &'a Record, language: &str, site_language: &str) -> Vec<&'a str> {
    let aliases = record.aliases.iter().map(|alias| &*alias.text).filter(|alias| !alias.starts_with('/'));
    let mut names: Vec<&str> = aliases.collect();
    let title = record.titles.get(language).or_else(|| record.titles.get(base_language(language)));
    names.extend(title.map(|title| &**title));
    if title.is_none() || base_language(language) == base_language(site_language) {
        names.push(&record.title);
        match &record.detail {
            Detail::Delegation { formal, .. } => names.extend(formal.as_deref()),
            Detail::Forum { short, .. } => names.extend(short.as_deref()),
            _ => {}
        }
    }
    names.retain(|name| is_long_enough(name));
    names
}

/// Two letters are a name only as capitals, and one is none. A Han name is short.
fn is_long_enough(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    let is_short_name = letters == 2 && name.chars().all(|c| c.is_uppercase() || c >= '\u{3040}');
    letters > 2 || is_short_name
}

/// Fewest small letters of a name that is found in capitals, too: `LAO` could be anything.
const SHORTEST_SHOUTED: usize = 3;

/// Returns the ways in which texts of a language write a name.
fn forms(base: &str, kind: RecordKind, name: &str) -> Vec<String> {
    let mut forms = vec![name.to_owned()];
    if base == "ru" {
        forms.extend(russian::forms(name));
    }
    // Typewriters and many authors leave out the accent of a capital.
    if let Some(first) = name.chars().next().filter(|c| matches!(c, '\u{c0}'..='\u{dd}'))
        && let Some(plain) = first.nfd().next()
    {
        forms.push(format!("{plain}{}", &name[first.len_utf8()..]));
    }
    // In a text all in capitals names are, too.
    if kind != RecordKind::Topic && name.chars().filter(|c| c.is_lowercase()).count() >= SHORTEST_SHOUTED {
        forms.extend(forms.clone().iter().map(|form| form.to_uppercase()));
    }
    // ل before the article takes the letter of the article.
    if let Some(rest) = name.strip_prefix("ال").filter(|_| base == "ar") {
        forms.push(format!("لل{rest}"));
    }
    // A topic is a word like others, unless it is one of capitals.
    if kind == RecordKind::Topic && name.chars().any(char::is_lowercase) {
        let written = forms.clone();
        forms.extend(written.iter().map(|form| form.to_lowercase()));
        forms.extend(written.iter().map(|form| capitalised(&form.to_lowercase())));
        forms.extend(written.iter().map(|form| form.split(' ').map(capitalised).collect::<Vec<_>>().join(" ")));
    }
    forms
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
