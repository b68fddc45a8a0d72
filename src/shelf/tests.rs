//! What has to hold of the shelf as a whole: merging, storing, undoing.

use corpus::Slug;
use proptest::prelude::*;

use super::{
    anchor::Quote,
    codec::{ImportError, VERSION, decode_file, decode_record, encode_file, encode_record},
    markdown::{Labels, markdown, quotation},
    model::{Color, Column, Entry, Facts, Key, Model, Note, Passage, Place, Record},
    stamp::Stamped,
};

fn slug(name: &str) -> Slug {
    Slug::from_title(name)
}

fn facts(title: &str) -> Option<Facts> {
    Some(Facts { title: title.into(), company: "회사".into() })
}

fn place(block: u32) -> Place {
    Place { block, percent: 40, words: "어느 문단의".into() }
}

fn passage(story: &str, exact: &str, words: &str) -> Passage {
    Passage {
        slug: slug(story),
        facts: Facts { title: story.into(), company: "회사".into() },
        quote: Quote { exact: exact.into(), before: "앞".into(), after: "뒤".into(), block: 3 },
        color: Color::Blue,
        words: words.into(),
        made: 5,
    }
}

fn titles(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(Entry::title).collect()
}

/// Records as a set, for comparing shelves whatever the order.
fn kept(model: &Model) -> Vec<String> {
    let mut records: Vec<String> = model.records().iter().map(encode_record).collect();
    records.sort();
    records
}

fn merged(parts: &[&[Record]]) -> Model {
    let mut model = Model::default();
    for record in parts.iter().copied().flatten() {
        model.merge(record.clone());
    }
    model
}

fn any_stamped<T: Clone + std::fmt::Debug + 'static>(value: impl Strategy<Value = T> + 'static) -> BoxedStrategy<Stamped<T>> {
    (0_u64..6, proptest::option::of(value))
        .prop_map(|(at, value)| if at == 0 { Stamped { at: 0, value: None } } else { Stamped { at, value } })
        .boxed()
}

fn any_record() -> impl Strategy<Value = Record> {
    let column = any_stamped(proptest::sample::select(&Column::ALL[..]));
    let place = any_stamped((0_u32..3).prop_map(place));
    let visit = any_stamped(1_u64..4);
    let story = (proptest::sample::select(&["가", "나"][..]), column, place, visit).prop_map(|(name, column, place, visit)| {
        Record::Entry(Entry { slug: slug(name), facts: Stamped { at: 1, value: facts(name) }, column, place, visit })
    });
    let words = proptest::sample::select(&["", "메모 \"하나\"\n\t둘"][..]);
    let passage = any_stamped(words.prop_map(|words| passage("가", "글", words)));
    let note =
        (proptest::sample::select(&["a1", "b2"][..]), passage).prop_map(|(id, passage)| Record::Note(Note { id: id.into(), passage }));
    prop_oneof![4 => story, 3 => note, 1 => (1_u64..6).prop_map(Record::Cleared)]
}

proptest! {
    #[test]
    fn merging_is_the_same_in_any_order(
        a in proptest::collection::vec(any_record(), 0..6),
        b in proptest::collection::vec(any_record(), 0..6),
        c in proptest::collection::vec(any_record(), 0..6),
    ) {
        let expected = kept(&merged(&[&a, &b, &c]));
        for order in [[&a, &c, &b], [&b, &a, &c], [&b, &c, &a], [&c, &a, &b], [&c, &b, &a]] {
            prop_assert_eq!(kept(&merged(&order.map(Vec::as_slice))), expected.clone());
        }
        // A shelf that was merged first gives the same as its parts, and nothing comes of merging twice.
        let both = merged(&[&a, &b]).records();
        prop_assert_eq!(kept(&merged(&[&both, &c, &both])), expected);
    }

    #[test]
    fn what_is_stored_is_read_again(record in any_record()) {
        let text = encode_record(&record);
        prop_assert_eq!(decode_record(&text), Some(record), "{}", text);
    }

    #[test]
    fn a_file_holds_everything(records in proptest::collection::vec(any_record(), 0..8)) {
        let model = merged(&[&records]);
        let file = decode_file(&encode_file(&model.records())).unwrap();
        prop_assert_eq!(file.n_damaged, 0);
        prop_assert_eq!(kept(&merged(&[&file.records])), kept(&model));
    }

    #[test]
    fn damaged_text_is_no_record(text in "\\PC{0,40}|\\{\"(story|note)\":\"[a-z]{0,2}\"(,\"(facts|column|passage)\":[{}\"a:0-9]{0,9})?\\}") {
        let _ = decode_record(&text);
        let _ = decode_file(&text);
    }
}

