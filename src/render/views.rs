//! A page's parts -> its view, which contains nothing else but the site's own values.

mod akoma;
mod changes;
mod citation;
mod comparison;
mod data;
mod document;
mod head;
mod held;
mod home;
mod index;
mod languages;
mod length;
mod list;
mod note;
mod paragraph;
mod passage;
mod position;
mod positions;
mod statement;
mod subject;
mod titles;
mod topic;
mod twin;

use super::html::Writer;
use super::language::direction;
use super::page::Page;
use super::parts::{ListParts, Parts};
use super::theme::Theme;
use super::view::{
    BranchView, CardView, ComparisonView, DataView, DateView, DocumentView, ExtractsView, HeldView, HomeView,
    IndexView, LabelView, LanguageView, ListView, MatrixView, NotFoundView, NoteItemView, PageView, PagerItemView,
    PagerView, PassageView, PassagesView, PlainView, PositionView, PositionsView, RedirectView, RefView, SearchView,
    StatementView,
};
use super::words::Words;
use crate::collect::card::Card;
use crate::collect::facts::Facts;
use crate::collect::links::{Backlink, Resolved};
use crate::collect::names::{Counted, Ref};
use crate::collect::title::Title;
use crate::key::{Key, STATEMENTS};
use crate::path::SitePath;
use crate::read::body::Body;
use crate::read::date::Date;
use crate::read::numbers::Numbers;
use crate::read::statement::{Statement, Status};
use crate::stamp::Stamped;
pub use changes::change_views;
use paragraph::paragraph_view;
use subject::{DESCRIBED, extra};

/// Returns whether search engines are asked not to index a statement.
pub fn is_hidden(statement: &Statement, facts: &Facts) -> bool {
    facts.simulated || matches!(statement.front.status, Status::Withdrawn | Status::Draft)
}

/// Returns the title of an index: `Topics` for `topics`.
pub fn room_title(room: &str) -> Title {
    Title::entry(format!("room.{room}"))
}

/// Returns the link to the list of all statements, for the trail of pages that belong to no other list.
fn all_statements() -> Ref {
    Ref { title: room_title(STATEMENTS), key: Some(Key::statements()) }
}

/// Makes the views of a site's pages.
pub struct Views<'a> {
    /// The theme, with the settings of site.toml.
    pub theme: &'a Theme,
    /// The words of the page's language.
    pub words: &'a Words,
    /// The language of the page's interface, as site.toml names it.
    pub language: String,
    /// Path of the site's root, with a slash at both ends.
    pub base: String,
}

/// The view of any page, as templates get it and as `plenary view` prints it.
#[derive(serde::Serialize)]
#[serde(untagged)]
pub enum View {
    /// A language version of a statement.
    Statement(Box<StatementView>),
    /// Two texts side by side.
    Comparison(Box<ComparisonView>),
    /// What the collection held of a text from a day on.
    Held(Box<HeldView>),
    /// One page of a list of statements.
    List(Box<ListView>),
    /// A document, and who cites it.
    Document(Box<DocumentView>),
    /// What a delegation said on a topic over time.
    Position(Box<PositionView>),
    /// Words that several statements share.
    Passage(Box<PassageView>),
    /// The passages that were repeated most.
    Passages(PassagesView),
    /// What was said on a topic in a session.
    Extracts(Box<ExtractsView>),
    /// Who has spoken on a topic, and when.
    Matrix(Box<MatrixView>),
    /// What two delegations said on a topic, side by side.
    Positions(Box<PositionsView>),
    /// All topics, all delegations, and so on.
    Index(IndexView),
    /// The home page.
    Home(Box<HomeView>),
    /// A plain page.
    Plain(PlainView),
    /// The search.
    Search(SearchView),
    /// The page about the tables.
    Data(Box<DataView>),
    /// The page for missing pages.
    NotFound(NotFoundView),
    /// A small page at an old address.
    Redirect(RedirectView),
}

