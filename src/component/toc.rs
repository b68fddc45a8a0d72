//! The table of contents of a story.

use leptos::prelude::*;

use super::sheet::Sheet;
use crate::{
    copy::Copy,
    markup::{el, link, text},
    outline::Entry,
};

/// Links to the headings and questions; the one that is being read is marked. `href` is the story's URL without fragment. On a narrow
/// screen it is a sheet that following a link closes.
pub(crate) fn toc(copy: &'static Copy, sheet: Sheet, entries: Vec<Entry>, current: Signal<Option<usize>>, href: &str) -> AnyView {
    let item = |(index, entry): (usize, Entry)| {
        let link = link(format!("{href}#{}", entry.id))
            .class("toc__link")
            .attr("data-level", entry.level.to_string())
            .attr_from("aria-current", move || (current.get() == Some(index)).then(|| "location".to_owned()))
            .on("click", move |_| sheet.close())
            .text(entry.text);
        el("li").child(link.view()).view()
    };
    let list = el("ol").class("toc__list").children(entries.into_iter().enumerate().map(item)).view();
    let title = el("p").class("toc__title").text(copy.contents).view();
    el("nav").class("toc").attr("aria-label", copy.contents).children(sheet.panel(vec![title, list], text(copy.close))).view()
}
