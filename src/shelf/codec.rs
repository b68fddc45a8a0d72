//! Records as JSON text: one form for storage, for other tabs and for the exported file.
//!
//! Unknown members are passed over, so that a record of a later version that only adds something can still be read. What a later version means
//! differently comes with another [`VERSION`].

use corpus::{JsonValue, Slug, parse_json};

use super::{
    anchor::Quote,
    model::{Color, Column, Entry, Facts, Note, Passage, Place, Record},
    stamp::Stamped,
};

/// Version of the records, and of the database that holds them.
///
/// Raise it when an old program would misread what is written. Then keep a file of the old version in `fixtures/` (a test asks for it) and teach
/// [`decode_record`] to read it.
pub(crate) const VERSION: u32 = 1;

/// What an exported file says it is.
const KIND: &str = "story-home-shelf";

/// Why a file cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ImportError {
    /// It is not what we export.
    NotAShelf,
    /// A later version of this site wrote it.
    Newer,
}

/// A file of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Imported {
    /// What could be read.
    pub(crate) records: Vec<Record>,
    /// How many records could not.
    pub(crate) n_damaged: usize,
}

/// Writes a file of records.
pub(crate) fn encode_file(records: &[Record]) -> String {
    let records: Vec<String> = records.iter().map(encode_record).collect();
    format!("{{\"kind\":\"{KIND}\",\"version\":{VERSION},\"records\":[\n{}\n]}}\n", records.join(",\n"))
}

/// Reads a file of records. Damaged records are counted, not fatal.
///
/// # Errors
/// [`ImportError`] if the file as a whole is not ours to read.
pub(crate) fn decode_file(text: &str) -> Result<Imported, ImportError> {
    let file = parse_json(text.trim_start_matches('\u{feff}')).map_err(|_| ImportError::NotAShelf)?;
    if string(&file, "kind").as_deref() != Some(KIND) {
        return Err(ImportError::NotAShelf);
    }
    let (Some(version), JsonValue::Array(values)) = (number(&file, "version"), member(&file, "records")) else {
        return Err(ImportError::NotAShelf);
    };
    if u64::from(VERSION) < version {
        return Err(ImportError::Newer);
    }
    let records: Vec<Record> = values.iter().filter_map(record).collect();
    Ok(Imported { n_damaged: values.len() - records.len(), records })
}

/// Writes one record.
pub(crate) fn encode_record(record: &Record) -> String {
    let mut out = Out::default();
    match record {
        Record::Entry(entry) => {
            out.string("story", entry.slug.as_str());
            out.stamped("facts", &entry.facts, |out, facts| out.facts(facts));
            out.stamped("column", &entry.column, |out, column| out.string("is", column.as_str()));
            out.stamped("place", &entry.place, |out, place| {
                out.number("block", place.block.into());
                out.number("percent", place.percent.into());
                out.string("words", &place.words);
            });
            out.stamped("visit", &entry.visit, |out, when| out.number("when", *when));
        }
        Record::Note(note) => {
            out.string("note", &note.id);
            out.stamped("passage", &note.passage, |out, passage| {
                out.string("story", passage.slug.as_str());
                out.facts(&passage.facts);
                out.string("quote", &passage.quote.exact);
                out.string("before", &passage.quote.before);
                out.string("after", &passage.quote.after);
                out.number("block", passage.quote.block.into());
                out.string("color", passage.color.as_str());
                out.string("words", &passage.words);
                out.number("made", passage.made);
            });
        }
        Record::Cleared(time) => out.number("cleared", *time),
    }
    out.finish()
}

/// Reads one record; `None` if it is damaged.
pub(crate) fn decode_record(text: &str) -> Option<Record> {
    record(&parse_json(text).ok()?)
}

