//! The archive in memory and how it gets there.

mod error;
mod fetch;
mod library;
mod load;

pub(crate) use error::LoadError;
pub(crate) use library::{Library, load_library};
pub(crate) use load::Load;
