//! Writes as many stories as are asked for, the same ones every time: Markdown as publishers have it, with tags, companies, series, views and
//! lengths spread as in real archives (few values are common, most are rare).

mod words;

use std::{fmt::Write as _, fs, io::ErrorKind, path::Path};

use anyhow::{Context, Result};

use words::{DEEDS, HEADINGS, HOUSES, MANNERS, SENTENCES, TOPICS, TRADES};

/// Raise it with every change of what is written, words included: it stands in the names of what is kept.
pub(crate) const VERSION: u32 = 2;

/// Of so many stories in a row, a tenth are parts of series: a few for each common subject, one for a rare one.
const N_STORIES_A_TERM: u32 = 400;

/// Writes the stories into a folder, a file each; what another run left there goes.
pub(crate) fn write(dir: &Path, n_stories: u32) -> Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error).with_context(|| format!("emptying {}", dir.display())),
        _ => {}
    }
    fs::create_dir_all(dir).with_context(|| format!("making {}", dir.display()))?;
    for number in 1..=n_stories {
        let file = dir.join(format!("story-{number:06}.md"));
        fs::write(&file, story(number)).with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(())
}

/// The story of this number: always the same, whatever was written before.
fn story(number: u32) -> String {
    let dice = &mut Dice(u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let topic = dice.skewed(&TOPICS);
    let deed = dice.skewed(&DEEDS);
    let company = format!("{}{}", dice.skewed(&HOUSES), dice.skewed(&TRADES));
    let section = ["feed", "feed", "feed", "feed", "feed", "feed", "feed", "news", "news", "interview"][dice.below(10)];
    // Titles tell stories apart, as real ones do.
    let title = format!("{} {topic} {deed} {number}", dice.pick(&MANNERS));
    // From a hundred to half a million, most of them low.
    let views = 100.0 * 5000.0_f64.powf(dice.share() * dice.share());
    let mut text = format!("---\ntitle: \"{title}\"\nsection: {section}\ncompany: {company}\nviews: {views:.0}\n");
    let mut tags = vec![topic.to_owned(), format!("{topic}{deed}")];
    for _ in 0..dice.below(5) {
        tags.push(if dice.below(3) == 0 {
            dice.skewed(&TOPICS).to_owned()
        } else {
            format!("{}{}", dice.skewed(&TOPICS), dice.skewed(&DEEDS))
        });
    }
    tags.sort();
    tags.dedup();
    let _ = writeln!(text, "tags: [{}]", tags.join(", "));
    if dice.below(10) == 0 {
        // Series end: the next stories of a subject are another one.
        let _ = writeln!(text, "series: {{name: \"{topic} {}기\", part: {}}}", 1 + number / N_STORIES_A_TERM, 1 + dice.below(9));
    }
    let _ = writeln!(text, "lang: ko\nsummary: \"{} {}\"\n---", dice.sentence(topic), dice.sentence(topic));
    for _ in 0..2 + dice.below(4) {
        let _ = write!(text, "\n## {}\n", dice.pick(&HEADINGS));
        for _ in 0..1 + dice.below(3) {
            let sentences: Vec<String> = (0..2 + dice.below(4)).map(|_| dice.sentence(topic)).collect();
            let _ = write!(text, "\n{}\n", sentences.join(" "));
        }
    }
    text
}

/// Numbers that look random and depend on the seed alone (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to 1.
    fn share(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.share() * n as f64) as usize
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words.get(self.below(words.len())).copied().unwrap_or_default()
    }

    /// As [`Self::pick`], the first words much more often than the last.
    fn skewed(&mut self, words: &[&'static str]) -> &'static str {
        let share = self.share();
        words.get((share * share * words.len() as f64) as usize).copied().unwrap_or_default()
    }

    /// A sentence about a topic, and now and then another.
    fn sentence(&mut self, topic: &str) -> String {
        let mut text = String::new();
        let mut parts = self.pick(&SENTENCES).split(['{', '}']);
        text.push_str(parts.next().unwrap_or_default());
        // Inside and outside of braces in turn.
        while let Some(slot) = parts.next() {
            match slot.strip_prefix('t') {
                Some(particle) => {
                    let word = if self.below(3) == 0 { self.skewed(&TOPICS) } else { topic };
                    text.push_str(word);
                    text.push_str(fitting(particle, word));
                }
                None if slot == "m" => text.push_str(self.pick(&MANNERS)),
                None => {
                    let _ = write!(text, "{}", 2 + self.below(8));
                }
            }
            text.push_str(parts.next().unwrap_or_default());
        }
        text
    }
}

/// The form of a particle behind a word that ends in Hangul.
fn fitting<'a>(particle: &'a str, word: &str) -> &'a str {
    let ends_in_consonant =
        word.chars().last().is_some_and(|last| ('가'..='힣').contains(&last) && !(last as u32 - '가' as u32).is_multiple_of(28));
    match particle {
        "은" if !ends_in_consonant => "는",
        "이" if !ends_in_consonant => "가",
        "을" if !ends_in_consonant => "를",
        "과" if !ends_in_consonant => "와",
        "이었다" if !ends_in_consonant => "였다",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn stories_are_the_same_whatever_was_written_before() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), 3).unwrap();
        let third = fs::read_to_string(dir.path().join("story-000003.md")).unwrap();
        assert_eq!(third, story(3));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 3);
        // Kept data is found by the version: whoever changes what is written raises it, and then this sum.
        let sum = (1..=100)
            .flat_map(|number| story(number).into_bytes())
            .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        assert_eq!((VERSION, sum), (2, 15_108_799_341_638_916_037));
    }

    #[test]
    fn no_slot_is_left_open_and_titles_differ() {
        let stories: Vec<String> = (1..=500).map(story).collect();
        assert!(stories.iter().all(|text| !text.contains("{t") && !text.contains("{m") && !text.contains("{n}") && !text.contains("}.")));
        let titles: BTreeSet<&str> = stories.iter().filter_map(|text| text.lines().nth(1)).collect();
        assert_eq!(titles.len(), stories.len());
    }

    #[test]
    fn few_tags_are_common_and_most_are_rare() {
        let stories: Vec<String> = (1..=2000).map(story).collect();
        let n_with = |tag: &str| {
            let has = |text: &&String| {
                text.lines().any(|line| {
                    line.strip_prefix("tags: [").is_some_and(|tags| tags.trim_end_matches(']').split(", ").any(|other| other == tag))
                })
            };
            stories.iter().filter(has).count()
        };
        let (first, last) = (n_with(TOPICS[0]), n_with(TOPICS[TOPICS.len() - 1]));
        assert!(10 * last < first && 200 < first, "{first} and {last}");
    }

    #[test]
    fn particles_fit() {
        assert_eq!(["은", "이", "을", "과", "이었다"].map(|particle| fitting(particle, "배포")), ["는", "가", "를", "와", "였다"]);
        assert_eq!(["은", "이", "을", "과", "에서"].map(|particle| fitting(particle, "검색")), ["은", "이", "을", "과", "에서"]);
    }
}
