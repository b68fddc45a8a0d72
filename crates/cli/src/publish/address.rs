//! Where pages live: their address below the site, and the file that a static host answers it with.
//!
//! The app's `route` has the same addresses; a prerendered page that neither side knows stops the build.

use corpus::{Section, Slug};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What must not stand bare in one segment of a path.
const SEGMENT: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}').add(b'/');

/// The longest name of a file that common file systems take, in bytes.
const MAX_NAME: usize = 255;

/// Room for the longest ending that a page's file gets: `.rss.xml.br`.
const ENDING: usize = 12;

/// A page of the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Address {
    /// Every story.
    Home,
    /// One section.
    Section(Section),
    /// One story.
    Story(Slug),
    /// The stories of one tag, company or series: `tag`, `company` or `series`, and its name.
    Topic(&'static str, String),
    /// What the reader keeps.
    Shelf,
    /// The reader's notes.
    Notes,
    /// The parts that the site is built from.
    Design,
    /// Nothing lives here.
    NotFound,
}

impl Address {
    /// As the app's links have it, relative to the site's root.
    pub(super) fn href(&self) -> String {
        match self {
            Self::Home => "./".to_owned(),
            Self::Section(section) => section.as_str().to_owned(),
            Self::Story(slug) => format!("story/{}", utf8_percent_encode(slug.as_str(), SEGMENT)),
            Self::Topic(kind, name) => format!("{kind}/{}", utf8_percent_encode(name, SEGMENT)),
            Self::Shelf => "shelf".to_owned(),
            Self::Notes => "notes".to_owned(),
            Self::Design => "design".to_owned(),
            Self::NotFound => "404".to_owned(),
        }
    }

    /// The whole address. `root` ends with a slash.
    pub(super) fn url(&self, root: &str) -> String {
        // Hangul is written out in links, and encoded where machines read.
        let href = self.href();
        format!("{root}{}", utf8_percent_encode(href.trim_start_matches("./"), CONTROLS))
    }

    /// The file without its ending, decoded as hosts decode addresses. `None` for a name that no file can have; such a page is the app's alone.
    pub(super) fn stem(&self) -> Option<String> {
        let stem = match self {
            Self::Home => "index".to_owned(),
            Self::Story(slug) => format!("story/{slug}"),
            Self::Topic(kind, name) => format!("{kind}/{name}"),
            _ => self.href(),
        };
        let fits = |part: &str| !part.is_empty() && part != "." && part != ".." && part.len() + ENDING <= MAX_NAME;
        let is_plain = !stem.contains(['\\', '\0', ':', '*', '?', '"', '<', '>', '|']) && !stem.chars().any(char::is_control);
        (is_plain && stem.split('/').all(fits)).then_some(stem)
    }

    /// Whether search engines should know the page.
    pub(super) fn is_public(&self) -> bool {
        !matches!(self, Self::Shelf | Self::Notes | Self::Design | Self::NotFound)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use corpus::{Section, Slug};

    use super::Address;

    #[track_caller]
    fn check(address: &Address, href: &str, url: &str, stem: Option<&str>) {
        assert_eq!((address.href().as_str(), address.url("https://a.kr/r/").as_str()), (href, url));
        assert_eq!(address.stem().as_deref(), stem);
    }

    #[test]
    fn every_kind_has_an_address_and_a_file() {
        check(&Address::Home, "./", "https://a.kr/r/", Some("index"));
        check(&Address::Section(Section::Feed), "feed", "https://a.kr/r/feed", Some("feed"));
        let story = Address::Story(Slug::from_title("Kafka 팁"));
        check(&story, "story/kafka-%ED%8C%81", "https://a.kr/r/story/kafka-%ED%8C%81", Some("story/kafka-팁"));
        let topic = |name: &str| Address::Topic("tag", name.to_owned());
        check(&topic("CI/CD"), "tag/CI%2FCD", "https://a.kr/r/tag/CI%2FCD", Some("tag/CI/CD"));
        check(&topic("C#"), "tag/C%23", "https://a.kr/r/tag/C%23", Some("tag/C#"));
    }

    #[test]
    fn names_that_no_file_can_have_get_none() {
        for name in ["..", "a/../b", "a//b", "왜?", "a:b", &"가".repeat(90)] {
            assert_eq!(Address::Topic("tag", name.to_owned()).stem(), None, "{name}");
        }
    }
}
