//! The sections of the archive. 스토리 홈 is not one of them: it is all of them.

use serde::{Deserialize, Serialize};

/// Which shelf of the archive a story stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// 인터뷰: a conversation with one or more people.
    Interview,
    /// 피드: an article, an experience, a how-to.
    Feed,
    /// 뉴스: an announcement.
    News,
}

impl Section {
    /// Every section, in the order of the navigation.
    pub const ALL: [Self; 3] = [Self::Interview, Self::Feed, Self::News];

    /// The word in files and URLs: `interview`, `feed`, `news`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Interview => "interview",
            Self::Feed => "feed",
            Self::News => "news",
        }
    }

    /// The label on the saved pages: 인터뷰, 피드, 뉴스.
    pub fn korean_label(self) -> &'static str {
        match self {
            Self::Interview => "인터뷰",
            Self::Feed => "피드",
            Self::News => "뉴스",
        }
    }

    /// The section that a file word or a Korean label names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.as_str() == word || section.korean_label() == word)
    }
}
