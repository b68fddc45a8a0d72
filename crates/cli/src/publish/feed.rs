//! Feeds of a list of stories: RSS 2.0, Atom and JSON Feed 1.1.
//!
//! Absent facts stay absent. Atom asks for a date of each entry, so it lists the stories that have one, and there is no Atom feed of a list
//! where none has.

use serde::Serialize;

use super::escape::escape;

/// How many stories a feed lists. More keeps readers who come rarely up to date, less spares everybody's bytes at every visit.
const MAX_ITEMS: usize = 50;

/// What a feed is of.
#[derive(Clone, Debug)]
pub(super) struct Channel<'a> {
    /// Its name.
    pub(super) title: String,
    /// A sentence about it.
    pub(super) description: String,
    /// The whole address of its page.
    pub(super) url: String,
    /// BCP 47.
    pub(super) lang: &'a str,
    /// Its stories, newest first.
    pub(super) items: Vec<Item<'a>>,
}

/// One story of a feed.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    /// The whole address, which is its identity too.
    pub(super) url: String,
    pub(super) title: &'a str,
    pub(super) summary: &'a str,
    pub(super) author: Option<&'a str>,
    /// `YYYY-MM-DD`.
    pub(super) published: Option<&'a str>,
    pub(super) tags: &'a [String],
    pub(super) lang: &'a str,
}

/// The newest first, those without a date behind them in the archive's order.
pub(super) fn newest_first<'a>(mut items: Vec<Item<'a>>) -> Vec<Item<'a>> {
    // Stable, and `None` is the smallest.
    items.sort_by(|a, b| b.published.cmp(&a.published));
    items.truncate(MAX_ITEMS);
    items
}

/// RSS 2.0. `own` is the feed's own address.
pub(super) fn rss(channel: &Channel<'_>, own: &str) -> String {
    let item = |item: &Item<'_>| {
        let mut text = format!(
            "<item>\n<title>{}</title>\n<link>{url}</link>\n<guid isPermaLink=\"true\">{url}</guid>\n<description>{}</description>\n",
            escape(item.title),
            escape(item.summary),
            url = escape(&item.url),
        );
        if let Some(date) = item.published.and_then(rfc822) {
            text += &format!("<pubDate>{date}</pubDate>\n");
        }
        if let Some(author) = item.author {
            text += &format!("<dc:creator>{}</dc:creator>\n", escape(author));
        }
        text.extend(item.tags.iter().map(|tag| format!("<category>{}</category>\n", escape(tag))));
        text + "</item>\n"
    };
    let items: String = channel.items.iter().map(item).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n<title>{}</title>\n<link>{}</link>\n<description>{}</description>\n\
         <language>{}</language>\n<atom:link href=\"{}\" rel=\"self\" type=\"application/rss+xml\"/>\n{items}</channel>\n</rss>\n",
        escape(&channel.title),
        escape(&channel.url),
        escape(&channel.description),
        escape(channel.lang),
        escape(own),
    )
}

/// Atom; `None` when no story has a date.
pub(super) fn atom(channel: &Channel<'_>, own: &str) -> Option<String> {
    let newest = channel.items.iter().filter_map(|item| item.published).max()?;
    let entry = |item: &Item<'_>| {
        let published = item.published?;
        // Dates have no time of day; the day's beginning is as good as any and the same in every build.
        let mut text = format!(
            "<entry xml:lang=\"{}\">\n<title>{}</title>\n<link href=\"{url}\"/>\n<id>{url}</id>\n<updated>{published}T00:00:00Z</updated>\n\
             <published>{published}T00:00:00Z</published>\n<summary>{}</summary>\n<author><name>{}</name></author>\n",
            escape(item.lang),
            escape(item.title),
            escape(item.summary),
            escape(item.author.unwrap_or(&channel.title)),
            url = escape(&item.url),
        );
        text.extend(item.tags.iter().map(|tag| format!("<category term=\"{}\"/>\n", escape(tag))));
        Some(text + "</entry>\n")
    };
    let entries: String = channel.items.iter().filter_map(entry).collect();
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<title>{}</title>\n\
         <subtitle>{}</subtitle>\n<link href=\"{own}\" rel=\"self\"/>\n<link href=\"{url}\"/>\n<id>{url}</id>\n\
         <updated>{newest}T00:00:00Z</updated>\n{entries}</feed>\n",
        escape(channel.lang),
        escape(&channel.title),
        escape(&channel.description),
        url = escape(&channel.url),
        own = escape(own),
    ))
}

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    description: &'a str,
    language: &'a str,
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<JsonAuthor<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    language: &'a str,
}

#[derive(Serialize)]
struct JsonAuthor<'a> {
    name: &'a str,
}

