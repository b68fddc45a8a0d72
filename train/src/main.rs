//! Learns the weights of `import::recover` from posts whose blocks are known.
//!
//! ```text
//! train cross DIR PREDICTIONS.jsonl             what weights learned without a post's author say of every post of DIR/dev.jsonl.gz
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

use std::{env, fs, path::Path};

use anyhow::{Context, Result, bail};
use import::recover::Model;
use serde_json::json;

use crate::posts::Post;

const N_FOLDS: usize = 5;

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (dir, weights, predictions) = match args.as_slice() {
        ["cross", dir, predictions] => (dir, None, Some(predictions)),
        ["final", dir, weights] => (dir, Some(weights), None),
        ["final", dir, weights, predictions] => (dir, Some(weights), Some(predictions)),
        _ => bail!("usage: train cross DIR PREDICTIONS.jsonl | train final DIR WEIGHTS.bin [PREDICTIONS.jsonl]"),
    };
    let dev = posts::read(&Path::new(dir).join("dev.jsonl.gz"))?;
    let extra = posts::read(&Path::new(dir).join("train-extra.jsonl.gz"))?;
    let posts: Vec<&Post> = dev.iter().chain(&extra).collect();
    // Fold N_FOLDS is nobody's: leaving it out is learning from all.
    let learned = stages::learn(&posts, if weights.is_some() { N_FOLDS + 1 } else { N_FOLDS })?;
    let models: Vec<Model<'_>> = learned
        .iter()
        .map(|bytes| Model::from_bytes(bytes))
        .collect::<Option<_>>()
        .context("the weights have another size than the recogniser reads")?;
    if let (Some(path), Some(bytes)) = (weights, learned.get(N_FOLDS)) {
        fs::write(path, bytes).with_context(|| format!("writing {path}"))?;
        println!("{} posts, {} bytes in {path}", posts.len(), bytes.len());
    }
    if let Some(path) = predictions {
        let lines = stages::parallel(dev.len(), |post| predict(&models[dev[post].fold(N_FOLDS)], &dev[post]));
        fs::write(path, lines.concat()).with_context(|| format!("writing {path}"))?;
        println!("out-of-fold predictions for {} posts in {path}", dev.len());
    }
    Ok(())
}

fn predict(model: &Model<'_>, post: &Post) -> String {
    let blocks: Vec<_> =
        import::recover::typed_pieces(model, &post.flat).into_iter().map(|(text, kind)| json!({"type": kind, "text": text})).collect();
    json!({"id": post.id, "blocks": blocks}).to_string() + "\n"
}
