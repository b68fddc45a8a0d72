//! `sitemap.xml`: every page that search engines should know.

use super::escape::escape;

/// How many addresses one sitemap may hold, by its protocol.
const MAX_URLS: usize = 50_000;

/// A page for search engines.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The whole address.
    pub(super) url: String,
    /// `YYYY-MM-DD`, when known.
    pub(super) changed: Option<String>,
}

/// The files, by name: `sitemap.xml`, and the sitemaps that it names where there are too many pages for one. `root` ends with a slash.
pub(super) fn sitemaps(root: &str, entries: &[Entry]) -> Vec<(String, String)> {
    if entries.len() <= MAX_URLS {
        return vec![("sitemap.xml".to_owned(), urls(entries))];
    }
    let parts: Vec<(String, String)> =
        (1..).zip(entries.chunks(MAX_URLS)).map(|(n, part): (u32, _)| (format!("sitemap-{n}.xml"), urls(part))).collect();
    let list: String =
        parts.iter().map(|(name, _)| format!("<sitemap><loc>{}</loc></sitemap>\n", escape(&format!("{root}{name}")))).collect();
    let index = document("sitemapindex", &list);
    std::iter::once(("sitemap.xml".to_owned(), index)).chain(parts).collect()
}

fn urls(entries: &[Entry]) -> String {
    let entry = |entry: &Entry| {
        let changed = entry.changed.as_ref().map(|day| format!("<lastmod>{}</lastmod>", escape(day))).unwrap_or_default();
        format!("<url><loc>{}</loc>{changed}</url>\n", escape(&entry.url))
    };
    document("urlset", &entries.iter().map(entry).collect::<String>())
}

fn document(name: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{name} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{content}</{name}>\n"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Entry, MAX_URLS, sitemaps};
    use crate::publish::tests::texts_of;

    #[test]
    fn a_small_site_has_one_sitemap() {
        let entries = [
            Entry { url: "https://a.kr/?a&b".into(), changed: None },
            Entry { url: "https://a.kr/story/b".into(), changed: Some("2020-03-03".into()) },
        ];
        let [(name, text)] = &*sitemaps("https://a.kr/", &entries) else { unreachable!() };
        assert_eq!(name, "sitemap.xml");
        assert_eq!(texts_of(text, "loc"), ["https://a.kr/?a&b", "https://a.kr/story/b"]);
        assert_eq!(texts_of(text, "lastmod"), ["2020-03-03"]);
    }

    #[test]
    fn a_large_site_has_several_and_a_list_of_them() {
        let entries = vec![Entry { url: "https://a.kr/x".into(), changed: None }; MAX_URLS + 1];
        let files = sitemaps("https://a.kr/", &entries);
        assert_eq!(texts_of(&files[0].1, "loc"), ["https://a.kr/sitemap-1.xml", "https://a.kr/sitemap-2.xml"]);
        let counts: Vec<usize> = files[1..].iter().map(|(_, text)| texts_of(text, "loc").len()).collect();
        assert_eq!(counts, [MAX_URLS, 1]);
    }
}
