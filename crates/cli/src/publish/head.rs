//! What stands in the head of a page for search engines, for those who share it, and for browsers.

use serde_json::{Value, json};

use super::{
    escape::{escape, json_in_html},
    share,
};

/// What a page says about itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) description: String,
    /// Name of the archive.
    pub(super) site: String,
    /// BCP 47 language of the page.
    pub(super) lang: String,
    /// The whole address; only a site that says where it is published has one.
    pub(super) canonical: Option<String>,
    /// Search engines are to leave the page out.
    pub(super) is_hidden: bool,
    /// Facts of the page's story.
    pub(super) article: Option<Article>,
    /// The list's feeds: type, whole address and title.
    pub(super) feeds: Vec<(&'static str, String, String)>,
    /// The picture for those who share the page: its whole address, and the words that stand in it.
    pub(super) picture: Option<(String, String)>,
}

/// A story's facts, as far as they are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Article {
    pub(super) headline: String,
    pub(super) author: Option<String>,
    pub(super) publisher: Option<String>,
    /// `YYYY-MM-DD`.
    pub(super) published: Option<String>,
    pub(super) section: String,
    pub(super) tags: Vec<String>,
    /// BCP 47 language of the text.
    pub(super) lang: String,
}

impl Head {
    /// The tags, one a line.
    pub(super) fn html(&self) -> String {
        let mut out = format!("<title>{}</title>\n", escape(&self.title));
        let mut meta = |key: &str, name: &str, content: &str| {
            out += &format!("<meta {key}=\"{name}\" content=\"{}\">\n", escape(content));
        };
        meta("name", "description", &self.description);
        if self.is_hidden {
            meta("name", "robots", "noindex");
        }
        meta("property", "og:type", if self.article.is_some() { "article" } else { "website" });
        meta("property", "og:title", self.article.as_ref().map_or(&self.title, |article| &article.headline));
        meta("property", "og:description", &self.description);
        meta("property", "og:site_name", &self.site);
        let lang = self.article.as_ref().map_or(&self.lang, |article| &article.lang);
        meta("property", "og:locale", &locale(lang));
        if let Some(url) = &self.canonical {
            meta("property", "og:url", url);
        }
        if let Some(article) = &self.article {
            if let Some(day) = &article.published {
                meta("property", "article:published_time", day);
            }
            meta("property", "article:section", &article.section);
            for tag in &article.tags {
                meta("property", "article:tag", tag);
            }
        }
        if let Some((url, alt)) = &self.picture {
            meta("property", "og:image", url);
            meta("property", "og:image:type", "image/png");
            meta("property", "og:image:width", &share::WIDTH.to_string());
            meta("property", "og:image:height", &share::HEIGHT.to_string());
            meta("property", "og:image:alt", alt);
            meta("name", "twitter:image", url);
            meta("name", "twitter:image:alt", alt);
        }
        meta("name", "twitter:card", if self.picture.is_some() { "summary_large_image" } else { "summary" });
        if let Some(url) = &self.canonical {
            out += &format!("<link rel=\"canonical\" href=\"{}\">\n", escape(url));
        }
        for (kind, url, title) in &self.feeds {
            out += &format!("<link rel=\"alternate\" type=\"{kind}\" href=\"{}\" title=\"{}\">\n", escape(url), escape(title));
        }
        if let Some(article) = &self.article {
            let data = json_in_html(&self.linked_data(article).to_string());
            out += &format!("<script type=\"application/ld+json\">{data}</script>\n");
        }
        out
    }

    /// schema.org's `Article`. What is not known is left out.
    fn linked_data(&self, article: &Article) -> Value {
        let mut data = json!({
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": article.headline,
            "description": self.description,
            "inLanguage": article.lang,
            "articleSection": article.section,
            "isPartOf": { "@type": "WebSite", "name": self.site },
        });
        let mut set = |key: &str, value: Option<Value>| {
            if let (Some(object), Some(value)) = (data.as_object_mut(), value) {
                object.insert(key.to_owned(), value);
            }
        };
        set("url", self.canonical.as_ref().map(|url| json!(url)));
        set("mainEntityOfPage", self.canonical.as_ref().map(|url| json!(url)));
        set("image", self.picture.as_ref().map(|(url, _)| json!(url)));
        set("author", article.author.as_ref().map(|name| json!({ "@type": "Person", "name": name })));
        set("publisher", article.publisher.as_ref().map(|name| json!({ "@type": "Organization", "name": name })));
        set("datePublished", article.published.as_ref().map(|day| json!(day)));
        set("keywords", (!article.tags.is_empty()).then(|| json!(article.tags.join(", "))));
        data
    }
}

