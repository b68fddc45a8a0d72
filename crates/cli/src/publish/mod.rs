//! `story-home build --app`: from the built app and the data of an archive to the folder that is uploaded. One page for every address, with its
//! head; what crawlers, feed readers and installers look for; what hosts are to say about the files; everything compressed beforehand.
//!
//! Each file beside this one makes one kind of file, purely; this one knows which there are and where they go.

mod address;
mod cloudfront;
mod compress;
mod escape;
mod facts;
mod feed;
mod findable;
pub(crate) mod folder;
mod head;
mod hosts;
mod inline;
pub(crate) mod offline;
mod page;
mod pages;
pub(crate) mod policy;
mod prerendered;
mod record;
mod share;
mod shell;
mod sitemap;
pub(crate) mod tag;
#[cfg(test)]
pub(crate) mod tests;

use std::{collections::BTreeSet, env, fs, path::Path};

use anyhow::{Context, Result};
use corpus::Section;
use rayon::prelude::*;

use self::{
    address::Address,
    facts::{Archive, Facts},
    feed::{Channel, Item},
    folder::{Previous, SiteFolder, files_below},
    head::{Article, Head},
    page::{Frame, Program},
    pages::{Pages, put_pages},
    prerendered::Renderer,
    record::Record,
    share::Pictures,
    shell::Shell,
};
use crate::build::name_hash;
pub(crate) use page::BOOT;

/// What to publish.
pub(crate) struct Request<'a> {
    /// The folder that trunk has built the app into.
    pub(crate) app: &'a Path,
    /// The program that renders pages; without it pages hold their head and wait for the app.
    pub(crate) prerender: Option<&'a Path>,
    /// Where the site is published, with a slash at the end.
    pub(crate) root: Option<&'a str>,
    /// The path that it lives under: `/` or `/repo/`.
    pub(crate) base: &'a str,
    /// How many stories get a picture for those who share them.
    pub(crate) max_pictures: usize,
    /// The folder to upload; its `data` is there.
    pub(crate) out: &'a Path,
    /// Paths of the data's files, below `data`.
    pub(crate) data: &'a BTreeSet<String>,
    /// What becomes of the build before.
    pub(crate) previous: Previous,
}

/// Writes everything but the data. Returns a line that says what there is.
pub(crate) fn run(request: &Request<'_>) -> Result<String> {
    let own = env::current_exe().context("looking for this program")?;
    let programs: Vec<&Path> = std::iter::once(own.as_path()).chain(request.prerender).collect();
    let renderer = request.prerender.map(|program| Renderer::start(program, request.out, request.base)).transpose()?;
    let archive = Archive::read(&request.out.join("data"))?;
    let site = SiteFolder::open(request.out, archive.stories.len(), Record::take(request.out, &programs)?)?;
    request.data.iter().for_each(|path| site.keep(&format!("data/{path}")));
    let frame = put_app(&site, request, &archive.site.lang)?;
    share::put_icons(&site, &archive)?;
    // A picture is named by its whole address, which a site without one does not know.
    let pictures = match request.root {
        Some(_) => share::put(&site, request.out, &archive, request.max_pictures)?,
        None => Pictures::default(),
    };
    let n_pages = put_pages(&Pages { site: &site, root: request.root, archive: &archive, frame: &frame, pictures: &pictures }, renderer)?;
    put_findable(&site, request, &archive, &frame)?;
    put_offline(&site, &archive, &frame)?;
    let total = site.finish(request.previous)?;
    let previous = if 0 < total.n_previous { format!(" ({} of them the build before's)", total.n_previous) } else { String::new() };
    let without =
        if request.root.is_none() { "; no feeds, sitemap and share pictures, because no base_url says where the site will be" } else { "" };
    let out = request.out.display();
    Ok(format!("{n_pages} pages, {} files{previous}, {} kB in {out}{without}", total.n_files, total.n_bytes / 1000))
}

/// The site's icon, among the app's files.
const ICON: &str = "icon.svg";

