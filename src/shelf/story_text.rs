//! The text of a story that is not on screen, for finding passages in it: the same text that `dom::passage` reads off the page.

use corpus::{Block, Inline, ListItem};

use super::page_text::{PageText, Piece};

/// The text of a body.
pub(crate) fn story_text(blocks: &[Block]) -> PageText {
    let mut out = Out::default();
    for (block, index) in blocks.iter().zip(0..) {
        out.block = index;
        out.add_block(block);
    }
    PageText::new(&out.pieces)
}

#[derive(Default)]
struct Out {
    pieces: Vec<Piece>,
    block: u32,
}

impl Out {
    fn piece(&mut self, text: &str, begins: bool) {
        self.pieces.push(Piece { text: text.to_owned(), block: self.block, begins });
    }

    fn add_block(&mut self, block: &Block) {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text } | Block::Caption { text } => self.line("", text),
            Block::Question { mark, text } | Block::Answer { mark, text } => self.line(mark, text),
            Block::List { items, .. } => items.iter().for_each(|item| self.add_item(item)),
            Block::Quote { blocks } => blocks.iter().for_each(|block| self.add_block(block)),
            Block::Code { code, .. } => self.piece(code, true),
            Block::Table { head, rows } => head.iter().chain(rows.iter().flatten()).for_each(|cell| self.line("", cell)),
            Block::References { items } => items.iter().for_each(|item| {
                self.line("", &item.text);
                // The arrow back to the mark.
                self.piece(" ↩", false);
            }),
            _ => {}
        }
    }

    fn add_item(&mut self, item: &ListItem) {
        self.line("", &item.text);
        item.blocks.iter().for_each(|block| self.add_block(block));
    }

    fn line(&mut self, mark: &str, inlines: &[Inline]) {
        self.piece(mark, true);
        self.piece(" ", false);
        self.add_inlines(inlines);
    }

    fn add_inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text { text } => self.piece(text, false),
                Inline::Code { code } => self.piece(code, false),
                Inline::Emphasis { inlines } | Inline::Strong { inlines } | Inline::Link { inlines, .. } => self.add_inlines(inlines),
                Inline::Note { label } => self.piece(label, false),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use corpus::{Block, Inline, ListItem};

    use super::story_text;
    use crate::shelf::anchor::{Quote, find};

    #[test]
    fn passages_are_found_across_inlines_and_items() {
        let text = |text: &str| vec![Inline::text(text)];
        let linked = Inline::Link { href: "https://a.b".into(), inlines: text("링크 글") };
        let blocks = [
            Block::Question { mark: "Q.".into(), text: text("왜요?") },
            Block::Paragraph { text: vec![Inline::text("앞 "), linked, Inline::text("과 뒤")] },
            Block::List {
                ordered: false,
                start: None,
                items: vec![ListItem { text: text("하나"), blocks: vec![] }, ListItem { text: text("둘"), blocks: vec![] }],
            },
        ];
        let page = story_text(&blocks);
        for words in ["Q. 왜요?", "앞 링크 글과 뒤", "하나 둘", "왜요? 앞"] {
            let quote = Quote { exact: words.into(), ..Quote::default() };
            assert_eq!(find(&page, &quote).map(|range| page.text(range)).as_deref(), Some(words));
        }
    }
}
