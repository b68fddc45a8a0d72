// `node measure.mjs PLAN.json OUT.json`, started by `cargo xtask bench site`: every page of every site as often as the plan says, and its search.
import { readFileSync, writeFileSync } from 'node:fs';
import { launch } from 'chrome-launcher';
import { measurePage } from './page.mjs';
import { measureSearch } from './search.mjs';
import { serve } from './serve.mjs';

const [planFile, outFile] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(planFile, 'utf8'));
// Without the last ones Chromium waits for hosts that it cannot reach.
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A browser of its own for each visit, so that nothing is cached. */
async function inBrowser(visit) {
  const browser = await launch({ chromePath: plan.chromium, chromeFlags: FLAGS, logLevel: 'error' });
  try {
    return await visit(browser.port);
  } finally {
    browser.kill();
  }
}

async function attempt(what, act) {
  try {
    return await act();
  } catch (error) {
    console.log(`  ${what} failed: ${error.message}`);
    return { error: String(error.message) };
  }
}

const servers = new Map();
for (const site of plan.sites) servers.set(site.name, await serve(site.folder));
const out = plan.sites.map(({ name }) => ({ name, pages: {}, search: [] }));
for (let rep = 1; rep <= plan.reps; rep++) {
  // Site after site within each repetition, so that a busy minute of the machine is shared by all.
  for (const [i, site] of plan.sites.entries()) {
    const server = servers.get(site.name);
    const figures = [];
    for (const [page, path] of Object.entries(site.pages)) {
      const run = await attempt(page, () => inBrowser((port) => measurePage(server.origin + path, server, port)));
      (out[i].pages[page] ??= []).push(run);
      if (!run.error) figures.push(`${page} ${Math.round(run.fcp)}/${Math.round(run.lcp)} ms`);
    }
    const search = await attempt('search', () => inBrowser((port) => measureSearch(server.origin + site.pages.home, port, site.search)));
    out[i].search.push(search);
    if (!search.error) figures.push(`search ${Math.round(search.answer)} ms`);
    console.log(`  ${rep}/${plan.reps} ${site.name}: ${figures.join(', ')}`);
  }
}
for (const server of servers.values()) await server.close();
writeFileSync(outFile, JSON.stringify({ sites: out }, null, 1) + '\n');
