//! Time of one keystroke, over every state of the search field while a query is typed with a Korean input method.

use std::time::{Duration, Instant};

use crate::corpus::{Corpus, Error, Judged};

/// A state is timed so often; the least time counts, as the machine may be busy with other things.
const N_RUNS: usize = 3;

/// What stands in the field after each key: a final consonant stays with its syllable until a vowel takes it away.
pub(crate) fn states(query: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut done = String::new();
    // Keys of the Hangul run that is being typed.
    let mut keys = String::new();
    for c in query.chars() {
        if hangul::is_syllable(c) || hangul::is_jamo(c) {
            for key in hangul::to_qwerty(&c.to_string()).chars() {
                keys.push(key);
                out.push(format!("{done}{}", hangul::from_qwerty(&keys)));
            }
            continue;
        }
        done += &hangul::from_qwerty(&std::mem::take(&mut keys));
        done.push(c);
        out.push(done.clone());
    }
    out
}

pub(crate) fn print(corpus: &mut Corpus, judged: &[Judged], with_slow: bool) -> Result<(), Error> {
    let mut times: Vec<(Duration, String, usize)> = Vec::new();
    for query in judged {
        let states = states(&query.q);
        let n_matches: Vec<usize> =
            states.iter().map(|state| corpus.search(state, 10).map(|results| results.n_matches)).collect::<Result<_, _>>()?;
        let mut least = vec![Duration::MAX; states.len()];
        // State after state, as they are typed: a search may use what the one before has left.
        for _ in 0..N_RUNS {
            for (state, least) in states.iter().zip(&mut least) {
                let start = Instant::now();
                corpus.search(state, 10)?;
                *least = start.elapsed().min(*least);
            }
        }
        times.extend(least.into_iter().zip(states).zip(n_matches).map(|((time, state), n_matches)| (time, state, n_matches)));
    }
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].0;
    println!("{} keystrokes, native: p50 {:?}, p95 {:?}, p99 {:?}, max {:?}", times.len(), at(0.5), at(0.95), at(0.99), at(1.0));
    if with_slow {
        let (worst, common) = (times.iter().rev().take(30), times.iter().skip(times.len() / 2).step_by(50).take(20));
        for (time, state, n_matches) in worst.chain(common) {
            println!("{time:>12.1?} {n_matches:>6} {state}");
        }
    }
    Ok(())
}