/// A language as Open Graph has it, `ko_KR`: with the place where most of its readers are, unless it names one.
fn locale(lang: &str) -> String {
    match lang {
        "ko" => "ko_KR".to_owned(),
        "en" => "en_US".to_owned(),
        "ja" => "ja_JP".to_owned(),
        "zh" => "zh_CN".to_owned(),
        _ => lang.replace('-', "_"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Article, Head};

    fn story() -> Head {
        Head {
            title: "카프카 </title> 팁 · 우리 글".into(),
            description: "요약 \"하나\"".into(),
            site: "우리 글".into(),
            lang: "ko".into(),
            canonical: Some("https://a.kr/story/x".into()),
            article: Some(Article {
                headline: "카프카 </script> 팁".into(),
                author: Some("이주현".into()),
                published: Some("2020-03-03".into()),
                section: "피드".into(),
                tags: vec!["a".into(), "b".into()],
                lang: "ko".into(),
                ..Article::default()
            }),
            ..Head::default()
        }
    }

    fn linked_data(html: &str) -> serde_json::Value {
        let (_, rest) = html.split_once("<script type=\"application/ld+json\">").unwrap();
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    }

    #[test]
    fn linked_data_is_an_article_with_what_is_known() {
        let data = linked_data(&story().html());
        assert_eq!(
            (&data["@type"], &data["headline"], &data["keywords"]),
            (&"Article".into(), &"카프카 </script> 팁".into(), &"a, b".into())
        );
        assert_eq!((&data["author"]["name"], &data["datePublished"]), (&"이주현".into(), &"2020-03-03".into()));
        assert!(data.get("publisher").is_none());
    }

    #[test]
    fn tags_are_escaped_and_complete() {
        let html = story().html();
        for line in [
            "<title>카프카 &lt;/title&gt; 팁 · 우리 글</title>",
            "<meta name=\"description\" content=\"요약 &quot;하나&quot;\">",
            "<meta property=\"og:type\" content=\"article\">",
            "<meta property=\"og:locale\" content=\"ko_KR\">",
            "<meta property=\"og:url\" content=\"https://a.kr/story/x\">",
            "<link rel=\"canonical\" href=\"https://a.kr/story/x\">",
            "<meta name=\"twitter:card\" content=\"summary\">",
        ] {
            assert!(html.lines().any(|other| other == line), "{line}\n{html}");
        }
        assert!(!html.contains("noindex"));
    }

    #[test]
    fn a_picture_is_named_with_its_size_and_words() {
        let head = Head { picture: Some(("https://a.kr/share/x.png".into(), "카프카 \"팁\"".into())), ..story() };
        let html = head.html();
        for line in [
            "<meta property=\"og:image\" content=\"https://a.kr/share/x.png\">",
            "<meta property=\"og:image:width\" content=\"1200\">",
            "<meta property=\"og:image:height\" content=\"630\">",
            "<meta property=\"og:image:alt\" content=\"카프카 &quot;팁&quot;\">",
            "<meta name=\"twitter:card\" content=\"summary_large_image\">",
            "<meta name=\"twitter:image\" content=\"https://a.kr/share/x.png\">",
        ] {
            assert!(html.lines().any(|other| other == line), "{line}\n{html}");
        }
        assert_eq!(linked_data(&html)["image"], "https://a.kr/share/x.png");
    }

    #[test]
    fn a_site_without_an_address_has_no_canonical() {
        let html = Head { canonical: None, is_hidden: true, ..story() }.html();
        assert!(!html.contains("canonical") && !html.contains("og:url") && html.contains("noindex"));
    }
}
