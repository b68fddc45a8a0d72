//! Success@10, nDCG@10 and empty answers, by category.

use std::collections::BTreeMap;

use crate::corpus::{Corpus, Error, Judged};

#[derive(Default)]
struct Sums {
    n: f64,
    success: f64,
    ndcg: f64,
    empty: f64,
    /// (queries, nDCG) of every second query.
    half: (f64, f64),
}

pub(crate) fn print(corpus: &mut Corpus, judged: &[Judged], with_misses: bool) -> Result<(), Error> {
    let mut by_category: BTreeMap<&str, Sums> = BTreeMap::new();
    for (query_idx, query) in judged.iter().enumerate() {
        let results = corpus.search(&query.q, 10)?;
        let docs = &corpus.docs;
        let gains: Vec<bool> = results.hits.iter().map(|hit| query.relevant.contains(&docs[hit.doc as usize].id)).collect();
        let discount = |rank: usize| 1.0 / (rank as f64 + 2.0).log2();
        let dcg: f64 = gains.iter().enumerate().filter(|(_, hit)| **hit).map(|(rank, _)| discount(rank)).sum();
        let ideal: f64 = (0..query.relevant.len().min(10)).map(discount).sum();
        let ndcg = dcg / ideal;
        for category in [query.category.as_str(), "all"] {
            let sums = by_category.entry(category).or_default();
            sums.n += 1.0;
            sums.success += f64::from(u8::from(gains.contains(&true)));
            sums.ndcg += ndcg;
            sums.empty += f64::from(u8::from(gains.is_empty()));
            if query_idx % 2 == 0 {
                sums.half = (sums.half.0 + 1.0, sums.half.1 + ndcg);
            }
        }
        if with_misses && ndcg < 0.8 {
            let found: Vec<String> = results.terms.iter().map(|term| format!("{}→{:?}{:?}", term.typed, term.rung, term.found)).collect();
            let top: Vec<&str> = results.hits.iter().take(4).map(|hit| docs[hit.doc as usize].title.as_str()).collect();
            let wanted = query.relevant.iter().filter_map(|id| docs.iter().find(|doc| doc.id == *id)).map(|doc| doc.title.as_str());
            let wanted: Vec<&str> = wanted.take(4).collect();
            println!("{} {ndcg:.2} {}\n   {}\n   got {top:?}\n   want {wanted:?}", query.category, query.q, found.join(" | "));
        }
    }
    println!("{:<12} {:>4} {:>7} {:>7} {:>7} {:>7} {:>7}", "category", "n", "s@10", "nDCG", "zero", "1st", "2nd");
    for (category, Sums { n, success, ndcg, empty, half }) in by_category {
        let (first, second) = (half.1 / half.0, (ndcg - half.1) / (n - half.0));
        println!("{category:<12} {n:>4} {:>7.3} {:>7.3} {:>7.3} {first:>7.3} {second:>7.3}", success / n, ndcg / n, empty / n);
    }
    Ok(())
}
