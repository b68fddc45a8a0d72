//! Makes sure that the programs a command needs are there: finds them, or installs them once for all checkouts of this user.
//!
//! [`table`] says which tools and versions; [`store`] keeps them in the user's cache; [`system`] asks rustup and apt-get. Versions of the
//! browsers are Debian's business.

mod store;
mod system;
mod table;

use std::{env, ffi::OsString, fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    process::{command, find_program, is_ci},
    project::Project,
    suite::Engine,
};
use store::{Pinned, Store};
pub(crate) use table::fingerprint;
use table::{AXE, CUTTER, GECKODRIVER, PEERS, PRETENDARD, SITE_PEERS, TRUNK, Tool, WASM_BINDGEN, WASM_OPT};

/// Something that a command cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Need {
    /// `cargo fmt`.
    Rustfmt,
    /// `cargo clippy`.
    Clippy,
    /// The standard library for wasm, trunk and the wasm-bindgen that equals `Cargo.lock`.
    Bundler,
    /// Binaryen's optimiser, for release builds.
    WasmOpt,
    /// Cuts a release build into two modules.
    Cutter,
    /// A browser, its driver and Korean glyphs.
    Engine(Engine),
    /// The accessibility checker that the browser suite injects.
    Axe,
    /// Other search engines, and what measuring them and ours in Chromium takes.
    Peers,
    /// Lighthouse and other site generators.
    SitePeers,
    /// A typeface to publish beside the app.
    WebFont,
}

impl Need {
    fn tools(self) -> &'static [&'static Tool] {
        match self {
            Self::Rustfmt | Self::Clippy => &[],
            Self::Bundler => &[&TRUNK, &WASM_BINDGEN],
            Self::WasmOpt => &[&WASM_OPT],
            Self::Cutter => &[&CUTTER],
            Self::Engine(Engine::Firefox) => &[&GECKODRIVER],
            Self::Engine(Engine::Chromium | Engine::Webkit) => &[],
            Self::Axe => &[&AXE],
            Self::Peers => &[&PEERS],
            Self::SitePeers => &[&SITE_PEERS],
            Self::WebFont => &[&PRETENDARD],
        }
    }
}

/// The tools of one user, found or installed.
#[derive(Debug)]
pub(crate) struct Toolbox {
    /// Folders of programs, to be searched before PATH.
    dirs: Vec<PathBuf>,
    lock_text: String,
    store: Store,
}

impl Toolbox {
    /// Finds what `needs` name and installs what is missing, with a line for each step and how long it may take.
    ///
    /// # Errors
    /// The first step that fails: with its log, or with the command that a person has to run.
    pub(crate) fn prepare(project: &Project, needs: &[Need]) -> Result<Self> {
        let mut toolbox = Self::new(project)?;
        if !toolbox.is_complete(needs)? {
            // Waits for another run that installs, and may then find everything there.
            let _lock = toolbox.store.lock()?;
            toolbox.install(project, needs)?;
        }
        toolbox.open(needs)?;
        Ok(toolbox)
    }

    fn new(project: &Project) -> Result<Self> {
        let lock_file = project.root.join("Cargo.lock");
        let lock_text = fs::read_to_string(&lock_file).with_context(|| format!("reading {}", lock_file.display()))?;
        Ok(Self { dirs: Vec::new(), lock_text, store: Store::new(&project.cache) })
    }

    /// Puts the folders of what is there on the search path.
    fn open(&mut self, needs: &[Need]) -> Result<()> {
        for tool in needs.iter().flat_map(|need| need.tools()) {
            let pinned = self.pinned(tool)?;
            self.dirs.extend(self.store.program_dir(&pinned));
        }
        Ok(())
    }

    /// A command that finds these tools before others on PATH, as do the programs that it starts.
    pub(crate) fn command(&self, program: &str) -> Result<Command> {
        let found = find_program(program, &self.dirs).with_context(|| format!("{program} is not on PATH"))?;
        let mut command = command(found);
        command.env("PATH", self.path()?);
        Ok(command)
    }

