//! Theme and language, behind one button.

use leptos::{ev, prelude::*};

use crate::{
    copy::Lang,
    dom::focus,
    markup::{aria_state, flag},
    prefs::{Theme, expect_prefs},
};

const ROOT: &str = "settings";
const BUTTON: &str = "settings-button";
const PANEL: &str = "settings-panel";

/// A button and the panel it opens. Esc and a click elsewhere close it.
#[component]
pub(crate) fn Settings(
    /// Whether the panel is open; outlives a change of language.
    open: RwSignal<bool>,
) -> impl IntoView {
    let prefs = expect_prefs();
    let copy = prefs.copy();
    let outside = window_event_listener(ev::click, move |event| {
        let inside = focus::is_within(event.target().as_ref(), ROOT);
        if !inside && open.get_untracked() {
            open.set(false);
        }
    });
    on_cleanup(move || outside.remove());
    let on_keydown = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && open.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            open.set(false);
            focus::focus(BUTTON, true);
        }
    };
    let themes = Theme::ALL.map(|theme| {
        let chosen = Signal::derive(move || prefs.theme.get() == theme);
        choice("theme", theme.as_str(), theme.label(copy), chosen, Box::new(move || prefs.theme.set(theme)))
    });
    let langs = [(Lang::Ko, "한국어"), (Lang::En, "English")].map(|(lang, label)| {
        let chosen = Signal::derive(move || prefs.lang.get() == lang);
        let choose = move || {
            prefs.lang.set(lang);
            // The frame is rebuilt in the new language; the reader stays at the choice.
            request_animation_frame(move || focus::focus(&choice_id("lang", lang.as_str()), true));
        };
        choice("lang", lang.as_str(), label, chosen, Box::new(choose))
    });
    view! {
        <div class="settings" id=ROOT on:keydown=on_keydown>
            <button
                class="settings__button"
                id=BUTTON
                type="button"
                aria-expanded=aria_state(move || open.get())
                aria-controls=PANEL
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {copy.settings}
            </button>
            <div class="settings__panel" id=PANEL hidden=flag(move || !open.get())>
                <fieldset class="settings__group" role="radiogroup">
                    <legend>{copy.theme}</legend>
                    {themes}
                </fieldset>
                <fieldset class="settings__group" role="radiogroup">
                    <legend>{copy.language}</legend>
                    {langs}
                </fieldset>
            </div>
        </div>
    }
}

fn choice_id(name: &str, value: &str) -> String {
    format!("settings-{name}-{value}")
}

fn choice(name: &'static str, value: &'static str, label: &'static str, chosen: Signal<bool>, choose: Box<dyn Fn()>) -> AnyView {
    view! {
        <label class="settings__choice">
            <input
                type="radio"
                name=name
                value=value
                id=choice_id(name, value)
                prop:checked=flag(move || chosen.get())
                on:change=move |_| choose()
            />
            " "
            {label}
        </label>
    }
    .into_any()
}
