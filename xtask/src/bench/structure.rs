//! `cargo xtask bench structure`: how well the blocks of glued posts are recovered, that nothing is lost, how fast it is.
//!
//! The scorer (`shared/eval/structure/score.py`) compares predictions with known blocks. The weights in the repository were learned from
//! these very posts, so quality is only measured on predictions made out of fold: `train cross` learns anew for each fifth of the
//! authors from the other four. Loss and speed do not depend on that and are measured with `story-home recover`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::{
    goal::{Goal, Tally, Unit, Verdict},
    keep,
    machine::Machine,
    markdown::{NONE, Table, write_readme},
    options::{Step, StructureOptions},
    python, shared_folder, work_folder,
};
use crate::{
    process::{command, output, run as run_command},
    project::Project,
};

const POSTS: &str = "dev.jsonl.gz";
const MORE_POSTS: &str = "train-extra.jsonl.gz";

/// What the speed is measured with: so many posts of so many characters.
const N_POSTS: u32 = 10_000;
const N_CHARACTERS: u32 = 4_500;

/// One line of the table.
struct Row {
    what: &'static str,
    /// The best that was known on the same posts when the target was set.
    best_known: Option<f64>,
    goal: Goal,
    unit: Unit,
    figure: Option<f64>,
}

pub(super) fn run(project: &Project, options: &StructureOptions) -> Result<ExitCode> {
    let material = shared_folder(project, "structure")?;
    let python = python()?;
    let machine = Machine::observe(Vec::new())?;
    let work = work_folder(project)?.join("structure");
    fs::create_dir_all(&work).with_context(|| format!("making {}", work.display()))?;
    let bench = StructureBench { project, material, python, work };
    let does = |step| options.steps.is_empty() || options.steps.contains(&step);

    let score = does(Step::Score).then(|| bench.score_out_of_fold(options.predictions.as_deref())).transpose()?;
    let program = (does(Step::Loss) || does(Step::Speed)).then(|| bench.program()).transpose()?;
    let loss = program.as_ref().filter(|_| does(Step::Loss)).map(|program| bench.loss(program)).transpose()?;
    let speed = program.as_ref().filter(|_| does(Step::Speed)).map(|program| bench.speed(program)).transpose()?;

    let rows = rows(score.as_ref(), loss, speed.as_ref());
    let tally = Tally::of(rows.iter().map(Row::verdict));
    println!("\n{machine}.\n\n## Targets: {tally}\n\n{}", targets(&rows));
    if options.readme {
        let tables = format!("Measured {machine}; targets: {tally}.\n\n{}", targets(&rows));
        write_readme(project, "structure", &tables)?;
    }
    if let Some(busy) = speed.as_ref().and_then(|speed| speed.get("processor_seconds")?.as_f64()) {
        // Unlike the time on the clock, this hardly depends on what else the machine does.
        println!("Processor time of the 10,000 posts, all threads: {}.\n", Unit::Seconds.write_whole(busy));
    }
    if let Some(score) = &score {
        println!("{}\n{}", by_joint(score), by_type(score));
    }
    println!("Not in the folder, so not measured: the hand-labelled stories of the saved pages.");
    let figures = json!({"date": machine.date, "machine": machine.to_json(), "score": score, "posts_that_lost_text": loss, "speed": speed});
    keep(project, "structure", &machine.date, &figures)?;
    Ok(ExitCode::SUCCESS)
}

struct StructureBench<'a> {
    project: &'a Project,
    material: PathBuf,
    python: PathBuf,
    work: PathBuf,
}

