//! The preview: a site's folder -> a local server that always shows its current state.
//!
//! `watch` gives hints, `rebuild` scans and builds, `snapshot` holds one version, `live` is the one being shown, `http`
//! serves it, `searching` makes the search index, `reload` notifies the browser, `failures` reports pages that cannot be rendered.
#![expect(clippy::disallowed_methods, reason = "the preview watches files and clocks")]

pub mod failures;
mod http;
mod live;
mod rebuild;
mod reload;
mod searching;
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

/// The first port to try.
pub const PORT: u16 = 4000;
/// How many ports to try after it.
const MORE_PORTS: u16 = 50;

/// The settings of a preview.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder with site.toml.
    pub site: PathBuf,
    /// The only port to try; `None` for the first free one from [`PORT`] on.
    pub port: Option<u16>,
    /// The address to listen on.
    pub host: IpAddr,
    /// Host names to accept in requests, in addition to this machine's own.
    pub allow_hosts: Vec<String>,
    /// Open the site in the browser.
    pub open: bool,
    /// Scan the folder every second instead of using a watcher.
    pub poll: bool,
    /// Which texts are in the site.
    pub settings: Settings,
}

impl Options {
    /// Returns the defaults for the site in this folder.
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

/// What the preview reports to its caller.
#[derive(Clone, Debug)]
pub enum Event {
    /// The server accepts requests.
    Listening {
        /// The home page's URL.
        url: String,
    },
    /// A version was built.
    Built {
        /// The number of pages and files in the version shown.
        pages: usize,
        /// How many of them were added, changed or removed.
        changed: usize,
        /// The time the build took, in milliseconds.
        millis: u128,
        /// The problems that were not reported before.
        news: Vec<Diagnostic>,
        /// The problems that were.
        known: Vec<Diagnostic>,
        /// The texts that are not in the site; `None` if they are the same as last time.
        left_out: Option<Vec<LeftOut>>,
        /// There are errors, so the previous version is still shown.
        kept: bool,
    },
    /// A page was requested and could not be rendered.
    Failed {
        /// What is wrong with it.
        problem: Diagnostic,
    },
    /// The folder is scanned every second from now on.
    Polling {
        /// Why, in words.
        reason: String,
    },
    /// The browser could not be opened.
    NotOpened {
        /// Why, in words.
        reason: String,
    },
}

/// A running preview.
pub struct Running {
    /// The home page's URL.
    pub url: String,
    hints: mpsc::Sender<watch::Hint>,
    rebuild: Option<std::thread::JoinHandle<()>>,
    /// Closed when the rebuild thread ends.
    ended: oneshot::Receiver<()>,
    runtime: Runtime,
}

/// Serves the site until the user presses Ctrl-C.
///
/// # Errors
/// If the server cannot be started, or the rebuild thread panicked.
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
        Some(signal) => signal.context("cannot wait for Ctrl-C"),
        None => bail!("the preview stopped because of a bug in Plenary; please report it"),
    }
}

/// Starts the preview and returns once the server accepts requests.
///
/// # Errors
/// If the folder does not exist, or the address or port cannot be bound.
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
        bail!("{} is not a folder", root.display());
    }
    // Bind first: a taken port should fail at once, not after a long first build.
    let listener = listen(options.host, options.port)?;
    let bound = listener.local_addr().context("cannot read the server's address")?;
    let (sender, hints) = mpsc::channel();
    // Watch before the first scan, so that no save is missed in between.
    let watch = if options.poll {
        report(Event::Polling { reason: "requested with --poll".to_owned() });
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
        .context("cannot start the server")?;
    let desk = http::Desk { live, hosts: Arc::new(http::Hosts::new(bound, &options.allow_hosts)) };
    let listener = {
        let _inside = runtime.enter();
        tokio::net::TcpListener::from_std(listener).context("cannot start the server")?
    };
    runtime.spawn(async move { axum::serve(listener, http::service(desk)).await });
    let (alive, ended) = oneshot::channel();
    let rebuild = std::thread::Builder::new().name("rebuild".to_owned()).spawn(move || {
        let _alive: oneshot::Sender<()> = alive;
        rebuild.run();
    });
    let rebuild = Some(rebuild.context("cannot start the rebuild thread")?);
    let url = format!("http://{}{base}", reachable(bound));
    report(Event::Listening { url: url.clone() });
    if options.open {
        open(url.clone(), report);
    }
    Ok(Running { url, hints: sender, rebuild, ended, runtime })
}

impl Running {
    /// Stops the preview and waits for the rebuild thread to end.
    pub fn stop(mut self) {
        let _ = self.hints.send(watch::Hint::Stop);
        if let Some(rebuild) = self.rebuild.take() {
            // A panic was reported where it happened.
            let _ = rebuild.join();
        }
        // Browsers keep their event streams open forever, so a graceful shutdown would not end.
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
                format!("port {port} is used by another program; choose another, or omit --port to use a free one")
            }
            (ErrorKind::AddrInUse, None) => {
                format!("ports {PORT} to {} are in use; choose a free one with --port", PORT + MORE_PORTS)
            }
            (ErrorKind::AddrNotAvailable, _) => {
                format!(
                    "{host} is not an address of this machine; omit --host to serve this machine only, or use 0.0.0.0"
                )
            }
            (ErrorKind::PermissionDenied, _) => {
                format!("port {first} needs special permission; choose one from 1024 up, or omit --port")
            }
            _ => format!("cannot listen on {host}, port {first}"),
        };
        anyhow::Error::new(error).context(why)
    })?;
    listener.set_nonblocking(true).context("cannot start the server")?;
    Ok(listener)
}

/// Returns the address at which a browser on this machine reaches the bound socket.
fn reachable(bound: SocketAddr) -> SocketAddr {
    let ip = match bound.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, bound.port())
}

/// Returns milliseconds since 1970, as the first version number: versions keep rising across restarts, for pages that
/// are still open in a browser.
fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(1, |age| age.as_millis() as u64)
}

/// Opens a URL in the user's browser, on its own thread, which waits for the command to end.
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
            Ok(status) => format!("`{program}` failed: {status}"),
            Err(error) => format!("`{program}`: {error}"),
        };
        report(Event::NotOpened { reason });
    });
}
