//! Which reader a file is for: by its name where that is certain, by its beginning otherwise.

/// The forms that stories come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text of a page that lists stories.
    SavedPage,
    /// A page with an article or a list of stories.
    Html,
    /// RSS, Atom or a WordPress export.
    Feed,
    /// JSON Feed or stories of a built corpus.
    Json,
    /// Markdown, with front matter or without.
    Markdown,
}

/// How much of a text is looked at, in bytes: past comments and declarations, before anybody's prose.
const HEAD: usize = 2048;

impl Format {
    /// The form of a decoded text. Never fails: what is nothing else is taken for a saved page, whose reader says so if it is none.
    pub fn of(file: &str, text: &str) -> Self {
        let end = (0..=HEAD.min(text.len())).rev().find(|&idx| text.is_char_boundary(idx)).unwrap_or(0);
        let head = text.get(..end).unwrap_or_default().trim_start().to_ascii_lowercase();
        let is_feed =
            head.starts_with("<?xml") && !head.contains("<html") || ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| head.starts_with(tag));
        match extension(file).as_str() {
            "md" | "markdown" | "mdx" | "mkd" => return Self::Markdown,
            "json" => return Self::Json,
            "xml" | "rss" | "atom" | "wxr" => return Self::Feed,
            "html" | "htm" | "xhtml" if !is_feed => return Self::Html,
            _ => {}
        }
        if is_feed {
            return Self::Feed;
        }
        let looks_like_html = ["<!doctype html", "<html", "<head", "<body", "<article", "<div", "<!--", "<p>", "<meta", "<?xml"];
        if looks_like_html.iter().any(|tag| head.starts_with(tag)) {
            Self::Html
        } else if head.starts_with('{') || head.starts_with("[{") || head.starts_with("[\n") {
            Self::Json
        } else if head.starts_with("---\n") || head.starts_with("+++\n") {
            Self::Markdown
        } else {
            Self::SavedPage
        }
    }
}

/// The letters behind the last full stop of the name, in lower case.
pub(crate) fn extension(file: &str) -> String {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[track_caller]
    fn check(file: &str, text: &str, format: Format) {
        assert_eq!(Format::of(file, text), format, "{file}");
    }

    #[test]
    fn names_decide_where_they_are_certain() {
        check("a.md", "<html>", Format::Markdown);
        check("feed.XML", "", Format::Feed);
        check("a.json", "", Format::Json);
        check("a.html", "plain", Format::Html);
    }

    #[test]
    fn beginnings_decide_otherwise() {
        check("a.txt", "스토리 홈\n\n조회수 1\n", Format::SavedPage);
        check("index", "\n<!DOCTYPE html><title>", Format::Html);
        check("feed", "<?xml version=\"1.0\"?>\n<rss>", Format::Feed);
        check("feed.html", "<?xml version=\"1.0\"?>\n<rss>", Format::Feed);
        check("page.html", "<?xml version=\"1.0\"?>\n<!DOCTYPE html><html>", Format::Html);
        check("export", "{\"version\":1}", Format::Json);
        check("post", "+++\ntitle=1\n+++\n", Format::Markdown);
        check("", "", Format::SavedPage);
        // A letter of three bytes across the limit.
        check("a", &"가".repeat(1000), Format::SavedPage);
    }
}
