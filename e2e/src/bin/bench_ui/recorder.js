// Runs in every page before its own scripts: writes down what Event Timing and Layout Instability say, when the page is usable, and where the
// program keeps its memory.
(() => {
  const seen = (window.__e2e_ui = { events: [], shifts: [], long_frames: [], usable: null, memory: null, frames: null });
  const observe = (type, options, keep) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(keep));
    observer.observe({ type, buffered: true, ...options });
    return () => observer.takeRecords().forEach(keep);
  };
  const flushes = [
    observe('event', { durationThreshold: 16 }, (entry) => {
      // Those without an id (input, change) tell where the time of the others goes.
      const { interactionId: id, name, startTime: start, duration, processingStart, processingEnd } = entry;
      seen.events.push({ id, name, start, duration, processing_start: processingStart, processing_end: processingEnd });
    }),
    observe('layout-shift', {}, (entry) => {
      if (entry.hadRecentInput) return;
      const at = ({ x, y, width, height }) => `${[x, y].map(Math.round)} ${[width, height].map(Math.round).join('×')}`;
      const nodes = entry.sources.map(({ node, previousRect, currentRect }) =>
        `${node && node.nodeType === 1 ? node.cloneNode().outerHTML.slice(0, 60) : node && node.nodeName} from ${at(previousRect)} to ${at(currentRect)}`);
      seen.shifts.push({ start: entry.startTime, value: entry.value, nodes });
    }),
    observe('long-animation-frame', {}, (entry) => {
      seen.long_frames.push({ start: entry.startTime, end: entry.startTime + entry.duration, style_start: entry.styleAndLayoutStart });
    }),
  ];
  seen.flush = () => flushes.forEach((flush) => flush());

  // The program waits for a sign of the reader; this one moves the pointer at once.
  addEventListener('load', () => dispatchEvent(new Event('pointermove')));

  // The app says when it is ready; a frame later the reader sees it.
  new MutationObserver((_, observer) => {
    if (!document.documentElement?.hasAttribute('data-ready')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => { seen.usable = performance.now(); }));
  }).observe(document, { subtree: true, childList: true, attributeFilter: ['data-ready'] });

  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...parts) => {
      const made = await original.apply(WebAssembly, parts);
      seen.memory = (made.instance ?? made).exports.memory ?? seen.memory;
      return made;
    };
  }
})();
