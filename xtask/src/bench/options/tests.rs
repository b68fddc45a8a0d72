//! What `bench` accepts, and what it refuses in words.
#![allow(clippy::unwrap_used)]

use super::*;

fn parse_words(line: &str) -> Result<Bench, String> {
    parse(&mut Parser::from_args(line.split_whitespace())).map_err(|error| error.to_string())
}

#[track_caller]
fn refuses(line: &str, because: &str) {
    let message = parse_words(line).unwrap_err();
    assert!(message.contains(because), "`{line}` said: {message}");
}

#[test]
fn reads_options_of_search() {
    let Ok(Bench::Search(options)) = parse_words("search --corpus ko-1k --corpus=ko-100k --engine ours,pagefind --reps 2 --keep") else {
        unreachable!()
    };
    assert_eq!(options.corpora, [Corpus::Ko1k, Corpus::Ko100k]);
    assert_eq!(options.engines, ["ours", "pagefind"]);
    assert_eq!((options.reps, options.cap, options.keep, options.readme), (2, 60, true, false));
    assert_eq!(parse_words("search"), Ok(Bench::Search(SearchOptions::default())));
}

#[test]
fn files_are_found_from_where_the_user_stands() {
    let Ok(Bench::Search(options)) = parse_words("search --corpus other/pages.jsonl.gz --queries q.jsonl") else { unreachable!() };
    let here = std::env::current_dir().unwrap();
    assert_eq!(options.corpora, [Corpus::File(here.join("other/pages.jsonl.gz"))]);
    assert_eq!(options.queries, Some(here.join("q.jsonl")));
}

#[test]
fn corpora_are_named_as_the_harness_names_them() {
    for (text, name) in [("ko-10k", "ko-10k"), ("a/final_2.jsonl.gz", "final_2"), ("wiki-ko.jsonl.gz", "wiki")] {
        assert_eq!(text.parse::<Corpus>().unwrap().name(), name);
    }
}

#[test]
fn reads_options_of_structure() {
    let expected = StructureOptions { predictions: None, steps: vec![Step::Loss, Step::Speed], readme: false };
    assert_eq!(parse_words("structure --steps loss,speed"), Ok(Bench::Structure(expected)));
}

#[test]
fn reads_options_of_ui() {
    let expected = UiOptions {
        site: Some(std::env::current_dir().unwrap().join("dist")),
        corpora: vec![UiCorpus::Generated],
        n_stories: 1000,
        n_reps: 1,
        keep: true,
    };
    assert_eq!(parse_words("ui --site dist --corpus generated --stories 1000 --reps 1 --keep"), Ok(Bench::Ui(expected)));
    assert_eq!(parse_words("ui"), Ok(Bench::Ui(UiOptions::default())));
}

#[test]
fn reads_options_of_site() {
    let expected = SiteOptions { peers: vec![Peer::Starlight], n_reps: 5, ..SiteOptions::default() };
    assert_eq!(parse_words("site --peer starlight --reps 5"), Ok(Bench::Site(expected)));
    assert_eq!(parse_words("site --peer none"), Ok(Bench::Site(SiteOptions { peers: vec![], ..SiteOptions::default() })));
    assert_eq!(parse_words("site --readme"), Ok(Bench::Site(SiteOptions { readme: true, ..SiteOptions::default() })));
}

#[test]
fn refuses_what_would_mislead() {
    refuses("", "bench what");
    refuses("iu", "no bench `iu`");
    refuses("ui --stories 0", "at least");
    refuses("ui --reps 0", "at least");
    refuses("ui --corpus ko-1k", "`ko-1k` is no corpus");
    refuses("search --corpus ko-2k", "`ko-2k` is no corpus");
    refuses("search --corpus -.jsonl.gz", "must begin");
    refuses("search --steps build,quick", "`quick` is no step");
    refuses("search --queries q.jsonl", "one --corpus");
    refuses("search --readme --steps size", "--readme");
    refuses("search --readme --corpus mine.jsonl.gz", "--readme");
    refuses("search --reps 0", "at least 1");
    refuses("search extra", "extra");
    refuses("structure --steps fast", "`fast` is no step");
    refuses("site --peer hugo", "`hugo` is no site generator");
    refuses("site --peer none --readme", "--readme");
    refuses("site --reps 0", "at least 1");
    refuses("structure --readme --steps score", "--readme");
    refuses("ui --readme", "--readme");
}

#[test]
fn help_names_every_step() {
    for step in SEARCH_STEPS.iter().chain(&["score", "loss", "speed"]) {
        assert!(HELP.contains(step), "{step}");
    }
}
