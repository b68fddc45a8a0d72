//! The search engine behind five plain exports. The page writes bytes into a buffer that the engine owns, calls, and reads the answer
//! from another one.

use std::cell::RefCell;

use search::{Index, SearchOptions, ShardId, parse_query};

#[derive(Default)]
struct State {
    input: Vec<u8>,
    output: Vec<u8>,
    index: Option<Index>,
    missing: Vec<ShardId>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Makes room for `len` bytes of input and says where.
#[unsafe(no_mangle)]
pub extern "C" fn input(len: usize) -> *mut u8 {
    STATE.with_borrow_mut(|state| {
        state.input.clear();
        state.input.resize(len, 0);
        state.input.as_mut_ptr()
    })
}

/// Where the last answer is.
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    STATE.with_borrow(|state| state.output.as_ptr())
}

/// Opens the input as a root; 1 when it is one.
#[unsafe(no_mangle)]
pub extern "C" fn open() -> i32 {
    STATE.with_borrow_mut(|state| {
        state.index = Index::open(std::mem::take(&mut state.input)).ok();
        i32::from(state.index.is_some())
    })
}

/// Loads the input as the shard that `search` named in this place; 1 when it fits.
#[unsafe(no_mangle)]
pub extern "C" fn load(place: usize) -> i32 {
    STATE.with_borrow_mut(|state| {
        let State { input, index, missing, .. } = state;
        let loaded = index.as_mut().zip(missing.get(place)).map(|(index, shard)| index.load(shard, input));
        i32::from(matches!(loaded, Some(Ok(()))))
    })
}

/// Searches for the input, UTF-8. Positive or 0: so many document ids, four bytes each, are the answer. Negative: the answer is so many
/// bytes of names of missing shards, one a line; load them and search again.
#[unsafe(no_mangle)]
pub extern "C" fn search(limit: usize) -> i32 {
    STATE.with_borrow_mut(|state| {
        let State { input, output, index, missing } = state;
        output.clear();
        let (Some(index), Ok(typed)) = (index.as_ref(), std::str::from_utf8(input)) else { return 0 };
        let (query, _) = parse_query(typed);
        let (results, needed) = index.search_or_plan(&query, &SearchOptions { limit, ..SearchOptions::default() });
        *missing = needed;
        if !missing.is_empty() {
            let names: Vec<String> = missing.iter().map(ShardId::file_name).collect();
            output.extend(names.join("\n").into_bytes());
            return -i32::try_from(output.len()).unwrap_or(i32::MAX);
        }
        for hit in &results.hits {
            output.extend(hit.doc.to_le_bytes());
        }
        i32::try_from(results.hits.len()).unwrap_or(0)
    })
}
