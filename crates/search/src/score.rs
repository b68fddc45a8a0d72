//! Scoring: candidates to documents. All words first, then most; within that BM25F impacts, each rung discounted, and bonuses for
//! words in the title and words that stand near each other.

use crate::{
    index::{FacetKind, IN_TITLE, Index, Lookup, PART_ONLY, ShardId},
    ladder::{self, Candidate, Meaning, Setting, Split, meaning},
    order::{ascending, best_first},
    query::{Atom, Clause, Filter, Query, Word},
    results::{Hit, SearchOptions, SearchResults, TermMatch},
    rung::Rung,
};

/// So many terms a [`TermMatch`] names.
const MAX_FOUND: usize = 8;

/// What a word in the title adds, as a share of the word's weight. More finds known pages by their names, less finds pages that treat
/// the matter under another title. Legal: 0 and above. Measured on the development corpora, as the others here.
const TITLE_BONUS: f32 = 1.2;
/// What two neighbouring words of the query add when they are neighbours in the text too; it falls with the distance.
const NEAR_BONUS: f32 = 0.8;
/// Words farther apart than this are not near.
const NEAR: u32 = 6;
/// So many of the best documents are looked at for nearness. More costs time, less loses phrases of common words.
const N_NEAR_DOCS: usize = 128;
/// A query of more words is a question, and a story that answers it need not have them all: only coverage counts.
const MAX_COMPLETE: usize = 4;
/// Share of a word's weight that does not depend on how often it occurs.
const FLOOR: f32 = 0.15;

/// Best match of one clause in one document.
#[derive(Clone, Copy, Debug)]
struct Best {
    score: f32,
    rung: Rung,
    in_title: bool,
}

/// Matches of one clause.
struct ClauseMatches {
    best: Vec<Option<Best>>,
    docs: Vec<u32>,
    /// Terms whose positions tell where the clause stands.
    terms: Vec<u32>,
}

/// A clause that counts, with its weight.
struct Scored {
    matches: ClauseMatches,
    idf: f32,
}

/// One document on its way to a hit.
#[derive(Clone, Copy)]
struct Ranked {
    /// Has all words; only then comes the rung.
    complete: bool,
    /// Of a query of one word: lower rungs come later, whatever they score.
    class: u8,
    hit: Hit,
}

impl ClauseMatches {
    fn new(n_docs: u32) -> Self {
        Self { best: vec![None; n_docs as usize], docs: Vec::new(), terms: Vec::new() }
    }

    fn offer(&mut self, doc: u32, score: f32, rung: Rung, in_title: bool) {
        let Some(slot) = self.best.get_mut(doc as usize) else { return };
        match slot {
            None => {
                self.docs.push(doc);
                *slot = Some(Best { score, rung, in_title });
            }
            Some(best) => {
                if best.score < score {
                    (best.score, best.rung) = (score, rung);
                }
                best.in_title |= in_title;
            }
        }
    }

    fn get(&self, doc: u32) -> Option<Best> {
        self.best.get(doc as usize).copied().flatten()
    }
}

impl Index {
    /// Finds the documents that fit a query, in what is loaded. The same query on the same bytes gives the same result everywhere.
    pub fn search(&self, query: &Query, options: &SearchOptions) -> SearchResults {
        Lookup::new(self).search(query, options)
    }

    /// The shards that a query needs and that are not loaded; empty when [`Index::search`] has everything. What a shard says may lead
    /// to others, so load and ask again; three rounds at most are usual.
    pub fn plan(&self, query: &Query, options: &SearchOptions) -> Vec<ShardId> {
        self.search_or_plan(query, options).1
    }

    /// [`Index::search`] and [`Index::plan`] in one go: the results are final when no shard is missing.
    pub fn search_or_plan(&self, query: &Query, options: &SearchOptions) -> (SearchResults, Vec<ShardId>) {
        let lookup = Lookup::new(self);
        let results = lookup.search(query, options);
        (results, lookup.into_missing())
    }
}

