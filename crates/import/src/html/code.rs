//! Code: text as typed, without the line numbers that highlighters put beside it.

use corpus::Block;

use super::{
    blocks::{Blocks, Converter, is_left_out},
    dom::NodeId,
};

impl Converter<'_> {
    pub(super) fn code(&mut self, id: NodeId, blocks: &mut Blocks) {
        let dom = self.dom;
        let mut code = String::new();
        for below in dom.below(id) {
            let is_number = std::iter::successors(Some(below), |&id| dom.parent(id)).take_while(|&above| above != id);
            if is_number.into_iter().any(|id| is_left_out(dom, id)) {
                continue;
            }
            match (dom.text(below), dom.name(below)) {
                (Some(text), _) => code.push_str(text),
                (None, "br") => code.push('\n'),
                _ => {}
            }
        }
        let code = code.trim_end().trim_start_matches('\n').to_owned();
        let code = crate::decode::normalise(&code).replace('\u{a0}', " ");
        if !code.is_empty() {
            blocks.push((dom.line(id), Block::Code { lang: self.language(id), code }));
        }
    }

    /// The language that a class of the code or of what is around it names.
    fn language(&self, id: NodeId) -> Option<String> {
        let above = std::iter::successors(Some(id), |&id| self.dom.parent(id)).take(4);
        let inside = self.dom.children(id).iter().copied().filter(|&id| self.dom.name(id) == "code");
        inside
            .chain(above)
            .find_map(|id| {
                let named = self.dom.attr(id, "data-lang").or_else(|| self.dom.attr(id, "data-language")).map(str::to_owned);
                let class = self.dom.attr(id, "class").unwrap_or_default().replace("brush:", "brush: ");
                let mut words = class.split([' ', ';']).filter(|word| !word.is_empty());
                let of_class =
                    words.clone().find_map(|word| word.strip_prefix("language-").or_else(|| word.strip_prefix("lang-")).map(str::to_owned));
                let of_brush = words.find(|word| *word == "brush:").and_then(|_| words.next()).map(str::to_owned);
                let of_hexo = (self.dom.name(id) == "figure")
                    .then(|| class.strip_prefix("highlight ")?.split(' ').next().map(str::to_owned))
                    .flatten();
                named.or(of_class).or(of_brush).or(of_hexo)
            })
            .filter(|lang| !lang.is_empty() && !matches!(lang.as_str(), "plaintext" | "plain" | "text" | "none" | "txt"))
            .filter(|lang| lang.chars().all(|c| c.is_ascii_alphanumeric() || "+-#._".contains(c)))
    }
}