/// JSON Feed 1.1.
///
/// # Errors
/// None that a text can cause.
pub(super) fn json(channel: &Channel<'_>, own: &str) -> serde_json::Result<String> {
    serde_json::to_string_pretty(&JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &channel.title,
        home_page_url: &channel.url,
        feed_url: own,
        description: &channel.description,
        language: channel.lang,
        items: channel.items.iter().map(json_item).collect(),
    })
}

fn json_item<'a>(item: &'a Item<'_>) -> JsonItem<'a> {
    JsonItem {
        id: &item.url,
        url: &item.url,
        title: item.title,
        content_text: item.summary,
        date_published: item.published.map(|day| format!("{day}T00:00:00Z")),
        authors: item.author.map(|name| JsonAuthor { name }).into_iter().collect(),
        tags: item.tags,
        language: item.lang,
    }
}

/// A day as RSS writes it: `Tue, 03 Mar 2020 00:00:00 +0000`. `None` for what is no day.
fn rfc822(day: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    // Sakamoto's method.
    const SHIFT: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let mut parts = day.split('-').map(|part| part.parse::<u32>().ok());
    let (year, month, date) = (parts.next()??, parts.next()??, parts.next()??);
    let index = (month as usize).checked_sub(1)?;
    let (name, shift) = (MONTHS.get(index)?, SHIFT.get(index)?);
    let y = if month < 3 { year.checked_sub(1)? } else { year };
    let weekday = DAYS.get(((y + y / 4 - y / 100 + y / 400 + shift + date) % 7) as usize)?;
    Some(format!("{weekday}, {date:02} {name} {year:04} 00:00:00 +0000"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Channel, Item, atom, json, newest_first, rfc822, rss};
    use crate::publish::tests::texts_of;

    fn item<'a>(name: &'a str, published: Option<&'a str>, tags: &'a [String]) -> Item<'a> {
        let url = format!("https://a.kr/story/{name}");
        Item { url, title: name, summary: "요약 <굵게> & 끝", author: Some("이주현"), published, tags, lang: "ko" }
    }

    fn channel<'a>(items: Vec<Item<'a>>) -> Channel<'a> {
        Channel {
            title: "우리 & 글".into(),
            description: "설명".into(),
            url: "https://a.kr/".into(),
            lang: "ko",
            items: newest_first(items),
        }
    }

    #[test]
    fn rss_lists_the_newest_first_and_invents_no_date() {
        let tags = ["A&B".to_owned()];
        let channel = channel(vec![item("none", None, &[]), item("old", Some("2019-12-31"), &tags), item("new", Some("2020-03-03"), &[])]);
        let text = rss(&channel, "https://a.kr/rss.xml");
        assert_eq!(texts_of(&text, "title"), ["우리 & 글", "new", "old", "none"]);
        assert_eq!(texts_of(&text, "pubDate"), ["Tue, 03 Mar 2020 00:00:00 +0000", "Tue, 31 Dec 2019 00:00:00 +0000"]);
        assert_eq!(texts_of(&text, "category"), ["A&B"]);
        assert_eq!(texts_of(&text, "description")[1], "요약 <굵게> & 끝");
    }

    #[test]
    fn atom_lists_stories_with_a_date() {
        assert_eq!(atom(&channel(vec![item("none", None, &[])]), "https://a.kr/atom.xml"), None);
        let channel = channel(vec![item("none", None, &[]), item("new", Some("2020-03-03"), &[])]);
        let text = atom(&channel, "https://a.kr/atom.xml").unwrap();
        assert_eq!(texts_of(&text, "id"), ["https://a.kr/", "https://a.kr/story/new"]);
        assert_eq!(texts_of(&text, "updated"), ["2020-03-03T00:00:00Z", "2020-03-03T00:00:00Z"]);
    }

    #[test]
    fn json_feed_reads_back() {
        let tags = ["a".to_owned()];
        let channel = channel(vec![item("x", Some("2020-03-03"), &tags), item("y", None, &[])]);
        let feed: serde_json::Value = serde_json::from_str(&json(&channel, "https://a.kr/feed.json").unwrap()).unwrap();
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["items"][0]["id"], "https://a.kr/story/x");
        assert_eq!(feed["items"][0]["authors"][0]["name"], "이주현");
        assert!(feed["items"][1].get("date_published").is_none() && feed["items"][1].get("tags").is_none());
    }

    #[test]
    fn days_of_the_week_are_right() {
        assert_eq!(rfc822("2000-02-29").as_deref(), Some("Tue, 29 Feb 2000 00:00:00 +0000"));
        assert_eq!(rfc822("2026-11-25").as_deref(), Some("Wed, 25 Nov 2026 00:00:00 +0000"));
        assert_eq!((rfc822("2026-13-01"), rfc822("soon"), rfc822("2026-00-01")), (None, None, None));
    }
}
