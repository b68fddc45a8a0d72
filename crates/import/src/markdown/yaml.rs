//! YAML as front matter needs it: a small tree of texts, lists and maps, each with its line.
//!
//! Scalars stay text: `title: 2019` is a title, and no date, number or `no` is guessed. Anchors and aliases are refused, which also
//! refuses documents that unfold without end.

use saphyr_parser::{Event, Parser, Span, SpannedEventReceiver};

/// A value and the 1-based line it begins on, counted from the beginning of the YAML.
pub(crate) struct Node {
    pub(crate) line: usize,
    pub(crate) value: Value,
}

pub(crate) enum Value {
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

/// Why a text is no YAML, and the line.
pub(crate) struct YamlError {
    pub(crate) line: usize,
    pub(crate) message: String,
}

/// Levels of nesting: front matter has three, more is an attack or a mistake.
const MAX_DEPTH: usize = 8;

/// The pairs of the top-level map; none for an empty text.
pub(crate) fn parse(text: &str) -> Result<Vec<(Node, Node)>, YamlError> {
    let mut tree = Tree { open: Vec::new(), root: None, error: None };
    if let Err(error) = Parser::new_from_str(text).load(&mut tree, false) {
        return Err(YamlError { line: error.marker().line(), message: error.info().to_owned() });
    }
    match (tree.error, tree.root) {
        (Some(error), _) => Err(error),
        (None, None) => Ok(Vec::new()),
        (None, Some(Node { value: Value::Map(pairs), .. })) => Ok(pairs),
        (None, Some(Node { value: Value::Text(text), .. })) if text.is_empty() => Ok(Vec::new()),
        (None, Some(Node { line, .. })) => Err(YamlError { line, message: "expected `name: value` lines".into() }),
    }
}

/// A list or map whose end has not come yet. Maps hold keys and values in turn.
struct Open {
    line: usize,
    is_map: bool,
    nodes: Vec<Node>,
}

struct Tree {
    open: Vec<Open>,
    root: Option<Node>,
    error: Option<YamlError>,
}

impl Tree {
    fn fail(&mut self, line: usize, message: &str) {
        self.error.get_or_insert(YamlError { line, message: message.into() });
    }

    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(open) => open.nodes.push(node),
            None if self.root.is_none() => self.root = Some(node),
            None => self.fail(node.line, "expected one document"),
        }
    }

    fn close(&mut self) {
        let Some(Open { line, is_map, nodes }) = self.open.pop() else { return };
        let value = if is_map {
            let mut nodes = nodes.into_iter();
            Value::Map(std::iter::from_fn(|| Some((nodes.next()?, nodes.next()?))).collect())
        } else {
            Value::List(nodes)
        };
        self.add(Node { line, value });
    }
}

impl<'input> SpannedEventReceiver<'input> for Tree {
    fn on_event(&mut self, event: Event<'input>, span: Span) {
        let line = span.start.line();
        if self.error.is_some() {
            return;
        }
        match event {
            Event::Scalar(text, ..) => self.add(Node { line, value: Value::Text(text.into_owned()) }),
            Event::SequenceStart(..) | Event::MappingStart(..) if MAX_DEPTH <= self.open.len() => self.fail(line, "nested too deep"),
            Event::SequenceStart(..) => self.open.push(Open { line, is_map: false, nodes: Vec::new() }),
            Event::MappingStart(..) => self.open.push(Open { line, is_map: true, nodes: Vec::new() }),
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(_) => self.fail(line, "aliases are not allowed"),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {}
        }
    }
}
