//! Hints -> sources -> the next version of the site, on one thread: look again, run, swap, then scan everything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::Event;
use super::failures::Failures;
use super::http::{Live, Problems};
use super::snapshot::{Made, Snapshot};
use super::watch::{Hint, Watch, reason};
use crate::collect::left_out::LeftOut;
use crate::config;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::path::composed;
use crate::sources::{FOLDERS, Sources, is_ignored, real_path};

/// How often the folders are looked after when no hint comes, and scanned when none can come.
const TICK: Duration = Duration::from_secs(1);
/// Ticks between two scans to which no hint led, for what a watcher missed.
const SCAN_EVERY: u32 = 15;
/// More paths than an author saves at once: a checkout, an import. There is more to come.
const MANY: usize = 20;
/// Problems that the overlay shows; the terminal shows all.
const SHOWN: usize = 20;

/// Makes a site of sources: the pipeline, or in tests what stands in for it.
pub type Make = Box<dyn FnMut(&Sources) -> Made + Send>;

/// The one that makes versions.
pub struct Rebuild {
    root: PathBuf,
    /// None: polling.
    watch: Option<Watch>,
    hints: Receiver<Hint>,
    make: Make,
    report: Arc<dyn Fn(Event) + Send + Sync>,
    live: watch::Sender<Arc<Live>>,
    sources: Sources,
    /// The version shown was made without errors, so it is worth keeping.
    good: bool,
    /// A folder that had sources is away, and the version with them is kept.
    away: bool,
    diagnostics: Vec<Diagnostic>,
    /// The texts that are not in the version shown.
    left_out: Vec<LeftOut>,
}

impl Rebuild {
    /// Makes the first version, numbered `version`.
    pub fn first(
        root: PathBuf,
        watch: Option<Watch>,
        hints: Receiver<Hint>,
        mut make: Make,
        report: Arc<dyn Fn(Event) + Send + Sync>,
        version: u64,
    ) -> Rebuild {
        let begun = Instant::now();
        let sources = Sources::scan(&root);
        let made = make(&sources);
        let (good, diagnostics, left_out) = (!made.has_errors, made.diagnostics.clone(), made.left_out.clone());
        let tell = Arc::clone(&report);
        let failures = Failures::new(move |problem| tell(Event::Failed { problem }));
        let snapshot = Arc::new(Snapshot::first(made, version, failures));
        let pages = snapshot.count();
        let problems = Arc::new(problems(&root, &diagnostics, false));
        let (live, _) = watch::channel(Arc::new(Live { snapshot, problems }));
        report(Event::Built {
            pages,
            changed: pages,
            millis: begun.elapsed().as_millis(),
            news: diagnostics.clone(),
            known: Vec::new(),
            left_out: Some(left_out.clone()).filter(|texts| !texts.is_empty()),
            kept: false,
        });
        Rebuild { root, watch, hints, make, report, live, sources, good, away: false, diagnostics, left_out }
    }

    /// Returns a view of the version shown.
    pub fn live(&self) -> watch::Receiver<Arc<Live>> {
        self.live.subscribe()
    }

