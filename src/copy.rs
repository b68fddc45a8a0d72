//! Every word of the interface, in Korean and in English. Views hold none.
//!
//! A sentence with something in it is a function, so that each language can order and inflect it; Korean particles are
//! picked by the word before them (`search::josa`), never written as `을(를)`.

mod design;
mod en;
mod ko;
mod offline;
mod shelf;
mod shelf_en;
mod shelf_ko;

use corpus::{Section, Site};

use crate::{facet::Facet, prefs::Look, query::Sort};
pub(crate) use design::DesignCopy;
pub(crate) use offline::OfflineCopy;
pub(crate) use shelf::ShelfCopy;

/// Languages of the interface. The stories' own language is theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    /// 한국어.
    Ko,
    /// English.
    En,
}

impl Lang {
    /// BCP 47 tag.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Ko => "ko",
            Self::En => "en",
        }
    }

    /// The language of a BCP 47 tag; anything that is not English is read as Korean.
    pub(crate) fn parse(tag: &str) -> Self {
        if tag.starts_with("en") { Self::En } else { Self::Ko }
    }

    /// The words of the language.
    pub(crate) fn copy(self) -> &'static Copy {
        match self {
            Self::Ko => &ko::COPY,
            Self::En => &en::COPY,
        }
    }
}

impl Copy {
    /// The archive's name: what its publisher says in `site.toml`; the interface's own word where the publisher says nothing.
    pub(crate) fn site_title<'a>(&self, site: &'a Site) -> &'a str {
        if site.title == Site::default().title { self.site } else { &site.title }
    }

    /// The line under the name, chosen in the same way.
    pub(crate) fn site_tagline<'a>(&self, site: &'a Site) -> &'a str {
        if site.tagline == Site::default().tagline { self.tagline } else { &site.tagline }
    }
}

