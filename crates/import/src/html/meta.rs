//! What the head of a page says about its article: `<meta>`, JSON-LD, `<title>`, `<time>`.

use corpus::Block;
use serde_json::Value;

use super::{
    article::Article,
    dom::{Dom, NodeId, ROOT},
    link::{Target, resolve},
};
use crate::{date, facts::Facts, recover::single_spaced};

/// What was declared.
#[derive(Default)]
pub(super) struct Meta {
    /// The page's own address.
    pub(super) address: Option<String>,
    title: Option<String>,
    site: Option<String>,
    company: Option<String>,
    author: Option<String>,
    published: Option<String>,
    tags: Vec<String>,
    summary: Option<String>,
    section: Option<String>,
    lang: Option<String>,
}

pub(super) fn facts(dom: &Dom) -> Meta {
    let mut meta = Meta::default();
    for id in dom.below(ROOT) {
        match dom.name(id) {
            "html" => meta.lang = dom.attr(id, "lang").map(str::to_owned).filter(|lang| !lang.is_empty()),
            "meta" => read_meta(dom, id, &mut meta),
            "link" if dom.attr(id, "rel") == Some("canonical") => set_address(&mut meta, dom.attr(id, "href")),
            "script" if dom.attr(id, "type") == Some("application/ld+json") => {
                let text: String = dom.children(id).iter().filter_map(|&id| dom.text(id)).collect();
                if let Ok(value) = serde_json::from_str(&text) {
                    read_linked_data(&value, &mut meta, 0);
                }
            }
            "a" if dom.attr(id, "rel").is_some_and(|rel| rel.split_whitespace().any(|rel| rel == "tag")) => {
                meta.tags.push(dom.all_text(id));
            }
            _ => {}
        }
    }
    meta
}

fn set_address(meta: &mut Meta, href: Option<&str>) {
    if let Some(Target::Address(address)) = href.map(|href| resolve(href, None)) {
        meta.address.get_or_insert(address);
    }
}

fn set(slot: &mut Option<String>, text: &str) {
    let text = single_spaced(text);
    if !text.is_empty() {
        slot.get_or_insert(text);
    }
}

fn read_meta(dom: &Dom, id: NodeId, meta: &mut Meta) {
    let Some(name) = dom.attr(id, "property").or_else(|| dom.attr(id, "name")) else { return };
    let content = dom.attr(id, "content").unwrap_or_default();
    match name.to_ascii_lowercase().as_str() {
        "og:title" | "twitter:title" | "dc.title" => set(&mut meta.title, content),
        "og:site_name" => set(&mut meta.site, content),
        "author" | "article:author" | "dc.creator" | "by" if !content.starts_with("http") => set(&mut meta.author, content),
        "article:published_time" | "og:regdate" | "date" | "dc.date" | "pubdate" => set(&mut meta.published, content),
        "article:tag" => meta.tags.push(content.to_owned()),
        "article:section" => set(&mut meta.section, content),
        "keywords" => meta.tags.extend(content.split(',').map(str::to_owned)),
        "og:description" | "description" | "twitter:description" => set(&mut meta.summary, content),
        "og:url" => set_address(meta, Some(content)),
        _ => {}
    }
}

/// An article of schema.org, wherever it stands in the data.
fn read_linked_data(value: &Value, meta: &mut Meta, depth: usize) {
    if 8 < depth {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| read_linked_data(value, meta, depth + 1)),
        Value::Object(object) => {
            let kind = object.get("@type").map(ToString::to_string).unwrap_or_default();
            if kind.contains("Article") || kind.contains("BlogPosting") {
                let text = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default();
                set(&mut meta.title, text("headline"));
                set(&mut meta.published, text("datePublished"));
                set(&mut meta.summary, text("description"));
                set(&mut meta.section, text("articleSection"));
                set(&mut meta.author, &name_of(object.get("author")));
                set(&mut meta.company, &name_of(object.get("publisher")));
                match object.get("keywords") {
                    Some(Value::String(words)) => meta.tags.extend(words.split(',').map(str::to_owned)),
                    Some(Value::Array(words)) => meta.tags.extend(words.iter().filter_map(Value::as_str).map(str::to_owned)),
                    _ => {}
                }
            }
            if let Some(graph) = object.get("@graph") {
                read_linked_data(graph, meta, depth + 1);
            }
        }
        _ => {}
    }
}

fn name_of(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Object(object)) => object.get("name").and_then(Value::as_str).unwrap_or_default().to_owned(),
        Some(Value::Array(values)) => {
            values.iter().map(|value| name_of(Some(value))).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    }
}

impl Meta {
    /// The facts, what was not declared taken from the page as it is shown.
    pub(super) fn into_facts(self, dom: &Dom, article: &Article, blocks: &[(usize, Block)]) -> Facts {
        let heading = dom.below(ROOT).find(|&id| dom.name(id) == "h1").map(|id| dom.all_text(id));
        let page_title = dom.below(ROOT).find(|&id| dom.name(id) == "title").map(|id| dom.all_text(id));
        let title = self.title.as_deref().map(|title| without_site(title, self.site.as_deref()));
        let title = title
            .or_else(|| heading.filter(|heading| !heading.trim().is_empty()))
            .or_else(|| page_title.map(|title| without_site(&title, self.site.as_deref())));
        let title = title.or_else(|| match blocks.first() {
            Some((_, block @ Block::Heading { .. })) => Some(block.text()),
            _ => None,
        });
        let time = article
            .roots
            .iter()
            .flat_map(|&root| dom.below(root))
            .chain(dom.below(ROOT))
            .find_map(|id| (dom.name(id) == "time").then(|| dom.attr(id, "datetime").map_or_else(|| dom.all_text(id), str::to_owned)));
        Facts {
            title,
            section: self.section,
            company: self.company,
            author: self.author,
            published: self.published.or(time).and_then(|text| date::parse(&text)),
            tags: self.tags,
            lang: self.lang,
            summary: self.summary,
            ..Facts::default()
        }
    }
}

/// The title without the site's name behind it.
fn without_site(title: &str, site: Option<&str>) -> String {
    let title = single_spaced(title);
    for divider in [" | ", " :: ", " – ", " — ", " - ", " : ", " · "] {
        if let Some((head, tail)) = title.rsplit_once(divider)
            && site.is_some_and(|site| tail.eq_ignore_ascii_case(site.trim()))
        {
            return head.to_owned();
        }
    }
    title
}
