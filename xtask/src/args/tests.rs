//! What the command line accepts, and what it refuses in words.
#![allow(clippy::unwrap_used)]

use super::*;

fn parse_words(line: &str) -> Result<Command, String> {
    parse(line.split_whitespace().map(OsString::from))
}

#[track_caller]
fn refuses(line: &str, because: &str) {
    let message = parse_words(line).unwrap_err();
    assert!(message.contains(because), "`{line}` said: {message}");
}

#[test]
fn reads_options_of_serve() {
    let expected = ServeOptions { release: true, port: Some(9000), corpus: Some("my/stories".into()) };
    assert_eq!(parse_words("serve --release --port 9000 --corpus my/stories"), Ok(Command::Serve(expected)));
    assert_eq!(parse_words("serve"), Ok(Command::Serve(ServeOptions::default())));
}

#[test]
fn reads_options_of_build() {
    let Command::Build(options) = parse_words("build --release --base repo --out=site --font pretendard").unwrap() else { unreachable!() };
    assert!(options.web_font);
    assert_eq!(options.base.unwrap().as_str(), "/repo/");
    assert_eq!(options.out, Some("site".into()));
}

#[test]
fn reads_options_of_dist() {
    let expected = DistOptions { target: Some("x86_64-unknown-linux-gnu".into()), out: Some("here".into()) };
    assert_eq!(parse_words("dist --target x86_64-unknown-linux-gnu --out here"), Ok(Command::Dist(expected)));
    refuses("dist --release", "release");
}

#[test]
fn collects_repeated_parts_and_engines() {
    let expected = TestOptions {
        only: vec![Part::Fmt, Part::E2e],
        engines: vec![Engine::Firefox, Engine::Webkit],
        runner_args: vec!["--nocapture".into(), "search".into()],
    };
    let line = "test --only fmt --only e2e --engine firefox --engine webkit -- --nocapture search";
    assert_eq!(parse_words(line), Ok(Command::Test(expected)));
}

#[test]
fn reads_options_of_train() {
    let expected = TrainOptions { posts: Some("posts".into()), out: None, predictions: Some("p.jsonl".into()) };
    assert_eq!(parse_words("train structure --posts posts --predictions p.jsonl"), Ok(Command::Train(expected)));
    refuses("train", "train what");
    refuses("train search", "search");
}

#[test]
fn reads_options_of_shots() {
    let expected = ShotsOptions { out: Some("pictures".into()), site: Some("dist".into()), only: vec!["home".into(), "story-c".into()] };
    assert_eq!(parse_words("shots --out pictures --site dist --only home --only story-c"), Ok(Command::Shots(expected)));
    assert_eq!(parse_words("shots"), Ok(Command::Shots(ShotsOptions::default())));
    refuses("shots home", "home");
}

#[test]
fn help_wins_wherever_it_stands() {
    for line in ["--help", "-h", "help", "serve --help", "test --only nonsense --help"] {
        assert_eq!(parse_words(line), Ok(Command::Help(HELP)), "{line}");
    }
    assert_eq!(parse_words("bench --help"), Ok(Command::Help(bench::HELP)));
    assert_eq!(parse_words("bench search --reps none -h"), Ok(Command::Help(bench::HELP)));
}

#[test]
fn refuses_what_it_does_not_know() {
    refuses("", "which command");
    refuses("sreve", "no command `sreve`");
    refuses("serve --fast", "--fast");
    refuses("serve --port many", "many");
    refuses("test --only lint", "lint");
    refuses("test --engine ie", "ie");
    refuses("tidy extra", "extra");
    refuses("bench", "bench what");
    refuses("bench search --corpus ko-2k", "ko-2k");
    refuses("serve -- --open", "only `test`");
    refuses("build --base /a\"b/", "base");
    refuses("build --font batang", "pretendard");
}

#[test]
fn help_names_every_part_and_engine() {
    for part in Part::ALL {
        assert!(HELP.contains(part.name()), "{}", part.name());
    }
    for engine in Engine::ALL {
        assert!(HELP.contains(engine.name()), "{}", engine.name());
    }
}
