//! The whole build on one screen, for `build` and `serve` alike.

mod site;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil;

use crate::active::{self, Findings};
use crate::collect::left_out::LeftOut;
use crate::collect::works::Choice;
use crate::collect::{self, Content, Locks};
use crate::config::{self, ActiveFiles, Config, Outputs};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::history::{self, KeptDated, KeptHistories};
use crate::memo::Memo;
use crate::path::SitePath;
use crate::read::lock::Lock;
use crate::read::{self, Read};
use crate::render::layout::{self, Layout};
use crate::render::page::Kind;
use crate::render::theme::Theme;
use crate::render::{menu, rooted, settle, tally};
use crate::sources::log::Log;
use crate::sources::{Source, Sources};
use crate::stamp::{Stamp, Stamped};
pub use site::Site;

/// The settings of a run that are not in site.toml.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Whether drafts are in the site.
    pub drafts: bool,
    /// The day on which the site is published: texts under embargo until then are in it. `None` leaves out all of
    /// these.
    pub as_of: Option<civil::Date>,
    /// Replaces the `base_url` of site.toml.
    pub base_url: Option<String>,
    /// Whether every page says that this is a preview, and asks search engines to leave it out.
    pub preview: bool,
    /// Replaces the table `outputs` of site.toml.
    pub outputs: Option<Outputs>,
}

/// Makes sites from sources, and keeps what the next run can use again.
pub struct Pipeline {
    settings: Settings,
    reads: Memo<Arc<str>, Arc<Read>>,
    pointers: Memo<Arc<str>, bool>,
    active: Memo<Arc<str>, Arc<Findings>>,
    locks: Memo<Arc<str>, Arc<ReadLock>>,
    histories: KeptHistories,
    dated: KeptDated,
    collect: Option<(usize, collect::State)>,
    theme: Option<(Stamp, Arc<Theme>, Vec<Diagnostic>)>,
}

/// A lock and its problems.
type ReadLock = (Stamped<Lock>, Vec<Diagnostic>);

impl Pipeline {
    /// Creates a pipeline with nothing kept.
    pub fn new(settings: Settings) -> Pipeline {
        Pipeline {
            settings,
            reads: Memo::default(),
            pointers: Memo::default(),
            active: Memo::default(),
            locks: Memo::default(),
            histories: KeptHistories::default(),
            dated: KeptDated::default(),
            collect: None,
            theme: None,
        }
    }

    /// Makes the site of these sources: read → collect → lay out. The bytes of pages are made on demand by
    /// [`Site::render`].
    pub fn run(&mut self, sources: &Sources) -> Site {
        let mut out = sources.diagnostics.clone();
        let config = Arc::new(self.config(sources.config.as_ref(), &mut out));
        let pointers = self.pointers(sources, &mut out);
        let mut content = self.read(&config, &sources.content, &mut out);
        content.attachments.retain(|path| !pointers.contains(path));
        content.active = self.active(&config, &sources.content);
        content.statics = sources.statics.iter().map(|source| Arc::clone(&source.path)).collect();
        content.locks = self.locks(&sources.locks, &mut out);
        self.history(&config, sources.log.as_deref(), &mut content, &mut out);

        let choice = Choice { drafts: self.settings.drafts, as_of: self.settings.as_of };
        // The state was built for a fixed number of related statements, so a new number needs a new state.
        let kept = self.collect.take().filter(|(related, _)| *related == config.related);
        let (_, mut state) = kept.unwrap_or_else(|| (config.related, collect::State::new(config.related)));
        let collection = collect::collect(content, choice, &config, &mut state, &mut out);
        self.collect = Some((config.related, state));

        let menu = menu::links(&config, &collection);
        let theme = self.theme(&config, &menu, sources, &mut out);
        let mut layout = Layout { config: &config, theme: theme.stamp, pages: Vec::new() };
        layout.collection(&collection);
        let attached: HashMap<&str, &SitePath> = collection.attachments.iter().map(|(of, to)| (&**of, to)).collect();
        for source in sources.content.iter().filter(|source| !source.path.ends_with(".md")) {
            if let Some(path) = attached.get(&*source.path) {
                layout.copy((*path).clone(), source);
            }
        }
        let mut redirects = None;
        for source in sources.statics.iter().filter(|source| !pointers.contains(&source.path)) {
            if &*source.path == layout::REDIRECTS {
                redirects = text(source, &mut out);
            } else if let Some(path) = layout::static_path(source, "static/", &mut out) {
                layout.copy(path, source);
            }
        }
        layout.host_files(&collection, redirects);
        // A file in the site's `static/` replaces the theme's file of the same name.
        let mut assets: HashMap<&SitePath, &Source> =
            theme.assets.iter().map(|(path, source)| (path, source)).collect();
        for page in layout.pages.iter().filter(|page| page.kind != Kind::Redirect) {
            assets.remove(&page.path);
        }
        for (path, source) in theme.assets.iter().filter(|(path, _)| assets.contains_key(path)) {
            layout.copy(path.clone(), source);
        }
        let mut pages = settle::settle(layout.pages, &mut out);
        layout::data::sum_up(&mut pages, theme.stamp);
        rooted::check(&collection, &config, sources.config.as_ref(), &pages, &mut out);
        out.extend(tally::too_many_files(&pages));
        out.sort();
        out.dedup();
        let left_out = collection.kept_back.iter().map(|(statement, _)| LeftOut::new(statement, choice));
        let mut left_out: Vec<LeftOut> = left_out.collect();
        left_out.sort_by(|a, b| a.path.cmp(&b.path));
        Site { pages, diagnostics: out, left_out, config, theme }
    }

