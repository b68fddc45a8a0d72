//! Where the reader was on each page of this tab: scroll position, focused element and how much of the list was shown.
//!
//! The browser restores positions before our content is there, and the router scrolls to the top, so both are replaced by one
//! memory: positions are noted while the reader scrolls and put back once the page that Back leads to has its content.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    IS_NATIVE, focus,
    position::{Anchor, Position},
    storage,
};

/// Where the position of the page that is being left for a reload is kept.
const TAB_KEY: &str = "story-home:position";

/// What kind of step leads to the page that is about to show its content.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Movement {
    /// The site was opened here.
    #[default]
    Opening,
    /// The same page with another query.
    Refining,
    /// Another page.
    Arriving,
}

#[derive(Default)]
struct State {
    /// Path, query and hash of the page shown.
    key: String,
    /// By address. A tab visits tens of pages, so looking through them is nothing.
    positions: Vec<(String, Position)>,
    /// Between a change of the URL and the moment its page has its content, scroll events belong to neither page.
    moving: bool,
    /// The URL was changed by Back, Forward or a reload, so the reader's place is to be restored.
    returning: bool,
    movement: Movement,
    /// How often the URL has changed: an arrival that is overtaken by the next departure has nothing to say any more.
    n_departures: u32,
}

impl State {
    fn position(&self, key: &str) -> Position {
        self.positions.iter().find(|(of, _)| of == key).map(|(_, position)| position.clone()).unwrap_or_default()
    }

    /// Changes the position on the page shown.
    fn change(&mut self, change: impl FnOnce(&mut Position)) {
        let known = self.positions.iter().position(|(of, _)| *of == self.key);
        let (key, mut position) = known.map_or_else(|| (self.key.clone(), Position::default()), |index| self.positions.swap_remove(index));
        change(&mut position);
        self.positions.push((key, position));
    }
}

/// Goes to the place of a page where its reader should begin; false when it has none.
pub(crate) type Begin = Box<dyn FnOnce() -> bool>;

/// The memory. One for the app's life.
#[derive(Clone, Copy)]
pub(crate) struct ScrollMemory(StoredValue<State>);

/// The page's address as this memory knows it.
fn current_key() -> String {
    let location = window().location();
    [location.pathname(), location.search(), location.hash()].into_iter().map(Result::unwrap_or_default).collect()
}

impl ScrollMemory {
    /// Starts remembering. Create it before the router, whose own listener for Back runs after this one.
    pub(crate) fn install() -> Self {
        if IS_NATIVE {
            return Self(StoredValue::new(State::default()));
        }
        let key = current_key();
        let mut positions = Vec::new();
        let kept = storage::get_for_tab(TAB_KEY).filter(|_| !is_fresh_visit()).and_then(|text| Position::parse(&text, &key));
        let returning = kept.is_some();
        positions.extend(kept.map(|position| (key.clone(), position)));
        let memory =
            Self(StoredValue::new(State { key, positions, moving: true, returning, movement: Movement::Opening, n_departures: 0 }));

        if let Ok(history) = window().history() {
            let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
        }
        let handles = [
            window_event_listener_untyped("scroll", move |_| {
                memory.note(|position| {
                    let y = scroll_y();
                    if std::mem::replace(&mut position.y, y) != y {
                        position.anchor = None;
                    }
                });
            }),
            window_event_listener_untyped("focusin", move |event| {
                let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
                let id = target.map(|element| element.id()).filter(|id| !id.is_empty());
                memory.note(|position| {
                    if position.focus != id {
                        (position.focus, position.anchor) = (id, None);
                    }
                });
            }),
            // A click may come before the event of the scrolling that led to it, and WebKit does not focus what is clicked.
            window_event_listener_untyped("click", move |event| {
                let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
                let link = target.and_then(|target| target.closest("a[id]").ok().flatten());
                memory.note(|position| {
                    position.y = scroll_y();
                    if let Some(link) = link {
                        position.anchor = Some(Anchor::of(&link));
                        position.focus = Some(link.id());
                    }
                });
            }),
            window_event_listener_untyped("pagehide", move |_| memory.keep_for_reload()),
        ];
        let popstate = window_event_listener(ev::popstate, move |_| memory.update(|state| state.returning = true));
        on_cleanup(move || {
            handles.into_iter().for_each(WindowListenerHandle::remove);
            popstate.remove();
        });
        memory
    }

