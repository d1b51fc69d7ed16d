//! A built site -> a host: only what changed, in an order in which the site is whole at every moment.
//!
//! A host keeps a record of what was sent to it, so that any machine can continue, and so that nothing is ever removed
//! that Plenary did not send. The record is written before anything changes: after an interruption it names every file
//! that may have been touched, and the next run sends those again.
#![expect(clippy::disallowed_methods, reason = "sends the site to its host")]

mod branch;
mod bucket;
mod folder;
mod record;
mod target;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::media::is_entrance;
use crate::output::{Owner, Published, Refused};
use record::Record;
pub use target::Target;

/// A host that holds files by name.
trait Store {
    /// Reads the record of what was sent; `None` if nothing ever was.
    fn record(&mut self) -> anyhow::Result<Option<Vec<u8>>>;

    /// Returns which of the files exist, for a host without a record.
    fn existing(&mut self, files: &BTreeSet<&str>) -> anyhow::Result<Vec<String>>;

    /// Replaces the record.
    fn write_record(&mut self, bytes: &[u8]) -> anyhow::Result<()>;

    /// Sends files, in any order. All of them exist on the host when it returns. `sent` is called after each.
    fn send(&mut self, site: &Published, files: &[&str], sent: &(dyn Fn() + Sync)) -> anyhow::Result<()>;

    /// Removes files. A missing file is not an error.
    fn remove(&mut self, files: &[&str]) -> anyhow::Result<()>;

    /// Makes everything sent so far visible, where that does not happen by itself.
    fn finish(&mut self, message: &str) -> anyhow::Result<()>;
}

/// When a file is sent. Within a stage the order does not matter: every page that a reader gets only leads to files
/// that exist.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    /// What pages need.
    Needed,
    /// Pages that nothing on the host leads to yet.
    New,
    /// Pages that may lead to new ones.
    Changed,
}

impl Stage {
    fn of(file: &str, old: &Record) -> Stage {
        match (is_entrance(file), old.has(file)) {
            (false, _) => Stage::Needed,
            (true, false) => Stage::New,
            (true, true) => Stage::Changed,
        }
    }
}

/// What to send, and where to.
pub struct Request<'a> {
    /// The site's folder, in whose repository branches are made.
    pub folder: &'a Path,
    /// The built site.
    pub site: &'a Published,
    /// Where it goes.
    pub target: &'a Target,
    /// Whether files on the host that were not sent by Plenary, or belong to another site, may be replaced.
    pub force: bool,
}

/// What a deployment changes, known before anything is sent.
#[derive(Debug, PartialEq, Eq)]
pub struct Plan {
    /// Files that are new or changed, in the order in which they are sent.
    pub send: Vec<String>,
    /// Files of earlier deployments that the site no longer has, in the order in which they are removed.
    pub remove: Vec<String>,
    /// Number of files that are already on the host.
    pub unchanged: usize,
    /// Whether the record on the host is outdated, although no file differs.
    is_recorded: bool,
}

impl Plan {
    /// Returns whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.send.is_empty() && self.remove.is_empty() && self.is_recorded
    }
}

/// A deployment to a host whose files are known.
pub struct Deployment<'a> {
    site: &'a Published,
    store: Box<dyn Store + 'a>,
    old: Record,
    /// What the deployment changes.
    pub plan: Plan,
}

impl<'a> Deployment<'a> {
    /// Compares the files on the host with the site. Changes nothing.
    ///
    /// # Errors
    ///
    /// Fails with [`Refused`] if the host holds something else, or if it cannot be reached.
    pub fn prepare(request: &Request<'a>) -> anyhow::Result<Deployment<'a>> {
        let site = request.site;
        let mut store: Box<dyn Store + 'a> = match request.target {
            Target::Folder(folder) => Box::new(folder::Folder::open(folder, request.folder, site)?),
            Target::Branch { remote, branch } => Box::new(branch::Branch::open(request.folder, remote, branch)?),
            Target::Bucket(bucket) => Box::new(bucket::Bucket::open(bucket)?),
        };
        let old = recall(&mut *store, request)?;
        let plan = compare(site, &old);
        Ok(Deployment { site, store, old, plan })
    }

