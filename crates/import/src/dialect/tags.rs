//! Template tags in the text of posts: Hugo's shortcodes, Liquid and Nunjucks of Jekyll and Hexo, Zola's calls, kramdown's attributes.
//!
//! What they stand for is written in Markdown where it is known (code, figures, films); other tags are left out, the text between
//! them stays, and each kind is reported. Code is never touched, and lines keep their numbers.

use std::collections::BTreeMap;

use corpus::Problem;

/// The text without template tags; `first_line` is its first line's number in the file.
pub(super) fn resolve(file: &str, body: &str, first_line: usize, problems: &mut Vec<Problem>) -> String {
    let mut tags = Tags { dropped: BTreeMap::new(), out: String::with_capacity(body.len()) };
    let mut fence: Option<String> = None;
    // kramdown puts a table of contents in the place of the list before `{:toc}`.
    let has_contents = body.contains("{:toc}") || body.contains("{: toc}");
    let mut rest = body;
    let mut line = first_line;
    while !rest.is_empty() {
        let end = rest.find('\n').map_or(rest.len(), |idx| idx + 1);
        let (current, after) = rest.split_at(end);
        let trimmed = current.trim_start();
        if let Some(open) = &fence {
            // A closing fence is at least as long as the opening one.
            if trimmed.starts_with(open.as_str()) && trimmed.trim_end().bytes().all(|byte| open.as_bytes().contains(&byte)) {
                fence = None;
            }
        } else if let Some(sign) = ['`', '~'].into_iter().find(|&sign| trimmed.starts_with(&*String::from(sign).repeat(3))) {
            fence = Some(trimmed.chars().take_while(|&c| c == sign).collect());
        } else if !(is_dropped_line(current) || (has_contents && is_contents(current))) {
            let n_used = tags.line(rest, end, line);
            let used = rest.get(..n_used).unwrap_or(rest);
            line += used.matches('\n').count();
            rest = rest.get(n_used..).unwrap_or_default();
            continue;
        } else {
            tags.out.push('\n');
            line += 1;
            rest = after;
            continue;
        }
        tags.out.push_str(current);
        line += current.matches('\n').count();
        rest = after;
    }
    for (name, (n, line)) in &tags.dropped {
        let times = if *n == 1 { String::new() } else { format!(" {n} times") };
        let fix = "look whether the text needs what it showed";
        problems.push(Problem::warning(file, *line, format!("template tag `{name}` left out{times}"), fix));
    }
    tags.out
}

/// Lines that renderers take as instructions.
fn is_dropped_line(line: &str) -> bool {
    let line = line.trim();
    let is_attributes = (line.starts_with("{:") && line.ends_with('}')) || matches!(line, "[TOC]" | "[[toc]]" | "[[TOC]]");
    let is_module =
        (line.starts_with("import ") && (line.contains(" from '") || line.contains(" from \""))) || line.starts_with("export const ");
    is_attributes || is_module
}

/// The list that kramdown replaces by the table of contents.
fn is_contents(line: &str) -> bool {
    matches!(line.trim(), "* TOC" | "- TOC" | "1. TOC")
}

struct Tags {
    dropped: BTreeMap<String, (usize, usize)>,
    out: String,
}

impl Tags {
    /// Copies one line without its tags, and more if a tag goes on. Returns how many bytes of `rest` were used.
    fn line(&mut self, rest: &str, end: usize, line: usize) -> usize {
        let mut at = 0;
        while at < end {
            let Some(tail) = rest.get(at..) else { return rest.len() };
            if tail.starts_with('`') {
                // Code between as many backticks on the same line.
                let n = tail.bytes().take_while(|&byte| byte == b'`').count();
                let sign = "`".repeat(n);
                let close = tail.get(n..end - at).and_then(|inner| inner.find(&sign)).map_or(n, |idx| idx + 2 * n);
                self.out.push_str(tail.get(..close).unwrap_or(tail));
                at += close;
                continue;
            }
            if let Some(n_used) = self.tag(tail, line) {
                at += n_used;
                continue;
            }
            let Some(c) = tail.chars().next() else { break };
            self.out.push(c);
            at += c.len_utf8();
        }
        at
    }

