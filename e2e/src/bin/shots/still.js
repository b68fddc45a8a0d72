// The body of a function that runs in the page: stops what moves, waits until nothing changes any more, and answers with null, or with what
// still changed when its patience ended.
const done = arguments[arguments.length - 1];
const QUIET = 350; // ms without a change: longer than the app waits before it shows that something takes long.
const PATIENCE = 15000; // ms

if (!window.__e2e_still) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`*, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important;
    scroll-behavior: auto !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  window.__e2e_still = sheet;
}
const end = performance.now() + PATIENCE;
let lastChange = performance.now();
let what = 'nothing';
const observer = new MutationObserver(([record]) => {
  lastChange = performance.now();
  const element = record.target.nodeType === 1 ? record.target : record.target.parentElement;
  what = `${record.type} ${record.attributeName ?? ''} in ${element ? element.outerHTML.slice(0, 160) : 'the document'}`;
});
observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
const isLoading = () => document.fonts.status === 'loading' || [...document.images].some((image) => !image.complete && image.loading !== 'lazy');
const look = () => {
  const now = performance.now();
  if (isLoading()) lastChange = now;
  if (end < now) what = isLoading() ? 'fonts or pictures are still loading' : what;
  if (now - lastChange < QUIET && now < end) return setTimeout(look, 50);
  observer.disconnect();
  // Two frames, so that what the last change looks like is on the screen.
  requestAnimationFrame(() => requestAnimationFrame(() => done(now < end ? null : what)));
};
look();
