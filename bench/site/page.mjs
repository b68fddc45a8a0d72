// One page of one site in Lighthouse: Chromium as a middling phone behind a slow mobile network, both simulated.
import lighthouse from 'lighthouse';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const METRICS = { fcp: 'first-contentful-paint', lcp: 'largest-contentful-paint', tbt: 'total-blocking-time', cls: 'cumulative-layout-shift' };

/** Figures of a visit with an empty cache; `faults` are the audits that cost points, except for those of performance, which the figures tell. */
export async function measurePage(url, server, port) {
  server.take();
  const { lhr } = await lighthouse(url, { port, output: 'json', logLevel: 'error', onlyCategories: CATEGORIES });
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  const sent = server.take();
  const sum = (files) => files.reduce((sum, { bytes }) => sum + bytes, 0);
  // Lighthouse asks for robots.txt itself.
  const asked = sent.filter(({ path }) => path !== '/robots.txt');
  const faults = CATEGORIES.slice(1).flatMap((category) =>
    lhr.categories[category].auditRefs
      .filter(({ id, weight }) => 0 < weight && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
      .map(({ id }) => `${category}: ${lhr.audits[id].title}`));
  return {
    ...Object.fromEntries(Object.entries(METRICS).map(([name, audit]) => [name, lhr.audits[audit].numericValue])),
    ...Object.fromEntries(CATEGORIES.map((category) => [category, lhr.categories[category].score * 100])),
    first: sum(asked.filter(({ type }) => /^text\/(html|css)/.test(type))),
    total: sum(asked),
    faults,
    lcpElement: lhr.audits['lcp-breakdown-insight']?.details?.items?.find(({ type }) => type === 'node')?.selector ?? null,
  };
}
