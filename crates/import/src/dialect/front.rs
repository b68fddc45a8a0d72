//! Front matter: where it ends, in which notation it is, and what its fields mean in any of the dialects.

use corpus::{Problem, Series};

use super::value::{self, Divider, Field, Value};
use crate::{date, facts::Facts, folder};

/// What stands before the text of a post.
pub(super) struct Front {
    pub(super) facts: Facts,
    /// The post is not meant for readers: the line that says so, and how.
    pub(super) draft: Option<(usize, String)>,
    body_start: usize,
}

impl Front {
    /// The text of the post and the line on which it begins.
    pub(super) fn body<'a>(&self, text: &'a str) -> (&'a str, usize) {
        let before = text.get(..self.body_start).unwrap_or_default();
        (text.get(self.body_start..).unwrap_or_default(), 1 + before.matches('\n').count())
    }
}

/// Fields about how a page looks or where it lies, which a story has no use for.
const PRESENTATION: [&str; 52] = [
    "layout",
    "comments",
    "comment",
    "toc",
    "toc_sticky",
    "toc_label",
    "toc_icon",
    "image",
    "images",
    "cover",
    "thumbnail",
    "banner",
    "header",
    "featured",
    "featuredimage",
    "featured_image",
    "feature_image",
    "permalink",
    "url",
    "aliases",
    "redirect_from",
    "weight",
    "math",
    "mathjax",
    "katex",
    "mermaid",
    "pin",
    "sticky",
    "top",
    "share",
    "sidebar",
    "classes",
    "author_profile",
    "read_time",
    "related",
    "type",
    "template",
    "id",
    "key",
    "hidden",
    "sitemap",
    "robots",
    "keywords",
    "lastmod",
    "updated",
    "modified",
    "last_modified_at",
    "update",
    "use_math",
    "showtoc",
    "tocopen",
    "imported",
];

pub(super) fn read(file: &str, text: &str, problems: &mut Vec<Problem>) -> Front {
    let (fields, body_start) = match split(text) {
        Some(Split { notation, start, end, body_start }) => {
            let front = text.get(start..end).unwrap_or_default();
            let first_line = 1 + text.get(..start).unwrap_or_default().matches('\n').count();
            (fields(file, front, notation, first_line, problems), body_start)
        }
        None => {
            if text.starts_with("---\n") || text.starts_with("+++\n") {
                let fix = "close it with a line like the first one";
                problems.push(Problem::warning(file, 1, "the front matter has no end, so it is read as text", fix));
            }
            (Vec::new(), 0)
        }
    };
    let mut front = Front { facts: Facts::default(), draft: None, body_start };
    let mut unused = Vec::new();
    for field in fields {
        apply(field, &mut front, &mut unused);
    }
    if let Some((line, _)) = unused.first() {
        let names: Vec<&str> = unused.iter().map(|(_, name)| name.as_str()).collect();
        problems.push(Problem::note(
            file,
            *line,
            format!("fields without a place in a story: {}", names.join(", ")),
            "nothing needs to be done",
        ));
    }
    let path = file.replace('\\', "/");
    let stem = path.rsplit('/').next().unwrap_or_default();
    if front.facts.published.is_none() {
        front.facts.published = folder::dated(stem).map(|(date, _)| date);
    }
    front.facts.name.get_or_insert_with(|| folder::story_name(&path));
    front.facts.source = Some(file.to_owned());
    front
}

#[derive(Clone, Copy)]
enum Notation {
    Yaml,
    Toml,
    Json,
}

struct Split {
    notation: Notation,
    start: usize,
    end: usize,
    body_start: usize,
}

