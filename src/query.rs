//! What a list shows, as the query string of its URL: `?q=…&literal&tag=…&tag=-…&any&company=…&time=4-7&sort=…`.
//!
//! Whatever stands in an address bar is accepted: unknown keys and values are dropped, the rest is kept.

use crate::facet::Facet;

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

/// One value that a list is narrowed by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The filter.
    pub(crate) facet: Facet,
    /// The value: a tag, a company, a range.
    pub(crate) name: String,
    /// Stories with the value are left out, rather than the others.
    pub(crate) exclude: bool,
}

/// Search, filters and order of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ListQuery {
    /// What stands in the search field.
    pub(crate) q: String,
    /// The words are searched as they stand: no other spelling, layout, initials or slips of the finger.
    pub(crate) literal: bool,
    /// Filters in the order in which the reader chose them, each value once. A story must have every chosen tag, and of each other
    /// filter one of the chosen values; and nothing that is excluded.
    pub(crate) choices: Vec<Choice>,
    /// One of the chosen tags is enough.
    pub(crate) any_tag: bool,
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
                "any" => query.any_tag = true,
                "sort" => query.sort = Sort::parse(&value),
                key => {
                    if let Some(facet) = Facet::ALL.into_iter().find(|facet| facet.as_str() == key) {
                        // `-` excludes; no range begins with it.
                        let (name, exclude) = value.strip_prefix('-').map_or((&*value, false), |name| (name, true));
                        if !name.is_empty() {
                            query.choose(facet, name, exclude);
                        }
                    }
                }
            }
        }
        query
    }

    /// Writes the query string, without `?`; empty when there is nothing to say. `list` is added for story URLs: the list it is in.
    pub(crate) fn to_search(&self, list: Option<&str>) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        if !self.q.is_empty() {
            out.append_pair("q", &self.q);
        }
        if self.literal {
            out.append_key_only("literal");
        }
        for Choice { facet, name, exclude } in &self.choices {
            let minus = if *exclude { "-" } else { "" };
            out.append_pair(facet.as_str(), &[minus, name].concat());
        }
        if self.any_tag {
            out.append_key_only("any");
        }
        if let Some(sort) = self.sort {
            out.append_pair("sort", sort.as_str());
        }
        if let Some(list) = list {
            out.append_pair("in", list);
        }
        out.finish()
    }

    /// Whether a value is chosen, or excluded.
    pub(crate) fn chose(&self, facet: Facet, name: &str) -> Option<bool> {
        self.choices.iter().find(|choice| choice.facet == facet && choice.name == name).map(|choice| choice.exclude)
    }

    /// Narrows the list by a value, whatever was said of it before.
    pub(crate) fn choose(&mut self, facet: Facet, name: &str, exclude: bool) {
        self.forget(facet, name);
        self.choices.push(Choice { facet, name: name.to_owned(), exclude });
    }

    /// Chooses a value, or no longer: what a checkbox does.
    pub(crate) fn toggle(&mut self, facet: Facet, name: &str, exclude: bool) {
        if self.chose(facet, name) == Some(exclude) {
            self.forget(facet, name);
        } else {
            self.choose(facet, name, exclude);
        }
    }

    /// Says nothing of a value any more.
    pub(crate) fn forget(&mut self, facet: Facet, name: &str) {
        self.choices.retain(|choice| choice.facet != facet || choice.name != name);
    }

    /// How many values of a filter are chosen and not excluded.
    pub(crate) fn n_included(&self, facet: Facet) -> usize {
        self.choices.iter().filter(|choice| choice.facet == facet && !choice.exclude).count()
    }

    /// Whether any filter narrows the list; the search field is no filter.
    pub(crate) fn is_filtered(&self) -> bool {
        !self.choices.is_empty()
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Choice, ListQuery, Sort};
    use crate::facet::{Facet, N_FACETS};

    #[test]
    fn drops_what_it_does_not_know() {
        let query = ListQuery::parse("?q=a+b&sort=sideways&tag=&tag=x&tag=x&tag=-y&utm_source=z&company");
        let choice = |name: &str, exclude: bool| Choice { facet: Facet::Tags, name: name.into(), exclude };
        assert_eq!(query, ListQuery { q: "a b".into(), choices: vec![choice("x", false), choice("y", true)], ..ListQuery::default() });
    }

    #[test]
    fn nothing_chosen_is_an_empty_query_string() {
        assert_eq!(ListQuery::default().to_search(None), "");
    }

    #[test]
    fn a_value_is_chosen_excluded_or_neither() {
        let mut query = ListQuery::default();
        query.toggle(Facet::Tags, "x", false);
        assert_eq!(query.chose(Facet::Tags, "x"), Some(false));
        query.toggle(Facet::Tags, "x", true);
        assert_eq!(query.chose(Facet::Tags, "x"), Some(true));
        query.toggle(Facet::Tags, "x", true);
        assert_eq!(query.chose(Facet::Tags, "x"), None);
    }

    fn choices() -> impl Strategy<Value = Vec<Choice>> {
        let name = proptest::collection::btree_map("[^-]\\PC{0,10}", (0..N_FACETS, any::<bool>()), 0..5);
        name.prop_map(|names| {
            names.into_iter().map(|(name, (facet, exclude))| Choice { facet: Facet::ALL[facet], name, exclude }).collect()
        })
    }

    proptest! {
        #[test]
        fn every_state_survives_the_url(
            q in "\\PC{0,20}",
            literal in any::<bool>(),
            choices in choices(),
            any_tag in any::<bool>(),
            sort in proptest::option::of(proptest::sample::select(Sort::ALL.to_vec())),
        ) {
            let query = ListQuery { q, literal, choices, any_tag, sort };
            prop_assert_eq!(ListQuery::parse(&query.to_search(None)), query);
        }
    }
}
