// A static host on the loopback interface that does what production hosts do: the best brotli, made beforehand, types, one page for an
// address without ending, and the headers that the folder's own `_headers` names. The same for every site that is measured.
import { createServer } from 'node:http';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8', '.webmanifest': 'application/manifest+json', '.wasm': 'application/wasm', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.xml': 'application/xml; charset=utf-8', '.txt': 'text/plain; charset=utf-8',
};
// Compressed already; pagefind's own files are gzip inside.
const PACKED = /\.(png|jpe?g|webp|ico|woff2|gz|br|pagefind|pf_\w+)$/;

const brotli = (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } });

/** The rules of a `_headers` file: a pattern and its headers, in order. */
function readRules(text) {
  const rules = [];
  for (const line of text.split('\n')) {
    if (!line.trim()) continue;
    if (/^\s/.test(line)) {
      const [name, ...value] = line.trim().split(':');
      rules.at(-1).headers[name] = value.join(':').trim();
    } else {
      const pattern = line.trim().split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*');
      rules.push({ pattern: new RegExp(`^${pattern}$`), headers: {} });
    }
  }
  return rules;
}

/** Serves `folder`; everything is in memory and compressed before the first request, so that no answer waits for that. */
export async function serve(folder) {
  const files = new Map();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() || /\.(br|gz)$/.test(file)) continue;
    const body = readFileSync(file);
    files.set('/' + relative(folder, file), PACKED.test(file) ? { body } : { body: brotli(body), encoding: 'br' });
  }
  const rules = readRules(files.has('/_headers') ? readFileSync(join(folder, '_headers'), 'utf8') : '');
  let sent = [];

  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    const names = [path, `${path}.html`, join(path, 'index.html')];
    const name = names.find((name) => files.has(name));
    const { body, encoding } = files.get(name ?? '/404.html') ?? { body: Buffer.from('not found') };
    const type = TYPES[extname(name ?? '.html')] ?? 'application/octet-stream';
    const headers = { 'Cache-Control': 'no-cache' };
    for (const rule of rules) if (rule.pattern.test(path)) Object.assign(headers, rule.headers);
    Object.assign(headers, { 'Content-Type': type, 'Content-Length': body.length }, encoding && { 'Content-Encoding': encoding, Vary: 'Accept-Encoding' });
    sent.push({ path, type, bytes: body.length });
    response.writeHead(name ? 200 : 404, headers);
    response.end(request.method === 'HEAD' ? undefined : body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** What was sent since the last call. */
    take: () => { const taken = sent; sent = []; return taken; },
    close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}
