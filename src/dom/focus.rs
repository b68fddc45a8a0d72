//! Finding and moving the focus.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Id of the search field.
pub(crate) const SEARCH_FIELD: &str = "search-field";
/// Id of a page's `h1`.
pub(crate) const PAGE_TITLE: &str = "page-title";

/// Class of the links to stories in a list, which the arrow keys walk through.
pub(crate) const RESULT_LINK: &str = "story-card__link";

/// Takes the focus from whatever has it.
pub(crate) fn blur() {
    if let Some(element) = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.blur();
    }
}

/// Moves the focus to the element with this id; the page does not scroll to it if `keep_scroll`.
pub(crate) fn focus(id: &str, keep_scroll: bool) {
    let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) else { return };
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(keep_scroll);
    let _ = element.focus_with_options(&options);
}

/// Scrolls whatever holds the element with this id just far enough to show it.
pub(crate) fn reveal(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        options.set_inline(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Id of the focused element; `None` when nothing with an id is focused.
pub(crate) fn focused_id() -> Option<String> {
    document().active_element().map(|element| element.id()).filter(|id| !id.is_empty())
}

/// Moves the focus into a field of several lines, behind what is written in it.
pub(crate) fn focus_end(id: &str) {
    focus(id, true);
    if let Some(field) = document().get_element_by_id(id).and_then(|field| field.dyn_into::<web_sys::HtmlTextAreaElement>().ok()) {
        let end = field.text_length();
        // It fails only for fields that hold no text.
        let _ = field.set_selection_range(end, end);
    }
}

/// Whether the event's target takes typed text, so that single-key shortcuts must leave it alone.
pub(crate) fn is_typing(target: Option<&web_sys::EventTarget>) -> bool {
    target.and_then(|target| target.dyn_ref::<Element>()).is_some_and(|element| {
        let is_field = match element.tag_name().as_str() {
            // What is only ticked takes no letters.
            "INPUT" => !matches!(element.get_attribute("type").as_deref(), Some("radio" | "checkbox")),
            name => matches!(name, "TEXTAREA" | "SELECT"),
        };
        is_field || element.has_attribute("contenteditable")
    })
}

/// Whether the event's target lies in the element with this id.
pub(crate) fn is_within(target: Option<&web_sys::EventTarget>, id: &str) -> bool {
    let ancestor = document().get_element_by_id(id);
    let target = target.and_then(|target| target.dyn_ref::<web_sys::Node>());
    ancestor.is_some_and(|ancestor| ancestor.contains(target))
}

/// Whether the event's target lies in an element of this class.
pub(crate) fn is_within_class(target: Option<&web_sys::EventTarget>, class: &str) -> bool {
    let target = target.and_then(|target| target.dyn_ref::<Element>());
    target.is_some_and(|target| target.closest(&format!(".{class}")).is_ok_and(|ancestor| ancestor.is_some()))
}

/// Whether the focus lies in the element with this id.
pub(crate) fn focus_is_within(id: &str) -> bool {
    is_within(document().active_element().as_ref().map(AsRef::as_ref), id)
}

/// Moves the focus to a link of the list by its position.
pub(crate) fn focus_result(index: usize) {
    let link = document().get_elements_by_class_name(RESULT_LINK).item(index as u32);
    if let Some(link) = link.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = link.focus();
    }
}

/// Moves the focus along the links of the list: `step` 1 is the next, -1 the one before. From the search field the next is the
/// first. Past the first one backwards lies the search field. False when there is nowhere to go.
pub(crate) fn step_through_results(step: i32) -> bool {
    let links = document().get_elements_by_class_name(RESULT_LINK);
    let focused = document().active_element();
    let at = (0..links.length()).find(|&index| links.item(index) == focused);
    let to = match (at, step) {
        (None, 1) => Some(0),
        (Some(index), 1) => Some(index + 1),
        (Some(0), -1) => {
            focus(SEARCH_FIELD, false);
            return true;
        }
        (Some(index), -1) => index.checked_sub(1),
        _ => None,
    };
    let Some(link) = to.and_then(|index| links.item(index)).and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    link.focus().is_ok()
}