fn record(value: &JsonValue) -> Option<Record> {
    if let Some(slug) = string(value, "story") {
        return Some(Record::Entry(Entry {
            slug: Slug::new(slug).ok()?,
            facts: stamped(member(value, "facts"), facts)?,
            column: stamped(member(value, "column"), |column| Column::parse(&string(column, "is")?))?,
            place: stamped(member(value, "place"), |place| {
                Some(Place { block: small(place, "block")?, percent: small(place, "percent")?.min(100), words: string(place, "words")? })
            })?,
            visit: stamped(member(value, "visit"), |visit| number(visit, "when"))?,
        }));
    }
    if let Some(id) = string(value, "note").filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric())) {
        return Some(Record::Note(Note { id, passage: stamped(member(value, "passage"), passage)? }));
    }
    number(value, "cleared").map(Record::Cleared)
}

fn facts(value: &JsonValue) -> Option<Facts> {
    Some(Facts { title: string(value, "title")?, company: string(value, "company")? })
}

fn passage(value: &JsonValue) -> Option<Passage> {
    let quote = Quote {
        exact: string(value, "quote").filter(|words| !words.is_empty())?,
        before: string(value, "before")?,
        after: string(value, "after")?,
        block: small(value, "block")?,
    };
    Some(Passage {
        slug: Slug::new(string(value, "story")?).ok()?,
        facts: facts(value)?,
        quote,
        color: Color::parse(&string(value, "color")?)?,
        words: string(value, "words")?,
        made: number(value, "made")?,
    })
}

/// A stamp without more than its time is a removal; a missing one was never set; a damaged value damages the record.
fn stamped<T>(value: &JsonValue, read: impl Fn(&JsonValue) -> Option<T>) -> Option<Stamped<T>> {
    match value {
        JsonValue::Null => Some(Stamped { at: 0, value: None }),
        JsonValue::Object(members) => {
            let at = number(value, "at")?;
            Some(Stamped { at, value: if members.len() == 1 { None } else { Some(read(value)?) } })
        }
        _ => None,
    }
}

fn member<'a>(value: &'a JsonValue, key: &str) -> &'a JsonValue {
    let JsonValue::Object(members) = value else { return &JsonValue::Null };
    members.iter().find(|(name, _)| name == key).map_or(&JsonValue::Null, |(_, value)| value)
}

fn string(value: &JsonValue, key: &str) -> Option<String> {
    if let JsonValue::String(text) = member(value, key) { Some(text.clone()) } else { None }
}

fn number(value: &JsonValue, key: &str) -> Option<u64> {
    if let JsonValue::Number(number) = member(value, key) { Some(*number) } else { None }
}

fn small(value: &JsonValue, key: &str) -> Option<u32> {
    u32::try_from(number(value, key)?).ok()
}

/// An object under construction.
#[derive(Default)]
struct Out(String);

impl Out {
    fn key(&mut self, key: &str) {
        if !self.0.is_empty() && !self.0.ends_with('{') {
            self.0.push(',');
        }
        self.quoted(key);
        self.0.push(':');
    }

    fn string(&mut self, key: &str, value: &str) {
        self.key(key);
        self.quoted(value);
    }

    fn number(&mut self, key: &str, value: u64) {
        self.key(key);
        self.0.push_str(&value.to_string());
    }

    fn facts(&mut self, facts: &Facts) {
        self.string("title", &facts.title);
        self.string("company", &facts.company);
    }

    fn stamped<T>(&mut self, key: &str, stamped: &Stamped<T>, write: impl Fn(&mut Self, &T)) {
        if stamped.at == 0 {
            return;
        }
        self.key(key);
        self.0.push('{');
        self.number("at", stamped.at);
        if let Some(value) = &stamped.value {
            write(self, value);
        }
        self.0.push('}');
    }

    fn quoted(&mut self, text: &str) {
        self.0.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => {
                    self.0.push('\\');
                    self.0.push(c);
                }
                '\n' => self.0.push_str("\\n"),
                // Everything else below a space; tabs are rare enough to be spelt like the rest.
                c if c < ' ' => {
                    self.0.push_str("\\u00");
                    let code = c as u32;
                    self.0.extend([code >> 4, code & 15].into_iter().filter_map(|digit| char::from_digit(digit, 16)));
                }
                c => self.0.push(c),
            }
        }
        self.0.push('"');
    }

    fn finish(self) -> String {
        format!("{{{}}}", self.0)
    }
}