/// A file of every version of the records that was ever written, and what is in it.
const FIXTURES: [&str; VERSION as usize] = [include_str!("fixtures/v1.json")];

#[test]
fn every_version_can_still_be_read() {
    for (fixture, version) in FIXTURES.iter().zip(1..) {
        assert!(fixture.contains(&format!("\"version\":{version},")), "fixture {version} is of another version");
        let file = decode_file(fixture).unwrap();
        assert_eq!(file.n_damaged, 0);
        let model = merged(&[&file.records]);
        assert_eq!(titles(&model.on_shelf(Column::Reading)), ["Kafka 모니터링"]);
        assert_eq!(titles(&model.on_shelf(Column::ToRead)), ["사라진 \"이야기\""]);
        assert_eq!(model.n_on_shelf(), 2, "one was taken off again");
        assert_eq!(titles(&model.history()), ["Kafka 모니터링"]);
        let [(_, note)] = &*model.notes_of(&slug("Kafka 모니터링")) else { panic!("one note and one that was removed") };
        assert_eq!((&*note.quote.exact, &*note.words, note.color), ("지연을 본다", "우리도\n이렇게", Color::Green));
    }
    // What this version writes of the newest fixture is that fixture: a change of the form is a change of the version.
    let newest = FIXTURES[FIXTURES.len() - 1];
    assert_eq!(encode_file(&decode_file(newest).unwrap().records), newest);
}

#[test]
fn files_of_others_and_of_later_versions_are_refused() {
    for text in ["", "[]", "{}", "{\"kind\":\"story-home-shelf\"}", "{\"kind\":\"x\",\"version\":1,\"records\":[]}", "plain text"] {
        assert_eq!(decode_file(text), Err(ImportError::NotAShelf), "{text}");
    }
    let later = format!("{{\"kind\":\"story-home-shelf\",\"version\":{},\"records\":[]}}", VERSION + 1);
    assert_eq!(decode_file(&later), Err(ImportError::Newer));
}

#[test]
fn one_damaged_record_costs_no_other() {
    let good = encode_record(&Record::Cleared(7));
    let text = format!("{{\"kind\":\"story-home-shelf\",\"version\":1,\"records\":[{{\"story\":\"A/b\"}},{good},{{\"note\":\"x y\"}},3]}}");
    let file = decode_file(&text).unwrap();
    assert_eq!((file.records, file.n_damaged), (vec![Record::Cleared(7)], 3));
}

#[test]
fn reading_moves_a_waiting_story_and_leaves_others_where_they_are() {
    let mut model = Model::default();
    for (name, column) in [("가", Column::ToRead), ("나", Column::Done)] {
        model.put(&slug(name), facts(name), Some(column), 10);
    }
    for name in ["가", "나", "다"] {
        model.read(&slug(name), facts(name).unwrap(), place(4), 20);
    }
    assert_eq!(["가", "나", "다"].map(|name| model.column(&slug(name))), [Some(Column::Reading), Some(Column::Done), None]);
    assert_eq!(titles(&model.to_continue()), ["가", "다"], "what is done is not to be continued");
    assert_eq!(titles(&model.history()), ["가", "나", "다"]);
}

