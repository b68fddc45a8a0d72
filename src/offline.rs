//! Reading without a network. The reader asks for it; then every file of `offline.json` is fetched, checked and kept on the device, and a worker
//! hands it out when the network has not. Nothing is asked of the network or the browser before, but whether something is kept already.

use corpus::{OFFLINE_VERSION, OfflineList, STORY_FOLDER, decode_offline};
use leptos::prelude::*;

use crate::{
    data::{Freshness, LoadError, fetch_raw, fetch_text},
    dom::{
        self,
        event::on_document_for_good,
        offline::{self, Lack, Store},
    },
    task::spawn,
};

/// What is to be kept, below the site's root.
const LIST: &str = "offline.json";

/// How much is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Not known yet.
    Looking,
    /// This browser cannot keep anything.
    Unable(Lack),
    /// Nothing is kept.
    Off,
    /// The reader is asked, with what it takes.
    Asking {
        /// How many stories.
        n_stories: usize,
        /// Bytes on the device.
        bytes: u64,
    },
    /// Files are looked at and fetched.
    Keeping {
        /// Stories that are here.
        n_here: usize,
        /// Stories that there are.
        n_stories: usize,
        /// What is done, in hundredths of the bytes.
        percent: u32,
    },
    /// Files are kept.
    Kept {
        /// Stories that are here.
        n_here: usize,
        /// Stories that there are.
        n_stories: usize,
        /// How many files had to be fetched, where all were just looked at.
        n_fetched: Option<usize>,
    },
    /// It was begun and has not come to its end.
    Broken(Failure),
}

/// Why it has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The page was left, or the reader stopped it.
    Stopped,
    /// A file cannot be had.
    Load(LoadError),
    /// A file of the host is not what the list says.
    Differs(String),
    /// No room is left.
    Full,
    /// The browser or the host refuses.
    Refused,
}

/// What the reader wants of keeping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To have it.
    Save,
    /// To know that it is whole.
    Repair,
    /// To read what is new, in a page loaded anew.
    Renew,
}

/// Reading without a network, as the interface sees it. One for the app's life.
#[derive(Clone, Copy)]
pub(crate) struct Offline {
    /// How much is kept.
    pub(crate) state: RwSignal<State>,
    /// The site is newer than what is kept.
    pub(crate) has_news: RwSignal<bool>,
    /// The version that is kept.
    version: StoredValue<String>,
    /// The reader does not want to hear of news.
    is_quiet: StoredValue<bool>,
}

impl Offline {
    /// Looks for what is kept; and for news of it, now and whenever the reader comes back to the page.
    pub(crate) fn load() -> Self {
        let offline = Self {
            state: RwSignal::new(State::Looking),
            has_news: RwSignal::new(false),
            version: StoredValue::new(String::new()),
            is_quiet: StoredValue::new(false),
        };
        spawn(async move {
            offline.state.set(offline.look().await);
            offline.look_for_news().await;
        });
        on_document_for_good("visibilitychange", move |_| {
            if !dom::is_hidden() {
                spawn(offline.look_for_news());
            }
        });
        offline
    }

    async fn look(self) -> State {
        if let Some(lack) = offline::lack() {
            return State::Unable(lack);
        }
        let versions = offline::versions().await;
        for version in versions.iter().rev() {
            let Some(store) = Store::open(version).await else { continue };
            let Some(list) = store.list().await.and_then(|text| decode_offline(&text).ok()) else { continue };
            self.version.set_value(version.clone());
            return State::Kept { n_here: store.count(STORY_FOLDER).await, n_stories: list.n_stories(), n_fetched: None };
        }
        if versions.is_empty() { State::Off } else { State::Broken(Failure::Stopped) }
    }

    async fn look_for_news(self) {
        if !matches!(self.state.get_untracked(), State::Kept { .. }) || self.is_quiet.get_value() {
            return;
        }
        // Without a network there is no news.
        if let Ok((_, list)) = fetch_list().await {
            self.has_news.set(list.version != self.version.get_value());
        }
    }

    /// Finds out what it takes, and asks the reader.
    pub(crate) fn ask(self) {
        spawn(async move {
            self.state.set(match fetch_list().await {
                Ok((_, list)) => State::Asking { n_stories: list.n_stories(), bytes: list.bytes() },
                Err(error) => State::Broken(Failure::Load(error)),
            });
        });
    }

