//! Parts of pages. They take plain data and signals, and know neither fetch nor storage.

pub(crate) mod block_view;
pub(crate) mod code_block;
pub(crate) mod cover;
pub(crate) mod density_switch;
pub(crate) mod empty_result;
pub(crate) mod facet_group;
pub(crate) mod filter_chips;
pub(crate) mod filter_panel;
pub(crate) mod footer;
pub(crate) mod header;
pub(crate) mod inline_view;
pub(crate) mod load_error;
pub(crate) mod loading;
pub(crate) mod marked;
pub(crate) mod match_bar;
pub(crate) mod search_box;
pub(crate) mod section_nav;
pub(crate) mod settings;
pub(crate) mod sort_menu;
pub(crate) mod story_card;
pub(crate) mod story_list;
pub(crate) mod story_meta;
pub(crate) mod story_moves;
pub(crate) mod suggestions;
pub(crate) mod tag_list;
pub(crate) mod topic_facts;
