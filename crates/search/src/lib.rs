//! Korean search: every term is a key of jamo in one sorted dictionary, and every way of typing it is a way of reading that dictionary.
//!
//! ```text
//! Document → token → lemma (build) → dictionary + postings → bytes → Index
//! typed text → Query (query) → candidate terms (ladder) → scored documents (score) → marks and snippets (matcher, snippet)
//! ```
//!
//! Pure: no I/O, clock, DOM or global state; native code and wasm read the same bytes. The reader is always there, the writer
//! behind the feature `build`.

#[cfg(feature = "build")]
mod build;
mod index;
mod ladder;
mod matcher;
mod order;
mod query;
mod results;
mod rung;
mod score;
mod snippet;
mod sound;
mod start;
mod suggest;
mod token;

#[cfg(feature = "build")]
pub use build::{Document, IndexConfig, IndexWriter, KeyTerm, KeyTerms, ShardFile};
pub use hangul::{Josa, josa};
pub use index::{DocSet, FORMAT_VERSION, FacetCount, FacetKind, Index, IndexError, ShardId};
pub use matcher::Matcher;
pub use order::{best_first, sort_by_number};
pub use query::{Query, Remark, parse_query};
pub use results::{Hit, SearchOptions, SearchResults, TermMatch};
pub use rung::Rung;

pub use snippet::{Snippet, SnippetConfig, snippet};
pub use start::Start;
pub use suggest::Completion;

#[cfg(all(test, feature = "build"))]
mod tests;
