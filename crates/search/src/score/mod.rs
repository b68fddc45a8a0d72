//! Scoring: candidates to documents. All words first, then most; within that BM25F impacts, each rung discounted, and bonuses for
//! words in the title and words that stand near each other.

mod function;
mod matches;
mod memory;
mod near;
mod phrase;
mod rank;

use std::sync::Arc;

use matches::{Found, Gather, Match, Slots};
use memory::{Asked, Memory};
use rank::{MAX_COMPLETE, Scored, rank, union};

pub(crate) use memory::MemoryCell;
pub(crate) use phrase::PhraseMatch;

use crate::{
    index::{FacetKind, IN_TITLE, Index, Lookup, MAX_IMPACT, PART_ONLY, ShardId},
    ladder::{self, Candidate, Meaning, Setting, meaning},
    order::best_first,
    query::{Atom, Clause, Filter, Query, Word},
    results::{SearchOptions, SearchResults, TermMatch},
    rung::Rung,
};

/// So many terms a [`TermMatch`] names.
const MAX_FOUND: usize = 8;

/// What a word in the title adds, as a share of the word's weight. More finds known pages by their names, less finds pages that treat
/// the matter under another title. Legal: 0 and above. Measured on the development corpora, as the others here.
const TITLE_BONUS: f32 = 1.6;
/// So many of the best documents are looked at for nearness. More costs time at each key, less loses phrases of common words.
const N_NEAR_DOCS: usize = 24;
/// The same for two words, where being neighbours decides.
const N_NEAR_DOCS_OF_PAIR: usize = 96;
/// Share of a word's weight that does not depend on how often it occurs.
const FLOOR: f32 = 0.25;
/// Share of its weight that a word keeps in a question when it asks (어떻게, 방법) instead of naming what the question is about.
const FUNCTION_WORD_SHARE: f32 = 0.4;
/// A phrase that ends before this position stands in the title.
const TITLE_POSITIONS: u32 = 8;

impl Index {
    /// Finds the documents that fit a query, in what is loaded. The same query on the same bytes gives the same result everywhere.
    pub fn search(&self, query: &Query, options: &SearchOptions) -> SearchResults {
        self.find(query, options, true).0
    }

    /// The shards that a query needs and that are not loaded; empty when [`Index::search`] has everything. What a shard says may lead
    /// to others, so load and ask again; three rounds at most are usual.
    pub fn plan(&self, query: &Query, options: &SearchOptions) -> Vec<ShardId> {
        self.search_or_plan(query, options).1
    }

    /// [`Index::search`] and [`Index::plan`] in one go. While a shard is missing nothing is ranked: there are words, but no documents.
    pub fn search_or_plan(&self, query: &Query, options: &SearchOptions) -> (SearchResults, Vec<ShardId>) {
        self.find(query, options, false)
    }

    fn find(&self, query: &Query, options: &SearchOptions, ranks_a_part: bool) -> (SearchResults, Vec<ShardId>) {
        let lookup = Lookup::new(self);
        let mut memory = self.memory().take();
        let results = lookup.search(query, options, ranks_a_part, &mut memory);
        self.memory().put(memory);
        (results, lookup.into_missing())
    }
}

