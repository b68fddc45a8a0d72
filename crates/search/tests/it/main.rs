//! The index from outside: whole and sharded give the same, damage never panics, old formats are refused.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod damage;
mod naive;
mod relevance;
mod shards;

use search::{Document, IndexConfig, IndexWriter};

/// A small corpus of made-up sentences; big enough for several shards when `n` is in the hundreds.
pub fn writer(n: usize) -> IndexWriter {
    writer_of(0..n)
}

/// Some documents of that corpus.
pub fn writer_of(docs: std::ops::Range<usize>) -> IndexWriter {
    const WORDS: [&str; 24] = [
        "카프카",
        "장바구니",
        "쿠버네티스",
        "배포",
        "회의",
        "문화",
        "디자이너",
        "개발자",
        "레시피",
        "모니터링",
        "알람",
        "소비자",
        "kafka",
        "React",
        "서버",
        "데이터",
        "고속도로",
        "여행",
        "담당자",
        "웹개발",
        "대량해고",
        "성장",
        "기록",
        "질문",
    ];
    const PARTICLES: [&str; 8] = ["는", "를", "에서", "까지", "", "와", "로", "의"];
    let mut writer = IndexWriter::new(IndexConfig::default());
    // A fixed linear congruence (Numerical Recipes) in place of a random source.
    let mut state = 7u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for doc in 0..docs.end {
        let mut body = String::new();
        for _ in 0..60 {
            body += &format!("{}{} ", WORDS[next(WORDS.len())], PARTICLES[next(PARTICLES.len())]);
            if next(3) == 0 {
                body += &format!(
                    "낱말{}{} ",
                    ["가", "나", "다", "라", "마"][next(5)],
                    char::from_u32('가' as u32 + next(11_172) as u32).unwrap()
                );
            }
        }
        let title = format!("{} {}", WORDS[next(WORDS.len())], doc);
        let tag = WORDS[next(WORDS.len())];
        if docs.contains(&doc) {
            writer.add(&Document {
                title: &title,
                tags: &[tag],
                body: &body,
                section: "feed",
                views: Some(doc as u64),
                ..Document::default()
            });
        }
    }
    writer
}
