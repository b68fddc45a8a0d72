//! The pages of the site and their URLs. Together with `query`, the only place that knows what a URL looks like.
//!
//! Links are written relative to the page's `<base href>`, so that one built folder works at `/` and under any sub-path.

use corpus::{Section, Slug};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::query::ListQuery;

/// What must not stand bare in one segment of a path.
const SEGMENT: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}').add(b'/');

/// A page of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// Every story (`None`) or one section.
    List(Option<Section>),
    /// One story.
    Story(Slug),
    /// What the reader keeps.
    Shelf,
    /// The reader's highlights and notes.
    Notes,
    /// Nothing lives at this address.
    NotFound,
}

impl Route {
    /// The page at a URL's path, percent-encoded or not. `base` is the path of the site's root, e.g. `/` or `/repo/`.
    pub(crate) fn parse(path: &str, base: &str) -> Self {
        let path = percent_decode_str(path).decode_utf8_lossy();
        let base = percent_decode_str(base).decode_utf8_lossy();
        let base = base.trim_end_matches('/');
        let Some(rest) = path.strip_prefix(base) else { return Self::NotFound };
        let mut segments = rest.split('/').filter(|segment| !segment.is_empty());
        match (segments.next(), segments.next(), segments.next()) {
            (None | Some("index.html"), None, None) => Self::List(None),
            (Some("story"), Some(slug), None) => Slug::new(slug).map_or(Self::NotFound, Self::Story),
            (Some("shelf"), None, None) => Self::Shelf,
            (Some("notes"), None, None) => Self::Notes,
            (Some(word), None, None) => Section::ALL
                .into_iter()
                .find(|section| section.as_str() == word)
                .map_or(Self::NotFound, |section| Self::List(Some(section))),
            _ => Self::NotFound,
        }
    }

    /// The page's URL without a query, relative to the site's root.
    pub(crate) fn to_href(&self) -> String {
        match self {
            Self::List(None) | Self::NotFound => "./".to_owned(),
            Self::List(Some(section)) => section.as_str().to_owned(),
            Self::Shelf => "shelf".to_owned(),
            Self::Notes => "notes".to_owned(),
            Self::Story(slug) => format!("story/{}", utf8_percent_encode(slug.as_str(), SEGMENT)),
        }
    }
}

/// A list a reader can stand in: a section and what it is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The section; `None` is every story.
    pub(crate) section: Option<Section>,
    /// Search, filters and order.
    pub(crate) query: ListQuery,
}

impl Place {
    /// The list's URL, relative to the site's root.
    pub(crate) fn to_href(&self) -> String {
        with_search(Route::List(self.section).to_href(), &self.query.to_search(None))
    }

    /// The URL of a story opened from this list. It carries the list, so that previous, next and back know where the
    /// reader came from, also after a reload or in a shared link.
    pub(crate) fn story_href(&self, slug: &Slug) -> String {
        with_search(Route::Story(slug.clone()).to_href(), &self.query.to_search(self.section))
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

    use super::{Place, Route};
    use crate::query::ListQuery;

    #[track_caller]
    fn check(path: &str, base: &str, route: &Route) {
        assert_eq!(&Route::parse(path, base), route);
    }

    #[test]
    fn knows_every_page() {
        check("/", "/", &Route::List(None));
        check("/index.html", "/", &Route::List(None));
        check("/repo/", "/repo/", &Route::List(None));
        check("/repo", "/repo/", &Route::List(None));
        check("/repo/feed", "/repo/", &Route::List(Some(Section::Feed)));
        check("/interview/", "/", &Route::List(Some(Section::Interview)));
        check("/shelf", "/", &Route::Shelf);
        check("/repo/notes/", "/repo/", &Route::Notes);
        check("/nothing", "/", &Route::NotFound);
        check("/feed/extra", "/", &Route::NotFound);
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
    fn a_story_link_carries_the_list_it_stands_in() {
        let place = Place { section: Some(Section::Feed), query: ListQuery::parse("tag=개발&sort=views") };
        assert_eq!(place.to_href(), "feed?tag=%EA%B0%9C%EB%B0%9C&sort=views");
        assert_eq!(place.story_href(&Slug::from_title("a b")), "story/a-b?tag=%EA%B0%9C%EB%B0%9C&sort=views&in=feed");
    }
}
