// Builds the engine (not timed) and the index (timed). The project is $PROJECT, else the folder three above this one.
import fs from 'node:fs'; import path from 'node:path'; import { execFileSync } from 'node:child_process'; import { fileURLToPath } from 'node:url';

const project = process.env.PROJECT || path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const target = process.env.CARGO_TARGET_DIR || path.join(project, 'target');
const cargo = (...args) => execFileSync('cargo', args, { cwd: project, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, CARGO_TARGET_DIR: target } });

export async function prepare(docs, out) {
  cargo('build', '--quiet', '--release', '--package', 'search', '--example', 'shards');
  cargo('build', '--quiet', '--release', '--manifest-path', 'bench/search/engine/Cargo.toml', '--target', 'wasm32-unknown-unknown');
  const built = path.join(target, 'wasm32-unknown-unknown/release/search_engine.wasm'), wasm = path.join(out, 'engine.wasm');
  fs.copyFileSync(built, wasm);
  const peers = process.env.PEERS, optimizer = peers && path.join(peers, 'node_modules/.bin/wasm-opt');
  // Named features only: with all of them the optimizer writes a module that browsers refuse.
  const features = ['bulk-memory', 'nontrapping-float-to-int', 'sign-ext', 'mutable-globals', 'reference-types', 'multivalue'].map(name => '--enable-' + name);
  if (optimizer && fs.existsSync(optimizer)) execFileSync(optimizer, ['-O3', ...features, wasm, '-o', wasm]);
  fs.writeFileSync(path.join(out, '_docs.jsonl'), docs.map(({ title, body, tags }) => JSON.stringify({ title, body, tags: tags || [] })).join('\n'));
}

export default async (docs, out) => {
  execFileSync(path.join(target, 'release/examples/shards'), [path.join(out, '_docs.jsonl'), out], { stdio: ['ignore', 'ignore', 'inherit'] });
  const root = fs.readdirSync(out).find(name => name.startsWith('root-'));
  // One file to begin with: the length of the root, the root, and the ids that the harness wants to be told.
  const bytes = fs.readFileSync(path.join(out, root)), length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  fs.writeFileSync(path.join(out, 'root.bin'), Buffer.concat([length, bytes, Buffer.from(JSON.stringify(docs.map(doc => doc.id)))]));
  fs.rmSync(path.join(out, root));
};