impl Lookup<'_> {
    fn search(&self, query: &Query, options: &SearchOptions) -> SearchResults {
        let mut results = SearchResults::default();
        if query.is_empty() {
            return results;
        }
        let n_docs = self.n_docs();
        let mut allowed = vec![true; n_docs as usize];
        let mut scored: Vec<Scored> = Vec::new();
        let setting = if query.words().nth(1).is_none() { Setting::Alone } else { Setting::Sentence };
        for clause in &query.clauses {
            let matches = self.clause(clause, setting, options, &mut results.terms);
            let is_filter = clause.any_of.iter().all(|atom| matches!(atom, Atom::Filter(_)));
            if clause.excluded || is_filter {
                for (allowed, best) in allowed.iter_mut().zip(&matches.best) {
                    *allowed &= best.is_some() != clause.excluded;
                }
                continue;
            }
            let idf = idf(matches.docs.len(), n_docs);
            scored.push(Scored { matches, idf });
        }
        self.join_neighbours(query, &mut scored);
        let mut ranked = rank(&scored, &allowed);
        results.n_matches = ranked.len();
        if 1 < scored.len() {
            self.reward_nearness(&scored, &mut ranked);
        }
        if options.limit == 0 {
            return results;
        }
        if options.limit < ranked.len() {
            best_first(&mut ranked, options.limit, by_rank);
            ranked.truncate(options.limit);
        } else {
            best_first(&mut ranked, usize::MAX, by_rank);
        }
        results.hits = ranked.into_iter().map(|ranked| ranked.hit).collect();
        results
    }

    fn clause(&self, clause: &Clause, setting: Setting, options: &SearchOptions, terms: &mut Vec<TermMatch>) -> ClauseMatches {
        let mut matches = ClauseMatches::new(self.n_docs());
        for atom in &clause.any_of {
            match atom {
                Atom::Word(word) => {
                    let meaning = meaning(self, word, setting, options.literal || clause.excluded);
                    self.offer_meaning(&meaning, &mut matches);
                    if !clause.excluded {
                        terms.push(self.term_match(word, &meaning));
                    }
                }
                Atom::Phrase(words) => {
                    let meanings: Vec<Meaning> = words.iter().map(|word| meaning(self, word, Setting::Alone, true)).collect();
                    if !clause.excluded {
                        terms.extend(words.iter().zip(&meanings).map(|(word, meaning)| self.term_match(word, meaning)));
                    }
                    let parts: Vec<Vec<Candidate>> = meanings.into_iter().map(|meaning| meaning.candidates).collect();
                    self.phrase(&parts, Rung::Spelling, Rung::Exact, &mut matches);
                }
                Atom::Filter(filter) => self.filter(filter, &mut matches),
            }
        }
        matches
    }

    fn offer_meaning(&self, meaning: &Meaning, matches: &mut ClauseMatches) {
        for candidate in &meaning.candidates {
            self.offer_candidate(candidate, 1.0, matches);
        }
        for split in &meaning.splits {
            self.phrase(&[split.left.clone(), split.right.clone()], Rung::Stem, Rung::Spacing, matches);
        }
        matches.terms.extend(best_candidates(meaning).iter().map(|candidate| candidate.term));
    }

    fn offer_candidate(&self, candidate: &Candidate, discount: f32, matches: &mut ClauseMatches) {
        for posting in self.postings(candidate.term).iter() {
            let rung = if posting.flags & PART_ONLY == 0 { candidate.rung } else { candidate.rung.max(Rung::Part) };
            let share = (FLOOR + (1.0 - FLOOR) * posting.impact()) * (0.2 + 0.8 * candidate.share);
            matches.offer(posting.doc, discount * rung.weight() * share, rung, posting.flags & IN_TITLE != 0);
        }
    }

    /// Two words typed apart that the text writes as one: 웹 개발 → 웹개발. The one term counts for both words.
    fn join_neighbours(&self, query: &Query, scored: &mut [Scored]) {
        let words: Vec<Option<&Word>> = query
            .clauses
            .iter()
            .filter(|clause| !clause.excluded && !clause.any_of.iter().all(|atom| matches!(atom, Atom::Filter(_))))
            .map(|clause| if let [Atom::Word(word)] = clause.any_of.as_slice() { Some(word) } else { None })
            .collect();
        for at in 1..words.len() {
            let (Some(Some(left)), Some(Some(right))) = (words.get(at - 1), words.get(at)) else { continue };
            if left.script != right.script {
                continue;
            }
            let (text, typed) = ([left.text.as_str(), &right.text].concat(), [left.typed.as_str(), &right.typed].concat());
            let joined = Word { text, typed, ..(*right).clone() };
            let found = ladder::joined(self, &joined);
            for clause in scored.iter_mut().skip(at - 1).take(2) {
                for candidate in &found {
                    let spaced = Candidate { rung: candidate.rung.max(Rung::Spacing), ..*candidate };
                    self.offer_candidate(&spaced, 1.0, &mut clause.matches);
                    clause.matches.terms.push(candidate.term);
                }
            }
        }
    }

    /// Documents where the parts stand side by side in this order, or in one compound.
    fn phrase(&self, parts: &[Vec<Candidate>], worst: Rung, found_as: Rung, matches: &mut ClauseMatches) {
        let mut ends: Vec<(u32, Vec<u32>)> = Vec::new();
        for (part_idx, candidates) in parts.iter().enumerate() {
            let mut here: Vec<(u32, Vec<u32>)> = Vec::new();
            for candidate in candidates.iter().filter(|candidate| candidate.rung <= worst) {
                let among = |doc: u32| part_idx == 0 || ends.binary_search_by_key(&doc, |(doc, _)| *doc).is_ok();
                self.postings(candidate.term).positions(among, |doc, positions| here.push((doc, positions.to_vec())));
            }
            ascending(&mut here);
            if 0 < part_idx {
                for (doc, positions) in &mut here {
                    let before = ends.binary_search_by_key(doc, |(doc, _)| *doc).ok().and_then(|at| ends.get(at));
                    let before = before.map_or(&[][..], |(_, positions)| positions);
                    let follows = |at: u32| before.binary_search(&at).is_ok();
                    positions.retain(|at| follows(*at) || at.checked_sub(1).is_some_and(follows));
                }
                here.retain(|(_, positions)| !positions.is_empty());
            }
            ends = here;
        }
        for (doc, positions) in ends {
            let score = found_as.weight() * (1.0 - 1.0 / (1.5 + positions.len() as f32));
            matches.offer(doc, score, found_as, positions.first().is_some_and(|at| *at < 8));
        }
    }

    fn filter(&self, filter: &Filter, matches: &mut ClauseMatches) {
        let Some(facets) = self.facets() else { return };
        let mut offer = |doc| matches.offer(doc, 1.0, Rung::Exact, false);
        match filter {
            Filter::Tag(value) => facets.docs(FacetKind::Tag, value).for_each(&mut offer),
            Filter::Company(value) => facets.docs(FacetKind::Company, value).for_each(&mut offer),
            Filter::Section(value) => facets.docs(FacetKind::Section, value).for_each(&mut offer),
            Filter::Series(value) => facets.docs(FacetKind::Series, value).for_each(&mut offer),
            Filter::Views(lo, hi) => facets.docs_by_views(*lo, *hi).for_each(&mut offer),
        }
    }

    /// Adds to the best documents what neighbouring words of the query have in common there.
    fn reward_nearness(&self, scored: &[Scored], ranked: &mut [Ranked]) {
        if N_NEAR_DOCS < ranked.len() {
            best_first(ranked, N_NEAR_DOCS, by_rank);
        }
        let n_near = ranked.len().min(N_NEAR_DOCS);
        let (best, _) = ranked.split_at_mut(n_near);
        best_first(best, n_near, |a, b| a.hit.doc < b.hit.doc);
        let slot = |doc: u32, best: &[Ranked]| best.binary_search_by_key(&doc, |ranked| ranked.hit.doc).ok();
        let mut before: Vec<Vec<u32>> = vec![Vec::new(); n_near];
        let mut before_idf = 0.0f32;
        for Scored { matches, idf } in scored {
            let mut here: Vec<Vec<u32>> = vec![Vec::new(); n_near];
            for term in &matches.terms {
                self.postings(*term).positions(
                    |doc| slot(doc, best).is_some(),
                    |doc, positions| {
                        if let Some(here) = slot(doc, best).and_then(|at| here.get_mut(at)) {
                            here.extend_from_slice(positions);
                        }
                    },
                );
            }
            for ((ranked, here), before) in best.iter_mut().zip(&mut here).zip(&before) {
                ascending(here);
                if let Some(distance) = nearest(before, here) {
                    // In one word, side by side, farther apart.
                    let closeness = match distance {
                        0 => 2.0,
                        1 => 1.5,
                        _ => 1.0 / distance as f32,
                    };
                    ranked.hit.score += NEAR_BONUS * idf.min(before_idf) * closeness;
                }
            }
            before = here;
            before_idf = *idf;
        }
    }

    fn term_match(&self, word: &Word, meaning: &Meaning) -> TermMatch {
        let best = best_candidates(meaning);
        let text = |term: u32| hangul::decode(self.key(term));
        let mut found: Vec<String> = best.iter().map(|candidate| text(candidate.term)).collect();
        let mut rung = best.first().map(|candidate| candidate.rung);
        if let Some(split) = meaning.splits.first().filter(|_| found.is_empty()) {
            found.extend(split.left.iter().chain(&split.right).map(|candidate| text(candidate.term)));
            rung = Some(Rung::Spacing);
        }
        TermMatch { typed: word.typed.clone(), found, rung }
    }
}

