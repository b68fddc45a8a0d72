// The body of a function that runs in the page: brings an element into view and answers with what keeps a reader from hitting it, or null.
// Drivers click where the element was when they were asked. A page that has just changed scrolls within its next two frames, so the element
// has to hold still for three.
const [element, done] = arguments;
const place = () => { const { left, top, width, height } = element.getBoundingClientRect(); return { x: left + width / 2, y: top + height / 2 }; };
const { y } = place();
if (y < 0 || innerHeight < y) element.scrollIntoView({ block: 'center', behavior: 'instant' });
const start = place();
const frames = (n, then) => (n ? requestAnimationFrame(() => frames(n - 1, then)) : then());
frames(3, () => {
  const end = place();
  if (!element.isConnected) return done('it is gone');
  if (Math.abs(end.x - start.x) + Math.abs(end.y - start.y) > 1) return done('it moves');
  const hit = document.elementFromPoint(end.x, end.y);
  const isHit = hit && (element.contains(hit) || hit.contains(element) || [...(element.labels || [])].some((label) => label.contains(hit)));
  done(isHit ? null : `${hit ? hit.outerHTML.slice(0, 120) : 'nothing'} is where it should be`);
});
