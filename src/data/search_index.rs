//! The search index in memory: whole, or a root that grows by the shards that searches ask for.

use std::sync::{Arc, PoisonError, RwLock};

use search::ShardId;

use super::{LoadError, fetch::fetch_bytes};
use crate::{
    engine::{self, Answer, Engine, Open},
    task::{Step, side_by_side},
};

/// What searching takes.
enum Piece {
    Engine(Open),
    Index(Vec<u8>),
}

/// An index that can be searched while parts of it are still on their way.
pub(crate) struct SearchIndex {
    engine: RwLock<Box<dyn Engine>>,
    /// Shards that are on their way: a fast typist asks for the same ones again and again.
    coming: RwLock<Vec<ShardId>>,
}

impl SearchIndex {
    /// Fetches the engine and an index or its root, and opens it.
    pub(super) async fn load(path: String) -> Result<Arc<Self>, LoadError> {
        let file = path.clone();
        let engine: Step<Result<Piece, LoadError>> = Box::pin(async { engine::fetch().await.map(Piece::Engine) });
        let index: Step<Result<Piece, LoadError>> = Box::pin(async move { fetch_bytes(&file).await.map(Piece::Index) });
        let (mut open, mut bytes) = (None, Vec::new());
        for piece in side_by_side(vec![engine, index]).await {
            match piece? {
                Piece::Engine(engine) => open = Some(engine),
                Piece::Index(index) => bytes = index,
            }
        }
        let opened = open.map(|open| open(bytes)).unwrap_or_else(|| Err(String::new()));
        let engine = opened.map_err(|detail| LoadError::Content { file: path, detail })?;
        Ok(Arc::new(Self { engine: RwLock::new(engine), coming: RwLock::default() }))
    }

    /// Searches what is here. The answer is final when no shard is missing.
    pub(crate) fn find(&self, text: &str, literal: bool) -> Answer {
        self.engine.read().unwrap_or_else(PoisonError::into_inner).find(text, literal)
    }

    /// Those of the shards that nobody is fetching yet. Whoever gets them is to call [`SearchIndex::fetch`] for each.
    pub(crate) fn claim(&self, shards: &[ShardId]) -> Vec<ShardId> {
        let mut coming = self.coming.write().unwrap_or_else(PoisonError::into_inner);
        let new: Vec<ShardId> = shards.iter().filter(|shard| !coming.contains(shard)).copied().collect();
        coming.extend(new.iter().copied());
        new
    }

    /// Fetches a shard and adds it. Returns whether it was the last one on its way, so that searching again is worth while.
    ///
    /// # Errors
    /// [`LoadError`] if its file is missing or damaged.
    pub(crate) async fn fetch(&self, shard: ShardId) -> Result<bool, LoadError> {
        let name = self.engine.read().unwrap_or_else(PoisonError::into_inner).file_name(shard);
        let path = format!("data/search/{name}");
        let fetched = fetch_bytes(&path).await;
        let mut coming = self.coming.write().unwrap_or_else(PoisonError::into_inner);
        coming.retain(|other| *other != shard);
        let mut engine = self.engine.write().unwrap_or_else(PoisonError::into_inner);
        engine.add(shard, &fetched?).map_err(|detail| LoadError::Content { file: path, detail })?;
        Ok(coming.is_empty())
    }
}
