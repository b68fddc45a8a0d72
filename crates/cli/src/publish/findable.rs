//! What finds a published site: search providers, crawlers, installers, language models. Small files, each a pure function.

use serde_json::json;

use super::{
    escape::escape,
    share::{ICONS, Icon},
};

/// `opensearch.xml`: lets a browser search the archive from its address bar. `root` is the whole address of the site.
pub(super) fn opensearch(root: &str, title: &str, description: &str, lang: &str) -> String {
    // 16 characters are all that a short name may have.
    let short: String = title.chars().take(16).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{}</ShortName>\n<Description>{}</Description>\n<Language>{}</Language>\n<InputEncoding>UTF-8</InputEncoding>\n\
         <Image width=\"16\" height=\"16\" type=\"image/svg+xml\">{root}icon.svg</Image>\n\
         <Url type=\"text/html\" template=\"{root}?q={{searchTerms}}\"/>\n</OpenSearchDescription>\n",
        escape(&short),
        escape(description),
        escape(lang),
        root = escape(root),
    )
}

/// `robots.txt`: everything may be read. `root` is the whole address of the site, when it has one.
pub(super) fn robots(root: Option<&str>) -> String {
    let sitemap = root.map(|root| format!("\nSitemap: {root}sitemap.xml\n")).unwrap_or_default();
    format!("User-agent: *\nAllow: /\n{sitemap}")
}

/// `manifest.webmanifest`: the site as an app. Addresses in it are relative to it.
///
/// # Errors
/// None that a text can cause.
pub(super) fn web_manifest(title: &str, description: &str, lang: &str, shortcuts: &[(String, String)]) -> serde_json::Result<String> {
    let svg = json!({ "src": "icon.svg", "type": "image/svg+xml", "sizes": "any", "purpose": "any" });
    let png = ICONS.iter().filter_map(|Icon { path, side, purpose }| {
        Some(json!({ "src": path, "type": "image/png", "sizes": format!("{side}x{side}"), "purpose": (*purpose)? }))
    });
    let icons: Vec<_> = std::iter::once(svg).chain(png).collect();
    let shortcuts: Vec<_> = shortcuts.iter().map(|(name, url)| json!({ "name": name, "url": url })).collect();
    serde_json::to_string_pretty(&json!({
        "name": title,
        "short_name": title,
        "description": description,
        "lang": lang,
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#fbf9f4",
        "theme_color": "#fbf9f4",
        "icons": icons,
        "shortcuts": shortcuts,
    }))
}

/// How many stories `llms.txt` lists. More is more than a language model reads; the sitemap has all.
pub(super) const MAX_LINES: usize = 2000;

/// One story in `llms.txt`.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    pub(super) section: &'a str,
    pub(super) title: &'a str,
    pub(super) url: String,
    pub(super) summary: &'a str,
}

/// `llms.txt`: what there is, as Markdown, section after section in the order of the lines.
pub(super) fn llms(title: &str, tagline: &str, lines: &[Line<'_>]) -> String {
    let mut out = format!("# {}\n\n> {}\n", one_line(title), one_line(tagline));
    let mut section = "";
    for line in lines {
        if line.section != section {
            section = line.section;
            out += &format!("\n## {section}\n\n");
        }
        // Brackets would end the link's text, parentheses its address.
        let title = one_line(line.title).replace('[', "\\[").replace(']', "\\]");
        let url = line.url.replace('(', "%28").replace(')', "%29");
        out += &format!("- [{title}]({url}): {}\n", one_line(line.summary));
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Line, llms, opensearch, robots, web_manifest};
    use crate::publish::tests::{attribute_of, texts_of};

    #[test]
    fn a_browser_can_search_from_its_address_bar() {
        let text = opensearch("https://a.kr/r/", "열여섯 글자를 넘는 아주 긴 서가의 이름", "설명 & 더", "ko");
        assert_eq!(attribute_of(&text, "Url", "template"), "https://a.kr/r/?q={searchTerms}");
        assert_eq!(texts_of(&text, "ShortName")[0].chars().count(), 16);
        assert_eq!(texts_of(&text, "Description"), ["설명 & 더"]);
    }

    #[test]
    fn crawlers_are_told_of_the_sitemap_only_where_there_is_one() {
        assert_eq!(robots(Some("https://a.kr/")), "User-agent: *\nAllow: /\n\nSitemap: https://a.kr/sitemap.xml\n");
        assert!(!robots(None).contains("Sitemap"));
    }

    #[test]
    fn an_installer_finds_name_icon_and_shortcuts() {
        let text = web_manifest("우리 \"글\"", "설명", "ko", &[("피드".into(), "feed".into())]).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&manifest["name"], &manifest["shortcuts"][0]["url"]), (&"우리 \"글\"".into(), &"feed".into()));
        assert_eq!(manifest["icons"][0]["sizes"], "any");
    }

    #[test]
    fn stories_are_listed_section_by_section() {
        let line = |section, title| Line { section, title, url: "https://a.kr/a(1)".into(), summary: "첫 줄\n둘째 줄" };
        let text = llms("우리 글", "소개", &[line("피드", "가 [1]"), line("피드", "나"), line("뉴스", "다")]);
        assert_eq!(
            text,
            "# 우리 글\n\n> 소개\n\n## 피드\n\n- [가 \\[1\\]](https://a.kr/a%281%29): 첫 줄 둘째 줄\n- [나](https://a.kr/a%281%29): 첫 줄 둘째 줄\n\
             \n## 뉴스\n\n- [다](https://a.kr/a%281%29): 첫 줄 둘째 줄\n"
        );
    }
}
