//! A page's parts -> its view, and nothing else goes into it but the site's own values.

use super::html::Writer;
use super::language::direction;
use super::page::{Kind, Page};
use super::parts::{Counted, ListParts, Parts, StatementParts};
use super::theme::Theme;
use super::view::{
    BodyView, BranchView, CardView, CitationView, ContentsView, DateView, FactsView, HomeView, IndexView, LabelView, ListView,
    MetaView, NeighboursView, NoteItemView, NoteView, NotFoundView, PageView, PagerItemView, PagerView, PlainView, RedirectView,
    RefView, SectionView, SourceView, SpeakerView, StatementView, VersionView,
};
use crate::collect::facts::{Card, Facts};
use crate::collect::links::{Backlink, Resolved};
use crate::collect::names::Ref;
use crate::path::SitePath;
use crate::read::body::Body;
use crate::read::date::Date;
use crate::read::statement::{Statement, Status};
use crate::stamp::Stamped;

/// Notes of one kind beside a paragraph, at most.
const NOTES: usize = 5;

/// Says whether search engines are asked to leave a statement out.
pub fn is_hidden(statement: &Statement, facts: &Facts) -> bool {
    facts.simulated || matches!(statement.front.status, Status::Withdrawn | Status::Draft)
}

/// Makes the views of a site's pages.
pub struct Views<'a> {
    pub theme: &'a Theme,
    /// Path of the site's root, with a slash at both ends.
    pub base: String,
}

/// A view of any page, as JSON has it and as templates see it.
#[derive(serde::Serialize)]
#[serde(untagged)]
pub enum View {
    Statement(Box<StatementView>),
    List(Box<ListView>),
    Index(IndexView),
    Home(Box<HomeView>),
    Plain(PlainView),
    NotFound(NotFoundView),
    Redirect(RedirectView),
}

