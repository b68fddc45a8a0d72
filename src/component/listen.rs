//! Reading a story aloud: which sentence, how fast, and what is painted meanwhile. The view is `listen_bar`.

use leptos::prelude::*;

use crate::{
    dom::{
        event::{key_press, on_window},
        passage,
        speech::{self, Speaker},
        storage,
    },
    task::effect,
};

/// Speeds, and how they are written.
pub(super) const RATES: [(f32, &str); 6] = [(0.75, "0.75×"), (1.0, "1×"), (1.25, "1.25×"), (1.5, "1.5×"), (1.75, "1.75×"), (2.0, "2×")];

/// Position of the ordinary speed.
const ORDINARY: usize = 1;

/// Where the chosen speed is kept.
const RATE_KEY: &str = "story-home:listen-rate";

/// The spoken sentence, in style sheets.
const PAINT: &str = "spoken";

/// What a reader hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Nothing.
    Off,
    /// The story.
    Speaking,
    /// Nothing for the moment.
    Paused,
    /// Nothing: the device has no voice for the story's language.
    NoVoice,
    /// Nothing: the voice broke off.
    Failed,
}

/// One story's reading aloud. Ends with the page.
#[derive(Clone, Copy)]
pub(crate) struct Listen {
    /// The browser can speak.
    pub(super) is_there: RwSignal<bool>,
    pub(super) state: RwSignal<State>,
    /// Position of the sentence, and how many there are.
    pub(super) place: RwSignal<(usize, usize)>,
    /// Position in [`RATES`].
    pub(super) rate: RwSignal<usize>,
    lang: Signal<String>,
    speaker: StoredValue<Option<Speaker>, LocalStorage>,
}

impl Listen {
    /// Silent yet. `lang` is the language of the story. L begins, pauses and goes on, by the key's place; Esc ends it.
    pub(crate) fn new(lang: Signal<String>) -> Self {
        let kept = storage::get(RATE_KEY).and_then(|kept| RATES.iter().position(|(_, label)| *label == kept));
        let listen = Self {
            is_there: RwSignal::new(false),
            state: RwSignal::new(State::Off),
            place: RwSignal::new((0, 0)),
            rate: RwSignal::new(kept.unwrap_or(ORDINARY)),
            lang,
            speaker: StoredValue::new_local(None),
        };
        effect(move || listen.is_there.set(speech::is_there()));
        on_window("keydown", move |event| {
            let press = key_press(&event);
            let is_plain = !(press.modified || press.composing || press.typing || press.shift);
            match press.code.as_str() {
                "KeyL" if is_plain && listen.is_there.get_untracked() => listen.toggle(),
                "Escape" if !press.composing && listen.state.get_untracked() != State::Off => listen.stop(),
                _ => return,
            }
            event.prevent_default();
        });
        // A voice outlives the page that started it.
        on_window("pagehide", move |_| listen.pause());
        on_cleanup(move || {
            listen.speaker.try_update_value(Option::take);
            passage::unpaint(PAINT);
        });
        listen
    }

    /// Begins, pauses or goes on.
    pub(super) fn toggle(self) {
        match self.state.get_untracked() {
            State::Speaking => self.pause(),
            State::Paused | State::Failed => self.say(true),
            State::Off | State::NoVoice => self.begin(),
        }
    }

    /// Begins at the sentence at the upper edge of the screen.
    fn begin(self) {
        if !speech::has_voice(&self.lang.get_untracked()) {
            return self.state.set(State::NoVoice);
        }
        let Some(page) = passage::aloud() else { return };
        let sentences = page.text.sentences();
        let first = sentences.iter().position(|sentence| page.is_below_bars(sentence)).unwrap_or_default();
        self.place.set((first, sentences.len()));
        self.say(true);
    }

    /// Speaks the sentence at the reader's place, and brings it into view for who `follows`.
    fn say(self, follows: bool) {
        let (Some(page), (at, _)) = (passage::aloud(), self.place.get_untracked()) else { return };
        // Read anew for each sentence: marks may have come and gone, which moves no letter.
        let Some(sentence) = page.text.sentences().into_iter().nth(at) else { return self.stop() };
        if follows && !page.is_in_view(&sentence) {
            page.show(&sentence);
        }
        page.paint(PAINT, std::slice::from_ref(&sentence));
        let rate = RATES.get(self.rate.get_untracked()).map_or(1.0, |(rate, _)| *rate);
        let is_spoken = self.speaker.try_update_value(|speaker| {
            let speaker = speaker.get_or_insert_with(|| Speaker::new(move |is_done| self.heard(is_done)));
            speaker.speak(&page.text.text(sentence), &self.lang.get_untracked(), rate)
        });
        self.state.set(if is_spoken == Some(true) { State::Speaking } else { State::Failed });
    }

    fn heard(self, is_done: bool) {
        if !is_done {
            self.state.try_set(State::Failed);
            return;
        }
        // Who has scrolled elsewhere meanwhile stays there.
        let (at, n) = self.place.try_get_untracked().unwrap_or_default();
        let is_followed =
            passage::aloud().is_some_and(|page| page.text.sentences().get(at).is_some_and(|sentence| page.is_in_view(sentence)));
        self.place.try_set((at + 1, n));
        self.say(is_followed);
    }

    fn silence(self) {
        self.speaker.try_update_value(|speaker| {
            if let Some(speaker) = speaker {
                speaker.silence();
            }
        });
    }

    fn pause(self) {
        if self.state.try_get_untracked() == Some(State::Speaking) {
            self.silence();
            self.state.set(State::Paused);
        }
    }

    /// Ends it; the next time begins where the reader is then.
    pub(super) fn stop(self) {
        self.silence();
        passage::unpaint(PAINT);
        self.state.set(State::Off);
    }

    /// Chooses a speed; what is being spoken begins its sentence again.
    pub(super) fn choose_rate(self, rate: usize) {
        self.rate.set(rate);
        if let Some((_, label)) = RATES.get(rate) {
            storage::set(RATE_KEY, label);
        }
        if self.state.get_untracked() == State::Speaking {
            self.say(true);
        }
    }
}
