//! The sites of others: the bundled stories as Markdown in their words, their own search, their default look, nothing left out or tuned.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::Bench;
use crate::{
    bench::{folder::copy_folder, options::Peer},
    process::run_logged,
};

/// Headers of files named by their content, as both generators' guides advise. What ours sends beside these, its policy, is not theirs.
const HEADERS: &str =
    "/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n/_astro/*\n  Cache-Control: public, max-age=31536000, immutable\n";

/// As the tables call it.
pub(super) fn name(peer: Peer) -> &'static str {
    match peer {
        Peer::VitePress => "VitePress",
        Peer::Starlight => "Starlight + Pagefind",
    }
}

/// Programs whose versions count, and the packages that say them.
pub(super) fn programs(peer: Peer) -> &'static [(&'static str, &'static str)] {
    match peer {
        Peer::VitePress => &[("VitePress", "vitepress")],
        Peer::Starlight => &[("Starlight", "@astrojs/starlight"), ("Astro", "astro"), ("Pagefind", "pagefind")],
    }
}

/// What opens the search, the field that is there then, and what an answer stands in; CSS selectors.
pub(super) fn search_of(peer: Peer) -> (&'static str, &'static str, &'static str) {
    match peer {
        Peer::VitePress => (".DocSearch-Button", ".VPLocalSearchBox .search-input", ".VPLocalSearchBox .result"),
        Peer::Starlight => ("site-search button[data-open-modal]", "site-search .pagefind-ui__search-input", ".pagefind-ui__result"),
    }
}

/// Writes the stories for it and has the site made. Returns the folder that it would have uploaded.
pub(super) fn build(bench: &Bench, peer: Peer, project: &Path) -> Result<PathBuf> {
    println!("Making the site of {}: under a minute …", name(peer));
    let (config, docs, program, site): (_, _, &[&str], _) = match peer {
        Peer::VitePress => ("vitepress/.vitepress", "vitepress", &["vitepress/bin/vitepress.js", "build"], "vitepress/.vitepress/dist"),
        Peer::Starlight => ("starlight", "starlight/src/content/docs", &["astro/bin/astro.mjs", "build"], "starlight/dist"),
    };
    let (own, root) = match peer {
        Peer::VitePress => ("vitepress", "vitepress"),
        Peer::Starlight => ("starlight", "starlight"),
    };
    copy_folder(&bench.dir.join("peers").join(own), &bench.dir.join(config))?;
    write_docs(&project.join("stories"), &bench.dir.join(docs))?;
    // Each has an icon, as its own example does: without one, browsers complain of a missing file.
    let icons = bench.dir.join(root).join("public");
    fs::create_dir_all(&icons).with_context(|| format!("making {}", icons.display()))?;
    fs::copy(project.join("public/icon.svg"), icons.join("favicon.svg")).context("copying the icon")?;
    // Astro bundles only what a site's own package names.
    let package = bench.dir.join(root).join("package.json");
    fs::copy(bench.dir.join("peers/package.json"), &package).with_context(|| format!("writing {}", package.display()))?;
    let mut node = bench.node();
    if let [script, arguments @ ..] = program {
        node.arg(bench.packages.join(script)).args(arguments);
    }
    node.current_dir(bench.dir.join(root));
    run_logged(&mut node, &bench.dir.join(format!("{own}.log")))?;
    let site = bench.dir.join(site);
    fs::write(site.join("_headers"), HEADERS).with_context(|| format!("writing the headers of {}", site.display()))?;
    Ok(site)
}

/// One bundled story as other generators read it.
#[derive(Debug, PartialEq)]
struct Doc {
    slug: String,
    /// As JSON writes a text, which YAML reads too.
    title: String,
    summary: String,
    body: String,
}

