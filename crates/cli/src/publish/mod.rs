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
pub(crate) mod offline;
mod page;
pub(crate) mod policy;
mod prerendered;
mod share;
mod shell;
mod sitemap;
pub(crate) mod tag;
#[cfg(test)]
pub(crate) mod tests;

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail};
use corpus::Section;

use self::{
    address::Address,
    facts::{Archive, Facts},
    feed::{Channel, Item},
    folder::{SiteFolder, files_below},
    head::{Article, Head},
    page::Frame,
    share::Pictures,
    shell::Shell,
};
use crate::build::name_hash;

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
}

/// Writes everything but the data. Returns a line that says what there is.
pub(crate) fn run(request: &Request<'_>) -> Result<String> {
    let mut site = SiteFolder::open(request.out)?;
    let archive = Archive::read(&request.out.join("data"))?;
    // Compressed files are made at the end, from the files that there are today.
    let is_made_later = |path: &str| path.ends_with(".br") || path.ends_with(".gz");
    files_below(&request.out.join("data")).iter().filter(|path| !is_made_later(path)).for_each(|path| site.keep(&format!("data/{path}")));
    let frame = put_app(&mut site, request, &archive.site.lang)?;
    let rendered = match request.prerender {
        Some(program) => Some(prerendered::render(program, request.out, request.base)?),
        None => None,
    };
    // A picture is named by its whole address, which a site without one does not know.
    let pictures = match request.root {
        Some(_) => share::put(&mut site, request.out, &archive, request.max_pictures)?,
        None => Pictures::default(),
    };
    let n_pages = put_pages(&mut site, request, &archive, &frame, rendered.as_ref(), &pictures)?;
    put_findable(&mut site, request, &archive)?;
    put_offline(&mut site, request, &archive, &frame)?;
    let (n_files, n_bytes) = site.finish()?;
    let without =
        if request.root.is_none() { "; no feeds, sitemap and share pictures, because no base_url says where the site will be" } else { "" };
    Ok(format!("{n_pages} pages, {n_files} files, {} kB in {}{without}", n_bytes / 1000, request.out.display()))
}

/// The app's files, those without a hash in their names renamed, and the frame that every page is put into.
fn put_app(site: &mut SiteFolder<'_>, request: &Request<'_>, lang: &str) -> Result<Frame> {
    let read = |path: &str| fs::read(request.app.join(path)).with_context(|| format!("reading {}", request.app.join(path).display()));
    let shell = Shell::parse(&String::from_utf8_lossy(&read("index.html")?))?;
    let mut style = Vec::new();
    for path in &shell.styles {
        style.extend(read(path)?);
        style.push(b'\n');
    }
    let mut put_hashed = |stem: &str, ending: &str, content: &[u8]| -> Result<String> {
        let path = format!("{stem}-{}.{ending}", name_hash(content));
        site.put(&path, content)?;
        Ok(path)
    };
    let program = put_hashed("program", "js", shell.module.as_bytes())?;
    let boot = page::boot_script(&program);
    let frame = Frame {
        base: request.base.to_owned(),
        lang: lang.to_owned(),
        web_font: shell.web_font.clone(),
        style: put_hashed("style", "css", &style)?,
        start: put_hashed("start", "js", &read("start.js")?)?,
        boot: put_hashed("boot", "js", boot.as_bytes())?,
        starting: shell.starting.clone(),
        panels: shell.panels.clone(),
        has_search: request.root.is_some(),
    };
    let is_replaced = |path: &str| {
        ["index.html", "404.html", "start.js", "robots.txt"].contains(&path)
            || path.starts_with("data/")
            || path.starts_with(".stage")
            || shell.styles.iter().any(|style| style == path)
    };
    for path in files_below(request.app).iter().filter(|path| !is_replaced(path)) {
        site.put(path, &read(path)?)?;
    }
    Ok(frame)
}

fn put_pages(
    site: &mut SiteFolder<'_>,
    request: &Request<'_>,
    archive: &Archive,
    frame: &Frame,
    rendered: Option<&BTreeMap<String, prerendered::Page>>,
    pictures: &Pictures,
) -> Result<usize> {
    let mut n_pages = 0;
    for address in archive.addresses() {
        let page = match rendered {
            Some(pages) => Some(pages.get(&address.href()).with_context(|| format!("no page was rendered for {}", address.href()))?),
            None => None,
        };
        // Its file cannot be made; the app has the page all the same.
        let Some(stem) = address.stem() else { continue };
        let mut head = head_of(&address, archive, request.root);
        head.picture =
            request.root.zip(pictures.of(&address)).map(|(root, picture)| (format!("{root}{}", picture.path), picture.alt.clone()));
        if let Some(page) = page {
            head.title.clone_from(&page.title);
        }
        let file = format!("{stem}.html");
        if site.has(&file) {
            bail!("two pages want to be {file}; rename one of the tags, companies or series");
        }
        site.put(&file, frame.page(&head, page.map(|page| page.html.as_str())).as_bytes())?;
        n_pages += 1;
        if let (Some(root), Address::Home | Address::Section(_) | Address::Topic("tag", _)) = (request.root, &address) {
            put_feeds(site, &address, archive, root)?;
        }
    }
    Ok(n_pages)
}

/// Files beside the pages.
fn put_findable(site: &mut SiteFolder<'_>, request: &Request<'_>, archive: &Archive) -> Result<()> {
    let words = &archive.site;
    let description = description(&Address::Home, archive);
    site.put("robots.txt", findable::robots(request.root).as_bytes())?;
    let shortcuts = Section::ALL.into_iter().filter(|section| archive.listed(&Address::Section(*section)).next().is_some());
    let mut shortcuts: Vec<_> = shortcuts.map(|section| (section.korean_label().to_owned(), section.as_str().to_owned())).collect();
    shortcuts.push((if words.lang.starts_with("ko") { "서재" } else { "Shelf" }.to_owned(), Address::Shelf.href()));
    site.put("manifest.webmanifest", findable::web_manifest(&words.title, &description, &words.lang, &shortcuts)?.as_bytes())?;
    let root = request.root.unwrap_or(request.base);
    let mut lines: Vec<_> = archive.stories.iter().map(|story| (story.section, story)).collect();
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
    let hashed: Vec<String> = files_below(request.out)
        .into_iter()
        .filter(|path| {
            site.has(path)
                && policy::is_immutable(path)
                && !path.starts_with("data/story/")
                && !path.starts_with("data/search/")
                && !path.starts_with("share/")
        })
        .collect();
    for (path, text) in hosts::host_files(request.base, &hashed) {
        site.put(&path, text.as_bytes())?;
    }
    for (path, text) in cloudfront::files(request.base)? {
        site.put(path, text.as_bytes())?;
    }
    Ok(())
}

/// What reading without a network takes. Last, because it lists the other files.
fn put_offline(site: &mut SiteFolder<'_>, request: &Request<'_>, archive: &Archive, frame: &Frame) -> Result<()> {
    let head = Head { is_hidden: true, ..head_of(&Address::NotFound, archive, None) };
    site.put(offline::SHELL_PAGE, frame.page(&head, None).as_bytes())?;
    for (name, text) in offline::workers() {
        site.put(name, text.as_bytes())?;
    }
    let list = offline::list(request.out, &site.paths())?;
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

fn put_feeds(site: &mut SiteFolder<'_>, address: &Address, archive: &Archive, root: &str) -> Result<()> {
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