/// The app's files, those without a hash in their names renamed, and the frame that every page is put into.
fn put_app(site: &SiteFolder<'_>, request: &Request<'_>, lang: &str) -> Result<Frame> {
    let read = |path: &str| fs::read(request.app.join(path)).with_context(|| format!("reading {}", request.app.join(path).display()));
    let shell = Shell::parse(&String::from_utf8_lossy(&read("index.html")?))?;
    let mut style = Vec::new();
    for path in &shell.styles {
        style.extend(read(path)?);
        style.push(b'\n');
    }
    let put_hashed = |stem: &str, ending: &str, content: &[u8]| -> Result<String> {
        let path = format!("{stem}-{}.{ending}", name_hash(content));
        site.put(&path, content)?;
        Ok(path)
    };
    let first = read("start.js")?;
    let start_inside = inline::script_inside(&String::from_utf8_lossy(&first));
    let first = start_inside.as_deref().map_or(first.as_slice(), str::as_bytes);
    let (style, start) = (put_hashed("style", "css", &style)?, put_hashed("start", "js", first)?);
    let files = files_below(request.app);
    let is_of_search = |path: &&String| path.ends_with("-engine.wasm") || path.contains("-chunk-") && path.ends_with(".wasm");
    let engine: Vec<String> = files.iter().filter(is_of_search).cloned().collect();
    let program = Program::of(&shell.module)?;
    site.put(BOOT, program.boot_script(read(program.wasm)?.len(), &engine, [&start, &style]).as_bytes())?;
    let frame = Frame {
        base: request.base.to_owned(),
        lang: lang.to_owned(),
        web_font: shell.web_font.clone(),
        style,
        start,
        start_inside,
        wasm: program.wasm.to_owned(),
        starting: shell.starting.clone(),
        panels: shell.panels(lang).to_owned(),
        icon: inline::icon_inside(&read(ICON)?).unwrap_or_else(|| ICON.to_owned()),
        has_search: request.root.is_some(),
    };
    let is_replaced = |path: &str| {
        ["index.html", "404.html", "start.js", "robots.txt"].contains(&path)
            || path.starts_with("data/")
            || path.starts_with(".stage")
            // What trunk's own start-up script is told; ours is another.
            || path.ends_with("-initializer.js")
            || shell.styles.iter().any(|style| style == path)
    };
    files.par_iter().filter(|path| !is_replaced(path)).try_for_each(|path| site.put(path, &read(path)?))?;
    Ok(frame)
}

/// Files beside the pages.
fn put_findable(site: &SiteFolder<'_>, request: &Request<'_>, archive: &Archive, frame: &Frame) -> Result<()> {
    let words = &archive.site;
    let description = description(&Address::Home, archive);
    site.put("robots.txt", findable::robots(request.root).as_bytes())?;
    let shortcuts = Section::ALL.into_iter().filter(|section| archive.listed(&Address::Section(*section)).next().is_some());
    let mut shortcuts: Vec<_> = shortcuts.map(|section| (section.korean_label().to_owned(), section.as_str().to_owned())).collect();
    shortcuts.push((if words.lang.starts_with("ko") { "서재" } else { "Shelf" }.to_owned(), Address::Shelf.href()));
    site.put("manifest.webmanifest", findable::web_manifest(&words.title, &description, &words.lang, &shortcuts)?.as_bytes())?;
    let root = request.root.unwrap_or(request.base);
    let mut lines: Vec<_> = archive.stories.iter().map(|story| (story.section, story)).collect();
    lines.truncate(findable::MAX_LINES);
    lines.sort_by_key(|(section, _)| *section);
    let lines: Vec<_> = lines
        .into_iter()
        .map(|(section, story)| findable::Line {
            section: section.korean_label(),
            title: &story.title,
            url: Address::Story(story.slug.clone()).url(root),
            summary: &story.summary,
        })
        .collect();
    site.put("llms.txt", findable::llms(&words.title, &words.tagline, &lines).as_bytes())?;
    if let Some(root) = request.root {
        site.put("opensearch.xml", findable::opensearch(root, &words.title, &description, &words.lang).as_bytes())?;
        let entry = |address: &Address| {
            let changed = archive.story(address).and_then(|story| story.published.clone());
            sitemap::Entry { url: address.url(root), changed }
        };
        let entries: Vec<_> = archive.addresses().iter().filter(|address| address.is_public()).map(entry).collect();
        for (name, text) in sitemap::sitemaps(root, &entries) {
            site.put(&name, text.as_bytes())?;
        }
    }
    let has_own_rule = |path: &str| ["data/story/", "data/search/", "share/"].iter().any(|folder| path.starts_with(folder));
    let hashed: Vec<String> = site.paths().into_iter().filter(|path| policy::is_immutable(path) && !has_own_rule(path)).collect();
    let headers = policy::headers(&frame.inlined());
    for (path, text) in hosts::host_files(&headers, request.base, &hashed) {
        site.put(&path, text.as_bytes())?;
    }
    for (path, text) in cloudfront::files(&headers, request.base)? {
        site.put(path, text.as_bytes())?;
    }
    Ok(())
}

/// What reading without a network takes. Last, because it lists the other files.
fn put_offline(site: &SiteFolder<'_>, archive: &Archive, frame: &Frame) -> Result<()> {
    let head = Head { is_hidden: true, ..head_of(&Address::NotFound, archive, None) };
    site.put(offline::SHELL_PAGE, frame.page(&head, None).as_bytes())?;
    for (name, text) in offline::workers() {
        site.put(name, text.as_bytes())?;
    }
    let list = offline::list(site)?;
    site.put(offline::LIST, &serde_json::to_vec(&list)?)
}

