//! Readers of the forms in which people keep stories: text in, stories and problems out.
//!
//! ```text
//! bytes → decode → saved_page → recover (blocks of a glued body) → Story → markdown::write → a file that a publisher edits
//! bytes → decode → markdown::read → Story and the lines of its parts → corpus::check_story
//! ```
//!
//! Every reader collects problems with file, line and fix instead of stopping at the first. No files are opened or written here:
//! that is `cli`'s work.

pub mod decode;
pub mod markdown;
pub mod recover;
pub mod saved_page;