    /// trunk, without what it does on its own: looking for updates, reading NO_COLOR (it stops at `NO_COLOR=1`).
    pub(crate) fn trunk(&self) -> Result<Command> {
        let mut trunk = self.command("trunk")?;
        trunk.env("TRUNK_SKIP_VERSION_CHECK", "true").env_remove("NO_COLOR");
        if is_ci() || env::var_os("NO_COLOR").is_some() {
            trunk.env("TRUNK_COLOR", "never");
        }
        Ok(trunk)
    }

    /// Firefox's driver.
    pub(crate) fn geckodriver(&self) -> Result<PathBuf> {
        find_program("geckodriver", &self.dirs).context("geckodriver is not installed")
    }

    /// The script of the accessibility checker.
    pub(crate) fn axe(&self) -> Result<PathBuf> {
        Ok(self.store.artifact(&self.pinned(&AXE)?))
    }

    /// The style sheet of the web font; its files lie in a folder beside it.
    pub(crate) fn web_font(&self) -> Result<PathBuf> {
        Ok(self.store.artifact(&self.pinned(&PRETENDARD)?))
    }

    /// The folder that Node finds the other search engines in.
    pub(crate) fn peers(&self) -> Result<PathBuf> {
        self.packages(&PEERS)
    }

    /// The folder that Node finds Lighthouse and the other site generators in.
    pub(crate) fn site_peers(&self) -> Result<PathBuf> {
        self.packages(&SITE_PEERS)
    }

    fn packages(&self, set: &'static Tool) -> Result<PathBuf> {
        let artifact = self.store.artifact(&self.pinned(set)?);
        Ok(artifact.parent().context("the packages lie in no folder")?.to_path_buf())
    }

    fn path(&self) -> Result<OsString> {
        let on_path = env::var_os("PATH").unwrap_or_default();
        env::join_paths(self.dirs.iter().cloned().chain(env::split_paths(&on_path))).context("a tool's folder cannot stand in PATH")
    }

    fn pinned(&self, tool: &'static Tool) -> Result<Pinned> {
        Ok(Pinned { tool, version: tool.version(&self.lock_text)? })
    }

    fn is_complete(&self, needs: &[Need]) -> Result<bool> {
        for need in needs {
            if !system::missing_packages(*need).is_empty() || system::missing_rust(*need).is_some() {
                return Ok(false);
            }
            for tool in need.tools() {
                if !self.store.has(&self.pinned(tool)?) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn install(&self, project: &Project, needs: &[Need]) -> Result<()> {
        let mut packages: Vec<&str> = needs.iter().flat_map(|need| system::missing_packages(*need)).collect();
        packages.sort_unstable();
        packages.dedup();
        if !packages.is_empty() {
            system::install_packages(&packages, &self.store.log("apt-get"))?;
        }
        for need in needs {
            if let Some(part) = system::missing_rust(*need) {
                system::install_rust(part, &project.root)?;
            }
        }
        for tool in needs.iter().flat_map(|need| need.tools()) {
            let pinned = self.pinned(tool)?;
            if !self.store.has(&pinned) {
                self.store.install(&pinned)?;
            }
        }
        self.store.clean()
    }
}

/// `cargo xtask tools`: installs what trunk needs, or only names the folders.
pub(crate) fn run(project: &Project, print_path: bool) -> Result<()> {
    let needs = [Need::Bundler, Need::WasmOpt];
    if !print_path {
        let toolbox = Toolbox::prepare(project, &needs)?;
        println!("Everything is there. For `trunk serve` and `trunk build --release` on their own:");
        println!("export PATH=\"{}:$PATH\"", join(&toolbox.dirs)?);
        return Ok(());
    }
    let mut toolbox = Toolbox::new(project)?;
    if !toolbox.is_complete(&needs)? {
        bail!("some tools are missing; `cargo xtask tools` installs them");
    }
    toolbox.open(&needs)?;
    println!("{}", join(&toolbox.dirs)?);
    Ok(())
}

fn join(dirs: &[PathBuf]) -> Result<String> {
    let joined = env::join_paths(dirs).context("a tool's folder cannot stand in PATH")?;
    joined.into_string().ok().context("a tool's folder has a name that is not text")
}
