//! The browser's voices. One text is spoken at a time; who wants a pause silences it and has it spoken again: pausing in the middle of a text
//! does not work in every engine.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

fn synthesis() -> Option<SpeechSynthesis> {
    // A browser without it answers `undefined`, which the binding does not tell from an object.
    window().speech_synthesis().ok().filter(|synthesis| !AsRef::<JsValue>::as_ref(synthesis).is_undefined())
}

/// Whether the browser can speak at all.
pub(crate) fn is_there() -> bool {
    // Asking once makes browsers that load voices late begin.
    synthesis().map(|synthesis| synthesis.get_voices()).is_some()
}

/// The best voice for a language: one of the device itself before one that needs the network.
fn voice(lang: &str) -> Option<SpeechSynthesisVoice> {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let voices = synthesis()?.get_voices().into_iter().map(JsCast::unchecked_into::<SpeechSynthesisVoice>);
    let fitting: Vec<_> = voices.filter(|voice| primary(&voice.lang()) == primary(lang)).collect();
    let own = fitting.iter().find(|voice| voice.local_service());
    own.or(fitting.first()).cloned()
}

/// Whether there is a voice for a language.
pub(crate) fn has_voice(lang: &str) -> bool {
    voice(lang).is_some()
}

/// Speaks one text after another. Dropping it makes it fall silent.
pub(crate) struct Speaker {
    ended: Closure<dyn FnMut()>,
    failed: Closure<dyn FnMut()>,
    /// Kept because some engines forget a text that nobody holds, and never tell its end.
    current: Option<SpeechSynthesisUtterance>,
}

impl Speaker {
    /// A speaker that tells when a text was spoken to its end (`true`) or could not be (`false`).
    pub(crate) fn new(heard: impl Fn(bool) + Clone + 'static) -> Self {
        let failed = heard.clone();
        Self { ended: Closure::new(move || heard(true)), failed: Closure::new(move || failed(false)), current: None }
    }

    /// Speaks a text instead of what is being spoken. False when the browser does not take it.
    pub(crate) fn speak(&mut self, text: &str, lang: &str, rate: f32) -> bool {
        self.silence();
        let (Some(synthesis), Ok(utterance)) = (synthesis(), SpeechSynthesisUtterance::new_with_text(text)) else { return false };
        utterance.set_lang(lang);
        utterance.set_rate(rate);
        utterance.set_voice(voice(lang).as_ref());
        utterance.set_onend(Some(self.ended.as_ref().unchecked_ref()));
        utterance.set_onerror(Some(self.failed.as_ref().unchecked_ref()));
        synthesis.speak(&utterance);
        self.current = Some(utterance);
        true
    }

    /// Stops speaking and tells nothing.
    pub(crate) fn silence(&mut self) {
        if let Some(utterance) = self.current.take() {
            utterance.set_onend(None);
            utterance.set_onerror(None);
            if let Some(synthesis) = synthesis().filter(|synthesis| synthesis.speaking() || synthesis.pending()) {
                synthesis.cancel();
            }
        }
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        self.silence();
    }
}