#[test]
fn undo_brings_back_what_was_removed_even_after_clearing() {
    let mut model = Model::default();
    model.put(&slug("가"), facts("가"), Some(Column::ToRead), 10);
    model.read(&slug("나"), facts("나").unwrap(), place(2), 20);
    model.note("n1", Some(passage("가", "글", "생각")), 30);
    let before = model.records();
    let shown = |model: &Model| (model.on_shelf(Column::ToRead).len(), model.history().len(), model.n_notes());
    assert_eq!(shown(&model), (1, 1, 1));

    model.put(&slug("가"), None, None, 40);
    model.note("n1", None, 40);
    // The clock was put back in between.
    model.clear_history(15);
    assert_eq!(shown(&model), (0, 0, 0));
    assert!(!encode_file(&model.records()).contains("생각"), "what was removed is gone");

    model.restore(before.clone(), 16);
    assert_eq!(shown(&model), (1, 1, 1));
    assert_eq!(model.entry(&slug("나")).unwrap().place.value, Some(place(2)));
    assert_eq!(model.history()[0].visit.value, Some(20), "the time of reading is what it was");
    // An old copy of the shelf takes nothing back.
    assert_eq!(shown(&merged(&[&model.records(), &before])), (1, 1, 1));
}

#[test]
fn a_removal_here_outlives_an_older_copy_from_there() {
    let mut model = Model::default();
    model.note("n1", Some(passage("가", "글", "")), 10);
    model.put(&slug("가"), facts("가"), Some(Column::ToRead), 10);
    let copy = model.records();
    model.note("n1", None, 20);
    model.put(&slug("가"), None, None, 20);
    for record in copy {
        model.merge(record);
    }
    assert_eq!((model.n_notes(), model.n_on_shelf()), (0, 0));
}

#[test]
fn only_what_changed_is_written() {
    let mut model = Model::default();
    model.put(&slug("가"), facts("가"), Some(Column::ToRead), 10);
    model.note("n1", Some(passage("가", "글", "")), 10);
    assert_eq!(model.take_dirty(), [Key::Entry(slug("가")), Key::Note("n1".into())]);
    assert_eq!(model.take_dirty(), []);
    let records = model.records();
    assert!(records.into_iter().all(|record| !model.merge(record)), "nothing new in one's own records");
    assert_eq!(model.take_dirty(), []);
    model.read(&slug("나"), facts("나").unwrap(), place(1), 20);
    model.take_dirty();
    model.clear_history(30);
    assert_eq!(model.take_dirty(), [Key::Entry(slug("나")), Key::Cleared]);
    assert_eq!(model.record(&Key::Entry(slug("나"))), None, "a story that was only read leaves nothing behind");
}

#[test]
fn notes_are_found_by_any_of_their_words() {
    let mut model = Model::default();
    model.note("n1", Some(passage("Kafka 모니터링", "지연을 본다", "우리 팀도")), 1);
    model.note("n2", Some(passage("가나다", "다른 글", "")), 2);
    let found = |words: &str| model.find_notes(words).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(found(""), ["n1", "n2"]);
    assert_eq!(found("kafka 지연"), ["n1"]);
    assert_eq!(found("우리 팀"), ["n1"]);
    assert_eq!(found("회사"), ["n1", "n2"]);
    assert_eq!(found("지연 없음"), [""; 0]);
}

#[test]
fn markdown_has_everything_and_escapes_what_is_not_markup() {
    let mut model = Model::default();
    model.put(&slug("가"), facts("[가] *강조*"), Some(Column::Done), 10);
    model.read(&slug("가"), facts("[가] *강조*").unwrap(), place(1), 20);
    model.note("n1", Some(passage("가", "1 < 2_3", "내 **생각**")), 30);
    let labels = Labels { title: "서재", columns: ["읽을 글", "읽는 중", "다 읽음"], notes: "메모", history: "기록" };
    let text = markdown(&model, &labels, |time| format!("T{time}"), |slug| format!("https://a.b/story/{slug}"));
    let expected = "# 서재\n\n## 다 읽음\n\n- [\\[가\\] \\*강조\\*](https://a.b/story/가) · 회사\n\n## 메모\n\n### [가](https://a.b/story/가)\n\n\
                    > 1 \\< 2\\_3\n\n내 **생각**\n\n## 기록\n\n- [\\[가\\] \\*강조\\*](https://a.b/story/가) · 회사 (T20)\n";
    assert_eq!(text, expected);
    assert_eq!(quotation(&passage("가", "글", ""), "https://a.b"), "“글”\n— 가, 회사\nhttps://a.b\n");
}
