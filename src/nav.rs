//! Where the reader is, and going elsewhere: the one bridge between the router's URL and the app.

use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
    location::{BrowserUrl, LocationProvider},
};

use crate::{
    dom::{
        self, focus,
        scroll::{Begin, ScrollMemory},
        storage,
        takeover::FirstPage,
        timer::{Debounce, after_paint},
        turn::turn,
    },
    query::ListQuery,
    recent::Recent,
    route::{Place, Route, Scope},
    task::{effect, spawn, tick_effects},
};

/// Pause after the last keystroke before the search text is written into the URL, in milliseconds. Results do not wait for it.
/// Less floods the history: WebKit throws after 100 changes in 30 seconds. More loses text on an early reload.
const WRITE_QUERY_AFTER: u64 = 350;

/// How many stories a list shows at first, and how many more at the press of its button.
pub(crate) const PAGE_SIZE: usize = 30;

/// How many results a search shows at first, before the list grows as it is scrolled: a screen and a half. Each letter makes them anew.
const RESULTS_SIZE: usize = 12;

/// Whether a step is one that Back should undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A new entry of the history.
    Push,
    /// The current entry, changed.
    Replace,
}

/// Goes to an address relative to the site's root.
type Go = Box<dyn Fn(&str, Step) + Send + Sync>;

/// The reader's position in the site. One for the app's life, handed down to whoever needs it.
#[derive(Clone, Copy)]
pub(crate) struct Nav {
    /// The page on screen: that of the URL, or for the blink of an eye the one before.
    pub(crate) route: RwSignal<Route>,
    /// What stands in the search field right now. It runs ahead of the URL while the reader types.
    pub(crate) typed: RwSignal<String>,
    /// An input method is composing a syllable in the search field.
    pub(crate) composing: RwSignal<bool>,
    /// The list of the current URL, with the search text as typed. On a story's page, the list it was opened from.
    pub(crate) place: Memo<Place>,
    /// The list that results are of: `place`, a frame later. What the reader pressed or typed is on the screen first; finding, sorting and
    /// drawing what follows from it takes longer than a frame in a large archive.
    pub(crate) answered: RwSignal<Place>,
    /// The same list with the search text of the URL.
    url_place: Memo<Place>,
    /// The last searches that led somewhere.
    pub(crate) recent: Recent,
    scroll: ScrollMemory,
    first_page: FirstPage,
    write_query: Debounce,
    /// The search text that typing has just written into the URL, or that stood there first: an echo, which must not be taken for somebody else's change. The
    /// reader may be letters ahead by the time it comes back.
    echo: StoredValue<Option<String>>,
    go: StoredValue<Go>,
    /// By address; lists that were never grown are not in here.
    n_shown: StoredValue<Vec<(String, usize)>>,
    opened_from_list: StoredValue<bool>,
}

impl Nav {
    /// Call inside the router.
    pub(crate) fn new(base: String, scroll: ScrollMemory) -> Self {
        let location = use_location();
        let pathname = location.pathname;
        let search = location.search;
        let url_route = Memo::new(move |_| Route::parse(&pathname.read(), &base));
        let url_place = Memo::new(move |_| {
            let search = search.read();
            let scope = match &*url_route.read() {
                Route::List(scope) => scope.clone(),
                Route::Story(_) | Route::Shelf | Route::Notes | Route::Design | Route::NotFound => Scope::parse_from(&search),
            };
            Place { scope, query: ListQuery::parse(&search) }
        });
        let from_url = url_place.with_untracked(|place| place.query.q.clone());
        let first_page: FirstPage = use_context().unwrap_or_else(FirstPage::shown);
        // Who has typed already waits for what it finds, not for the list without it.
        let typed = RwSignal::new(first_page.typed().unwrap_or_else(|| from_url.clone()));
        let place = Memo::new(move |_| {
            let mut place = url_place.get();
            place.query.q = typed.get();
            // "As typed" belongs to a search; it ends with it.
            place.query.literal &= place.query.is_search();
            place
        });

        let navigate = use_navigate();
        let go = move |href: &str, step: Step| {
            let options = NavigateOptions { resolve: false, replace: step == Step::Replace, scroll: false, ..NavigateOptions::default() };
            navigate(&dom::absolute_url(href), options);
        };
        let nav = Self {
            route: RwSignal::new(url_route.get_untracked()),
            typed,
            composing: RwSignal::new(false),
            place,
            answered: RwSignal::new(place.get_untracked()),
            url_place,
            recent: Recent::load(),
            scroll,
            first_page,
            write_query: Debounce::new(WRITE_QUERY_AFTER),
            echo: StoredValue::new(Some(from_url)),
            go: StoredValue::new(Box::new(go)),
            opened_from_list: StoredValue::new(false),
            n_shown: StoredValue::default(),
        };

        // The field follows the URL when something else than typing changed it: a link, Back, a filter chip.
        effect(move || {
            let from_url = url_place.read().query.q.clone();
            if nav.echo.try_update_value(Option::take).flatten().as_ref() == Some(&from_url) {
                return;
            }
            nav.write_query.cancel();
            if nav.typed.with_untracked(|typed| *typed != from_url) {
                nav.typed.set(from_url);
            }
        });
        effect(move || {
            place.track();
            after_paint(move || {
                nav.answer();
            });
        });
        let browser_url = use_context::<BrowserUrl>();
        let mut before = None;
        effect(move || {
            let now = url_route.get();
            search.track();
            if let Some(before) = before.replace(now.clone()) {
                let same_page = before == now;
                let returning = nav.scroll.depart(same_page);
                if same_page && returning {
                    nav.answer();
                    nav.scroll.arrive(Box::new(|| false));
                } else if !same_page {
                    nav.opened_from_list.set_value(!returning && matches!(before, Route::List(_)));
                    if matches!(now, Route::Story(_)) {
                        nav.recent.remember(&untrack(|| nav.typed.get()));
                    }
                }
            }
            // A click on a link is written into the history once its page is there; pages of ours are there at once.
            if let Some(browser_url) = &browser_url {
                browser_url.ready_to_complete();
            }
        });
        // The page follows the URL, once the press that changed it is on the screen.
        effect(move || {
            url_route.track();
            after_paint(move || nav.turn_to(url_route));
        });
        nav
    }

