//! The search field.

use leptos::{html::Input, prelude::*};

use crate::{
    copy::Copy,
    dom::{
        event::{Event, key_press, on_window},
        focus,
    },
    markup::{button, el},
    nav::Nav,
    suggest::Suggestion,
    task::effect,
};

use super::suggestions::{SUGGESTIONS, Suggestions, suggestions_view};

/// Searches while the reader types. `/` comes here from anywhere. The arrow down leads to what is `suggested`, where left and right choose,
/// and from there into the results.
///
/// The field is never written to while it holds what was typed, so that an input method is not disturbed while it composes.
pub(crate) fn search_box(copy: &'static Copy, nav: Nav, suggested: Signal<Vec<Suggestion>>) -> AnyView {
    let suggestions = Suggestions::new(nav, suggested);
    let field = NodeRef::<Input>::new();
    effect(move || {
        let typed = nav.typed.read();
        if let Some(field) = field.get().filter(|field| field.value() != *typed) {
            field.set_value(&typed);
        }
    });
    on_window("keydown", move |event| {
        let press = key_press(&event);
        if press.key == "/" && !press.typing && !press.modified && !press.composing {
            event.prevent_default();
            focus::focus(focus::SEARCH_FIELD, false);
            if let Some(field) = field.get_untracked() {
                field.select();
            }
        }
    });
    let on_keydown = move |event: Event| {
        let press = key_press(&event);
        let handled = match press.key.as_str() {
            _ if press.composing => false,
            "ArrowDown" => suggestions.enter() || (nav.enter_results() && suggestions.leave_for_results()),
            "ArrowUp" => suggestions.leave(),
            "ArrowRight" => suggestions.step(true),
            "ArrowLeft" => suggestions.step(false),
            "Escape" if suggestions.leave() => true,
            "Escape" if nav.typed.with_untracked(String::is_empty) => {
                suggestions.dismiss();
                focus::blur();
                true
            }
            "Escape" => {
                nav.search(String::new());
                nav.flush_search();
                true
            }
            _ => false,
        };
        if handled {
            event.prevent_default();
        }
    };
    let expanded: Box<dyn FnMut() -> Option<String> + Send> = Box::new(move || Some(suggestions.is_open().to_string()));
    let active: Box<dyn FnMut() -> Option<String> + Send> = Box::new(move || suggestions.active_id());
    let input = view! {
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
            role="combobox"
            aria-autocomplete="list"
            aria-controls=SUGGESTIONS
            aria-expanded=expanded
            aria-activedescendant=active
            placeholder=copy.search_hint
            node_ref=field
        />
    };
    let clear = button(move || {
        nav.search(String::new());
        focus::focus(focus::SEARCH_FIELD, true);
    });
    // Events of the field are taken where they bubble to, so that the field itself needs no further type.
    let form = el("form")
        .class("search-box__form")
        // Sent before the program runs, a search opens the list that it finds.
        .attr("action", "./")
        .on("input", move |event| {
            nav.search(event_target_value(&event));
            suggestions.engage();
        })
        .on("focusin", move |event| {
            if focus::is_typing(event.target().as_ref()) && nav.typed.with_untracked(String::is_empty) {
                suggestions.engage();
            }
        })
        .on("focusout", move |_| {
            // The row below a text stays: taking it away moves the list under the pointer of whoever is about to click there.
            if nav.typed.with_untracked(String::is_empty) {
                suggestions.dismiss();
            }
        })
        .on("change", move |_| nav.flush_search())
        .on("compositionstart", move |_| nav.composing.set(true))
        .on("compositionend", move |_| nav.composing.set(false))
        .on("keydown", on_keydown)
        .on("submit", move |event| {
            event.prevent_default();
            if !suggestions.take_active(nav) {
                nav.flush_search();
                nav.typed.with_untracked(|typed| nav.recent.remember(typed));
                suggestions.dismiss();
                nav.enter_results();
            }
        })
        .child(input.into_any())
        .child(
            clear
                .class("search-box__clear")
                .attr("aria-label", copy.clear_search)
                .hidden(move || nav.typed.read().is_empty())
                .text("×")
                .view(),
        );
    el("search").class("search-box").child(form.view()).child(suggestions_view(copy, nav, suggestions)).view()
}
