//! Scoring: candidates to documents. All words first, then most; within that BM25F impacts, each rung discounted.

use crate::{
    index::{FacetKind, Index, PART_ONLY},
    ladder::{Candidate, candidates},
    query::{Atom, Clause, Filter, Query, Word},
    rung::Rung,
};

/// How to search.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchOptions {
    /// At most so many hits; the best ones.
    pub limit: usize,
    /// Only what was typed: exact, stem, part and prefix, no guesses at spelling, layout or typos.
    pub literal: bool,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self { limit: usize::MAX, literal: false }
    }
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchResults {
    /// Best first; equal scores by document id.
    pub hits: Vec<Hit>,
    /// How many documents matched, before the limit.
    pub n_matches: usize,
    /// One for each searched word, in typed order.
    pub terms: Vec<TermMatch>,
}

/// One document that matched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Its id.
    pub doc: u32,
    /// Comparable within one search only.
    pub score: f32,
    /// The lowest rung among the words that were found in it.
    pub rung: Rung,
}

/// What became of one typed word.
#[derive(Clone, Debug, PartialEq)]
pub struct TermMatch {
    /// As it was typed.
    pub typed: String,
    /// Terms it led to, best first, at most eight; empty when it has no match.
    pub found: Vec<String>,
    /// The best rung; absent when it has no match.
    pub rung: Option<Rung>,
}

/// So many terms a [`TermMatch`] names.
const MAX_FOUND: usize = 8;

/// Scores of all documents while a query runs.
struct Totals {
    score: Vec<f32>,
    n_clauses: Vec<u8>,
    rung: Vec<Option<Rung>>,
}

/// Best match of one clause in each document.
struct ClauseMatches {
    best: Vec<(f32, Option<Rung>)>,
    docs: Vec<u32>,
}

impl ClauseMatches {
    fn new(n_docs: u32) -> Self {
        Self { best: vec![(0.0, None); n_docs as usize], docs: Vec::new() }
    }

    fn offer(&mut self, doc: u32, score: f32, rung: Rung) {
        let Some(best) = self.best.get_mut(doc as usize) else { return };
        if best.1.is_none() {
            self.docs.push(doc);
        }
        if best.1.is_none() || best.0 < score {
            *best = (score, Some(rung));
        }
    }
}

impl Index {
    /// Finds the documents that fit a query. The same query on the same bytes gives the same result everywhere.
    pub fn search(&self, query: &Query, options: &SearchOptions) -> SearchResults {
        let mut results = SearchResults::default();
        if query.is_empty() {
            return results;
        }
        let n_docs = self.n_docs();
        let mut totals =
            Totals { score: vec![0.0; n_docs as usize], n_clauses: vec![0; n_docs as usize], rung: vec![None; n_docs as usize] };
        let mut allowed = vec![true; n_docs as usize];
        let mut any_scored = false;
        for clause in &query.clauses {
            let matches = self.clause(clause, options, &mut results.terms);
            let is_filter = clause.any_of.iter().all(|atom| matches!(atom, Atom::Filter(_)));
            if clause.excluded || is_filter {
                for (allowed, best) in allowed.iter_mut().zip(&matches.best) {
                    *allowed &= best.1.is_some() != clause.excluded;
                }
                continue;
            }
            any_scored = true;
            let idf = idf(matches.docs.len(), n_docs);
            for doc in matches.docs {
                let at = doc as usize;
                let Some((share, Some(rung))) = matches.best.get(at).copied() else { continue };
                totals.score[at] += idf * share;
                totals.n_clauses[at] = totals.n_clauses[at].saturating_add(1);
                totals.rung[at] = totals.rung[at].max(Some(rung));
            }
        }
        let all = (0..n_docs).filter(|doc| allowed.get(*doc as usize) == Some(&true));
        let mut ranked: Vec<(u8, Hit)> = all
            .filter_map(|doc| {
                let at = doc as usize;
                let rung = match totals.rung.get(at)? {
                    Some(rung) => *rung,
                    None if any_scored => return None,
                    None => Rung::Exact,
                };
                Some((*totals.n_clauses.get(at)?, Hit { doc, score: *totals.score.get(at)?, rung }))
            })
            .collect();
        results.n_matches = ranked.len();
        let order = |a: &(u8, Hit), b: &(u8, Hit)| b.0.cmp(&a.0).then(b.1.score.total_cmp(&a.1.score)).then(a.1.doc.cmp(&b.1.doc));
        if options.limit == 0 {
            return results;
        }
        if options.limit < ranked.len() {
            ranked.select_nth_unstable_by(options.limit, order);
            ranked.truncate(options.limit);
        }
        ranked.sort_unstable_by(order);
        results.hits = ranked.into_iter().map(|(_, hit)| hit).collect();
        results
    }

