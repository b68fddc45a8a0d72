//! Pages rendered without a browser, by the same components: what stands before the program runs, and all that there is without it.
//!
//! Each page is rendered by itself, from files that are read when they are asked for. Effects, tasks and events stay out; see `task` and `dom`.
//! `keys` says when a page need not be rendered again.

mod keys;

use std::sync::{Arc, Mutex, PoisonError};

use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use leptos_router::location::RequestUrl;

use self::keys::Keys;
use crate::{
    App,
    data::{Library, LoadError, load_library},
    route::{Route, Scope, TOPICS},
};

/// Path of the site's root, given to the app by context.
#[derive(Clone)]
pub(crate) struct BasePath(pub(crate) String);

/// Reads a file by its path below the site, e.g. `data/manifest.json`.
pub type ReadFile = dyn Fn(&str) -> Option<Vec<u8>> + Send + Sync;

/// The site's files, given to `data` by context.
#[derive(Clone)]
pub(crate) struct Files(pub(crate) Arc<ReadFile>);

/// Where the page leaves its title.
#[derive(Clone, Default)]
pub(crate) struct Title(pub(crate) Arc<Mutex<String>>);

/// What could not be read for the page.
#[derive(Clone, Default)]
pub(crate) struct Failure(pub(crate) Arc<Mutex<Option<LoadError>>>);

/// The address of the page that hosts show where nothing lives.
const NOT_FOUND: &str = "404";

/// An archive whose pages can be rendered.
pub struct Archive {
    files: Files,
    base: BasePath,
    library: Arc<Library>,
    keys: Keys,
}

/// What was rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The address, relative to the site's root, as links have it: `./`, `feed`, `tag/%EA%B0%9C…`, `story/…`.
    pub href: String,
    /// What the tab shows.
    pub title: String,
    /// What belongs into the element `#app`.
    pub html: String,
}

impl Archive {
    /// Opens an archive. `base` is the path that the site will live under, `/` or `/repo/`.
    ///
    /// # Errors
    /// A sentence, if the manifest or the cards cannot be read.
    pub fn open(base: &str, read: Arc<ReadFile>) -> Result<Self, String> {
        let files = Files(read);
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
        let library = owner.with(|| {
            provide_context(files.clone());
            now(load_library())
        });
        let library = library.unwrap_or_else(|| Err(LoadError::Network { file: "data".to_owned() })).map_err(|error| error.to_string())?;
        let keys = Keys::of(&library, base);
        Ok(Self { files, base: BasePath(base.to_owned()), library, keys })
    }

    /// The address of every page, home first, the page for unknown addresses last.
    pub fn addresses(&self) -> Vec<String> {
        let lists = std::iter::once(Scope::All).chain(corpus::Section::ALL.map(Scope::Section)).map(Route::List);
        let stories = self.library.cards.iter().map(|card| Route::Story(card.slug.clone()));
        let topics =
            TOPICS.into_iter().flat_map(|facet| self.library.facets.names(facet).iter().map(move |name| Route::topic(facet, name)));
        let routes = lists.chain(stories).chain(topics).chain([Route::Shelf, Route::Notes, Route::Design]);
        routes.map(|route| route.to_href()).chain([NOT_FOUND.to_owned()]).collect()
    }

    /// What the page at an address is made from, as one word: while the word is the same, so is what [`Archive::render`] gives. `None` where
    /// that cannot be told. Cost: for a story the reading of its file, else a look.
    pub fn key(&self, href: &str) -> Option<String> {
        let route = Route::parse(&format!("{}{}", self.base.0, href.trim_start_matches("./")), &self.base.0);
        let story = match &route {
            Route::Story(slug) => {
                let card = self.library.card(self.library.doc(slug)?)?;
                let bytes = (self.files.0)(&format!("data/story/{}.json", card.file))?;
                Some(corpus::decode_story(std::str::from_utf8(&bytes).ok()?).ok()?)
            }
            _ => None,
        };
        self.keys.key(&self.library, &route, story.as_ref()).map(|key| format!("{key:016x}"))
    }

    /// Renders the page at an address that [`Archive::addresses`] gave.
    ///
    /// # Errors
    /// A sentence, if the story cannot be read: a page that only says so is none to publish.
    pub fn render(&self, href: &str) -> Result<Page, String> {
        let (title, failure) = (Title::default(), Failure::default());
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new())));
        let html = owner.with(|| {
            provide_context(self.files.clone());
            provide_context(self.base.clone());
            provide_context(self.library.clone());
            provide_context(title.clone());
            provide_context(failure.clone());
            provide_context(RequestUrl::new(&format!("{}{}", self.base.0, href.trim_start_matches("./"))));
            App().to_html()
        });
        if let Some(error) = failure.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
            return Err(format!("{href}: {error}"));
        }
        let title = title.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(Page { href: href.to_owned(), title, html: without_markers(&html) })
    }
}

/// Leptos marks where dynamic parts begin, for a program that adopts the elements. Ours puts its own in their place.
fn without_markers(html: &str) -> String {
    // Text and attributes have no bare `<`, so whatever begins like this is a marker.
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, marker)) = rest.split_once("<!") {
        out.push_str(before);
        let end = if marker.starts_with("--") { "-->" } else { ">" };
        rest = marker.split_once(end).map_or("", |(_, after)| after);
    }
    out + rest
}

/// What a future comes to without waiting.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> Option<T> {
    use std::task::{Context, Poll, Waker};
    match std::pin::pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => Some(outcome),
        Poll::Pending => None,
    }
}