    /// The reader does not want it after all.
    pub(crate) fn cancel(self) {
        self.state.set(State::Off);
    }

    /// Keeps everything: looks at every file, and fetches what is missing, damaged or new.
    pub(crate) fn keep(self, purpose: Purpose) {
        spawn(async move {
            let done = match fetch_list().await {
                Ok((text, list)) => self.fill(&text, &list).await.map(|n_fetched| (n_fetched, list.n_stories())),
                Err(error) => Err(Failure::Load(error)),
            };
            match done {
                Ok(_) if purpose == Purpose::Renew => offline::reload(),
                Ok((n_fetched, n_stories)) => {
                    let n_fetched = (purpose == Purpose::Repair).then_some(n_fetched);
                    self.has_news.set(false);
                    self.state.set(State::Kept { n_here: n_stories, n_stories, n_fetched });
                }
                // Whoever stopped it has said how it stands.
                Err(Failure::Stopped) => {}
                Err(failure) => self.state.set(State::Broken(failure)),
            }
        });
    }

    /// Ends what is under way; what is here stays.
    pub(crate) fn stop(self) {
        self.state.set(State::Broken(Failure::Stopped));
    }

    /// Does not speak of news any more, as long as the page lives.
    pub(crate) fn hush(self) {
        self.is_quiet.set_value(true);
        self.has_news.set(false);
    }

    /// Removes everything from the device.
    pub(crate) fn remove(self) {
        spawn(async move {
            offline::unregister().await;
            for version in offline::versions().await {
                offline::forget(&version).await;
            }
            self.has_news.set(false);
            self.state.set(State::Off);
        });
    }

    /// Keeps every file of a list, then puts the worker to work and forgets other lists. Returns how many files were fetched.
    async fn fill(self, text: &str, list: &OfflineList) -> Result<usize, Failure> {
        let n_stories = list.n_stories();
        let (mut n_here, mut n_fetched, mut bytes) = (0, 0, 0);
        self.state.set(State::Keeping { n_here, n_stories, percent: 0 });
        let before = offline::versions().await;
        let store = Store::open(&list.version).await.ok_or(Failure::Refused)?;
        for file in &list.files {
            if store.whole(&file.path, &file.sha256).await.is_none() {
                let mut found = None;
                // Most files of a new version are those of the old one.
                for version in before.iter().filter(|version| **version != list.version) {
                    if let Some(old) = Store::open(version).await {
                        found = found.or(old.whole(&file.path, &file.sha256).await);
                    }
                }
                if found.is_none() {
                    n_fetched += 1;
                    let fresh = fetch_raw(&file.path, Freshness::Anew).await.map_err(Failure::Load)?;
                    found = offline::checked(fresh, &file.sha256).await;
                }
                let found = found.ok_or_else(|| Failure::Differs(file.path.clone()))?;
                if !store.keep(&file.path, &found).await {
                    return Err(Failure::Full);
                }
            }
            if !matches!(self.state.get_untracked(), State::Keeping { .. }) {
                return Err(Failure::Stopped);
            }
            n_here += usize::from(file.is_story());
            bytes += file.bytes;
            let percent = u32::try_from(bytes * 100 / list.bytes().max(1)).unwrap_or(100);
            self.state.set(State::Keeping { n_here, n_stories, percent });
        }
        if !store.keep_list(text).await {
            return Err(Failure::Full);
        }
        if !offline::register().await {
            return Err(Failure::Refused);
        }
        self.version.set_value(list.version.clone());
        for version in before.iter().filter(|version| **version != list.version) {
            offline::forget(version).await;
        }
        Ok(n_fetched)
    }
}

/// The list as the host has it now.
async fn fetch_list() -> Result<(String, OfflineList), LoadError> {
    let text = fetch_text(LIST, Freshness::Revalidate, |text| Ok(text.to_owned())).await?;
    let damaged = |detail: String| LoadError::Content { file: LIST.to_owned(), detail };
    let list = decode_offline(&text).map_err(|error| damaged(error.to_string()))?;
    if list.format == OFFLINE_VERSION { Ok((text, list)) } else { Err(damaged(format!("format {}", list.format))) }
}
