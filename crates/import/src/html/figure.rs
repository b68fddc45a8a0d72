//! Pictures and films as captions: the site never loads anything of others, so remote ones are links.

use corpus::{Block, Inline, inline_text};

use super::{
    blocks::{Blocks, Converter, is_left_out, one_line},
    dom::NodeId,
    link::{Target, is_tracker, link_to, resolve},
};
use crate::{Image, recover::single_spaced};

impl Converter<'_> {
    /// A figure's caption is the caption of its one picture.
    pub(super) fn figure(&mut self, id: NodeId, blocks: &mut Blocks, depth: usize) {
        let dom = self.dom;
        let images: Vec<NodeId> = dom.below(id).filter(|&id| dom.name(id) == "img" && !is_left_out(dom, id)).collect();
        let caption = dom.below(id).find(|&id| dom.name(id) == "figcaption");
        let is_code = dom.below(id).any(|id| matches!(dom.name(id), "pre" | "table" | "blockquote"));
        if let ([image], Some(caption), false) = (images.as_slice(), caption, is_code) {
            let text = self.flat(caption);
            return self.image(*image, Some(text), blocks);
        }
        blocks.extend(self.inside(id, depth));
    }

    /// A picture as its caption: a link to a remote one, the name and a copy of a local one.
    pub(super) fn image(&mut self, id: NodeId, caption: Option<Vec<Inline>>, blocks: &mut Blocks) {
        let (dom, line) = (self.dom, self.dom.line(id));
        if is_left_out(dom, id) {
            return;
        }
        let sources = ["data-src", "data-original", "data-lazy-src", "src"];
        let candidates = sources.into_iter().filter_map(|name| dom.attr(id, name)).filter(|src| !src.trim().is_empty());
        let src = candidates.clone().find(|src| !src.trim_start().starts_with("data:")).or_else(|| candidates.clone().next());
        let said = |src: &str| -> Vec<Inline> {
            let alt = dom.attr(id, "alt").map(single_spaced).filter(|alt| !alt.is_empty());
            let name = src.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
            vec![Inline::text(alt.unwrap_or(if name.is_empty() { "그림".to_owned() } else { name }))]
        };
        let caption = caption.filter(|caption| !inline_text(caption).trim().is_empty());
        let text = match src.map(|src| resolve(src, self.base)) {
            Some(Target::Address(href)) => match caption {
                Some(caption) if has_link(&caption) => {
                    let inlines = said(&href);
                    push_caption(blocks, line, vec![Inline::Link { href, inlines }]);
                    caption
                }
                caption => {
                    let inlines = caption.unwrap_or_else(|| said(&href));
                    link_to(href, inlines)
                }
            },
            Some(Target::Local(path)) => {
                let text = caption.unwrap_or_else(|| said(&path));
                self.out.images.push(Image { path, line });
                text
            }
            _ => {
                let (n, _) = self.out.embedded.get_or_insert((0, line));
                *n += 1;
                caption.unwrap_or_else(|| dom.attr(id, "alt").map(|alt| vec![Inline::text(alt.trim())]).unwrap_or_default())
            }
        };
        push_caption(blocks, line, text);
    }

    /// A film or map of somebody else: a link, never the thing itself.
    pub(super) fn frame(&mut self, id: NodeId, blocks: &mut Blocks) {
        let src = self.dom.attr(id, "src").or_else(|| self.dom.attr(id, "data-src")).map(str::to_owned);
        let src = src.or_else(|| {
            let source = self.dom.below(id).find(|&id| self.dom.name(id) == "source")?;
            self.dom.attr(source, "src").map(str::to_owned)
        });
        if let Some(Target::Address(href)) =
            src.map(|src| resolve(&src, self.base)).filter(|_| !is_tracker(self.dom.attr(id, "src").unwrap_or_default()))
        {
            let title = self.dom.attr(id, "title").map(str::trim).filter(|title| !title.is_empty()).unwrap_or(&href).to_owned();
            push_caption(blocks, self.dom.line(id), vec![Inline::Link { href, inlines: vec![Inline::text(title)] }]);
        }
    }
}

/// Whether there is a link at any depth: Markdown has no link within a link.
fn has_link(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Link { .. } => true,
        Inline::Strong { inlines } | Inline::Emphasis { inlines } => has_link(inlines),
        _ => false,
    })
}

pub(super) fn push_caption(blocks: &mut Blocks, line: usize, text: Vec<Inline>) {
    if !inline_text(&text).trim().is_empty() {
        blocks.push((line, Block::Caption { text: one_line(text) }));
    }
}
