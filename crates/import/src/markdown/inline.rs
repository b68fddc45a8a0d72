//! Spans of text: Markdown events to inlines.

use corpus::{Inline, is_safe_href};
use pulldown_cmark::{Event, LinkType, Tag};

use super::body::{Body, Events};

impl Body<'_> {
    /// The spans up to the next event that is none, which is left in `events`.
    pub(super) fn inlines(&mut self, events: &mut Events<'_>) -> Vec<Inline> {
        self.inlines_after(String::new(), events)
    }

    /// The same, with plain text before them.
    pub(super) fn inlines_after(&mut self, before: String, events: &mut Events<'_>) -> Vec<Inline> {
        let mut out = Vec::new();
        push_text(&mut out, &before);
        while let Some((event, range)) = events.next_if(|(event, _)| is_inline(event)) {
            match event {
                Event::Text(text) => {
                    self.find_dangling_note(&text, range.start);
                    push_text(&mut out, &text);
                }
                Event::Code(code) => out.push(Inline::Code { code: code.into_string() }),
                Event::SoftBreak => push_text(&mut out, " "),
                Event::HardBreak => push_text(&mut out, "\n"),
                Event::FootnoteReference(label) => out.push(Inline::Note { label: label.into_string() }),
                Event::InlineHtml(html) => self.raw_html(&html, range.start),
                Event::Start(tag) => {
                    if self.is_too_deep(events, range.start) {
                        continue;
                    }
                    self.depth += 1;
                    let inlines = self.inlines(events);
                    self.depth -= 1;
                    events.next();
                    self.push_span(tag, inlines, range.start, &mut out);
                }
                _ => {}
            }
        }
        out
    }

    fn push_span(&mut self, tag: Tag<'_>, inlines: Vec<Inline>, offset: usize, out: &mut Vec<Inline>) {
        match tag {
            Tag::Emphasis => out.push(Inline::Emphasis { inlines }),
            Tag::Strong => out.push(Inline::Strong { inlines }),
            Tag::Link { link_type, dest_url, title, .. } => {
                let href = if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                if !title.is_empty() {
                    self.warning(offset, format!("the link's title `{title}` is not kept"), "say it in the text");
                }
                if is_safe_href(&href) {
                    out.push(Inline::Link { href, inlines });
                } else {
                    self.error(offset, format!("link to `{href}`"), "link to http, https or mailto addresses only");
                    splice(out, inlines);
                }
            }
            Tag::Image { dest_url, .. } => {
                let fix = "stories have no images; say what it shows as `<figcaption>…</figcaption>` alone on a line";
                self.error(offset, format!("image `{dest_url}`"), fix);
                splice(out, inlines);
            }
            _ => splice(out, inlines),
        }
    }

    pub(super) fn raw_html(&mut self, html: &str, offset: usize) {
        let shown: String = html.trim().chars().take(40).take_while(|&c| c != '\n').collect();
        let fix = match html.trim() {
            "<br>" | "<br/>" | "<br />" => "end the line with a backslash instead",
            _ => "write it in Markdown, or put a backslash before `<` if it is text",
        };
        self.error(offset, format!("raw HTML `{shown}`"), fix);
    }

    /// A mark of a note that does not exist comes as plain text, `[` by itself.
    fn find_dangling_note(&mut self, text: &str, offset: usize) {
        let rest = self.markdown.get(offset..).unwrap_or_default();
        let is_escaped = offset.checked_sub(1).and_then(|before| self.markdown.as_bytes().get(before)) == Some(&b'\\');
        if !text.starts_with('[') || is_escaped {
            return;
        }
        let Some(label) = rest.strip_prefix("[^").and_then(|rest| rest.split_once(']')).map(|(label, _)| label) else { return };
        if !label.is_empty() && !label.contains(char::is_whitespace) && !self.labels.contains(label) {
            let fix = format!("add `[^{label}]: …` at the end, or write `\\[^{label}]` if it is text");
            self.error(offset, format!("mark of note `{label}`, which does not exist"), fix);
        }
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak | Event::FootnoteReference(_) | Event::InlineHtml(_) => true,
        Event::Start(tag) => matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }),
        _ => false,
    }
}

/// Adds plain text; neighbouring texts are one.
pub(super) fn push_text(out: &mut Vec<Inline>, more: &str) {
    if more.is_empty() {
        return;
    }
    match out.last_mut() {
        Some(Inline::Text { text }) => text.push_str(more),
        _ => out.push(Inline::text(more)),
    }
}

fn splice(out: &mut Vec<Inline>, inlines: Vec<Inline>) {
    for inline in inlines {
        match inline {
            Inline::Text { text } => push_text(out, &text),
            inline => out.push(inline),
        }
    }
}
