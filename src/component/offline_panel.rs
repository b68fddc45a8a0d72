//! Keeping the site on the device for reading without a network: asked for, seen to grow, repaired and removed here.

use leptos::prelude::*;

use crate::{
    component::load_error::explanation,
    copy::{Copy, OfflineCopy},
    dom::{focus, offline::Lack},
    markup::{button, dynamic_text, el},
    offline::{Failure, Offline, Purpose, State},
};

/// Id of the line that says how it stands. The focus goes there when the button that had it goes.
const WORDS: &str = "offline-words";

/// A section of the shelf's page.
pub(crate) fn offline_panel(copy: &'static Copy, offline: Offline) -> AnyView {
    let words = copy.offline;
    let state = offline.state;
    let said = dynamic_text(move || state.with(|state| words_of(copy, state)));
    let progress = move || {
        state.with(|state| match state {
            State::Keeping { n_here, n_stories, percent } => ((words.keeping)(*n_here, *n_stories), *percent),
            _ => (String::new(), 0),
        })
    };
    let bar = el("progress")
        .class("offline__bar")
        .attr("aria-label", words.progress)
        .attr("max", "100")
        .attr_from("value", move || Some(progress().1.to_string()));
    let choice = |label, is_offered: fn(&State) -> bool, act: fn(Offline)| {
        let press = move || {
            act(offline);
            focus::focus(WORDS, true);
        };
        button(press).class("button").hidden(move || !state.with(is_offered)).text(label).view()
    };
    let is_asking = |state: &State| matches!(state, State::Asking { .. });
    let is_kept = |state: &State| matches!(state, State::Kept { .. } | State::Broken(_));
    let choices = vec![
        choice(words.save, |state| matches!(state, State::Off), |offline| offline.begin(Purpose::Ask)),
        choice(words.confirm, is_asking, |offline| offline.begin(Purpose::Save)),
        choice(words.cancel, is_asking, Offline::cancel),
        choice(words.stop, |state| matches!(state, State::Keeping { .. }), Offline::stop),
        choice(words.repair, is_kept, |offline| offline.begin(Purpose::Repair)),
        choice(words.remove, is_kept, Offline::remove),
    ];
    el("section")
        .class("shelf-section")
        .attr("aria-label", words.title)
        .child(el("h2").text(words.title).view())
        .child(el("p").class("shelf-section__words").text(words.intro).view())
        .child(el("p").class("offline__words").target(WORDS).attr("role", "status").child(said).view())
        .child(
            el("div")
                .class("offline__progress")
                .hidden(move || !state.with(|state| matches!(state, State::Keeping { .. })))
                .child(bar.view())
                .child(el("span").child(dynamic_text(move || progress().0)).view())
                .view(),
        )
        .child(el("div").class("shelf-files").children(choices).view())
        .view()
}

/// How it stands. Progress is not said: a screen reader would read out every story.
fn words_of(copy: &Copy, state: &State) -> String {
    let words: &OfflineCopy = copy.offline;
    match state {
        State::Looking | State::Off | State::Keeping { .. } => String::new(),
        State::Unable(Lack::Https) => words.needs_https.to_owned(),
        State::Unable(Lack::Workers) => words.needs_worker.to_owned(),
        State::Asking { n_stories, bytes } => (words.ask)(*n_stories, *bytes),
        State::Kept { n_here, n_stories, n_fetched } => {
            let kept = (words.kept)(*n_here, *n_stories);
            n_fetched.map_or(kept.clone(), |n_fetched| format!("{kept}. {}", (words.repaired)(n_fetched)))
        }
        State::Broken(Failure::Stopped) => words.stopped.to_owned(),
        State::Broken(Failure::Load(error)) => explanation(copy, error),
        State::Broken(Failure::Differs(file)) => (words.differs)(file),
        State::Broken(Failure::Full) => words.full.to_owned(),
        State::Broken(Failure::Refused) => words.refused.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::words_of;
    use crate::{
        copy::Lang,
        data::LoadError,
        dom::offline::Lack,
        offline::{Failure, State},
    };

    #[track_caller]
    fn check(state: &State, korean: &str, english: &str) {
        for (lang, expected) in [(Lang::Ko, korean), (Lang::En, english)] {
            let said = words_of(lang.copy(), state);
            assert!(said.contains(expected) && said.is_empty() == expected.is_empty(), "{said:?}");
        }
    }

    #[test]
    fn what_is_kept_is_counted_in_stories() {
        let kept = |n_here, n_fetched| State::Kept { n_here, n_stories: 23, n_fetched };
        check(&kept(23, None), "23/23 저장됨", "23/23 saved");
        check(&kept(23, Some(0)), "23/23 저장됨. 모두 온전해요", "nothing is damaged");
        check(&kept(22, Some(2)), "22/23 저장됨. 파일 2개를 다시 받았어요", "2 files were fetched again");
        check(&State::Asking { n_stories: 23, bytes: 990_587 }, "이야기 23편과 읽고 찾는 데 필요한 파일까지 모두 1.0 MB예요", "1.0 MB");
    }

    #[test]
    fn every_failure_is_said_in_words() {
        check(&State::Unable(Lack::Https), "https 주소로 열면", "at an https address");
        check(&State::Unable(Lack::Workers), "저장할 수 없어요", "cannot save");
        check(&State::Broken(Failure::Stopped), "끝나지 않았어요", "not come to its end");
        check(&State::Broken(Failure::Load(LoadError::Status { file: "a.json".into(), status: 503 })), "503", "503");
        check(&State::Broken(Failure::Differs("a.json".into())), "a.json", "a.json");
        check(&State::Broken(Failure::Full), "자리", "room");
        check(&State::Broken(Failure::Refused), "막았어요", "not allow");
    }

    #[test]
    fn progress_is_not_read_out() {
        check(&State::Keeping { n_here: 1, n_stories: 2, percent: 50 }, "", "");
        check(&State::Off, "", "");
    }
}
