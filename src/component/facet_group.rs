//! One filter: its values with live counts, the most frequent first, the others by searching for them.

use std::sync::Arc;

use leptos::prelude::*;
use search::Start;

use super::filter_chips::value_name;
use crate::{
    copy::Copy,
    data::Library,
    dom::event::key_press,
    facet::Facet,
    format::grouped,
    listing::Listing,
    markup::{button, dynamic_text, el, flag, nothing},
    nav::Nav,
};

/// How many values a filter shows before it is asked for the rest.
const N_SHOWN: usize = 8;
/// How many it shows when asked. Of thousands, the one that a reader wants is typed, not scrolled to.
const N_SHOWN_MOST: usize = 200;

/// One filter of the panel. `in_scope` are the stories of the page, whose values it has. Nothing where there is nothing to choose.
pub(crate) fn facet_group(
    copy: &'static Copy,
    nav: Nav,
    library: &Arc<Library>,
    listing: Memo<Listing>,
    facet: Facet,
    in_scope: &[u32],
) -> AnyView {
    // A value that every story has narrows nothing.
    let mut values = library.facets.by_frequency(facet, in_scope.iter().copied());
    values.retain(|(_, n)| (*n as usize) < in_scope.len());
    let n_values = values.len();
    if n_values == 0 {
        return nothing();
    }
    let legend = (copy.facet)(facet);
    let all = RwSignal::new(facet.is_range());
    let needle = RwSignal::new(String::new());
    let shown = {
        let library = library.clone();
        Memo::new(move |_| {
            let names = library.facets.names(facet);
            let needle = needle.read();
            let needle = needle.trim().trim_start_matches('#');
            let start = Start::of(needle);
            let n_most = if all.get() || !needle.is_empty() { N_SHOWN_MOST } else { N_SHOWN };
            let mut n_taken = 0;
            let place = nav.place.read();
            let is_shown = |(id, _): &&(u32, u32)| {
                let name = names.get(*id as usize).map_or("", String::as_str);
                let fits = n_taken < n_most && (needle.is_empty() || start.begins(name) || contains(name, needle));
                n_taken += usize::from(fits);
                // What is chosen stays where it can be taken back.
                fits || place.query.chose(facet, name).is_some()
            };
            values.iter().filter(is_shown).map(|(id, _)| *id).collect::<Vec<u32>>()
        })
    };
    let row = {
        let library = library.clone();
        move |id: u32| {
            let name = library.facets.names(facet).get(id as usize).cloned().unwrap_or_default();
            facet_row(copy, nav, facet, name, Signal::derive(move || listing.read().count(facet, id)))
        }
    };
    // Rows keep their order, so that Leptos' keyed diff never has to move one.
    let rows = view! { <For each=move || shown.get() key=|id| *id children=row/> };
    let more = button(move || all.update(|all| *all = !*all))
        .class("button button--quiet")
        .state("aria-expanded", move || all.get())
        .hidden(move || n_values <= N_SHOWN || facet.is_range() || !needle.read().is_empty())
        .text(legend)
        .text(" ")
        .child(dynamic_text(move || if all.get() { copy.fewer_values } else { copy.more_values }.to_owned()));
    let find = if facet.is_range() || n_values <= N_SHOWN { nothing() } else { value_search((copy.find_value)(legend), needle) };
    el("fieldset")
        .class("filters__group")
        .child(el("legend").text(legend).view())
        .child(if facet == Facet::Tags { every_or_any(copy, nav) } else { nothing() })
        .child(find)
        .child(el("ul").class("filters__values").child(rows.into_any()).view())
        .child(more.view())
        .view()
}

/// Whether a story needs every chosen tag or one of them: asked once two are chosen, when it makes a difference.
fn every_or_any(copy: &'static Copy, nav: Nav) -> AnyView {
    let is_asked = move || 1 < nav.place.read().query.n_included(Facet::Tags);
    let choice = |any: bool| {
        button(move || nav.refine(|query| query.any_tag = any))
            .class("filters__mode")
            .state("aria-pressed", move || nav.place.read().query.any_tag == any)
            .text(if any { copy.any_tag } else { copy.every_tag })
            .view()
    };
    let choices = [choice(false), choice(true)];
    el("div").class("filters__modes").hidden(move || !is_asked()).children(choices).view()
}

/// A field that narrows the values of a filter.
fn value_search(label: String, needle: RwSignal<String>) -> AnyView {
    let field = view! {
        <input
            type="search"
            class="filters__find"
            aria-label=label.clone()
            placeholder=label
            autocomplete="off"
            on:input=move |event| needle.set(event_target_value(&event))
        />
    };
    field.into_any()
}

fn contains(name: &str, needle: &str) -> bool {
    name.to_lowercase().contains(&needle.to_lowercase())
}

/// One value: a checkbox that includes it and a button that excludes it.
fn facet_row(copy: &'static Copy, nav: Nav, facet: Facet, name: String, count: Signal<u32>) -> AnyView {
    let said = {
        let name = name.clone();
        Signal::derive(move || nav.place.read().query.chose(facet, &name))
    };
    let shown = value_name(copy, facet, &name);
    let toggle = move |exclude: bool| nav.refine(|query| query.toggle(facet, &name, exclude));
    let exclude = toggle.clone();
    let by_key = toggle.clone();
    let checkbox = view! { <input type="checkbox" prop:checked=flag(move || said.get() == Some(false))/> };
    let label = el("label")
        .class("filters__label")
        .on("change", move |_| toggle(false))
        .on("keydown", move |event| {
            if matches!(key_press(&event).key.as_str(), "-" | "−") {
                event.prevent_default();
                by_key(true);
            }
        })
        .child(checkbox.into_any())
        .child(el("span").class("filters__name").text(shown.trim_start_matches('#')).view())
        .text(" ")
        .child(el("span").class("filters__count").child(dynamic_text(move || grouped(count.get().into()))).view());
    let exclude_label = (copy.exclude_value)(&shown);
    let exclude = button(move || exclude(true))
        .class("filters__exclude")
        .attr("title", &*exclude_label)
        .attr("aria-label", exclude_label)
        .state("aria-pressed", move || said.get() == Some(true))
        .text("−");
    el("li")
        .class("filters__value")
        .attr_from("data-empty", move || (count.get() == 0).then(String::new))
        .child(label.view())
        .child(exclude.view())
        .view()
}
