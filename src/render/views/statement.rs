//! A statement's parts -> its view: the facts, the text with its notes, how to cite it.

use super::{DESCRIBED, Views, extra, is_hidden, label_view, length, note, paragraph_view, safe};
use crate::collect::card::Card;
use crate::collect::citable::Citable;
use crate::collect::facts::Facts;
use crate::collect::links::Backlink;
use crate::collect::matches::is_compared;
use crate::collect::names::Ref;
use crate::front::statement as key;
use crate::read::date::Date;
use crate::read::statement::{Change, Kind, Statement};
use crate::render::html::{Writer, anchors};
use crate::render::language::direction;
use crate::render::page::Page;
use crate::render::parts::StatementParts;
use crate::render::view::{
    BodyView, CarriedView, ChangedView, ContentsView, FactsView, ListedParagraphView, NeighboursView, NoteView,
    PageView, RefView, SectionView, SourceView, SpeakerView, StatementView, VersionView,
};
use crate::stamp::Stamped;

/// The most notes of one kind next to a paragraph.
const NOTES: usize = 5;

impl Views<'_> {
    pub(super) fn statement(&self, page: &Page, parts: &StatementParts) -> StatementView {
        let (statement, facts) = (&*parts.statement, &*parts.facts);
        let front = &statement.front;
        let body = &statement.body;
        // The first few links to a paragraph are shown next to it; the list at the end has all others.
        let (mut noted, mut others): (Vec<&Backlink>, Vec<&Backlink>) = (Vec::new(), Vec::new());
        for link in parts.backlinks.iter() {
            let paragraph = link.to_paragraph.filter(|paragraph| (*paragraph as usize) < body.paragraphs.len());
            let room = noted.iter().filter(|other| other.to_paragraph == paragraph).count() < NOTES;
            if paragraph.is_some() && room { noted.push(link) } else { others.push(link) }
        }
        let count = |paragraph: u32| parts.backlinks.iter().filter(|link| link.to_paragraph == Some(paragraph)).count();
        let numbers = Some(&*parts.numbers);
        let writer = Writer {
            body,
            links: &parts.links,
            anchors: &anchors(&parts.mentions, &parts.namings),
            base: &self.base,
            policy: self.theme.config.html,
            numbers,
            words: self.words,
        };
        let said = |paragraph: u32| parts.elsewhere.paragraphs.iter().find(|said| said.paragraph == paragraph);
        let is_noted = |paragraph: u32| noted.iter().any(|link| link.to_paragraph == Some(paragraph));
        let html = writer.write(&|paragraph| said(paragraph).is_some() || is_noted(paragraph));
        let sections = html.sections.iter().map(|section| {
            let notes = section.paragraphs.iter().flat_map(|paragraph| {
                let named = parts.numbers.paragraph(body, *paragraph);
                let links: Vec<&Backlink> =
                    noted.iter().filter(|link| link.to_paragraph == Some(*paragraph)).copied().collect();
                let linked = (!links.is_empty()).then(|| self.linked_from(&named, &links, count(*paragraph)));
                let said = said(*paragraph).map(|said| self.said_elsewhere(statement, facts, &named, said));
                said.into_iter().chain(linked)
            });
            let mut notes: Vec<NoteView> = notes.collect();
            note::fold(&mut notes, [&section.html, &section.rest]);
            SectionView { notes, html: safe(&section.html), rest: safe(&section.rest) }
        });
        let sections = sections.collect();
        let summary = front.text(key::SUMMARY).unwrap_or_default();
        // Statements named by an editor are not listed as related again, in any language.
        let is_named = |card: &Card| front.see_also.iter().any(|id| card.key.name() == &*id.text);
        let neighbour = |card: &Option<Stamped<Card>>| card.as_ref().map(|card| self.card(card));
        StatementView {
            page: PageView {
                description: if summary.is_empty() {
                    statement.excerpt_words().chars().take(DESCRIBED).collect()
                } else {
                    summary.to_owned()
                },
                language: statement.language.to_string(),
                direction: direction(&statement.language),
                noindex: is_hidden(statement, facts),
                simulated: facts.simulated,
                edit_url: self.edit_url(&statement.path),
                ..self.page(page, &front.title)
            },
            title: front.title.to_string(),
            facts: FactsView {
                original: parts.original.as_ref().map(|path| self.href(path)),
                ..self.facts(statement, facts)
            },
            summary: summary.to_owned(),
            meta: self.meta(&page.path, statement, facts),
            linked_data: safe(&self.linked_data(&page.path, parts)),
            markdown: self.markdown(&page.path, statement),
            history: self.held_list(&parts.history),
            citation: self.citation(&citable(page, parts)),
            versions: parts
                .versions
                .iter()
                .map(|version| VersionView {
                    language: version.language.to_string(),
                    name: self.theme.languages.name(&version.language),
                    direction: direction(&version.language),
                    url: self.href(&version.key),
                    canonical: self.whole(&version.key),
                    current: *version.key.path() == page.path,
                    delivered: version.delivered,
                })
                .collect(),
            contents: body
                .headings
                .iter()
                .map(|heading| ContentsView {
                    level: heading.level,
                    title: body.words(&heading.text).trim().to_owned(),
                    id: heading.id.to_string(),
                })
                .collect(),
            ranges: length::ranges(body, &parts.numbers, &|at| said(at).is_some() || is_noted(at)),
            length: length::length(body),
            head_matter: front.head_matter.iter().map(|line| line.to_string()).collect(),
            body: BodyView { opening: safe(&html.opening), sections, footnotes: safe(&html.footnotes) },
            carried: carried(parts),
            backlinks: others.into_iter().map(|link| self.backlink(link)).collect(),
            see_also: self.cards(&parts.see_also),
            related: parts.related.iter().filter(|card| !is_named(card)).map(|card| self.card(card)).collect(),
            extra: extra(Some(&front.extra)),
            comparisons: parts.comparisons.iter().map(|of| self.compared_with(statement, of)).collect(),
            positions: parts.positions.iter().map(|link| self.reference(link)).collect(),
            neighbours: NeighboursView {
                previous_by_delegation: neighbour(&parts.neighbours.previous_by_delegation),
                next_by_delegation: neighbour(&parts.neighbours.next_by_delegation),
                previous_in_meeting: neighbour(&parts.neighbours.previous_in_meeting),
                next_in_meeting: neighbour(&parts.neighbours.next_in_meeting),
            },
        }
    }

    fn changed(&self, change: &Change) -> ChangedView {
        let date = change.date.as_ref().map(|date| self.date(date));
        ChangedView { date, note: change.note.as_deref().unwrap_or_default().to_owned() }
    }

    fn facts(&self, statement: &Statement, facts: &Facts) -> FactsView {
        let front = &statement.front;
        let refs = |links: &[Ref]| links.iter().map(|link| self.reference(link)).collect::<Vec<_>>();
        let owned = |text: &Option<Box<str>>| text.as_deref().unwrap_or_default().to_owned();
        let plain = |key| front.text(key).unwrap_or_default().to_owned();
        let further = front.texts.iter().filter(|(key, _)| key.is_shown).map(|(key, text)| label_view(key.name, text));
        let outside = |url: &Option<Box<str>>| {
            url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://")).map(str::to_owned)
        };
        let documents = facts.references.iter().chain(&facts.documents);
        let rights = front.rights.as_ref().map(|rights| {
            [&rights.holder, &rights.license, &rights.note]
                .into_iter()
                .flatten()
                .map(|text| &**text)
                .collect::<Vec<_>>()
                .join("; ")
        });
        FactsView {
            kind: front.kind.map(Kind::word).unwrap_or_default(),
            speaker: facts.speaker.as_ref().map(|speaker| SpeakerView {
                name: speaker.name.to_string(),
                honorific: owned(&speaker.person.honorific),
                role: owned(&speaker.person.role),
                url: speaker.key.as_ref().map(|path| self.href(path)),
            }),
            delegation: facts.delegation.as_ref().map(|link| self.reference(link)),
            on_behalf_of: refs(&facts.on_behalf_of),
            occasion: refs(&facts.occasion),
            meeting_symbol: plain(key::MEETING_SYMBOL),
            date: front.date.as_ref().map(|date| self.date(date)),
            place: plain(key::PLACE),
            cluster: plain(key::CLUSTER),
            further: further.collect(),
            agenda_items: front
                .agenda_items
                .iter()
                .map(|item| {
                    [&item.number, &item.title, &item.subject]
                        .into_iter()
                        .flatten()
                        .map(|text| &**text)
                        .collect::<Vec<_>>()
                        .join(" · ")
                })
                .collect(),
            spoken_language: front.spoken_language.as_ref().map(|tag| self.language(tag)),
            translation: front.translation_kind.map(|kind| kind.word()).unwrap_or_default(),
            topics: refs(&facts.topics),
            rule_topics: refs(&facts.rule_topics),
            references: documents.map(|link| self.document_ref(link, &statement.language)).collect(),
            original: None,
            source: front.source.as_ref().map(|source| SourceView {
                publisher: owned(&source.publisher),
                url: outside(&source.url),
                archived: outside(&source.archived),
                retrieved: source.retrieved.as_ref().map(|date| self.date(date)),
                file: owned(&source.file),
                sha256: owned(&source.sha256),
            }),
            rights: rights.unwrap_or_default(),
            media: front
                .media
                .iter()
                .map(|media| {
                    let kind = media.kind.as_deref().unwrap_or("recording");
                    let known = format!("media.{kind}");
                    let kind = if self.words.has(&known) { self.words.say(&known, &[]) } else { kind.to_owned() };
                    let from = |start: &str| {
                        self.words.say(
                            "media.from",
                            &[("recording", kind.clone().into()), ("start", start.to_owned().into())],
                        )
                    };
                    RefView {
                        title: media.start.as_deref().map_or_else(|| kind.clone(), from),
                        url: outside(&media.url),
                        count: None,
                    }
                })
                .collect(),
            identifiers: front.identifiers.iter().map(|(label, text)| label_view(label, text)).collect(),
            changes: front.changes.iter().map(|change| self.changed(change)).collect(),
            last_change: front
                .changes
                .iter()
                .filter(|change| change.date.is_some())
                .max_by_key(|change| change.date.as_ref().map(Date::latest))
                .map(|change| self.changed(change)),
            text_status: front.text_status.map(|status| status.word()).unwrap_or_default(),
            status: front.status.word(),
            status_note: plain(key::STATUS_NOTE),
            superseded_by: facts.superseded_by.as_ref().map(|link| self.reference(link)),
        }
    }
}