/// Does any document have the two halves side by side?
pub(crate) fn stands_somewhere(index: &Lookup<'_>, split: &Split) -> bool {
    let mut matches = ClauseMatches::new(index.n_docs());
    index.phrase(&[split.left.clone(), split.right.clone()], Rung::Stem, Rung::Spacing, &mut matches);
    !matches.docs.is_empty()
}

/// Gathers the clauses' matches into documents, unordered.
fn rank(scored: &[Scored], allowed: &[bool]) -> Vec<Ranked> {
    let in_all: f32 = scored.iter().map(|clause| clause.idf).sum();
    let n_matching = scored.iter().filter(|clause| !clause.matches.docs.is_empty()).count();
    (0u32..)
        .zip(allowed)
        .filter(|(_, allowed)| **allowed)
        .filter_map(|(doc, _)| {
            let (mut score, mut title, mut covered, mut n, mut rung) = (0.0f32, 0.0f32, 0.0f32, 0, None);
            for Scored { matches, idf } in scored {
                let Some(best) = matches.get(doc) else { continue };
                score += idf * best.score;
                covered += idf;
                n += 1;
                rung = rung.max(Some(best.rung));
                if best.in_title {
                    title += idf * best.score;
                }
            }
            if n == 0 && !scored.is_empty() {
                return None;
            }
            let coverage = if in_all > 0.0 { covered / in_all } else { 1.0 };
            let score = (score + TITLE_BONUS * title) * coverage;
            let class = if scored.len() == 1 { rung.map_or(0, Rung::class) } else { 0 };
            Some(Ranked {
                complete: n == n_matching && n <= MAX_COMPLETE,
                class,
                hit: Hit { doc, score, rung: rung.unwrap_or(Rung::Exact) },
            })
        })
        .collect()
}

