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

/// What the list is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To see whether it is another one than what is kept.
    Compare,
    /// To tell the reader what keeping it takes.
    Ask,
    /// To keep it.
    Save,
    /// To know that what is kept is whole.
    Repair,
    /// To read what is new, in a page loaded anew.
    Renew,
}

/// Where a file is looked for, one after the other. Most files of a new version are those of the one before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Kept,
    KeptBefore,
    Host,
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

    /// Finds out whether there is news, where something is kept.
    async fn look_for_news(self) {
        if self.state.with_untracked(|state| matches!(state, State::Kept { .. })) && !self.is_quiet.get_value() {
            self.act(Purpose::Compare).await;
        }
    }

    /// Begins to do something with the list.
    pub(crate) fn begin(self, purpose: Purpose) {
        spawn(self.act(purpose));
    }

    async fn act(self, purpose: Purpose) {
        let (text, list) = match fetch_list().await {
            Ok(fetched) => fetched,
            // Without a network there is no news.
            Err(_) if purpose == Purpose::Compare => return,
            Err(error) => return self.state.set(State::Broken(Failure::Load(error))),
        };
        let n_stories = list.n_stories();
        match purpose {
            Purpose::Compare => self.has_news.set(list.version != self.version.get_value()),
            Purpose::Ask => self.state.set(State::Asking { n_stories, bytes: list.bytes() }),
            Purpose::Save | Purpose::Repair | Purpose::Renew => match self.fill(&text, &list).await {
                Ok(_) if purpose == Purpose::Renew => offline::reload(),
                Ok(n_fetched) => {
                    let n_fetched = (purpose == Purpose::Repair).then_some(n_fetched);
                    self.has_news.set(false);
                    self.state.set(State::Kept { n_here: n_stories, n_stories, n_fetched });
                }
                // Whoever stopped it has said how it stands.
                Err(Failure::Stopped) => {}
                Err(failure) => self.state.set(State::Broken(failure)),
            },
        }
    }

    /// The reader does not want it after all.
    pub(crate) fn cancel(self) {
        self.state.set(State::Off);
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
            offline::forget_but("").await;
            self.has_news.set(false);
            self.state.set(State::Off);
        });
    }

    /// Keeps every file of a list, then puts the worker to work and forgets other lists. Returns how many files were fetched.
    async fn fill(self, text: &str, list: &OfflineList) -> Result<usize, Failure> {
        let (n_stories, all_bytes) = (list.n_stories(), list.bytes().max(1));
        let (mut n_here, mut n_fetched, mut bytes) = (0, 0, 0);
        self.state.set(State::Keeping { n_here, n_stories, percent: 0 });
        let store = Store::open(&list.version).await.ok_or(Failure::Refused)?;
        for file in &list.files {
            let mut source = Source::Kept;
            loop {
                let found = match source {
                    Source::Kept => store.get(&file.path).await,
                    Source::KeptBefore => offline::of_any(&file.path).await,
                    Source::Host => Some(fetch_raw(&file.path, Freshness::Anew).await.map_err(Failure::Load)?),
                };
                if let Some(found) = found
                    && offline::is_whole(&found, &file.sha256).await
                {
                    if source != Source::Kept && !store.keep(&file.path, &found).await {
                        return Err(Failure::Full);
                    }
                    break;
                }
                source = match source {
                    Source::Kept => Source::KeptBefore,
                    Source::KeptBefore => Source::Host,
                    Source::Host => return Err(Failure::Differs(file.path.clone())),
                };
            }
            n_fetched += usize::from(source == Source::Host);
            if !self.state.with_untracked(|state| matches!(state, State::Keeping { .. })) {
                return Err(Failure::Stopped);
            }
            n_here += usize::from(file.is_story());
            bytes += file.bytes;
            let percent = u32::try_from(bytes * 100 / all_bytes).unwrap_or(100);
            self.state.set(State::Keeping { n_here, n_stories, percent });
        }
        if !store.keep_list(text).await {
            return Err(Failure::Full);
        }
        if !offline::register().await {
            return Err(Failure::Refused);
        }
        self.version.set_value(list.version.clone());
        offline::forget_but(&list.version).await;
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
