// The body of a function that runs in the page: brings an element into view and answers with what keeps a reader from hitting it, or null.
// Drivers click where the element was when they were asked. A page that has just changed scrolls within its next two frames, so the element
// has to hold still for three.
const [element, done] = arguments;
// What clicks really hit is told when a scenario fails.
if (!window.__e2e_hits) {
  window.__e2e_hits = [];
  addEventListener('click', ({ target, clientX, clientY }) => window.__e2e_hits.push(`${target.outerHTML.slice(0, 60)} at ${clientX} ${clientY}`), true);
}
const place = () => { const { left, top, width, height } = element.getBoundingClientRect(); return { x: left + width / 2, y: top + height / 2 }; };
const { y } = place();
if (y < 0 || innerHeight < y) element.scrollIntoView({ block: 'center', behavior: 'instant' });
const start = place();
const frames = (n, then) => (n ? requestAnimationFrame(() => frames(n - 1, then)) : then());
frames(3, () => {
  const end = place();
  if (!element.isConnected) return done('it is gone');
  if (Math.abs(end.x - start.x) + Math.abs(end.y - start.y) > 1) return done('it moves');
  // A frame may reach beyond the window that it stands in, where no pointer comes.
  let [{ x, y }, view] = [end, window];
  for (; view !== top; view = view.parent) {
    const { left, top: upper } = view.frameElement.getBoundingClientRect();
    [x, y] = [x + left, y + upper];
  }
  if (x < 0 || y < 0 || view.innerWidth < x || view.innerHeight < y) return done(`${x} ${y} is outside of the window of ${view.innerWidth}×${view.innerHeight}`);
  const hit = document.elementFromPoint(end.x, end.y);
  const isHit = hit && (element.contains(hit) || hit.contains(element) || [...(element.labels || [])].some((label) => label.contains(hit)));
  done(isHit ? null : `${hit ? hit.outerHTML.slice(0, 120) : 'nothing'} is where it should be`);
});
