//! What was read -> the collection: the stages in order.

use super::linking::{self, LinkedTexts};
use super::listed::Listed;
use super::mentions::DocumentNames;
use super::names::Names;
use super::places::{self, Files};
use super::rules::Rules;
use super::works::{self, Choice, KeptBack};
use super::{Collection, Content, State};
use super::{
    citations, inherit, known, listings, misspelt, numbers, pairs, passages, same_letters, stages, ties, twice,
};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::read::missing::missing;

/// Ties everything together. Each step depends on those before it. Every step runs every time; expensive results are
/// kept in `state`.
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

    // Which statements exist, what their names mean, and which files are published with them.
    let names = Names::new(&state.tables, &content.records, out);
    let works = works::works(&content.statements, choice, language, out);
    works::check_versions(&content.statements, out);
    let mut kept_back = KeptBack::new(&content.statements, choice);
    let rule_topics = known::rule_topics(&works, &Rules::new(&names), &mut state.rules);
    let documents = DocumentNames::new(&names).find(&works, &mut state.named);
    let known = known::known(&works, &names, &rule_topics, &documents, &kept_back, &mut state.known, out);
    same_letters::check(&known, &names, out);
    twice::texts(&content.statements, out);
    twice::speakers(&known, &mut state.speakers, out);
    let files = places::files(content, &mut kept_back, config, out);
    let pages = places::plain_pages(&content.pages, language, out);

    let numbers = numbers::numbers(&works, &kept_back, content, &mut state.numbers, out);
    let numbered = stages::numbered(known, &numbers);

    // What texts have in common depends on their words, and where they are listed on their facts, so both can run in
    // parallel.
    let State { matches, groups, alignments, related, shares, listed, namings, citations, .. } = state;
    let ((passages, (related, pairs)), listed) = rayon::join(
        || {
            let others = || rayon::join(|| ties::related(&numbered, related), || pairs::pairs(&numbered, shares));
            rayon::join(|| passages::passages(&numbered, config.passages, matches, groups, alignments), others)
        },
        || Listed::new(&numbered, &names, listed),
    );
    let Listed {
        lists,
        misspelt,
        said,
        positions,
        positions_of,
        extracts,
        compared,
        not_compared,
        matrices,
        neighbours,
    } = listed;
    out.extend(not_compared);
    misspelt::report(&misspelt, &names, &content.statements, out);

    let listings = listings::listings(&pages, &names, &lists, config.page_size, out);
    let destinations = ties::destinations(&works, &names, &lists, &pages, &files.placed, &kept_back, &numbers);
    let linked = linking::link(numbered, &pages, &lists, &kept_back, &destinations, language, out);
    drop(destinations);
    let LinkedTexts { statements: linked, pages, records: record_links, kept_back, originals } = linked;

    let (namings, (citations, backlinks)) = rayon::join(
        || config.mentions.then(|| namings.update(&linked, &names, &lists, language)),
        || {
            let backlinks = ties::backlinks(&linked, &pages, &lists, &record_links, language);
            (citations::join(&linked, citations), backlinks)
        },
    );
    let aliases = places::aliases(&linked, &pages, &content.records, &lists, out);
    let Files { placed: attachments, kept_back: files_kept_back } = files;
    Collection {
        entries: stages::entries(linked, namings),
        lists,
        listings,
        pages,
        record_links,
        backlinks,
        citations,
        said,
        positions,
        positions_of,
        passages,
        extracts,
        compared,
        matrices,
        related,
        neighbours,
        pairs,
        history: content.history.clone(),
        attachments,
        aliases,
        originals,
        kept_back,
        files_kept_back,
    }
}
