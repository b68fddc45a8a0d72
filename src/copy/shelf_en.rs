//! The shelf, English.

use super::ShelfCopy;
use crate::shelf::model::{Color, Column};

fn column(column: Column) -> &'static str {
    match column {
        Column::ToRead => "To read",
        Column::Reading => "Reading",
        Column::Done => "Finished",
    }
}

fn color(color: Color) -> &'static str {
    match color {
        Color::Yellow => "Yellow",
        Color::Green => "Green",
        Color::Blue => "Blue",
        Color::Pink => "Pink",
    }
}

pub(super) const COPY: ShelfCopy = ShelfCopy {
    shelf: "Shelf",
    pages: "On the shelf",
    board: "Board",
    intro: "A place of your own without an account, on this device only. “Put on the shelf” on a story brings it here.",
    opening: "Opening the shelf",
    column,
    column_empty: |column| match column {
        Column::ToRead => "Put stories here to read them later.",
        Column::Reading => "A story of your shelf moves here when you begin to read it.",
        Column::Done => "A place for what you have finished.",
    },
    put: "Put on the shelf",
    on_shelf: "Place on the shelf",
    put_into: |title, to| format!("“{title}” is now in “{}”", column(to)),
    taken_off: |title| format!("“{title}” was taken off the shelf"),
    take_off: "Take off",
    take_off_name: |title| format!("Take “{title}” off the shelf"),
    handle: |title| format!("Move “{title}”"),
    handle_help: "Drag a story, or press the left and right arrow keys on its move button.",
    to_left: |title| format!("Move “{title}” one column left"),
    to_right: |title| format!("Move “{title}” one column right"),
    vanished: "This story is not in the archive any more",
    percent: |percent| format!("{percent}% read"),
    to_continue: "Continue reading",
    history: "History",
    history_empty: "Nothing read yet. A story is listed once you are past a tenth of it.",
    forget: "Remove",
    forget_name: |title| format!("Remove “{title}” from the history"),
    forgotten: |title| format!("“{title}” was removed from the history"),
    clear_history: "Clear the history",
    cleared_history: "History and reading positions were cleared",
    undo: "Undo",
    undone: "Undone",
    close: "Close",
    keeping: "Where this is kept",
    keeping_where: "The shelf is in this browser only and is sent nowhere. So it goes when you clear the browser's data or change devices. Export what you want to keep for long.",
    keeping_promised: "The browser has promised not to remove it when space gets short.",
    keeping_unpromised: "The browser may remove it by itself when space gets short or you have not been here for long.",
    export_json: "Export as JSON",
    export_markdown: "Export as Markdown",
    import: "Import a file",
    imported: |n_new, n_damaged| {
        let read = match n_new {
            0 => "There is nothing new in this file".to_owned(),
            1 => "1 record imported".to_owned(),
            n => format!("{n} records imported"),
        };
        if n_damaged == 0 { read } else { format!("{read}; {n_damaged} could not be read and were left out") }
    },
    import_not_ours: "This file was not exported from a shelf. Nothing was changed.",
    import_newer: "A newer version of this site wrote this file. Reload the page and try again.",
    import_unreadable: "The file could not be read.",
    blocked: "This browser blocks storage. What you put here is gone when you close this window. Export it to keep it.",
    full: "There is no room left. Your last changes are gone when you close this window. Export them to keep them.",
    newer: "A newer version of this site keeps its shelf in this browser. Please reload the page; until then nothing is kept.",
    damaged: |n| format!("{n} of the stored records cannot be read. They were left as they are."),
    notes: "Notes",
    n_notes: |n| match n {
        0 => "No notes".to_owned(),
        1 => "1 note".to_owned(),
        n => format!("{n} notes"),
    },
    notes_empty: "Select text in a story to highlight it or to add a note. It will be listed here.",
    notes_search: "Search notes",
    notes_none: |words| format!("No note has “{words}”"),
    story_notes: "Notes on this story",
    passage_bar: "Selected text",
    colors: "Colour",
    color,
    highlighted: |of| format!("Highlighted in {}", color(of).to_lowercase()),
    write_note: "Add a note",
    edit_note: "Edit note",
    note_field: "Note",
    save: "Save",
    cancel: "Cancel",
    note_saved: "Note saved",
    copy_link: "Copy link",
    link_copied: "Copied a link to this passage",
    copy_quote: "Copy quotation",
    quote_copied: "Copied the quotation with its title",
    copy_failed: "Could not copy: the browser does not allow it",
    remove_note: "Remove",
    note_removed: "Note removed",
    go_to: "Show in the story",
    not_found: "Not found in the story",
    passage_gone: "The passage that the link names is not in this story",
};
