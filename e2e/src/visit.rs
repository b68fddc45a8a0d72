//! One scenario's fresh start and its verdict: nothing of an earlier scenario is left, and nothing that the page complained about goes unnoticed.

use std::{cell::RefCell, fs, path::Path};

use anyhow::{Context, Result, anyhow, bail};
use base64::Engine as _;

use crate::{
    Engine, Page,
    archive::Archive,
    console,
    server::{Request, Server},
    session::Session,
};

/// The window that scenarios begin with, in CSS pixels.
const WINDOW: (u32, u32) = (1280, 900);

/// A reader who has just sat down.
#[derive(Debug)]
pub struct Visit<'a> {
    /// The page in front of them.
    pub page: Page<'a>,
    /// The host of the archive, theirs alone.
    pub server: Server,
    /// What the archive contains.
    pub archive: &'a Archive,
    /// The folder of the built site.
    pub site: &'a Path,
    /// The engine that they read in.
    pub engine: Engine,
    forgiven: RefCell<Vec<String>>,
    missing: RefCell<Vec<String>>,
}

impl<'a> Visit<'a> {
    /// Opens an empty window and starts a host for `site` below `prefix`.
    ///
    /// # Errors
    /// The browser is gone, or no port is free.
    pub fn begin(session: &'a Session, engine: Engine, site: &'a Path, prefix: &str, archive: &'a Archive) -> Result<Self> {
        session.renew_window()?;
        session.resize(WINDOW.0, WINDOW.1)?;
        console::forget(session, engine)?;
        Ok(Self {
            page: Page::new(session),
            server: Server::start(site, prefix)?,
            archive,
            site,
            engine,
            forgiven: RefCell::default(),
            missing: RefCell::default(),
        })
    }

    /// Opens an address below the base and waits until the app says that it is ready.
    ///
    /// # Errors
    /// It does not become ready.
    pub fn open(&self, path: &str) -> Result<()> {
        self.go(path)?;
        self.until_ready()
    }

    /// Opens an address below the base without waiting for the app.
    ///
    /// # Errors
    /// As every command.
    pub fn go(&self, path: &str) -> Result<()> {
        Ok(self.page.session().go(&self.server.url(path))?)
    }

    /// Reloads the page and waits until the app is ready again.
    ///
    /// # Errors
    /// It does not become ready.
    pub fn reload(&self) -> Result<()> {
        self.page.session().reload()?;
        self.until_ready()
    }

    /// Opens an address below the base in a page that is `width` CSS pixels wide: a frame, because no desktop lets a window be a phone's width.
    ///
    /// # Errors
    /// The app does not become ready in it.
    pub fn open_narrow(&self, path: &str, width: u32) -> Result<()> {
        self.go(&format!("__e2e__/frame?width={width}&path={path}"))?;
        self.page.session().enter_frame()?;
        self.until_ready()?;
        let actual = self.page.run("return innerWidth", &[])?;
        if actual == width { Ok(()) } else { bail!("the frame is {actual} wide instead of {width}") }
    }

    /// Opens two addresses side by side, as two tabs, and enters the first. `other_tab` of a script is the other's document.
    ///
    /// # Errors
    /// The apps do not become ready.
    pub fn open_beside(&self, path: &str, other: &str) -> Result<()> {
        self.open_narrow(&format!("{path}&beside={other}"), WINDOW.0)?;
        self.page.until("the app in the other tab to be ready", || {
            match self.run_beside("return other_tab.documentElement.hasAttribute('data-ready')")?.as_bool() {
                Some(true) => Ok(()),
                _ => Err(anyhow!("html has no data-ready")),
            }
        })
    }

    /// Runs a script that may look at `other_tab`.
    ///
    /// # Errors
    /// As every command.
    pub fn run_beside(&self, body: &str) -> Result<serde_json::Value> {
        self.page.run(&format!("const other_tab = parent.frames[1].document; {body}"), &[])
    }

    fn until_ready(&self) -> Result<()> {
        self.page.until("the app to be ready", || {
            match self.page.run("return document.documentElement.hasAttribute('data-ready')", &[])?.as_bool() {
                Some(true) => Ok(()),
                _ => Err(anyhow!("html has no data-ready")),
            }
        })
    }

    /// Complaints that hold this are part of the scenario.
    pub fn forgive(&self, part: &str) {
        self.forgiven.borrow_mut().push(part.to_owned());
    }

    /// Nothing lives at this address below the base: its page may come with the status that says so.
    pub fn expect_missing(&self, path: &str) {
        self.missing.borrow_mut().push(format!("{}{}", self.server.prefix(), path.trim_start_matches('/')));
        self.forgive("the server responded with a status of 404");
    }

    /// Fails if the page complained, if it asked for a file that is not there, or if it left the prefix.
    ///
    /// # Errors
    /// What was wrong, a line each.
    pub fn end(&self) -> Result<()> {
        let forgiven = self.forgiven.borrow();
        let complaints = console::complaints(self.page.session(), self.engine)?;
        let complaints = complaints.into_iter().filter(|complaint| !forgiven.iter().any(|part| complaint.text.contains(part.as_str())));
        let said = complaints.map(|complaint| format!("{} on {}: {}", complaint.kind, complaint.page, complaint.text));
        let requests = self.server.requests();
        let asked = requests
            .iter()
            .filter(|request| !self.is_expected(request))
            .map(|request| format!("answered {} to {}", request.status, request.path));
        let lines: Vec<String> = said.chain(asked).collect();
        if lines.is_empty() { Ok(()) } else { bail!("the page complained:\n  {}", lines.join("\n  ")) }
    }

    /// Saves a picture of the page.
    ///
    /// # Errors
    /// The browser is gone, or the file cannot be written.
    pub fn save_picture(&self, file: &Path) -> Result<()> {
        let picture =
            base64::engine::general_purpose::STANDARD.decode(self.page.session().screenshot()?).context("reading the screenshot")?;
        fs::write(file, picture).with_context(|| format!("writing {}", file.display()))
    }

    fn is_expected(&self, request: &Request) -> bool {
        let is_icon_nobody_named = request.path == "/favicon.ico";
        request.is_fault
            || (request.status == 404 && self.missing.borrow().contains(&request.path))
            || is_icon_nobody_named
            || (request.status < 400 && request.path.starts_with(self.server.prefix().trim_end_matches('/')))
    }
}
