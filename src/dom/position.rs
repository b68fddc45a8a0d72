//! A reader's place on a page, and putting it back where heights are guesses at first.

use leptos::prelude::*;

/// Frames after which what comes into sight has its height: it takes two, and two more for what these bring into sight. A tenth of a second
/// in all, so that it ends before a reader scrolls on.
const SETTLING: u32 = 6;

/// Where a reader was on a page.
#[derive(Clone, Default)]
pub(super) struct Position {
    /// Whole pixels: nobody sees less, and formatting floating-point numbers costs 10 kB of wasm.
    pub(super) y: i32,
    /// Id of what had the focus.
    pub(super) focus: Option<String>,
    /// What to put back in its place, where one is known.
    pub(super) anchor: Option<Anchor>,
}

/// A link of a list and how far below the top of the window it was when the page was left. Heights above it may be guesses when the page
/// is built again; where the link was is none.
#[derive(Clone, Default)]
pub(super) struct Anchor {
    id: String,
    top: i32,
}

impl Anchor {
    /// Where a link is now.
    pub(super) fn of(link: &web_sys::Element) -> Self {
        Self { id: link.id(), top: link.get_bounding_client_rect().top() as i32 }
    }

    /// The story of a list that the reader is most likely reading, a third down the window, or just below where that is between two.
    pub(super) fn in_view() -> Option<Self> {
        let size = |size: Result<wasm_bindgen::JsValue, _>| Some(size.ok()?.as_f64()? as f32);
        let (x, height) = (size(window().inner_width())? * 0.5, size(window().inner_height())?);
        [0.33, 0.4, 0.47].into_iter().find_map(|share| {
            // Not the nearest `li`: tags are a list in the card.
            let card = document().element_from_point(x, height * share)?.closest("li > article").ok()??;
            card.query_selector("a[id]").ok()?.as_ref().map(Self::of)
        })
    }
}

impl Position {
    /// Scrolls here.
    pub(super) fn restore(&self) {
        window().scroll_to_with_x_and_y(0.0, f64::from(self.y));
        self.align();
    }

    /// Puts the link that was followed or read where it was in the window.
    fn align(&self) {
        let Some(anchor) = &self.anchor else { return };
        if let Some(link) = document().get_element_by_id(&anchor.id) {
            window().scroll_by_with_x_and_y(0.0, f64::from(Anchor::of(&link).top - anchor.top));
        }
    }

    /// The same again in the next frames, in which cards that come into sight take their true heights.
    pub(super) fn settle(self) {
        self.settle_for(SETTLING);
    }

    fn settle_for(self, n_frames: u32) {
        if 0 < n_frames {
            request_animation_frame(move || {
                self.align();
                self.settle_for(n_frames - 1);
            });
        }
    }

    /// One line each: the page, and what is known of the place on it.
    pub(super) fn to_text(&self, page: &str) -> String {
        let Self { y, focus, anchor } = self;
        let (id, top) = anchor.as_ref().map_or(("", 0), |anchor| (anchor.id.as_str(), anchor.top));
        [page, &y.to_string(), focus.as_deref().unwrap_or_default(), id, &top.to_string()].join("\n")
    }

    /// What [`Position::to_text`] wrote, if it is of this page.
    pub(super) fn parse(text: &str, page: &str) -> Option<Self> {
        let mut lines = text.split('\n');
        let same_page = lines.next() == Some(page);
        let y = lines.next()?.parse().ok()?;
        let mut id = || lines.next().filter(|id| !id.is_empty()).map(str::to_owned);
        let (focus, anchor) = (id(), id());
        let top = lines.next().and_then(|top| top.parse().ok());
        let anchor = anchor.zip(top).map(|(id, top)| Anchor { id, top });
        same_page.then_some(Self { y, focus, anchor })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Anchor, Position};

    #[test]
    fn what_a_tab_keeps_is_read_again() {
        let position = Position { y: 1200, focus: Some("more".into()), anchor: Some(Anchor { id: "story-가".into(), top: -3 }) };
        let read = Position::parse(&position.to_text("/?q=가"), "/?q=가").unwrap();
        assert_eq!(read.to_text(""), position.to_text(""));
        assert!(Position::parse(&position.to_text("/"), "/feed").is_none());
        assert!(Position::parse("/\nfar down", "/").is_none());
    }
}
