//! One device's taste: theme and language. Kept in the browser's storage; without storage it lasts as long as the page.

use leptos::prelude::*;

use crate::{
    copy::{Copy, Lang},
    dom,
    task::effect,
};

/// Names under which the start-up script and this module keep their values. `public/start.js` reads the first one before the
/// first paint: change both together.
const THEME_KEY: &str = "story-home:theme";
const LANG_KEY: &str = "story-home:lang";

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Every choice, in the order of the settings.
    pub(crate) const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The word in storage and in the page's `data-theme`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The label of the choice.
    pub(crate) fn label(self, copy: &Copy) -> &'static str {
        match self {
            Self::System => copy.theme_system,
            Self::Light => copy.theme_light,
            Self::Dark => copy.theme_dark,
        }
    }
}

/// The reader's choices on this device.
#[derive(Clone, Copy)]
pub(crate) struct Prefs {
    /// Theme of the page.
    pub(crate) theme: RwSignal<Theme>,
    /// Language of the interface.
    pub(crate) lang: RwSignal<Lang>,
}

impl Prefs {
    /// Reads what was kept, applies it and keeps it in step from now on.
    pub(crate) fn load() -> Self {
        let stored_theme = dom::storage::get(THEME_KEY);
        let theme = Theme::ALL.into_iter().find(|theme| Some(theme.as_str()) == stored_theme.as_deref()).unwrap_or(Theme::System);
        let lang = dom::storage::get(LANG_KEY).map_or(Lang::Ko, |tag| Lang::parse(&tag));
        let prefs = Self { theme: RwSignal::new(theme), lang: RwSignal::new(lang) };
        keep(THEME_KEY, "data-theme", move || prefs.theme.get().as_str());
        keep(LANG_KEY, "lang", move || prefs.lang.get().as_str());
        prefs
    }

    /// Takes the site's language, unless the reader has chosen one.
    pub(crate) fn default_lang(self, tag: &str) {
        if dom::storage::get(LANG_KEY).is_none() {
            self.lang.set(Lang::parse(tag));
        }
    }
}

/// Applies a choice to the page's root element at once, and stores it when it changes.
fn keep(key: &'static str, attribute: &'static str, value: impl Fn() -> &'static str + 'static) {
    let mut before = None;
    effect(move || {
        let value = value();
        dom::set_root_attribute(attribute, value);
        if before.replace(value).is_some_and(|before| before != value) {
            dom::storage::set(key, value);
        }
    });
}
