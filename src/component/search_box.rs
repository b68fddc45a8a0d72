//! The search field.

use leptos::{ev, html::Input, prelude::*};

use crate::{dom::focus, markup::flag, nav::expect_nav, prefs::expect_prefs, task::effect};

/// Links that the arrow keys walk through.
const RESULT_LINKS: &str = ".story-card__link";

/// Searches while the reader types. `/` comes here from anywhere; arrows lead into the results.
///
/// The field is never written to while it holds what was typed, so that an input method is not disturbed while it composes.
#[component]
pub(crate) fn SearchBox() -> impl IntoView {
    let copy = expect_prefs().copy();
    let nav = expect_nav();
    let field = NodeRef::<Input>::new();
    effect(move || {
        let typed = nav.typed.read();
        if let Some(field) = field.get().filter(|field| field.value() != *typed) {
            field.set_value(&typed);
        }
    });

    let on_input = move |event| nav.search(event_target_value(&event));
    let on_keydown = move |event: ev::KeyboardEvent| {
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" if focus::step_through(RESULT_LINKS, 1) => event.prevent_default(),
            "Escape" if nav.typed.with_untracked(String::is_empty) => {
                if let Some(field) = field.get_untracked() {
                    let _ = field.blur();
                }
            }
            "Escape" => {
                event.prevent_default();
                nav.search(String::new());
            }
            _ => {}
        }
    };
    let shortcut = window_event_listener(ev::keydown, move |event| {
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        if modified || event.is_composing() || event.default_prevented() {
            return;
        }
        let typing = focus::is_typing(event.target().as_ref());
        match event.key().as_str() {
            "/" if !typing => {
                event.prevent_default();
                focus::focus(focus::SEARCH_FIELD, false);
                if let Some(field) = field.get_untracked() {
                    field.select();
                }
            }
            _ => {}
        }
    });
    on_cleanup(move || shortcut.remove());

    let clear = move |_| {
        nav.search(String::new());
        focus::focus(focus::SEARCH_FIELD, true);
    };
    view! {
        <search class="search-box">
            <form
                class="search-box__form"
                role="search"
                on:submit=move |event| {
                    event.prevent_default();
                    nav.flush_search();
                    focus::step_through(RESULT_LINKS, 1);
                }
            >
                <input
                    class="search-box__field"
                    id=focus::SEARCH_FIELD
                    type="search"
                    name="q"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    enterkeyhint="search"
                    aria-label=copy.search_label
                    aria-keyshortcuts="/"
                    placeholder=copy.search_hint
                    node_ref=field
                    on:input=on_input
                    on:keydown=on_keydown
                    on:change=move |_| nav.flush_search()
                />
                <button
                    class="search-box__clear"
                    type="button"
                    aria-label=copy.clear_search
                    hidden=flag(move || nav.typed.read().is_empty())
                    on:click=clear
                >
                    "×"
                </button>
            </form>
        </search>
    }
}
