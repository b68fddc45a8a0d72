//! `story-home recover`: the structure of glued bodies, as measuring scripts read it.

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Read, Write, stdout},
    path::Path,
    process::ExitCode,
};

use anyhow::{Context, Result};
use flate2::read::MultiGzDecoder;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Lines worked on at a time. More keeps all cores busier, less needs less memory.
const BATCH: usize = 256;

#[derive(Deserialize)]
struct Body {
    id: String,
    flat: String,
}

#[derive(Serialize)]
struct Recovered<'a> {
    id: &'a str,
    blocks: Vec<Piece<'a>>,
}

#[derive(Serialize)]
struct Piece<'a> {
    r#type: &'a str,
    text: &'a str,
}

/// Prints a line for each line of the file, in its order.
pub(crate) fn run(path: &Path) -> Result<ExitCode> {
    let mut out = BufWriter::new(stdout().lock());
    recover(path, &mut out)?;
    out.flush().context("writing to standard output")?;
    Ok(ExitCode::SUCCESS)
}

/// The work of [`run`].
///
/// # Errors
/// If the file cannot be read, a line is no such object, or `out` cannot be written.
pub(crate) fn recover(path: &Path, out: &mut impl Write) -> Result<()> {
    let file = File::open(path).with_context(|| format!("reading {}", path.display()))?;
    let is_compressed = path.extension().is_some_and(|extension| extension == "gz");
    let reader: Box<dyn Read> = if is_compressed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    let mut lines = BufReader::new(reader).lines();
    let mut n_read = 0;
    loop {
        let batch: Vec<String> =
            lines.by_ref().take(BATCH).collect::<Result<_, _>>().with_context(|| format!("reading {}", path.display()))?;
        if batch.is_empty() {
            return Ok(());
        }
        let recovered: Vec<Result<String>> = batch.par_iter().map(|line| recover_line(line)).collect();
        for line in recovered {
            n_read += 1;
            writeln!(out, "{}", line.with_context(|| format!("{}:{n_read}", path.display()))?).context("writing the result")?;
        }
    }
}

fn recover_line(line: &str) -> Result<String> {
    let body: Body = serde_json::from_str(line).context("expected a JSON object with `id` and `flat`")?;
    let blocks = import::recover::recover_pieces(&body.flat).into_iter().map(|(text, kind)| Piece { r#type: kind, text }).collect();
    Ok(serde_json::to_string(&Recovered { id: &body.id, blocks })?)
}
