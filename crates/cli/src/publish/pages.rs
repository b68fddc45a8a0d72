//! A page for every address, and the feeds of those that list stories. Made as they come from the renderer, on all cores; of a page whose
//! parts are those of the last build nothing is made.

use std::{
    collections::{HashMap, HashSet},
    sync::atomic::{AtomicUsize, Ordering},
};

use anyhow::{Result, bail, ensure};
use rayon::prelude::*;

use super::{
    address::Address,
    facts::Archive,
    feed_paths,
    folder::SiteFolder,
    head::Head,
    head_of,
    page::Frame,
    prerendered::{Page, Renderer},
    put_feeds,
    record::PageMade,
    share::Pictures,
};
use crate::{build::name_hash, progress::Progress};

/// A page to make.
struct Task {
    address: Address,
    /// `None` where no file can have its name; the app has the page all the same.
    file: Option<String>,
    /// Hash of what stands around what is rendered.
    around: String,
}

/// What pages are made of.
#[derive(Clone, Copy)]
pub(super) struct Pages<'a> {
    pub(super) site: &'a SiteFolder<'a>,
    /// The address of the site, where it is known.
    pub(super) root: Option<&'a str>,
    pub(super) archive: &'a Archive,
    pub(super) frame: &'a Frame,
    pub(super) pictures: &'a Pictures,
}

impl Pages<'_> {
    fn head(&self, address: &Address) -> Head {
        let mut head = head_of(address, self.archive, self.root);
        head.picture =
            self.root.zip(self.pictures.of(address)).map(|(root, picture)| (format!("{root}{}", picture.path), picture.alt.clone()));
        head
    }
}

/// Writes the pages; says how many.
///
/// # Errors
/// If two pages want the same file, the renderer fails or leaves one out, or a file cannot be written.
pub(super) fn put_pages(pages: &Pages<'_>, renderer: Option<Renderer<'_>>) -> Result<usize> {
    let tasks = tasks(pages)?;
    let progress = Progress::new("pages", tasks.len());
    let finish = |task: &Task, page: Option<Page>| -> Result<()> {
        if let Some(file) = &task.file {
            put_page(pages, task, file, page)?;
        }
        progress.step();
        Ok(())
    };
    match renderer {
        None => tasks.par_iter().try_for_each(|task| finish(task, None))?,
        Some(renderer) => {
            let by_href: HashMap<String, &Task> = tasks.iter().map(|task| (task.address.href(), task)).collect();
            let known: Vec<String> = tasks.par_iter().filter_map(|task| known(pages.site, task)).collect();
            let n_rendered = AtomicUsize::new(0);
            renderer.render(&known, |page| {
                let Some(task) = by_href.get(&page.href) else { return Ok(()) };
                n_rendered.fetch_add(1, Ordering::Relaxed);
                finish(task, Some(page))
            })?;
            let n_rendered = n_rendered.into_inner();
            ensure!(
                n_rendered == tasks.len(),
                "{n_rendered} of {} pages were rendered; app and renderer are of different builds",
                tasks.len()
            );
        }
    }
    Ok(tasks.iter().filter(|task| task.file.is_some()).count())
}

fn tasks(pages: &Pages<'_>) -> Result<Vec<Task>> {
    let task = |address: Address| {
        let file = address.stem().map(|stem| format!("{stem}.html"));
        let around = name_hash(pages.frame.page(&pages.head(&address), Some("")).as_bytes());
        Task { address, file, around }
    };
    let tasks: Vec<Task> = pages.archive.addresses().into_par_iter().map(task).collect();
    let mut files = HashSet::new();
    for task in &tasks {
        let Some(file) = &task.file else { continue };
        if !files.insert(file) || pages.site.has(file) {
            bail!("two pages want to be {file}; rename one of the tags, companies or series");
        }
    }
    Ok(tasks)
}

/// What the renderer is told of a page that need not be rendered again, whatever else it may depend on.
fn known(site: &SiteFolder<'_>, task: &Task) -> Option<String> {
    let made = site.page_before(task.file.as_ref()?)?;
    (made.around == task.around).then(|| format!("{} {}", made.key, task.address.href()))
}

fn put_page(pages: &Pages<'_>, task: &Task, file: &str, page: Option<Page>) -> Result<()> {
    let Pages { site, root, archive, frame, .. } = *pages;
    let mut head = pages.head(&task.address);
    match page {
        Some(Page { rendered: None, .. }) => {
            site.keep_page(file);
            // What a list's feeds say is part of its key.
            if feed_paths(&task.address).is_some_and(|paths| site.keep_before(&paths)) {
                return Ok(());
            }
        }
        Some(Page { rendered: Some(rendered), key, .. }) => {
            head.title = rendered.title;
            let from = key.map(|key| PageMade { around: task.around.clone(), key });
            site.put_page(file, frame.page(&head, Some(&rendered.html)).as_bytes(), from)?;
        }
        None => site.put(file, frame.page(&head, None).as_bytes())?,
    }
    match (root, &task.address) {
        (Some(root), Address::Home | Address::Section(_) | Address::Topic("tag", _)) => put_feeds(site, &task.address, archive, root),
        _ => Ok(()),
    }
}
