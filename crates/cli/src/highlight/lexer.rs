//! From code to its parts, in one pass. Every step takes at least one letter, whatever the text is.

use std::ops::Range;

use corpus::TokenKind;

use super::language::{Language, Shape, is_constant};

/// The parts of a code in order, without overlaps; each begins and ends on the border of a letter.
pub(super) fn lex(language: &Language, code: &str) -> Vec<(Range<usize>, TokenKind)> {
    let mut lexer = Lexer { language, code, at: 0, tokens: Vec::new(), depth: 0, is_command: true, in_tag: false };
    while lexer.at < code.len() {
        lexer.step();
    }
    lexer.tokens
}

struct Lexer<'a> {
    language: &'a Language,
    code: &'a str,
    at: usize,
    tokens: Vec<(Range<usize>, TokenKind)>,
    /// Open braces, for styles.
    depth: usize,
    /// A command may begin here, for shells.
    is_command: bool,
    /// Between `<` and `>`, for markup.
    in_tag: bool,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.code.get(self.at..).unwrap_or_default()
    }

    fn before(&self) -> Option<char> {
        self.code.get(..self.at)?.chars().next_back()
    }

    fn is_line_start(&self) -> bool {
        self.code
            .get(..self.at)
            .and_then(|before| before.rsplit('\n').next())
            .is_some_and(|line| line.trim_start_matches(['-', ' ', '\t']).is_empty())
    }

    /// Takes so many bytes as a part.
    fn take(&mut self, len: usize, kind: TokenKind) {
        let start = self.at;
        self.at += len;
        if 0 < len {
            self.tokens.push((start..self.at, kind));
        }
    }

    fn step(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return self.at = self.code.len() };
        if self.comment(rest) {
            return;
        }
        let is_taken = match self.language.shape {
            Shape::Diff => return self.change(rest),
            Shape::Markup if !self.in_tag && c != '<' => return self.skip(rest, |c| c != '<'),
            Shape::Keys => self.is_line_start() && self.key(rest),
            Shape::Shell => self.shell(rest, c),
            Shape::Style => self.style(rest, c),
            Shape::Code | Shape::Json | Shape::Markup => false,
        };
        if is_taken || self.text(rest, c) {
            return;
        }
        if c.is_ascii_digit() && !self.before().is_some_and(|before| is_word(before) || before == '-') {
            return self.take(number_len(rest), TokenKind::Number);
        }
        if is_word_start(c) {
            return self.word(rest);
        }
        if self.language.shape == Shape::Markup {
            self.in_tag = c == '<' || self.in_tag && c != '>';
        }
        match c {
            '{' => self.depth += 1,
            '}' => self.depth = self.depth.saturating_sub(1),
            '\n' | '|' | ';' | '&' | '(' => self.is_command = true,
            _ => {}
        }
        self.at += c.len_utf8();
    }

    /// Passes over plain text.
    fn skip(&mut self, rest: &str, is_plain: impl Fn(char) -> bool) {
        self.at += rest.find(|c| !is_plain(c)).unwrap_or(rest.len()).max(1);
    }

    fn comment(&mut self, rest: &str) -> bool {
        if let Some((begin, end)) = self.language.block_comment
            && let Some(inner) = rest.strip_prefix(begin)
        {
            let len = inner.find(end).map_or(rest.len(), |at| begin.len() + at + end.len());
            self.take(len, TokenKind::Comment);
            return true;
        }
        let begins = self.language.line_comments.split_ascii_whitespace().find(|sign| rest.starts_with(sign));
        // A sign inside of a word is part of it: a#b, http://a.
        let is_free = self
            .before()
            .is_none_or(|before| before.is_whitespace() || matches!(before, ';' | '{' | '}' | ')' | ',') && begins != Some(";"));
        if begins.is_some() && is_free {
            self.take(line_len(rest), TokenKind::Comment);
        }
        begins.is_some() && is_free
    }

    /// A text in quotes. One that is not closed ends with its line, or with the code where it may hold lines.
    fn text(&mut self, rest: &str, quote: char) -> bool {
        if !self.language.quotes.contains(quote) || self.language.is_char && quote == '\'' && !is_char(rest) {
            return false;
        }
        let three = [quote; 3].iter().collect::<String>();
        let len = match rest.strip_prefix(three.as_str()) {
            Some(inner) => inner.find(three.as_str()).map_or(rest.len(), |at| 6 + at),
            None => closed_len(rest, quote),
        };
        let is_key = self.language.shape == Shape::Json && rest.get(len..).is_some_and(|after| after.trim_start().starts_with(':'));
        self.take(len, if is_key { TokenKind::Name } else { TokenKind::String });
        self.is_command = false;
        true
    }

    fn word(&mut self, rest: &str) {
        let has_dash = matches!(self.language.shape, Shape::Style | Shape::Markup | Shape::Keys | Shape::Shell);
        let len = rest.find(|c: char| !(is_word(c) || has_dash && c == '-')).unwrap_or(rest.len());
        let (word, after) = rest.split_at(len);
        let before = self.before();
        let kind = match self.language.shape {
            Shape::Markup if matches!(before, Some('<' | '/')) => Some(TokenKind::Keyword),
            Shape::Markup => after.trim_start().starts_with('=').then_some(TokenKind::Name),
            // A member may be called like a keyword.
            _ if self.language.is_keyword(word) && before != Some('.') => Some(TokenKind::Keyword),
            Shape::Style => None,
            _ if is_constant(word) && (self.language.shape == Shape::Keys || !matches!(word, "yes" | "no" | "on" | "off")) => {
                Some(TokenKind::Number)
            }
            Shape::Code if after.starts_with('(') => Some(TokenKind::Name),
            // A component of JSX.
            Shape::Code if matches!(before, Some('<' | '/')) && word.starts_with(|c: char| c.is_ascii_uppercase()) => Some(TokenKind::Name),
            _ => None,
        };
        match kind {
            Some(kind) => self.take(len, kind),
            None => self.at += len,
        }
    }

    /// A key at the beginning of its line, or the title of a section.
    fn key(&mut self, rest: &str) -> bool {
        let line = rest.get(..line_len(rest)).unwrap_or_default();
        if line.starts_with('[') {
            self.take(line.rfind(']').map_or(0, |at| at + 1), TokenKind::Keyword);
            return line.contains(']');
        }
        let len = line.find([':', '=']).map_or(0, |at| line.get(..at).unwrap_or_default().trim_end().len());
        let key = line.get(..len).unwrap_or_default();
        let is_key = key.starts_with(|c| is_word_start(c) || c == '"') && !key.contains(['#', '{']);
        if is_key {
            self.take(len, TokenKind::Name);
        }
        is_key
    }

    fn shell(&mut self, rest: &str, c: char) -> bool {
        if c == '$' {
            let name = rest.strip_prefix("${").map_or(1, |_| 2);
            let end = rest.get(name..).unwrap_or_default().find(|c| !is_word(c)).map_or(rest.len(), |at| name + at);
            self.take(
                if name == 2 && rest.get(end..).is_some_and(|after| after.starts_with('}')) { end + 1 } else { end },
                TokenKind::Name,
            );
            self.is_command = false;
            return true;
        }
        let len = rest.find(|c: char| c.is_whitespace() || "|;&()<>\"'`$=".contains(c)).unwrap_or(rest.len());
        let word = rest.get(..len).unwrap_or_default();
        if c == '-' && self.before().is_some_and(char::is_whitespace) {
            self.take(len, TokenKind::Number);
            return true;
        }
        let is_assigned = rest.get(len..).is_some_and(|after| after.starts_with('='));
        if self.is_command && is_word_start(c) && !self.language.is_keyword(word) {
            self.is_command = is_assigned;
            self.take(len, TokenKind::Name);
            return true;
        }
        false
    }

    fn style(&mut self, rest: &str, c: char) -> bool {
        if self.depth == 0 && (is_word_start(c) || ".#@:&*".contains(c)) {
            let len = rest.find(|c: char| c.is_whitespace() || "{},;".contains(c)).unwrap_or(rest.len());
            self.take(len.max(c.len_utf8()), TokenKind::Keyword);
            return true;
        }
        let len = rest.find(|c: char| !(is_word(c) || c == '-')).unwrap_or(rest.len());
        let is_property = is_word_start(c) || c == '-';
        let is_named = is_property && rest.get(len..).is_some_and(|after| after.starts_with(": ") || after.starts_with(":\n"));
        if is_named && 0 < len {
            self.take(len, TokenKind::Name);
        }
        is_named && 0 < len
    }

    /// A line of a difference.
    fn change(&mut self, rest: &str) {
        let len = line_len(rest);
        match rest.chars().next() {
            Some('+') => self.take(len, TokenKind::String),
            Some('-') => self.take(len, TokenKind::Keyword),
            Some('@') => self.take(len, TokenKind::Name),
            _ => self.at += len,
        }
        self.at += usize::from(self.at < self.code.len());
    }
}

fn is_word_start(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == '$'
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn line_len(rest: &str) -> usize {
    rest.find('\n').unwrap_or(rest.len())
}

/// Digits with everything that may hang on them: 0xff, 1_000, 3.5e-6, 10px.
fn number_len(rest: &str) -> usize {
    let mut before = ' ';
    let is_part = |(_, c): &(usize, char)| {
        let is_part = c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '%') || matches!(c, '+' | '-') && matches!(before, 'e' | 'E');
        before = *c;
        is_part
    };
    let len = rest.char_indices().take_while(is_part).last().map_or(0, |(at, c)| at + c.len_utf8());
    rest.get(..len).unwrap_or_default().trim_end_matches('.').len()
}

/// Whether one letter stands between single quotes.
fn is_char(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    match chars.next() {
        Some('\\') => true,
        Some(c) => c != '\'' && chars.next() == Some('\''),
        None => false,
    }
}

/// Up to the closing quote, a backslash hiding what follows it.
fn closed_len(rest: &str, quote: char) -> usize {
    let mut is_hidden = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' if quote != '`' => return at,
            _ if is_hidden => is_hidden = false,
            '\\' => is_hidden = true,
            _ if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}
