//! The filters that are on, each one click from being off.

use leptos::prelude::*;

use crate::{markup::dynamic, nav::expect_nav, prefs::expect_prefs, query::ListQuery};

/// What a chip does to the query.
type Remove = Box<dyn Fn(&mut ListQuery) + Send + Sync>;

/// One chip a filter, and one that removes them all.
#[component]
pub(crate) fn FilterChips() -> impl IntoView {
    let copy = expect_prefs().copy();
    let nav = expect_nav();
    let chip = move |text: String, label: String, remove: Remove| {
        view! {
            <li>
                <button class="chip" type="button" aria-label=label on:click=move |_| nav.refine(|query| remove(query))>
                    {text} <span aria-hidden="true">" ×"</span>
                </button>
            </li>
        }
        .into_any()
    };
    dynamic(move || {
        let place = nav.place.read();
        let query = &place.query;
        let mut chips = Vec::new();
        for tag in query.tags.iter().cloned() {
            let label = (copy.remove_tag)(&tag);
            chips.push(chip(format!("#{tag}"), label, Box::new(move |query| query.tags.retain(|other| *other != tag))));
        }
        for tag in query.not_tags.iter().cloned() {
            let label = (copy.remove_excluded_tag)(&tag);
            chips.push(chip(format!("−#{tag}"), label, Box::new(move |query| query.not_tags.retain(|other| *other != tag))));
        }
        for company in query.companies.iter().cloned() {
            let label = (copy.remove_company)(&company);
            chips.push(chip(company.clone(), label, Box::new(move |query| query.companies.retain(|other| *other != company))));
        }
        if chips.len() > 1 {
            chips.push(chip(copy.remove_all.to_owned(), copy.remove_all.to_owned(), Box::new(|query| *query = query.without_filters())));
        }
        if chips.is_empty() {
            return ().into_any();
        }
        view! { <ul class="chips" aria-label=copy.active_filters>{chips}</ul> }.into_any()
    })
}
