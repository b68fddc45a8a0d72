//! Learns the weights of `import::recover` from posts whose blocks are known.
//!
//! ```text
//! train cross DIR OUT.jsonl    out-of-fold predictions for DIR/dev.jsonl.gz: five folds by author, no author on both sides
//! train final DIR OUT.bin      weights learned from everything in DIR
//! ```
//!
//! Deterministic: the same posts give the same bytes. Features and inference are `import`'s own, so what is measured is what ships.

mod linear;
mod posts;

use std::{env, fs, io::Write, path::Path};

use anyhow::{Context, Result, bail};
use import::recover::{Model, learn::Example};
use serde_json::json;

use crate::posts::Post;

const N_FOLDS: usize = 5;

fn main() -> Result<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    let [command, dir, out] = args.as_slice() else { bail!("usage: train cross|final DIR OUT") };
    let dir = Path::new(dir);
    let dev = posts::read(&dir.join("dev.jsonl.gz"))?;
    let extra = posts::read(&dir.join("train-extra.jsonl.gz"))?;
    match command.as_str() {
        "cross" => cross(&dev, &extra, Path::new(out)),
        "final" => {
            let examples: Vec<Example> = dev.iter().chain(&extra).map(Post::example).collect();
            let bytes = linear::train(&examples.iter().collect::<Vec<_>>());
            fs::write(out, &bytes).with_context(|| format!("writing {out}"))?;
            println!("{} posts, {} bytes in {out}", examples.len(), bytes.len());
            Ok(())
        }
        _ => bail!("unknown command {command}; use cross or final"),
    }
}

fn cross(dev: &[Post], extra: &[Post], out: &Path) -> Result<()> {
    let mut file = fs::File::create(out).with_context(|| format!("writing {}", out.display()))?;
    for (fold, lines) in folds(dev, extra).into_iter().enumerate() {
        println!("fold {fold}: {} posts", lines.len());
        for line in lines {
            writeln!(file, "{line}").with_context(|| format!("writing {}", out.display()))?;
        }
    }
    Ok(())
}

/// Predictions of each fold, two folds at a time.
fn folds(dev: &[Post], extra: &[Post]) -> Vec<Vec<String>> {
    let examples: Vec<(&Post, Example)> = dev.iter().chain(extra).map(|post| (post, post.example())).collect();
    let one = |fold: usize| -> Vec<String> {
        let known: Vec<&Example> = examples.iter().filter(|(post, _)| post.fold(N_FOLDS) != fold).map(|(_, example)| example).collect();
        let bytes = linear::train(&known);
        let Some(model) = Model::from_bytes(&bytes) else { return Vec::new() };
        dev.iter().filter(|post| post.fold(N_FOLDS) == fold).map(|post| predict(&model, post)).collect()
    };
    let mut results = Vec::new();
    for pair in (0..N_FOLDS).collect::<Vec<_>>().chunks(2) {
        std::thread::scope(|scope| {
            let handles: Vec<_> = pair.iter().map(|&fold| scope.spawn(move || one(fold))).collect();
            results.extend(handles.into_iter().filter_map(|handle| handle.join().ok()));
        });
    }
    results
}

fn predict(model: &Model<'_>, post: &Post) -> String {
    let blocks: Vec<_> =
        import::recover::typed_pieces(model, &post.flat).into_iter().map(|(text, kind)| json!({"type": kind, "text": text})).collect();
    json!({"id": post.id, "blocks": blocks}).to_string()
}
