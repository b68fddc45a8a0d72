// Stands in every page and asks for `boot.js`: after the first paint, with which that would compete, or as soon as somebody is in the search field.
// It names nothing of a build, so that its hash is in the policy of every build, and a host that still sends an older one lets it run.
// What it could use of this build, and may find gone, its element says. What the reader does until then, `boot.js` finds in `storyHome`.
(() => {
  const early = (globalThis.storyHome = {});
  const { wasm } = document.currentScript.dataset;
  // Not below the page's own address, as one engine has it.
  const boot = () => import(new URL("boot.js", document.baseURI));
  const note = ({ type, target }) => {
    early.hasActed = true;
    if (type === "click") early.pressed = target;
    if (type !== "focusin" || target.id !== "search-field") return;
    // They will search, for which the program is the longest wait.
    early.wasm ??= fetch(wasm).catch(() => null);
    boot();
  };
  for (const sign of ["pointermove", "pointerdown", "touchstart", "wheel", "scroll", "keydown", "focusin", "click"]) {
    addEventListener(sign, note, { capture: true, passive: true });
  }
  const painted = () => {
    // A page in the background is not painted.
    if (document.hidden) return boot();
    new PerformanceObserver(boot).observe({ type: "paint", buffered: true });
    // Nor is one that lies under something.
    setTimeout(boot, 1000);
  };
  addEventListener("load", painted, { once: true });
})();
