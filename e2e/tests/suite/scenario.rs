//! What a scenario is: a name, what the reader does, and where the archive lies.

use e2e::{Outcome, Visit};

/// One thing that a reader does, and what they must see.
#[derive(Clone, Copy)]
pub(crate) struct Scenario {
    /// What works, as a sentence: the name of the function.
    pub(crate) name: &'static str,
    /// Where the archive lies on its host.
    pub(crate) prefix: &'static str,
    /// What the reader does.
    pub(crate) run: fn(&Visit<'_>) -> Outcome,
}

/// Scenarios of functions, at the root of their host or `below` a prefix.
macro_rules! scenarios {
    (below $prefix:literal: $($function:ident),+ $(,)?) => {
        vec![$($crate::scenario::Scenario { name: stringify!($function), prefix: $prefix, run: $function }),+]
    };
    ($($function:ident),+ $(,)?) => { $crate::scenario::scenarios![below "/": $($function),+] };
}
pub(crate) use scenarios;
