//! A reader of JSON text into a tree, as small as the app needs it.
//!
//! The app decodes three kinds of files. serde_json with derived visitors takes 60 kB of wasm for that (18 kB after brotli, a tenth of
//! everything a first visit loads); this reader and `decode` take 8 kB. Tools that are not downloaded use serde_json.

use std::fmt;

/// Deepest nesting of lists and objects. Stories nest about ten deep; more is a damaged or hostile file, and every level costs stack.
const MAX_DEPTH: usize = 96;

/// A JSON value. Numbers are whole and not negative, because no field of the corpus is anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(u64),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Value>),
    /// Keys and values in the order of the text.
    Object(Vec<(String, Value)>),
}

/// Why a text is not JSON that the corpus could hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Byte in the text where reading stopped; 0 when a well-formed value is not what the format says.
    pub offset: usize,
    /// What was expected there.
    pub expected: &'static str,
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected ")?;
        f.write_str(self.expected)?;
        if self.offset > 0 {
            write!(f, " at byte {}", self.offset)?;
        }
        Ok(())
    }
}

impl std::error::Error for JsonError {}

/// Reads one value and nothing after it but white space.
///
/// # Errors
/// [`JsonError`] if the text is anything else.
pub fn parse(text: &str) -> Result<Value, JsonError> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0)?;
    reader.skip_space();
    if reader.at < text.len() { Err(reader.expected("the end of the file")) } else { Ok(value) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn expected(&self, expected: &'static str) -> JsonError {
        JsonError { offset: self.at, expected }
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        self.skip_space();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn word(&mut self, word: &'static str, value: Value) -> Result<Value, JsonError> {
        if self.rest().starts_with(word) {
            self.at += word.len();
            return Ok(value);
        }
        Err(self.expected(word))
    }

    fn value(&mut self, depth: usize) -> Result<Value, JsonError> {
        if depth > MAX_DEPTH {
            return Err(self.expected("less nesting"));
        }
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(Value::String),
            Some(b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => Err(self.expected("a value")),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, JsonError> {
        self.at += 1;
        let mut fields = Vec::new();
        if self.take(b'}') {
            return Ok(Value::Object(fields));
        }
        loop {
            self.skip_space();
            let key = self.string()?;
            if !self.take(b':') {
                return Err(self.expected("`:`"));
            }
            fields.push((key, self.value(depth + 1)?));
            if self.take(b'}') {
                return Ok(Value::Object(fields));
            }
            if !self.take(b',') {
                return Err(self.expected("`,` or `}`"));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, JsonError> {
        self.at += 1;
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.take(b']') {
                return Ok(Value::Array(items));
            }
            if !self.take(b',') {
                return Err(self.expected("`,` or `]`"));
            }
        }
    }

    fn number(&mut self) -> Result<Value, JsonError> {
        let (mut number, start) = (0_u64, self.at);
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            if number == 0 && start < self.at {
                return Err(self.expected("a number without zeros before it"));
            }
            number = number
                .checked_mul(10)
                .and_then(|number| number.checked_add(u64::from(digit - b'0')))
                .ok_or_else(|| self.expected("a number below 2^64"))?;
            self.at += 1;
        }
        if matches!(self.peek(), Some(b'.' | b'e' | b'E')) { Err(self.expected("a whole number")) } else { Ok(Value::Number(number)) }
    }

    fn string(&mut self) -> Result<String, JsonError> {
        if self.peek() != Some(b'"') {
            return Err(self.expected("`\"`"));
        }
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let n_plain =
                rest.bytes().position(|byte| byte == b'"' || byte == b'\\' || byte < b' ').ok_or_else(|| self.expected("`\"`"))?;
            out.push_str(rest.get(..n_plain).unwrap_or_default());
            self.at += n_plain + 1;
            match rest.as_bytes().get(n_plain) {
                Some(b'"') => return Ok(out),
                Some(b'\\') => out.push(self.escape()?),
                _ => return Err(self.expected("a text without control characters")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, JsonError> {
        let escaped = self.peek();
        self.at += 1;
        Ok(match escaped {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'u') => self.code_point()?,
            _ => return Err(self.expected("an escape")),
        })
    }

    /// `XXXX` or, for what lies above U+FFFF, the surrogate pair `XXXX\uXXXX`.
    fn code_point(&mut self) -> Result<char, JsonError> {
        let high = self.hex()?;
        let code = if (0xD800..0xDC00).contains(&high) && self.rest().starts_with("\\u") {
            self.at += 2;
            let low = self.hex()?;
            0x1_0000 + ((high - 0xD800) << 10) + (low.wrapping_sub(0xDC00) & 0x3FF)
        } else {
            high
        };
        char::from_u32(code).ok_or_else(|| self.expected("a Unicode character"))
    }

    fn hex(&mut self) -> Result<u32, JsonError> {
        let digits = self.rest().get(..4).ok_or_else(|| self.expected("four hexadecimal digits"))?;
        let code = u32::from_str_radix(digits, 16).map_err(|_| self.expected("four hexadecimal digits"))?;
        self.at += 4;
        Ok(code)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Value, parse};

    fn to_serde(value: &Value) -> serde_json::Value {
        match value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(state) => (*state).into(),
            Value::Number(number) => (*number).into(),
            Value::String(text) => text.clone().into(),
            Value::Array(items) => items.iter().map(to_serde).collect(),
            Value::Object(fields) => serde_json::Value::Object(fields.iter().map(|(key, value)| (key.clone(), to_serde(value))).collect()),
        }
    }

    fn any_json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<u64>().prop_map(Into::into),
            any::<String>().prop_map(Into::into),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::Array),
                proptest::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|map| map.into_iter().collect::<serde_json::Map<_, _>>().into()),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_what_serde_json_writes(value in any_json()) {
            for text in [serde_json::to_string(&value).unwrap(), serde_json::to_string_pretty(&value).unwrap()] {
                prop_assert_eq!(to_serde(&parse(&text).unwrap()), value.clone());
            }
        }

        #[test]
        fn never_panics_and_accepts_nothing_that_serde_json_refuses(text in "[\\[\\]{}:,\"\\\\untrfalsed0-9 가\u{1}.eE-]{0,24}") {
            if let Ok(value) = parse(&text) {
                prop_assert_eq!(to_serde(&value), serde_json::from_str::<serde_json::Value>(&text).unwrap());
            }
        }
    }

    #[test]
    fn zeros_before_a_number_are_refused() {
        assert_eq!(parse("[0,10]"), Ok(Value::Array(vec![Value::Number(0), Value::Number(10)])));
        for text in ["00", "01", "[00]"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn reads_escapes_and_surrogate_pairs() {
        assert_eq!(parse(r#""\u1100\u1161 \ud83d\ude00 \/\n""#), Ok(Value::String("\u{1100}\u{1161} 😀 /\n".into())));
        assert!(parse(r#""\ud83d""#).is_err());
    }

    #[test]
    fn says_where_it_stopped() {
        let error = parse("[1, 2").unwrap_err();
        assert_eq!(error.to_string(), "expected `,` or `]` at byte 5");
        assert!(parse(&"[".repeat(1000)).is_err());
    }
}
