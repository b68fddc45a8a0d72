//! Feeds as trees of elements, one entry at a time, every fault forgiven that leaves the text whole.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use crate::html;

/// An element of an entry.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    /// With its prefix, in lower case: `content:encoded`.
    pub(super) name: String,
    /// 1-based line on which it begins.
    pub(super) line: usize,
    attrs: Vec<(String, String)>,
    text: String,
    /// The source between its tags, for markup that is part of the XML.
    inner: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    pub(super) fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.iter().find(|(attr, _)| attr == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Its own text, that of nested elements left out.
    pub(super) fn text(&self) -> String {
        self.text.clone()
    }

    /// The HTML that it holds, escaped or as part of the XML.
    pub(super) fn markup(&self) -> String {
        if self.attr("type") == Some("xhtml") || (self.text.trim().is_empty() && !self.children.is_empty()) {
            self.inner.clone()
        } else {
            self.text.clone()
        }
    }
}

/// What a feed holds.
#[derive(Debug, Default)]
pub(super) struct Feed {
    /// The feed's own elements: title, link, language.
    pub(super) channel: Vec<Element>,
    pub(super) entries: Vec<Element>,
    /// Why reading ended before the end.
    pub(super) fault: Option<Fault>,
}

/// What is wrong, and on which line.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) line: usize,
    pub(super) message: String,
}

/// How alike the name of an end must be to that of the element it may end, from 0 to 1.
const ALIKE: f64 = 0.7;

/// Levels of elements inside an entry; deeper ones are read as text of this level.
const MAX_DEPTH: usize = 32;

pub(super) fn read(text: &str) -> Feed {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    config.check_comments = false;
    let mut builder = Builder { text, lines: Lines { text, at: 0, line: 1 }, open: Vec::new(), feed: Feed::default() };
    loop {
        let start = position(&reader);
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => builder.event(event, start, position(&reader)),
            Err(error) => {
                let line = builder.lines.at(position(&reader).max(start));
                builder.feed.fault = Some(Fault { line, message: format!("the XML is broken here ({error})") });
                break;
            }
        }
    }
    if builder.feed.fault.is_none()
        && let Some((entry, _)) = builder.open.iter().find(|(element, _)| is_entry(&element.name))
    {
        builder.feed.fault = Some(Fault { line: entry.line, message: "the file ends inside this entry".into() });
    }
    builder.feed
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// Counts lines up to offsets that only grow.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn at(&mut self, offset: usize) -> usize {
        let between = self.text.as_bytes().get(self.at..offset.min(self.text.len())).unwrap_or_default();
        self.line += between.iter().filter(|&&byte| byte == b'\n').count();
        self.at = self.at.max(offset.min(self.text.len()));
        self.line
    }
}

fn is_entry(name: &str) -> bool {
    matches!(name, "item" | "entry")
}

struct Builder<'a> {
    text: &'a str,
    lines: Lines<'a>,
    /// Open elements, each with the offset at which its content begins.
    open: Vec<(Element, usize)>,
    feed: Feed,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, start: usize, end: usize) {
        match event {
            Event::Start(tag) => {
                let element = self.element(&tag, start);
                self.open.push((element, end));
            }
            Event::Empty(tag) => {
                let element = self.element(&tag, start);
                self.open.push((element, end));
                self.close(start);
            }
            Event::End(tag) => {
                let name = tag.name().as_ref().to_ascii_lowercase();
                // An end without a beginning is passed over, a missing end made up for.
                if let Some(place) = self.open.iter().rposition(|(element, _)| element.name == name) {
                    while place < self.open.len() {
                        self.close(start);
                    }
                } else if self.open.last().is_some_and(|(element, _)| ALIKE <= strsim::normalized_damerau_levenshtein(&element.name, &name))
                {
                    // Misspelt.
                    self.close(start);
                }
            }
            Event::Text(text) => self.push(&text),
            Event::CData(text) => self.push(&text),
            Event::GeneralRef(reference) => {
                let name = reference.into_inner();
                self.push(&resolved(&name));
            }
            _ => {}
        }
    }

    fn element(&mut self, tag: &BytesStart<'_>, start: usize) -> Element {
        let mut attrs = tag.html_attributes();
        let attrs = attrs.with_checks(false).flatten().map(|attr| {
            let value = attr.value.as_ref();
            let value = if value.contains('&') { entities(value) } else { value.to_owned() };
            (attr.key.as_ref().to_ascii_lowercase(), value)
        });
        Element { name: tag.name().as_ref().to_ascii_lowercase(), line: self.lines.at(start), attrs: attrs.collect(), ..Element::default() }
    }

    fn push(&mut self, text: &str) {
        if let Some((element, _)) = self.open.last_mut() {
            element.text.push_str(text);
        }
    }

    /// Ends the innermost element; its content ends at `end`.
    fn close(&mut self, end: usize) {
        let Some((mut element, start)) = self.open.pop() else { return };
        let in_entry = self.open.iter().any(|(element, _)| is_entry(&element.name));
        if is_entry(&element.name) && !in_entry {
            return self.feed.entries.push(element);
        }
        if !in_entry {
            return self.feed.channel.push(element);
        }
        element.inner = self.text.get(start..end).unwrap_or_default().to_owned();
        let depth = self.open.len();
        match self.open.last_mut() {
            Some((parent, _)) if depth <= MAX_DEPTH => parent.children.push(element),
            Some((parent, _)) => parent.text.push_str(&element.text),
            None => {}
        }
    }
}

/// What stands between `&` and `;`. XML has five names; feeds use those of HTML too.
fn resolved(name: &str) -> String {
    match name {
        "lt" => "<".into(),
        "gt" => ">".into(),
        "amp" => "&".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        name => entities(&format!("&{name};")),
    }
}

/// Text with the references of HTML resolved.
fn entities(text: &str) -> String {
    let dom = html::Dom::parse(&format!("<body>{}", text.replace('<', "&lt;")), html::Lines::Counted);
    dom.all_text(0)
}
