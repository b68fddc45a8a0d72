//! The search index in memory: whole, or a root that grows by the shards that searches ask for.

use std::sync::{Arc, PoisonError, RwLock};

use search::{Index, Query, SearchOptions, SearchResults, ShardId};

use super::{LoadError, fetch::fetch_bytes};

/// An index that can be searched while parts of it are still on their way.
pub(crate) struct SearchIndex {
    index: RwLock<Index>,
    /// Shards that are on their way: a fast typist asks for the same ones again and again.
    coming: RwLock<Vec<ShardId>>,
}

impl SearchIndex {
    /// Fetches and opens an index or a root.
    pub(super) async fn load(path: String) -> Result<Arc<Self>, LoadError> {
        let bytes = fetch_bytes(&path).await?;
        let index = Index::open(bytes).map_err(|error| LoadError::Content { file: path, detail: error.to_string() })?;
        Ok(Arc::new(Self { index: RwLock::new(index), coming: RwLock::default() }))
    }

    /// Searches what is here. The results are final when no shard is missing.
    pub(crate) fn search(&self, query: &Query, options: &SearchOptions) -> (SearchResults, Vec<ShardId>) {
        self.index.read().unwrap_or_else(PoisonError::into_inner).search_or_plan(query, options)
    }

    /// The words of the archive nearest to one that it does not have.
    pub(crate) fn nearest(&self, word: &str, limit: usize) -> Vec<String> {
        self.index.read().unwrap_or_else(PoisonError::into_inner).nearest(word, limit)
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
        let path = format!("data/search/{}", shard.file_name());
        let fetched = fetch_bytes(&path).await;
        let mut coming = self.coming.write().unwrap_or_else(PoisonError::into_inner);
        coming.retain(|other| *other != shard);
        let mut index = self.index.write().unwrap_or_else(PoisonError::into_inner);
        index.load(&shard, &fetched?).map_err(|error| LoadError::Content { file: path, detail: error.to_string() })?;
        Ok(coming.is_empty())
    }
}
