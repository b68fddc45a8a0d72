//! One story.

use std::{cell::Cell, sync::Arc};

use corpus::{Card, Slug};
use leptos::prelude::*;

use super::{not_found::unknown_story, page_title};
use crate::{
    component::{
        block_view::{BodyContext, body_view},
        cover::cover,
        find_bar::find_bar,
        listen::Listen,
        listen_bar::listen_bar,
        load_error::load_error,
        loading::{Shape, loading},
        match_bar::{MatchPosition, match_bar},
        original_view::Original,
        reading_bar::{Tools, reading_bar},
        sheet::Sheet,
        shelf_bar::shelf_bar,
        story_meta::story_meta,
        story_moves::{Neighbour, story_moves},
        story_notes::story_notes,
        story_related::story_related,
        story_series::story_series,
        story_shelf::StoryShelf,
        tag_list::tag_list,
        toc::toc,
    },
    copy::Copy,
    data::{Library, Load},
    dom::{
        focus::PAGE_TITLE,
        progress::{self, Progress},
    },
    finding::{Searching, find},
    listing::{listing, neighbours},
    markup::{dynamic, el, fragment, nothing},
    nav::Nav,
    outline::outline,
    route::Place,
    shelf::Shelf,
    task::effect,
};

/// A story with its facts, its body and the way to its neighbours. The head is there at once, from the card; the body when it
/// has arrived. The search serves the marks and the order of the list the reader came from.
pub(crate) fn story_page(copy: &'static Copy, nav: Nav, library: Arc<Library>, searching: Searching, shelf: Shelf, slug: &Slug) -> AnyView {
    match library.doc(slug).and_then(|doc| library.card(doc).cloned().map(|card| (doc, card))) {
        Some((doc, card)) => known_story(copy, nav, library, searching, shelf, doc, card),
        None => unknown_story(copy, nav, &library),
    }
}

fn known_story(copy: &'static Copy, nav: Nav, library: Arc<Library>, searching: Searching, shelf: Shelf, doc: u32, card: Card) -> AnyView {
    let Searching { index, found } = searching;
    let at = MatchPosition::new();
    let needle = RwSignal::new(String::new());
    let sheet = Sheet::new("contents");
    let progress = RwSignal::new(Progress::default());
    let on_shelf = StoryShelf::new(copy, shelf, &card);
    // After the shelf: a selected passage takes M and Esc before the page does.
    let tools = Tools::new();
    let story = {
        let library = library.clone();
        Load::new(move || {
            let library = library.clone();
            async move { library.load_story(doc).await }
        })
    };
    let listen = Listen::new(Signal::derive(move || story.loaded().map_or_else(|| "ko".to_owned(), |story| story.lang.clone())));
    let original = Original::new(library.clone(), story);
    // What is marked: what the field of this page finds, else what the list's search found.
    let found_here = Memo::new_with_compare(
        move |_| {
            let needle = needle.read();
            let index = index.loaded().filter(|_| !needle.trim().is_empty())?;
            Some(Arc::new(find(&index, &needle, false)))
        },
        // Nothing sought before, nothing now: the body must not be laid out anew when the engine arrives.
        |before, after| !(before.is_some_and(Option::is_none) && after.is_some_and(Option::is_none)),
    );
    let marked = Signal::derive(move || found_here.get().or_else(|| found.get()));
    effect(move || {
        let is_sought = found_here.read().is_some();
        marked.track();
        if story.get().is_some() {
            at.recount(move || {
                if is_sought {
                    at.begin();
                }
            });
        }
    });
    // A reader who comes from a search begins at the passage that answers it, so the marks are waited for.
    effect(move || {
        let is_marked = !nav.place.read().query.is_search() || index.get().is_some();
        if is_marked && on_shelf.is_ready() && story.get().is_some() {
            nav.arrive(Box::new(move || on_shelf.begin() || at.begin()));
        }
    });

    let around = {
        let library = library.clone();
        move || {
            let place = nav.place.read();
            let found = found.read();
            // The list of everything is the archive's own order, which need not be made to find two places in it.
            let around = if *place == Place::default() {
                [doc.checked_sub(1), doc.checked_add(1)]
            } else {
                let docs = listing(&library.cards, &library.facets, &place, found.as_ref().map(|found| found.docs.as_slice())).docs;
                neighbours(&docs, doc)
            };
            around.map(|doc| {
                let card = library.card(doc?)?;
                Some(Neighbour { title: card.title.clone(), href: place.story_href(&card.slug) })
            })
        }
    };
    let slug = card.slug.clone();
    let href = Memo::new(move |_| nav.place.read().story_href(&slug));
    let entries = Memo::new(move |_| story.loaded().map(|story| outline(&story.blocks)).unwrap_or_default());
    progress::follow(Signal::derive(move || entries.read().iter().map(|entry| entry.id.clone()).collect()), progress);
    let current = Memo::new(move |_| progress.get().current);
    let has_contents = move || (!entries.read().is_empty()).then_some(sheet);
    let contents = dynamic(move || match has_contents() {
        Some(sheet) => toc(copy, sheet, entries.get(), current.into(), &href.read()),
        None => nothing(),
    });

    let body = dynamic(move || match story.get() {
        None => loading(copy, Shape::Text),
        Some(Err(error)) => load_error(copy, &error, move || story.retry()),
        Some(Ok(story)) => {
            let context = BodyContext { copy, href: href.get(), found: marked.get(), story: story.clone(), n_code: Cell::new(0) };
            body_view(&story.blocks, &context)
        }
    });
    let title = card.title.clone();
    let site = copy.site_title(&library.site).to_owned();
    let minutes = card.minutes();
    let series = story_series(copy, &library, &card);
    let related = {
        let library = library.clone();
        dynamic(move || story.loaded().map_or_else(nothing, |story| story_related(copy, &library, &story.built.related)))
    };
    let cover = cover(&card);
    let tags = tag_list(&card.tags);
    let bar = shelf_bar(copy, shelf, &card);
    let heading = el("h1").class("story__title page-title").target(PAGE_TITLE).text(&*title).view();
    let author = move || story.loaded()?.author.clone();
    let facts = dynamic(move || story_meta(copy, &card, author()));
    let article = el("article")
        .class("story")
        .attr_from("lang", move || story.loaded().map(|story| story.lang.clone()))
        .child(el("header").class("story__head").children([cover, heading, facts, tags, bar, original.switch(copy)]).view())
        .child(el("div").class("body").hidden(move || original.is_shown()).child(body).view())
        .child(original.view(copy));
    let column = el("div").class("story-page__main").children([
        el("div")
            .class("reading-tools")
            .child(reading_bar(copy, tools, listen, progress, minutes, has_contents))
            .child(find_bar(copy, tools.find, needle, at))
            .child(listen_bar(copy, listen))
            .view(),
        article.view(),
        match_bar(copy, at),
        series,
        story_notes(copy, on_shelf),
        related,
        story_moves(copy, nav, around),
    ]);
    fragment(vec![
        page_title(move || format!("{title} · {site}")),
        el("div").class("story-page").child(el("aside").class("story-page__side").child(contents).view()).child(column.view()).view(),
    ])
}
