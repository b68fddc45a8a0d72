//! What the pages and scripts of a site lead to.

use crate::publish::{policy::is_immutable, tag::tags};

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// A script or a style sheet.
    Code,
    /// Anything else of the site.
    Other,
}

/// The path that a page says the site lives under.
pub(super) fn base_of(html: &str) -> String {
    tags(html).find(|tag| tag.name == "base").and_then(|tag| tag.attribute("href")).unwrap_or("/").to_owned()
}

/// The links of a page that lead into the site, as paths below it.
pub(super) fn links(html: &str, base: &str) -> Vec<(Link, String)> {
    let mut out = Vec::new();
    for tag in tags(html) {
        let (keys, kind): (&[&str], _) = match tag.name {
            "a" => (&["href"], Link::Other),
            "img" | "source" => (&["src"], Link::Other),
            "meta" if tag.attribute("property") == Some("og:image") => (&["content"], Link::Other),
            // What stands in a page is a file as well.
            "script" => (&["src", "data-file"], Link::Code),
            "link" if tag.attribute("rel") == Some("stylesheet") => (&["href"], Link::Code),
            "link" if tag.attribute("rel") != Some("canonical") => (&["href"], Link::Other),
            _ => continue,
        };
        out.extend(keys.iter().filter_map(|key| Some((kind, below(tag.attribute(key)?, tag.name, base)?))));
    }
    out
}

/// The path below the site that a link leads to; `None` if it leads elsewhere.
fn below(link: &str, element: &str, base: &str) -> Option<String> {
    // Pictures for those who share a page are named by their whole address.
    let link = if element == "meta" { path_of(link) } else { link };
    let link = link.split(['#', '?']).next().unwrap_or_default();
    let has_scheme = link.split('/').next().is_some_and(|first| first.contains(':'));
    let below = match link.strip_prefix(base) {
        _ if has_scheme || link.starts_with("//") || link.is_empty() => return None,
        Some(below) => below,
        None if link.starts_with('/') => return None,
        None => link.trim_start_matches("./"),
    };
    Some(below.replace("&amp;", "&"))
}

/// An address without scheme and host.
fn path_of(url: &str) -> &str {
    let below = url.split_once("://").map_or(url, |(_, rest)| rest);
    below.find('/').and_then(|at| below.get(at..)).unwrap_or_default()
}

/// The files that a script of ours loads: what it names in quotes as `./NAME`, or by its content.
pub(super) fn imports(script: &str) -> Vec<String> {
    let quoted = script.split(['"', '\'', '`']).filter_map(|text| text.strip_prefix("./").or_else(|| is_immutable(text).then_some(text)));
    quoted.filter(|name| [".js", ".mjs", ".wasm", ".css"].iter().any(|ending| name.ends_with(ending))).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{Link, imports, links};

    #[test]
    fn scripts_name_what_they_load() {
        let script = "import init from './a-1.js'; import(\"./b.mjs\"); init('./a-1_bg.wasm', x ? './data' : y)";
        assert_eq!(imports(script), ["a-1.js", "b.mjs", "a-1_bg.wasm"]);
    }

    #[test]
    fn only_links_into_the_site_are_followed() {
        let html = r##"<base href="/r/"><a href="feed?tag=a&amp;b"><a href="/r/story/x#y"><a href="/other"><a href="https://a.kr/"><a href="#content">
            <a href="mailto:a@b.kr"><img src="data:image/png,x"><link rel="canonical" href="https://a.kr/r/"><link rel="stylesheet" href="s.css">
            <meta property="og:image" content="https://a.kr/r/share/x.png">"##;
        let expected = [(Link::Other, "feed"), (Link::Other, "story/x"), (Link::Code, "s.css"), (Link::Other, "share/x.png")]
            .map(|(kind, link)| (kind, link.to_owned()));
        assert_eq!(links(html, "/r/"), expected);
    }
}
