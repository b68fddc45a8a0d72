//! The foot of every page.

use leptos::prelude::*;

use super::shortcuts::shortcuts;
use crate::{
    copy::Copy,
    markup::{dynamic_text, el, link},
    route::Route,
};

/// The line under the archive, and the list of keys.
pub(crate) fn site_footer(copy: &'static Copy, tagline: Signal<String>) -> AnyView {
    let design = link(Route::Design.to_href()).class("button button--quiet").text(copy.design.title).view();
    let tagline = el("p").child(dynamic_text(move || tagline.get())).view();
    el("footer").class("site-footer").child(tagline).children(shortcuts(copy)).child(design).view()
}
