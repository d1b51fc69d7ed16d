//! All statements -> texts that occur twice, and speakers who are probably one person, spelt in two ways.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::Known;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::front::statement::SPEAKER;
use crate::key::Key;
use crate::language::fold;
use crate::language::tokens::runs;
use crate::read::name::suggested_id;
use crate::read::statement::{Speaker, Statement, Status};
use crate::stamp::{Stamp, Stamped};

/// The length of the shortest text that is compared, in bytes: many delegations use the same short formulas.
const SHORTEST: usize = 400;

/// Reports texts of different statements that have exactly the same words.
pub(super) fn texts(statements: &[Stamped<Statement>], out: &mut Vec<Diagnostic>) {
    let mut first: HashMap<(Stamp, &str), &Statement> = HashMap::with_capacity(statements.len());
    let is_compared = |statement: &&Stamped<Statement>| {
        let front = &statement.front;
        statement.body.text.len() >= SHORTEST && front.status != Status::Withdrawn && front.superseded_by.is_none()
    };
    for statement in statements.iter().filter(is_compared) {
        let other = *first.entry((statement.words, &*statement.language)).or_insert(statement);
        // Two files for one statement in one language are reported elsewhere.
        if other.id != statement.id {
            let message = format!("the text has exactly the words of `{}`", other.id);
            let problem = Diagnostic::new(Code::DuplicateText, Place::file(&statement.path), message);
            out.push(problem.related(Place::file(&other.path)).help(
                "if both are one statement, delete one and write its address under `aliases` of the other; if one replaces \
                 the other, write `superseded_by`",
            ));
        }
    }
}

/// The problems found with speakers, and the stamp of the front matter they were found in.
pub(super) type KeptSpeakers = Option<(Stamp, Vec<Diagnostic>)>;

/// A name of a speaker as statements of one delegation have it.
struct Spelling {
    name: String,
    /// Its words in small letters without accents, titles left out.
    words: Vec<String>,
    /// How many statements have it.
    count: usize,
    place: Place,
    page: Option<Key>,
}

/// Reports speakers whose names differ as two spellings of one name do. Names are read again only if the front matter of
/// a statement changed.
pub(super) fn speakers(known: &[Arc<Known>], kept: &mut KeptSpeakers, out: &mut Vec<Diagnostic>) {
    let parts =
        |of: &Arc<Known>| (of.is_main, Arc::clone(&of.statement.path), of.statement.front.stamp, of.facts.stamp());
    let stamp = Stamp::of(&known.iter().map(parts).collect::<Vec<_>>());
    if let Some((_, found)) = kept.as_ref().filter(|(of, _)| *of == stamp) {
        out.extend(found.iter().cloned());
        return;
    }
    let mut delegations: BTreeMap<Key, BTreeMap<String, Spelling>> = BTreeMap::new();
    for of in known.iter().filter(|of| of.is_main) {
        let Some((delegation, spelling)) = spelling(of) else { continue };
        let names = delegations.entry(delegation).or_default();
        names.entry(spelling.name.clone()).and_modify(|known| known.count += 1).or_insert(spelling);
    }
    let found: Vec<Diagnostic> =
        delegations.into_values().flat_map(|names| pairs(&names.into_values().collect::<Vec<_>>())).collect();
    out.extend(found.iter().cloned());
    *kept = Some((stamp, found));
}

/// Returns the delegation and the name of the speaker of a statement that names one.
fn spelling(of: &Known) -> Option<(Key, Spelling)> {
    let statement = &of.statement;
    let delegation = of.facts.delegation.as_ref()?.key.clone()?;
    let Some(Speaker::Named { person, line, column }) = &statement.front.speaker else { return None };
    // A person whose name is only printed may be anyone: "The representative of Arvenia".
    let name = person.name().filter(|_| person.family.is_some() && statement.front.states(SPEAKER))?;
    let place = Place { path: Arc::clone(&statement.path), line: *line, column: *column };
    let page = of.facts.speaker.as_ref().and_then(|speaker| speaker.key.clone());
    Some((delegation, Spelling { words: words(&name), name, count: 1, place, page }))
}

/// Words before a name that are not part of it.
const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "dr", "sir", "dame", "prof", "ambassador", "h", "e", "he"];

