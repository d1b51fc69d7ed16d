//! The preview: a site's folder -> a server on this machine that shows it as it is at every moment.
//!
//! `watch` hints, `rebuild` looks and makes, `snapshot` holds one version, `http` shows it, `reload` tells the browser,
//! `failures` tells of pages that cannot be made.
#![expect(clippy::disallowed_methods, reason = "the preview watches files and clocks")]

pub mod failures;
mod http;
mod rebuild;
mod reload;
pub mod snapshot;
#[cfg(test)]
mod tests;
mod watch;

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::SystemTime;

use anyhow::{Context, bail};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use crate::collect::left_out::LeftOut;
use crate::diagnostic::Diagnostic;
use crate::pipeline::{Pipeline, Settings};

/// The port that is tried first.
pub const PORT: u16 = 4000;
/// Ports tried after it.
const MORE_PORTS: u16 = 50;

/// What the preview is asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder with site.toml.
    pub site: PathBuf,
    /// This port and no other; without, the first free one from [`PORT`] on.
    pub port: Option<u16>,
    /// The address to listen at.
    pub host: IpAddr,
    /// Names under which browsers may ask, beside this machine's own.
    pub allow_hosts: Vec<String>,
    /// Opens the site in the browser.
    pub open: bool,
    /// Looks at the folder every second, without a watcher.
    pub poll: bool,
    pub settings: Settings,
}

impl Options {
    /// Returns what is usual for the site in this folder.
    pub fn new(site: impl Into<PathBuf>) -> Options {
        let host = IpAddr::V4(Ipv4Addr::LOCALHOST);
        Options {
            site: site.into(),
            port: None,
            host,
            allow_hosts: Vec::new(),
            open: false,
            poll: false,
            settings: Settings::default(),
        }
    }
}

/// What the preview tells whoever started it.
#[derive(Clone, Debug)]
pub enum Event {
    /// Browsers can ask.
    Listening { url: String },
    /// A version was made: its pages, how many of them are new, changed or gone, in how many milliseconds, and what is
    /// wrong: what was not told before, and what was. `kept`: there are errors, and the version before is still the one
    /// shown. `left_out`: the texts that are not in the site, where they are others than those that were named before.
    Built {
        pages: usize,
        changed: usize,
        millis: u128,
        news: Vec<Diagnostic>,
        known: Vec<Diagnostic>,
        left_out: Option<Vec<LeftOut>>,
        kept: bool,
    },
    /// A page was asked for and could not be made.
    Failed { problem: Diagnostic },
    /// The folder is looked at every second from now on.
    Polling { reason: String },
    /// The browser could not be opened.
    NotOpened { reason: String },
}

/// A running preview.
pub struct Running {
    /// Where the site is.
    pub url: String,
    hints: mpsc::Sender<watch::Hint>,
    rebuild: Option<std::thread::JoinHandle<()>>,
    /// Closed when the rebuilding ends.
    ended: oneshot::Receiver<()>,
    runtime: Runtime,
}

/// Shows the site until the user ends it (Ctrl-C).
pub fn serve(options: Options, report: impl Fn(Event) + Send + Sync + 'static) -> anyhow::Result<()> {
    let mut running = start(options, report)?;
    let ended = &mut running.ended;
    let interrupted = running.runtime.block_on(async {
        tokio::select! {
            signal = tokio::signal::ctrl_c() => Some(signal),
            _ = ended => None,
        }
    });
    running.stop();
    match interrupted {
        Some(signal) => signal.context("waiting for Ctrl-C"),
        None => bail!("the preview ended by a mistake of Plenary's; please report it"),
    }
}

/// Starts the preview and returns when browsers can ask.
pub fn start(options: Options, report: impl Fn(Event) + Send + Sync + 'static) -> anyhow::Result<Running> {
    let mut pipeline = Pipeline::new(options.settings.clone());
    start_with(options, Arc::new(report), Box::new(move |sources| snapshot::Made::of(pipeline.run(sources))))
}