impl<'a> Views<'a> {
    /// Begins with a theme, whose configuration says where the site is.
    pub fn new(theme: &'a Theme) -> Views<'a> {
        Views { theme, base: theme.config.base_path() }
    }

    /// Returns the view of a page that has a template.
    pub fn view(&self, page: &Page) -> Option<View> {
        Some(match &page.parts {
            Parts::StatementParts(parts) => View::Statement(Box::new(self.statement(page, parts))),
            Parts::ListParts(parts) => View::List(Box::new(self.list(page, parts))),
            Parts::IndexParts(parts) => View::Index(IndexView {
                page: self.page(page, &parts.title),
                title: parts.title.to_string(),
                groups: parts.groups.iter().map(|(label, links)| self.branch(label, links)).collect(),
            }),
            Parts::HomeParts(parts) => {
                let title = parts.page.as_ref().map_or(&*self.theme.config.title, |home| &home.title);
                let description = parts.page.as_ref().and_then(|home| home.description.as_deref());
                let body = parts.page.as_ref().map(|home| self.text(&home.body, &parts.links, false));
                View::Home(Box::new(HomeView {
                    page: PageView { description: description.unwrap_or_default().to_owned(), ..self.page(page, title) },
                    title: title.to_owned(),
                    introduction: safe(&body.map(|body| body.0 + &body.1).unwrap_or_default()),
                    latest: parts.latest.iter().map(|card| self.card(card)).collect(),
                    ways: self.refs(&parts.ways),
                    years: self.refs(&parts.years),
                    topics: self.refs(&parts.topics),
                }))
            }
            Parts::PlainParts(parts) => {
                let (html, footnotes) = self.text(&parts.page.body, &parts.links, true);
                View::Plain(PlainView {
                    page: PageView {
                        description: parts.page.description.as_deref().unwrap_or_default().to_owned(),
                        language: parts.page.language.to_string(),
                        direction: direction(&parts.page.language),
                        edit_url: self.edit_url(&parts.page.path),
                        ..self.page(page, &parts.page.title)
                    },
                    title: parts.page.title.to_string(),
                    body: safe(&html),
                    footnotes: safe(&footnotes),
                    backlinks: parts.backlinks.iter().map(|link| self.backlink(link)).collect(),
                })
            }
            Parts::NotFoundParts(parts) => View::NotFound(NotFoundView {
                page: PageView { noindex: true, canonical: String::new(), ..self.page(page, "Page not found") },
                ways: self.refs(&parts.ways),
            }),
            Parts::RedirectParts(parts) => View::Redirect(RedirectView {
                page: PageView { noindex: true, canonical: self.whole(&parts.target), ..self.page(page, "This page has moved") },
                target: self.href(&parts.target),
            }),
            Parts::FeedParts(_) | Parts::SitemapParts(_) | Parts::TextParts(_) | Parts::Copy(_) => return None,
        })
    }

    fn href(&self, path: &SitePath) -> String {
        path.href(&self.base)
    }

    fn whole(&self, path: &SitePath) -> String {
        let origin = self.theme.config.origin();
        if origin.is_empty() { String::new() } else { format!("{origin}{}", self.href(path)) }
    }

    fn edit_url(&self, path: &str) -> Option<String> {
        let template = &self.theme.config.edit_url;
        (!template.is_empty()).then(|| template.replace("{path}", &path.replace(' ', "%20")))
    }

    fn page(&self, page: &Page, title: &str) -> PageView {
        PageView {
            kind: page.kind.word(),
            title: title.to_owned(),
            url: self.href(&page.path),
            canonical: self.whole(&page.path),
            language: self.theme.config.language.clone(),
            direction: direction(&self.theme.config.language),
            ..PageView::default()
        }
    }

    fn reference(&self, link: &Ref) -> RefView {
        RefView { title: link.title.to_string(), url: link.path.as_ref().map(|path| self.href(path)), count: None }
    }

    fn refs(&self, links: &Counted) -> Vec<RefView> {
        links.iter().map(|(link, count)| RefView { count: *count, ..self.reference(link) }).collect()
    }

    fn branch(&self, label: &str, links: &Counted) -> BranchView {
        BranchView { label: label.to_owned(), items: self.refs(links) }
    }

    fn card(&self, card: &Card) -> CardView {
        CardView {
            title: card.title.to_string(),
            url: self.href(&card.path),
            language: card.language.to_string(),
            direction: direction(&card.language),
            date: card.date.as_ref().map(date_view),
            delegation: card.delegation.as_ref().map(|link| self.reference(link)),
            on_behalf_of: card.on_behalf_of.iter().map(|link| self.reference(link)).collect(),
            occasion: card.occasion.to_string(),
            kind: card.kind.map(|kind| kind.label().to_owned()).unwrap_or_default(),
            excerpt: card.excerpt.to_string(),
            simulated: card.simulated,
            status: card.status.word(),
        }
    }

    fn cards(&self, cards: &[Stamped<Card>]) -> Vec<CardView> {
        cards.iter().map(|card| self.card(card)).collect()
    }

    fn backlink(&self, link: &Backlink) -> NoteItemView {
        let fragment = link.from_paragraph.map(|paragraph| format!("#p{}", paragraph + 1)).unwrap_or_default();
        let paragraph = link.from_paragraph.map(|paragraph| format!("paragraph {}", paragraph + 1));
        let detail: Vec<String> = Some(link.detail.to_string()).filter(|detail| !detail.is_empty()).into_iter().chain(paragraph).collect();
        NoteItemView {
            title: link.title.to_string(),
            url: format!("{}{fragment}", self.href(&link.path)),
            language: link.language.to_string(),
            direction: direction(&link.language),
            detail: detail.join(", "),
            simulated: link.simulated,
        }
    }

    /// Returns a text as HTML, and its footnotes.
    fn text(&self, body: &Body, links: &[Resolved], anchors: bool) -> (String, String) {
        let writer = Writer { body, links, base: &self.base, policy: self.theme.config.html, anchors };
        let html = writer.write(&|_| false);
        (html.opening, html.footnotes)
    }

    fn statement(&self, page: &Page, parts: &StatementParts) -> StatementView {
        let (statement, facts) = (&*parts.statement, &*parts.facts);
        let front = &statement.front;
        let body = &statement.body;
        let (noted, others): (Vec<&Backlink>, Vec<&Backlink>) = parts
            .backlinks
            .iter()
            .partition(|link| link.to_paragraph.is_some_and(|paragraph| (paragraph as usize) < body.paragraphs.len()));
        let writer =
            Writer { body, links: &parts.links, base: &self.base, policy: self.theme.config.html, anchors: true };
        let html = writer.write(&|paragraph| noted.iter().any(|link| link.to_paragraph == Some(paragraph)));
        let sections = html.sections.iter().map(|section| {
            let notes = section.paragraphs.iter().map(|paragraph| {
                let links: Vec<&&Backlink> = noted.iter().filter(|link| link.to_paragraph == Some(*paragraph)).collect();
                NoteView {
                    label: "Linked from".into(),
                    paragraph: format!("p{}", paragraph + 1),
                    count: links.len(),
                    items: links.into_iter().take(NOTES).map(|link| self.backlink(link)).collect(),
                }
            });
            SectionView { notes: notes.collect(), html: safe(&section.html), rest: safe(&section.rest) }
        });
        let sections = sections.collect();
        let summary = front.summary.as_deref().unwrap_or_default();
        let neighbour = |card: &Option<Stamped<Card>>| card.as_ref().map(|card| self.card(card));
        StatementView {
            page: PageView {
                description: if summary.is_empty() { body.words(&statement.excerpt).chars().take(200).collect() } else { summary.to_owned() },
                language: statement.language.to_string(),
                direction: direction(&statement.language),
                noindex: is_hidden(statement, facts),
                simulated: facts.simulated,
                edit_url: self.edit_url(&statement.path),
                ..self.page(page, &front.title)
            },
            title: front.title.to_string(),
            facts: self.facts(statement, facts),
            summary: summary.to_owned(),
            meta: if facts.simulated { Vec::new() } else { self.meta(&page.path, statement, facts) },
            citation: CitationView { text: citation(statement, facts), url: Some(self.whole(&page.path)).filter(|url| !url.is_empty()).unwrap_or_else(|| self.href(&page.path)) },
            versions: parts
                .versions
                .iter()
                .map(|version| VersionView {
                    language: version.language.to_string(),
                    name: self.theme.languages.name(&version.language),
                    direction: direction(&version.language),
                    url: self.href(&version.path),
                    canonical: self.whole(&version.path),
                    current: version.path == page.path,
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
            body: BodyView { opening: safe(&html.opening), sections, footnotes: safe(&html.footnotes) },
            backlinks: others.into_iter().map(|link| self.backlink(link)).collect(),
            see_also: self.cards(&parts.see_also),
            related: self.cards(&parts.related),
            neighbours: NeighboursView {
                previous_by_delegation: neighbour(&parts.neighbours.previous_by_delegation),
                next_by_delegation: neighbour(&parts.neighbours.next_by_delegation),
                previous_in_meeting: neighbour(&parts.neighbours.previous_in_meeting),
                next_in_meeting: neighbour(&parts.neighbours.next_in_meeting),
            },
        }
    }

    fn facts(&self, statement: &Statement, facts: &Facts) -> FactsView {
        let front = &statement.front;
        let refs = |links: &[Ref]| links.iter().map(|link| self.reference(link)).collect::<Vec<_>>();
        let owned = |text: &Option<Box<str>>| text.as_deref().unwrap_or_default().to_owned();
        let outside = |url: &Option<Box<str>>| {
            url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://")).map(str::to_owned)
        };
        let document_url = |link: &Ref| RefView {
            url: link.path.as_ref().map(|path| self.href(path)),
            ..self.reference(link)
        };
        let rights = front.rights.as_ref().map(|rights| {
            [&rights.holder, &rights.license, &rights.note].into_iter().flatten().map(|text| &**text).collect::<Vec<_>>().join("; ")
        });
        FactsView {
            kind: front.kind.map(|kind| kind.label().to_owned()).unwrap_or_default(),
            speaker: facts.speaker.as_ref().map(|speaker| SpeakerView {
                name: speaker.name.to_string(),
                honorific: owned(&speaker.person.honorific),
                role: owned(&speaker.person.role),
                url: speaker.path.as_ref().map(|path| self.href(path)),
            }),
            delegation: facts.delegation.as_ref().map(|link| self.reference(link)),
            on_behalf_of: refs(&facts.on_behalf_of),
            occasion: refs(&facts.occasion),
            meeting_symbol: owned(&front.meeting_symbol),
            date: front.date.as_ref().map(date_view),
            place: owned(&front.place),
            cluster: owned(&front.cluster),
            agenda_items: front
                .agenda_items
                .iter()
                .map(|item| [&item.number, &item.title, &item.subject].into_iter().flatten().map(|text| &**text).collect::<Vec<_>>().join(" · "))
                .collect(),
            spoken_language: front.spoken_language.as_ref().map(|tag| self.theme.languages.name(tag)).unwrap_or_default(),
            translation: front.translation_kind.map(|kind| kind.label().to_owned()).unwrap_or_default(),
            topics: refs(&facts.topics),
            rule_topics: refs(&facts.rule_topics),
            references: facts.references.iter().map(document_url).collect(),
            source: front.source.as_ref().map(|source| SourceView {
                publisher: owned(&source.publisher),
                url: outside(&source.url),
                archived: outside(&source.archived),
                retrieved: source.retrieved.as_ref().map(Date::words).unwrap_or_default(),
                file: owned(&source.file),
                sha256: owned(&source.sha256),
            }),
            rights: rights.unwrap_or_default(),
            media: front
                .media
                .iter()
                .map(|media| {
                    let start = media.start.as_ref().map(|start| format!(" from {start}")).unwrap_or_default();
                    RefView { title: format!("{}{start}", media.kind.as_deref().unwrap_or("recording")), url: outside(&media.url), count: None }
                })
                .collect(),
            identifiers: front.identifiers.iter().map(|(label, text)| LabelView { label: label.to_string(), text: text.to_string() }).collect(),
            changes: front
                .changes
                .iter()
                .map(|change| LabelView {
                    label: change.date.as_ref().map(Date::words).unwrap_or_default(),
                    text: owned(&change.note),
                })
                .collect(),
            text_status: front.text_status.map(|status| status.label().to_owned()).unwrap_or_default(),
            status: front.status.word(),
            status_note: owned(&front.status_note),
            superseded_by: facts.superseded_by.as_ref().map(|link| self.reference(link)),
        }
    }

    /// Head tags in the form that makes Zotero's Embedded Metadata translator see a presentation.
    fn meta(&self, path: &SitePath, statement: &Statement, facts: &Facts) -> Vec<MetaView> {
        let front = &statement.front;
        let mut tags = vec![MetaView { name: "z.itemType", content: "presentation".into() }];
        let mut tag = |name: &'static str, content: String| {
            if !content.is_empty() {
                tags.push(MetaView { name, content });
            }
        };
        tag("citation_title", front.title.to_string());
        let author = match (&facts.speaker, &facts.delegation) {
            (Some(speaker), _) => match (&speaker.person.family, &speaker.person.given) {
                // A comma between two halves that both have a space is read as two people; a semicolon keeps them one.
                (Some(family), Some(given)) if family.contains(' ') && given.contains(' ') => format!("{family}, {given};"),
                (Some(family), Some(given)) => format!("{family}, {given}"),
                _ => format!("{},", speaker.name),
            },
            (None, Some(delegation)) => format!("{},", delegation.title),
            (None, None) => String::new(),
        };
        tag("citation_author", author);
        let date = front.date.as_ref().filter(|date| !date.is_interval());
        tag("citation_date", date.map(|date| date.known().replace('-', "/")).unwrap_or_default());
        tag("citation_language", statement.language.to_string());
        tag("citation_public_url", self.whole(path));
        for topic in &facts.topics {
            tag("citation_keywords", topic.title.to_string());
        }
        tag("bib.presentedAt", facts.occasion.iter().map(|part| &*part.title).collect::<Vec<_>>().join(", "));
        tag("eprints.event_location", front.place.as_deref().unwrap_or_default().to_owned());
        tag("DC.type", front.kind.map_or("Statement", |kind| kind.label()).to_owned());
        let rights = front.rights.as_ref().and_then(|rights| rights.license.as_deref().or(rights.note.as_deref()));
        tag("DCTERMS.rights", rights.unwrap_or_default().to_owned());
        tags
    }

    fn list(&self, page: &Page, parts: &ListParts) -> ListView {
        let head = &parts.head;
        let number = parts.pager.current.map(|number| format!(", page {number}")).unwrap_or_default();
        let introduction = parts.record.as_ref().map(|record| {
            let (html, footnotes) = self.text(&record.body, &parts.links, false);
            html + &footnotes
        });
        ListView {
            page: PageView {
                noindex: head.simulated,
                simulated: head.simulated,
                feed: parts.pager.feed.then(|| format!("{}feed.xml", self.href(&parts.pager.list))),
                edit_url: parts.record.as_ref().and_then(|record| self.edit_url(&record.path)),
                ..self.page(page, &format!("{}{number}", head.title))
            },
            title: format!("{}{number}", head.title),
            facts: head.facts.iter().map(|(label, text)| LabelView { label: label.to_string(), text: text.to_string() }).collect(),
            trail: head.trail.iter().map(|link| self.reference(link)).collect(),
            introduction: safe(&introduction.unwrap_or_default()),
            branches: if parts.pager.current.is_none() {
                head.branches.iter().map(|(label, links)| self.branch(label, links)).collect()
            } else {
                Vec::new()
            },
            order: if page.kind == Kind::Meeting { "In speaking order, where it is known".into() } else { String::new() },
            cards: self.cards(&parts.cards),
            rule_cards: self.cards(&parts.rule_cards),
            pager: self.pager(parts),
            backlinks: parts.backlinks.iter().map(|link| self.backlink(link)).collect(),
        }
    }

    fn pager(&self, parts: &ListParts) -> PagerView {
        let pager = &parts.pager;
        let list = self.href(&pager.list);
        let page = |number: usize| format!("{list}p/{number}/");
        if pager.numbered == 0 {
            return PagerView { newer: None, older: None, pages: Vec::new() };
        }
        let latest = PagerItemView { title: "Latest".into(), url: list.clone(), current: pager.current.is_none() };
        let numbered = (1..=pager.numbered).rev().map(|number| PagerItemView {
            title: number.to_string(),
            url: page(number),
            current: pager.current == Some(number),
        });
        PagerView {
            newer: pager.current.map(|number| if number == pager.numbered { list.clone() } else { page(number + 1) }),
            older: match pager.current {
                None => Some(page(pager.numbered)),
                Some(number) => (number > 1).then(|| page(number - 1)),
            },
            pages: std::iter::once(latest).chain(numbered).collect(),
        }
    }
}

fn safe(html: &str) -> tera::Value {
    tera::Value::safe_string(html)
}

fn date_view(date: &Date) -> DateView {
    let machine = if date.is_interval() { String::new() } else { date.known() };
    DateView { words: date.words(), machine, edtf: date.edtf().to_owned() }
}

/// Returns the citation as a sentence.
fn citation(statement: &Statement, facts: &Facts) -> String {
    let front = &statement.front;
    let who = match (&facts.speaker, &facts.delegation) {
        (Some(speaker), Some(delegation)) => Some(format!("{} ({})", speaker.name, delegation.title)),
        (Some(speaker), None) => Some(speaker.name.to_string()),
        (None, Some(delegation)) => Some(delegation.title.to_string()),
        (None, None) => None,
    };
    let occasion: Vec<&str> = facts.occasion.iter().map(|part| &*part.title).collect();
    let simulated = facts.simulated.then(|| "simulated".to_owned());
    let parts = who
        .into_iter()
        .chain([format!("“{}”", front.title)])
        .chain(Some(occasion.join(", ")).filter(|occasion| !occasion.is_empty()))
        .chain(front.meeting_symbol.as_deref().map(str::to_owned))
        .chain(Some(front.date.as_ref().map_or_else(|| "no date".to_owned(), Date::words)))
        .chain(simulated);
    parts.collect::<Vec<_>>().join(", ") + "."
}
