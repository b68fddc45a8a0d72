//! The facts of a story, from the YAML between the two `---` lines at the top of its file.

use corpus::{Built, Problem, Section, Series, Slug, SourceMap, Story};

use super::yaml::{self, Node, Value};

/// Every field, in the order in which they are written.
const FIELDS: [&str; 12] =
    ["title", "section", "company", "author", "published", "series", "views", "tags", "lang", "summary", "source", "imported"];

/// How alike two names must be for "did you mean", from 0 to 1. Less suggests nonsense, more misses swapped letters.
const ALIKE: f64 = 0.7;

/// The facts as a story without body (absent when a required one is missing), and the offset at which the body begins.
pub(super) fn read(text: &str, source: &mut SourceMap, problems: &mut Vec<Problem>) -> (Option<Story>, usize) {
    let Some((yaml, body_start)) = split(text) else {
        let fix = "begin the file with a `---` line, the facts, and another `---` line";
        problems.push(Problem::error(source.file(), 1, "the file has no front matter", fix));
        return (None, 0);
    };
    let pairs = match yaml::parse(yaml) {
        Ok(pairs) => pairs,
        Err(error) => {
            let message = format!("the front matter is no YAML: {}", error.message);
            let fix = "write one `name: value` a line, texts in double quotes";
            problems.push(Problem::error(source.file(), error.line + 1, message, fix));
            return (None, body_start);
        }
    };
    let mut facts = Facts { source, problems, seen: Vec::new() };
    let story = facts.read(pairs);
    (story, body_start)
}

/// The YAML and where the body begins.
fn split(text: &str) -> Option<(&str, usize)> {
    let start = text.find('\n')? + 1;
    if text.get(..start)?.trim_end() != "---" {
        return None;
    }
    let mut end = start;
    for line in text.get(start..)?.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((text.get(start..end)?, end + line.len()));
        }
        end += line.len();
    }
    None
}

struct Facts<'a> {
    source: &'a mut SourceMap,
    problems: &'a mut Vec<Problem>,
    seen: Vec<String>,
}

impl Facts<'_> {
    fn error(&mut self, line: usize, message: impl Into<String>, fix: impl Into<String>) {
        self.problems.push(Problem::error(self.source.file(), line, message, fix));
    }

    fn read(&mut self, pairs: Vec<(Node, Node)>) -> Option<Story> {
        let (mut title, mut section, mut lang, mut summary) = (None, None, None, None);
        let mut story = empty_story();
        for (key, value) in pairs {
            // The first line of the file is `---`.
            let line = key.line + 1;
            let Value::Text(name) = key.value else {
                self.error(line, "a field name is no text", "write `name: value`");
                continue;
            };
            if self.seen.contains(&name) {
                self.error(line, format!("`{name}` stands here twice"), "keep one of them");
                continue;
            }
            self.source.add_field(&name, line);
            self.seen.push(name.clone());
            match name.as_str() {
                "title" => title = self.text(&name, value),
                "section" => section = self.section(value),
                "company" => story.company = self.fact(&name, value),
                "author" => story.author = self.fact(&name, value),
                "published" => story.published = self.fact(&name, value),
                "series" => story.series = self.series(value),
                "views" => story.views = self.number(&name, value),
                "tags" => story.tags = self.tags(value),
                "lang" => lang = self.text(&name, value),
                "summary" => summary = self.text(&name, value),
                "source" => story.source = self.fact(&name, value),
                // The importer's mark of what it wrote; no fact of the story.
                "imported" => drop(self.text(&name, value)),
                _ => self.unknown(line, &name),
            }
        }
        for (name, fix) in [
            ("title", "add `title: \"…\"`"),
            ("section", "add `section: feed`, or interview or news"),
            ("lang", "add `lang: ko`"),
            ("summary", "add `summary: \"…\"`, one or two sentences of 60 to 120 characters"),
        ] {
            if !self.seen.iter().any(|seen| seen == name) {
                self.error(1, format!("`{name}` is missing"), fix);
            }
        }
        Some(Story { title: title?, section: section?, lang: lang?, summary: summary?, ..story })
    }

    fn unknown(&mut self, line: usize, name: &str) {
        let nearest = FIELDS.into_iter().map(|field| (strsim::normalized_damerau_levenshtein(&name.to_lowercase(), field), field));
        let fix = match nearest.max_by(|(a, _), (b, _)| a.total_cmp(b)) {
            Some((alike, field)) if ALIKE <= alike => format!("did you mean `{field}`?"),
            _ => format!("use one of {}", FIELDS.join(", ")),
        };
        self.error(line, format!("unknown field `{name}`"), fix);
    }

    fn text(&mut self, name: &str, node: Node) -> Option<String> {
        if let Value::Text(text) = node.value {
            return Some(text);
        }
        self.error(node.line + 1, format!("`{name}` is no text"), "write one text, in double quotes if it holds signs");
        None
    }

    /// A text that may be left out, but not left empty (which the check of facts says).
    fn fact(&mut self, name: &str, node: Node) -> Option<String> {
        self.text(name, node)
    }

    fn section(&mut self, node: Node) -> Option<Section> {
        let line = node.line + 1;
        let word = self.text("section", node)?;
        let section = Section::parse(&word);
        if section.is_none() {
            let names = Section::ALL.map(Section::as_str).join(", ");
            self.error(line, format!("unknown section `{word}`"), format!("use one of {names}"));
        }
        section
    }

    fn number(&mut self, name: &str, node: Node) -> Option<u64> {
        let line = node.line + 1;
        let text = self.text(name, node)?;
        let number = text.parse().ok();
        if number.is_none() {
            self.error(line, format!("`{name}` is `{text}`, no whole number"), "write digits only, or leave the line out");
        }
        number
    }

    fn series(&mut self, node: Node) -> Option<Series> {
        let line = node.line + 1;
        let fix = "write `series: {name: \"…\", part: 2}`; the part may be left out";
        let Value::Map(pairs) = node.value else {
            self.error(line, "`series` is no name and part", fix);
            return None;
        };
        let (mut name, mut part) = (None, None);
        for (key, value) in pairs {
            let key_line = key.line + 1;
            match key.value {
                Value::Text(key) if key == "name" => name = self.text("series name", value),
                Value::Text(key) if key == "part" => {
                    part = self.number("series part", value).and_then(|part| u32::try_from(part).ok());
                }
                _ => self.error(key_line, "unknown field in `series`", fix),
            }
        }
        if name.is_none() {
            self.error(line, "`series` has no name", fix);
        }
        Some(Series { name: name?, part })
    }

    fn tags(&mut self, node: Node) -> Vec<String> {
        let line = node.line + 1;
        let Value::List(nodes) = node.value else {
            self.error(line, "`tags` is no list", "write `tags: [하나, 둘]`, or `tags: []` for none");
            return Vec::new();
        };
        nodes.into_iter().filter_map(|node| self.text("tag", node)).collect()
    }
}

/// A story without a fact.
fn empty_story() -> Story {
    Story {
        slug: Slug::from_title(""),
        title: String::new(),
        section: Section::Feed,
        company: None,
        author: None,
        published: None,
        views: None,
        tags: Vec::new(),
        series: None,
        lang: String::new(),
        summary: String::new(),
        source: None,
        original: None,
        blocks: Vec::new(),
        built: Built::default(),
    }
}
