//! A static host on the loopback interface, as the archive meets it in the world: a folder, maybe below a prefix, nothing computed.
//!
//! Each scenario gets one of its own: a new port is a new origin, so storage and caches are empty without being emptied. It can lose, break or
//! hold back a file, and remembers every request. The only things that it changes are pages, their `<base>` for a prefix and a first script
//! that records what the page complains about, and what `offline.json` says of them.

mod answer;
mod fault;
mod policy;

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use anyhow::{Context, Result};

pub use fault::{Fault, Request};

use answer::Answer;
use fault::Ledger;

/// How long a connection may stay silent. Browsers open some that they never use.
const SILENCE: Duration = Duration::from_secs(20);

/// A running host. It stops when dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    prefix: String,
    shared: Arc<Shared>,
}

/// What the connections share.
#[derive(Debug)]
struct Shared {
    site: PathBuf,
    prefix: String,
    ledger: Ledger,
    /// The data of another archive, in place of the site's.
    other_data: OnceLock<PathBuf>,
    is_stopping: AtomicBool,
}

impl Server {
    /// Serves the folder `site` below `prefix`, which begins and ends with a slash.
    ///
    /// # Errors
    /// No port is free.
    pub fn start(site: &Path, prefix: &str) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("listening on the loopback interface")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            site: site.to_owned(),
            prefix: prefix.to_owned(),
            ledger: Ledger::default(),
            other_data: OnceLock::new(),
            is_stopping: AtomicBool::new(false),
        });
        let for_thread = Arc::clone(&shared);
        thread::spawn(move || accept(&listener, &for_thread));
        Ok(Self { address, prefix: prefix.to_owned(), shared })
    }

    /// Scheme, host and port, without a slash at the end.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The prefix that the site lies below, `/` or `/repo/`.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The full address of a path below the base.
    pub fn url(&self, path: &str) -> String {
        format!("{}{}{}", self.origin(), self.prefix, path.trim_start_matches('/'))
    }

    /// From now on, `data/` is this folder. A host has one such archive at most: a second one is ignored.
    pub fn serve_data_of(&self, folder: &Path) {
        let _ = self.shared.other_data.set(folder.to_owned());
    }

    /// From now on, files whose path below the base begins with `path` fail in this way.
    pub fn break_path(&self, path: &str, fault: Fault) {
        self.shared.ledger.set_fault(path, fault);
    }

    /// Every file is well again, and what was held back goes out.
    pub fn mend(&self) {
        self.shared.ledger.clear_faults();
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.ledger.requests()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.is_stopping.store(true, Ordering::SeqCst);
        self.mend();
        // The listener wakes up for one last connection and sees the flag.
        let _ = TcpStream::connect(self.address);
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.is_stopping.load(Ordering::SeqCst) {
            return;
        }
        let shared = Arc::clone(shared);
        if let Ok(stream) = stream {
            // A browser that hangs up in the middle of an answer is its own right, for example when it leaves the page.
            thread::spawn(move || serve(&stream, &shared).unwrap_or_default());
        }
    }
}

/// Answers one request and closes the connection.
fn serve(stream: &TcpStream, shared: &Shared) -> std::io::Result<()> {
    stream.set_read_timeout(Some(SILENCE))?;
    let mut reader = BufReader::new(stream);
    let mut request_line = String::new();
    reader.read_line(&mut request_line)?;
    let Some(target) = request_line.split(' ').nth(1) else { return Ok(()) };
    let mut header = String::new();
    let mut is_past_caches = false;
    while 0 < reader.read_line(&mut header)? && !header.trim().is_empty() {
        is_past_caches |= header.trim().eq_ignore_ascii_case("cache-control: no-cache");
        header.clear();
    }
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
    let is_of_the_suite = path.contains("/__e2e__/");
    let answer = answer(&path, target, is_past_caches, shared);
    shared.ledger.record(Request { target: target.to_owned(), path, status: answer.status, is_fault: answer.is_fault });
    if answer.status == 0 {
        return Ok(());
    }
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}{}Cache-Control: no-cache\r\nConnection: close\r\n\r\n",
        answer.status,
        answer.reason(),
        answer.content_type,
        answer.body.len(),
        answer.location.map(|location| format!("Location: {location}\r\n")).unwrap_or_default(),
        // The suite's own pages have scripts and styles inside, which the policy is there to stop.
        if is_of_the_suite { String::new() } else { policy::headers(&shared.site) },
    )?;
    stream.write_all(&answer.body)?;
    stream.flush()
}

fn answer(path: &str, target: &str, is_past_caches: bool, shared: &Shared) -> Answer {
    let Some(below) = path.strip_prefix(&shared.prefix) else {
        let is_prefix_itself = format!("{path}/") == shared.prefix;
        return if is_prefix_itself { Answer::moved(shared.prefix.clone()) } else { Answer::not_found() };
    };
    if let Some(answer) = answer::of_the_suite(below, target, &shared.prefix) {
        return answer;
    }
    let fault = shared.ledger.fault_of(below, is_past_caches);
    let file = match (shared.other_data.get(), below.strip_prefix("data/")) {
        (Some(folder), Some(name)) => Answer::data(folder, name),
        _ => Answer::file(&shared.site, below, &shared.prefix),
    };
    match fault {
        Some(fault) => fault.spoil(file),
        None => file,
    }
}