    fn config(&self, source: Option<&Source>, out: &mut Vec<Diagnostic>) -> Config {
        let Some(text) = source.and_then(|source| text(source, out)) else { return Config::default() };
        let (mut config, mut problems) = config::read(&text);
        if let Some(outputs) = &self.settings.outputs {
            config.outputs.clone_from(outputs);
        }
        if let Some(base_url) = &self.settings.base_url {
            config.base_url.clone_from(base_url);
            problems.retain(|problem| problem.code != Code::MissingBaseUrl);
        }
        config.preview = self.settings.preview;
        out.extend(problems);
        config
    }

    fn theme(
        &mut self,
        config: &Arc<Config>,
        menu: &[menu::Link],
        sources: &Sources,
        out: &mut Vec<Diagnostic>,
    ) -> Arc<Theme> {
        out.extend(Theme::unknown(config, &sources.themes));
        let stamp = Theme::stamp_of(config, menu, sources);
        let (_, theme, problems) = match self.theme.take() {
            Some(kept) if kept.0 == stamp => self.theme.insert(kept),
            _ => {
                let mut problems = Vec::new();
                let theme = Arc::new(Theme::load(config, menu, sources, &mut problems));
                self.theme.insert((stamp, theme, problems))
            }
        };
        out.extend(problems.iter().cloned());
        Arc::clone(theme)
    }

    /// Finds and reports the files whose content Git LFS has not fetched.
    fn pointers(&mut self, sources: &Sources, out: &mut Vec<Diagnostic>) -> BTreeSet<Arc<str>> {
        let files = sources.content.iter().filter(|source| !source.path.ends_with(".md"));
        let small: Vec<&Source> =
            files.chain(&sources.statics).filter(|source| source.size() <= read::text::LARGEST_POINTER).collect();
        let found = self.pointers.update(
            &small,
            |source| (Arc::clone(&source.path), source.stamp),
            |source| is_pointer(source),
        );
        let paths: BTreeSet<Arc<str>> =
            small.iter().zip(found).filter(|(_, found)| *found).map(|(source, _)| Arc::clone(&source.path)).collect();
        out.extend(paths.iter().map(read::text::pointer));
        paths
    }

    /// Finds the files next to the texts that could act when a reader opens them, unless the site allows these. A file
    /// is examined again only if it changed.
    fn active(&mut self, config: &Config, sources: &[Source]) -> BTreeMap<Arc<str>, Option<Diagnostic>> {
        if config.active_files == ActiveFiles::Allow {
            return BTreeMap::new();
        }
        let files = sources.iter().filter(|source| !source.path.ends_with(".md") && active::may_act(&source.path));
        let files: Vec<&Source> = files.collect();
        let found = self.active.update(
            &files,
            |source| (Arc::clone(&source.path), source.stamp),
            // A file that cannot be read is reported when it is copied.
            |source| {
                Arc::new(source.load().map_or_else(|_| Findings::new(), |bytes| active::findings(&source.path, &bytes)))
            },
        );
        let active = files.iter().zip(found).filter(|(_, found)| !found.is_empty());
        active
            .map(|(source, found)| {
                let problem = (config.active_files == ActiveFiles::Ask).then(|| {
                    let found = found.iter().copied().collect::<Vec<_>>().join(", ");
                    let message = format!("the file is not published: it contains {found}");
                    let help = "publish it as PDF or text instead, or decide for all such files in site.toml: \
                                active_files = \"withhold\" leaves them out without a warning, \"allow\" publishes them";
                    Diagnostic::new(Code::ActiveFile, Place::file(&source.path), message).help(help)
                });
                (Arc::clone(&source.path), problem)
            })
            .collect()
    }

