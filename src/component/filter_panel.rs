//! Filters: tags and companies, each with the number of stories it would leave.

use leptos::prelude::*;

use crate::{
    listing::FacetValue,
    markup::{aria_state, attribute, dynamic_text, flag},
    nav::expect_nav,
    prefs::expect_prefs,
    query::{ListQuery, toggle},
    route::Place,
};

/// How many values a filter shows before it is asked for the rest.
const N_SHOWN: usize = 12;

/// A filter of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Facet {
    Tags,
    Companies,
}

impl Facet {
    fn chosen(self, query: &ListQuery) -> &[String] {
        match self {
            Self::Tags => &query.tags,
            Self::Companies => &query.companies,
        }
    }

    fn toggle(self, query: &mut ListQuery, name: &str) {
        match self {
            Self::Tags => {
                query.not_tags.retain(|tag| tag != name);
                toggle(&mut query.tags, name);
            }
            Self::Companies => toggle(&mut query.companies, name),
        }
    }
}

/// Both filters. On narrow screens they fold behind a button.
#[component]
pub(crate) fn FilterPanel(
    /// Tags of the section, in a fixed order, with counts that follow the list.
    #[prop(into)]
    tags: Signal<Vec<FacetValue>>,
    /// Companies likewise.
    #[prop(into)]
    companies: Signal<Vec<FacetValue>>,
) -> impl IntoView {
    let copy = expect_prefs().copy();
    let open = RwSignal::new(false);
    view! {
        <aside class="filters" aria-label=copy.filters>
            <button
                class="button filters__toggle"
                type="button"
                aria-expanded=aria_state(move || open.get())
                aria-controls="filters"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {copy.filters}
            </button>
            <div class="filters__body" id="filters" data-open=attribute(move || open.get().then(String::new))>
                <FacetGroup facet=Facet::Tags legend=copy.tags values=tags/>
                <FacetGroup facet=Facet::Companies legend=copy.companies values=companies/>
            </div>
        </aside>
    }
}

#[component]
fn FacetGroup(facet: Facet, legend: &'static str, values: Signal<Vec<FacetValue>>) -> impl IntoView {
    let copy = expect_prefs().copy();
    let place = expect_nav().place;
    let all = RwSignal::new(false);
    let names = values.with_untracked(|values| values.iter().map(|value| value.name.clone()).collect::<Vec<_>>());
    let n_names = names.len();
    let rows = names.into_iter().enumerate().map(|(index, name)| {
        let name_chosen = name.clone();
        let chosen = Memo::new(move |_| facet.chosen(&place.read().query).contains(&name_chosen));
        let count = Memo::new(move |_| values.read().get(index).map_or(0, |value| value.count));
        let hidden = move || index >= N_SHOWN && !all.get() && !chosen.get();
        view! { <FacetRow facet name chosen count hidden=Signal::derive(hidden)/> }
    });
    let rows = rows.collect_view();
    (n_names > 0).then(|| {
        view! {
            <fieldset class="filters__group">
                <legend>{legend}</legend>
                <ul class="filters__values">{rows}</ul>
                {(n_names > N_SHOWN).then(|| view! {
                    <button
                        class="button button--quiet"
                        type="button"
                        aria-expanded=aria_state(move || all.get())
                        on:click=move |_| all.update(|all| *all = !*all)
                    >
                        {legend} " " {dynamic_text(move || if all.get() { copy.fewer_values } else { copy.more_values }.to_owned())}
                    </button>
                })}
            </fieldset>
        }
    })
}

/// One value: a checkbox that includes it and, for tags, a button that excludes it.
#[component]
fn FacetRow(facet: Facet, name: String, chosen: Memo<bool>, count: Memo<usize>, hidden: Signal<bool>) -> impl IntoView {
    let copy = expect_prefs().copy();
    let nav = expect_nav();
    let place: Memo<Place> = nav.place;
    let on_toggled = {
        let name = name.clone();
        move |_| nav.refine(|query| facet.toggle(query, &name))
    };
    let exclude = (facet == Facet::Tags).then(|| {
        let label = (copy.exclude_tag)(&name);
        let tag = name.clone();
        let excluded = Memo::new(move |_| place.read().query.not_tags.contains(&tag));
        let tag = name.clone();
        let on_excluded = move |_| {
            nav.refine(|query| {
                query.tags.retain(|other| *other != tag);
                toggle(&mut query.not_tags, &tag);
            });
        };
        view! {
            <button
                class="filters__exclude"
                type="button"
                title=label.clone()
                aria-label=label
                aria-pressed=aria_state(move || excluded.get())
                on:click=on_excluded
            >
                "−"
            </button>
        }
    });
    view! {
        <li class="filters__value" hidden=flag(move || hidden.get()) data-empty=attribute(move || (count.get() == 0).then(String::new))>
            <label class="filters__label">
                <input type="checkbox" prop:checked=flag(move || chosen.get()) on:change=on_toggled/>
                <span class="filters__name">{name}</span> " "
                <span class="filters__count">{dynamic_text(move || count.get().to_string())}</span>
            </label>
            {exclude}
        </li>
    }
}
