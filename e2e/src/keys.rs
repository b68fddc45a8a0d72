//! Keys as WebDriver spells them (W3C WebDriver, "Keyboard actions", the table of normalised key values).

/// Takes back one character.
pub const BACKSPACE: &str = "\u{E003}";
/// Moves to the next element that takes focus.
pub const TAB: &str = "\u{E004}";
/// Enters.
pub const ENTER: &str = "\u{E007}";
/// Leaves or clears.
pub const ESCAPE: &str = "\u{E00C}";
/// Held down with another key.
pub const CONTROL: &str = "\u{E009}";
/// Space, for checkboxes and buttons.
pub const SPACE: &str = "\u{E00D}";
/// One up.
pub const ARROW_UP: &str = "\u{E013}";
/// One down.
pub const ARROW_DOWN: &str = "\u{E015}";
/// One to the left.
pub const ARROW_LEFT: &str = "\u{E012}";
/// One to the right.
pub const ARROW_RIGHT: &str = "\u{E014}";