/// Where front matter stands, if the text begins with any. Empty lines before it are forgiven.
fn split(text: &str) -> Option<Split> {
    let lead = text.len() - text.trim_start_matches(['\n', ' ']).len();
    let rest = text.get(lead..)?;
    if rest.starts_with('{') {
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Map<String, serde_json::Value>>();
        stream.next()?.ok()?;
        let end = lead + stream.byte_offset();
        return Some(Split { notation: Notation::Json, start: lead, end, body_start: end });
    }
    let (sign, notation) = match rest.lines().next()?.trim_end() {
        "---" => ("---", Notation::Yaml),
        "+++" => ("+++", Notation::Toml),
        // Hexo lets the opening line out.
        line if line.contains(": ") && rest.lines().take(30).any(|line| line.trim_end() == "---") && is_field(line) => {
            let end = lead + rest.find("\n---")? + 1;
            let body_start = end + text.get(end..)?.find('\n').map_or(3, |idx| idx + 1);
            return Some(Split { notation: Notation::Yaml, start: lead, end, body_start });
        }
        _ => return None,
    };
    let start = lead + rest.find('\n')? + 1;
    let mut end = start;
    for line in text.get(start..)?.split_inclusive('\n') {
        let closes = line.trim_end();
        if closes == sign || (sign == "---" && closes == "...") {
            return Some(Split { notation, start, end, body_start: end + line.len() });
        }
        end += line.len();
    }
    None
}

/// A line such as `title: …`, and no sentence.
fn is_field(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
}

fn fields(file: &str, front: &str, notation: Notation, first_line: usize, problems: &mut Vec<Problem>) -> Vec<Field> {
    let read = match notation {
        Notation::Yaml => value::from_yaml(front),
        Notation::Toml => value::from_toml(front),
        Notation::Json => value::from_json(front),
    };
    let fields = read.unwrap_or_else(|fault| {
        let line = first_line + fault.line.max(1) - 1;
        let message = format!("the front matter cannot be read as a whole ({}), so it is read line by line", fault.message);
        problems.push(Problem::warning(file, line, message, "put texts with signs in double quotes"));
        match notation {
            Notation::Toml => value::from_lines(&front.replace(" = ", ": ")),
            _ => value::from_lines(front),
        }
    });
    fields.into_iter().map(|field| Field { line: field.line + first_line - 1, ..field }).collect()
}

/// What a field says, in whichever dialect.
fn apply(Field { name, value, line }: Field, front: &mut Front, unused: &mut Vec<(usize, String)>) {
    let facts = &mut front.facts;
    match name.to_lowercase().as_str() {
        "title" => facts.title = value.first_text(),
        "slug" => facts.name = value.first_text(),
        "date" | "publishdate" | "pubdate" | "published_at" | "created" | "created_at" | "datepublished" => {
            if let Some(date) = value.first_text().and_then(|text| date::parse(&text)) {
                facts.published.get_or_insert(date);
            }
        }
        "published" if value.is_false() => front.draft = Some((line, "published: false".into())),
        "published" if value.is_true() => {}
        "published" => facts.published = value.first_text().and_then(|text| date::parse(&text)).or(facts.published.take()),
        "draft" | "private" if value.is_true() => front.draft = Some((line, format!("{name}: true"))),
        "draft" | "private" => {}
        "tags" | "tag" | "hashtags" => facts.tags.splice(..0, value.texts(Divider::Spaces)).for_each(drop),
        "section" => facts.section = value.first_text(),
        "categories" | "category" => facts.tags.extend(value.texts(Divider::Spaces)),
        "taxonomies" | "extra" | "params" => {
            if let Value::Map(pairs) = value {
                for (name, value) in pairs {
                    apply(Field { name, value, line }, front, unused);
                }
            }
        }
        "author" | "authors" | "writer" => facts.author = Some(value.texts(Divider::Commas).join(", ")),
        "company" | "organization" | "org" => facts.company = value.first_text(),
        "description" | "summary" | "excerpt" | "subtitle" | "desc" | "abstract" => {
            if let Some(text) = value.first_text() {
                facts.summary.get_or_insert(text);
            }
        }
        "lang" | "language" | "locale" => facts.lang = value.first_text().map(|lang| lang.replace('_', "-")),
        "views" | "hits" | "view_count" => facts.views = value.first_text().and_then(|text| text.replace(',', "").parse().ok()),
        "source" | "canonical_url" | "canonical" | "original_url" => {}
        "series" => facts.series = series(&value),
        other if PRESENTATION.contains(&other) => {}
        _ => unused.push((line, name)),
    }
}

fn series(value: &Value) -> Option<Series> {
    let part = match value {
        Value::Map(pairs) => pairs
            .iter()
            .find(|(name, _)| matches!(name.as_str(), "part" | "order" | "index"))
            .and_then(|(_, part)| part.first_text()?.parse().ok()),
        _ => None,
    };
    Some(Series { name: value.first_text()?, part })
}
