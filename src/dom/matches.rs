//! The places in a story's body that a search marked, and going from one to the next.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, NodeList};

/// Marks of the body, in reading order.
const MARKS: &str = ".body mark";
/// What a passage is: the smallest of these that holds a mark.
const PASSAGE: &str = "p, li, pre, tr, h2, h3, h4";
/// The attribute of the mark that the reader is at.
const CURRENT: &str = "data-current";

fn all() -> Option<NodeList> {
    document().query_selector_all(MARKS).ok()
}

fn mark(marks: &NodeList, index: u32) -> Option<Element> {
    marks.item(index)?.dyn_into().ok()
}

/// How many places are marked.
pub(crate) fn count() -> u32 {
    all().map_or(0, |marks| marks.length())
}

/// The first mark of the passage with the most different words: what the reader most likely came for. Linear in marks.
pub(crate) fn best() -> Option<u32> {
    let marks = all()?;
    let mut best: Option<(usize, u32)> = None;
    let mut passage: Option<Element> = None;
    let mut first = 0;
    let mut words: Vec<String> = Vec::new();
    for index in 0..marks.length() {
        let element = mark(&marks, index)?;
        let of = element.closest(PASSAGE).ok().flatten();
        if of != passage {
            passage = of;
            first = index;
            words.clear();
        }
        let word = element.text_content().unwrap_or_default();
        if !words.contains(&word) {
            words.push(word);
        }
        if best.is_none_or(|(most, _)| most < words.len()) {
            best = Some((words.len(), first));
        }
    }
    best.map(|(_, index)| index)
}

/// Makes one mark the current one and brings it to the middle of the screen.
pub(crate) fn show(index: u32) {
    let Some(marks) = all() else { return };
    for other in 0..marks.length() {
        if let Some(element) = mark(&marks, other) {
            let _ = if other == index { element.set_attribute(CURRENT, "") } else { element.remove_attribute(CURRENT) };
        }
    }
    if let Some(element) = mark(&marks, index) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
