//! The foot of every page.

use leptos::prelude::*;

use super::shortcuts::shortcuts;
use crate::{
    copy::Copy,
    markup::{el, link},
    route::Route,
};

/// The line under the archive, and the list of keys.
pub(crate) fn site_footer(copy: &'static Copy) -> AnyView {
    let design = link(Route::Design.to_href()).class("button button--quiet").text(copy.design.title).view();
    el("footer").class("site-footer").child(el("p").text(copy.tagline).view()).children(shortcuts(copy)).child(design).view()
}
