//! Where the shelf is kept, in honest words, and the ways in and out of it.

use leptos::prelude::*;

use crate::{
    copy::Copy,
    dom::{self, clock, file},
    markup::{button, dynamic_text, el},
    route::Route,
    shelf::{
        Shelf,
        codec::ImportError,
        markdown::{Labels, markdown},
        model::Column,
    },
    task::spawn,
};

/// Export to JSON and to Markdown, import, and what browsers may delete.
pub(crate) fn shelf_files(copy: &'static Copy, shelf: Shelf) -> AnyView {
    let words = &copy.shelf;
    let to_json = button(move || file::save(&file_name("json"), "application/json", &shelf.export()));
    let to_markdown = button(move || {
        let labels = Labels { title: words.shelf, columns: Column::ALL.map(words.column), notes: words.notes, history: words.history };
        let address = |slug: &corpus::Slug| dom::absolute_url(&Route::Story(slug.clone()).to_href());
        let text = shelf.model.with_untracked(|model| markdown(model, &labels, clock::iso_day, address));
        file::save(&file_name("md"), "text/markdown", &text);
    });
    let field = view! { <input class="visually-hidden" type="file" accept=".json,application/json"/> };
    let import = el("label").class("button shelf-files__import").on("change", move |event| {
        spawn(async move {
            let said = match file::chosen(event).await.map(|text| shelf.import(&text)) {
                None => words.import_unreadable.to_owned(),
                Some(Ok((n_new, n_damaged))) => (words.imported)(n_new, n_damaged),
                Some(Err(ImportError::NotAShelf)) => words.import_not_ours.to_owned(),
                Some(Err(ImportError::Newer)) => words.import_newer.to_owned(),
            };
            shelf.tell(said);
        });
    });
    let promise = dynamic_text(move || {
        let words = if shelf.is_persisted.get() == Some(true) { words.keeping_promised } else { words.keeping_unpromised };
        words.to_owned()
    });
    el("section")
        .class("shelf-section")
        .attr("aria-label", words.keeping)
        .child(el("h2").text(words.keeping).view())
        .child(el("p").class("shelf-section__words").text(words.keeping_where).text(" ").child(promise).view())
        .child(
            el("div")
                .class("shelf-files")
                .child(to_json.class("button").text(words.export_json).view())
                .child(to_markdown.class("button").text(words.export_markdown).view())
                .child(import.child(field.into_any()).text(words.import).view())
                .view(),
        )
        .view()
}

fn file_name(ending: &str) -> String {
    format!("story-home-{}.{ending}", clock::iso_day(clock::now()))
}
