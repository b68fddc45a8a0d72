//! What was typed, understood: words, phrases, exclusions, alternatives and filters. Typing never fails; what cannot be meant is a remark.

use crate::token::{Script, Token, tokens};

/// A search, ready to run. Made by [`parse_query`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    pub(crate) clauses: Vec<Clause>,
}

/// One thing that a story shall have, or shall not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clause {
    pub(crate) excluded: bool,
    /// Any of them will do; more than one only with `OR`.
    pub(crate) any_of: Vec<Atom>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Atom {
    Word(Word),
    /// Words that must stand side by side.
    Phrase(Vec<Word>),
    Filter(Filter),
}

/// One token of the query.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    /// As it was typed.
    pub(crate) typed: String,
    /// Folded.
    pub(crate) text: String,
    pub(crate) script: Script,
    /// The reader may still be typing it: nothing follows it.
    pub(crate) last: bool,
    /// Written together with the word before (`node.js`, `React를`).
    pub(crate) glued: bool,
}

/// A condition on a story's facts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Filter {
    Tag(String),
    Company(String),
    Section(String),
    Series(String),
    /// Views at least and at most this.
    Views(u64, u64),
}

/// Something typed that could not be taken as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remark {
    /// A quote without its partner; the rest of the text was taken as the phrase.
    UnclosedQuote,
    /// `name:` is no operator; it was searched as a word.
    UnknownOperator {
        /// What stood before the colon.
        name: String,
    },
    /// `views:` needs a number with `>`, `<`, `>=`, `<=` or `..`; the condition was left out.
    BadNumber {
        /// What stood after the colon.
        text: String,
    },
    /// `OR` without something on both sides; it was left out.
    DanglingOr,
    /// Nothing but exclusions: every other story is found.
    OnlyExclusions,
}

impl Query {
    /// Does it ask for nothing?
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// All searched words in typed order, exclusions left out.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Word> {
        self.clauses.iter().filter(|clause| !clause.excluded).flat_map(|clause| &clause.any_of).flat_map(Atom::words)
    }
}

impl Clause {
    /// Does it ask for facts alone?
    pub(crate) fn is_filter(&self) -> bool {
        self.any_of.iter().all(|atom| matches!(atom, Atom::Filter(_)))
    }
}

impl Atom {
    pub(crate) fn words(&self) -> &[Word] {
        match self {
            Self::Word(word) => std::slice::from_ref(word),
            Self::Phrase(words) => words,
            Self::Filter(_) => &[],
        }
    }
}

/// Understands typed text. Operators: `"구문"`, `-제외`, `OR`, `tag:`, `company:`, `section:`, `series:` (values with spaces in
/// quotes), `views:>1000`, `views:<=500`, `views:100..200`.
pub fn parse_query(typed: &str) -> (Query, Vec<Remark>) {
    let mut parser = Parser { remarks: Vec::new(), clauses: Vec::new(), or_pending: false };
    let typed = hangul::compose_jamo(typed);
    let mut rest = typed.as_str();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        rest = parser.piece(rest);
    }
    if parser.or_pending {
        parser.remarks.push(Remark::DanglingOr);
    }
    mark_last(&mut parser.clauses, typed.as_str());
    if !parser.clauses.is_empty() && parser.clauses.iter().all(|clause| clause.excluded) {
        parser.remarks.push(Remark::OnlyExclusions);
    }
    (Query { clauses: parser.clauses }, parser.remarks)
}

/// The last word may be unfinished, unless a space or a mark closes it.
fn mark_last(clauses: &mut [Clause], typed: &str) {
    if !typed.ends_with(|c: char| c.is_alphanumeric()) {
        return;
    }
    if let Some(Clause { excluded: false, any_of }) = clauses.last_mut()
        && let Some(Atom::Word(word)) = any_of.last_mut()
    {
        word.last = true;
    }
}

struct Parser {
    remarks: Vec<Remark>,
    clauses: Vec<Clause>,
    or_pending: bool,
}

