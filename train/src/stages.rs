//! The stages of learning, each on what the one before says of posts that it did not see.
//!
//! Posts fall into folds by author. Each stage is learned once without each fold, and once from all posts. What a stage without fold 3 says of
//! the posts of fold 3 is what the next stage learns from, as if they were new; so a later stage sees mistakes of the size that it will
//! meet. Out-of-fold figures come from the stages without a fold put together, with the same inference that ships. (A second-stage model
//! without fold 3 has been told of other posts by first-stage models that knew fold 3: the usual small impurity of stacking.)

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use anyhow::{Context as _, Result};
use import::recover::{
    KIND_BITS, Model, N_KINDS, N_LOOKS, SPACING_BITS,
    learn::{Example, Forest, KindTables, Scored, Slots, Sparse, Table, forest_bytes, second_look, table_bytes},
};

use crate::{
    N_FOLDS,
    forest::{self, Growth, Rows},
    linear,
    posts::Post,
};

/// Log odds above which a joint is a boundary. More cuts less: out of fold, precision and recall are equal at -0.5, and F1 is best at -0.2.
const THRESHOLD: f32 = -0.35;
/// Trees of each look at the joints. More learns more and takes 190 bytes and its time each.
const N_TREES: [usize; N_LOOKS] = [400];
const JOINT_GROWTH: Growth = Growth { rate: 0.075, caution: 8.0, min_weight: 4.0, features: 4 };
/// Trees of each kind.
const N_KIND_TREES: usize = 75;
/// More cautious: what a body does with all of its pieces says much of its author, and there are few authors.
const KIND_GROWTH: Growth = Growth { rate: 0.1, caution: 30.0, min_weight: 12.0, features: 5 };

/// The weights learned without each of the first `n_models` folds.
pub(crate) fn learn(posts: &[&Post], n_models: usize) -> Result<Vec<Vec<u8>>> {
    let folds: Vec<usize> = posts.iter().map(|post| post.fold(N_FOLDS)).collect();
    let mut examples: Vec<Example> = posts.iter().map(|post| post.example()).collect();
    let without = |left_out: usize| folds.iter().enumerate().filter(move |&(_, &fold)| fold != left_out).map(|(post, _)| post);
    let each = |learn: &(dyn Fn(&[usize]) -> Vec<u8> + Sync)| parallel(n_models, |left_out| learn(&without(left_out).collect::<Vec<_>>()));

    let spacing = each(&|known| table_bytes(&linear::spacing(&known.iter().filter_map(|&post| examples.get(post)).collect::<Vec<_>>())));
    for (example, &fold) in examples.iter_mut().zip(&folds) {
        example.measure_spacing(&table(spacing.get(fold), SPACING_BITS)?);
    }
    println!("spaces learned");

    let slots: Vec<Slots<bool>> = examples.iter().map(Example::joints).collect();
    let joints = each(&|known| linear::joints(&known.iter().filter_map(|&post| slots.get(post)).collect::<Vec<_>>()));
    drop(slots);
    println!("joints learned");

    let slots: Vec<Slots<usize>> = examples.iter().map(Example::kinds).collect();
    let kinds = each(&|known| {
        let known: Vec<&Slots<usize>> = known.iter().filter_map(|&post| slots.get(post)).collect();
        linear::kinds(&known).iter().flat_map(|weights| table_bytes(weights)).collect()
    });
    drop(slots);
    let kind_tables: Vec<KindTables<'_>> = kinds.iter().map(|bytes| tables(bytes)).collect::<Result<_>>()?;
    println!("kinds learned");

    let mut scored: Vec<Vec<Scored>> = Vec::new();
    for (example, &fold) in examples.iter().zip(&folds) {
        scored.push(example.first_look(&sparse(joints.get(fold))?));
    }
    let mut looks: Vec<Vec<Vec<u8>>> = Vec::new();
    for n_trees in N_TREES {
        let rows = parallel(examples.len(), |post| examples[post].context(&scored[post], &kind_tables[folds[post]]));
        let forests = each(&|known| {
            let (mut known_rows, mut answers) = (Rows::default(), Vec::new());
            for &post in known {
                for (answer, row) in examples[post].answers(&scored[post]).into_iter().zip(&rows[post]) {
                    if let Some(answer) = answer {
                        known_rows.push(row);
                        answers.push(answer);
                    }
                }
            }
            let (trees, bias) = forest::yes_or_no(&known_rows, &answers, n_trees, JOINT_GROWTH);
            forest_bytes(&trees, bias)
        });
        for ((joints, rows), &fold) in scored.iter_mut().zip(&rows).zip(&folds) {
            second_look(joints, rows, &forest(forests.get(fold))?);
        }
        looks.push(forests);
        println!("a look at the joints learned");
    }

    let pieces = parallel(examples.len(), |post| examples[post].pieces(&scored[post], THRESHOLD, &kind_tables[folds[post]]));
    let kind_looks = each(&|known| {
        let (mut rows, mut answers) = (Rows::default(), Vec::new());
        for (row, kind) in known.iter().flat_map(|&post| &pieces[post]) {
            rows.push(row);
            answers.push(*kind);
        }
        forest::one_of(&rows, &answers, N_KINDS, N_KIND_TREES, KIND_GROWTH)
            .iter()
            .flat_map(|(trees, bias)| forest_bytes(trees, *bias))
            .collect()
    });
    println!("a look at the kinds learned");
    let head = vec![Model::head_bytes(THRESHOLD); n_models];
    let mut stages = vec![head, spacing, joints, kinds.clone()];
    stages.extend(looks);
    stages.push(kind_looks);
    Ok((0..n_models).map(|fold| stages.iter().filter_map(|stage| stage.get(fold)).flatten().copied().collect()).collect())
}

fn table(bytes: Option<&Vec<u8>>, bits: u32) -> Result<Table<'_>> {
    bytes.and_then(|bytes| Table::take(&mut bytes.as_slice(), bits)).context("a table has another size than was learned")
}

fn sparse(bytes: Option<&Vec<u8>>) -> Result<Sparse<'_>> {
    bytes.and_then(|bytes| Sparse::take(&mut bytes.as_slice())).context("the table of joints has another size than was learned")
}

fn tables(mut bytes: &[u8]) -> Result<KindTables<'_>> {
    let tables: Vec<Table<'_>> = std::iter::from_fn(|| Table::take(&mut bytes, KIND_BITS)).collect();
    tables.try_into().ok().context("a kind has no table")
}

fn forest(bytes: Option<&Vec<u8>>) -> Result<Forest<'_>> {
    bytes.and_then(|bytes| Forest::take(&mut bytes.as_slice())).context("a forest is missing")
}

/// The results of `work` for 0 to `n`, on all cores, in order.
pub(crate) fn parallel<T: Send>(n: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    let n_threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                loop {
                    let idx = next.fetch_add(1, Ordering::Relaxed);
                    if n <= idx {
                        return;
                    }
                    let result = work(idx);
                    results.lock().unwrap_or_else(PoisonError::into_inner).push((idx, result));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(idx, _)| *idx);
    results.into_iter().map(|(_, result)| result).collect()
}
