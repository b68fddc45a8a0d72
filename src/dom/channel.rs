//! Telling the site's other tabs.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

use super::IS_NATIVE;

/// A line to the other tabs; silent where the browser has none.
pub(crate) struct Channel(Option<BroadcastChannel>);

impl Channel {
    /// Opens the line for the page's life. What others say goes to `hear`.
    pub(crate) fn open(name: &str, hear: Box<dyn Fn(String)>) -> Self {
        let channel = if IS_NATIVE { None } else { BroadcastChannel::new(name).ok() };
        if let Some(channel) = &channel {
            let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                if let Some(text) = event.data().as_string() {
                    hear(text);
                }
            });
            channel.set_onmessage(Some(listen.into_js_value().unchecked_ref()));
        }
        Self(channel)
    }

    /// Tells the others.
    pub(crate) fn send(&self, text: &str) {
        if let Some(channel) = &self.0 {
            // Fails only on a closed line, and nobody closes it.
            let _ = channel.post_message(&text.into());
        }
    }
}
