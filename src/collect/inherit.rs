//! Language versions as their files have them -> with what they inherit from the statement's first file.
//!
//! The first file is the one without a language in its name, `<id>.md`; where every file has one, that in the site's
//! language, else the first by language tag. A version states what differs, and no more has to be kept in step by hand.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::memo::Memo;
use crate::read::name::has_language;
use crate::read::statement::{Base, Front, Statement};
use crate::stamp::{Stamp, Stamped};

/// What is kept from run to run: the versions that inherit something, by their paths.
pub type Kept = Memo<Arc<str>, Stamped<Statement>>;

/// Replaces each language version by one with the keys it inherits. A version is rebuilt only if its file or the
/// front matter of the first file changed, so that an edit of the first one's text leaves its versions as they are.
pub fn inherit(statements: &mut [Stamped<Statement>], site_language: &str, kept: &mut Kept) {
    let with_versions: HashSet<&str> =
        statements.iter().filter(|of| has_language(&of.path)).map(|of| &*of.id).collect();
    let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, statement) in statements.iter().enumerate() {
        if with_versions.contains(&*statement.id) {
            by_id.entry(&statement.id).or_default().push(at);
        }
    }
    let rank = |at: &usize| {
        let Statement { path, language, .. } = &*statements[*at];
        (has_language(path), **language != *site_language, language, path)
    };
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for versions in by_id.values() {
        let Some(base) = versions.iter().copied().min_by_key(|at| rank(at)) else { continue };
        let others = versions.iter().copied().filter(|at| *at != base && has_language(&statements[*at].path));
        pairs.extend(others.map(|at| (at, base)));
    }
    let all = &*statements;
    let made = kept.update(
        &pairs,
        |(at, base)| {
            let (version, base) = (&all[*at], &all[*base]);
            (Arc::clone(&version.path), stamp(version, base))
        },
        |(at, base)| {
            let (version, base) = (&all[*at], &all[*base]);
            Stamped::from_source(stamp(version, base), with_base(version, base))
        },
    );
    for ((at, _), made) in pairs.into_iter().zip(made) {
        statements[at] = made;
    }
}

fn stamp(version: &Stamped<Statement>, base: &Statement) -> Stamp {
    Stamp::of(&(version.stamp(), &base.path, base.front.stamp))
}

fn with_base(version: &Statement, base: &Statement) -> Statement {
    let front = Arc::new(inherited(&version.front, &base.front));
    let base = Base { path: Arc::clone(&base.path), front: Arc::clone(&base.front) };
    Statement { front, base: Some(base), ..version.clone() }
}

/// Returns a version's front matter with what it does not state from the base's. Every field is named here, so that a new
/// one cannot be forgotten: it is inherited, or it is about one file or one wording.
fn inherited(own: &Front, base: &Front) -> Front {
    let Front {
        title: _,
        summary: _,
        language: _,
        translation_kind: _,
        text_status: _,
        source: _,
        status_note: _,
        changes: _,
        aliases: _,
        head_matter: _,
        media: _,
        identifiers: _,
        stated: _,
        stamp: _,
        kind,
        date,
        delegation,
        on_behalf_of,
        speaker,
        forum,
        session,
        meeting,
        meeting_symbol,
        speaking_order,
        agenda_items,
        cluster,
        place,
        spoken_language,
        topics,
        judged,
        references,
        see_also,
        rights,
        status,
        superseded_by,
        simulated,
        without_mentions,
        embargo,
        is_unclear,
    } = base;
    let mut front = own.clone();
    macro_rules! inherit {
        ($($field:ident: $key:literal,)*) => {
            $(if !own.states($key) { front.$field.clone_from($field); })*
        };
    }
    inherit! {
        kind: "type",
        date: "date",
        delegation: "delegation",
        on_behalf_of: "on_behalf_of",
        speaker: "speaker",
        forum: "forum",
        session: "session",
        meeting: "meeting",
        meeting_symbol: "meeting_symbol",
        speaking_order: "speaking_order",
        agenda_items: "agenda_items",
        cluster: "cluster",
        place: "place",
        spoken_language: "spoken_language",
        topics: "topics",
        judged: "topics",
        references: "references",
        see_also: "see_also",
        rights: "rights",
        status: "status",
        superseded_by: "superseded_by",
        simulated: "simulated",
        without_mentions: "mentions",
        embargo: "embargo",
    }
    // Nobody can say what of an unclear text may be published, so its translations wait as well.
    front.is_unclear |= is_unclear;
    front
}
