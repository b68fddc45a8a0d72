//! Reading without a network: the worker that hands kept files out, the one that ends it, and `offline.json`, the list of what is kept.

use anyhow::Result;
use corpus::{OFFLINE_VERSION, OfflineFile, OfflineList, STORY_FOLDER};
use rayon::prelude::*;

use super::{folder::SiteFolder, hosts::HASHED, page::BOOT, policy::is_immutable, share::ICONS};
use crate::build::name_hash;

/// The page that stands for every address when there is no network: the app renders the rest from what is kept.
pub(super) const SHELL_PAGE: &str = "offline.html";

/// The list's own name.
pub(crate) const LIST: &str = "offline.json";

/// The worker's name. It must never change: browsers look for news of a worker where they found it.
pub(crate) const WORKER: &str = "sw.js";

/// The worker that ends it all.
const WORKER_OFF: &str = "sw-off.js";

/// Both workers, by name.
pub(super) fn workers() -> [(&'static str, String); 2] {
    // As JSON writes a text, JavaScript reads it.
    let hashed = serde_json::Value::from(HASHED).to_string();
    [(WORKER, include_str!("sw.js").replace("__HASHED__", &hashed)), (WORKER_OFF, include_str!("sw-off.js").to_owned())]
}

/// Whether a file of the site is kept, by its path below it. Pages are not: the app renders them. Typefaces and the texts that stories were
/// recovered from are left out, because they outweigh everything else and few readers ask for them; schemas are for programs.
fn is_kept(path: &str) -> bool {
    let is_code = [".js", ".mjs", ".wasm", ".css"].iter().any(|ending| path.ends_with(ending)) && is_immutable(path);
    let is_data = path.starts_with("data/") && !["data/original/", "data/schema/"].iter().any(|folder| path.starts_with(folder));
    let is_by_name = [SHELL_PAGE, BOOT, "icon.svg", "manifest.webmanifest"].contains(&path);
    let is_icon = ICONS.iter().any(|icon| icon.path == path);
    (is_code || is_data || is_by_name || is_icon) && !path.starts_with("font/") && !path.ends_with(".br") && !path.ends_with(".gz")
}

/// Where a file stands in the list: what names others comes behind them, so that a list of which only a part is kept leads nowhere.
fn place(path: &str) -> u8 {
    match path {
        "data/manifest.json" => 2,
        SHELL_PAGE => 3,
        _ => u8::from(!is_immutable(path)),
    }
}

/// The list of a site's files, whatever their order.
///
/// # Errors
/// If a file cannot be read.
pub(super) fn list(site: &SiteFolder<'_>) -> Result<OfflineList> {
    let mut paths: Vec<String> = site.paths().into_iter().filter(|path| is_kept(path)).collect();
    // Stable: the paths are in order.
    paths.sort_by_key(|path| place(path));
    let file = |path: &String| {
        let (bytes, sha256) = site.sum(path)?;
        let shell = !path.starts_with(STORY_FOLDER) && !path.starts_with("data/search");
        Ok(OfflineFile { path: path.clone(), bytes, sha256, shell })
    };
    let files = paths.par_iter().map(file).collect::<Result<Vec<_>>>()?;
    let all: String = files.iter().map(|file| format!("{} {}\n", file.path, file.sha256)).collect();
    Ok(OfflineList { format: OFFLINE_VERSION, version: name_hash(all.as_bytes()), files })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{SiteFolder, is_kept, list, place, workers};
    use crate::publish::{folder::Previous, policy::is_immutable, record::Record};

    #[test]
    fn what_the_app_needs_is_kept_and_nothing_else() {
        let code = "story-home-0123456789abcdef";
        for path in [
            "boot.js",
            "icon-512.png",
            "apple-touch-icon.png",
            &format!("{code}.js"),
            &format!("{code}-later.wasm"),
            "data/manifest.json",
            "data/story/0123456789abcdef.json",
            "offline.html",
        ] {
            assert!(is_kept(path), "{path}");
        }
        for path in [
            "index.html",
            "story/a.html",
            "sw.js",
            "rss.xml",
            "data/manifest.json.br",
            "font/a-0123456789abcdef.css",
            "data/original/1.txt",
            "data/schema/a.json",
        ] {
            assert!(!is_kept(path), "{path}");
        }
    }

    #[test]
    fn what_names_other_files_comes_last() {
        let mut paths = ["offline.html", "data/manifest.json", "icon.svg", "data/cards-0123456789abcdef.json"];
        paths.sort_by_key(|path| place(path));
        assert_eq!(paths, ["data/cards-0123456789abcdef.json", "icon.svg", "data/manifest.json", "offline.html"]);
    }

    #[test]
    fn the_same_files_have_the_same_version_and_others_another() {
        let dir = tempfile::tempdir().unwrap();
        let version = |text: &str| {
            let site = SiteFolder::open(dir.path(), 1, Record::take(dir.path(), &[]).unwrap()).unwrap();
            ["index.html", "404.html", "data/manifest.json"].iter().for_each(|path| site.put(path, text.as_bytes()).unwrap());
            let list = list(&site).unwrap();
            site.finish(Previous::Remove).unwrap();
            list.version
        };
        let first = version("1");
        assert_ne!(version("2"), first);
        // Of the same length, and with what the record says of the file before.
        assert_eq!(version("1"), first);
        assert_eq!(version("1"), first);
    }

    #[test]
    fn workers_are_asked_for_again_and_know_what_is_hashed() {
        for (name, text) in workers() {
            assert!(!is_immutable(name) && !text.contains("__") && text.len() < 6000, "{name}");
        }
        let [(_, worker), _] = workers();
        assert!(worker.contains(r#"new RegExp("(-[0-9a-f]{14,16}(_bg|-[a-z0-9-]+)?\\.(js|css"#), "{worker}");
    }
}