/// The words of one language.
pub(crate) struct Copy {
    pub(crate) site: &'static str,
    pub(crate) tagline: &'static str,
    pub(crate) skip_to_content: &'static str,
    pub(crate) sections: &'static str,
    pub(crate) section: fn(Section) -> &'static str,
    pub(crate) search_label: &'static str,
    pub(crate) search_hint: &'static str,
    pub(crate) clear_search: &'static str,
    pub(crate) suggestions: &'static str,
    pub(crate) clear_recent: &'static str,
    pub(crate) story: &'static str,
    pub(crate) matches: &'static str,
    pub(crate) match_place: fn(Option<u32>, u32) -> String,
    pub(crate) previous_match: &'static str,
    pub(crate) next_match: &'static str,
    pub(crate) settings: &'static str,
    pub(crate) look: fn(Look) -> &'static str,
    pub(crate) look_value: fn(&str) -> &'static str,
    pub(crate) language: &'static str,
    pub(crate) n_stories: fn(usize) -> String,
    pub(crate) filters: &'static str,
    pub(crate) tags: &'static str,
    pub(crate) companies: &'static str,
    pub(crate) more_values: &'static str,
    pub(crate) fewer_values: &'static str,
    pub(crate) facet: fn(Facet) -> &'static str,
    pub(crate) find_value: fn(&str) -> String,
    pub(crate) exclude_value: fn(&str) -> String,
    pub(crate) remove_choice: fn(&str) -> String,
    pub(crate) remove_excluded: fn(&str) -> String,
    pub(crate) every_tag: &'static str,
    pub(crate) any_tag: &'static str,
    pub(crate) minutes_range: fn(u64, Option<u64>) -> String,
    pub(crate) views_range: fn(u64, Option<u64>) -> String,
    pub(crate) topic_sum: fn(usize, u32, &str) -> String,
    pub(crate) topic_beside: fn(Facet) -> &'static str,
    pub(crate) companies_alike: &'static str,
    pub(crate) remove_all: &'static str,
    pub(crate) active_filters: &'static str,
    pub(crate) sort: &'static str,
    pub(crate) sort_name: fn(Sort) -> &'static str,
    pub(crate) story_list: &'static str,
    pub(crate) views: fn(&str) -> String,
    pub(crate) minutes: fn(u32) -> String,
    pub(crate) series_part: fn(&str, Option<u32>) -> String,
    pub(crate) show_more: fn(usize) -> String,
    pub(crate) found_as: fn(&str, &str) -> String,
    pub(crate) found_nowhere: fn(&str) -> String,
    pub(crate) literal: &'static str,
    pub(crate) not_literal: &'static str,
    pub(crate) without_word: fn(&str) -> String,
    pub(crate) search_everywhere: &'static str,
    pub(crate) nothing_found: &'static str,
    pub(crate) nothing_found_for: fn(&str) -> String,
    pub(crate) nothing_found_filtered: &'static str,
    pub(crate) nothing_in_section: &'static str,
    pub(crate) all_stories: &'static str,
    pub(crate) title_search: fn(&str) -> String,
    pub(crate) story_moves: &'static str,
    pub(crate) back_to_list: &'static str,
    pub(crate) previous_story: &'static str,
    pub(crate) next_story: &'static str,
    pub(crate) related: &'static str,
    pub(crate) related_tags: &'static str,
    pub(crate) related_words: &'static str,
    pub(crate) contents: &'static str,
    pub(crate) close: &'static str,
    pub(crate) progress: &'static str,
    pub(crate) minutes_left: fn(u32) -> String,
    pub(crate) reading_tools: &'static str,
    pub(crate) find_here: &'static str,
    pub(crate) find_in_story: &'static str,
    pub(crate) listen: &'static str,
    pub(crate) listen_pause: &'static str,
    pub(crate) listen_on: &'static str,
    pub(crate) listen_end: &'static str,
    pub(crate) listen_rate: &'static str,
    pub(crate) listen_place: fn(usize, usize) -> String,
    pub(crate) listen_no_voice: &'static str,
    pub(crate) listen_failed: &'static str,
    pub(crate) focus_mode: &'static str,
    pub(crate) print: &'static str,
    pub(crate) shortcuts: &'static str,
    pub(crate) keys: [&'static str; 13],
    pub(crate) wrap_lines: &'static str,
    pub(crate) original: &'static str,
    pub(crate) original_help: &'static str,
    pub(crate) heading_link: &'static str,
    pub(crate) copy_code: &'static str,
    pub(crate) copied: &'static str,
    pub(crate) copy_failed: &'static str,
    pub(crate) table: &'static str,
    pub(crate) references: &'static str,
    pub(crate) note: fn(&str) -> String,
    pub(crate) new_window: &'static str,
    pub(crate) unknown_story: &'static str,
    pub(crate) unknown_story_help: &'static str,
    pub(crate) unknown_page: &'static str,
    pub(crate) unknown_page_help: &'static str,
    pub(crate) to_home: &'static str,
    pub(crate) loading: &'static str,
    pub(crate) retry: &'static str,
    pub(crate) load_failed: &'static str,
    pub(crate) load_failed_network: fn(&str) -> String,
    pub(crate) load_failed_status: fn(&str, u16) -> String,
    pub(crate) load_failed_content: fn(&str, &str) -> String,
    pub(crate) search_failed: &'static str,
    pub(crate) design: &'static DesignCopy,
    pub(crate) shelf: ShelfCopy,
    pub(crate) offline: &'static OfflineCopy,
}

#[cfg(test)]
mod tests {
    use corpus::Site;

    use super::Lang;

    #[test]
    fn a_publisher_names_the_archive_and_else_the_interface_does() {
        let own = Site { title: "우리 글".into(), ..Site::default() };
        for lang in [Lang::Ko, Lang::En] {
            let copy = lang.copy();
            assert_eq!((copy.site_title(&own), copy.site_tagline(&own)), ("우리 글", copy.tagline));
            assert_eq!(copy.site_title(&Site::default()), copy.site);
        }
    }
}
