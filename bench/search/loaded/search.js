// Our adapter once more, with every shard in memory that the typing will ask for: what a keystroke costs when nothing has to be fetched.
// It opens the index that `ours` built. queries.txt is put beside this file by `cargo xtask bench search`.
import { load as open, search } from '../ours/search.js';
import { keystrokes } from '../../lib/hangul.mjs';
import queries from './queries.txt';

export { search };

export async function load(base) {
  await open(base.replace(/[^/]+\/$/, 'ours/'));
  for (const line of queries.trim().split('\n')) for (const state of keystrokes(JSON.parse(line).q)) await search(state);
}
