// The body of a function that runs in the page: answers once what the last action changed is on the screen and nothing changes any more.
const done = arguments[arguments.length - 1];
const QUIET = 250; // ms without a change
const PATIENCE = 20000; // ms
const end = performance.now() + PATIENCE;
let lastChange = performance.now();
const observer = new MutationObserver(() => { lastChange = performance.now(); });
observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
const look = () => {
  const now = performance.now();
  if (now - lastChange < QUIET && now < end) return setTimeout(look, 50);
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => done(now < end)));
};
// Not before the next frame: an action's answer may only begin there.
requestAnimationFrame(() => setTimeout(look));