    /// Adds the history of the texts from git, if site.toml enables it.
    fn history(&mut self, config: &Config, log: Option<&Log>, content: &mut Content, out: &mut Vec<Diagnostic>) {
        if !config.history.is_wanted() {
            return;
        }
        let missing = Log::Missing("the files are not on a disk".into());
        let log = log.unwrap_or(&missing);
        out.extend(history::problem(log));
        let histories = history::histories(log, &content.statements, &read::Options::new(config), &mut self.histories);
        if config.history.added {
            history::date(&mut content.statements, &histories, &mut self.dated);
        }
        if config.history.texts {
            let held = histories.into_iter().filter(|(_, of)| !of.held.is_empty());
            content.history = held.map(|(path, of)| (path, of.held)).collect();
        }
    }

    fn locks(&mut self, sources: &[Source], out: &mut Vec<Diagnostic>) -> Locks {
        let locks = self.locks.update(
            sources,
            |source| (Arc::clone(&source.path), source.stamp),
            |source| {
                let mut problems = Vec::new();
                let lock = match source.load() {
                    Ok(bytes) => Lock::read(&source.path, &bytes, &mut problems),
                    Err(error) => {
                        problems.push(source.unreadable(&error));
                        Lock::default()
                    }
                };
                Arc::new((Stamped::new(lock), problems))
            },
        );
        out.extend(locks.iter().flat_map(|lock| lock.1.iter().cloned()));
        sources.iter().zip(locks).map(|(source, lock)| (Arc::clone(&source.path), lock.0.clone())).collect()
    }

    fn read(&mut self, config: &Config, sources: &[Source], out: &mut Vec<Diagnostic>) -> Content {
        let options = read::Options::new(config);
        let options_stamp = Stamp::of(&options);
        let (texts, others): (Vec<&Source>, Vec<&Source>) =
            sources.iter().partition(|source| source.path.ends_with(".md"));
        let reads = self.reads.update(
            &texts,
            |source| (Arc::clone(&source.path), Stamp::of(&(source.stamp, options_stamp))),
            |source| Arc::new(read_source(source, &options)),
        );
        let mut content = Content::default();
        for source in others {
            match read::name::unpublished(&source.path) {
                Some(problem) => out.push(problem),
                None => content.attachments.push(Arc::clone(&source.path)),
            }
        }
        for (source, read) in texts.iter().zip(reads) {
            out.extend(read.diagnostics.iter().cloned());
            match &read.content {
                Some(read::Content::Statement(statement)) => content.statements.push(statement.clone()),
                Some(read::Content::Record(record)) => content.records.push(record.clone()),
                Some(read::Content::Page(page)) => content.pages.push(page.clone()),
                None => content.unread.push(Arc::clone(&source.path)),
            }
        }
        content
    }
}

/// Reads a text file outside of the content; `None` after reporting one that cannot be read. An empty file is a text.
fn text(source: &Source, out: &mut Vec<Diagnostic>) -> Option<String> {
    let read = source.load().map_err(|error| source.unreadable(&error));
    match read.and_then(|bytes| read::text::decode(&source.path, &bytes).map(std::borrow::Cow::into_owned)) {
        Ok(text) => Some(text),
        Err(problem) if problem.code == Code::EmptyFile => Some(String::new()),
        Err(problem) => {
            out.push(problem);
            None
        }
    }
}

/// Returns whether a file is a Git LFS pointer. A file that cannot be read is reported when it is copied.
fn is_pointer(source: &Source) -> bool {
    source.load().is_ok_and(|bytes| read::text::is_pointer(&bytes))
}

fn read_source(source: &Source, options: &read::Options) -> Read {
    if source.size() > read::text::LARGEST as u64 {
        let problem = read::text::too_large(&source.path, source.size());
        return Read { content: None, diagnostics: vec![problem] };
    }
    match source.load() {
        Ok(bytes) => read::read(&source.path, &bytes, options),
        Err(error) => Read { content: None, diagnostics: vec![source.unreadable(&error)] },
    }
}
