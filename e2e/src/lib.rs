//! Reads the built archive in real browsers, the way a reader does: by what elements are and what they are called, never by where they stand.
//!
//! ```text
//! suite (tests/suite)   scenarios × engines
//!   visit       one scenario's fresh start: a server of its own, a fresh window, the verdict at the end
//!     page      find by role and name, wait, press, look at the whole page when something is missing
//!       session   WebDriver commands
//!       devtools  what only Chromium's driver offers, for pictures and measurements
//!     server    the static host; can lose, break or hold back a file
//!     console   what the page complained about
//!     axe       accessibility rules
//!   browser     a driver process and its session, started once per engine
//!   archive     what the built site contains, read from its files
//!
//! src/bin/shots, src/bin/bench_ui   pictures and measurements of the same site, started by `cargo xtask shots` and `bench ui`
//! ```
//!
//! Nothing here knows how the app is written: no selector of its style sheet, no function of its code.

pub mod archive;
pub mod axe;
pub mod browser;
pub mod console;
pub mod devtools;
pub mod engine;
pub mod keys;
pub mod locator;
pub mod page;
pub mod process;
pub mod server;
pub mod session;
pub mod visit;

pub use engine::Engine;
pub use locator::{Locator, role};
pub use page::Page;
pub use visit::Visit;

/// What a scenario ends in: nothing to say, or what a reader would have missed.
pub type Outcome = anyhow::Result<()>;
