//! The facts of the real pages, read from the table of their description.

/// One row.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fact {
    /// First three characters of the file and the line, e.g. `000:9`.
    pub(crate) place: String,
    pub(crate) views: u64,
    pub(crate) title: String,
    pub(crate) n_body_chars: usize,
    pub(crate) tags: Vec<String>,
    pub(crate) is_interview: bool,
}

/// The rows of the table, in order, with the tags from the list below it.
pub(crate) fn parse(text: &str) -> Vec<Fact> {
    let tag_lists = text.lines().filter_map(|line| line.strip_prefix("tags: "));
    let tag_lists: Vec<Vec<String>> =
        tag_lists.map(|line| line.split_whitespace().filter_map(|tag| tag.strip_prefix('#')).map(str::to_owned).collect()).collect();
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<String> = line.replace("\\|", "\u{1}").split('|').map(|cell| cell.trim().replace('\u{1}', "|")).collect();
        cells.get(1)?.parse::<usize>().ok()?;
        Some(cells)
    });
    let fact = |(cells, tags): (Vec<String>, Vec<String>)| {
        assert_eq!(cells[9].parse(), Ok(tags.len()), "the list of tags of {}", cells[4]);
        Fact {
            place: cells[2].clone(),
            views: cells[3].parse().unwrap(),
            title: cells[4].replace('⍽', "\u{a0}"),
            n_body_chars: cells[5].parse().unwrap(),
            tags,
            is_interview: cells[7] == "인터뷰",
        }
    };
    rows.zip(tag_lists).map(fact).collect()
}