fn by_rank(a: &Ranked, b: &Ranked) -> bool {
    let order = b.complete.cmp(&a.complete).then(a.class.cmp(&b.class)).then(b.hit.score.total_cmp(&a.hit.score));
    order.then(a.hit.doc.cmp(&b.hit.doc)).is_lt()
}

/// The terms that stand for a word when not all can: best rung, then greatest share.
fn best_candidates(meaning: &Meaning) -> Vec<&Candidate> {
    let mut best: Vec<&Candidate> = meaning.candidates.iter().collect();
    best_first(&mut best, MAX_FOUND, |a, b| a.rung.cmp(&b.rung).then(b.share.total_cmp(&a.share)).then(a.term.cmp(&b.term)).is_lt());
    best.truncate(MAX_FOUND);
    best
}

/// The least distance, up to [`NEAR`], between a position of one list and one of the other; both ascending.
fn nearest(before: &[u32], here: &[u32]) -> Option<u32> {
    let mut best: Option<u32> = None;
    let mut at = 0;
    for position in here {
        while before.get(at + 1).is_some_and(|next| next <= position) {
            at += 1;
        }
        for other in before.iter().skip(at).take(2) {
            let distance = position.abs_diff(*other);
            if distance <= NEAR && best.is_none_or(|best| distance < best) {
                best = Some(distance);
            }
        }
    }
    best
}

/// How much a word says: `ln(1 + (N - df + ½) / (df + ½))` of BM25, to the power 1.5, so that the common words of a question weigh less
/// still. Measured: power 1 loses rare words in questions, power 2 loses everything else.
fn idf(n_matches: usize, n_docs: u32) -> f32 {
    let (df, n) = (n_matches as f32, n_docs as f32);
    let idf = (1.0 + (n - df + 0.5) / (df + 0.5)).ln();
    idf * idf.sqrt()
}