fn words(name: &str) -> Vec<String> {
    let plain = fold::plain(name);
    runs(&plain).skip_while(|word| TITLES.contains(word)).map(str::to_owned).collect()
}

/// Compares names that have the first word, the last word or all letters in common: others are too different.
fn pairs(names: &[Spelling]) -> Vec<Diagnostic> {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, spelling) in names.iter().enumerate() {
        let mut sorted = spelling.words.clone();
        sorted.sort();
        // Names that are put under a common part are the only ones compared; all pairs of a large site would be
        // millions.
        let ends = [spelling.words.first(), spelling.words.last()].into_iter().flatten().cloned();
        for part in ends.chain([spelling.words.concat(), sorted.join(" ")]) {
            alike.entry(part).or_default().push(at);
        }
    }
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut found = Vec::new();
    for group in alike.values() {
        for (n, a) in group.iter().enumerate() {
            for b in group[n + 1..].iter().filter(|b| *b != a) {
                let (a, b) = (*a.min(b), *a.max(b));
                if seen.insert((a, b)) && is_one(&names[a], &names[b]) {
                    found.push(problem(&names[a], &names[b]));
                }
            }
        }
    }
    found
}

fn problem(a: &Spelling, b: &Spelling) -> Diagnostic {
    // The rarer spelling is more likely the slip.
    let (rare, usual) = if (b.count, &a.name) > (a.count, &b.name) { (a, b) } else { (b, a) };
    let message = format!("the speaker `{}` is probably `{}`, spelt in another way", rare.name, usual.name);
    let help = format!(
        "write one name; or give both one record: `plenary rename speaker \"{}\" {}`",
        rare.name,
        suggested_id(&usual.name)
    );
    Diagnostic::new(Code::SimilarSpeaker, rare.place.clone(), message).related(usual.place.clone()).help(help)
}

/// Returns whether two names are two spellings of one: other accents, hyphens or order, an initial for a first name, or
/// one letter in a long word.
fn is_one(a: &Spelling, b: &Spelling) -> bool {
    // Both lead to one record, so the site knows that they are one person.
    if a.page.is_some() && a.page == b.page {
        return false;
    }
    let sorted = |of: &Spelling| {
        let mut words = of.words.clone();
        words.sort();
        words
    };
    // A family name alone is no evidence of who it is.
    if a.words.len() < 2 || b.words.len() < 2 {
        return false;
    }
    if a.words.concat() == b.words.concat() || sorted(a) == sorted(b) {
        return true;
    }
    let differing: Vec<usize> = match a.words.len() == b.words.len() {
        true => (0..a.words.len()).filter(|at| a.words[*at] != b.words[*at]).collect(),
        false => return false,
    };
    let [at] = differing[..] else { return false };
    let (x, y) = (&a.words[at], &b.words[at]);
    // An initial stands for a first name; and in a short word, one letter makes another name (Chen, Cheng).
    let is_last = at + 1 == a.words.len();
    let is_initial = |short: &str, long: &str| short.chars().count() == 1 && long.starts_with(short);
    let length = x.chars().count().min(y.chars().count());
    !is_last && (is_initial(x, y) || is_initial(y, x)) || length >= 6 && strsim::damerau_levenshtein(x, y) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_distinguished_from_names_of_two_people() {
        let spelling = |name: &str| {
            let place = Place::file(&"a.md".into());
            Spelling { name: name.into(), words: words(name), count: 1, place, page: None }
        };
        for (a, b, expect) in [
            ("Kairat Abdrakhmanov", "Kairat Abdrahmanov", true),
            ("Jane Doe", "J. Doe", true),
            ("H.E. Ms. Jane Doe", "Jane Doe", true),
            ("José Núñez", "Jose Nunez", true),
            ("Doe Jane", "Jane Doe", true),
            ("Abdul-Aziz Al Mansouri", "Abdul Aziz Almansouri", true),
            ("Jane Doe", "John Doe", false),
            ("Ali Khan", "Ala Khan", false),
            ("Jane Doe", "Jane Roe", false),
            ("J. Doe", "J. Roe", false),
            ("Maria Garcia", "Mario Garcia", false),
            ("Jane Ann Doe", "Jane Doe", false),
        ] {
            assert_eq!(is_one(&spelling(a), &spelling(b)), expect, "{a} / {b}");
        }
    }
}
