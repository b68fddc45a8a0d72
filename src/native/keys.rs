//! What each page is made from, as a number: a page whose number has not changed need not be rendered again.
//!
//! A number covers at least what the page shows. A card's `file` is the hash of its whole story, so it stands for the card too. What every page
//! shows (the site's words, how many stories there are) is in all of them; an added story therefore changes every page, an edited one those that
//! name it. A component that shows more than is said at [`Keys::key`] must be added there; `prerender`'s tests compare pages with keys.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use corpus::{Card, Story};

use crate::{
    data::Library,
    facet::Facet,
    route::{Route, Scope, TOPICS},
};

/// The numbers of one archive.
pub(super) struct Keys {
    /// What every page shows.
    frame: u64,
    /// Every card.
    all: u64,
    /// Companies and tags of every card.
    facts: u64,
    /// The cards of each topic.
    topics: HashMap<(&'static str, String), u64>,
}

impl Keys {
    /// Cost: linear in stories and their topics.
    pub(super) fn of(library: &Library, base: &str) -> Self {
        let site = &library.site;
        let frame = number(&(base, &site.title, &site.tagline, &site.lang, library.counts));
        let (mut all, mut facts) = (DefaultHasher::new(), DefaultHasher::new());
        let mut topics: HashMap<(&'static str, String), u64> = HashMap::new();
        for (doc, card) in (0..).zip(&library.cards) {
            card.file.hash(&mut all);
            (&card.company, &card.tags).hash(&mut facts);
            for facet in TOPICS {
                for id in library.facets.ids(facet, doc) {
                    let Some(name) = library.facets.names(facet).get(*id as usize) else { continue };
                    let topic = topics.entry((facet.as_str(), name.clone())).or_default();
                    *topic = number(&(*topic, &card.file));
                }
            }
        }
        Self { frame, all: all.finish(), facts: facts.finish(), topics }
    }

    /// The number of a page; `story` is the one that it shows.
    pub(super) fn key(&self, library: &Library, route: &Route, story: Option<&Story>) -> Option<u64> {
        let topic = |facet: Facet, name: &str| self.topics.get(&(facet.as_str(), name.to_owned())).copied().unwrap_or_default();
        Some(match (route, story) {
            (Route::Story(slug), Some(story)) => {
                let doc = library.doc(slug)?;
                // Previous and next, the parts of its series, what to read beside it.
                let file = |doc: Option<u32>| doc.and_then(|doc| library.card(doc)).map(|card: &Card| &card.file);
                let around = [file(doc.checked_sub(1)), file(doc.checked_add(1))];
                let series = story.series.as_ref().map(|series| topic(Facet::Series, &series.name));
                let related: Vec<_> = story.built.related.iter().map(|related| file(library.doc(&related.slug))).collect();
                number(&(self.frame, file(Some(doc)), around, series, related))
            }
            (Route::Story(_), None) => return None,
            // A company's page names companies whose stories share its tags.
            (Route::List(Scope::Topic(Facet::Companies, name)), _) => number(&(self.frame, topic(Facet::Companies, name), self.facts)),
            (Route::List(Scope::Topic(facet, name)), _) => number(&(self.frame, topic(*facet, name))),
            _ => number(&(self.frame, self.all)),
        })
    }
}

/// The same value gives the same number in every run of a program.
fn number(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
