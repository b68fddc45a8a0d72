//! The corpus format: what a story is, what the files of a published archive hold, and what is wrong with a story.
//!
//! Data and pure checks only. Reading Markdown or saved pages is `import`'s work, writing files `cli`'s, fetching them
//! the app's. Everything here compiles to wasm, so dependencies stay at serde; JSON Schemas are behind the `schema` feature.

mod block;
mod check;
mod code;
mod cover;
mod decode;
mod json;
mod manifest;
mod offline;
mod problem;
#[cfg(feature = "schema")]
mod schema;
mod section;
mod slug;
mod source_map;
mod story;
mod text;

pub use block::{Block, Inline, ListItem, Reference, is_safe_href};
pub use check::{Aliases, Edit, Finding, WALL_CHARS, check_corpus, check_story, examine};
pub use code::{CodeTokens, TokenKind};
pub use cover::{CoverFacts, cover_svg};
pub use decode::{decode_cards, decode_manifest, decode_offline, decode_story};
pub use json::{JsonError, Value as JsonValue, parse as parse_json};
pub use manifest::{Card, FORMAT_VERSION, FileRef, Manifest, Site};
pub use offline::{OFFLINE_VERSION, OfflineFile, OfflineList, STORY_FOLDER};
pub use problem::{Problem, Severity};
#[cfg(feature = "schema")]
pub use schema::json_schemas;
pub use section::Section;
pub use slug::{Slug, SlugError};
pub use source_map::SourceMap;
pub use story::{Built, Related, Series, Story};
pub use text::{inline_text, reading_minutes};
