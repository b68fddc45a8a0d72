//! Pictures of a whole site: which there are, that they stay, and what one looks like to a program.
#![allow(clippy::unwrap_used)]

use std::fs;

use super::{Font, Poster, font, picture, png};
use crate::publish::{folder::files_below, tests::Built};

fn poster(title: &str) -> Poster {
    let cover = corpus::cover_svg(&corpus::CoverFacts { company: Some("스포카"), title, tags: &[], n_chars: 4000 });
    Poster { cover, title: title.to_owned(), owner: Some("스포카".into()), site: "우리 글".into() }
}

#[test]
fn the_same_facts_give_the_same_small_file() {
    let file = font::unpacked().unwrap();
    let font = Font::new(&file).unwrap();
    for title in [
        "칸반",
        "",
        "아주 긴 제목이라도 세 줄 안에 들어가야 하므로 끝을 줄이고 말줄임표를 붙이는 이야기, 그리고 또 그리고 또 그 다음 이야기까지",
    ] {
        let drawn = poster(title).draw(&font).unwrap();
        assert_eq!(drawn, poster(title).draw(&font).unwrap());
        assert_eq!(&drawn[16..24], [0, 0, 4, 0xb0, 0, 0, 2, 0x76], "1200 by 630");
        assert!(drawn.len() < 60_000, "{title}: {} bytes", drawn.len());
    }
}

#[test]
fn what_stands_in_a_picture_names_it() {
    assert_eq!(picture(&poster("칸반")), picture(&poster("칸반")));
    assert_ne!(picture(&poster("칸반")).path, picture(&poster("칸반 2")).path);
    assert_eq!(picture(&poster("칸반")).alt, "칸반 · 스포카 · 우리 글");
}

#[test]
fn pages_name_pictures_that_are_there() {
    let built = Built::new("title = \"우리 글\"\nbase_url = \"https://a.kr/repo\"\n");
    let html = |path: &str| fs::read_to_string(built.out().join(path)).unwrap();
    let named =
        |path: &str| html(path).split_once("og:image\" content=\"https://a.kr/repo/").unwrap().1.split('"').next().unwrap().to_owned();
    let (home, story) = (named("index.html"), named("story/좋은-글.html"));
    assert_ne!(home, story);
    assert_eq!(named("feed.html"), home);
    assert!(!html("404.html").contains("og:image"));
    for path in [&home, &story] {
        assert!(fs::read(built.out().join(path)).unwrap().ends_with(png::END));
    }
    assert!(html("story/좋은-글.html").contains("<meta property=\"og:image:alt\" content=\"좋은 글 · 스포카 · 우리 글\">"));
    assert_eq!(files_below(&built.out().join("share")).len(), 3);
}

#[test]
fn only_the_newest_stories_get_one_if_asked() {
    let pictures = |toml: &str| files_below(&Built::new(&format!("base_url = \"https://a.kr\"\n{toml}")).out().join("share")).len();
    assert_eq!((pictures("share_images = 1\n"), pictures("share_images = 0\n")), (2, 0));
}

#[test]
fn half_a_picture_is_drawn_again_and_a_whole_one_is_kept() {
    let built = Built::new("base_url = \"https://a.kr\"\n");
    let dir = built.out().join("share");
    let files = files_below(&dir);
    let whole = fs::read(dir.join(&files[0])).unwrap();
    fs::write(dir.join(&files[0]), &whole[..999]).unwrap();
    // Whole in form, so nobody draws it again.
    let kept = [png::SIGNATURE, png::END].concat();
    fs::write(dir.join(&files[1]), &kept).unwrap();
    built.build();
    assert!(fs::read(dir.join(&files[0])).unwrap() == whole && fs::read(dir.join(&files[1])).unwrap() == kept);
}
