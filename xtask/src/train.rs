//! `cargo xtask train structure`: the weights of structure recovery, learned anew by the package `train`.
//!
//! Optimised, because unoptimised it takes hours. The posts are not part of the project: by default they lie in the folder `shared`
//! beside the checkout, or in STORY_HOME_SHARED.

use std::{env, path::PathBuf};

use anyhow::{Result, bail};

use crate::{
    args::TrainOptions,
    process::{command, run as run_command},
    project::Project,
};

/// Where `import` includes the weights from.
const WEIGHTS: &str = "crates/import/src/recover/weights.bin";

pub(crate) fn run(project: &Project, options: &TrainOptions) -> Result<()> {
    let posts = options.posts.clone().unwrap_or_else(|| posts(project));
    if !posts.join("dev.jsonl.gz").is_file() {
        bail!("{} has no dev.jsonl.gz; give the folder of posts with --posts DIR", posts.display());
    }
    let mut train = command("cargo");
    train.current_dir(&project.root).args(["run", "--release", "--package", "train", "--", "final"]);
    train.arg(posts).arg(options.out.clone().unwrap_or_else(|| project.root.join(WEIGHTS)));
    run_command(train.args(&options.predictions))
}

fn posts(project: &Project) -> PathBuf {
    env::var_os("STORY_HOME_SHARED").map_or_else(|| project.root.join("../shared"), PathBuf::from).join("eval/structure")
}
