//! HTML as a tree: html5ever's parser (the algorithm of browsers, which accepts anything) into an arena whose nodes know their lines.
//!
//! Nodes are numbers, so that no nesting, however deep, can exhaust the stack when a tree is dropped. Meaning is for [`super::blocks`].

use std::{
    borrow::Cow,
    cell::{Cell, RefCell},
    rc::Rc,
};

use html5ever::{
    Attribute, ExpandedName, ParseOpts, QualName, local_name, ns, parse_document,
    tendril::{StrTendril, TendrilSink},
    tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
};

/// A node's number.
pub(crate) type NodeId = usize;

/// How a comment begins that says from which line of another file the following comes; the number and the comment's end follow.
pub(crate) const LINE_MARK: &str = "story-home-line:";

/// Where lines are counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lines {
    /// In the HTML itself.
    Counted,
    /// By comments that begin with [`LINE_MARK`].
    Marked,
}

/// What a node is.
#[derive(Debug)]
pub(crate) enum Data {
    /// The document, doctypes, comments.
    Other,
    /// Text, entities resolved.
    Text(String),
    /// An element: its name in lower case and its attributes.
    Element(Rc<QualName>, Vec<(String, String)>),
}

/// A node and its place.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) data: Data,
    /// 1-based line on which it was found.
    pub(crate) line: usize,
    pub(crate) parent: Option<NodeId>,
    pub(crate) children: Vec<NodeId>,
}

/// A parsed page; node 0 is the document.
#[derive(Debug)]
pub(crate) struct Dom {
    nodes: Vec<Node>,
}

/// The root of every page.
pub(crate) const ROOT: NodeId = 0;

impl Dom {
    /// Parses a page or a piece of one. Nothing is refused.
    pub(crate) fn parse(html: &str, lines: Lines) -> Self {
        let sink = Sink {
            nodes: RefCell::new(vec![Node { data: Data::Other, line: 1, parent: None, children: Vec::new() }]),
            line: Cell::new(1),
            lines,
            nameless: Rc::new(QualName::new(None, ns!(), local_name!(""))),
        };
        Self { nodes: parse_document(sink, ParseOpts::default()).one(html).into_inner() }
    }

    /// All nodes, by number; those that were moved out of the tree among them.
    pub(crate) fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn children(&self, id: NodeId) -> &[NodeId] {
        self.nodes.get(id).map_or(&[], |node| &node.children)
    }

    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.nodes.get(id)?.parent
    }

    pub(crate) fn line(&self, id: NodeId) -> usize {
        self.nodes.get(id).map_or(1, |node| node.line)
    }

    /// The text of a text node.
    pub(crate) fn text(&self, id: NodeId) -> Option<&str> {
        if let Data::Text(text) = &self.nodes.get(id)?.data { Some(text) } else { None }
    }

    /// The name of an element; empty for anything else.
    pub(crate) fn name(&self, id: NodeId) -> &str {
        if let Some(Node { data: Data::Element(name, _), .. }) = self.nodes.get(id) { &name.local } else { "" }
    }

    pub(crate) fn attrs(&self, id: NodeId) -> &[(String, String)] {
        if let Some(Node { data: Data::Element(_, attrs), .. }) = self.nodes.get(id) { attrs } else { &[] }
    }

    /// The value of an attribute, if it is there.
    pub(crate) fn attr(&self, id: NodeId, name: &str) -> Option<&str> {
        self.attrs(id).iter().find(|(attr, _)| attr == name).map(|(_, value)| value.as_str())
    }

    /// Everything below a node, in reading order, without the node itself.
    pub(crate) fn below(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let mut open: Vec<NodeId> = self.children(id).iter().rev().copied().collect();
        std::iter::from_fn(move || {
            let next = open.pop()?;
            open.extend(self.children(next).iter().rev());
            Some(next)
        })
    }

    /// All text below a node as it stands, scripts and styles left out.
    pub(crate) fn all_text(&self, id: NodeId) -> String {
        let mut out = String::new();
        for id in self.below(id) {
            let parent = self.parent(id).map_or("", |parent| self.name(parent));
            if let Some(text) = self.text(id).filter(|_| !matches!(parent, "script" | "style")) {
                out.push_str(text);
            }
        }
        out
    }
}

#[derive(Clone)]
struct Handle {
    id: NodeId,
    name: Rc<QualName>,
}

struct Sink {
    nodes: RefCell<Vec<Node>>,
    line: Cell<usize>,
    lines: Lines,
    /// Stands for the name of what has none.
    nameless: Rc<QualName>,
}