impl Doc {
    /// Takes a story's file apart. Its front matter is ours to write, one key a line.
    fn read(slug: &str, text: &str) -> Option<Self> {
        let (front, body) = text.strip_prefix("---\n")?.split_once("\n---\n")?;
        let value = |key: &str| front.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": ")).map(str::to_owned);
        Some(Self { slug: slug.to_owned(), title: value("title")?, summary: value("summary")?, body: body.trim().to_owned() })
    }

    fn plain(text: &str) -> String {
        serde_json::from_str(text).unwrap_or_else(|_| text.to_owned())
    }

    /// The page of the story, with what ours shows above it.
    fn page(&self, has_title: bool) -> String {
        let Self { slug, title, summary, body } = self;
        let heading = if has_title { String::new() } else { format!("# {}\n\n", Self::plain(title)) };
        format!(
            "---\ntitle: {title}\ndescription: {summary}\nslug: \"story/{slug}\"\n---\n\n{heading}*{}*\n\n{body}\n",
            Self::plain(summary)
        )
    }
}

/// The first page: every story with its summary, as ours shows them.
fn home(docs: &[Doc], has_title: bool) -> String {
    let entry = |doc: &Doc| {
        let title = Doc::plain(&doc.title).replace('[', "\\[").replace(']', "\\]");
        format!("\n## [{title}](</story/{}>)\n\n{}\n", doc.slug, Doc::plain(&doc.summary))
    };
    let heading = if has_title { "" } else { "# 스토리 홈\n" };
    let list: String = docs.iter().map(entry).collect();
    format!("---\ntitle: \"스토리 홈\"\ndescription: \"기업문화 엿볼 때\"\n---\n\n{heading}{list}")
}

fn write_docs(stories: &Path, to: &Path) -> Result<()> {
    let mut docs = Vec::new();
    for entry in fs::read_dir(stories).with_context(|| format!("reading {}", stories.display()))? {
        let file = entry.with_context(|| format!("reading {}", stories.display()))?.path();
        let Some(slug) = file.file_name().and_then(|name| name.to_str()?.strip_suffix(".md")) else { continue };
        let text = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
        docs.push(Doc::read(slug, &text).with_context(|| format!("{} has no title and summary", file.display()))?);
    }
    docs.sort_by(|a, b| a.slug.cmp(&b.slug));
    // Starlight shows a page's title itself.
    let has_title = to.ends_with("content/docs");
    let write = |file: PathBuf, text: String| fs::write(&file, text).with_context(|| format!("writing {}", file.display()));
    fs::create_dir_all(to.join("story")).with_context(|| format!("making {}", to.display()))?;
    write(to.join("index.md"), home(&docs, has_title))?;
    docs.iter().try_for_each(|doc| write(to.join("story").join(format!("{}.md", doc.slug)), doc.page(has_title)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const STORY: &str = "---\ntitle: \"칸반[Kanban] \\\"후기\\\"\"\nsection: feed\nsummary: \"다섯 달.\"\n---\n\n## 왜\n\n글.\n";

    #[test]
    fn story_keeps_its_words_and_gets_a_heading_where_its_title_is_not_shown() {
        let doc = Doc::read("칸반", STORY).unwrap();
        let page = doc.page(false);
        assert!(page.starts_with("---\ntitle: \"칸반[Kanban] \\\"후기\\\"\"\ndescription: \"다섯 달.\"\n"), "{page}");
        assert!(page.ends_with("---\n\n# 칸반[Kanban] \"후기\"\n\n*다섯 달.*\n\n## 왜\n\n글.\n"), "{page}");
        assert!(!doc.page(true).contains("\n# "));
        assert_eq!(Doc::read("a", "no front matter"), None);
    }

    #[test]
    fn first_page_links_every_story() {
        let doc = Doc::read("칸반", STORY).unwrap();
        assert!(home(&[doc], true).ends_with("\n\n\n## [칸반\\[Kanban\\] \"후기\"](</story/칸반>)\n\n다섯 달.\n"));
    }

    #[test]
    fn every_bundled_story_can_be_written() {
        let stories = Path::new(env!("CARGO_MANIFEST_DIR")).join("../stories");
        let dir = tempfile::tempdir().unwrap();
        write_docs(&stories, &dir.path().join("content/docs")).unwrap();
        assert_eq!(fs::read_dir(dir.path().join("content/docs/story")).unwrap().count(), fs::read_dir(stories).unwrap().count());
    }
}
