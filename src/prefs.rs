//! One device's taste: theme, the look of text and lists, language. Kept in the browser's storage; without storage it lasts as long as
//! the page.

use leptos::prelude::*;

use crate::{copy::Lang, dom, task::effect};

/// Names under which the start-up script and this module keep their values. `public/start.js` puts every `story-home:look:NAME` into
/// `data-NAME` of the page before the first paint: change both together.
const LANG_KEY: &str = "story-home:lang";

/// Something a reader can choose the look of. Its values stand in `data-NAME` of the page's root, where the style sheets find them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Colours.
    Theme,
    /// Size of a story's text.
    Size,
    /// Space between its lines.
    Leading,
    /// Length of its lines.
    Measure,
    /// Its typeface.
    Font,
    /// How a list shows its stories.
    Density,
}

impl Look {
    /// Everything that can be chosen.
    pub(crate) const ALL: [Self; N_LOOKS] = [Self::Theme, Self::Size, Self::Leading, Self::Measure, Self::Font, Self::Density];

    /// What the settings offer, in their order; the list has its own button for its density.
    pub(crate) const IN_SETTINGS: [Self; N_LOOKS - 1] = [Self::Theme, Self::Size, Self::Leading, Self::Measure, Self::Font];

    /// The name in storage and in the page's root.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Theme => "theme",
            Self::Size => "size",
            Self::Leading => "leading",
            Self::Measure => "measure",
            Self::Font => "font",
            Self::Density => "density",
        }
    }

    /// The attribute of the page's root.
    fn attribute(self) -> &'static str {
        match self {
            Self::Theme => "data-theme",
            Self::Size => "data-size",
            Self::Leading => "data-leading",
            Self::Measure => "data-measure",
            Self::Font => "data-font",
            Self::Density => "data-density",
        }
    }

    /// Its values, as storage and style sheets name them. The first one is what a reader gets who has not chosen.
    pub(crate) fn values(self) -> &'static [&'static str] {
        match self {
            Self::Theme => &["system", "light", "sepia", "dark", "contrast"],
            Self::Size => &["medium", "small", "large", "larger", "largest"],
            Self::Leading => &["normal", "tight", "loose"],
            Self::Measure => &["normal", "narrow", "wide"],
            Self::Font => &["sans", "serif", WEB_FONT],
            Self::Density => &["list", "grid"],
        }
    }

    /// Those of [`Look::values`] that this site has, in the order in which they are offered: what is less than usual stands before it.
    pub(crate) fn choices(self) -> impl Iterator<Item = &'static str> {
        let has_web_font = dom::root_has_attribute("data-web-font");
        let n_less = usize::from(matches!(self, Self::Size | Self::Leading | Self::Measure));
        let (usual, rest) = self.values().split_at(1);
        let (less, more) = rest.split_at(n_less);
        [less, usual, more].into_iter().flatten().copied().filter(move |value| *value != WEB_FONT || has_web_font)
    }
}

/// How many looks there are.
const N_LOOKS: usize = 6;

/// The typeface that a publisher may put beside the app. `public/start.js` loads its style sheet, once somebody reads in it.
const WEB_FONT: &str = "pretendard";

/// The reader's choices on this device.
#[derive(Clone, Copy)]
pub(crate) struct Prefs {
    looks: [RwSignal<&'static str>; N_LOOKS],
    /// Language of the interface.
    pub(crate) lang: RwSignal<Lang>,
}

impl Prefs {
    /// Reads what was kept, applies it and keeps it in step from now on.
    pub(crate) fn load() -> Self {
        let stored = |look: Look| {
            let kept = dom::storage::get(&storage_key(look));
            let values = look.values();
            let value = values.iter().find(|value| Some(**value) == kept.as_deref()).or(values.first());
            RwSignal::new(value.copied().unwrap_or_default())
        };
        let lang = dom::storage::get(LANG_KEY).map_or(Lang::Ko, |tag| Lang::parse(&tag));
        let prefs = Self { looks: Look::ALL.map(stored), lang: RwSignal::new(lang) };
        for look in Look::ALL {
            keep(storage_key(look), look.attribute(), move || prefs.get(look));
        }
        keep(LANG_KEY.to_owned(), "lang", move || prefs.lang.get().as_str());
        prefs
    }

    /// What is chosen now. Tracked.
    pub(crate) fn get(self, look: Look) -> &'static str {
        self.looks.get(look as usize).map(|value| value.get()).unwrap_or_default()
    }

    /// Chooses one of [`Look::values`].
    pub(crate) fn set(self, look: Look, value: &'static str) {
        if let Some(signal) = self.looks.get(look as usize) {
            signal.set(value);
        }
    }

    /// Takes the site's language, unless the reader has chosen one.
    pub(crate) fn default_lang(self, tag: &str) {
        if dom::storage::get(LANG_KEY).is_none() {
            self.lang.set(Lang::parse(tag));
        }
    }
}

fn storage_key(look: Look) -> String {
    ["story-home:look:", look.as_str()].concat()
}

/// Applies a choice to the page's root element at once, and stores it when it changes.
fn keep(key: String, attribute: &'static str, value: impl Fn() -> &'static str + 'static) {
    let mut before = None;
    effect(move || {
        let value = value();
        dom::set_root_attribute(attribute, value);
        if before.replace(value).is_some_and(|before| before != value) {
            dom::storage::set(&key, value);
        }
    });
}
