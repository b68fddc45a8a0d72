//! The foot of every page.

use leptos::prelude::*;

use crate::{copy::Copy, markup::el};

/// The line under the archive.
pub(crate) fn site_footer(copy: &Copy) -> AnyView {
    el("footer").class("site-footer").child(el("p").text(copy.tagline).view()).view()
}