/// Where the feeds of a list lie, below the site: RSS, Atom, JSON.
fn feed_paths(address: &Address) -> Option<[String; 3]> {
    Some(match address {
        Address::Home => ["rss.xml", "atom.xml", "feed.json"].map(str::to_owned),
        _ => {
            let stem = address.stem()?;
            [".rss.xml", ".atom.xml", ".feed.json"].map(|ending| format!("{stem}{ending}"))
        }
    })
}

fn feed_urls(address: &Address, root: &str) -> Option<[String; 3]> {
    Some(match address {
        Address::Home => feed_paths(address)?.map(|path| format!("{root}{path}")),
        _ => [".rss.xml", ".atom.xml", ".feed.json"].map(|ending| format!("{}{ending}", address.url(root))),
    })
}

fn channel<'a>(address: &'a Address, archive: &'a Archive, root: &str) -> Channel<'a> {
    let item = |story: &'a Facts| Item {
        url: Address::Story(story.slug.clone()).url(root),
        title: &story.title,
        summary: &story.summary,
        author: story.author.as_deref(),
        published: story.published.as_deref(),
        tags: &story.tags,
        lang: &story.lang,
    };
    Channel {
        title: title(address, archive),
        description: description(address, archive),
        url: address.url(root),
        lang: &archive.site.lang,
        items: feed::newest_first(archive.listed(address).map(item).collect()),
    }
}

fn put_feeds(site: &SiteFolder<'_>, address: &Address, archive: &Archive, root: &str) -> Result<()> {
    let (Some([rss, atom, json]), Some([rss_url, atom_url, json_url])) = (feed_paths(address), feed_urls(address, root)) else {
        return Ok(());
    };
    let channel = channel(address, archive, root);
    site.put(&rss, feed::rss(&channel, &rss_url).as_bytes())?;
    if let Some(text) = feed::atom(&channel, &atom_url) {
        site.put(&atom, text.as_bytes())?;
    }
    site.put(&json, feed::json(&channel, &json_url)?.as_bytes())
}

/// The head of a page, as far as the data tells.
fn head_of(address: &Address, archive: &Archive, root: Option<&str>) -> Head {
    let story = archive.story(address);
    let feeds = match (root, address) {
        (Some(root), Address::Home | Address::Section(_) | Address::Topic("tag", _)) => {
            let kinds = ["application/rss+xml", "application/atom+xml", "application/feed+json"];
            let has_dates = archive.listed(address).any(|story| story.published.is_some());
            let urls = kinds.into_iter().zip(feed_urls(address, root).into_iter().flatten());
            urls.filter(|(kind, _)| has_dates || !kind.contains("atom")).map(|(kind, url)| (kind, url, title(address, archive))).collect()
        }
        _ => Vec::new(),
    };
    Head {
        title: title(address, archive),
        description: description(address, archive),
        site: archive.site.title.clone(),
        lang: archive.site.lang.clone(),
        canonical: root.filter(|_| address.is_public()).map(|root| address.url(root)),
        is_hidden: !address.is_public(),
        article: story.map(|story| Article {
            headline: story.title.clone(),
            author: story.author.clone(),
            publisher: story.company.clone(),
            published: story.published.clone(),
            section: story.section.korean_label().to_owned(),
            tags: story.tags.clone(),
            lang: story.lang.clone(),
        }),
        feeds,
        picture: None,
    }
}

fn title(address: &Address, archive: &Archive) -> String {
    let site = &archive.site.title;
    let own = match address {
        Address::Section(section) => section.korean_label(),
        Address::Story(slug) => archive.story(address).map_or(slug.as_str(), |story| &story.title),
        Address::Topic("tag", name) => return format!("#{name} · {site}"),
        Address::Topic(_, name) => name,
        Address::Home | Address::Shelf | Address::Notes | Address::Design | Address::NotFound => return site.clone(),
    };
    format!("{own} · {site}")
}

fn description(address: &Address, archive: &Archive) -> String {
    let site = &archive.site;
    match address {
        Address::Story(_) => archive.story(address).map_or_else(String::new, |story| story.summary.clone()),
        Address::Section(_) | Address::Topic(..) => {
            let titles: Vec<&str> = archive.listed(address).take(3).map(|story| story.title.as_str()).collect();
            if titles.is_empty() { site.tagline.clone() } else { titles.join(" · ") }
        }
        _ => format!("{}. {}", site.title, site.tagline),
    }
}
