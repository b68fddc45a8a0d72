//! Markdown as Jekyll, Hugo, Hexo, Gatsby and Zola keep it: front matter of each, their template tags, raw HTML in the text.
//!
//! ```text
//! text → front (YAML, TOML or JSON to facts) → tags (shortcodes and Liquid resolved or left out, reported)
//!      → pulldown-cmark, with a mark for the line before each block → html::fragment → typed blocks
//! ```
//!
//! Our own story files are read by the stricter [`crate::markdown`], which refuses HTML.

mod front;
mod tags;
#[cfg(test)]
mod tests;
mod value;

use std::fmt::Write;

use corpus::{Block, Problem};
use pulldown_cmark::{Event, Options as MarkdownOptions, Parser, Tag, html::push_html};

use crate::{
    Draft, Imported, Options,
    html::{self, LINE_MARK, Lines, is_title, raise_headings},
    markdown::count_cells,
    shift,
};

/// Strikethrough stays off: a single `~` is a range in Korean (`3~5시`), and GitHub's rule would eat it.
const MARKDOWN: MarkdownOptions =
    MarkdownOptions::ENABLE_TABLES.union(MarkdownOptions::ENABLE_FOOTNOTES).union(MarkdownOptions::ENABLE_HEADING_ATTRIBUTES);

/// Reads one post.
pub(crate) fn read(file: &str, text: &str, options: &Options) -> Imported {
    let mut problems = Vec::new();
    let front = front::read(file, text, &mut problems);
    if let Some((line, why)) = front.draft {
        problems.push(Problem::note(
            file,
            line,
            format!("the post is a draft ({why}) and is left out"),
            "publish it there if it is meant for readers",
        ));
        return Imported { stories: Vec::new(), problems };
    }
    let (body, first_line) = front.body(text);
    let body = tags::resolve(file, body, first_line, &mut problems);
    long_rows(file, &body, first_line, &mut problems);
    let html = to_html(&body, first_line);
    let fragment = html::fragment(file, &html, None, Lines::Marked);
    problems.extend(shift(fragment.problems, 0));
    let mut facts = front.facts;
    let mut blocks: Vec<Block> = fragment.blocks.into_iter().map(|(_, block)| block).collect();
    if facts.title.is_none()
        && let Some(block @ Block::Heading { .. }) = blocks.first()
    {
        facts.title = Some(block.text());
    }
    if blocks.first().is_some_and(|block| is_title(block, facts.title.as_deref())) {
        blocks.remove(0);
        raise_headings(&mut blocks);
    }
    if blocks.iter().all(|block| block.text().trim().is_empty()) {
        problems.push(Problem::error(file, first_line, "the post has no text, so it is left out", "write its text, or remove the file"));
        problems.sort_by_key(|problem| problem.line);
        return Imported { stories: Vec::new(), problems };
    }
    let story = facts.story(file, blocks, options, &mut problems);
    problems.sort_by_key(|problem| problem.line);
    Imported { stories: vec![Draft::new(story, fragment.images)], problems }
}

/// Reports table rows with more cells than the head, because Markdown shows none of the others.
fn long_rows(file: &str, body: &str, first_line: usize, problems: &mut Vec<Problem>) {
    let mut n_columns = 0;
    for (event, range) in Parser::new_ext(body, MARKDOWN).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(columns)) => n_columns = columns.len(),
            Event::Start(Tag::TableRow) => {
                let n_cells = body.get(range.clone()).map_or(0, count_cells);
                if n_columns < n_cells {
                    let line = first_line + body.get(..range.start).unwrap_or_default().matches('\n').count();
                    let message = format!("the row has {n_cells} cells, the table's head has {n_columns}, so the last are left out");
                    problems.push(Problem::error(file, line, message, "give the head as many cells; write `\\|` for a bar in a cell"));
                }
            }
            _ => {}
        }
    }
}

/// Markdown as HTML in which a comment before each block says on which line of the file it begins.
fn to_html(body: &str, first_line: usize) -> String {
    let starts: Vec<usize> = std::iter::once(0).chain(body.match_indices('\n').map(|(idx, _)| idx + 1)).collect();
    let events = Parser::new_ext(body, MARKDOWN).into_offset_iter().flat_map(|(event, range)| {
        let line = starts.partition_point(|&start| start <= range.start) + first_line - 1;
        let mark = is_marked(&event).then(|| Event::Html(format!("<!--{LINE_MARK}{line}-->").into()));
        mark.into_iter().chain([event])
    });
    let mut html = String::with_capacity(body.len() * 3 / 2);
    // A page of its own, so that a stray `</body>` or `<td>` is read as browsers do.
    let _ = write!(html, "<!--{LINE_MARK}{first_line}--><body>");
    push_html(&mut html, events);
    html
}

fn is_marked(event: &Event<'_>) -> bool {
    matches!(
        event,
        Event::Start(
            Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::BlockQuote(_)
                | Tag::List(_)
                | Tag::Table(_)
                | Tag::FootnoteDefinition(_)
        )
    )
}