impl StructureBench<'_> {
    /// The scorer's figures for predictions by weights that never saw the post's author.
    fn score_out_of_fold(&self, predictions: Option<&Path>) -> Result<Value> {
        let made = self.work.join("out-of-fold.jsonl");
        if predictions.is_none() {
            println!("Learning from four fifths of the authors, five times: about 10 minutes …");
            let mut cargo = command("cargo");
            cargo.current_dir(&self.project.root).args(["run", "--quiet", "--release", "--package", "train", "--", "cross"]);
            run_command(cargo.arg(&self.material).arg(&made)).context("predicting out of fold")?;
        }
        self.score(POSTS, predictions.unwrap_or(&made))
    }

    /// Builds `story-home` and says where it is.
    fn program(&self) -> Result<PathBuf> {
        let mut cargo = command("cargo");
        cargo.current_dir(&self.project.root).args(["build", "--quiet", "--release", "--package", "story-home-cli"]);
        run_command(&mut cargo).context("building story-home")?;
        Ok(self.project.target.join("release/story-home"))
    }

    /// How many posts come back with other text than they had.
    fn loss(&self, program: &Path) -> Result<u64> {
        let mut lost = 0;
        for posts in [POSTS, MORE_POSTS] {
            println!("Looking for lost text in {posts} …");
            let recovered = self.work.join("recovered.jsonl");
            let text = output(command(program).arg("recover").arg(self.material.join(posts)))?;
            fs::write(&recovered, text).with_context(|| format!("writing {}", recovered.display()))?;
            let score = self.score(posts, &recovered)?;
            let count = |key: &str| score.get(key).and_then(Value::as_u64).with_context(|| format!("the scorer's figures have no `{key}`"));
            lost += count("lost_text")? + count("missing")?;
        }
        Ok(lost)
    }

    fn speed(&self, program: &Path) -> Result<Value> {
        println!("Recovering {N_POSTS} posts of {N_CHARACTERS} characters …");
        let (input, recovered) = (self.work.join("speed.jsonl"), self.work.join("recovered.jsonl"));
        let script = || {
            let mut script = command(&self.python);
            script.arg(self.project.root.join("bench/structure/speed.py"));
            script
        };
        let mut make = script();
        make.arg("make").arg(self.material.join(POSTS)).args([N_POSTS.to_string(), N_CHARACTERS.to_string()]).arg(&input);
        run_command(&mut make)?;
        let mut run = script();
        // The target is for two cores, however many there are.
        run.env("RAYON_NUM_THREADS", "2").arg("run").arg(&input).arg(&recovered).arg(program).arg("recover");
        let speed: Value = serde_json::from_str(&output(&mut run)?).context("reading what speed.py printed")?;
        let lines = speed.get("lines").and_then(Value::as_u64);
        if lines != Some(N_POSTS.into()) {
            bail!("story-home recover read {N_POSTS} lines and printed {}", lines.unwrap_or(0));
        }
        for file in [input, recovered] {
            fs::remove_file(&file).with_context(|| format!("removing {}", file.display()))?;
        }
        Ok(speed)
    }

    fn score(&self, posts: &str, predictions: &Path) -> Result<Value> {
        let mut scorer = command(&self.python);
        scorer.arg(self.material.join("score.py")).arg(self.material.join(posts)).arg(predictions).arg("--json");
        serde_json::from_str(&output(&mut scorer)?).context("reading what score.py printed")
    }
}

impl Row {
    fn verdict(&self) -> Verdict {
        self.goal.judge(self.figure)
    }
}

/// The figures to reach, with what is known of them.
fn rows(score: Option<&Value>, loss: Option<u64>, speed: Option<&Value>) -> Vec<Row> {
    use Goal::{AtLeast, AtMost};
    let of_score = |what, pointer: &str, best_known, goal| {
        let figure = score.and_then(|score| score.pointer(pointer)?.as_f64());
        Row { what, best_known: Some(best_known), goal, unit: Unit::Share, figure }
    };
    let of_speed = |key: &str| speed.and_then(|speed| speed.get(key)?.as_f64());
    let memory = of_speed("input_bytes").map_or(f64::NAN, |input| input + 100e6);
    let lost_in_score = score.and_then(|score| Some(score.get("lost_text")?.as_u64()? + score.get("missing")?.as_u64()?));
    let lost = match (loss, lost_in_score) {
        (None, None) => None,
        (shipped, folds) => Some((shipped.unwrap_or(0) + folds.unwrap_or(0)) as f64),
    };
    let mut rows = vec![
        of_score("boundary F1, authors not trained on", "/boundary/f1", 0.881, AtLeast(0.93)),
        of_score("recall at joints without punctuation", "/sign_recall/open+glued/r", 0.78, AtLeast(0.88)),
        of_score("type accuracy by character", "/type_char_acc", 0.849, AtLeast(0.92)),
        of_score("exact blocks F1", "/block_exact/f1", 0.60, AtLeast(0.75)),
        of_score("text left in paragraphs over 600 characters", "/reading/pred/wall_text", 0.013, AtMost(0.02)),
        Row { what: "posts that lost text", best_known: None, goal: AtMost(0.0), unit: Unit::Count, figure: lost },
        Row {
            what: "10,000 posts of 4,500 characters",
            best_known: None,
            goal: AtMost(20.0),
            unit: Unit::Seconds,
            figure: of_speed("seconds"),
        },
    ];
    let figure = of_speed("peak_bytes");
    if figure.is_some() {
        rows.push(Row { what: "peak memory of that", best_known: None, goal: AtMost(memory), unit: Unit::Bytes, figure });
    }
    rows
}