    /// Shows the page of the URL, if it is another one.
    fn turn_to(self, url_route: Memo<Route>) {
        let (Some(now), Some(next)) = (self.route.try_get_untracked(), url_route.try_get_untracked()) else { return };
        // A new page begins with its own results.
        let show = move || {
            self.answer();
            self.route.set(url_route.get_untracked());
        };
        match (&now, &next) {
            (now, next) if now == next => {}
            (Route::List(_), Route::Story(slug)) | (Route::Story(slug), Route::List(_)) => {
                turn(slug.as_str(), show, move || self.scroll.place());
            }
            _ => show(),
        }
    }

    /// Goes to a page of the site. `href` is relative to its root.
    pub(crate) fn go(self, href: &str, step: Step) {
        self.go.with_value(|go| go(href, step));
    }

    /// Goes to the list that the story on screen was opened from, to the place where the reader left it.
    pub(crate) fn back_to_list(self) {
        if self.opened_from_list.get_value() {
            dom::history_back();
        } else {
            self.scroll.return_to_place();
            self.go(&self.place.get_untracked().to_href(), Step::Push);
        }
    }

    /// Changes what the list is narrowed to; Back undoes it.
    pub(crate) fn refine(self, change: impl FnOnce(&mut ListQuery)) {
        let mut place = self.place.get_untracked();
        change(&mut place.query);
        self.go(&place.to_href(), Step::Push);
    }

    /// Has the results follow now. Returns whether they did not already.
    pub(crate) fn answer(self) -> bool {
        let Some(place) = self.place.try_get_untracked() else { return false };
        let is_behind = self.answered.with_untracked(|answered| *answered != place);
        if is_behind {
            self.answered.set(place);
        }
        is_behind
    }

    /// From the search field into the results: to the first, once they are those of the text. False when there is none.
    pub(crate) fn enter_results(self) -> bool {
        let is_behind = self.answer();
        if is_behind {
            spawn(async {
                tick_effects().await;
                focus::step_through_results(1);
            });
        }
        is_behind || focus::step_through_results(1)
    }

    /// The reader typed. Results follow `typed` in a frame, the URL after a pause.
    pub(crate) fn search(self, text: String) {
        self.typed.set(text);
        if matches!(self.route.get_untracked(), Route::List(_)) {
            self.write_query.call(move || self.write_query_now());
        } else {
            // Searching from a story starts a new list of everything.
            let query = ListQuery { q: self.typed.get_untracked(), ..ListQuery::default() };
            self.write(&Place { query, ..Place::default() }, Step::Push);
        }
    }

    /// Writes what was typed into the URL without waiting, if it is not there yet.
    pub(crate) fn flush_search(self) {
        if self.write_query.cancel() {
            self.write_query_now();
        }
    }

    fn write_query_now(self) {
        self.write(&self.place.get_untracked(), Step::Replace);
    }

    fn write(self, place: &Place, step: Step) {
        if self.url_place.with_untracked(|url| url.query.q != place.query.q) {
            self.echo.set_value(Some(place.query.q.clone()));
        }
        self.go(&place.to_href(), step);
    }

    /// A page calls this when its content is in the document for the first time. `begin` goes to where a reader who is new to the page
    /// should begin, and says whether there is such a place; else it is the top.
    pub(crate) fn arrive(self, begin: Begin) {
        self.show();
        self.scroll.arrive(begin);
    }

    /// There is something to show, be it that the archive cannot be had.
    pub(crate) fn show(self) {
        self.first_page.show(move |typed| self.search(typed));
    }

    /// How many stories of a list the reader has asked to see; the tab remembers it over a reload.
    pub(crate) fn n_shown(self, place: &Place) -> usize {
        let href = place.to_href();
        let known = self.n_shown.with_value(|shown| shown.iter().rfind(|(of, _)| *of == href).map(|(_, n)| *n));
        let kept = || storage::get_for_tab(&shown_key(&href))?.parse().ok();
        known.or_else(kept).unwrap_or(if place.query.is_search() { RESULTS_SIZE } else { PAGE_SIZE })
    }

    /// Remembers how many stories of a list are shown, for the way back.
    pub(crate) fn set_n_shown(self, place: &Place, n: usize) {
        let href = place.to_href();
        // Shorter lists are as long again by themselves, and there is one for each letter that was typed.
        if PAGE_SIZE < n {
            storage::set_for_tab(&shown_key(&href), &n.to_string());
        }
        self.n_shown.update_value(|shown| {
            shown.retain(|(of, _)| *of != href);
            shown.push((href, n));
        });
    }
}

/// Where the tab keeps the length of a list.
fn shown_key(href: &str) -> String {
    format!("story-home:shown:{href}")
}
