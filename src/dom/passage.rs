//! The text of the story on screen: what is selected in it, where a passage lies, and painting passages.
//!
//! Passages are painted by the CSS Custom Highlight API, which changes no element, so the body may be laid out anew at any time. Where it is
//! missing nothing is painted and the list of notes below the story remains.

use std::ops::Range;

use js_sys::{Array, Function, Reflect};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, MouseEvent, MutationObserver, MutationObserverInit, Node};

use crate::shelf::page_text::{PageText, Piece, Spot};

/// What belongs to the interface, not to the story.
const NOT_TEXT: &str = "button, .body__anchor, .visually-hidden, .code-block__bar, [aria-hidden=true]";

/// What is not read aloud either: code is no language for voices, and notes at the end belong to places in the text.
const NOT_SPOKEN: &str = ".code-block, .note-mark, .body__references, .body__table";

/// Elements that do not begin a new line.
const INLINE: [&str; 8] = ["A", "CODE", "EM", "MARK", "SPAN", "STRONG", "SUB", "SUP"];

/// Room that the bar over a selection takes at either edge of the screen, in CSS pixels.
const BAR: f64 = 160.0;

/// The bars of tools, which stay at the upper edge of the screen and lie over the text.
const BARS: &str = ".reading-tools";

/// The text of a story and the nodes that hold it.
pub(crate) struct Page {
    /// The text.
    pub(crate) text: PageText,
    nodes: Vec<Node>,
}

fn body() -> Option<Element> {
    document().query_selector(".story > .body").ok().flatten()
}

/// How far down the bars reach, in CSS pixels.
fn bars() -> f64 {
    document().query_selector(BARS).ok().flatten().map_or(0.0, |bars| bars.get_bounding_client_rect().bottom())
}

/// Reads the story on screen. Cost: one look at each of its nodes.
pub(crate) fn page() -> Option<Page> {
    read(NOT_TEXT)
}

/// What of the story on screen is read aloud. Cost: see [`page`].
pub(crate) fn aloud() -> Option<Page> {
    read(&[NOT_TEXT, NOT_SPOKEN].join(", "))
}

fn read(left_out: &str) -> Option<Page> {
    let blocks = body()?.children();
    let mut found = Found { left_out, pieces: Vec::new(), nodes: Vec::new(), block: 0, begins: false };
    for index in 0..blocks.length() {
        if let Some(block) = blocks.item(index) {
            found.block = index;
            found.begins = true;
            found.walk(&block);
        }
    }
    Some(Page { text: PageText::new(&found.pieces), nodes: found.nodes })
}

struct Found<'a> {
    left_out: &'a str,
    pieces: Vec<Piece>,
    nodes: Vec<Node>,
    block: u32,
    begins: bool,
}

impl Found<'_> {
    fn walk(&mut self, node: &Node) {
        if node.node_type() == Node::TEXT_NODE {
            let text = node.text_content().unwrap_or_default();
            self.pieces.push(Piece { text, block: self.block, begins: std::mem::take(&mut self.begins) });
            self.nodes.push(node.clone());
            return;
        }
        let Some(element) = node.dyn_ref::<Element>().filter(|element| !element.matches(self.left_out).unwrap_or_default()) else { return };
        let is_inline = INLINE.contains(&element.tag_name().as_str());
        self.begins |= !is_inline;
        let mut child = node.first_child();
        while let Some(node) = child {
            self.walk(&node);
            child = node.next_sibling();
        }
        self.begins |= !is_inline;
    }
}

impl Page {
    /// What the reader has selected in the story.
    pub(crate) fn selected(&self) -> Option<Range<usize>> {
        let range = selected_range()?;
        let touched = |node: &&Node| range.intersects_node(node).unwrap_or_default();
        let first = self.nodes.iter().position(|node| touched(&node))?;
        let n = self.nodes.iter().skip(first).take_while(touched).count();
        let last = first + n - 1;
        let (start, end) = (range.start_container().ok()?, range.end_container().ok()?);
        let from = if self.nodes.get(first) == Some(&start) { range.start_offset().ok()? } else { 0 };
        let to = if self.nodes.get(last) == Some(&end) { range.end_offset().ok()? } else { u32::MAX };
        self.text.trimmed(self.text.position((first, from))..self.text.position((last, to)))
    }

