//! One module a command. Each returns whether everything went as asked; what did not has been printed by then.

pub(crate) mod build;
pub(crate) mod check;
pub(crate) mod import;
pub(crate) mod stats;
