//! The pinned tools: one table of names, versions, ways to install and what to expect.
//!
//! Raising a version here is all it takes; `Trunk.toml` repeats wasm-opt's (a test compares them) so that trunk on its own refuses
//! another one.

use anyhow::{Context, Result};

/// One tool that is kept in the user's cache.
#[derive(Debug)]
pub(crate) struct Tool {
    /// Its crate or npm package.
    pub(crate) name: &'static str,
    version: Version,
    /// How it gets here.
    pub(crate) source: Source,
    /// The file, below its own folder, that others use. Where it is, the installation is finished.
    pub(crate) artifact: &'static str,
    /// What it does here, for the line that announces it.
    pub(crate) purpose: &'static str,
    /// What to expect on two cores, measured with nothing cached.
    pub(crate) duration: &'static str,
}

#[derive(Debug)]
enum Version {
    Pinned(&'static str),
    /// That of the crate in `Cargo.lock` with this name.
    Locked(&'static str),
    /// None of its own: one that changes with this text.
    Of(&'static str),
}

/// Where a tool comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// `cargo install`, compiled here.
    Cargo {
        /// Whether its own `Cargo.lock` is used.
        locked: bool,
        /// Features beside its default ones, separated by commas.
        features: &'static str,
    },
    /// `npm install`, downloaded.
    Npm,
    /// What this package.json names, downloaded.
    NpmSet {
        package: &'static str,
        /// The versions of everything that those depend on; without it, they depend on nothing.
        lock: Option<&'static str>,
    },
}

/// Newer ones need a newer compiler than `rust-toolchain.toml` names.
pub(crate) const TRUNK: Tool = Tool {
    name: "trunk",
    version: Version::Pinned("0.21.14"),
    source: Source::Cargo { locked: true, features: "" },
    artifact: "bin/trunk",
    purpose: "bundles the app",
    duration: "about 6 minutes",
};

/// Must equal the library to the patch: the two share an unversioned format.
/// Not `--locked`: the lock file of 0.2.130 names a dependency that has since been withdrawn.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen-cli",
    version: Version::Locked("wasm-bindgen"),
    source: Source::Cargo { locked: false, features: "" },
    artifact: "bin/wasm-bindgen",
    purpose: "writes the JavaScript around the wasm",
    duration: "about 4 minutes",
};

/// Must know the marks that `wasm_split_helpers` in `Cargo.lock` leaves: the two say their format's version, and it refuses another.
pub(crate) const CUTTER: Tool = Tool {
    name: "wasm_split_cli_support",
    version: Version::Pinned("0.2.4"),
    source: Source::Cargo { locked: true, features: "build-binary" },
    artifact: "bin/wasm-split-cli",
    purpose: "cuts the app into what comes first and what comes later",
    duration: "about 1 minute",
};

/// From npm because Debian's is years older. It is JavaScript, so it needs Node.
pub(crate) const WASM_OPT: Tool = Tool {
    name: "binaryen",
    version: Version::Pinned("132.0.0"),
    source: Source::Npm,
    artifact: "node_modules/.bin/wasm-opt",
    purpose: "wasm-opt, makes release builds small",
    duration: "some seconds, 100 MB",
};

/// Firefox's WebDriver; Debian has no package of it.
pub(crate) const GECKODRIVER: Tool = Tool {
    name: "geckodriver",
    version: Version::Pinned("0.37.1"),
    source: Source::Cargo { locked: true, features: "" },
    artifact: "bin/geckodriver",
    purpose: "lets tests drive Firefox",
    duration: "2 to 5 minutes",
};

/// Finds accessibility faults in a running page.
pub(crate) const AXE: Tool = Tool {
    name: "axe-core",
    version: Version::Pinned("4.14.1"),
    source: Source::Npm,
    artifact: "node_modules/axe-core/axe.min.js",
    purpose: "checks accessibility in the browser tests",
    duration: "some seconds",
};

/// A Korean typeface, cut into files of some syllables each. SIL Open Font License; its style sheet carries the notice.
pub(crate) const PRETENDARD: Tool = Tool {
    name: "pretendard",
    version: Version::Pinned("1.3.9"),
    source: Source::Npm,
    artifact: "node_modules/pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css",
    purpose: "a typeface for `build --font pretendard`",
    duration: "some seconds, 100 MB",
};

const PEERS_JSON: &str = include_str!("../../../bench/search/peers/package.json");

/// Other search engines, and what the harness that measures them needs: a bundler, a driver of the browser, wasm-opt for ours.
pub(crate) const PEERS: Tool = Tool {
    name: "search-peers",
    version: Version::Of(PEERS_JSON),
    source: Source::NpmSet { package: PEERS_JSON, lock: None },
    // npm writes it last.
    artifact: "node_modules/.package-lock.json",
    purpose: "the search engines to compare with",
    duration: "under a minute, 155 MB",
};

const SITE_PEERS_JSON: &str = include_str!("../../../bench/site/peers/package.json");
const SITE_PEERS_LOCK: &str = include_str!("../../../bench/site/peers/package-lock.json");

/// Site generators, Lighthouse, and a Node that is new enough for both, whatever the system has.
pub(crate) const SITE_PEERS: Tool = Tool {
    name: "site-peers",
    version: Version::Of(SITE_PEERS_LOCK),
    source: Source::NpmSet { package: SITE_PEERS_JSON, lock: Some(SITE_PEERS_LOCK) },
    artifact: "node_modules/.package-lock.json",
    purpose: "Lighthouse, and the site generators to compare with",
    duration: "about a minute, 650 MB",
};

impl Tool {
    /// The version to install, `lock_text` being the workspace's `Cargo.lock`.
    pub(crate) fn version(&self, lock_text: &str) -> Result<String> {
        match self.version {
            Version::Pinned(version) => Ok(version.to_owned()),
            Version::Locked(package) => locked_version(lock_text, package)
                .map(str::to_owned)
                .with_context(|| format!("Cargo.lock names no {package}, or two versions of it")),
            Version::Of(text) => Ok(fingerprint(text.as_bytes())),
        }
    }
}

/// FNV-1a, 64 bits: enough to tell versions of one file apart.
pub(crate) fn fingerprint(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

/// The version of `package` in a `Cargo.lock`; `None` when it is absent or there are several.
pub(crate) fn locked_version<'a>(lock_text: &'a str, package: &str) -> Option<&'a str> {
    let value_of = |line: &'a str, key: &str| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"');
    let mut versions = lock_text.split("[[package]]").filter_map(|entry| {
        let name = entry.lines().find_map(|line| value_of(line, "name"))?;
        (name == package).then(|| entry.lines().find_map(|line| value_of(line, "version")))?
    });
    let version = versions.next();
    if versions.next().is_some() { None } else { version }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const LOCK: &str = r#"version = 4

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry+somewhere"
dependencies = [
 "cfg-if",
 "wasm-bindgen-macro",
]

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.129"