fn targets(rows: &[Row]) -> String {
    let mut table = Table::new(["target", "best known", "ours", "goal", ""]);
    for row in rows {
        let write = |figure: Option<f64>| figure.map_or(NONE.into(), |figure| row.unit.write_whole(figure));
        table.push([
            row.what.to_owned(),
            write(row.best_known),
            write(row.figure),
            row.goal.write(row.unit),
            row.verdict().write(row.unit),
        ]);
    }
    table.write()
}

/// Boundaries by the kinds of block that they part.
fn by_joint(score: &Value) -> String {
    let mut table = Table::new(["boundary", "precision", "recall", "F1", "known"]);
    let all = score.get("boundary").map(|value| ("all", value));
    let classes = score.get("class").and_then(Value::as_object).into_iter().flatten();
    for (name, value) in all.into_iter().chain(classes.map(|(name, value)| (name.as_str(), value))) {
        table.push([name.to_owned(), share(value, "p"), share(value, "r"), share(value, "f1"), count(value, "gold")]);
    }
    table.write()
}

fn by_type(score: &Value) -> String {
    let mut table = Table::new(["type", "characters F1", "blocks precision", "blocks recall", "blocks F1", "known"]);
    for (name, value) in score.get("type").and_then(Value::as_object).into_iter().flatten() {
        let [characters, precision, recall, f1] = ["char_f1", "block_p", "block_r", "block_f1"].map(|key| share(value, key));
        table.push([name.clone(), characters, precision, recall, f1, count(value, "gold_blocks")]);
    }
    table.write()
}

fn share(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_f64).map_or(NONE.into(), |figure| Unit::Share.write(figure))
}

fn count(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_u64).map_or(NONE.into(), |count| count.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A part of what the scorer prints.
    fn score() -> Value {
        json!({
            "docs": 568, "missing": 0, "lost_text": 0,
            "boundary": {"p": 0.9, "r": 0.87, "f1": 0.885, "gold": 29399},
            "class": {"heading": {"p": 0.8, "r": 0.7, "f1": 0.747, "gold": 3000}},
            "sign_recall": {"open+glued": {"r": 0.88, "gold": 10000}},
            "type_char_acc": 0.842, "block_exact": {"f1": 0.607},
            "type": {"code": {"char_f1": 0.9, "block_p": 0.6, "block_r": 0.5, "block_f1": 0.55, "gold_blocks": 900}},
            "reading": {"pred": {"wall_text": 0.005}},
        })
    }

    #[test]
    fn figures_stand_beside_what_is_known_and_the_goal() {
        let speed = json!({"seconds": 12.34, "peak_bytes": 60_000_000, "input_bytes": 110_000_000, "lines": 10_000});
        let text = targets(&rows(Some(&score()), Some(0), Some(&speed)));
        for line in [
            "| boundary F1, authors not trained on | 0.881 | 0.885 | ≥ 0.930 | **missed** by 0.045 |",
            "| recall at joints without punctuation | 0.780 | 0.880 | ≥ 0.880 | met |",
            "| text left in paragraphs over 600 characters | 0.013 | 0.005 | ≤ 0.020 | met |",
            "| posts that lost text | – | 0 | ≤ 0 | met |",
            "| 10,000 posts of 4,500 characters | – | 12.3 s | ≤ 20.0 s | met |",
            "| peak memory of that | – | 60.0 MB | ≤ 210.0 MB | met |",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\nis not in\n{text}");
        }
    }

    #[test]
    fn one_post_that_lost_text_is_too_many_wherever_it_was_found() {
        let mut score = score();
        let lost = |score: &Value, loss| {
            let rows = rows(Some(score), loss, None);
            rows.iter().find(|row| row.what == "posts that lost text").unwrap().verdict()
        };
        assert_eq!(lost(&score, Some(1)), Verdict::MissedBy(1.0));
        score["lost_text"] = json!(2);
        assert_eq!(lost(&score, Some(1)), Verdict::MissedBy(3.0));
    }

    #[test]
    fn what_was_left_out_is_not_measured() {
        assert!(rows(None, None, None).iter().all(|row| row.verdict() == Verdict::NotMeasured));
    }

    #[test]
    fn details_name_every_class_and_type() {
        assert!(by_joint(&score()).contains("| all | 0.900 | 0.870 | 0.885 | 29399 |\n| heading | 0.800 |"));
        assert!(by_type(&score()).contains("| code | 0.900 | 0.600 | 0.500 | 0.550 | 900 |"));
    }
}
