//! Posts whose blocks are known, one JSON object a line.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use import::recover::{
    Kind,
    learn::{Example, n_visible},
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(crate) struct Post {
    pub(crate) id: String,
    author: String,
    pub(crate) flat: String,
    blocks: Vec<Block>,
}

#[derive(Deserialize)]
struct Block {
    r#type: String,
    text: String,
    #[serde(default)]
    soft: Vec<usize>,
}

pub(crate) fn read(path: &Path) -> Result<Vec<Post>> {
    let file = File::open(path).with_context(|| format!("reading {}", path.display()))?;
    let lines = BufReader::new(GzDecoder::new(file)).lines();
    lines.map(|line| Ok(serde_json::from_str(&line?)?)).collect::<Result<_>>().with_context(|| format!("reading {}", path.display()))
}

impl Post {
    /// The fold that the author belongs to (FNV-1a of the name).
    pub(crate) fn fold(&self, n_folds: usize) -> usize {
        let hash = self.author.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3));
        ((hash >> 32) % n_folds as u64) as usize
    }

    pub(crate) fn example(&self) -> Example {
        let mut soft = Vec::new();
        let mut blocks = Vec::new();
        let mut start = 0;
        for block in &self.blocks {
            let length = n_visible(&block.text);
            if length == 0 {
                continue;
            }
            // Questions and hashtags are found by their marks; to the learner they are what they look like.
            let name = match block.r#type.as_str() {
                "q" => "heading",
                "a" | "hashtags" => "paragraph",
                "table" => "table_row",
                "ref" | "reference" => "list_item",
                name => name,
            };
            let kind = Kind::ALL.iter().position(|kind| kind.as_str() == name).unwrap_or(0);
            soft.extend(block.soft.iter().map(|offset| start + offset));
            blocks.push((length, kind));
            start += length;
        }
        Example::new(&self.flat, &blocks, soft)
    }
}