/// Returns which paragraphs repeat earlier statements, and which are new; `None` if none repeats and not all are new.
/// Doubtful ones (by their dates, because they are short or a courtesy, or by another language version) are neither; a
/// quotation is never new.
fn carried(parts: &StatementParts) -> Option<CarriedView> {
    let body = &parts.statement.body;
    let said = |paragraph: u32| parts.elsewhere.paragraphs.iter().find(|said| said.paragraph == paragraph);
    let is_carried = |paragraph: &u32| said(*paragraph).is_some_and(|said| said.is_carried);
    let is_new = |paragraph: &u32| {
        let is_first = said(*paragraph).is_none_or(|said| said.since == said.statements);
        let is_certain = is_first && !parts.elsewhere.doubtful.contains(paragraph) && !body.is_quoted(*paragraph);
        is_certain && is_compared(body.words(&body.paragraphs[*paragraph as usize].text))
    };
    let all = 0..body.paragraphs.len() as u32;
    let link = |paragraph: u32| {
        let named = paragraph_view(&parts.numbers.paragraph(body, paragraph));
        ListedParagraphView { url: format!("#{}", named.anchor), paragraph: named, quoted: body.is_quoted(paragraph) }
    };
    let carried: Vec<ListedParagraphView> = all.clone().filter(is_carried).map(link).collect();
    let new: Vec<ListedParagraphView> = all.clone().filter(is_new).map(link).collect();
    let can_be_new = |at: &u32| !body.is_quoted(*at) && is_compared(body.words(&body.paragraphs[*at as usize].text));
    let is_all_new = !parts.elsewhere.is_in_doubt
        && parts.statement.front.date.is_some()
        && carried.is_empty()
        && !new.is_empty()
        && new.len() == all.filter(can_be_new).count();
    (is_all_new || !carried.is_empty()).then_some(CarriedView { carried, new, is_all_new })
}

/// Returns what citations say of the statement of a page.
fn citable(page: &Page, parts: &StatementParts) -> Citable {
    let mut keys = parts.versions.iter().map(|version| &version.key);
    let key = keys.find(|key| key.path() == &page.path).unwrap_or(&parts.versions[0].key);
    Citable::new(&parts.statement, key, &parts.facts, &parts.versions)
}
