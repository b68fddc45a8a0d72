//! Filters: tags and companies, each with the number of stories it would leave.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    listing::{FacetValue, Listing},
    markup::{button, dynamic_text, el, flag, nothing},
    nav::Nav,
    query::{ListQuery, toggle},
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
    fn legend(self, copy: &Copy) -> &'static str {
        match self {
            Self::Tags => copy.tags,
            Self::Companies => copy.companies,
        }
    }

    fn values(self, listing: &Listing) -> &[FacetValue] {
        match self {
            Self::Tags => &listing.tags,
            Self::Companies => &listing.companies,
        }
    }

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

/// Both filters. On narrow screens they fold behind a button. The values and their order are those of the section, so they stay
/// while the page does; the counts follow the list.
pub(crate) fn filter_panel(copy: &'static Copy, nav: Nav, listing: Memo<Listing>) -> AnyView {
    let open = RwSignal::new(false);
    let toggle = button(move || open.update(|open| *open = !*open))
        .class("button filters__toggle")
        .attr("aria-controls", "filters")
        .state("aria-expanded", move || open.get())
        .text(copy.filters);
    let body = el("div")
        .class("filters__body")
        .attr("id", "filters")
        .attr_from("data-open", move || open.get().then(String::new))
        .child(facet_group(copy, nav, listing, Facet::Tags))
        .child(facet_group(copy, nav, listing, Facet::Companies));
    el("aside").class("filters").attr("aria-label", copy.filters).child(toggle.view()).child(body.view()).view()
}

fn facet_group(copy: &'static Copy, nav: Nav, listing: Memo<Listing>, facet: Facet) -> AnyView {
    let names = listing.with_untracked(|listing| facet.values(listing).iter().map(|value| value.name.clone()).collect::<Vec<_>>());
    let n_names = names.len();
    if n_names == 0 {
        return nothing();
    }
    let all = RwSignal::new(false);
    let rows = names.into_iter().enumerate().map(|(index, name)| {
        let count = move || facet.values(&listing.read()).get(index).map_or(0, |value| value.count);
        facet_row(copy, nav, facet, &name, count, move || index >= N_SHOWN && !all.get())
    });
    let legend = facet.legend(copy);
    let more = button(move || all.update(|all| *all = !*all))
        .class("button button--quiet")
        .state("aria-expanded", move || all.get())
        .hidden(move || n_names <= N_SHOWN)
        .text(legend)
        .text(" ")
        .child(dynamic_text(move || if all.get() { copy.fewer_values } else { copy.more_values }.to_owned()));
    el("fieldset")
        .class("filters__group")
        .child(el("legend").text(legend).view())
        .child(el("ul").class("filters__values").children(rows).view())
        .child(more.view())
        .view()
}

/// One value: a checkbox that includes it and, for tags, a button that excludes it. `folded` values show only while chosen.
fn facet_row(
    copy: &'static Copy,
    nav: Nav,
    facet: Facet,
    name: &str,
    count: impl Fn() -> usize + Clone + Send + 'static,
    folded: impl Fn() -> bool + Send + 'static,
) -> AnyView {
    let place = nav.place;
    let is_chosen = {
        let name = name.to_owned();
        move || facet.chosen(&place.read().query).contains(&name)
    };
    let on_change = {
        let name = name.to_owned();
        move |_| nav.refine(|query| facet.toggle(query, &name))
    };
    let checkbox = view! { <input type="checkbox" prop:checked=flag(is_chosen.clone())/> };
    let label = el("label")
        .class("filters__label")
        .on("change", on_change)
        .child(checkbox.into_any())
        .child(el("span").class("filters__name").text(name).view())
        .text(" ")
        .child(
            el("span")
                .class("filters__count")
                .child(dynamic_text({
                    let count = count.clone();
                    move || count().to_string()
                }))
                .view(),
        );
    el("li")
        .class("filters__value")
        .hidden(move || folded() && !is_chosen())
        .attr_from("data-empty", move || (count() == 0).then(String::new))
        .child(label.view())
        .child(if facet == Facet::Tags { exclude_button(copy, nav, name) } else { nothing() })
        .view()
}

fn exclude_button(copy: &'static Copy, nav: Nav, tag: &str) -> AnyView {
    let label = (copy.exclude_tag)(tag);
    let excluded = {
        let tag = tag.to_owned();
        move || nav.place.read().query.not_tags.contains(&tag)
    };
    let tag = tag.to_owned();
    button(move || {
        nav.refine(|query| {
            query.tags.retain(|other| *other != tag);
            toggle(&mut query.not_tags, &tag);
        });
    })
    .class("filters__exclude")
    .attr("title", &*label)
    .attr("aria-label", label)
    .state("aria-pressed", excluded)
    .text("−")
    .view()
}
