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
    thread,
};

use serde_json::json;
use story_home::native::Archive;

// See Cargo.toml.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    let archive = Archive::open(base, Arc::new(move |path: &str| fs::read(site.join(path)).ok()))?;
    let addresses = archive.addresses();
    let keys = keys(&archive, &addresses);
    // Late, so that whoever starts this program can find out meanwhile.
    let known: HashSet<String> = if reads_known {
        io::stdin().lock().lines().collect::<Result<_, _>>().map_err(|error| format!("the known pages: {error}"))?
    } else {
        HashSet::new()
    };
    let mut out = BufWriter::new(io::stdout().lock());
    for (href, key) in addresses.into_iter().zip(keys) {
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

/// The key of each page, found on all cores.
fn keys(archive: &Archive, addresses: &[String]) -> Vec<Option<String>> {
    let n_threads = thread::available_parallelism().map_or(1, usize::from);
    let shares = addresses.chunks(addresses.len().div_ceil(n_threads).max(1));
    thread::scope(|scope| {
        let share = |share: &[String]| share.iter().map(|href| archive.key(href)).collect::<Vec<_>>();
        let threads: Vec<_> = shares.map(|addresses| (scope.spawn(move || share(addresses)), addresses.len())).collect();
        // A page without a key is rendered.
        threads.into_iter().flat_map(|(thread, n)| thread.join().unwrap_or_else(|_| vec![None; n])).collect()
    })
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

    /// An archive of a few stories: body, tag, company, series and a story to read beside it of each.
    fn shelf(stories: &[(&str, &str, &str, &str, &str)]) -> Archive {
        let (mut cards, mut files) = (Vec::new(), std::collections::HashMap::new());
        for (n, (body, tag, company, series, related)) in stories.iter().enumerate() {
            let mut card = serde_json::json!({
                "slug": format!("글-{n}"), "title": format!("글 {n}"), "section": (["feed", "news"][n % 2]), "company": company, "tags": [tag, "공통"],
                "series": { "name": series, "part": n }, "summary": body, "n_chars": body.len(),
            });
            let mut story = card.clone();
            story["lang"] = "ko".into();
            story["blocks"] = serde_json::json!([{ "paragraph": { "text": [{ "text": { "text": body } }] } }]);
            story["built"] = serde_json::json!({ "related": [{ "slug": related, "tags": ["공통"] }] });
            let Some(object) = story.as_object_mut() else { unreachable!() };
            object.remove("n_chars");
            // Stands for the hash of the content.
            let file: String = story.to_string().bytes().map(|byte| format!("{byte:02x}")).collect();
            card["file"] = file.clone().into();
            files.insert(format!("data/story/{file}.json"), story.to_string().into_bytes());
            cards.push(card);
        }
        files.insert("data/cards.json".to_owned(), serde_json::Value::from(cards).to_string().into_bytes());
        files.insert("data/manifest.json".to_owned(), MANIFEST.replace("LANG", "ko").into_bytes());
        Archive::open("/", Arc::new(move |path: &str| files.get(path).cloned())).unwrap()
    }

    #[test]
    fn a_page_with_the_same_key_is_the_same_page() {
        let first = [
            ("가", "개발", "스포카", "일기", "글-5"),
            ("나", "문화", "리디", "일기", "글-0"),
            ("다", "개발", "왓챠", "수기", "글-1"),
            ("라", "문화", "스포카", "기록", "글-1"),
            ("마", "배포", "리디", "편지", "글-2"),
            ("바", "배포", "당근", "편지", "글-3"),
        ];
        let before = shelf(&first);
        let mut n_same = 0;
        for story in 0..first.len() {
            for edit in 0..6 {
                let mut stories = first.to_vec();
                match (edit, stories.get_mut(story)) {
                    (0, Some(story)) => story.0 = "고친 본문",
                    (1, Some(story)) => story.1 = "새것",
                    (2, Some(story)) => story.2 = "왓챠",
                    (3, Some(story)) => story.3 = "편지",
                    (4, Some(story)) => story.4 = "글-4",
                    _ => drop(stories.remove(story)),
                }
                let after = shelf(&stories);
                for href in after.addresses() {
                    if after.key(&href) == before.key(&href) {
                        n_same += 1;
                        assert_eq!(
                            after.render(&href).unwrap(),
                            before.render(&href).unwrap(),
                            "{href} after edit {edit} of story {story}"
                        );
                    }
                }
            }
        }
        assert!(100 < n_same, "{n_same} pages kept their key");
    }
}
