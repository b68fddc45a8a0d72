//! Which stories to read beside a story, and why: rare words and tags that both have. Other parts of a series are left out, because the page
//! lists them anyway.
//!
//! Cost: for each story, the lists of its tags and key terms, each of bounded length; never all pairs.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use corpus::{Block, Related, Story};
use rayon::prelude::*;
use search::{KeyTerm, KeyTerms};

use crate::document;

/// Stories named beside one. More fills the page, fewer leaves less to choose from.
const MAX_RELATED: usize = 4;

/// Reasons of one kind that are told.
const MAX_REASONS: usize = 3;

/// A tag on more stories than this brings nobody together: its list is not walked. What bounds the work in a large archive.
const MAX_TAG_STORIES: usize = 256;

/// A tag on more than one of so many stories is no reason.
const COMMON_TAG_SHARE: usize = 4;

/// A shared tag against a shared word of the same rarity that is spoken of twice. More lets tags decide.
const TAG_WEIGHT: u32 = 3;

/// Occurrences of a word from which on more do not bring stories nearer.
const MAX_WORD_WEIGHT: u32 = 6;

/// What two stories must share at least: two words of middling rarity, or a tag and a word. Less names neighbours by chance.
const MIN_SCORE: u32 = 600;

/// For each story the ones to read beside it. The same stories in the same order give the same.
pub(crate) fn find(stories: &[&Story]) -> Vec<Vec<Related>> {
    Archive::new(stories).related()
}

struct Archive<'a> {
    stories: &'a [&'a Story],
    terms: Vec<Vec<KeyTerm>>,
    /// Stories that have a term, with its weight there.
    by_term: HashMap<u32, Vec<(usize, u32)>>,
    by_tag: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Archive<'a> {
    fn new(stories: &'a [&'a Story]) -> Self {
        let mut key_terms = KeyTerms::new();
        // The words of a programming language say nothing of what a story is about.
        let is_prose = |block: &Block| !matches!(block, Block::Code { .. });
        stories.iter().for_each(|story| document::with_document(story, is_prose, |document| key_terms.add(document)));
        let mut archive = Self { stories, terms: key_terms.finish(), by_term: HashMap::new(), by_tag: HashMap::new() };
        for (doc, story) in stories.iter().enumerate() {
            for term in archive.terms.get(doc).into_iter().flatten() {
                archive.by_term.entry(term.id).or_default().push((doc, term.weight));
            }
            for tag in story.tags.iter().map(String::as_str).collect::<BTreeSet<_>>() {
                archive.by_tag.entry(tag).or_default().push(doc);
            }
        }
        archive
    }

    fn related(&self) -> Vec<Vec<Related>> {
        (0..self.stories.len()).into_par_iter().map(|doc| self.related_to(doc)).collect()
    }

    fn related_to(&self, doc: usize) -> Vec<Related> {
        let Some(story) = self.stories.get(doc) else { return Vec::new() };
        let mut scores: BTreeMap<usize, u32> = BTreeMap::new();
        let tags = self.telling_tags(story);
        for (n, _, docs) in &tags {
            docs.iter().for_each(|other| *scores.entry(*other).or_default() += TAG_WEIGHT * self.rarity(*n));
        }
        let terms = self.terms.get(doc).map(Vec::as_slice).unwrap_or_default();
        for term in terms.iter().filter(|term| !is_said(story, term)) {
            for (other, weight) in self.by_term.get(&term.id).into_iter().flatten() {
                *scores.entry(*other).or_default() += self.word_score(term, *weight);
            }
        }
        let is_other =
            |other: &Story| story.series.is_none() || story.series.as_ref().map(|s| &s.name) != other.series.as_ref().map(|s| &s.name);
        let mut best: Vec<(u32, usize)> = scores
            .into_iter()
            .filter(|(other, score)| *other != doc && MIN_SCORE <= *score && self.stories.get(*other).is_some_and(|other| is_other(other)))
            .map(|(other, score)| (score, other))
            .collect();
        best.sort_by_key(|(score, other)| (std::cmp::Reverse(*score), *other));
        best.truncate(MAX_RELATED);
        let related = |(_, other): (u32, usize)| {
            let tags = tags.iter().filter(|(_, _, docs)| docs.binary_search(&other).is_ok()).map(|(_, tag, _)| (*tag).to_owned());
            let slug = self.stories.get(other)?.slug.clone();
            Some(Related { slug, tags: tags.take(MAX_REASONS).collect(), words: self.words(doc, terms, other) })
        };
        best.into_iter().filter_map(related).collect()
    }

    /// The story's tags that tell something, with their stories, the rarest first.
    fn telling_tags(&self, story: &'a Story) -> Vec<(usize, &'a str, &[usize])> {
        let limit = (self.stories.len() / COMMON_TAG_SHARE).clamp(2, MAX_TAG_STORIES);
        let docs = |tag: &'a String| Some((tag.as_str(), self.by_tag.get(tag.as_str())?.as_slice()));
        let telling = story.tags.iter().filter_map(docs).filter(|(_, docs)| 1 < docs.len() && docs.len() <= limit);
        let mut tags: Vec<_> = telling.map(|(tag, docs)| (docs.len(), tag, docs)).collect();
        tags.sort_by_key(|(n, tag, _)| (*n, *tag));
        tags.dedup_by_key(|(_, tag, _)| *tag);
        tags
    }

    /// The words that another story shares, the one that counts most first.
    fn words(&self, doc: usize, terms: &[KeyTerm], other: usize) -> Vec<String> {
        let shared = |term: &KeyTerm| {
            let docs = self.by_term.get(&term.id)?;
            let at = docs.binary_search_by_key(&other, |(doc, _)| *doc).ok()?;
            Some((std::cmp::Reverse(self.word_score(term, docs.get(at)?.1)), term.text.clone()))
        };
        let said = |term: &&KeyTerm| !self.stories.get(doc).is_some_and(|story| is_said(story, term));
        let mut words: Vec<_> = terms.iter().filter(said).filter_map(shared).collect();
        words.sort();
        words.into_iter().map(|(_, word)| word).take(MAX_REASONS).collect()
    }

    /// What a shared term counts: rare ones more, and those that both stories come back to.
    fn word_score(&self, term: &KeyTerm, weight_there: u32) -> u32 {
        self.rarity(term.n_docs as usize) * term.weight.min(weight_there).min(MAX_WORD_WEIGHT)
    }

    /// Rarity of what so many stories have, in hundredths. The fourth root grows about as slowly as a logarithm, and is the same on every
    /// machine.
    fn rarity(&self, n_stories: usize) -> u32 {
        let share = self.stories.len() as f64 / n_stories.max(1) as f64;
        (share.sqrt().sqrt() * 100.0) as u32
    }
}

