//! Which paragraph of a story the reader is at, and going to one.

use leptos::prelude::{document, window};
use web_sys::{Element, HtmlCollection};

/// A line this far below the upper edge of the screen, in CSS pixels, is being read rather than left behind: what is above it lies below the
/// bar of tools.
const EYE_LINE: f64 = 48.0;

/// Room between that line and a block that the reader is led to.
const ROOM: f64 = 12.0;

/// Where the reader is.
pub(crate) struct Position {
    /// The block of the body at the upper edge of the screen.
    pub(crate) block: u32,
    /// Its text.
    pub(crate) text: String,
    /// How much of the body lies above the upper edge of the screen, 0 to 100.
    pub(crate) above: u32,
    /// How much lies above the lower edge.
    pub(crate) seen: u32,
}

/// The text of the story; none while it is on its way, or could not be had.
fn body() -> Option<Element> {
    document().query_selector(".story > .body:not(:has(> .loading, > .load-error))").ok().flatten()
}

fn blocks() -> Option<HtmlCollection> {
    body().map(|body| body.children())
}

/// The reader's position in the story on screen; `None` while there is none. Cost: one look at each block above it.
pub(crate) fn position() -> Option<Position> {
    let body = body()?.get_bounding_client_rect();
    let height = window().inner_height().ok()?.as_f64()?;
    let percent = |y: f64| (100.0 * (y - body.top()) / body.height().max(1.0)).clamp(0.0, 100.0) as u32;
    let blocks = blocks()?;
    let index =
        (0..blocks.length()).find(|&index| blocks.item(index).is_some_and(|block| EYE_LINE < block.get_bounding_client_rect().bottom()))?;
    let text = blocks.item(index)?.text_content().unwrap_or_default();
    Some(Position { block: index, text, above: percent(0.0), seen: percent(height) })
}

/// The texts of the blocks, in order.
pub(crate) fn texts() -> Vec<String> {
    let Some(blocks) = blocks() else { return Vec::new() };
    (0..blocks.length()).filter_map(|index| Some(blocks.item(index)?.text_content().unwrap_or_default())).collect()
}

/// Puts a block where the reader's eyes are.
pub(crate) fn show(index: usize) {
    if let Some(block) = blocks().and_then(|blocks| blocks.item(index as u32)) {
        window().scroll_by_with_x_and_y(0.0, block.get_bounding_client_rect().top() - EYE_LINE - ROOM);
    }
}

/// What stands behind `#` in the address, with what a browser keeps to itself: `:~:` and what follows is hidden from the page's scripts where
/// the engine knows text fragments, but the record of how the page was loaded still has it.
pub(crate) fn fragment(of_router: &str) -> String {
    let hash = window().location().hash().unwrap_or_default();
    if of_router.contains(":~:") {
        return of_router.to_owned();
    }
    let entries = window().performance().and_then(|performance| {
        let get: js_sys::Function = js_sys::Reflect::get(&performance, &"getEntriesByType".into()).ok()?.into();
        Some(js_sys::Array::from(&get.call1(&performance, &"navigation".into()).ok()?))
    });
    let loaded = entries.and_then(|entries| js_sys::Reflect::get(&entries.get(0), &"name".into()).ok()?.as_string()).unwrap_or_default();
    // Only while the reader is still where the page was loaded.
    let here = window().location().href().unwrap_or_default();
    match loaded.split_once(":~:") {
        Some((address, _)) if hash.len() < 2 && address.trim_end_matches('#') == here.trim_end_matches('#') => loaded,
        _ => hash,
    }
}
