//! HTML: pages with one article, saved pages of a story list, and the HTML inside feeds and Markdown.
//!
//! ```text
//! page → dom (html5ever) → listing: records of a story list, or
//!                          meta: what the head says + article: which part is the article
//!      → blocks, inline: typed blocks; nothing that is not typed can pass → drop: what was left out, for the report
//! ```
//!
//! There is no list of forbidden tags to keep up to date: a corpus has no HTML, so only what [`blocks`] understands comes out.

mod article;
mod blocks;
mod code;
mod dom;
mod drop;
mod figure;
mod inline;
mod link;
mod listing;
mod meta;
mod nest;
mod note;
mod table;
#[cfg(test)]
mod tests;

use corpus::{Block, Problem};

use dom::ROOT;
pub(crate) use dom::{Dom, LINE_MARK, Lines};

use crate::{Draft, Image, Imported, Options, decode::normalise, facts::Facts};

/// A piece of HTML as blocks.
pub(crate) struct Fragment {
    /// The blocks, each with the line it begins on.
    pub(crate) blocks: Vec<(usize, Block)>,
    /// Images that lie beside the page.
    pub(crate) images: Vec<Image>,
    /// What was left out.
    pub(crate) problems: Vec<Problem>,
}

/// Reads a piece of HTML, such as a feed's entry. `base` is the address that relative links are relative to.
pub(crate) fn fragment(file: &str, html: &str, base: Option<&str>, lines: Lines) -> Fragment {
    let dom = Dom::parse(html, lines);
    let fragment = blocks::convert(&dom, &[ROOT], base, &|_| false);
    let mut problems = drop::report(file, &dom);
    problems.extend(fragment.problems(file));
    Fragment { blocks: fragment.blocks, images: fragment.images, problems }
}

/// Reads a page: the records of a story list if it holds any, otherwise its one article.
pub(crate) fn read(file: &str, html: &str, options: &Options) -> Imported {
    let dom = Dom::parse(html, Lines::Counted);
    let mut problems = drop::report(file, &dom);
    let facts = meta::facts(&dom);
    let base = facts.address.clone();
    if let Some(mut imported) = listing::read(file, &dom, base.as_deref()) {
        problems.append(&mut imported.problems);
        return Imported { problems, ..imported };
    }
    let article = article::find(&dom);
    let converted = blocks::convert(&dom, &article.roots, base.as_deref(), &|id| article.is_left_out(id));
    problems.extend(converted.problems(file));
    if let Some(note) = article.note(file, &dom) {
        problems.push(note);
    }
    let facts = Facts { source: Some(base.unwrap_or_else(|| file.to_owned())), ..facts.into_facts(&dom, &article, &converted.blocks) };
    let mut blocks: Vec<Block> = converted.blocks.into_iter().map(|(_, block)| block).collect();
    if facts.title.is_some() && blocks.first().is_some_and(|block| is_title(block, facts.title.as_deref())) {
        blocks.remove(0);
        raise_headings(&mut blocks);
    }
    if blocks.iter().all(|block| block.text().trim().is_empty()) {
        let fix = "save the page again when its text is shown, or give another page";
        problems.push(Problem::error(file, 1, "the page has no text that could be an article", fix));
        return Imported { stories: Vec::new(), problems };
    }
    let story = facts.story(file, blocks, options, &mut problems);
    problems.sort_by_key(|problem| problem.line);
    Imported { stories: vec![Draft::new(story, converted.images)], problems }
}

/// Raises headings to level 2 once the title above them is gone.
pub(crate) fn raise_headings(blocks: &mut [Block]) {
    let levels = blocks.iter().filter_map(|block| if let Block::Heading { level, .. } = block { Some(*level) } else { None });
    let by = levels.min().unwrap_or(2).saturating_sub(2);
    for block in blocks {
        if let Block::Heading { level, .. } = block {
            *level -= by;
        }
    }
}

/// Whether a block says nothing but the title.
pub(crate) fn is_title(block: &Block, title: Option<&str>) -> bool {
    // A title is composed when the story is made, the blocks are already.
    let squeeze = |text: &str| normalise(text).chars().filter(|c| !c.is_whitespace()).collect::<String>();
    matches!(block, Block::Heading { .. }) && title.is_some_and(|title| squeeze(title) == squeeze(&block.text()))
}
