//! What a list shows, as the query string of its URL: `?q=…&literal&tag=…&tag=-…&company=…&sort=…`.
//!
//! Whatever stands in an address bar is accepted: unknown keys and values are dropped, the rest is kept.

use corpus::Section;

/// Order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// As in the corpus.
    Order,
    /// Best match first; without a search the same as [`Sort::Order`].
    Relevance,
    /// Most read first.
    Views,
    /// Longest first.
    Length,
    /// 가나다.
    Title,
}

impl Sort {
    /// Every order, as offered to the reader.
    pub(crate) const ALL: [Self; 5] = [Self::Order, Self::Relevance, Self::Views, Self::Length, Self::Title];

    /// The word in the URL.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::Relevance => "relevance",
            Self::Views => "views",
            Self::Length => "length",
            Self::Title => "title",
        }
    }

    /// The order that a word of the URL names.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == word)
    }
}

/// Search, filters and order of a list. Values keep the order in which the reader chose them, without repeats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ListQuery {
    /// What stands in the search field.
    pub(crate) q: String,
    /// The words are searched as they stand: no other spelling, layout, initials or slips of the finger.
    pub(crate) literal: bool,
    /// Stories must have all of these tags.
    pub(crate) tags: Vec<String>,
    /// Stories must have none of these tags.
    pub(crate) not_tags: Vec<String>,
    /// Stories must be of one of these companies, if there is any.
    pub(crate) companies: Vec<String>,
    /// The order the reader chose; `None` leaves it to the list.
    pub(crate) sort: Option<Sort>,
}

impl ListQuery {
    /// Reads a query string, with or without `?`.
    pub(crate) fn parse(search: &str) -> Self {
        let mut query = Self::default();
        for (key, value) in form_urlencoded::parse(search.trim_start_matches('?').as_bytes()) {
            match key.as_ref() {
                "q" => query.q = value.into_owned(),
                "literal" => query.literal = true,
                "tag" => match value.strip_prefix('-') {
                    Some(tag) => push_new(&mut query.not_tags, tag),
                    None => push_new(&mut query.tags, &value),
                },
                "company" => push_new(&mut query.companies, &value),
                "sort" => query.sort = Sort::parse(&value),
                _ => {}
            }
        }
        query
    }

    /// The section that a story's URL names as the list it was opened from.
    pub(crate) fn parse_section(search: &str) -> Option<Section> {
        let (_, value) = form_urlencoded::parse(search.trim_start_matches('?').as_bytes()).find(|(key, _)| key == "in")?;
        Section::ALL.into_iter().find(|section| section.as_str() == value)
    }

    /// Writes the query string, without `?`; empty when there is nothing to say. `section` is added for story URLs.
    pub(crate) fn to_search(&self, section: Option<Section>) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        if !self.q.is_empty() {
            out.append_pair("q", &self.q);
        }
        if self.literal {
            out.append_key_only("literal");
        }
        for tag in &self.tags {
            out.append_pair("tag", tag);
        }
        for tag in &self.not_tags {
            out.append_pair("tag", &format!("-{tag}"));
        }
        for company in &self.companies {
            out.append_pair("company", company);
        }
        if let Some(sort) = self.sort {
            out.append_pair("sort", sort.as_str());
        }
        if let Some(section) = section {
            out.append_pair("in", section.as_str());
        }
        out.finish()
    }

    /// Whether any filter narrows the list; the search field is no filter.
    pub(crate) fn is_filtered(&self) -> bool {
        !(self.tags.is_empty() && self.not_tags.is_empty() && self.companies.is_empty())
    }

    /// The same search and order without any filter.
    pub(crate) fn without_filters(&self) -> Self {
        Self { q: self.q.clone(), literal: self.literal, sort: self.sort, ..Self::default() }
    }

    /// Whether the list asks for stories that match words.
    pub(crate) fn is_search(&self) -> bool {
        !self.q.trim().is_empty()
    }
}

fn push_new(values: &mut Vec<String>, value: &str) {
    if !value.is_empty() && !values.iter().any(|old| old == value) {
        values.push(value.to_owned());
    }
}

/// Adds a value that is absent, removes one that is present.
pub(crate) fn toggle(values: &mut Vec<String>, value: &str) {
    let n_before = values.len();
    values.retain(|old| old != value);
    if values.len() == n_before {
        values.push(value.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ListQuery, Sort};

    #[test]
    fn drops_what_it_does_not_know() {
        let query = ListQuery::parse("?q=a+b&sort=sideways&tag=&tag=x&tag=x&tag=-y&utm_source=z&company");
        assert_eq!(query, ListQuery { q: "a b".into(), tags: vec!["x".into()], not_tags: vec!["y".into()], ..ListQuery::default() });
    }

    #[test]
    fn nothing_chosen_is_an_empty_query_string() {
        assert_eq!(ListQuery::default().to_search(None), "");
    }

    fn values(pattern: &'static str) -> impl Strategy<Value = Vec<String>> {
        proptest::collection::btree_set(pattern, 0..4).prop_map(|set| set.into_iter().collect())
    }

    proptest! {
        #[test]
        fn every_state_survives_the_url(
            q in "\\PC{0,20}",
            literal in proptest::bool::ANY,
            tags in values("[^-]\\PC{0,10}"),
            not_tags in values("\\PC{1,10}"),
            companies in values("\\PC{1,10}"),
            sort in proptest::option::of(proptest::sample::select(Sort::ALL.to_vec())),
        ) {
            let query = ListQuery { q, literal, tags, not_tags, companies, sort };
            prop_assert_eq!(ListQuery::parse(&query.to_search(None)), query);
        }
    }
}