    /// Makes versions until told to stop.
    pub fn run(mut self) {
        let mut ticks = 0;
        // A change was found without a hint; if none follows, the watcher is deaf.
        let mut unannounced = false;
        loop {
            match self.hints.recv_timeout(TICK) {
                Ok(Hint::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(hint) => {
                    unannounced = false;
                    if self.follow(hint).is_none() {
                        return;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    ticks += 1;
                    if unannounced {
                        self.poll("changes were found of which the file system says nothing".to_owned());
                        unannounced = false;
                    }
                    if self.watch.is_none() || self.renew(&[]) {
                        self.scan(false);
                    } else if ticks % SCAN_EVERY == 0 {
                        unannounced = self.scan(false);
                    }
                }
            }
        }
    }

    /// Follows a hint and those that come with it. Nothing: it was told to stop.
    fn follow(&mut self, first: Hint) -> Option<()> {
        let begun = Instant::now();
        let (mut paths, mut folders, mut all) = (BTreeSet::new(), Vec::new(), false);
        let mut next = Some(first);
        loop {
            match next {
                Some(Hint::Look(more)) => paths.extend(more),
                Some(Hint::Folder(folder)) => folders.push(folder),
                Some(Hint::Rescan) => all = true,
                Some(Hint::Failed(reason)) => {
                    self.poll(reason);
                    all = true;
                }
                Some(Hint::Stop) => return None,
                None if paths.len() < MANY || begun.elapsed() > Duration::from_secs(3) || !self.in_checkout() => break,
                None => {}
            }
            if begun.elapsed() > Duration::from_secs(5) {
                break;
            }
            // What one save touched comes within a tick of the watcher.
            let quiet = if paths.len() < MANY { 5 } else { 150 };
            next = self.hints.recv_timeout(Duration::from_millis(quiet)).ok();
        }
        if !folders.is_empty() {
            self.renew(&folders);
            all = true;
        }
        let looked = if all || paths.len() > 10 * MANY { None } else { self.look(&paths) };
        match looked {
            Some(sources) => {
                self.take(sources, true);
                self.scan(false);
            }
            None => drop(self.scan(true)),
        }
        Some(())
    }

    /// Says whether git is at work on the files: it holds this lock while it writes them.
    fn in_checkout(&self) -> bool {
        self.root
            .ancestors()
            .find(|folder| folder.join(".git").exists())
            .is_some_and(|folder| folder.join(".git/index.lock").exists())
    }

    /// Returns the sources after another look at these paths alone, or nothing if that is not enough.
    fn look(&self, paths: &BTreeSet<PathBuf>) -> Option<Sources> {
        let mut files = Vec::new();
        for path in paths {
            let below = path.strip_prefix(&self.root).ok()?;
            let Some(parts) = below.iter().map(|part| part.to_str()).collect::<Option<Vec<_>>>() else { continue };
            let top = parts.first().copied().unwrap_or_default();
            if below == Path::new(config::FILE) {
                return None;
            }
            if !FOLDERS.contains(&top) || parts.iter().any(|part| is_ignored(part, top == "static")) {
                continue;
            }
            let file = parts.join("/");
            let is_file = path.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
            let was_file = || self.sources.all().any(|source| *source.path == *composed(&file));
            // A folder, a symbolic link, or what was one, or with its folder gone: more than one path is concerned.
            if !(is_file || was_file()) || !path.parent()?.is_dir() {
                return None;
            }
            files.push(file);
        }
        let mut sources = self.sources.clone();
        sources.look_again(&self.root, &files);
        Some(sources)
    }

    /// Looks at everything; says whether pages or diagnostics changed. `told`: someone saved, and waits for an answer.
    fn scan(&mut self, told: bool) -> bool {
        let sources = Sources::scan(&self.root);
        self.take(sources, told)
    }

    /// Makes the version of these sources, if they differ; says whether anything that is shown changed.
    fn take(&mut self, sources: Sources, told: bool) -> bool {
        let begun = Instant::now();
        if let Some(missing) = missing(&self.root, &self.sources) {
            // A folder on its way: without it, every page would be gone for a moment.
            let message = format!("`{missing}` is not there any more; the site is shown as it last was");
            let missing = Diagnostic::new(Code::UnreadableFile, Place::file(&missing.into()), message)
                .help("put it back, or stop the preview");
            let news = !self.away;
            self.away = true;
            if news {
                self.keep(vec![missing], begun);
            }
            return news;
        }
        if !self.away && self.sources.is_same(&sources) {
            return false;
        }
        self.away = false;
        let made = (self.make)(&sources);
        self.sources = sources;
        let diagnostics = made.diagnostics.clone();
        let mended = diagnostics != self.diagnostics;
        if made.has_errors && self.good {
            if mended || told {
                self.keep(diagnostics, begun);
            }
            return mended;
        }
        self.good = !made.has_errors;
        let (known, news) = told_before(&self.diagnostics, &diagnostics);
        self.diagnostics.clone_from(&diagnostics);
        let left_out = Some(made.left_out.clone()).filter(|texts| *texts != self.left_out);
        self.left_out.clone_from(&made.left_out);
        let before = Arc::clone(&self.live.borrow());
        let (snapshot, changed) = before.snapshot.next(made);
        let pages = snapshot.count();
        let problems = Arc::new(problems(&self.root, &diagnostics, false));
        self.live.send_replace(Arc::new(Live { snapshot: Arc::new(snapshot), problems }));
        if changed > 0 || mended || told || left_out.is_some() {
            (self.report)(Event::Built {
                pages,
                changed,
                millis: begun.elapsed().as_millis(),
                news,
                known,
                left_out,
                kept: false,
            });
        }
        changed > 0 || mended
    }

    /// Keeps the version shown, and says why.
    fn keep(&mut self, diagnostics: Vec<Diagnostic>, begun: Instant) {
        let snapshot = Arc::clone(&self.live.borrow().snapshot);
        let pages = snapshot.count();
        let problems = Arc::new(problems(&self.root, &diagnostics, true));
        self.live.send_replace(Arc::new(Live { snapshot, problems }));
        let (known, news) = told_before(&self.diagnostics, &diagnostics);
        self.diagnostics = diagnostics;
        let millis = begun.elapsed().as_millis();
        (self.report)(Event::Built { pages, changed: 0, millis, news, known, left_out: None, kept: true });
    }

    fn renew(&mut self, doubtful: &[PathBuf]) -> bool {
        match self.watch.as_mut().map(|watch| watch.renew(doubtful)) {
            Some(Ok(done)) => done,
            Some(Err(error)) => {
                self.poll(reason(&error));
                true
            }
            None => false,
        }
    }

    fn poll(&mut self, reason: String) {
        if self.watch.take().is_some() {
            (self.report)(Event::Polling { reason });
        }
    }
}

/// Names what no site can be without, was there, and is not there now. Other folders may go: they are empty then.
fn missing(root: &Path, before: &Sources) -> Option<&'static str> {
    [(config::FILE, before.config.is_some()), ("content", !before.content.is_empty())]
        .into_iter()
        .find(|(name, was)| *was && !root.join(name).exists())
        .map(|(name, _)| name)
}

/// Parts problems into those that were told before and those that were not. A problem that only moved is the same one.
fn told_before(before: &[Diagnostic], now: &[Diagnostic]) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut told: BTreeMap<Diagnostic, usize> = BTreeMap::new();
    for problem in before {
        *told.entry(anywhere(problem)).or_default() += 1;
    }
    now.iter().cloned().partition(|problem| match told.get_mut(&anywhere(problem)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    })
}

