//! `plenary deploy --to s3://…` against an S3-compatible server, and what is there when the server fails.

use std::net::SocketAddr;
use std::process::Output;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::{assert_whole, broken_links, build, built, change};
use crate::cli::{code, command, err};
use crate::support::files_of;

/// An S3-compatible server on this machine with one bucket, which can fail.
struct Server {
    folder: TempDir,
    address: SocketAddr,
    requests: Arc<AtomicUsize>,
    /// The number of the first request that is answered with an error.
    failing_from: Arc<AtomicUsize>,
    /// The number of the first request after that which is answered again.
    failing_until: Arc<AtomicUsize>,
    _runtime: Runtime,
}

impl Server {
    /// Starts a server whose errors have this status.
    fn start(status: u16) -> Server {
        Server::start_in(tempfile::tempdir().unwrap(), status, Duration::ZERO)
    }

    /// Starts a server that keeps its objects in a folder and takes its time for each answer.
    fn start_in(folder: TempDir, status: u16, delay: Duration) -> Server {
        std::fs::create_dir(folder.path().join("archive")).unwrap();
        let runtime = Runtime::new().unwrap();
        let counter = || Arc::new(AtomicUsize::new(usize::MAX));
        let (requests, failing_from, failing_until) = (Arc::new(AtomicUsize::new(0)), counter(), counter());
        let mut builder = S3ServiceBuilder::new(FileSystem::new(folder.path()).unwrap());
        builder.set_auth(SimpleAuth::from_single("AKIATEST", "s3cr3t-words"));
        let service = Arc::new(builder.build());
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let counters = (Arc::clone(&requests), Arc::clone(&failing_from), Arc::clone(&failing_until));
        runtime.spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (service, counters) = (service.clone(), counters.clone());
                tokio::spawn(async move {
                    let answer = hyper::service::service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
                        let number = counters.0.fetch_add(1, Ordering::SeqCst);
                        let fails =
                            number >= counters.1.load(Ordering::SeqCst) && number < counters.2.load(Ordering::SeqCst);
                        let service = service.clone();
                        async move {
                            if fails {
                                let mut answer = hyper::Response::new(s3s::Body::from(
                                    "<Error><Code>Failing</Code></Error>".to_owned(),
                                ));
                                *answer.status_mut() = hyper::StatusCode::from_u16(status).unwrap();
                                return Ok(answer);
                            }
                            tokio::time::sleep(delay).await;
                            service.call(request.map(s3s::Body::from)).await
                        }
                    });
                    let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), answer).await;
                });
            }
        });
        Server { folder, address, requests, failing_from, failing_until, _runtime: runtime }
    }

    /// Deploys a site to the bucket.
    fn deploy(&self, site: &TempDir, secret: &str) -> Output {
        command(site.path(), &["deploy", "--to", "s3://archive/site"])
            .env("AWS_ENDPOINT_URL", format!("http://{}", self.address))
            .env("AWS_ACCESS_KEY_ID", "AKIATEST")
            .env("AWS_SECRET_ACCESS_KEY", secret)
            .env_remove("AWS_SESSION_TOKEN")
            .env_remove("AWS_REGION")
            .output()
            .unwrap()
    }

    /// Deploys a site, successfully.
    fn deployed(&self, site: &TempDir) {
        let done = self.deploy(site, "s3cr3t-words");
        assert_eq!(code(&done), 0, "{}", err(&done));
        assert_whole(site, &self.objects(), &[]);
        assert_eq!(broken_links(&self.objects()), Vec::<String>::new());
    }

    /// Returns the folder in which the server keeps the site's objects.
    fn objects(&self) -> std::path::PathBuf {
        self.folder.path().join("archive/site")
    }

    /// Lets requests fail from now on, after this many more, and for this many.
    fn fail(&self, after: usize, number: usize) {
        let now = self.requests.load(Ordering::SeqCst);
        self.failing_until.store(now.saturating_add(after).saturating_add(number), Ordering::SeqCst);
        self.failing_from.store(now + after, Ordering::SeqCst);
    }

    fn recover(&self) {
        self.failing_from.store(usize::MAX, Ordering::SeqCst);
    }
}

