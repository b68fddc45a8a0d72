//! Code, with a button that copies it.

use std::ops::Range;

use leptos::{html::Pre, prelude::*};

use super::marked::marked;
use crate::{
    dom::{clipboard, timer::Debounce},
    markup::dynamic_text,
    prefs::expect_prefs,
    task::spawn,
};

/// How long the button tells what came of a copy, in milliseconds.
const SHOW_RESULT_FOR: u64 = 2500;

/// A block of code. Scrolls by itself and can be focused, so that long lines are reachable by keyboard.
#[component]
pub(crate) fn CodeBlock(
    /// Language, if known; shown as a label.
    lang: Option<String>,
    /// The text.
    code: String,
    /// What a search found in it.
    ranges: Vec<Range<usize>>,
) -> impl IntoView {
    let copy = expect_prefs().copy();
    let result = RwSignal::new(None::<bool>);
    let forget = Debounce::new(SHOW_RESULT_FOR);
    let element = NodeRef::<Pre>::new();
    let shown = marked(&code, &ranges);
    let on_copy = move |_| {
        let code = code.clone();
        spawn(async move {
            let copied = clipboard::copy(&code).await;
            if !copied && let Some(Some(element)) = element.try_get_untracked() {
                clipboard::select(&element);
            }
            if result.try_set(Some(copied)).is_none() {
                forget.call(move || {
                    result.try_set(None);
                });
            }
        });
    };
    view! {
        <figure class="code-block">
            <div class="code-block__bar">
                <span class="code-block__lang">{lang}</span>
                <button class="button button--quiet" type="button" on:click=on_copy>{copy.copy_code}</button>
                <span class="code-block__result" role="status">
                    {dynamic_text(move || result.get().map_or("", |copied| if copied { copy.copied } else { copy.copy_failed }).to_owned())}
                </span>
            </div>
            <pre tabindex="0" node_ref=element><code>{shown}</code></pre>
        </figure>
    }
}