[[package]]
name = "syn"
version = "2.0.1"

[[package]]
name = "syn"
version = "3.0.0"
"#;

    #[test]
    fn reads_versions_from_the_lock_file() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-macro"), Some("0.2.129"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
        assert_eq!(locked_version("", "wasm-bindgen"), None);
    }

    #[test]
    fn two_versions_are_no_answer() {
        assert_eq!(locked_version(LOCK, "syn"), None);
    }

    #[test]
    fn bindgen_follows_the_lock_file_and_says_when_it_cannot() {
        assert_eq!(WASM_BINDGEN.version(LOCK).unwrap(), "0.2.130");
        assert_eq!(TRUNK.version("").unwrap(), "0.21.14");
        assert!(WASM_BINDGEN.version("").unwrap_err().to_string().contains("wasm-bindgen"));
    }

    #[test]
    fn set_of_packages_has_another_version_when_it_changes() {
        // From the reference code of FNV.
        assert_eq!(fingerprint(b"foobar"), "85944171f73967e8");
        assert_eq!(PEERS.version("").unwrap(), fingerprint(PEERS_JSON.as_bytes()));
    }

    #[test]
    fn peers_are_pinned_and_share_our_wasm_opt() {
        let package: serde_json::Value = serde_json::from_str(PEERS_JSON).unwrap();
        let peers = package["dependencies"].as_object().unwrap();
        for (name, version) in peers {
            let is_exact = version.as_str().unwrap().split('.').all(|part| part.parse::<u32>().is_ok());
            assert!(is_exact, "{name} {version}");
        }
        assert_eq!(peers["binaryen"].as_str().unwrap(), WASM_OPT.version("").unwrap());
    }

    #[test]
    fn site_peers_are_pinned_with_what_they_depend_on_and_name_no_registry() {
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        let (package, lock) = (read(SITE_PEERS_JSON), read(SITE_PEERS_LOCK));
        for kind in ["dependencies", "optionalDependencies"] {
            assert_eq!(package[kind], lock["packages"][""][kind], "npm install --package-lock-only");
        }
        for (name, found) in lock["packages"].as_object().unwrap().iter().filter(|(name, _)| !name.is_empty()) {
            assert!(found["integrity"].is_string() && found["resolved"].is_null(), "{name}");
        }
    }

    #[test]
    fn trunk_toml_asks_for_the_same_wasm_opt() {
        let config = include_str!("../../../Trunk.toml");
        let version = WASM_OPT.version("").unwrap();
        let (major, _) = version.split_once('.').unwrap();
        assert!(config.contains(&format!("wasm_opt = \"version_{major}\"")), "Trunk.toml [tools]");
    }
}
