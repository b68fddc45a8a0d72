//! One story.

use std::sync::Arc;

use corpus::Slug;
use leptos::prelude::*;
use leptos_meta::Title;
use search::Index;

use super::{list::use_found, not_found::UnknownStory};
use crate::{
    component::{
        block_view::{BodyContext, body_view},
        load_error::LoadErrorPanel,
        loading::Loading,
        story_meta::story_meta,
        story_moves::{Neighbour, StoryMoves},
        tag_list::tag_list,
    },
    data::{Library, Load},
    dom::focus::PAGE_TITLE,
    listing::{listing, neighbours},
    markup::{attribute, dynamic},
    nav::expect_nav,
    prefs::expect_prefs,
    task::effect,
};

/// A story with its facts, its body and the way to its neighbours. The head is there at once, from the card; the body when it
/// has arrived.
#[component]
pub(crate) fn StoryPage(
    /// The archive.
    library: Arc<Library>,
    /// The search index, for marks and for the order of the list the reader came from.
    index: Load<Index>,
    /// Which story.
    slug: Slug,
) -> impl IntoView {
    match library.doc(&slug).and_then(|doc| library.card(doc).cloned().map(|card| (doc, card))) {
        Some((doc, card)) => view! { <KnownStory library index doc card/> }.into_any(),
        None => view! { <UnknownStory/> }.into_any(),
    }
}

#[component]
fn KnownStory(library: Arc<Library>, index: Load<Index>, doc: u32, card: corpus::Card) -> impl IntoView {
    let copy = expect_prefs().copy();
    let nav = expect_nav();
    let found = use_found(index);
    let story = {
        let library = library.clone();
        Load::new(move || {
            let library = library.clone();
            async move { library.load_story(doc).await }
        })
    };
    effect(move || {
        if story.outcome.read().is_some() {
            nav.arrive();
        }
    });

    let around = {
        let library = library.clone();
        Memo::new(move |_| {
            let found = found.read();
            let docs = listing(&library.cards, &nav.place.read(), found.as_ref().map(|found| found.docs.as_slice())).docs;
            neighbours(&docs, doc)
        })
    };
    let neighbour = move |library: Arc<Library>, pick: fn((Option<u32>, Option<u32>)) -> Option<u32>| {
        Signal::derive(move || {
            let card = library.card(pick(around.get())?)?;
            Some(Neighbour { title: card.title.clone(), href: nav.place.read().story_href(&card.slug) })
        })
    };
    let previous = neighbour(library.clone(), |(previous, _)| previous);
    let next = neighbour(library, |(_, next)| next);

    let slug = card.slug.clone();
    let body = dynamic(move || match story.outcome.get() {
        None => view! { <Loading/> }.into_any(),
        Some(Err(error)) => view! { <LoadErrorPanel error on_retry=Callback::new(move |()| story.retry())/> }.into_any(),
        Some(Ok(story)) => {
            let context = BodyContext { copy, href: nav.place.read().story_href(&slug), found: found.get() };
            body_view(&story.blocks, &context)
        }
    });
    let author = move || story.outcome.with(|story| story.as_ref()?.as_ref().ok()?.author.clone());
    let lang = attribute(move || story.outcome.with(|story| Some(story.as_ref()?.as_ref().ok()?.lang.clone())));
    let title = card.title.clone();
    let tags = tag_list(&card.tags);
    let facts = dynamic(move || story_meta(&card, author(), copy));
    view! {
        <Title text=format!("{title} · {}", copy.site)/>
        <article class="story" lang=lang>
            <header class="story__head">
                <h1 class="story__title page-title" id=PAGE_TITLE tabindex="-1">{title}</h1>
                {facts}
                {tags}
            </header>
            <div class="body">{body}</div>
        </article>
        <StoryMoves previous next/>
    }
}