impl Sink {
    fn make(&self, data: Data) -> Handle {
        let name = if let Data::Element(name, _) = &data { name.clone() } else { self.nameless.clone() };
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { data, line: self.line.get(), parent: None, children: Vec::new() });
        Handle { id: nodes.len() - 1, name }
    }

    fn detach(&self, id: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(parent) = nodes.get_mut(id).and_then(|node| node.parent.take()) else { return };
        if let Some(parent) = nodes.get_mut(parent)
            && let Some(place) = parent.children.iter().rposition(|&child| child == id)
        {
            parent.children.remove(place);
        }
    }

    /// Puts a child at a place among the children; text joins the text before it.
    fn insert(&self, parent: NodeId, place: usize, child: NodeOrText<Handle>) {
        let id = match child {
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.id);
                handle.id
            }
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let before = place.checked_sub(1).and_then(|place| nodes.get(parent)?.children.get(place)).copied();
                if let Some(Node { data: Data::Text(before), .. }) = before.and_then(|before| nodes.get_mut(before)) {
                    before.push_str(&text);
                    return;
                }
                drop(nodes);
                self.make(Data::Text(text.to_string())).id
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        if let Some(node) = nodes.get_mut(id) {
            node.parent = Some(parent);
        }
        if let Some(parent) = nodes.get_mut(parent) {
            parent.children.insert(place.min(parent.children.len()), id);
        }
    }

    fn n_children(&self, id: NodeId) -> usize {
        self.nodes.borrow().get(id).map_or(0, |node| node.children.len())
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = RefCell<Vec<Node>>;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self::Output {
        self.nodes
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: ROOT, name: self.nameless.clone() }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        let attrs = attrs.into_iter().map(|attr| (attr.name.local.to_string(), attr.value.to_string())).collect();
        self.make(Data::Element(Rc::new(name), attrs))
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        if self.lines == Lines::Marked
            && let Some(line) = text.trim().strip_prefix(LINE_MARK).and_then(|number| number.parse().ok())
        {
            self.line.set(line);
        }
        self.make(Data::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.make(Data::Other)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.id, self.n_children(parent.id), child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, previous: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.nodes.borrow().get(element.id).is_some_and(|node| node.parent.is_some());
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        // A template's content is left out with the template.
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        if let NodeOrText::AppendNode(node) = &new_node {
            self.detach(node.id);
        }
        let nodes = self.nodes.borrow();
        let Some(parent) = nodes.get(sibling.id).and_then(|node| node.parent) else { return };
        let place = nodes.get(parent).and_then(|parent| parent.children.iter().rposition(|&child| child == sibling.id));
        drop(nodes);
        self.insert(parent, place.unwrap_or_default(), new_node);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(Node { data: Data::Element(_, present), .. }) = nodes.get_mut(target.id) else { return };
        for attr in attrs {
            if !present.iter().any(|(name, _)| *name == *attr.name.local) {
                present.push((attr.name.local.to_string(), attr.value.to_string()));
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut nodes = self.nodes.borrow_mut();
        let children = nodes.get_mut(node.id).map(|node| std::mem::take(&mut node.children)).unwrap_or_default();
        for &child in &children {
            if let Some(child) = nodes.get_mut(child) {
                child.parent = Some(new_parent.id);
            }
        }
        if let Some(parent) = nodes.get_mut(new_parent.id) {
            parent.children.extend(children);
        }
    }

    fn set_current_line(&self, line: u64) {
        if self.lines == Lines::Counted {
            self.line.set(usize::try_from(line).unwrap_or(usize::MAX));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Dom, Lines, ROOT};

    #[test]
    fn nodes_know_their_lines() {
        let dom = Dom::parse("<p>하나\n<p>둘<b>셋</b>", Lines::Counted);
        let lines: Vec<(&str, usize)> = dom.below(ROOT).map(|id| (dom.name(id), dom.line(id))).filter(|(name, _)| *name == "p").collect();
        assert_eq!(lines, [("p", 1), ("p", 2)]);
        let marked = Dom::parse("<!--story-home-line:7--><p>하나\n<p>둘", Lines::Marked);
        assert!(marked.below(ROOT).filter(|&id| marked.name(id) == "p").all(|id| marked.line(id) == 7));
    }

    #[test]
    fn nesting_beyond_any_stack_is_read() {
        let dom = Dom::parse(&"<div>".repeat(5_000), Lines::Counted);
        assert!(5_000 < dom.below(ROOT).count());
    }

    proptest! {
        #[test]
        fn the_tree_is_a_tree(html in "(<(/?)(p|b|i|a|table|tr|td|li|ul|div|template|svg|select|option)>|[a-z&; ]){0,60}") {
            let dom = Dom::parse(&html, Lines::Counted);
            for id in dom.below(ROOT) {
                let parent = dom.parent(id);
                prop_assert!(parent.is_some_and(|parent| dom.children(parent).contains(&id)));
            }
        }
    }
}
