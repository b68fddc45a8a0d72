//! Code, with buttons that copy it and wrap its lines.

use std::ops::Range;

use corpus::CodeTokens;
use leptos::prelude::*;

use super::code_text::code_text;
use crate::{
    copy::Copy,
    dom::{clipboard, timer::Debounce},
    markup::{button, dynamic_text, el},
    task::spawn,
};

/// How long the button tells what came of a copy, in milliseconds.
const SHOW_RESULT_FOR: u64 = 2500;

/// A block of code with its colours; `ranges` are what a search found in it. It scrolls by itself and can be focused, so that long lines are reachable
/// by keyboard. `id` has to be unique on the page.
pub(crate) fn code_block(
    copy: &'static Copy,
    id: String,
    lang: Option<&str>,
    code: &str,
    tokens: Option<&CodeTokens>,
    ranges: &[Range<usize>],
) -> AnyView {
    let result = RwSignal::new(None::<bool>);
    let forget = Debounce::new(SHOW_RESULT_FOR);
    let shown = el("code").child(code_text(code, tokens, ranges)).view();
    let to_copy = code.to_owned();
    let element_id = id.clone();
    let copy_code = button(move || {
        let code = to_copy.clone();
        let element_id = element_id.clone();
        spawn(async move {
            let copied = clipboard::copy(&code).await;
            if !copied {
                clipboard::select(&element_id);
            }
            result.try_set(Some(copied));
            forget.call(move || {
                result.try_set(None);
            });
        });
    });
    let is_wrapped = RwSignal::new(false);
    let wrap = button(move || is_wrapped.update(|wrapped| *wrapped = !*wrapped))
        .class("button button--quiet")
        .state("aria-pressed", move || is_wrapped.get())
        .text(copy.wrap_lines);
    let told = dynamic_text(move || result.get().map_or("", |copied| if copied { copy.copied } else { copy.copy_failed }).to_owned());
    let bar = el("div")
        .class("code-block__bar")
        .child(el("span").class("code-block__lang").text(lang.unwrap_or_default()).view())
        .child(wrap.view())
        .child(copy_code.class("button button--quiet").text(copy.copy_code).view())
        .child(el("span").class("code-block__result").attr("role", "status").child(told).view());
    el("figure")
        .class("code-block")
        .attr_from("data-wrap", move || is_wrapped.get().then(String::new))
        .child(bar.view())
        .child(el("pre").attr("id", id).attr("tabindex", "0").child(shown).view())
        .view()
}
