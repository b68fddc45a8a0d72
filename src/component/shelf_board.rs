//! The reading list: three columns.

use std::sync::Arc;

use corpus::Slug;
use leptos::prelude::*;

use super::shelf_card::{COLUMN, column_id, heading_id, shelf_card};
use crate::{
    copy::Copy,
    data::Library,
    dom::drag::Drag,
    markup::{dynamic_text, el, keyed},
    shelf::{Shelf, model::Column},
};

/// Id of the sentence that says how cards are moved.
pub(super) const HELP: &str = "board-help";

/// 읽을 글 · 읽는 중 · 다 읽음, each with its number and its stories.
pub(crate) fn shelf_board(copy: &'static Copy, shelf: Shelf, library: Arc<Library>) -> AnyView {
    let drag = Drag::new(COLUMN);
    let column = |column: Column| {
        let library = library.clone();
        let slugs =
            Memo::new(move |_| shelf.model.read().on_shelf(column).iter().map(|entry| entry.slug.to_string()).collect::<Vec<String>>());
        let card = move |slug: String| match Slug::new(slug) {
            Ok(slug) => shelf_card(copy, shelf, &library, drag, column, slug),
            Err(_) => crate::markup::nothing(),
        };
        let heading = el("h2")
            .class("board__title")
            .target(heading_id(column))
            .text((copy.shelf.column)(column))
            .text(" ")
            .child(el("span").class("board__count").child(dynamic_text(move || slugs.read().len().to_string())).view());
        el("section")
            .class(COLUMN)
            .attr("id", column_id(column))
            .attr("aria-labelledby", heading_id(column))
            .child(heading.view())
            .child(el("ol").class("board__cards").hidden(move || slugs.read().is_empty()).child(keyed(move || slugs.get(), card)).view())
            .child(el("p").class("board__empty").hidden(move || !slugs.read().is_empty()).text((copy.shelf.column_empty)(column)).view())
            .view()
    };
    let columns = Column::ALL.map(column);
    let is_empty = move || shelf.model.read().n_on_shelf() == 0;
    el("div")
        .child(el("p").class("board__help").attr("id", HELP).hidden(is_empty).text(copy.shelf.handle_help).view())
        .child(el("div").class("board").children(columns).view())
        .view()
}