    /// The URL has changed after the opening. `same_page` when only the list's query did. Returns whether the reader is on the way back,
    /// so that [`ScrollMemory::arrive`] has something to restore even on the same page.
    pub(crate) fn depart(self, same_page: bool) -> bool {
        self.0
            .try_update_value(|state| {
                state.n_departures += 1;
                if same_page && !state.returning {
                    // The reader stays in place; from now on the place belongs to the new address.
                    let here = state.position(&state.key);
                    state.key = current_key();
                    state.change(|position| *position = here);
                } else {
                    state.moving = true;
                    state.movement = if same_page { Movement::Refining } else { Movement::Arriving };
                }
                state.returning
            })
            .unwrap_or_default()
    }

    /// The next page is to be shown where the reader left it, although it is a new entry of the history.
    pub(crate) fn return_to_place(self) {
        self.update(|state| state.returning = true);
    }

    /// The page of the current URL has its content: goes to the reader's place in it. A page that is new to the reader begins where
    /// `begin` goes, which says whether it knew a place; else at its top.
    pub(crate) fn arrive(self, begin: Begin) {
        let departures = self.0.try_with_value(|state| state.n_departures);
        // Two frames: the first lays the new content out, and heights are final in the second.
        request_animation_frame(move || {
            request_animation_frame(move || {
                if self.0.try_with_value(|state| state.n_departures) != departures {
                    return;
                }
                let key = current_key();
                let Some((returning, movement, position)) = self.0.try_update_value(|state| {
                    state.moving = false;
                    let position = state.position(&key);
                    state.key = key;
                    (std::mem::take(&mut state.returning), std::mem::replace(&mut state.movement, Movement::Refining), position)
                }) else {
                    return;
                };
                if returning {
                    position.restore();
                    if let Some(id) = &position.focus {
                        focus::focus(id, true);
                    }
                    position.settle();
                    return;
                }
                if movement != Movement::Refining && !scroll_to_hash() && !begin() && movement == Movement::Arriving {
                    window().scroll_to_with_x_and_y(0.0, 0.0);
                }
                // A reader who has just opened the site starts at its top; one who types stays in the field.
                if movement == Movement::Arriving && focus::focused_id().as_deref() != Some(focus::SEARCH_FIELD) {
                    focus::focus(focus::PAGE_TITLE, true);
                }
            });
        });
    }

    /// The page is built but not seen yet: puts it where [`ScrollMemory::arrive`] will, as far as that is known already.
    pub(crate) fn place(self) {
        let key = current_key();
        let position = self.0.try_with_value(|state| state.returning.then(|| state.position(&key))).flatten();
        position.unwrap_or_default().restore();
    }

    fn note(self, change: impl FnOnce(&mut Position)) {
        self.update(|state| {
            if !state.moving {
                state.change(change);
            }
        });
    }

    fn keep_for_reload(self) {
        // A scroll may come just before the reload, and its event would only come after it.
        self.note(|position| {
            position.y = scroll_y();
            position.anchor = position.anchor.take().or_else(Anchor::in_view);
        });
        self.0.try_with_value(|state| {
            storage::set_for_tab(TAB_KEY, &state.position(&state.key).to_text(&state.key));
        });
    }

    fn update(self, change: impl FnOnce(&mut State)) {
        self.0.try_update_value(change);
    }
}

/// Scrolls to the element that the URL's fragment names, if there is one.
fn scroll_to_hash() -> bool {
    let hash = window().location().hash().unwrap_or_default();
    let id = js_sys::decode_uri_component(hash.trim_start_matches('#')).map(String::from).unwrap_or_default();
    let target = if id.is_empty() { None } else { document().get_element_by_id(&id) };
    if let Some(target) = &target {
        target.scroll_into_view();
    }
    target.is_some()
}

/// Whether the page was opened by a link or an address, rather than by a reload or by coming back from another site.
fn is_fresh_visit() -> bool {
    window().performance().is_none_or(|performance| performance.navigation().type_() == web_sys::PerformanceNavigation::TYPE_NAVIGATE)
}

fn scroll_y() -> i32 {
    window().scroll_y().unwrap_or_default() as i32
}
