//! The foot of every page.

use leptos::prelude::*;

use super::shortcuts::shortcuts;
use crate::{copy::Copy, markup::el};

/// The line under the archive, and the list of keys.
pub(crate) fn site_footer(copy: &'static Copy) -> AnyView {
    el("footer").class("site-footer").child(el("p").text(copy.tagline).view()).children(shortcuts(copy)).view()
}