impl Lookup<'_> {
    fn search(&self, query: &Query, options: &SearchOptions, ranks_a_part: bool, memory: &mut Memory) -> SearchResults {
        let mut results = SearchResults::default();
        if query.is_empty() {
            return results;
        }
        memory.slots.reserve(self.n_docs());
        let setting = match query.words().count() {
            0..=1 => Setting::Alone,
            2..=MAX_COMPLETE => Setting::Sentence,
            _ => Setting::Question,
        };
        let is_question = query.words().nth(2).is_some();
        let mut answered = Vec::with_capacity(query.clauses.len());
        let mut scored: Vec<Scored> = Vec::new();
        let (mut excluded, mut required) = (Vec::new(), Vec::new());
        for clause in &query.clauses {
            let asked = Asked { clause: clause.clone(), setting, literal: options.literal };
            let found = self.answer(&asked, memory, &mut answered);
            if clause.excluded {
                excluded.push(found);
                continue;
            }
            results.terms.extend_from_slice(&found.words);
            if clause.is_filter() {
                required.push(found);
                continue;
            }
            let asks = is_question && matches!(clause.any_of.as_slice(), [Atom::Word(word)] if function::is_function_word(&word.text));
            let idf = idf(found.matches.len(), self.n_docs()) * if asks { FUNCTION_WORD_SHARE } else { 1.0 };
            scored.push(Scored { found, idf });
        }
        memory.answered = answered;
        self.join_neighbours(query, &mut scored, memory);
        if 0 < self.n_missing() && !ranks_a_part {
            return results;
        }
        let mut allowed = union(&scored, self.n_docs());
        required.iter().for_each(|found| allowed.intersect_with(&found.docs));
        excluded.iter().for_each(|found| allowed.subtract(&found.docs));
        if let Some(within) = &options.within {
            allowed.intersect_with(within);
        }
        results.n_matches = allowed.len();
        let is_sentence = 1 < scored.len();
        let n_near = if scored.len() == 2 { N_NEAR_DOCS_OF_PAIR } else { N_NEAR_DOCS };
        let n = if is_sentence { options.limit.max(n_near) } else { options.limit };
        if 0 < options.limit {
            let mut ranked = rank(&scored, &allowed, options.limit, n, &mut memory.slots);
            if is_sentence {
                let n_near = ranked.len().min(n_near);
                let (near, _) = ranked.split_at_mut(n_near);
                self.reward_nearness(&scored, near);
                ranked.truncate(options.limit);
            }
            results.hits = ranked.into_iter().map(rank::Rank::hit).collect();
        }
        results.docs = allowed;
        results
    }

    /// What a clause finds, remembered from the last search if that had it too.
    fn answer(&self, asked: &Asked, memory: &mut Memory, answered: &mut Vec<(Asked, Arc<Found>)>) -> Arc<Found> {
        let n_missing = self.n_missing();
        let known = memory.answer_to(asked);
        let found = known.unwrap_or_else(|| Arc::new(self.clause(&asked.clause, asked.setting, asked.literal, &mut memory.slots)));
        // An answer without all shards is none.
        if n_missing == self.n_missing() {
            answered.push((asked.clone(), Arc::clone(&found)));
        }
        found
    }

    fn clause(&self, clause: &Clause, setting: Setting, literal: bool, slots: &mut Slots) -> Found {
        let mut gather = Gather::new(slots);
        let (mut terms, mut words) = (Vec::new(), Vec::new());
        for atom in &clause.any_of {
            match atom {
                Atom::Word(word) => {
                    let meaning = meaning(self, word, setting, literal || clause.excluded);
                    self.offer_meaning(&meaning, &mut gather);
                    terms.extend(best_candidates(&meaning).iter().map(|candidate| candidate.term));
                    words.push(self.term_match(word, &meaning));
                }
                Atom::Phrase(phrase) => {
                    let meanings: Vec<Meaning> = phrase.iter().map(|word| meaning(self, word, Setting::Alone, true)).collect();
                    words.extend(phrase.iter().zip(&meanings).map(|(word, meaning)| self.term_match(word, meaning)));
                    let parts: Vec<&[Candidate]> = meanings.iter().map(|meaning| meaning.candidates.as_slice()).collect();
                    offer_phrase(&self.phrase(&parts, Rung::Spelling), Rung::Exact, &mut gather);
                }
                Atom::Filter(filter) => self.filter(filter, &mut gather),
            }
        }
        Found { terms, words, ..gather.finish(self.n_docs()) }
    }

    fn offer_meaning(&self, meaning: &Meaning, gather: &mut Gather<'_>) {
        for candidate in &meaning.candidates {
            self.offer_candidate(candidate, gather);
        }
        for split in &meaning.splits {
            offer_phrase(&split.docs, split.rung, gather);
        }
    }

    fn offer_candidate(&self, candidate: &Candidate, gather: &mut Gather<'_>) {
        let share = 0.2 + 0.8 * candidate.share;
        let part_rung = candidate.rung.max(Rung::Part);
        gather.begin_source();
        self.postings(candidate.term).for_each(|posting| {
            let rung = if posting.flags & PART_ONLY == 0 { candidate.rung } else { part_rung };
            let impact = f32::from(posting.flags & MAX_IMPACT) / f32::from(MAX_IMPACT);
            let score = rung.weight() * (FLOOR + (1.0 - FLOOR) * impact) * share;
            gather.offer(Match { doc: posting.doc, score, rung, in_title: posting.flags & IN_TITLE != 0 });
        });
    }

    /// Two words typed apart that the text writes as one: 웹 개발 → 웹개발. The one term counts for both words.
    fn join_neighbours(&self, query: &Query, scored: &mut [Scored], memory: &mut Memory) {
        let mut known = std::mem::take(&mut memory.joined);
        let words: Vec<Option<&Word>> = query
            .clauses
            .iter()
            .filter(|clause| !clause.excluded && !clause.is_filter())
            .map(|clause| if let [Atom::Word(word)] = clause.any_of.as_slice() { Some(word) } else { None })
            .collect();
        for at in 1..words.len() {
            let (Some(Some(left)), Some(Some(right))) = (words.get(at - 1), words.get(at)) else { continue };
            if left.script != right.script {
                continue;
            }
            let (text, typed) = ([left.text.as_str(), &right.text].concat(), [left.typed.as_str(), &right.typed].concat());
            let joined = Word { text, typed, ..(*right).clone() };
            let n_missing = self.n_missing();
            let before = known.iter().position(|(word, _)| *word == joined).map(|at| known.swap_remove(at).1);
            let found = before.unwrap_or_else(|| ladder::joined(self, &joined));
            if !found.is_empty() {
                self.join(&found, scored, at, &mut memory.slots);
            }
            if n_missing == self.n_missing() {
                memory.joined.push((joined, found));
            }
        }
    }

    /// Counts what two neighbouring words come to as one for both of them.
    fn join(&self, found: &[Candidate], scored: &mut [Scored], at: usize, slots: &mut Slots) {
        for clause in scored.iter_mut().skip(at - 1).take(2) {
            let mut gather = Gather::new(slots);
            clause.found.matches.iter().for_each(|known| gather.offer(*known));
            for candidate in found {
                self.offer_candidate(&Candidate { rung: candidate.rung.max(Rung::Spacing), ..*candidate }, &mut gather);
            }
            let terms = clause.found.terms.iter().copied().chain(found.iter().map(|candidate| candidate.term)).collect();
            clause.found = Arc::new(Found { terms, ..gather.finish(self.n_docs()) });
        }
    }

    fn filter(&self, filter: &Filter, gather: &mut Gather<'_>) {
        let Some(facets) = self.facets() else { return };
        gather.begin_source();
        let (kind, value) = match filter {
            Filter::Views(lo, hi) => return facets.docs_by_views(*lo, *hi).for_each(|doc| gather.offer(fact(doc))),
            Filter::Tag(value) => (FacetKind::Tag, value),
            Filter::Company(value) => (FacetKind::Company, value),
            Filter::Section(value) => (FacetKind::Section, value),
            Filter::Series(value) => (FacetKind::Series, value),
        };
        facets.docs(kind, value, self.n_docs()).iter().for_each(|doc| gather.offer(fact(doc)));
    }

    fn term_match(&self, word: &Word, meaning: &Meaning) -> Arc<TermMatch> {
        let best = best_candidates(meaning);
        let text = |term: u32| hangul::decode(self.key(term));
        let mut found: Vec<String> = best.iter().map(|candidate| text(candidate.term)).collect();
        let mut rung = best.first().map(|candidate| candidate.rung);
        if let Some(split) = meaning.splits.first().filter(|_| found.is_empty()) {
            found.extend(split.left.iter().chain(&split.right).map(|candidate| text(candidate.term)));
            rung = Some(split.rung);
        }
        Arc::new(TermMatch { typed: word.typed.clone(), found, rung })
    }
}

