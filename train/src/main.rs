//! Learns the weights of `import::recover` from posts whose blocks are known.
//!
//! ```text
//! train cross DIR PREDICTIONS.jsonl [FOLDS]     what weights learned without a post's author say of every post of DIR/dev.jsonl.gz;
//!                                               the weights are kept in the folder FOLDS if one is named
//! train again DIR PREDICTIONS.jsonl FOLDS       the same from weights that were kept: a change of rules or decoding, in seconds
//! train final DIR WEIGHTS.bin [PREDICTIONS]     weights learned from all posts of DIR and, if asked, those predictions too
//! ```
//!
//! Reads dev.jsonl.gz and train-extra.jsonl.gz; predictions have the form of `story-home recover`. `cargo xtask train structure` runs
//! `final`, `cargo xtask bench structure` runs `cross`.
//!
//! Deterministic: the same posts give the same bytes. Features and inference are `import`'s own, so what is measured is what ships.

// Rows, slots and nodes are numbered by the code beside them; a number that is wrong must stop the training.
#![allow(clippy::indexing_slicing)]

mod forest;
mod linear;
mod posts;
mod stages;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use import::recover::Model;
use serde_json::json;

use crate::posts::Post;

const N_FOLDS: usize = 5;

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (dir, weights, predictions, folds) = match args.as_slice() {
        ["cross", dir, predictions] => (dir, None, Some(predictions), None),
        ["cross", dir, predictions, folds] => (dir, None, Some(predictions), Some(Path::new(folds))),
        ["again", dir, predictions, folds] => return again(Path::new(dir), predictions, Path::new(folds)),
        ["final", dir, weights] => (dir, Some(weights), None, None),
        ["final", dir, weights, predictions] => (dir, Some(weights), Some(predictions), None),
        _ => bail!(
            "usage: train cross DIR PREDICTIONS.jsonl [FOLDS] | train again DIR PREDICTIONS.jsonl FOLDS | train final DIR WEIGHTS.bin [PREDICTIONS.jsonl]"
        ),
    };
    let dev = posts::read(&Path::new(dir).join("dev.jsonl.gz"))?;
    let extra = posts::read(&Path::new(dir).join("train-extra.jsonl.gz"))?;
    let posts: Vec<&Post> = dev.iter().chain(&extra).collect();
    // Fold N_FOLDS is nobody's: leaving it out is learning from all.
    let learned = stages::learn(&posts, if weights.is_some() { N_FOLDS + 1 } else { N_FOLDS })?;
    if let Some(folder) = folds {
        fs::create_dir_all(folder).with_context(|| format!("making the folder {}", folder.display()))?;
        for (fold, bytes) in learned.iter().enumerate() {
            let path = fold_path(folder, fold);
            fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
        }
    }
    if let (Some(path), Some(bytes)) = (weights, learned.get(N_FOLDS)) {
        fs::write(path, bytes).with_context(|| format!("writing {path}"))?;
        println!("{} posts, {} bytes in {path}", posts.len(), bytes.len());
    }
    if let Some(path) = predictions {
        write_predictions(&dev, &learned, path)?;
    }
    Ok(())
}

fn fold_path(folder: &Path, fold: usize) -> PathBuf {
    folder.join(format!("without-{fold}.bin"))
}

fn again(dir: &Path, predictions: &str, folds: &Path) -> Result<()> {
    let read = |fold| {
        let path = fold_path(folds, fold);
        fs::read(&path).with_context(|| format!("reading {}", path.display()))
    };
    let learned: Vec<Vec<u8>> = (0..N_FOLDS).map(read).collect::<Result<_>>()?;
    write_predictions(&posts::read(&dir.join("dev.jsonl.gz"))?, &learned, predictions)
}

/// What each post's weights, those without its author, say of it.
fn write_predictions(dev: &[Post], learned: &[Vec<u8>], path: &str) -> Result<()> {
    let models: Vec<Model<'_>> = learned
        .iter()
        .map(|bytes| Model::from_bytes(bytes))
        .collect::<Option<_>>()
        .context("the weights have another size than the recogniser reads")?;
    let lines = stages::parallel(dev.len(), |post| predict(&models[dev[post].fold(N_FOLDS)], &dev[post]));
    fs::write(path, lines.concat()).with_context(|| format!("writing {path}"))?;
    println!("out-of-fold predictions for {} posts in {path}", dev.len());
    Ok(())
}

fn predict(model: &Model<'_>, post: &Post) -> String {
    let blocks: Vec<_> =
        import::recover::typed_pieces(model, &post.flat).into_iter().map(|(text, kind)| json!({"type": kind, "text": text})).collect();
    json!({"id": post.id, "blocks": blocks}).to_string() + "\n"
}
