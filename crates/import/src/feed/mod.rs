//! Feeds and exports in XML: RSS 2.0 (and its ancestors), Atom, WordPress (WXR).
//!
//! `xml` reads entry by entry, so that a feed that breaks off or holds a fault keeps every entry before it; `wordpress` knows the
//! text of WordPress, which is neither HTML nor Markdown.

#[cfg(test)]
mod tests;
mod wordpress;
mod xml;

use corpus::{Block, Problem};
use xml::Element;

use crate::{Draft, Imported, Options, date, facts::Facts, html, shift};

/// Reads a feed. Entries stand in the feed's order.
pub(crate) fn read(file: &str, text: &str, options: &Options) -> Imported {
    let xml::Feed { channel, entries, fault } = xml::read(text);
    let mut imported = Imported::default();
    let channel = Channel {
        address: channel.iter().find(|element| element.name == "link").and_then(link),
        lang: channel.iter().find(|element| matches!(element.name.as_str(), "language" | "dc:language")).map(Element::text),
    };
    let n_entries = entries.len();
    for entry in entries {
        self::entry(file, &entry, &channel, options, &mut imported);
    }
    if let Some(fault) = fault {
        let message = format!("{}, so what follows is lost", fault.message);
        imported.problems.push(Problem::error(file, fault.line, message, "fetch or export the file again"));
    } else if n_entries == 0 {
        let fix = "give an RSS, Atom or WordPress export with `item` or `entry` elements";
        imported.problems.push(Problem::error(file, 1, "the file holds no entry of a feed", fix));
    }
    imported.problems.sort_by_key(|problem| problem.line);
    imported
}

struct Channel {
    address: Option<String>,
    lang: Option<String>,
}

/// The address of a link: its text in RSS, an attribute in Atom.
fn link(element: &Element) -> Option<String> {
    let href = element.attr("href").map_or_else(|| element.text(), str::to_owned);
    let href = href.trim().to_owned();
    (href.starts_with("http://") || href.starts_with("https://")).then_some(href)
}

fn entry(file: &str, entry: &Element, channel: &Channel, options: &Options, imported: &mut Imported) {
    let text = |names: &[&str]| names.iter().find_map(|name| entry.child(name)).map(Element::text).filter(|text| !text.trim().is_empty());
    if let Some(why) = wordpress::left_out(entry) {
        let title = text(&["title"]).unwrap_or_default();
        let message = format!("`{}` is left out: {why}", title.trim());
        imported.problems.push(Problem::note(file, entry.line, message, "publish it there if it is meant for readers"));
        return;
    }
    let content = ["content:encoded", "content", "description", "summary"].into_iter().filter_map(|name| entry.child(name));
    let Some(content) = content.into_iter().find(|content| !content.markup().trim().is_empty()) else {
        let fix = "export the feed with full content";
        imported.problems.push(Problem::error(file, entry.line, "the entry has no content, so it is left out", fix));
        return;
    };
    let is_summary = matches!(content.name.as_str(), "description" | "summary") || text(&["content:encoded", "content"]).is_none();
    let links = || entry.children.iter().filter(|child| child.name == "link");
    let address = links().find(|link| link.attr("rel").is_none_or(|rel| rel == "alternate")).or_else(|| links().next()).and_then(link);
    let address = address.or_else(|| text(&["guid", "id"]).map(|id| id.trim().to_owned()).filter(|id| id.starts_with("http")));
    let markup = if content.attr("type") == Some("text") {
        crate::json::plain_as_html(&content.text())
    } else {
        wordpress::to_html(&content.markup())
    };
    let base = address.as_deref().or(channel.address.as_deref());
    let fragment = html::fragment(file, &markup, base, html::Lines::Counted);
    imported.problems.extend(shift(fragment.problems, content.line.saturating_sub(1)));
    if is_summary && fragment.blocks.len() <= 1 && markup.trim_end().ends_with(['…', ']', '.']) && markup.contains(['…', '[']) {
        let message = "the entry holds a summary only";
        imported.problems.push(Problem::warning(file, content.line, message, "export the feed with full content"));
    }
    let published = ["wp:post_date", "pubdate", "published", "dc:date", "date", "issued", "updated"]
        .iter()
        .find_map(|name| date::parse(&text(&[name])?));
    let summary = if is_summary { text(&["excerpt:encoded"]) } else { text(&["excerpt:encoded", "description", "summary"]) };
    let facts = Facts {
        title: text(&["title"]).map(|title| plain(&title)),
        author: author(entry),
        published,
        tags: tags(entry),
        lang: entry.attr("xml:lang").map(str::to_owned).or_else(|| channel.lang.clone()),
        summary: summary.map(|summary| plain(&summary)).filter(|summary| !summary.ends_with(['…', ']'])),
        source: Some(address.unwrap_or_else(|| format!("{file}:{}", entry.line))),
        ..Facts::default()
    };
    let blocks: Vec<Block> = fragment.blocks.into_iter().map(|(_, block)| block).collect();
    if blocks.iter().all(|block| block.text().trim().is_empty()) {
        let fix = "export the feed with full content";
        imported.problems.push(Problem::error(file, entry.line, "the entry has no text, so it is left out", fix));
        return;
    }
    let mut problems = Vec::new();
    let story = facts.story(file, blocks, options, &mut problems);
    imported.problems.extend(shift(problems, entry.line.saturating_sub(1)));
    imported.stories.push(Draft::new(story, fragment.images));
}

/// HTML in a title or summary as its words.
fn plain(markup: &str) -> String {
    let fragment = html::fragment("", markup, None, html::Lines::Counted);
    fragment.blocks.iter().map(|(_, block)| block.text()).collect::<Vec<_>>().join(" ")
}

fn author(entry: &Element) -> Option<String> {
    let element = ["dc:creator", "itunes:author", "author"].iter().find_map(|name| entry.child(name))?;
    let name = element.child("name").map_or_else(|| element.text(), Element::text);
    // RSS has `address (name)`.
    let name = match name.split_once(" (").filter(|(address, _)| address.contains('@')) {
        Some((_, name)) => name.trim_end_matches(')').to_owned(),
        None => name,
    };
    Some(name.trim().to_owned()).filter(|name| !name.is_empty() && !name.contains('@'))
}

/// Tags and categories, without the one that WordPress gives to everything.
fn tags(entry: &Element) -> Vec<String> {
    let categories = entry.children.iter().filter(|child| matches!(child.name.as_str(), "category" | "dc:subject"));
    categories
        .filter(|category| {
            matches!(category.attr("domain"), None | Some("category" | "post_tag"))
                || category.attr("domain").is_some_and(|domain| domain.starts_with("http"))
        })
        .map(|category| category.attr("label").or_else(|| category.attr("term")).map_or_else(|| category.text(), str::to_owned))
        .filter(|tag| !matches!(tag.trim(), "Uncategorized" | "미분류"))
        .collect()
}