/// A document that has a fact; there is no more or less of it.
fn fact(doc: u32) -> Match {
    Match { doc, score: 1.0, rung: Rung::Exact, in_title: false }
}

fn offer_phrase(found: &[PhraseMatch], rung: Rung, gather: &mut Gather<'_>) {
    gather.begin_source();
    for PhraseMatch { doc, n, position } in found {
        let score = rung.weight() * (1.0 - 1.0 / (1.5 + *n as f32));
        gather.offer(Match { doc: *doc, score, rung, in_title: *position < TITLE_POSITIONS });
    }
}

/// The terms that stand for a word when not all can: best rung, then greatest share.
fn best_candidates(meaning: &Meaning) -> Vec<&Candidate> {
    let mut best: Vec<&Candidate> = meaning.candidates.iter().collect();
    best_first(&mut best, MAX_FOUND, |a, b| a.rung.cmp(&b.rung).then(b.share.total_cmp(&a.share)).then(a.term.cmp(&b.term)).is_lt());
    best.truncate(MAX_FOUND);
    best
}

/// How much a word says: `ln(1 + (N - df + ½) / (df + ½))` of BM25.
fn idf(n_matches: usize, n_docs: u32) -> f32 {
    let (df, n) = (n_matches as f32, n_docs as f32);
    (1.0 + (n - df + 0.5) / (df + 0.5)).ln()
}
