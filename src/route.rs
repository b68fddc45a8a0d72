//! The pages of the site and their URLs. Together with `query`, the only place that knows what a URL looks like.
//!
//! Links are written relative to the page's `<base href>`, so that one built folder works at `/` and under any sub-path.

use corpus::{Card, Section, Slug};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::{facet::Facet, query::ListQuery};

/// What must not stand bare in one segment of a path.
const SEGMENT: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}').add(b'/');

/// Which stories a list is of, before it is narrowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Every story.
    #[default]
    All,
    /// One section.
    Section(Section),
    /// The stories with one value of a filter: a tag's, a company's or a series' own page.
    Topic(Facet, String),
}

/// Filters whose values have pages of their own.
pub(crate) const TOPICS: [Facet; 3] = [Facet::Tags, Facet::Companies, Facet::Series];

impl Scope {
    /// Whether a story is in it.
    pub(crate) fn contains(&self, card: &Card) -> bool {
        match self {
            Self::All => true,
            Self::Section(section) => card.section == *section,
            Self::Topic(Facet::Tags, tag) => card.tags.contains(tag),
            Self::Topic(Facet::Companies, company) => card.company.as_ref() == Some(company),
            Self::Topic(_, series) => card.series.as_ref().is_some_and(|of| of.name == *series),
        }
    }

    fn section(word: &str) -> Option<Self> {
        Section::ALL.into_iter().find(|section| section.as_str() == word).map(Self::Section)
    }

    fn topic(kind: &str, name: &str) -> Option<Self> {
        TOPICS.into_iter().find(|facet| facet.as_str() == kind && !name.is_empty()).map(|facet| Self::Topic(facet, name.to_owned()))
    }

    /// As a story's URL names the list it was opened from: `feed`, `tag:개발`. Empty for every story.
    fn to_word(&self) -> String {
        match self {
            Self::All => String::new(),
            Self::Section(section) => section.as_str().to_owned(),
            Self::Topic(facet, name) => [facet.as_str(), ":", name].concat(),
        }
    }

    /// Reads what [`Scope::to_word`] wrote out of a story's query string.
    pub(crate) fn parse_from(search: &str) -> Self {
        let from = form_urlencoded::parse(search.trim_start_matches('?').as_bytes()).find(|(key, _)| key == "in");
        let word = from.map_or_else(String::new, |(_, value)| value.into_owned());
        let topic = word.split_once(':').and_then(|(kind, name)| Self::topic(kind, name));
        topic.or_else(|| Self::section(&word)).unwrap_or_default()
    }
}

/// A page of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// A list of stories.
    List(Scope),
    /// One story.
    Story(Slug),
    /// What the reader keeps.
    Shelf,
    /// The reader's highlights and notes.
    Notes,
    /// The design language.
    Design,
    /// Nothing lives at this address.
    NotFound,
}

impl Route {
    /// The page at a URL's path, percent-encoded or not. `base` is the path of the site's root, e.g. `/` or `/repo/`.
    pub(crate) fn parse(path: &str, base: &str) -> Self {
        let base = percent_decode_str(base).decode_utf8_lossy();
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        let base = base.trim_end_matches('/');
        let Some(rest) = decoded.strip_prefix(base) else { return Self::NotFound };
        // A name may hold a slash, which stands encoded in its segment: segments are cut before they are decoded.
        let n_base = base.split('/').count();
        let raw: Vec<String> = path.split('/').skip(n_base).map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned()).collect();
        let mut segments = raw.iter().map(String::as_str).filter(|segment| !segment.is_empty());
        let list = |scope: Option<Scope>| scope.map_or(Self::NotFound, Self::List);
        match (segments.next(), segments.next(), segments.next()) {
            _ if !(rest.is_empty() || rest.starts_with('/')) => Self::NotFound,
            (None | Some("index.html"), None, None) => Self::List(Scope::All),
            (Some("story"), Some(slug), None) => Slug::new(slug).map_or(Self::NotFound, Self::Story),
            (Some("shelf"), None, None) => Self::Shelf,
            (Some("notes"), None, None) => Self::Notes,
            (Some("design"), None, None) => Self::Design,
            (Some(kind), Some(name), None) => list(Scope::topic(kind, name)),
            (Some(word), None, None) => list(Scope::section(word)),
            _ => Self::NotFound,
        }
    }

    /// The page's URL without a query, relative to the site's root.
    pub(crate) fn to_href(&self) -> String {
        let encoded = |kind: &str, name: &str| format!("{kind}/{}", utf8_percent_encode(name, SEGMENT));
        match self {
            Self::List(Scope::All) | Self::NotFound => "./".to_owned(),
            Self::List(Scope::Section(section)) => section.as_str().to_owned(),
            Self::List(Scope::Topic(facet, name)) => encoded(facet.as_str(), name),
            Self::Story(slug) => encoded("story", slug.as_str()),
            Self::Shelf => "shelf".to_owned(),
            Self::Notes => "notes".to_owned(),
            Self::Design => "design".to_owned(),
        }
    }

    /// The page of a tag, a company or a series.
    pub(crate) fn topic(facet: Facet, name: &str) -> Self {
        Self::List(Scope::Topic(facet, name.to_owned()))
    }
}

