//! The foot of every page.

use leptos::prelude::*;

use super::shortcuts::shortcuts;
use crate::{
    copy::Copy,
    markup::{dynamic_text, el},
};

/// The line under the archive, and the list of keys.
pub(crate) fn site_footer(copy: &'static Copy, tagline: Signal<String>) -> AnyView {
    el("footer").class("site-footer").child(el("p").child(dynamic_text(move || tagline.get())).view()).children(shortcuts(copy)).view()
}
