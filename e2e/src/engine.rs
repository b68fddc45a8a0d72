//! The three engines: their names, their programs and what they ask of a WebDriver session. Starting them is `browser`'s part.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

/// A browser engine that the suite reads the archive in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Blink and V8, through chromedriver.
    Chromium,
    /// Gecko, through geckodriver.
    Firefox,
    /// WebKitGTK, through its MiniBrowser; needs a display of its own.
    WebKit,
}

/// The programs that one engine needs on this machine.
#[derive(Clone, Debug)]
pub struct Programs {
    /// Speaks WebDriver.
    pub driver: PathBuf,
    /// The browser itself.
    pub browser: PathBuf,
    /// An X server without a screen, for an engine that cannot run headless.
    pub display: Option<PathBuf>,
}

impl Engine {
    /// Every engine, in the order of reports.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The name in trial names and in `E2E_ENGINES`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// The engines that a comma-separated list names.
    ///
    /// # Errors
    /// A word that names no engine.
    pub fn parse_list(list: &str) -> Result<Vec<Self>> {
        list.split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(|word| {
                Self::ALL
                    .into_iter()
                    .find(|engine| engine.name() == word)
                    .with_context(|| format!("no engine is called {word:?}; there are chromium, firefox and webkit"))
            })
            .collect()
    }

    /// Where this engine's programs are.
    ///
    /// # Errors
    /// A program that is missing, with the command that installs it.
    pub fn programs(self) -> Result<Programs> {
        match self {
            Self::Chromium => Ok(Programs {
                driver: find_program(&["chromedriver"], "apt-get install chromium chromium-driver")?,
                browser: find_program(&["chromium", "chromium-browser", "google-chrome"], "apt-get install chromium chromium-driver")?,
                display: None,
            }),
            Self::Firefox => Ok(Programs {
                driver: match env::var_os("E2E_GECKODRIVER") {
                    Some(path) if Path::new(&path).is_file() => PathBuf::from(path),
                    Some(path) => bail!("E2E_GECKODRIVER names {}, which is no file", PathBuf::from(path).display()),
                    None => find_program(&["geckodriver"], "cargo install geckodriver --locked, or set E2E_GECKODRIVER")?,
                },
                browser: find_program(&["firefox-esr", "firefox"], "apt-get install firefox-esr")?,
                display: None,
            }),
            Self::WebKit => Ok(Programs {
                driver: find_program(&["WebKitWebDriver"], "apt-get install webkit2gtk-driver")?,
                browser: find_mini_browser().context("MiniBrowser is missing; run: apt-get install webkit2gtk-driver")?,
                display: Some(find_program(&["Xvfb"], "apt-get install xvfb")?),
            }),
        }
    }

    /// The arguments that make the driver listen on a port of the loopback interface.
    pub fn driver_arguments(self, port: u16) -> Vec<String> {
        match self {
            Self::Chromium | Self::WebKit => vec![format!("--port={port}")],
            Self::Firefox => vec!["--port".into(), port.to_string()],
        }
    }

    /// The capabilities of a new session.
    pub fn capabilities(self, programs: &Programs) -> Value {
        let timeouts = json!({ "script": 60_000, "pageLoad": 30_000, "implicit": 0 });
        match self {
            // `--no-sandbox`: Chromium refuses to start as root with it, as in a container; it only ever sees our own pages.
            // The network switches: without them it stalls on connections that are refused.
            Self::Chromium => json!({
                "browserName": "chrome",
                "timeouts": timeouts,
                "goog:loggingPrefs": { "browser": "ALL" },
                "goog:chromeOptions": {
                    "binary": programs.browser,
                    "args": ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--lang=ko"],
                },
            }),
            Self::Firefox => json!({
                "browserName": "firefox",
                "timeouts": timeouts,
                "moz:firefoxOptions": { "binary": programs.browser, "args": ["-headless"] },
            }),
            Self::WebKit => json!({
                "browserName": "MiniBrowser",
                "timeouts": timeouts,
                "webkitgtk:browserOptions": { "binary": programs.browser, "args": ["--automation"] },
            }),
        }
    }
}

/// The first of `names` on the search path.
fn find_program(names: &[&str], install: &str) -> Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = names.iter().find_map(|name| env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file()));
    found.with_context(|| format!("{} is missing; run: {install}", names.join(" or ")))
}

/// MiniBrowser is not on the search path: it lies in the library folder of the architecture, below the API version.
fn find_mini_browser() -> Option<PathBuf> {
    let folders = ["/usr/lib", "/usr/lib64", "/usr/libexec"].into_iter().map(PathBuf::from);
    let nested = |folder: PathBuf| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let candidates = folders.flat_map(|folder| nested(folder.clone()).chain([folder]));
    let versions = ["webkitgtk-6.0", "webkit2gtk-4.1", "webkit2gtk-4.0"];
    let mut found: Vec<PathBuf> = candidates
        .flat_map(|folder| versions.map(|version| folder.join(version).join("MiniBrowser")))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found.into_iter().next()
}