fn start_with(
    options: Options,
    report: Arc<dyn Fn(Event) + Send + Sync>,
    make: rebuild::Make,
) -> anyhow::Result<Running> {
    let root =
        std::path::absolute(&options.site).with_context(|| format!("{}: no such path", options.site.display()))?;
    if !root.is_dir() {
        bail!("{}: there is no such folder", root.display());
    }
    // What can fail at once comes before what takes long.
    let listener = listen(options.host, options.port)?;
    let bound = listener.local_addr().context("asking for the server's address")?;
    let (sender, hints) = mpsc::channel();
    // Watching comes before the first look, so that no save falls between them.
    let watch = if options.poll {
        report(Event::Polling { reason: "as asked with --poll".to_owned() });
        None
    } else {
        match watch::Watch::new(&root, sender.clone()) {
            Ok(watch) => Some(watch),
            Err(error) => {
                report(Event::Polling { reason: watch::reason(&error) });
                None
            }
        }
    };
    let rebuild = rebuild::Rebuild::first(root, watch, hints, make, Arc::clone(&report), now());
    let live = rebuild.live();
    let base = live.borrow().snapshot.base().to_owned();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("starting the server")?;
    let desk = http::Desk { live, hosts: Arc::new(http::Hosts::new(bound, &options.allow_hosts)) };
    let listener = {
        let _inside = runtime.enter();
        tokio::net::TcpListener::from_std(listener).context("starting the server")?
    };
    runtime.spawn(async move { axum::serve(listener, http::service(desk)).await });
    let (alive, ended) = oneshot::channel();
    let rebuild = std::thread::Builder::new().name("rebuild".to_owned()).spawn(move || {
        let _alive: oneshot::Sender<()> = alive;
        rebuild.run();
    });
    let rebuild = Some(rebuild.context("starting the thread that rebuilds")?);
    let url = format!("http://{}{base}", reachable(bound));
    report(Event::Listening { url: url.clone() });
    if options.open {
        open(url.clone(), report);
    }
    Ok(Running { url, hints: sender, rebuild, ended, runtime })
}

impl Running {
    /// Ends the preview and returns when nothing of it is left.
    pub fn stop(mut self) {
        let _ = self.hints.send(watch::Hint::Stop);
        if let Some(rebuild) = self.rebuild.take() {
            // If it panicked, that was told where it happened.
            let _ = rebuild.join();
        }
        // Browsers hold their event streams open for ever.
        self.runtime.shutdown_background();
    }
}

/// Binds the port asked for, or the first free one.
fn listen(host: IpAddr, port: Option<u16>) -> anyhow::Result<TcpListener> {
    let ports = port.map_or(PORT..=PORT + MORE_PORTS, |port| port..=port);
    let mut bound = Err(std::io::Error::other("no port"));
    for port in ports {
        bound = TcpListener::bind((host, port));
        match &bound {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            _ => break,
        }
    }
    let listener = bound.map_err(|error| {
        let first = port.unwrap_or(PORT);
        let why = match (error.kind(), port) {
            (ErrorKind::AddrInUse, Some(port)) => {
                format!("port {port} is taken by another program; give another, or leave --port out for a free one")
            }
            (ErrorKind::AddrInUse, None) => {
                format!("the ports from {PORT} to {} are taken; give a free one with --port", PORT + MORE_PORTS)
            }
            (ErrorKind::AddrNotAvailable, _) => {
                format!(
                    "{host} is no address of this machine; leave --host out for this machine alone, or give 0.0.0.0"
                )
            }
            (ErrorKind::PermissionDenied, _) => {
                format!("port {first} is kept for the system; give one from 1024 on, or leave --port out")
            }
            _ => format!("cannot listen at {host}, port {first}"),
        };
        anyhow::Error::new(error).context(why)
    })?;
    listener.set_nonblocking(true).context("starting the server")?;
    Ok(listener)
}

/// Returns the address under which a browser on this machine finds what is bound.
fn reachable(bound: SocketAddr) -> SocketAddr {
    let ip = match bound.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, bound.port())
}

/// Milliseconds since 1970: versions go on rising when the server is started again, for pages that are still open.
fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(1, |age| age.as_millis() as u64)
}

/// Opens a URL in the user's browser, on a thread of its own that waits for the command's end.
fn open(url: String, report: Arc<dyn Fn(Event) + Send + Sync>) {
    let (program, before): (&str, &[&str]) = match std::env::consts::OS {
        "windows" => ("cmd", &["/C", "start", ""]),
        "macos" => ("open", &[]),
        _ => ("xdg-open", &[]),
    };
    std::thread::spawn(move || {
        let nothing = std::process::Stdio::null;
        let status = std::process::Command::new(program)
            .args(before)
            .arg(&url)
            .stdin(nothing())
            .stdout(nothing())
            .stderr(nothing())
            .status();
        let reason = match status {
            Ok(status) if status.success() => return,
            Ok(status) => format!("`{program}` ended with {status}"),
            Err(error) => format!("`{program}`: {error}"),
        };
        report(Event::NotOpened { reason });
    });
}
