//! What belongs to the system and to rustup: browsers and drivers, Node, the wasm target, components of the compiler.
//!
//! Packages are installed only by root or where sudo asks nothing; otherwise one line names the command to run.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, bail};

use super::Need;
use crate::{
    process::{command, find_program, output, run, run_logged, succeeds},
    suite::Engine,
};

/// A Debian package and how to see that it is there, however it came.
struct Package {
    name: &'static str,
    is_here: fn() -> bool,
}

const CHROMIUM: Package = Package { name: "chromium", is_here: || has("chromium") };
const CHROMEDRIVER: Package = Package { name: "chromium-driver", is_here: || has("chromedriver") };
const FIREFOX: Package = Package { name: "firefox-esr", is_here: || has("firefox-esr") || has("firefox") };
const WEBKIT: Package = Package { name: "webkit2gtk-driver", is_here: || has("WebKitWebDriver") };
const XVFB: Package = Package { name: "xvfb", is_here: || has("Xvfb") };
/// Without Korean glyphs every syllable is the same box: line breaks, contrast and screenshots mean nothing.
const NANUM: Package = Package { name: "fonts-nanum", is_here: has_korean_font };
const NODE: Package = Package { name: "nodejs", is_here: || has("node") };
const NPM: Package = Package { name: "npm", is_here: || has("npm") };

/// A part of the compiler that rustup brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RustPart {
    WasmTarget,
    Component(&'static str),
}

/// The packages that `need` lacks on this machine.
pub(crate) fn missing_packages(need: Need) -> Vec<&'static str> {
    let packages: &[Package] = match need {
        Need::Rustfmt | Need::Clippy | Need::Bundler | Need::Cutter => &[],
        Need::WasmOpt | Need::Axe | Need::WebFont => &[NODE, NPM],
        Need::Peers | Need::SitePeers => &[NODE, NPM, CHROMIUM],
        Need::Engine(Engine::Chromium) => &[CHROMIUM, CHROMEDRIVER, NANUM],
        Need::Engine(Engine::Firefox) => &[FIREFOX, NANUM],
        Need::Engine(Engine::Webkit) => &[WEBKIT, XVFB, NANUM],
    };
    packages.iter().filter(|package| !(package.is_here)()).map(|package| package.name).collect()
}

/// Installs Debian packages.
///
/// # Errors
/// When that takes a password or another package manager: the message is the command to run.
pub(crate) fn install_packages(packages: &[&str], log: &Path) -> Result<()> {
    let list = packages.join(" ");
    if !has("apt-get") {
        bail!("these are missing and there is no apt-get here; install what Debian calls: {list}");
    }
    let Some(prefix) = root_prefix() else {
        bail!("system packages are missing; run: sudo apt-get install -y --no-install-recommends {list}");
    };
    println!("Installing system packages ({list}): 1 to 5 minutes …");
    run_logged(&mut apt_get(prefix, &["update"]), log).context("refreshing the package list")?;
    let install = ["install", "-y", "--no-install-recommends"];
    let mut apt_get = apt_get(prefix, &install);
    run_logged(apt_get.args(packages), log).with_context(|| format!("installing {list}"))
}

/// What `need` lacks of the compiler.
pub(crate) fn missing_rust(need: Need) -> Option<RustPart> {
    match need {
        Need::Bundler | Need::Peers if !has_wasm_target() => Some(RustPart::WasmTarget),
        Need::Rustfmt if !succeeds(command("cargo").args(["fmt", "--version"])) => Some(RustPart::Component("rustfmt")),
        Need::Clippy if !succeeds(command("cargo").args(["clippy", "--version"])) => Some(RustPart::Component("clippy")),
        _ => None,
    }
}

/// Lets rustup bring it, for the compiler that the checkout names.
pub(crate) fn install_rust(part: RustPart, root: &Path) -> Result<()> {
    let args = match part {
        RustPart::WasmTarget => ["target", "add", "wasm32-unknown-unknown"],
        RustPart::Component(name) => ["component", "add", name],
    };
    if !has("rustup") {
        bail!("the compiler lacks {0}; with rustup: rustup {1} {0}", args[2], args[..2].join(" "));
    }
    println!("Fetching {} for the compiler: under a minute …", args[2]);
    run(command("rustup").args(args).current_dir(root)).with_context(|| format!("fetching {}", args[2]))
}

fn has(program: &str) -> bool {
    find_program(program, &[]).is_some()
}

fn has_korean_font() -> bool {
    Path::new("/usr/share/fonts/truetype/nanum").is_dir()
        || command("fc-list").args([":lang=ko", "family"]).output().is_ok_and(|output| !output.stdout.is_empty())
}

fn has_wasm_target() -> bool {
    let sysroot = output(command("rustc").args(["--print", "sysroot"]));
    sysroot.is_ok_and(|sysroot| Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown/lib").is_dir())
}

/// What to write before a command that needs root: nothing for root, sudo where it asks nothing, `None` otherwise.
fn root_prefix() -> Option<&'static [&'static str]> {
    if output(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0") {
        return Some(&[]);
    }
    succeeds(command("sudo").args(["-n", "true"])).then_some(&["sudo", "-n"])
}

fn apt_get(prefix: &[&str], args: &[&str]) -> Command {
    // Through `env`: sudo drops the caller's variables. The lock timeout outlasts a system that updates itself meanwhile.
    let words = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"];
    let mut words = prefix.iter().chain(&words).chain(args);
    let mut apt_get = command(words.next().copied().unwrap_or("env"));
    apt_get.args(words);
    apt_get
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::line;

    #[test]
    fn apt_get_never_asks() {
        let plain = "env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 update";
        assert_eq!(line(&apt_get(&[], &["update"])), plain);
        assert_eq!(line(&apt_get(&["sudo", "-n"], &["update"])), format!("sudo -n {plain}"));
    }

    #[test]
    fn formatting_needs_no_package() {
        assert!(missing_packages(Need::Rustfmt).is_empty());
    }
}
