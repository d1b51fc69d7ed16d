//! Records and shipped tables -> the names that texts are searched for, by language.
//!
//! A name belongs to the language that it is given in, regardless of script and country; an alias belongs to all
//! languages. Names without a page are in the vocabulary as well: *Papua New Guinea* keeps *Guinea* from being found in
//! it.

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

/// The kinds of record whose names are searched for in texts.
const MENTIONED: [RecordKind; 4] = [RecordKind::Delegation, RecordKind::Group, RecordKind::Forum, RecordKind::Topic];

/// A shipped name.
struct ShippedName {
    name: Box<str>,
    /// The kind and code of what it names; `None` for a name that only prevents others from being found: *Gulf of
    /// Guinea*.
    of: Option<(RecordKind, Box<str>)>,
    languages: Box<[Box<str>]>,
}

/// The names built into the binary; `src/shipped/SOURCES.md` gives their sources.
pub struct ShippedNames(Vec<ShippedName>);

impl ShippedNames {
    /// Parses the tables.
    pub fn load() -> ShippedNames {
        let row = |name: shipped::Name| {
            let of = name.of.and_then(|(kind, code)| Some((RecordKind::of_word(&kind)?, code.to_lowercase().into())));
            ShippedName { name: name.name, of, languages: name.languages }
        };
        ShippedNames(shipped::state_names().into_iter().chain(shipped::other_names()).map(row).collect())
    }
}

/// The names of one language, compiled for searching.
pub struct Search {
    /// Changes when any name does, or the page that it means.
    pub stamp: Stamp,
    automaton: AhoCorasick,
    pages: Vec<Option<Key>>,
}

impl Search {
    /// Returns the names in a folded text, in order, each with the page that it means. Where several begin, only the
    /// longest is returned.
    pub fn names<'a>(
        &'a self,
        text: &'a Folded<'_>,
    ) -> impl Iterator<Item = (std::ops::Range<usize>, Option<&'a Key>)> {
        self.automaton.find_iter(text.text()).map(|hit| (hit.range(), self.pages[hit.pattern().as_usize()].as_ref()))
    }
}

/// All names, with one search per language.
pub struct Vocabulary {
    by_language: BTreeMap<Box<str>, Search>,
}

/// For each name in one language: whether the site gave it rather than a table, and the page that it means, if one can
/// be linked.
type Meanings = BTreeMap<Box<str>, (bool, Option<Key>)>;

impl Vocabulary {
    /// Gathers the names for texts in these languages; `pages` are those that the site has.
    pub fn new(
        names: &Names<'_>,
        shipped: &ShippedNames,
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
                // So that *Guinea-Bissau* is not a mention of *Guinea*.
                .match_kind(MatchKind::LeftmostLongest)
                .build(words.iter().map(|word| word.as_bytes()))
                .ok()?;
            Some(((*language).into(), Search { stamp, automaton, pages }))
        });
        Vocabulary { by_language: by_language.collect() }
    }

    /// Returns whether a page is of a kind that names can link to.
    pub fn can_name(page: &Key) -> bool {
        page.kind().is_some_and(|kind| MENTIONED.contains(&kind))
    }

    /// Returns the names in a language; `None` if no text is in it.
    pub fn of(&self, language: &str) -> Option<&Search> {
        self.by_language.get(language)
    }
}

/// Returns what each name means in texts of one language.
fn meanings(
    names: &Names<'_>,
    shipped: &ShippedNames,
    language: &str,
    site_language: &str,
    pages: &BTreeSet<&Key>,
) -> Meanings {
    let base = base_language(language);
    let mut meanings = Meanings::new();
    // Records come first, because the first meaning of a name is kept against the tables.
    for kind in MENTIONED.into_iter().chain([RecordKind::Document]) {
        for record in names.records(kind) {
            // Documents are found by their symbols; their names are here only so that a name shared with something else
            // is ambiguous.
            let page = (kind != RecordKind::Document && !record.without_mentions)
                .then(|| names.page(kind, &record.slug, &record.slug).ok())
                .flatten();
            for name in names_of(record, language, site_language) {
                add(&mut meanings, base, kind, name, true, page.as_ref());
            }
        }
    }
    for ShippedName { name, of, .. } in
        shipped.0.iter().filter(|row| row.languages.iter().any(|of| base_language(of) == base))
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

/// Adds a name in all its forms. Names given by the site, which are added first, take precedence over those of tables.
/// A name that belongs to two things means neither.
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

/// Returns the names that a record has in a language. Its title is in the site's language, and counts in others only if
/// the record gives none for these.
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

/// Returns whether a name is long enough to be searched for: three letters, or two that are capitals, Han or kana.
fn is_long_enough(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphanumeric()).count();
    let is_short_name = letters == 2 && name.chars().all(|c| c.is_uppercase() || c >= '\u{3040}');
    letters > 2 || is_short_name
}

/// The fewest lower-case letters of a name that is also found in capitals: `LAO` could be an abbreviation of anything.
const SHORTEST_SHOUTED: usize = 3;

/// Returns the ways in which texts of a language write a name.
fn forms(base: &str, kind: RecordKind, name: &str) -> Vec<String> {
    let mut forms = vec![name.to_owned()];
    if base == "ru" {
        forms.extend(russian::forms(name));
    }
    // Typewriters and many authors omit accents on capitals: *Etats-Unis*.
    if let Some(first) = name.chars().next().filter(|c| matches!(c, '\u{c0}'..='\u{dd}'))
        && let Some(plain) = first.nfd().next()
    {
        forms.push(format!("{plain}{}", &name[first.len_utf8()..]));
    }
    // Texts written in capitals throughout have names in capitals.
    if kind != RecordKind::Topic && name.chars().filter(|c| c.is_lowercase()).count() >= SHORTEST_SHOUTED {
        forms.extend(forms.clone().iter().map(|form| form.to_uppercase()));
    }
    // The preposition ل merges with the article: ال becomes لل.
    if let Some(rest) = name.strip_prefix("ال").filter(|_| base == "ar") {
        forms.push(format!("لل{rest}"));
    }
    // Topics are common nouns, written in lower or title case, unless they are abbreviations.
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