/// Whether the story's facts say a term already: its company and its tags speak for themselves.
fn is_said(story: &Story, term: &KeyTerm) -> bool {
    let facts = story.company.iter().chain(&story.tags);
    facts.into_iter().any(|fact| fact.to_lowercase().contains(&term.text.to_lowercase()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail")]

    use corpus::{Related, Series, Story};

    use super::find;
    use crate::sample;

    fn story(title: &str, tags: &[&str], text: &str) -> Story {
        Story { tags: tags.iter().map(|tag| (*tag).to_owned()).collect(), ..sample::story(title, text) }
    }

    /// Each story's neighbours as `title → title #tag word`.
    #[track_caller]
    fn check(stories: Vec<Story>, expected: &[&str]) {
        let related = find(&stories.iter().collect::<Vec<_>>());
        let line = |(story, related): (&Story, &Vec<Related>)| {
            related
                .iter()
                .map(|related| {
                    let tags = related.tags.iter().map(|tag| format!(" #{tag}"));
                    let words = related.words.iter().map(|word| format!(" {word}"));
                    format!("{} → {}{}", story.title, related.slug, tags.chain(words).collect::<String>())
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(stories.iter().zip(&related).flat_map(line).collect::<Vec<_>>(), expected);
    }

    const KAFKA: &str = "카프카를 지켜본다. 카프카는 빠르고, 카프카의 지표를 모은다. 카프카와 함께.";
    const BREAD: &str = "식빵을 굽는다. 식빵은 부드럽고 식빵의 향이 난다. 오븐에서 식빵이 부푼다.";

    fn fillers() -> Vec<Story> {
        (0..18).map(|n| story(&format!("다른-{n}"), &["일상"], "하루가 간다.")).collect()
    }

    #[test]
    fn a_rare_word_and_a_tag_are_the_reason() {
        let mut stories = vec![
            story("지표", &["모니터링", "일상"], KAFKA),
            story("경보", &["모니터링", "일상"], &KAFKA.replace("카프카", "Kafka")),
            story("빵", &["일상"], BREAD),
        ];
        stories.extend(fillers());
        check(stories, &["지표 → 경보 #모니터링 카프카", "경보 → 지표 #모니터링 Kafka"]);
    }

    #[test]
    fn what_everybody_has_is_no_reason() {
        check(fillers(), &[]);
    }

    #[test]
    fn parts_of_the_same_series_are_left_out() {
        let part =
            |title: &str, number| Story { series: Some(Series { name: "빵".into(), part: Some(number) }), ..story(title, &[], BREAD) };
        let mut stories = vec![part("하나", 1), part("둘", 2), story("셋", &[], BREAD)];
        stories.extend(fillers());
        check(stories, &["하나 → 셋 식빵", "둘 → 셋 식빵", "셋 → 하나 식빵", "셋 → 둘 식빵"]);
    }

    #[test]
    fn a_large_archive_stays_quick_and_finds_the_pair() {
        let mut stories: Vec<Story> =
            (0..3000).map(|n| story(&format!("글-{n}"), &["개발"], &format!("주제{}를 다룬다. 주제{}의 끝.", n % 7, n % 7))).collect();
        stories.push(story("첫째", &["개발"], KAFKA));
        stories.push(story("둘째", &["개발"], KAFKA));
        let related = find(&stories.iter().collect::<Vec<_>>());
        assert_eq!(related[3000][0].slug.as_str(), "둘째");
        assert_eq!(related[3001][0].words, ["카프카"]);
    }
}