/// A list a reader can stand in: which stories, and what they are narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// Which stories.
    pub(crate) scope: Scope,
    /// Search, filters and order.
    pub(crate) query: ListQuery,
}

impl Place {
    /// The list's URL, relative to the site's root.
    pub(crate) fn to_href(&self) -> String {
        with_search(Route::List(self.scope.clone()).to_href(), &self.query.to_search(None))
    }

    /// The URL of a story opened from this list. It carries the list, so that previous, next and back know where the
    /// reader came from, also after a reload or in a shared link.
    pub(crate) fn story_href(&self, slug: &Slug) -> String {
        let list = self.scope.to_word();
        with_search(
            Route::Story(slug.clone()).to_href(),
            &self.query.to_search(Some(&list).filter(|list| !list.is_empty()).map(String::as_str)),
        )
    }
}

fn with_search(mut href: String, search: &str) -> String {
    if !search.is_empty() {
        href.push('?');
        href.push_str(search);
    }
    href
}

#[cfg(test)]
mod tests {
    use corpus::{Section, Slug};

    use super::{Place, Route, Scope};
    use crate::{facet::Facet, query::ListQuery};

    #[track_caller]
    fn check(path: &str, base: &str, route: &Route) {
        assert_eq!(&Route::parse(path, base), route);
    }

    #[test]
    fn knows_every_page() {
        check("/", "/", &Route::List(Scope::All));
        check("/index.html", "/", &Route::List(Scope::All));
        check("/repo/", "/repo/", &Route::List(Scope::All));
        check("/repo", "/repo/", &Route::List(Scope::All));
        check("/repo/feed", "/repo/", &Route::List(Scope::Section(Section::Feed)));
        check("/interview/", "/", &Route::List(Scope::Section(Section::Interview)));
        check("/shelf", "/", &Route::Shelf);
        check("/repo/notes/", "/repo/", &Route::Notes);
        check("/design", "/", &Route::Design);
        check("/nothing", "/", &Route::NotFound);
        check("/feed/extra", "/", &Route::NotFound);
        check("/repository/feed", "/repo/", &Route::NotFound);
        check("/story/", "/", &Route::NotFound);
        check("/elsewhere/feed", "/repo/", &Route::NotFound);
    }

    #[test]
    fn a_story_is_found_by_its_encoded_and_its_plain_name() {
        let slug = Slug::from_title("Kafka 모니터링");
        let route = Route::Story(slug);
        check("/story/kafka-모니터링", "/", &route);
        check(&format!("/{}", route.to_href()), "/", &route);
        check(&format!("/repo/{}", route.to_href()), "/repo/", &route);
    }

    #[test]
    fn a_topic_may_have_any_name() {
        for name in ["개발", "CI/CD", "100%", "a b?#", "-x"] {
            let route = Route::topic(Facet::Tags, name);
            check(&format!("/{}", route.to_href()), "/", &route);
            check(&format!("/repo/{}/", route.to_href()), "/repo/", &route);
            let place = Place { scope: Scope::Topic(Facet::Tags, name.into()), ..Place::default() };
            let href = place.story_href(&Slug::from_title("a"));
            assert_eq!(Scope::parse_from(href.split_once('?').unwrap().1), place.scope);
        }
        check("/views/0-999", "/", &Route::NotFound);
    }

    #[test]
    fn a_story_link_carries_the_list_it_stands_in() {
        let place = Place { scope: Scope::Section(Section::Feed), query: ListQuery::parse("tag=개발&sort=views") };
        assert_eq!(place.to_href(), "feed?tag=%EA%B0%9C%EB%B0%9C&sort=views");
        assert_eq!(place.story_href(&Slug::from_title("a b")), "story/a-b?tag=%EA%B0%9C%EB%B0%9C&sort=views&in=feed");
    }
}