    fn clause(&self, clause: &Clause, options: &SearchOptions, terms: &mut Vec<TermMatch>) -> ClauseMatches {
        let mut matches = ClauseMatches::new(self.n_docs());
        for atom in &clause.any_of {
            match atom {
                Atom::Word(word) => {
                    let found = self.word(word, options, &mut matches);
                    if !clause.excluded {
                        terms.push(self.term_match(word, &found));
                    }
                }
                Atom::Phrase(words) => {
                    for word in words {
                        let found = candidates(self, word);
                        if !clause.excluded {
                            terms.push(self.term_match(word, &found));
                        }
                    }
                    self.phrase(words, &mut matches);
                }
                Atom::Filter(filter) => self.filter(filter, &mut matches),
            }
        }
        matches
    }

    fn word(&self, word: &Word, _options: &SearchOptions, matches: &mut ClauseMatches) -> Vec<Candidate> {
        let found = candidates(self, word);
        for candidate in &found {
            for posting in self.postings(candidate.term).iter() {
                let rung = if posting.flags & PART_ONLY != 0 { candidate.rung.max(Rung::Part) } else { candidate.rung };
                matches.offer(posting.doc, rung.weight() * (0.5 + 0.5 * posting.impact()) * (0.5 + 0.5 * candidate.share), rung);
            }
        }
        found
    }

    /// Documents where the words stand side by side in this order.
    fn phrase(&self, words: &[Word], matches: &mut ClauseMatches) {
        let mut ends: Vec<(u32, Vec<u32>)> = Vec::new();
        for (word_idx, word) in words.iter().enumerate() {
            let mut here: Vec<(u32, Vec<u32>)> = Vec::new();
            for candidate in candidates(self, word).iter().filter(|candidate| candidate.rung <= Rung::Spelling) {
                self.postings(candidate.term).positions(|_| true, |doc, positions| here.push((doc, positions.to_vec())));
            }
            here.sort();
            if word_idx > 0 {
                for (doc, positions) in &mut here {
                    let before: &[u32] =
                        ends.binary_search_by_key(doc, |(doc, _)| *doc).ok().and_then(|at| ends.get(at)).map_or(&[], |(_, p)| p);
                    positions.retain(|at| at.checked_sub(1).is_some_and(|at| before.binary_search(&at).is_ok()));
                }
                here.retain(|(_, positions)| !positions.is_empty());
            }
            ends = here;
        }
        for (doc, positions) in ends {
            matches.offer(doc, 1.0 - 1.0 / (2.0 + positions.len() as f32), Rung::Exact);
        }
    }

    fn filter(&self, filter: &Filter, matches: &mut ClauseMatches) {
        let mut offer = |doc| matches.offer(doc, 1.0, Rung::Exact);
        match filter {
            Filter::Tag(value) => self.facets.docs(FacetKind::Tag, value).for_each(&mut offer),
            Filter::Company(value) => self.facets.docs(FacetKind::Company, value).for_each(&mut offer),
            Filter::Section(value) => self.facets.docs(FacetKind::Section, value).for_each(&mut offer),
            Filter::Series(value) => self.facets.docs(FacetKind::Series, value).for_each(&mut offer),
            Filter::Views(lo, hi) => self.facets.docs_by_views(*lo, *hi).for_each(&mut offer),
        }
    }

    fn term_match(&self, word: &Word, found: &[Candidate]) -> TermMatch {
        let mut best: Vec<&Candidate> = found.iter().collect();
        best.sort_by(|a, b| a.rung.cmp(&b.rung).then(b.share.total_cmp(&a.share)).then(a.term.cmp(&b.term)));
        TermMatch {
            typed: word.typed.clone(),
            found: best.iter().take(MAX_FOUND).map(|candidate| hangul::decode(self.terms.key(candidate.term))).collect(),
            rung: best.first().map(|candidate| candidate.rung),
        }
    }
}

/// How much a word says: `ln(1 + (N - df + ½) / (df + ½))` of BM25.
fn idf(n_matches: usize, n_docs: u32) -> f32 {
    let (df, n) = (n_matches as f32, n_docs as f32);
    (1.0 + (n - df + 0.5) / (df + 0.5)).ln()
}
