// Runs before every other script of the page: keeps what the page complains about, so that a scenario can fail on it.
// `sessionStorage` because it survives reloads, and is written before the next line of the page runs.
(() => {
  const KEY = '__e2e__console';
  const keep = (kind, parts) => {
    const text = parts.map((part) => (part instanceof Error ? `${part} ${part.stack || ''}` : String(part))).join(' ');
    const kept = JSON.parse(sessionStorage.getItem(KEY) || '[]');
    kept.push({ kind, text, page: location.pathname + location.search });
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  };
  const original = console.error;
  console.error = (...parts) => {
    keep('console.error', parts);
    original.apply(console, parts);
  };
  addEventListener('error', (event) => {
    const source = event.target;
    if (source && source !== window) keep('failed to load', [source.src || source.href || source.tagName]);
    else keep('uncaught', [event.error || event.message]);
  }, true);
  addEventListener('unhandledrejection', (event) => keep('unhandled rejection', [event.reason]));
  addEventListener('securitypolicyviolation', (event) => keep('blocked by policy', [event.violatedDirective, event.blockedURI]));
  // The program waits for a sign of the reader. Scenarios are of readers who do something; those about the wait ask for none.
  if (!sessionStorage.getItem('__e2e__still')) addEventListener('load', () => setTimeout(() => dispatchEvent(new Event('pointermove')), 50));
  // Which brightness the page has when its body begins, before anything is painted.
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    sessionStorage.setItem('__e2e__theme', document.documentElement.dataset.theme ?? '');
    observer.disconnect();
  }).observe(document.documentElement, { childList: true });
})();
