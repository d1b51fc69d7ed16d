//! Hints -> sources -> the next version of the site, on one thread: check the hinted paths, build, swap, then scan
//! everything.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::Event;
use super::failures::Failures;
use super::live::{Live, Problems};
use super::snapshot::{Made, Snapshot};
use super::watch::{Hint, Watch, reason};
use crate::collect::left_out::LeftOut;
use crate::config;
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::path::composed;
use crate::sources::{FOLDERS, Sources, is_ignored, real_path};

/// How often watches are renewed when no hint comes, and folders scanned when none can come.
const TICK: Duration = Duration::from_secs(1);
/// Ticks between two scans without a hint, for changes that the watcher missed.
const SCAN_EVERY: u32 = 15;
/// This many paths are more than an author saves at once: a checkout or an import, so more changes will follow.
const MANY: usize = 20;
/// The maximum number of problems shown in the overlay; the terminal shows all.
const SHOWN: usize = 20;

/// Builds a site from sources: the pipeline, or a stand-in in tests.
pub(super) type Make = Box<dyn FnMut(&Sources) -> Made + Send>;

/// The state of the rebuild thread.
pub(super) struct Rebuild {
    root: PathBuf,
    /// `None` while polling.
    watch: Option<Watch>,
    hints: Receiver<Hint>,
    make: Make,
    report: Arc<dyn Fn(Event) + Send + Sync>,
    live: watch::Sender<Arc<Live>>,
    sources: Sources,
    /// Whether the version shown has no errors, so that it is worth keeping.
    good: bool,
    /// Whether a folder that had sources has disappeared, and the version with them is kept.
    away: bool,
    diagnostics: Vec<Diagnostic>,
    /// The texts that are not in the version shown.
    left_out: Vec<LeftOut>,
}

impl Rebuild {
    /// Builds the first version, numbered `version`.
    pub(super) fn first(
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
        let report_failure = Arc::clone(&report);
        let failures = Failures::new(move |problem| report_failure(Event::Failed { problem }));
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
    pub(super) fn live(&self) -> watch::Receiver<Arc<Live>> {
        self.live.subscribe()
    }

    /// Builds versions until it receives `Stop`.
    pub(super) fn run(mut self) {
        let mut ticks = 0;
        // A scan found a change without a hint. If no hint follows, the watcher does not work here (a network share).
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
                        self.poll("found changes that the file watcher did not report".to_owned());
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

    /// Follows a hint and those that arrive with it. Returns `None` if one of them is `Stop`.
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
            // The events of one save arrive within a tick of the watcher; a checkout has pauses.
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

    /// Returns whether git is writing files: it holds this lock while it does.
    fn in_checkout(&self) -> bool {
        self.root
            .ancestors()
            .find(|folder| folder.join(".git").exists())
            .is_some_and(|folder| folder.join(".git/index.lock").exists())
    }

    /// Returns the sources after checking only these paths, or `None` if everything must be scanned.
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
            // A folder or symbolic link, now or before, or a file whose folder no longer exists: more than one path is
            // affected.
            if !(is_file || was_file()) || !path.parent()?.is_dir() {
                return None;
            }
            files.push(file);
        }
        let mut sources = self.sources.clone();
        sources.look_again(&self.root, &files);
        Some(sources)
    }

    /// Scans everything; returns whether pages or diagnostics changed. `hinted`: someone saved and expects a report.
    fn scan(&mut self, hinted: bool) -> bool {
        let sources = Sources::scan_after(&self.root, Some(&self.sources));
        self.take(sources, hinted)
    }

