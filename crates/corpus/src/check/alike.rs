//! Stories that are there twice, and titles that nearly are.
//!
//! Bodies are compared by fingerprints: hashes of runs of letters, of which a fixed share is kept (Manber 1994), so that a copy is found
//! whatever was put before, behind or between. The work grows with the text, not with the pairs of stories.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Block, Problem, SourceMap, Story};

/// Letters of a run. Fewer meet by chance, more are broken by small edits.
const RUN: usize = 14;

/// One hash in this many is kept. More is quicker, less finds shorter copies.
const KEPT: u64 = 4;

/// Fewest fingerprints that a story needs to be compared: about 60 letters.
const MIN_PRINTS: usize = 12;

/// Part of the shorter story's fingerprints that the other must share.
const SHARED: f64 = 0.6;

/// Stories with one fingerprint above which it says nothing: a signature, a licence.
const MAX_COMMON: usize = 8;

/// How alike two titles must be, by pairs of letters (Dice), from 0 to 1.
const ALIKE: f64 = 0.85;

/// Shortest title that is compared, in letters.
const MIN_TITLE: usize = 6;

pub(super) fn find(stories: &[(SourceMap, Story)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let copies = copies(stories);
    for &(first, second) in &copies {
        if let (Some((first, _)), Some((second, _))) = (stories.get(first), stories.get(second)) {
            let message = format!("the story is mostly the same as {}", first.file());
            problems.push(Problem::warning(second.file(), second.block(0), message, "remove one of the two, or what they share"));
        }
    }
    for (first, second) in titles(stories) {
        if let (Some((first, story)), Some((second, _))) = (stories.get(first), stories.get(second)) {
            let message = format!("the title is nearly that of {}, `{}`", first.file(), story.title);
            problems.push(Problem::warning(second.file(), second.field("title"), message, "tell the two apart or remove one"));
        }
    }
    problems
}

/// Pairs of which at least one shares most of its text with the other, by position.
#[expect(clippy::cast_precision_loss, reason = "fewer fingerprints than 2^52")]
fn copies(stories: &[(SourceMap, Story)]) -> Vec<(usize, usize)> {
    let prints: Vec<BTreeSet<u64>> = stories.iter().map(|(_, story)| fingerprints(story)).collect();
    let mut by_print = BTreeMap::<u64, Vec<usize>>::new();
    for (idx, prints) in prints.iter().enumerate().filter(|(_, prints)| MIN_PRINTS <= prints.len()) {
        for &print in prints {
            by_print.entry(print).or_default().push(idx);
        }
    }
    let mut n_shared = BTreeMap::<(usize, usize), usize>::new();
    for owners in by_print.values().filter(|owners| owners.len() <= MAX_COMMON) {
        for (place, &first) in owners.iter().enumerate() {
            for &second in owners.iter().skip(place + 1) {
                *n_shared.entry((first, second)).or_default() += 1;
            }
        }
    }
    let n_prints = |idx: usize| prints.get(idx).map_or(0, BTreeSet::len);
    let is_copy = |(pair, n): &(&(usize, usize), &usize)| SHARED * n_prints(pair.0).min(n_prints(pair.1)) as f64 <= **n as f64;
    n_shared.iter().filter(is_copy).map(|(pair, _)| *pair).collect()
}

fn fingerprints(story: &Story) -> BTreeSet<u64> {
    let text: Vec<char> = story.blocks.iter().map(Block::text).flat_map(|text| letters(&text)).collect();
    let hash = |run: &[char]| {
        // FNV-1a, then mixed, because its low bits alone decide what is kept.
        let hash = run.iter().fold(0xCBF2_9CE4_8422_2325_u64, |hash, &c| (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01B3));
        (hash ^ (hash >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9)
    };
    text.windows(RUN).map(hash).filter(|hash| (hash >> 32) % KEPT == 0).collect()
}

fn letters(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Pairs of nearly equal titles. Equal ones are another check's; parts of a series differ in their number and are not alike.
#[expect(clippy::cast_precision_loss, reason = "titles are short")]
fn titles(stories: &[(SourceMap, Story)]) -> Vec<(usize, usize)> {
    let titles: Vec<Vec<char>> = stories.iter().map(|(_, story)| letters(&story.title)).collect();
    let pairs_of = |title: &[char]| title.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect::<BTreeSet<_>>();
    let mut by_pair = BTreeMap::<(char, char), Vec<usize>>::new();
    for (idx, title) in titles.iter().enumerate().filter(|(_, title)| MIN_TITLE <= title.len()) {
        for pair in pairs_of(title) {
            by_pair.entry(pair).or_default().push(idx);
        }
    }
    let mut found = Vec::new();
    for (first, title) in titles.iter().enumerate().filter(|(_, title)| MIN_TITLE <= title.len()) {
        let own = pairs_of(title);
        let mut shared = BTreeMap::<usize, usize>::new();
        for owners in own.iter().filter_map(|pair| by_pair.get(pair)) {
            for &other in owners.iter().filter(|&&other| first < other) {
                *shared.entry(other).or_default() += 1;
            }
        }
        for (second, n) in shared {
            let Some(other) = titles.get(second) else { continue };
            let dice = 2.0 * n as f64 / (own.len() + pairs_of(other).len()) as f64;
            let digits = |title: &[char]| title.iter().copied().filter(|c| c.is_numeric()).collect::<String>();
            let is_equal =
                stories.get(first).map(|(_, story)| folded(&story.title)) == stories.get(second).map(|(_, story)| folded(&story.title));
            if ALIKE <= dice && digits(title) == digits(other) && !is_equal {
                found.push((first, second));
            }
        }
    }
    found
}

fn folded(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
