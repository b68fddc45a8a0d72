//! Front matter of three notations as one kind of tree, each field with its line.

use crate::markdown::yaml::{self, Node};

/// A field's value; numbers, dates and truth values as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

/// A field of the top level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) value: Value,
    /// 1-based line in the front matter.
    pub(super) line: usize,
}

impl Value {
    /// The text of a text, the first text of a list, the name of a map.
    pub(super) fn first_text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Self::List(values) => values.iter().find_map(Self::first_text),
            Self::Map(pairs) => {
                pairs.iter().find(|(name, _)| matches!(name.as_str(), "name" | "title")).and_then(|(_, value)| value.first_text())
            }
        }
    }

    /// All texts; a single text is divided at commas, or at spaces where `spaces` says that the dialect does so.
    pub(super) fn texts(&self, divider: Divider) -> Vec<String> {
        match self {
            Self::Text(text) if text.contains(',') => {
                text.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
            }
            Self::Text(text) if divider == Divider::Spaces => text.split_whitespace().map(str::to_owned).collect(),
            Self::Text(text) if text.trim().is_empty() => Vec::new(),
            Self::Text(text) => vec![text.trim().to_owned()],
            Self::List(values) => values.iter().flat_map(|value| value.texts(Divider::Commas)).collect(),
            Self::Map(_) => self.first_text().into_iter().collect(),
        }
    }

    pub(super) fn is_true(&self) -> bool {
        matches!(self, Self::Text(text) if matches!(text.to_lowercase().as_str(), "true" | "yes" | "on"))
    }

    pub(super) fn is_false(&self) -> bool {
        matches!(self, Self::Text(text) if matches!(text.to_lowercase().as_str(), "false" | "no" | "off"))
    }
}

/// What stands between several words in one text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Divider {
    Commas,
    Spaces,
}

/// Why a text could not be read, and on which of its lines.
pub(super) struct Fault {
    pub(super) line: usize,
    pub(super) message: String,
}

pub(super) fn from_yaml(text: &str) -> Result<Vec<Field>, Fault> {
    let pairs = yaml::parse(text).map_err(|error| Fault { line: error.line, message: error.message })?;
    Ok(pairs
        .into_iter()
        .filter_map(|(key, value)| {
            let line = key.line;
            if let yaml::Value::Text(name) = key.value { Some(Field { name, value: yaml_value(value), line }) } else { None }
        })
        .collect())
}

fn yaml_value(node: Node) -> Value {
    match node.value {
        yaml::Value::Text(text) if matches!(text.as_str(), "~" | "null") => Value::Text(String::new()),
        yaml::Value::Text(text) => Value::Text(text),
        yaml::Value::List(nodes) => Value::List(nodes.into_iter().map(yaml_value).collect()),
        yaml::Value::Map(pairs) => Value::Map(
            pairs
                .into_iter()
                .filter_map(|(key, value)| if let yaml::Value::Text(name) = key.value { Some((name, yaml_value(value))) } else { None })
                .collect(),
        ),
    }
}

pub(super) fn from_toml(text: &str) -> Result<Vec<Field>, Fault> {
    let table: toml::Table = toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = 1 + text.get(..start).unwrap_or_default().matches('\n').count();
        Fault { line, message: error.message().to_owned() }
    })?;
    let line_of = |name: &str| {
        let is_key = |line: &str| {
            let line = line.trim_start_matches(['[', ' ', '"', '\'']);
            line.strip_prefix(name).is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ', '\t']).starts_with(['=', '.', ']']))
        };
        1 + text.lines().position(is_key).unwrap_or(0)
    };
    Ok(table.into_iter().map(|(name, value)| Field { line: line_of(&name), value: toml_value(value), name }).collect())
}

fn toml_value(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::Text(text),
        toml::Value::Array(values) => Value::List(values.into_iter().map(toml_value).collect()),
        toml::Value::Table(table) => Value::Map(table.into_iter().map(|(name, value)| (name, toml_value(value))).collect()),
        toml::Value::Integer(number) => Value::Text(number.to_string()),
        toml::Value::Float(number) => Value::Text(number.to_string()),
        toml::Value::Boolean(truth) => Value::Text(truth.to_string()),
        toml::Value::Datetime(date) => Value::Text(date.to_string()),
    }
}

pub(super) fn from_json(text: &str) -> Result<Vec<Field>, Fault> {
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(text).map_err(|error| Fault { line: error.line(), message: error.to_string() })?;
    Ok(object.into_iter().map(|(name, value)| Field { name, value: json_value(value), line: 1 }).collect())
}

fn json_value(value: serde_json::Value) -> Value {
    match value {
        serde_json::Value::String(text) => Value::Text(text),
        serde_json::Value::Null => Value::Text(String::new()),
        serde_json::Value::Array(values) => Value::List(values.into_iter().map(json_value).collect()),
        serde_json::Value::Object(object) => Value::Map(object.into_iter().map(|(name, value)| (name, json_value(value))).collect()),
        other => Value::Text(other.to_string()),
    }
}

/// `name: value` lines that are no YAML as a whole: titles with a bare colon, bracket or tab are the usual reason.
pub(super) fn from_lines(text: &str) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for (idx, line) in text.lines().enumerate() {
        let item = line.trim_start().strip_prefix("- ").map(unquoted);
        if let Some(item) = item
            && let Some(Field { value, .. }) = fields.last_mut()
        {
            match value {
                Value::List(values) => values.push(Value::Text(item)),
                Value::Text(text) if text.is_empty() => *value = Value::List(vec![Value::Text(item)]),
                _ => {}
            }
            continue;
        }
        let Some((name, rest)) = line.split_once(':').filter(|_| !line.starts_with([' ', '\t', '#'])) else { continue };
        let name = name.trim().trim_matches(['"', '\'']).to_owned();
        let rest = rest.trim();
        let is_list = matches!(name.as_str(), "tags" | "categories" | "category" | "authors");
        let value = match rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).filter(|_| is_list) {
            Some(items) => Value::List(items.split(',').map(unquoted).filter(|item| !item.is_empty()).map(Value::Text).collect()),
            None => Value::Text(unquoted(rest)),
        };
        fields.push(Field { name, value, line: idx + 1 });
    }
    fields
}

/// Without the quotation marks around, even if one of them is missing.
fn unquoted(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix(['"', '\'']).unwrap_or(text);
    text.strip_suffix(['"', '\'']).unwrap_or(text).trim().to_owned()
}