    /// Writes what the tag at the beginning of `text` stands for. Returns its length, if there is one.
    fn tag(&mut self, text: &str, line: usize) -> Option<usize> {
        let (open, close) = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}"), ("{:", "}")]
            .into_iter()
            .find(|(open, _)| text.starts_with(open))?;
        let length = text.find(close)? + close.len();
        let whole = text.get(..length)?;
        let inner = text.get(open.len()..length - close.len())?.trim_matches(['-', ' ', '\n', '\t', '/']);
        let is_closing = text.get(open.len()..)?.trim_start_matches([' ', '-']).starts_with('/') || inner.starts_with("end");
        let name: String = inner.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/')).collect();
        // Braces in running text, such as a template language's own examples.
        if open == "{{" && !is_template(inner) {
            return None;
        }
        // A paragraph may say `{: ` too; attributes begin with a sign.
        if open == "{:" && !inner.starts_with(['.', '#']) && !inner.contains('=') {
            return None;
        }
        match self.written(&name, inner, is_closing, text.get(length..).unwrap_or_default()) {
            Some(markdown) => self.out.push_str(&markdown),
            // Where the site lies: nothing of the text.
            None if matches!(name.as_str(), "site.baseurl" | "site.url") => {}
            None if open == "{:" || name == "raw" || name == "endraw" || name == "comment" || name == "endcomment" => {}
            None if is_closing => {}
            None => {
                let shown = if name.is_empty() { inner.chars().take(20).collect() } else { name };
                self.dropped.entry(shown).or_insert((0, line)).0 += 1;
            }
        }
        // Lines keep their numbers.
        self.out.push_str(&"\n".repeat(whole.matches('\n').count()));
        Some(length)
    }

    /// The Markdown of a tag that is known.
    fn written(&self, name: &str, inner: &str, is_closing: bool, after: &str) -> Option<String> {
        let at_line_start = self.out.is_empty() || self.out.ends_with('\n');
        let arguments = arguments(inner.strip_prefix(name).unwrap_or_default());
        let named = |wanted: &str| arguments.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.clone());
        let nth = |idx: usize| arguments.iter().filter(|(key, _)| key.is_empty()).nth(idx).map(|(_, value)| value.clone());
        match name {
            "highlight" | "codeblock" | "code" if is_closing => Some(format!("{}```", if at_line_start { "" } else { "\n" })),
            "endhighlight" | "endcodeblock" | "endcode" => Some(format!("{}```", if at_line_start { "" } else { "\n" })),
            "highlight" | "codeblock" | "code" => {
                let lang = nth(0).filter(|lang| lang.chars().all(|c| c.is_ascii_alphanumeric() || "+-#".contains(c))).unwrap_or_default();
                let lang = lang.strip_prefix("lang:").unwrap_or(&lang).to_owned();
                Some(format!("```{lang}{}", if after.starts_with('\n') { "" } else { "\n" }))
            }
            "figure" | "img" | "image" | "asset_img" | "imgproc" if !is_closing => {
                let src = named("src").or_else(|| nth(0).filter(|src| src.contains(['.', '/'])))?;
                let said = named("caption").or_else(|| named("title")).or_else(|| named("alt")).unwrap_or_else(|| {
                    let words: Vec<String> =
                        arguments.iter().filter(|(key, _)| key.is_empty()).skip(1).map(|(_, value)| value.clone()).collect();
                    words.join(" ")
                });
                Some(format!("![{}](<{src}>)", said.replace(['[', ']'], " ").trim()))
            }
            "youtube" | "vimeo" | "gist" | "tweet" | "twitter" | "instagram" if !is_closing => {
                let id = named("id").or_else(|| nth(0))?;
                let address = match name {
                    "youtube" => format!("https://www.youtube.com/watch?v={id}"),
                    "vimeo" => format!("https://vimeo.com/{id}"),
                    "gist" => format!("https://gist.github.com/{}", nth(1).map_or(id.clone(), |second| format!("{id}/{second}"))),
                    "instagram" => format!("https://www.instagram.com/p/{id}"),
                    _ => named("user").map_or_else(
                        || format!("https://twitter.com/i/status/{id}"),
                        |user| format!("https://twitter.com/{user}/status/{id}"),
                    ),
                };
                Some(format!("<{address}>"))
            }
            _ => None,
        }
    }
}

/// Whether what stands between double braces is a template's, and not an example of one.
fn is_template(inner: &str) -> bool {
    let is_call = inner.split_once('(').is_some_and(|(name, rest)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b':') && rest.ends_with(')')
    });
    is_call
        || ["site.", "page.", "post.", "include.", "config.", "layout."].iter().any(|name| inner.starts_with(name))
        || inner.contains("| relative_url")
        || inner.contains("| absolute_url")
}

/// `a "b c" key="d"` and `(key="d", other=1)` as pairs; words without a key have an empty one.
fn arguments(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut chars = text.trim().trim_start_matches('(').trim_end_matches(')').chars().peekable();
    while let Some(&first) = chars.peek() {
        if first.is_whitespace() || first == ',' {
            chars.next();
            continue;
        }
        let (mut key, mut word) = (String::new(), String::new());
        let mut quote = None;
        for c in chars.by_ref() {
            match quote {
                Some(sign) if c == sign => quote = None,
                Some(_) => word.push(c),
                None if matches!(c, '"' | '\'') => quote = Some(c),
                None if c == '=' && key.is_empty() => key = std::mem::take(&mut word),
                None if c.is_whitespace() || c == ',' => break,
                None => word.push(c),
            }
        }
        pairs.push((key, word));
    }
    pairs
}
