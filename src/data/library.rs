//! The archive: its cards, its search index, and the stories read so far.

use std::{
    future::poll_fn,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use super::{
    LoadError, SearchIndex,
    fetch::{Freshness, fetch_text},
};
use crate::{
    dom,
    facet::FacetTable,
    task::{Step, side_by_side},
};
use corpus::{Card, FORMAT_VERSION, Section, Site, Slug, Story, decode_cards, decode_manifest, decode_story};

const MANIFEST: &str = "data/manifest.json";

/// `boot.js` sets it when it has fetched the manifest before the program was there.
const FETCHED: &str = "data-manifest";

/// How many stories there are: in all, and in each section of [`Section::ALL`].
pub(crate) type Counts = [usize; 4];

/// Everything that lists need, loaded once. Story bodies are fetched when somebody looks at them.
pub(crate) struct Library {
    /// The site's own words.
    pub(crate) site: Site,
    /// All stories, in corpus order. A document id of the index is a position in here.
    pub(crate) cards: Vec<Card>,
    /// What lists can be narrowed by.
    pub(crate) facets: FacetTable,
    /// What the sections' links say. Known once, because every page shows it.
    pub(crate) counts: Counts,
    /// A native render asks for the position of every story in turn; the app asks once a page, for which a map is too much program.
    #[cfg(feature = "ssr")]
    by_slug: std::collections::HashMap<Slug, u32>,
    search_files: Vec<String>,
    /// By position in the cards.
    bodies: Mutex<Vec<Body>>,
}

/// What is known of a story's body.
enum Body {
    Unknown,
    /// Somebody is fetching it; these want to hear of it.
    Coming(Vec<Waker>),
    Here(Arc<Story>),
}

/// Loads the manifest and the cards.
///
/// # Errors
/// [`LoadError`] if a file is missing or does not hold what it should; a corpus written for another version of the app counts as that.
pub(crate) async fn load_library() -> Result<Arc<Library>, LoadError> {
    #[cfg(feature = "ssr")]
    if let Some(library) = leptos::prelude::use_context::<Arc<Library>>() {
        return Ok(library);
    }
    let freshness = if dom::take_root_attribute(FETCHED) { Freshness::Fetched } else { Freshness::Revalidate };
    let manifest = fetch_text(MANIFEST, freshness, decode_manifest).await?;
    if manifest.format != FORMAT_VERSION {
        let detail = format!("format {}, this page reads {FORMAT_VERSION}", manifest.format);
        return Err(LoadError::Content { file: MANIFEST.to_owned(), detail });
    }
    let mut cards: Vec<Card> = Vec::with_capacity(manifest.n_stories as usize);
    let shards = manifest.cards.iter().map(|file| {
        let path = format!("data/{}", file.path);
        Box::pin(async move { fetch_text(&path, Freshness::Immutable, decode_cards).await }) as Step<Result<Vec<Card>, LoadError>>
    });
    for shard in side_by_side(shards.collect()).await {
        cards.extend(shard?);
    }
    let bodies = Mutex::new(cards.iter().map(|_| Body::Unknown).collect());
    let search_files = manifest.search.into_iter().map(|file| file.path).collect();
    let facets = FacetTable::of(&cards);
    Ok(Arc::new(Library {
        site: manifest.site,
        facets,
        counts: count_sections(&cards),
        #[cfg(feature = "ssr")]
        by_slug: cards.iter().map(|card| card.slug.clone()).zip(0..).collect(),
        cards,
        search_files,
        bodies,
    }))
}

impl Library {
    /// The card at a position.
    pub(crate) fn card(&self, doc: u32) -> Option<&Card> {
        self.cards.get(doc as usize)
    }

    /// The position of a story. Cost: linear in stories, once a page.
    pub(crate) fn doc(&self, slug: &Slug) -> Option<u32> {
        #[cfg(feature = "ssr")]
        return self.by_slug.get(slug).copied();
        #[cfg(not(feature = "ssr"))]
        self.cards.iter().zip(0..).find(|(card, _)| card.slug == *slug).map(|(_, doc)| doc)
    }

    /// A story, from memory if it was read before. Whoever asks while it is on its way waits for the same answer.
    ///
    /// # Errors
    /// [`LoadError`] if its file is missing or broken.
    pub(crate) async fn load_story(&self, doc: u32) -> Result<Arc<Story>, LoadError> {
        if let Some(story) = poll_fn(|context| self.poll_known(doc, context)).await {
            return Ok(story);
        }
        let file = self.card(doc).map(|card| card.file.as_str()).unwrap_or_default();
        let outcome = fetch_text(&format!("data/story/{file}.json"), Freshness::Immutable, decode_story).await.map(Arc::new);
        // A native render comes by once: what it kept would be the whole archive.
        let kept = outcome.as_ref().ok().filter(|_| !dom::IS_NATIVE);
        let known = kept.map_or(Body::Unknown, |story| Body::Here(story.clone()));
        if let Some(Body::Coming(waiting)) = self.bodies().get_mut(doc as usize).map(|body| std::mem::replace(body, known)) {
            waiting.into_iter().for_each(Waker::wake);
        }
        outcome
    }

    /// The text that a story was recovered from; `file` is [`Story::original`].
    ///
    /// # Errors
    /// [`LoadError`] if its file is missing or no text.
    pub(crate) async fn load_original(&self, file: &str) -> Result<Arc<String>, LoadError> {
        fetch_text(&format!("data/original/{file}.txt"), Freshness::Immutable, |text| Ok(text.to_owned())).await.map(Arc::new)
    }

    /// The story if it is here; `None`, once, to the one who is to fetch it; pending to the others.
    fn poll_known(&self, doc: u32, context: &Context<'_>) -> Poll<Option<Arc<Story>>> {
        match self.bodies().get_mut(doc as usize) {
            None => Poll::Ready(None),
            Some(Body::Here(story)) => Poll::Ready(Some(story.clone())),
            Some(Body::Coming(waiting)) => {
                waiting.push(context.waker().clone());
                Poll::Pending
            }
            Some(body @ Body::Unknown) => {
                *body = Body::Coming(Vec::new());
                Poll::Ready(None)
            }
        }
    }

    fn bodies(&self) -> MutexGuard<'_, Vec<Body>> {
        self.bodies.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Loads the search index, or its root.
    ///
    /// # Errors
    /// [`LoadError`] if its file is missing or damaged.
    pub(crate) async fn load_index(&self) -> Result<Arc<SearchIndex>, LoadError> {
        SearchIndex::load(format!("data/{}", self.search_files.first().map(String::as_str).unwrap_or_default())).await
    }
}

/// Counts the stories of each section. Cost: linear in stories.
fn count_sections(cards: &[Card]) -> Counts {
    let [interview, feed, news] = Section::ALL.map(|section| cards.iter().filter(|card| card.section == section).count());
    [cards.len(), interview, feed, news]
}
