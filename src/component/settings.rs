//! The look of the page and the language, behind one button.

use leptos::prelude::*;

use crate::{
    copy::{Copy, Lang},
    dom::{
        event::{key_press, on_window},
        focus,
    },
    markup::{Element, button, el, flag},
    prefs::{Look, Prefs},
};

const ROOT: &str = "settings";
const BUTTON: &str = "settings-button";
const PANEL: &str = "settings-panel";

/// A button and the panel it opens. Esc and a click elsewhere close it. `open` outlives a change of language.
pub(crate) fn settings(copy: &'static Copy, prefs: Prefs, open: RwSignal<bool>) -> AnyView {
    on_window("click", move |event| {
        if open.get_untracked() && !focus::is_within(event.target().as_ref(), ROOT) {
            open.set(false);
        }
    });
    let looks = Look::IN_SETTINGS.map(|look| {
        let choices = look.choices().map(|value| {
            let label = (copy.look_value)(value);
            choice(look.as_str(), value, label, move || prefs.get(look) == value, move || prefs.set(look, value))
        });
        group((copy.look)(look)).children(choices).view()
    });
    let langs = [(Lang::Ko, "한국어"), (Lang::En, "English")].map(|(lang, label)| {
        let choose = move || {
            prefs.lang.set(lang);
            // The frame is rebuilt in the new language; the reader stays at the choice.
            request_animation_frame(move || focus::focus(&choice_id("lang", lang.as_str()), true));
        };
        choice("lang", lang.as_str(), label, move || prefs.lang.get() == lang, choose)
    });
    let toggle = button(move || open.update(|open| *open = !*open))
        .class("settings__button")
        .attr("id", BUTTON)
        .attr("aria-controls", PANEL)
        .state("aria-expanded", move || open.get())
        .text(copy.settings);
    let panel = el("div")
        .class("settings__panel")
        .attr("id", PANEL)
        .hidden(move || !open.get())
        .children(looks)
        .child(group(copy.language).children(langs).view());
    el("div")
        .class("settings")
        .attr("id", ROOT)
        .on("keydown", move |event| {
            if key_press(&event).key == "Escape" && open.get_untracked() {
                event.prevent_default();
                open.set(false);
                focus::focus(BUTTON, true);
            }
        })
        .child(toggle.view())
        .child(panel.view())
        .view()
}

fn group(legend: &'static str) -> Element {
    el("fieldset").class("settings__group").attr("role", "radiogroup").child(el("legend").text(legend).view())
}

fn choice_id(name: &str, value: &str) -> String {
    format!("settings-{name}-{value}")
}

fn choice(
    name: &'static str,
    value: &'static str,
    label: &'static str,
    chosen: impl Fn() -> bool + Send + 'static,
    choose: impl Fn() + 'static,
) -> AnyView {
    let input = view! { <input type="radio" name=name value=value id=choice_id(name, value) prop:checked=flag(chosen)/> };
    el("label").class("settings__choice").on("change", move |_| choose()).child(input.into_any()).text(" ").text(label).view()
}