    /// The position in the text that a click went to.
    pub(crate) fn clicked(&self, event: &Event) -> Option<usize> {
        let event = event.dyn_ref::<MouseEvent>()?;
        let (x, y) = (event.client_x().into(), event.client_y().into());
        let at = |method: &str, node: &str, offset: &str| {
            let ask: Function = Reflect::get(&document(), &method.into()).ok()?.dyn_into().ok()?;
            let caret = ask.call2(&document(), &x, &y).ok()?;
            let node: Node = Reflect::get(&caret, &node.into()).ok()?.dyn_into().ok()?;
            let offset = Reflect::get(&caret, &offset.into()).ok()?.as_f64()? as u32;
            Some((self.nodes.iter().position(|other| *other == node)?, offset))
        };
        // The second is what WebKit knows.
        let spot: Spot =
            at("caretPositionFromPoint", "offsetNode", "offset").or_else(|| at("caretRangeFromPoint", "startContainer", "startOffset"))?;
        Some(self.text.position(spot))
    }

    fn range(&self, passage: &Range<usize>) -> Option<web_sys::Range> {
        let (start, end) = self.text.ends(passage)?;
        let range = document().create_range().ok()?;
        range.set_start(self.nodes.get(start.0)?, start.1).ok()?;
        range.set_end(self.nodes.get(end.0)?, end.1).ok()?;
        Some(range)
    }

    /// Paints passages under a name that style knows, instead of those painted before.
    pub(crate) fn paint(&self, name: &str, passages: &[Range<usize>]) {
        let ranges: Array = passages.iter().filter_map(|passage| self.range(passage)).collect();
        paint(name, &ranges);
    }

    /// Whether a passage ends below the bars at the upper edge of the screen.
    pub(crate) fn is_below_bars(&self, passage: &Range<usize>) -> bool {
        self.range(passage).is_some_and(|range| bars() < range.get_bounding_client_rect().bottom())
    }

    /// Whether a passage is wholly on the screen and below the bars.
    pub(crate) fn is_in_view(&self, passage: &Range<usize>) -> bool {
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        self.range(passage).map(|range| range.get_bounding_client_rect()).is_some_and(|rect| bars() < rect.top() && rect.bottom() < height)
    }

    /// Brings a passage to the upper third of the screen, where reading begins.
    pub(crate) fn show(&self, passage: &Range<usize>) {
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        if let Some(range) = self.range(passage) {
            window().scroll_by_with_x_and_y(0.0, range.get_bounding_client_rect().top() - height / 4.0);
        }
    }
}

fn paint(name: &str, ranges: &Array) -> Option<JsValue> {
    let css = Reflect::get(&window(), &"CSS".into()).ok()?;
    let registry = Reflect::get(&css, &"highlights".into()).ok()?;
    let make: Function = Reflect::get(&window(), &"Highlight".into()).ok()?.dyn_into().ok()?;
    let set: Function = Reflect::get(&registry, &"set".into()).ok()?.dyn_into().ok()?;
    set.call2(&registry, &name.into(), &Reflect::construct(&make, ranges).ok()?).ok()
}

/// Paints nothing under a name any more.
pub(crate) fn unpaint(name: &str) {
    if super::IS_NATIVE {
        return;
    }
    paint(name, &Array::new());
}

fn selected_range() -> Option<web_sys::Range> {
    let selection = window().get_selection().ok().flatten().filter(|selection| !selection.is_collapsed())?;
    selection.get_range_at(0).ok()
}

/// Selects nothing any more.
pub(crate) fn unselect() {
    if let Ok(Some(selection)) = window().get_selection() {
        let _ = selection.remove_all_ranges();
    }
}

/// Whether a bar at the lower edge of the screen would lie over the selection, while one at the upper edge would not.
pub(crate) fn selection_is_low() -> bool {
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    selected_range().map(|range| range.get_bounding_client_rect()).is_some_and(|rect| height - BAR < rect.bottom() && BAR < rect.top())
}

/// Tells when the body of the story has changed, until it is let go of.
pub(crate) struct Watch(Option<MutationObserver>);

impl Watch {
    /// Watches the body on screen.
    pub(crate) fn begin(act: impl Fn() + 'static) -> Self {
        let act = Closure::<dyn Fn()>::new(act).into_js_value();
        let observer = MutationObserver::new(act.unchecked_ref()).ok();
        if let (Some(observer), Some(body)) = (&observer, body()) {
            let options = MutationObserverInit::new();
            options.set_child_list(true);
            options.set_subtree(true);
            let _ = observer.observe_with_options(&body, &options);
        }
        Self(observer)
    }

    /// Watches no longer.
    pub(crate) fn end(self) {
        if let Some(observer) = self.0 {
            observer.disconnect();
        }
    }
}
