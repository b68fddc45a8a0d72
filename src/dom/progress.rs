//! How far a reader is in the story on screen.

use leptos::prelude::*;

/// What holds a story's text, once it is there.
const BODY: &str = ".body:not(:has(> .loading, > .load-error))";

/// The line where eyes rest, as a share of the screen. Less marks a section later than it is read, more marks the next one of short sections.
const EYES: f64 = 0.2;

/// A place in a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// How much of the text has been on screen, in hundredths.
    pub(crate) percent: u32,
    /// Position, among the ids asked for, of the last one that the reader has come to: above the line where eyes rest.
    pub(crate) current: Option<usize>,
}

/// Where the reader is now. `ids` are elements in reading order. Cost: one look at the layout for each id.
fn measure(ids: &[String]) -> Progress {
    let Some(body) = document().query_selector(BODY).ok().flatten() else { return Progress::default() };
    let area = body.get_bounding_client_rect();
    let screen = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    let seen = (screen - area.top()) / area.height().max(1.0);
    let is_above =
        |id: &String| document().get_element_by_id(id).is_some_and(|element| element.get_bounding_client_rect().top() < EYES * screen);
    // Ids stand in reading order: the last one above is before the first one below.
    let n_above = ids.iter().take_while(|id| is_above(id)).count();
    Progress { percent: (seen * 100.0).clamp(0.0, 100.0) as u32, current: n_above.checked_sub(1) }
}

/// Keeps `progress` in step with scrolling until the current owner goes: at most once a frame.
pub(crate) fn follow(ids: Signal<Vec<String>>, progress: RwSignal<Progress>) {
    let waiting = StoredValue::new(false);
    let look = move || {
        if waiting.try_get_value() != Some(false) {
            return;
        }
        waiting.set_value(true);
        request_animation_frame(move || {
            // The page may be gone by now.
            if waiting.try_set_value(false).is_some() {
                return;
            }
            if let Some(now) = ids.try_with_untracked(|ids| measure(ids))
                && progress.try_get_untracked().is_some_and(|before| before != now)
            {
                progress.try_set(now);
            }
        });
    };
    let handles = ["scroll", "resize"].map(|event| window_event_listener_untyped(event, move |_| look()));
    on_cleanup(move || handles.into_iter().for_each(WindowListenerHandle::remove));
    crate::task::effect(move || {
        ids.track();
        look();
    });
}