impl Parser {
    /// Takes one piece off the front, which is not a space, and returns the rest.
    fn piece<'a>(&mut self, text: &'a str) -> &'a str {
        let (excluded, body) = match text.strip_prefix(['-', '−']) {
            Some(body) if body.starts_with(|c: char| !c.is_whitespace() && c != '-') && !body.is_empty() => (true, body),
            _ => (false, text),
        };
        if let Some(quoted) = body.strip_prefix(['"', '“', '”']) {
            let (phrase, rest) = self.quoted(quoted);
            self.push_phrase(excluded, phrase);
            return rest;
        }
        let end = body.find(char::is_whitespace).unwrap_or(body.len());
        let (piece, rest) = body.split_at(end);
        if !excluded && (piece == "OR" || piece == "|") {
            self.or_pending = !self.clauses.is_empty();
            if !self.or_pending {
                self.remarks.push(Remark::DanglingOr);
            }
            return rest;
        }
        let Some((name, value)) = piece.split_once(':') else {
            self.push_words(excluded, piece);
            return rest;
        };
        let name = name.to_ascii_lowercase();
        let known =
            matches!(name.as_str(), "tag" | "company" | "section" | "series" | "views" | "태그" | "회사" | "섹션" | "시리즈" | "조회");
        if !known {
            let is_name = !name.is_empty() && !value.is_empty() && !value.starts_with('/') && name.chars().all(char::is_alphabetic);
            if is_name {
                self.remarks.push(Remark::UnknownOperator { name });
            }
            self.push_words(excluded, piece);
            return rest;
        }
        let (value, rest) = match value.strip_prefix('"') {
            // The value's quote may hold spaces: read on in the whole text.
            Some(_) => self.quoted(body.split_once(":\"").map_or("", |(_, after)| after)),
            None => (value, rest),
        };
        self.push_filter(excluded, &name, value);
        rest
    }

    fn quoted<'a>(&mut self, text: &'a str) -> (&'a str, &'a str) {
        match text.find(['"', '“', '”']) {
            Some(end) => {
                let (inside, rest) = text.split_at(end);
                (inside, rest.trim_start_matches(['"', '“', '”']))
            }
            None => {
                self.remarks.push(Remark::UnclosedQuote);
                (text, "")
            }
        }
    }

    fn push_filter(&mut self, excluded: bool, name: &str, value: &str) {
        let text = value.trim().trim_start_matches('#');
        if text.is_empty() {
            return;
        }
        let owned = text.to_owned();
        let filter = match name {
            "tag" | "태그" => Filter::Tag(owned),
            "company" | "회사" => Filter::Company(owned),
            "section" | "섹션" => Filter::Section(owned),
            "series" | "시리즈" => Filter::Series(owned),
            _ => match views_range(text) {
                Some((lo, hi)) => Filter::Views(lo, hi),
                None => return self.remarks.push(Remark::BadNumber { text: owned }),
            },
        };
        self.push(excluded, Atom::Filter(filter));
    }

    fn push_phrase(&mut self, excluded: bool, text: &str) {
        let mut words = words_of(text);
        match words.len() {
            0 => {}
            1 => self.push(excluded, Atom::Word(words.remove(0))),
            _ => self.push(excluded, Atom::Phrase(words)),
        }
    }

    fn push_words(&mut self, excluded: bool, piece: &str) {
        let words = words_of(piece);
        if excluded && words.len() > 1 {
            return self.push(true, Atom::Phrase(words));
        }
        for word in words {
            self.push(excluded, Atom::Word(word));
        }
    }

    fn push(&mut self, excluded: bool, atom: Atom) {
        let or = std::mem::take(&mut self.or_pending);
        match self.clauses.last_mut() {
            Some(clause) if or && clause.excluded == excluded => clause.any_of.push(atom),
            _ => self.clauses.push(Clause { excluded, any_of: vec![atom] }),
        }
    }
}

/// Words of one piece. A particle glued to a Latin word or a number says nothing and is left out.
fn words_of(piece: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    for Token { text, range, script, glued } in tokens(piece) {
        if glued && script == Script::Hangul && !words.is_empty() && is_particle(&text) {
            continue;
        }
        let typed = piece.get(range).unwrap_or_default().to_owned();
        let glued = !words.is_empty();
        words.push(Word { typed, text, script, last: false, glued });
    }
    words
}

/// Is the whole word a particle, or a stack of them?
pub(crate) fn is_particle(word: &str) -> bool {
    // A particle takes whatever stands before it when that ends in neither a syllable nor anything else Hangul.
    let glued = ["a", word].concat();
    let mut stems = hangul::stems(&glued);
    for _ in 0..3 {
        if stems.iter().any(|stem| stem.text == "a") {
            return true;
        }
        stems = stems.iter().flat_map(|stem| hangul::stems(&stem.text)).collect();
    }
    false
}

/// `>1000`, `>=1000`, `<10`, `<=10`, `100..200`, `100`; thousands may have commas. Both ends included.
fn views_range(text: &str) -> Option<(u64, u64)> {
    let number = |text: &str| text.replace(',', "").parse::<u64>().ok();
    if let Some((lo, hi)) = text.split_once("..") {
        return Some((if lo.is_empty() { 0 } else { number(lo)? }, if hi.is_empty() { u64::MAX } else { number(hi)? }));
    }
    if let Some(rest) = text.strip_prefix(">=") {
        Some((number(rest)?, u64::MAX))
    } else if let Some(rest) = text.strip_prefix('>') {
        Some((number(rest)?.checked_add(1)?, u64::MAX))
    } else if let Some(rest) = text.strip_prefix("<=") {
        Some((0, number(rest)?))
    } else if let Some(rest) = text.strip_prefix('<') {
        Some((0, number(rest)?.checked_sub(1)?))
    } else {
        number(text).map(|n| (n, n))
    }
}
