//! The outline of a story: which of its blocks can be linked to, and its table of contents. Pure, so that all of it is tested natively.

use corpus::{Block, Slug, inline_text};

/// Fewer entries than this need no table of contents.
const MIN_ENTRIES: usize = 3;

/// One line of a table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Id of the element it leads to.
    pub(crate) id: String,
    /// The heading or the question.
    pub(crate) text: String,
    /// 2 for the outermost lines.
    pub(crate) level: u8,
}

/// The ids of the top-level blocks that can be linked to: headings by their text, the second of the same text with `-2`; questions by
/// their number.
pub(crate) fn block_ids(blocks: &[Block]) -> Vec<Option<String>> {
    let mut used: Vec<Slug> = Vec::new();
    let mut n_questions = 0;
    let id = |block: &Block| match block {
        Block::Heading { text, .. } => {
            let slug = Slug::from_title(&inline_text(text));
            let n_used = used.iter().filter(|other| **other == slug).count();
            used.push(slug.clone());
            Some(if n_used == 0 { slug.as_str().to_owned() } else { slug.numbered(n_used + 1).into() })
        }
        Block::Question { .. } => {
            n_questions += 1;
            Some(format!("question-{n_questions}"))
        }
        _ => None,
    };
    blocks.iter().map(id).collect()
}

/// The table of contents: headings down to the third level and, between them, questions. Empty for a story that is too short for one.
pub(crate) fn outline(blocks: &[Block]) -> Vec<Entry> {
    let mut below = 2;
    let mut entries = Vec::new();
    for (block, id) in blocks.iter().zip(block_ids(blocks)) {
        let (Some(id), level, text) = (match block {
            Block::Heading { level, text } => {
                below = level + 1;
                (id, *level, text)
            }
            Block::Question { text, .. } => (id, below, text),
            _ => continue,
        }) else {
            continue;
        };
        if level <= 3 || matches!(block, Block::Question { .. }) {
            entries.push(Entry { id, text: inline_text(text), level: level.min(3) });
        }
    }
    if entries.len() < MIN_ENTRIES { Vec::new() } else { entries }
}

#[cfg(test)]
mod tests {
    use corpus::{Block, Inline};

    use super::outline;

    fn heading(level: u8, text: &str) -> Block {
        Block::Heading { level, text: vec![Inline::text(text)] }
    }

    fn question(text: &str) -> Block {
        Block::Question { mark: "Q.".into(), text: vec![Inline::text(text)] }
    }

    #[track_caller]
    fn check(blocks: &[Block], lines: &[&str]) {
        let shown: Vec<String> = outline(blocks).into_iter().map(|entry| format!("{} {} {}", entry.level, entry.id, entry.text)).collect();
        assert_eq!(shown, lines);
    }

    #[test]
    fn headings_and_questions_are_lines() {
        check(
            &[
                heading(2, "처음 뵙겠습니다"),
                question("이름은?"),
                Block::Rule,
                heading(3, "일"),
                question("하는 일은?"),
                heading(4, "작은 것"),
            ],
            &["2 처음-뵙겠습니다 처음 뵙겠습니다", "3 question-1 이름은?", "3 일 일", "3 question-2 하는 일은?"],
        );
    }

    #[test]
    fn equal_headings_have_ids_of_their_own() {
        check(&[heading(2, "왜"), heading(2, "왜"), heading(2, "왜")], &["2 왜 왜", "2 왜-2 왜", "2 왜-3 왜"]);
    }

    #[test]
    fn a_short_story_has_no_table_of_contents() {
        check(&[heading(2, "하나"), heading(2, "둘")], &[]);
    }
}
