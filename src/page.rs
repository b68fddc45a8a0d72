//! The pages: each loads what it shows, and hands plain data to components.

pub(crate) mod list;
pub(crate) mod not_found;
pub(crate) mod story;
