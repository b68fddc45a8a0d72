//! The facts of a story as the readers of other forms find them, and what follows from them.
//!
//! Nothing is invented: a missing company, author or date stays missing. Only the summary, the language and the section follow from
//! the text, because lists cannot do without them.

use corpus::{Block, Built, Problem, Section, Series, Slug, Story, inline_text};

use crate::{Options, decode::normalise, recover, saved_page::summary};

/// What a source says about a story; everything may be missing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) title: Option<String>,
    /// A file name or path of the source, to make the slug from; the title otherwise.
    pub(crate) name: Option<String>,
    /// The word for its section or category.
    pub(crate) section: Option<String>,
    pub(crate) company: Option<String>,
    pub(crate) author: Option<String>,
    /// `YYYY-MM-DD`.
    pub(crate) published: Option<String>,
    pub(crate) views: Option<u64>,
    /// As written, with or without `#`, spaces and repetitions.
    pub(crate) tags: Vec<String>,
    pub(crate) series: Option<Series>,
    pub(crate) lang: Option<String>,
    pub(crate) summary: Option<String>,
    pub(crate) source: Option<String>,
}

impl Facts {
    /// The story, with a finding if it has no title.
    pub(crate) fn story(mut self, file: &str, blocks: Vec<Block>, options: &Options, problems: &mut Vec<Problem>) -> Story {
        if self.title.as_ref().is_none_or(|title| title.trim().is_empty()) {
            let title = first_words(&blocks);
            let message = format!("no title was found, so the story is called `{title}`");
            problems.push(Problem::warning(file, 1, message, "write a better one into the story file"));
            self.title = Some(title);
        }
        if self.company.is_none() {
            self.company.clone_from(&options.company);
        }
        let title = self.title.clone().unwrap_or_default();
        let named = self.section.iter().chain(&self.tags).find_map(|word| section_of(word));
        let section =
            options.section.or(named).unwrap_or(if says_interview(&title, &self.tags) { Section::Interview } else { Section::Feed });
        self.story_in(section, blocks)
    }

    /// The story in a section.
    pub(crate) fn story_in(self, section: Section, blocks: Vec<Block>) -> Story {
        let clean = |text: Option<String>| text.map(|text| single_spaced(&text)).filter(|text| !text.is_empty());
        let title = single_spaced(&self.title.unwrap_or_default());
        let lang = self.lang.filter(|lang| is_language(lang)).unwrap_or_else(|| guess_language(&title, &blocks).to_owned());
        let summary = clean(self.summary).map(|text| shortened(&text)).or_else(|| summary(&blocks)).unwrap_or_else(|| title.clone());
        Story {
            slug: self.name.as_deref().map_or_else(|| Slug::from_title(&title), Slug::from_title),
            section,
            company: clean(self.company),
            author: clean(self.author),
            published: self.published,
            views: self.views,
            series: self.series,
            tags: clean_tags(self.tags),
            lang,
            summary,
            source: self.source,
            original: None,
            title,
            blocks,
            built: Built::default(),
        }
    }
}

/// One space for each run of white space, none around; invisible signs left out, and composed what they stood between.
pub(crate) fn single_spaced(text: &str) -> String {
    let visible: String =
        text.chars().filter(|c| !matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{AD}') && (!c.is_control() || c.is_whitespace())).collect();
    normalise(&recover::single_spaced(&visible))
}

/// Whether the title or a tag says that the story is an interview.
pub(crate) fn says_interview(title: &str, tags: &[String]) -> bool {
    tags.iter().map(String::as_str).chain([title]).any(|text| text.contains("인터뷰") || text.to_lowercase().contains("interview"))
}

/// The section that a category is.
fn section_of(word: &str) -> Option<Section> {
    let word = word.trim().to_lowercase();
    match word.as_str() {
        "보도자료" | "공지" | "공지사항" | "press" | "announcement" => Some(Section::News),
        "interviews" => Some(Section::Interview),
        word => Section::parse(word),
    }
}

/// Tags as hashtags are: one word, no `#`, each once. Words of Hangul are joined, others get a hyphen between them.
pub(crate) fn clean_tags(tags: Vec<String>) -> Vec<String> {
    let mut clean: Vec<String> = Vec::new();
    for tag in tags {
        let mut out = String::new();
        for word in single_spaced(&tag).trim_start_matches('#').split(' ').filter(|word| !word.is_empty()) {
            let is_hangul = |c: Option<char>| c.is_some_and(|c| ('가'..='힣').contains(&c));
            if !out.is_empty() && !is_hangul(out.chars().next_back()) && !is_hangul(word.chars().next()) {
                out.push('-');
            }
            out.push_str(word);
        }
        if !out.is_empty() && !clean.iter().any(|earlier| earlier.to_lowercase() == out.to_lowercase()) {
            clean.push(out);
        }
    }
    clean
}

/// Hangul anywhere is Korean, kana Japanese; anything else is taken for English.
fn guess_language(title: &str, blocks: &[Block]) -> &'static str {
    let mut has_kana = false;
    let texts = std::iter::once(title.to_owned()).chain(blocks.iter().take(20).map(Block::text));
    for c in texts.flat_map(|text| text.chars().collect::<Vec<_>>()) {
        if ('가'..='힣').contains(&c) {
            return "ko";
        }
        has_kana |= ('\u{3041}'..='\u{30FF}').contains(&c);
    }
    if has_kana { "ja" } else { "en" }
}

fn is_language(lang: &str) -> bool {
    let (first, rest) = lang.split_once('-').unwrap_or((lang, "x"));
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && rest.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Longest summary, in characters; the check warns above.
const MAX_SUMMARY: usize = 160;

fn shortened(text: &str) -> String {
    if text.chars().count() <= MAX_SUMMARY {
        return text.to_owned();
    }
    let head: String = text.chars().take(MAX_SUMMARY - 1).collect();
    let end = head.rfind(' ').unwrap_or(head.len());
    format!("{}…", head.get(..end).unwrap_or(&head))
}

/// A title for a story without one: its first heading or the first words of its text.
fn first_words(blocks: &[Block]) -> String {
    let heading = blocks.iter().find_map(|block| if let Block::Heading { text, .. } = block { Some(inline_text(text)) } else { None });
    let text = heading.unwrap_or_else(|| blocks.iter().map(Block::text).find(|text| !text.trim().is_empty()).unwrap_or_default());
    let words = single_spaced(&text);
    let short: String = words.chars().take(30).collect();
    if short.is_empty() { "제목 없음".to_owned() } else { short }
}

#[cfg(test)]
mod tests {
    use super::{clean_tags, shortened};

    #[test]
    fn tags_are_single_words_once() {
        let tags = ["#개발", "기업 문화", "machine learning", "개발", " ", "DevOps", "devops", "AI 스쿨"];
        assert_eq!(clean_tags(tags.map(str::to_owned).to_vec()), ["개발", "기업문화", "machine-learning", "DevOps", "AI스쿨"]);
    }

    #[test]
    fn long_descriptions_end_at_a_word() {
        let short = shortened(&"가나다 ".repeat(60));
        assert!(short.ends_with("가나다…") && short.chars().count() <= 160, "{short}");
    }
}
