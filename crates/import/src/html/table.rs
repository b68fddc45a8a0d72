//! Tables of facts as tables, tables that only place things as what is in them.

use corpus::{Block, Inline};

use super::{
    blocks::{Blocks, Converter, is_left_out, one_line},
    dom::NodeId,
    figure::push_caption,
};

impl Converter<'_> {
    pub(super) fn table(&mut self, id: NodeId, blocks: &mut Blocks, depth: usize) {
        let dom = self.dom;
        let (mut rows, mut captions) = (Vec::new(), Vec::new());
        let mut open: Vec<NodeId> = dom.children(id).iter().rev().copied().collect();
        while let Some(part) = open.pop() {
            match dom.name(part) {
                "thead" | "tbody" | "tfoot" => open.extend(dom.children(part).iter().rev()),
                "tr" if !is_left_out(dom, part) => rows.push(part),
                "caption" => captions.push(part),
                _ => {}
            }
        }
        let cells_of = |row: NodeId| -> Vec<NodeId> {
            dom.children(row).iter().copied().filter(|&id| matches!(dom.name(id), "td" | "th") && !is_left_out(dom, id)).collect()
        };
        let cells: Vec<Vec<NodeId>> = rows.iter().map(|&row| cells_of(row)).filter(|cells| !cells.is_empty()).collect();
        let is_layout = |cell: &NodeId| {
            dom.below(*cell)
                .any(|id| matches!(dom.name(id), "pre" | "table" | "ul" | "ol" | "blockquote" | "h1" | "h2" | "h3" | "figure" | "img"))
        };
        for caption in captions {
            let text = self.flat(caption);
            push_caption(blocks, dom.line(caption), text);
        }
        if cells.iter().all(|row| row.len() == 1) || cells.iter().flatten().any(is_layout) {
            for cell in cells.into_iter().flatten() {
                blocks.extend(self.inside(cell, depth));
            }
            return;
        }
        let width = |cell: &NodeId| dom.attr(*cell, "colspan").and_then(|n| n.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, 50);
        let n_columns = cells.iter().map(|row| row.iter().map(width).sum::<usize>()).max().unwrap_or(0);
        let mut table: Vec<Vec<Vec<Inline>>> = Vec::new();
        for row in &cells {
            let mut texts = Vec::new();
            for cell in row {
                texts.push(one_line(self.flat(*cell)));
                texts.extend(vec![Vec::new(); width(cell) - 1]);
            }
            texts.resize(n_columns, Vec::new());
            table.push(texts);
        }
        if table.iter().flatten().any(|cell| !cell.is_empty()) {
            let head = table.remove(0);
            blocks.push((dom.line(id), Block::Table { head, rows: table }));
        }
    }
}
