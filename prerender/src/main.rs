//! `story-home-prerender SITE [BASE] [--known]`: every page of a built archive as HTML, one JSON object a line:
//! `{"href", "key", "title", "html"}`.
//!
//! SITE is a folder with `data/manifest.json`; BASE the path that it will be served under, `/` if left out. `story-home build` runs this and
//! puts the pages into the site; what goes into their heads is its business. With `--known` it reads the keys of pages that need not be rendered
//! again from standard input, to its end, `KEY HREF` a line; such a page is `{"href", "key"}`.

use std::{
    collections::HashSet,
    env, fs,
    io::{self, BufRead, BufWriter, Write},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use serde_json::json;
use story_home::native::Archive;

fn main() -> ExitCode {
    let (options, places): (Vec<_>, Vec<_>) = env::args_os().skip(1).partition(|arg| arg.to_string_lossy().starts_with("--"));
    let mut places = places.into_iter();
    let (Some(site), base, None, true) = (places.next(), places.next(), places.next(), options.iter().all(|option| option == "--known"))
    else {
        eprintln!("usage: story-home-prerender SITE [BASE] [--known]");
        return ExitCode::from(2);
    };
    let base = base.map_or_else(|| "/".to_owned(), |base| base.to_string_lossy().into_owned());
    match run(PathBuf::from(site), &base, !options.is_empty()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(site: PathBuf, base: &str, reads_known: bool) -> Result<(), String> {
    let known: HashSet<String> = if reads_known {
        io::stdin().lock().lines().collect::<Result<_, _>>().map_err(|error| format!("the known pages: {error}"))?
    } else {
        HashSet::new()
    };
    let archive = Archive::open(base, Arc::new(move |path: &str| fs::read(site.join(path)).ok()))?;
    let mut out = BufWriter::new(io::stdout().lock());
    for href in archive.addresses() {
        let key = archive.key(&href);
        let line = match &key {
            Some(key) if known.contains(&format!("{key} {href}")) => json!({ "href": href, "key": key }),
            _ => {
                let page = archive.render(&href)?;
                json!({ "href": page.href, "key": key, "title": page.title, "html": page.html })
            }
        };
        writeln!(out, "{line}").map_err(|error| error.to_string())?;
    }
    out.flush().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Arc;

    use story_home::native::{Archive, Page};

    const MANIFEST: &str = r#"{"format":1,"site":{"title":"T","tagline":"t","lang":"LANG"},"n_stories":1,"cards":[{"path":"cards.json","bytes":1,"sha256":""}],"search":[]}"#;
    const CARDS: &str = r#"[{"slug":"첫-글","title":"첫 <글>","section":"feed","company":"가나","tags":["CI/CD"],"summary":"요약","n_chars":9,"file":"f1"}]"#;
    const STORY: &str = r#"{"slug":"첫-글","title":"첫 <글>","section":"feed","company":"가나","tags":["CI/CD"],"lang":"ko","summary":"요약",
        "blocks":[{"paragraph":{"text":[{"text":{"text":"본문 & 끝"}}]}}]}"#;

    const BROKEN: &str = r#"{"slug":"첫-글"}"#;

    fn archive(base: &str, lang: &'static str) -> Archive {
        archive_of(base, lang, STORY)
    }

    fn archive_of(base: &str, lang: &'static str, story: &'static str) -> Archive {
        let read = move |path: &str| {
            let text = match path {
                "data/manifest.json" => MANIFEST.replace("LANG", lang),
                "data/cards.json" => CARDS.to_owned(),
                "data/story/f1.json" => story.to_owned(),
                _ => return None,
            };
            Some(text.into_bytes())
        };
        Archive::open(base, Arc::new(read)).unwrap()
    }

    fn page(href: &str) -> Page {
        archive("/repo/", "ko").render(href).unwrap()
    }

    #[test]
    fn every_page_has_an_address() {
        let expected = ["./", "interview", "feed", "news", "story/첫-글", "tag/CI%2FCD", "company/가나", "shelf", "notes", "design", "404"];
        let addresses = archive("/repo/", "ko").addresses();
        let decoded: Vec<_> =
            addresses.iter().map(|href| href.replace("%EC%B2%AB-%EA%B8%80", "첫-글").replace("%EA%B0%80%EB%82%98", "가나")).collect();
        assert_eq!(decoded, expected);
    }

    #[test]
    fn a_story_is_whole() {
        let story = page("story/%EC%B2%AB-%EA%B8%80");
        assert_eq!(story.title, "첫 <글> · T");
        assert!(story.html.contains("첫 &lt;글&gt;</h1>") && story.html.contains("본문 &amp; 끝"), "{}", story.html);
        assert!(!story.html.contains("<!") && !story.html.contains("style="), "{}", story.html);
    }

    #[test]
    fn lists_lead_to_it() {
        for href in ["./", "feed", "tag/CI%2FCD", "company/%EA%B0%80%EB%82%98"] {
            assert!(page(href).html.contains("href=\"story/%EC%B2%AB-%EA%B8%80"), "{href}");
        }
        assert!(!page("news").html.contains("story-card"));
        assert_eq!(page("404").title, "없는 쪽이에요 · T");
    }

    #[test]
    fn the_sites_language_is_spoken() {
        assert!(archive("/", "en").render("./").unwrap().html.contains("Skip to"));
        assert!(page("./").html.contains("본문으로"));
    }

    #[test]
    fn a_story_that_cannot_be_read_is_no_page() {
        let error = archive_of("/", "ko", BROKEN).render("story/%EC%B2%AB-%EA%B8%80").unwrap_err();
        assert!(error.contains("data/story/f1.json"), "{error}");
        assert!(archive_of("/", "ko", BROKEN).render("./").is_ok());
    }

    #[test]
    fn an_archive_of_another_format_is_refused() {
        let read = |path: &str| (path == "data/manifest.json").then(|| MANIFEST.replace(":1,", ":9,").into_bytes());
        assert!(Archive::open("/", Arc::new(read)).err().unwrap().contains("format 9"));
    }
}