    /// Carries out the plan. `sent` is called after each file that was sent.
    ///
    /// # Errors
    ///
    /// Fails if the host or the built site cannot be read or written. The site on the host is whole all the same: new
    /// files arrive before the pages that need them, and old files are removed last. The next run finishes the work.
    pub fn carry_out(mut self, sent: &(dyn Fn() + Sync)) -> anyhow::Result<()> {
        let Plan { send, remove, .. } = &self.plan;
        // From here on, whatever happens, these files are known to be ours.
        self.store.write_record(&self.old.with_started(&self.site.owner, send).bytes())?;
        for stage in [Stage::Needed, Stage::New, Stage::Changed] {
            let files: Vec<&str> =
                send.iter().map(String::as_str).filter(|file| Stage::of(file, &self.old) == stage).collect();
            self.store.send(self.site, &files, sent)?;
        }
        // Pages that nothing links to any more are removed before the files that they need.
        let (pages, rest): (Vec<&str>, Vec<&str>) =
            remove.iter().map(String::as_str).partition(|file| is_entrance(file));
        self.store.remove(&pages)?;
        self.store.remove(&rest)?;
        self.store.write_record(&Record::of(self.site).bytes())?;
        self.store.finish(&format!("Publish {}", self.site.owner.title))
    }
}

/// Reads the record of a host, and makes sure that the site may be deployed there.
fn recall(store: &mut dyn Store, request: &Request<'_>) -> anyhow::Result<Record> {
    let Request { site, target, force, .. } = request;
    if let Some(bytes) = store.record()? {
        let old = Record::parse(&bytes, target)?;
        if !force && old.is_of_another(&site.owner) {
            let help = "choose another target, or use --force if this is intended";
            return Err(Refused(format!("{target} holds another site, {}; {help}", old.described())).into());
        }
        return Ok(old);
    }
    // At the first deployment, none of the files there is ours.
    let names = site.files.keys().map(String::as_str).collect();
    let foreign = if *force { Vec::new() } else { store.existing(&names)? };
    match foreign.first() {
        Some(first) => {
            let some = some(first, foreign.len());
            let help = "empty it, or use --force to replace such files";
            Err(Refused(format!("{target} already has {some}, which Plenary did not send; {help}")).into())
        }
        None => Ok(Record::default()),
    }
}

/// Compares a site with what a host holds.
fn compare(site: &Published, old: &Record) -> Plan {
    let is_there = |file: &str, hash: &str| old.files.get(file).is_some_and(|known| known == hash);
    let mut send: Vec<String> =
        site.files.iter().filter(|(file, hash)| !is_there(file, hash)).map(|(file, _)| file.clone()).collect();
    let unchanged = site.files.len() - send.len();
    send.sort_by_key(|file| Stage::of(file, old));
    let mut remove: Vec<String> = old.files.keys().filter(|file| !site.files.contains_key(*file)).cloned().collect();
    remove.sort_by_key(|file| !is_entrance(file));
    Plan { send, remove, unchanged, is_recorded: *old == Record::of(site) }
}

/// Returns the first file and how many more: "index.html and 3 more files".
fn some(first: &str, all: usize) -> String {
    match all {
        1 => first.to_owned(),
        2 => format!("{first} and 1 more file"),
        more => format!("{first} and {} more files", more - 1),
    }
}

/// Refuses a site that was built for another address than site.toml gives, or while site.toml gives none.
///
/// # Errors
///
/// Fails with [`Refused`].
pub fn check_address(owner: &Owner, base_url: &str, folder: &Path) -> Result<(), Refused> {
    let folder = folder.display();
    if owner.base_url == base_url {
        return Ok(());
    }
    let built = match owner.base_url.as_str() {
        "" => "without the `base_url` of site.toml".to_owned(),
        other => format!("for {other}"),
    };
    let wanted =
        if base_url.is_empty() { "site.toml gives none".to_owned() } else { format!("site.toml says {base_url}") };
    Err(Refused(format!("the site in {folder} was built {built}, and {wanted}; run `plenary build` again")))
}

/// Returns the path of a file below `root`; fails if a folder on the way is a symbolic link, which could lead out of
/// it.
fn inside(root: &Path, file: &str) -> anyhow::Result<PathBuf> {
    let path = root.join(file);
    let mut above = root.to_owned();
    for part in Path::new(file).parent().into_iter().flat_map(Path::components) {
        above.push(part);
        if above.is_symlink() {
            return Err(
                Refused(format!("{} is a symbolic link; nothing is written through it", above.display())).into()
            );
        }
    }
    Ok(path)
}