/// Returns the problem as it would be anywhere in its file.
fn anywhere(problem: &Diagnostic) -> Diagnostic {
    let place = problem.place.as_ref().map(|place| Place::file(&place.path));
    Diagnostic { place, ..problem.clone() }
}

/// Returns what the overlay says: the errors, each with its line. Warnings do not stand in the way of reading.
fn problems(root: &Path, diagnostics: &[Diagnostic], kept: bool) -> Problems {
    let errors: Vec<&Diagnostic> =
        diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).collect();
    let mut texts: Vec<String> =
        errors.iter().take(SHOWN).map(|error| error.human(line(root, error).as_deref())).collect();
    if errors.len() > SHOWN {
        texts.push(format!("and {} more, in the terminal", errors.len() - SHOWN));
    }
    let count = if errors.len() == 1 { "1 error".to_owned() } else { format!("{} errors", errors.len()) };
    let rest = if kept { "the site is shown as it was before" } else { "it would not be published" };
    Problems { title: if errors.is_empty() { String::new() } else { format!("{count}: {rest}") }, texts }
}

/// Reads the line in which a diagnostic stands.
fn line(root: &Path, diagnostic: &Diagnostic) -> Option<String> {
    let place = diagnostic.place.as_ref().filter(|place| place.line > 0)?;
    let text = std::fs::read(real_path(root, &place.path)).ok()?;
    String::from_utf8_lossy(&text).lines().nth(place.line as usize - 1).map(str::to_owned)
}
