//! The part of the program that a first look at a list does not need: stories, the shelf, notes. A release build cuts it off into a module of
//! its own (`cargo xtask build --release`, feature `split`), which is fetched once a reader is about to need it; every other build has it in.
//!
//! What is only reachable from [`later_part`] goes into that module; so nothing else may name the functions in it.

// The attribute that marks the cut writes declarations of what the other module exports, which are unsafe to call by nature.
#![cfg_attr(feature = "split", allow(unsafe_code, reason = "written by the attribute, see above"))]

use std::{future::pending, sync::Arc};

use leptos::prelude::*;

use crate::{
    component::{offline_news::offline_news, shelf_toast::shelf_toast},
    copy::Copy,
    data::{Load, LoadError},
    dom::{event::on_document_for_good, timer::after_paint},
    markup::fragment,
    offline::Offline,
    page::{PageContext, design::design_page, notes::notes_page, shelf::shelf_page, story::story_page},
    route::Route,
    shelf::Shelf,
};

/// Name of the module in messages.
#[cfg(feature = "split")]
const FILE: &str = "later.wasm";

/// What a pointer or a finger, and what the keyboard does before it opens a page.
const SIGNS: [&str; 3] = ["pointerover", "touchstart", "focusin"];

/// The later part, ready to use.
pub(crate) struct Later {
    kept: Kept,
    part: LaterPart,
}

/// What lives as long as the app.
#[derive(Clone, Copy)]
struct Kept {
    /// What the reader keeps.
    shelf: Shelf,
    /// What the device keeps for reading without a network.
    offline: Offline,
}

/// Its functions, as far as the first part calls them.
#[derive(Clone, Copy)]
struct LaterPart {
    open: fn() -> Kept,
    page: fn(PageContext, Kept, &Route) -> AnyView,
    toasts: fn(&'static Copy, Kept) -> AnyView,
}

impl Later {
    /// Loads it once it is wanted. Call in the scope that the shelf is to live in.
    pub(crate) fn load(is_wanted: Memo<bool>) -> Load<Self> {
        let owner = Owner::current().unwrap_or_default();
        Load::new(move || {
            let is_wanted = is_wanted.get();
            let owner = owner.clone();
            async move {
                if !is_wanted {
                    return pending().await;
                }
                let part = fetch_part().await?;
                Ok(Arc::new(Self { kept: owner.with(part.open), part }))
            }
        })
    }

    /// The page of a route that is no list.
    pub(crate) fn page(&self, context: PageContext, route: &Route) -> AnyView {
        (self.part.page)(context, self.kept, route)
    }

    /// The lines that tell what was done, and that the site is newer than what is kept.
    pub(crate) fn toasts(&self, copy: &'static Copy) -> AnyView {
        (self.part.toasts)(copy, self.kept)
    }
}

/// True once the reader has begun to do something: what a first look does not need is fetched then.
pub(crate) fn signs() -> RwSignal<bool> {
    let acting = RwSignal::new(false);
    for sign in SIGNS {
        on_document_for_good(sign, move |_| {
            // Set once: each time it is set, whoever follows it looks again. Opening what comes is not to delay what the reader does.
            if !acting.get_untracked() {
                after_paint(move || {
                    acting.try_set(true);
                });
            }
        });
    }
    acting
}

#[cfg(feature = "split")]
async fn fetch_part() -> Result<LaterPart, LoadError> {
    later_part().await
}

#[cfg(not(feature = "split"))]
async fn fetch_part() -> Result<LaterPart, LoadError> {
    later_part()
}

/// Everything in the module, by its beginnings.
#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(later, fallible))]
fn later_part() -> Result<LaterPart, LoadError> {
    Ok(LaterPart { open: || Kept { shelf: Shelf::load(), offline: Offline::load() }, page: later_page, toasts: later_toasts })
}

fn later_toasts(copy: &'static Copy, kept: Kept) -> AnyView {
    fragment(vec![shelf_toast(copy, kept.shelf), offline_news(copy, kept.offline)])
}

fn later_page(context: PageContext, kept: Kept, route: &Route) -> AnyView {
    let Kept { shelf, offline } = kept;
    let PageContext { copy, lang, nav, prefs, library, searching } = context;
    match route {
        Route::Story(slug) => story_page(copy, nav, library, searching, shelf, slug),
        Route::Notes => notes_page(copy, nav, library, shelf),
        Route::Design => design_page(copy, nav, prefs, &library),
        _ => shelf_page(copy, lang, nav, library, shelf, offline),
    }
}

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for LoadError {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self::Network { file: FILE.to_owned() }
    }
}