#[test]
fn a_bucket_gets_what_changed() {
    let (site, server) = (built(), Server::start(503));
    server.deployed(&site);
    let before = server.requests.load(Ordering::SeqCst);
    change(&site);
    server.deployed(&site);
    let requests = server.requests.load(Ordering::SeqCst) - before;
    assert!(requests < files_of(&server.objects()).len(), "{requests} requests for one changed page");
}

#[test]
fn a_busy_server_is_asked_again() {
    let (site, server) = (built(), Server::start(503));
    server.fail(4, 2);
    server.deployed(&site);
}

#[test]
fn after_an_interruption_at_any_step_the_site_is_whole_and_the_next_run_finishes() {
    let (site, server) = (built(), Server::start(403));
    server.deployed(&site);
    change(&site);
    let mut interrupted = 0;
    for step in 0.. {
        server.fail(step, usize::MAX);
        let failed = server.deploy(&site, "s3cr3t-words");
        server.recover();
        assert_eq!(broken_links(&server.objects()), Vec::<String>::new(), "after {step} requests");
        if code(&failed) == 0 {
            break;
        }
        assert!(code(&failed) == 2 && err(&failed).contains("refuses the key (Failing)"), "{}", err(&failed));
        interrupted += 1;
        if step % 3 == 2 {
            // Finish, and begin again with another change.
            server.deployed(&site);
            super::put(&site, &format!("content/p{step}.md"), "---\ntitle: A page\n---\n\nWords.\n");
            super::put(&site, "content/one.md", &format!("---\ntitle: One\n---\n\nSee [more](p{step}.md).\n"));
            build(&site);
        }
    }
    assert!(interrupted > 5, "only {interrupted} steps were interrupted");
    server.deployed(&site);
}

#[test]
fn a_slow_server_is_waited_for() {
    let (site, server) = (built(), Server::start_in(tempfile::tempdir().unwrap(), 503, Duration::from_millis(150)));
    server.deployed(&site);
}

/// A small disk of its own, where this user may have one.
#[cfg(target_os = "linux")]
struct Disk(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl Disk {
    fn mount(folder: &std::path::Path) -> Option<Disk> {
        let mut mount = std::process::Command::new("mount");
        let done = mount.args(["-t", "tmpfs", "-o", "size=32m", "tmpfs"]).arg(folder).output();
        done.is_ok_and(|done| done.status.success()).then(|| Disk(folder.to_owned()))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Disk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_servers_full_disk_leaves_the_old_site() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_owned();
    // Only root may mount a disk, and not in every container.
    let Some(disk) = Disk::mount(&place) else { return };
    let (site, server) = (built(), Server::start_in(folder, 503, Duration::ZERO));
    server.deployed(&site);
    change(&site);
    super::put(&site, "static/large.txt", &"words ".repeat(100_000));
    build(&site);

    // All of the disk but for some pages of memory.
    let filler = place.join("filler");
    let mut size = 32 << 20;
    while std::fs::write(&filler, vec![b' '; size]).is_err() {
        size -= 64 << 10;
    }
    let failed = server.deploy(&site, "s3cr3t-words");
    assert_eq!(code(&failed), 3, "{}", err(&failed));
    assert!(err(&failed).contains("the server answered 500"), "{}", err(&failed));
    assert_eq!(broken_links(&server.objects()), Vec::<String>::new());
    std::fs::remove_file(&filler).unwrap();
    server.deployed(&site);
    drop((server, disk));
}

#[test]
fn a_wrong_key_is_explained_and_never_shown() {
    let (site, server) = (built(), Server::start(503));
    let refused = server.deploy(&site, "wrong-words");
    let said = err(&refused);
    assert!(code(&refused) == 2 && said.contains("refuses the key"), "{said}");
    assert!(!said.contains("wrong-words") && !said.contains("Signature="), "{said}");
    assert!(!server.objects().exists());

    drop(server);
    let gone = Server { address: "127.0.0.1:1".parse().unwrap(), ..Server::start(503) };
    let failed = gone.deploy(&site, "s3cr3t-words");
    let said = err(&failed);
    assert!(code(&failed) == 3 && !said.contains("s3cr3t-words") && !said.contains("Signature="), "{said}");
}
