//! `story-home check`: what is wrong with story files.

use anyhow::Result;
use serde_json::json;

use crate::{args::StoriesArgs, report, story_dir};

pub(crate) fn run(args: &StoriesArgs) -> Result<bool> {
    let dir = story_dir::read(&args.stories)?;
    if args.json {
        println!("{}", json!({"files": dir.n_files, "problems": report::to_json(&dir.problems)}));
    } else {
        report::print(&dir.problems);
        println!("{}: {}", report::count(dir.n_files, "story"), report::summary(&dir.problems));
    }
    Ok(report::n_errors(&dir.problems) == 0)
}