impl<'a> Views<'a> {
    /// Returns the maker of views in a language of the site; the theme's configuration gives the site's base path.
    pub fn new(theme: &'a Theme, language: &str) -> Views<'a> {
        Views { theme, words: theme.words(language), language: language.to_owned(), base: theme.config.base_path() }
    }

    /// Returns the view of a page that has a template.
    pub fn view(&self, page: &Page) -> Option<View> {
        Some(match &page.parts {
            Parts::StatementParts(parts) => View::Statement(Box::new(self.statement(page, parts))),
            Parts::ComparisonParts(parts) => View::Comparison(Box::new(self.comparison(page, parts))),
            Parts::HeldParts(parts) => View::Held(Box::new(self.held(page, parts))),
            Parts::ListParts(parts) => View::List(Box::new(self.list(page, parts))),
            Parts::DocumentParts(parts) => View::Document(Box::new(self.document(page, parts))),
            Parts::PassageParts(parts) => View::Passage(Box::new(self.passage(page, parts))),
            Parts::PassagesParts(parts) => View::Passages(self.passages(page, parts)),
            Parts::PositionParts(parts) => View::Position(Box::new(self.position(page, parts))),
            Parts::ExtractsParts(parts) => View::Extracts(Box::new(self.extracts(page, parts))),
            Parts::TwoPositionsParts(parts) => View::Positions(Box::new(self.positions(page, parts))),
            Parts::MatrixParts(parts) => View::Matrix(Box::new(self.matrix(page, parts))),
            Parts::IndexParts(parts) => View::Index(self.index(page, parts)),
            Parts::HomeParts(parts) => View::Home(Box::new(self.home(page, parts))),
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
                    extra: extra(Some(&parts.page.extra)),
                    footnotes: safe(&footnotes),
                    cards: self.cards(&parts.cards),
                    backlinks: parts.backlinks.iter().map(|link| self.backlink(link)).collect(),
                })
            }
            Parts::SearchParts(parts) => {
                let title = self.words.say("search.title", &[]);
                View::Search(SearchView { page: self.page(page, &title), title, ways: self.refs(&parts.ways) })
            }
            Parts::DataParts(parts) => View::Data(Box::new(self.data(page, parts))),
            Parts::NotFoundParts(parts) => View::NotFound(NotFoundView {
                page: PageView {
                    noindex: true,
                    canonical: String::new(),
                    languages: self.homes(),
                    ..self.page(page, &self.words.say("not-found.title", &[]))
                },
                ways: self.refs(&parts.ways),
            }),
            Parts::RedirectParts(parts) => View::Redirect(RedirectView {
                page: PageView {
                    noindex: true,
                    canonical: self.whole(&parts.target),
                    ..self.page(page, &self.words.say("moved.title", &[]))
                },
                target: self.href(&parts.target),
            }),
            Parts::FeedParts(_)
            | Parts::CitationsParts(_)
            | Parts::SitemapParts(_)
            | Parts::TableParts(_)
            | Parts::PackageParts(_)
            | Parts::ManifestParts(_)
            | Parts::CorpusParts(_)
            | Parts::TwinParts(_)
            | Parts::AkomaParts(_)
            | Parts::SearchIndexParts(_)
            | Parts::SearchFileParts(_)
            | Parts::TextParts(_)
            | Parts::PictureParts(_)
            | Parts::Copy(_) => return None,
        })
    }

    fn href(&self, to: &impl AsRef<SitePath>) -> String {
        to.as_ref().href(&self.base)
    }

    fn whole(&self, to: &impl AsRef<SitePath>) -> String {
        let origin = self.theme.config.origin();
        if origin.is_empty() { String::new() } else { format!("{origin}{}", self.href(to)) }
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
            language: self.language.clone(),
            direction: direction(&self.language),
            languages: self.alternates(page),
            ..PageView::default()
        }
    }

    fn reference(&self, link: &Ref) -> RefView {
        RefView { title: self.title(&link.title), url: link.key.as_ref().map(|key| self.href_here(key)), count: None }
    }

    /// Returns a title in the language of the page.
    fn title(&self, title: &Title) -> String {
        self.words.title(title)
    }

    /// Returns titles one after the other.
    fn titles(&self, titles: &[Title]) -> String {
        self.title(&Title::joined(titles.iter().cloned()))
    }

    /// Returns the title of a page of a list; the list's own page has no number.
    fn numbered(&self, title: String, page: Option<usize>) -> String {
        match page {
            Some(page) => self.words.say("list.page", &[("title", title.into()), ("page", page.into())]),
            None => title,
        }
    }

    fn date(&self, date: &Date) -> DateView {
        let machine = if date.is_interval() { String::new() } else { date.known() };
        DateView { words: self.words.date(date), machine, edtf: date.edtf().to_owned() }
    }

    /// Returns a date below a heading that says its year; `None` if it says no more.
    fn date_within_year(&self, date: &Date) -> Option<DateView> {
        Some(DateView { words: self.words.date_within_year(date)?, ..self.date(date) })
    }

    fn language(&self, tag: &str) -> LanguageView {
        LanguageView { language: tag.to_owned(), name: self.theme.languages.name(tag), direction: direction(tag) }
    }

    fn refs(&self, links: &Counted) -> Vec<RefView> {
        links.iter().map(|(link, count)| RefView { count: *count, ..self.reference(link) }).collect()
    }

    fn branch(&self, label: &Title, links: &Counted) -> BranchView {
        let mut items = self.refs(links);
        // What is counted keeps its order: "2nd session", "10th session", however a language writes them.
        if !links.iter().any(|(link, _)| link.title.contains(|c: char| c.is_ascii_digit())) {
            items.sort_by_cached_key(|link| self.words.order.key(&link.title));
        }
        BranchView { label: self.title(label), items }
    }

    fn card(&self, card: &Card) -> CardView {
        CardView {
            title: card.title.to_string(),
            url: self.href(&card.key),
            language: card.language.to_string(),
            direction: direction(&card.language),
            date: card.date.as_ref().map(|date| self.date(date)),
            delegation: card.delegation.as_ref().map(|link| self.reference(link)),
            on_behalf_of: card.on_behalf_of.iter().map(|link| self.reference(link)).collect(),
            speaker: String::new(),
            occasion: self.titles(&card.occasion),
            named_by: "title",
            kind: card.kind.map(|kind| self.words.say(&format!("kind.{}", kind.word()), &[])).unwrap_or_default(),
            excerpt: card.excerpt.to_string(),
            phrase: String::new(),
            after: String::new(),
            excerpt_url: None,
            paragraph: None,
            paragraphs: 0,
            simulated: card.simulated,
            status: card.status.word(),
        }
    }

    fn cards(&self, cards: &[Stamped<Card>]) -> Vec<CardView> {
        cards.iter().map(|card| self.card(card)).collect()
    }

    fn backlink(&self, link: &Backlink) -> NoteItemView {
        NoteItemView {
            title: link.title.to_string(),
            named_by: "title",
            url: self.href_of(&link.key, link.from.as_ref()),
            language: link.language.to_string(),
            direction: direction(&link.language),
            delegation: link.delegation.to_string(),
            date: link.date.as_ref().map(|date| self.title(date)).unwrap_or_default(),
            paragraph: link.from.as_ref().map(paragraph_view),
            quoted: false,
            simulated: link.simulated,
            words: String::new(),
            changes: Vec::new(),
        }
    }

    /// Returns a text as HTML, and its footnotes.
    fn text(&self, body: &Body, links: &[Resolved], anchors: bool) -> (String, String) {
        let numbers = anchors.then_some(Numbers::COUNTED);
        let (policy, words) = (self.theme.config.html, self.words);
        let writer = Writer { body, links, anchors: &[], base: &self.base, policy, numbers, words };
        let html = writer.write(&|_| false);
        (html.opening, html.footnotes)
    }

    fn pager(&self, parts: &ListParts) -> PagerView {
        let pager = &parts.pager;
        let list = self.href_here(&pager.list);
        let page = |number: usize| format!("{list}p/{number}/");
        if pager.numbered == 0 {
            return PagerView { newer: None, older: None, pages: Vec::new() };
        }
        let latest = PagerItemView {
            title: self.words.say("pager.latest", &[]),
            url: list.clone(),
            current: pager.current.is_none(),
        };
        let numbered = (1..=pager.numbered).rev().map(|number| PagerItemView {
            title: self.words.number(number as u64),
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

/// A text that is an address leads there.
fn label_view(label: &str, text: &str) -> LabelView {
    let is_address = ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme));
    let url = is_address.then(|| text.to_owned());
    LabelView { label: label.to_owned(), text: text.to_owned(), url, language: None }
}
