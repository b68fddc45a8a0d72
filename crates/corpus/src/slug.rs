//! Slugs: the names of stories in URLs and file names.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Names a story in URLs and file names.
///
/// Never empty; precomposed Hangul, other letters in lower case, digits and single hyphens between them. A slug is made from the
/// title once and then kept in the story's front matter, so that links outlive an edited title.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// Why a text is no slug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlugError {
    /// The text that was refused.
    pub text: String,
}

impl fmt::Display for SlugError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a slug; use letters, digits and single hyphens, for example `{}`", self.text, Slug::from_title(&self.text))
    }
}

impl std::error::Error for SlugError {}

/// Longest slug that [`Slug::from_title`] makes, in characters: 60 Hangul syllables are 180 bytes, which leaves a file
/// name room for an extension under the 255 bytes that file systems allow.
const MAX_CHARS: usize = 60;

impl Slug {
    /// Takes a text that already is a slug.
    ///
    /// # Errors
    /// [`SlugError`] if the text is empty or holds anything but letters, digits and single inner hyphens.
    pub fn new(text: impl Into<String>) -> Result<Self, SlugError> {
        let text = text.into();
        let mut previous_hyphen = true;
        let mut valid = !text.is_empty();
        for c in text.chars() {
            let hyphen = c == '-';
            valid &= if hyphen { !previous_hyphen } else { c.is_alphanumeric() && !c.is_uppercase() };
            previous_hyphen = hyphen;
        }
        if valid && !previous_hyphen { Ok(Self(text)) } else { Err(SlugError { text }) }
    }

    /// Makes a slug from a title: letters and digits are kept in lower case, everything between them is one hyphen.
    /// A title without any letter or digit gives `story`.
    pub fn from_title(title: &str) -> Self {
        let mut slug = String::new();
        let mut gap = false;
        for c in title.chars().flat_map(char::to_lowercase) {
            if slug.chars().count() >= MAX_CHARS {
                break;
            }
            if c.is_alphanumeric() && !c.is_uppercase() {
                if gap && !slug.is_empty() {
                    slug.push('-');
                }
                gap = false;
                slug.push(c);
            } else {
                gap = true;
            }
        }
        if slug.is_empty() {
            slug.push_str("story");
        }
        Self(slug)
    }

    /// The same slug with `-number` behind it, for the second story of the same title.
    pub fn numbered(&self, number: usize) -> Self {
        Self(format!("{}-{number}", self.0))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = SlugError;
    fn try_from(text: String) -> Result<Self, SlugError> {
        Self::new(text)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Slug;

    #[track_caller]
    fn check(title: &str, slug: &str) {
        assert_eq!(Slug::from_title(title).as_str(), slug);
    }

    #[test]
    fn keeps_hangul_and_lowers_latin() {
        check("Kafka 모니터링", "kafka-모니터링");
        check("코드리뷰, 이렇게 하고 있습니다.", "코드리뷰-이렇게-하고-있습니다");
        check("컴공생의 AI 스쿨 필기 노트 ③ K-평균 군집화", "컴공생의-ai-스쿨-필기-노트-③-k-평균-군집화");
        check(":)", "story");
    }

    #[test]
    fn refuses_what_breaks_urls() {
        for text in ["", "-a", "a-", "a--b", "A", "a b", "a/b", "a.b"] {
            assert!(Slug::new(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_title_gives_a_valid_slug(title in "\\PC{0,80}") {
            let slug = Slug::from_title(&title);
            prop_assert_eq!(Slug::new(slug.as_str()), Ok(slug.clone()));
        }
    }
}