    /// Builds the version of these sources, if they differ; returns whether anything that is shown changed.
    fn take(&mut self, sources: Sources, hinted: bool) -> bool {
        let begun = Instant::now();
        if let Some(missing) = missing(&self.root, &self.sources) {
            // The folder is probably being moved or checked out: without this, every page would vanish for a moment.
            let message = format!("`{missing}` has disappeared; the last version of the site is still shown");
            let missing = Diagnostic::new(Code::UnreadableFile, Place::file(&missing.into()), message)
                .help("restore it, or stop the preview");
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
        let differ = diagnostics != self.diagnostics;
        if made.has_errors && self.good {
            // The last good version stays; only the problems are new.
            if differ || hinted {
                self.keep(diagnostics, begun);
            }
            return differ;
        }
        self.good = !made.has_errors;
        let (known, news) = partition_known(&self.diagnostics, &diagnostics);
        self.diagnostics.clone_from(&diagnostics);
        let left_out = Some(made.left_out.clone()).filter(|texts| *texts != self.left_out);
        self.left_out.clone_from(&made.left_out);
        let before = Arc::clone(&self.live.borrow());
        let (snapshot, changed) = before.snapshot.next(made);
        let pages = snapshot.count();
        let problems = Arc::new(problems(&self.root, &diagnostics, false));
        self.live.send_replace(Arc::new(Live { snapshot: Arc::new(snapshot), problems }));
        if changed > 0 || differ || hinted || left_out.is_some() {
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
        changed > 0 || differ
    }

    /// Keeps the version shown, and reports why.
    fn keep(&mut self, diagnostics: Vec<Diagnostic>, begun: Instant) {
        let snapshot = Arc::clone(&self.live.borrow().snapshot);
        let pages = snapshot.count();
        let problems = Arc::new(problems(&self.root, &diagnostics, true));
        self.live.send_replace(Arc::new(Live { snapshot, problems }));
        let (known, news) = partition_known(&self.diagnostics, &diagnostics);
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

/// Returns the file or folder that every site needs, if it existed and has disappeared. Other folders may be deleted:
/// they then count as empty.
fn missing(root: &Path, before: &Sources) -> Option<&'static str> {
    [(config::FILE, before.config.is_some()), ("content", !before.content.is_empty())]
        .into_iter()
        .find(|(name, was)| *was && !root.join(name).exists())
        .map(|(name, _)| name)
}

/// Splits problems into those reported before and new ones. A problem that only moved within its file is not new.
fn partition_known(before: &[Diagnostic], now: &[Diagnostic]) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut known: BTreeMap<Diagnostic, usize> = BTreeMap::new();
    for problem in before {
        *known.entry(without_line(problem)).or_default() += 1;
    }
    now.iter().cloned().partition(|problem| match known.get_mut(&without_line(problem)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    })
}

/// Returns the problem without its line, so that it can be recognised elsewhere in its file.
fn without_line(problem: &Diagnostic) -> Diagnostic {
    let place = problem.place.as_ref().map(|place| Place::file(&place.path));
    Diagnostic { place, ..problem.clone() }
}

/// Returns the text of the overlay: the errors, each with its line. Warnings do not cover the page.
fn problems(root: &Path, diagnostics: &[Diagnostic], kept: bool) -> Problems {
    let errors: Vec<&Diagnostic> =
        diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).collect();
    let mut texts: Vec<String> =
        errors.iter().take(SHOWN).map(|error| error.human(line(root, error).as_deref())).collect();
    if errors.len() > SHOWN {
        texts.push(format!("and {} more, in the terminal", errors.len() - SHOWN));
    }
    let count = if errors.len() == 1 { "1 error".to_owned() } else { format!("{} errors", errors.len()) };
    let rest = if kept { "the last good version is shown" } else { "the site would not be published" };
    Problems { title: if errors.is_empty() { String::new() } else { format!("{count}: {rest}") }, texts }
}

/// Reads the line that a diagnostic points to.
fn line(root: &Path, diagnostic: &Diagnostic) -> Option<String> {
    let place = diagnostic.place.as_ref().filter(|place| place.line > 0)?;
    let text = std::fs::read(real_path(root, &place.path)).ok()?;
    String::from_utf8_lossy(&text).lines().nth(place.line as usize - 1).map(str::to_owned)
}
