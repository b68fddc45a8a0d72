//! JSON: JSON Feed, and the stories of a built corpus on their way back to Markdown.

use corpus::{Block, Problem, Story};
use serde_json::{Map, Value};

use crate::{Draft, Imported, Options, date, facts::Facts, html, markdown};

/// Reads a JSON Feed, a story, or a list of stories.
pub(crate) fn read(file: &str, text: &str, options: &Options) -> Imported {
    let mut imported = Imported::default();
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(object)) if is_feed(&object) => feed(file, &object, options, &mut imported),
        Ok(Value::Array(values)) if !values.is_empty() => {
            for (idx, value) in values.into_iter().enumerate() {
                story(file, value, &format!("entry {} of the list", idx + 1), &mut imported);
            }
        }
        Ok(value) => story(file, value, "the file", &mut imported),
        Err(error) => {
            let message = format!("the file is no JSON: {error}");
            imported.problems.push(Problem::error(file, error.line().max(1), message, "export it again"));
        }
    }
    imported
}

fn is_feed(object: &Map<String, Value>) -> bool {
    object.get("version").and_then(Value::as_str).is_some_and(|version| version.contains("jsonfeed.org"))
}

/// A story as `story-home build` writes it.
fn story(file: &str, value: Value, what: &str, imported: &mut Imported) {
    let is_card = value.get("file").is_some() && value.get("blocks").is_none();
    match serde_json::from_value::<Story>(value) {
        Ok(story) => {
            // The file may come from anywhere: what a story file could not hold does not come in. Markdown's reader says what that is.
            let slug = story.slug.clone();
            let markdown = markdown::write(&story);
            let read = markdown::read(&format!("{slug}.md"), markdown.as_bytes());
            imported.problems.extend(read.problems.into_iter().map(|problem| Problem { file: file.to_owned(), line: 1, ..problem }));
            imported.stories.extend(read.story.map(|story| Draft::new(story, Vec::new())));
        }
        Err(_) if is_card => {
            let fix = "give the files of the folder `story` beside it, or the folder that holds manifest.json";
            imported.problems.push(Problem::error(file, 1, format!("{what} is a card, which has no text"), fix));
        }
        Err(error) => {
            let fix = "give a JSON Feed, or a story file of a built corpus (story/HASH.json)";
            imported.problems.push(Problem::error(file, 1, format!("{what} is no story: {error}"), fix));
        }
    }
}

fn text<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    object.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

fn feed(file: &str, feed: &Map<String, Value>, options: &Options, imported: &mut Imported) {
    let Some(Value::Array(items)) = feed.get("items") else {
        imported.problems.push(Problem::error(file, 1, "the feed has no `items`", "export it again"));
        return;
    };
    for (idx, item) in items.iter().enumerate() {
        let Value::Object(item) = item else {
            imported.problems.push(Problem::error(file, 1, format!("item {} is no object", idx + 1), "export it again"));
            continue;
        };
        let address = text(item, "url").or_else(|| text(item, "id")).filter(|address| address.starts_with("http"));
        let base = address.or_else(|| text(feed, "home_page_url"));
        let fragment = match (text(item, "content_html"), text(item, "content_text").or_else(|| text(item, "summary"))) {
            (Some(html), _) => html::fragment(file, html, base, html::Lines::Counted),
            (None, Some(plain)) => html::fragment(file, &plain_as_html(plain), base, html::Lines::Counted),
            (None, None) => {
                let message = format!("item {} has no content, so it is left out", idx + 1);
                imported.problems.push(Problem::error(file, 1, message, "export the feed with full content"));
                continue;
            }
        };
        // JSON has no lines worth naming.
        imported.problems.extend(fragment.problems.into_iter().map(|problem| Problem { line: 1, ..problem }));
        let author = item.get("authors").and_then(Value::as_array).and_then(|authors| authors.first()).or_else(|| item.get("author"));
        let tags = item.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        let facts = Facts {
            title: text(item, "title").map(str::to_owned),
            author: author.and_then(|author| author.get("name")).and_then(Value::as_str).map(str::to_owned),
            published: text(item, "date_published").and_then(date::parse),
            tags: tags.collect(),
            lang: text(item, "language").or_else(|| text(feed, "language")).map(str::to_owned),
            summary: text(item, "summary").map(str::to_owned),
            source: Some(address.map_or_else(|| format!("{file}:item {}", idx + 1), str::to_owned)),
            ..Facts::default()
        };
        let blocks: Vec<Block> = fragment.blocks.into_iter().map(|(_, block)| block).collect();
        let story = facts.story(file, blocks, options, &mut imported.problems);
        imported.stories.push(Draft::new(story, fragment.images));
    }
}

/// Plain text with its paragraphs, as HTML.
pub(crate) fn plain_as_html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    escaped.split("\n\n").map(|paragraph| format!("<p>{}</p>\n\n", paragraph.replace('\n', "<br>\n"))).collect()
}
