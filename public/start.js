// Runs before the first paint: the reader's looks, so that a dark page never flashes white and no text jumps, and words instead of a blank page
// when the program cannot be loaded. Where pages are protected by Trusted Types, it says what markup the program may make. `src/prefs.rs` keeps the same values.
(() => {
  const root = document.documentElement;
  // `boot.js` sees by this whether it could run.
  root.setAttribute("data-begun", "");
  try {
    for (const look of ["theme", "size", "leading", "measure", "font", "density"]) {
      const value = localStorage.getItem(`story-home:look:${look}`);
      if (value) root.dataset[look] = value;
    }
  } catch {
    // Storage is forbidden: everything looks as it does for everybody.
  }

  // Leptos makes static elements from markup of its own, and nothing else in the program makes any: what could run is refused.
  // The one script that it may have started is the worker for reading offline.
  globalThis.trustedTypes?.createPolicy("default", {
    createHTML: (html) => (/<(script|iframe|object|embed)|\son\w+\s*=|javascript:/i.test(html) ? null : html),
    createScriptURL: (url) => (url === "sw.js" ? url : null),
  });

  // `?sw=off` rids this device of that worker and of what was kept for it, whatever state they are in.
  if (/[?&]sw=off\b/.test(location.search)) {
    const { href, pathname } = new URL(document.baseURI);
    const ignore = () => {};
    navigator.serviceWorker?.getRegistrations().then((all) => all.forEach((one) => one.scope === href && one.unregister()), ignore);
    globalThis.caches?.keys().then((names) => names.forEach((name) => name.startsWith(`story-home:${pathname}:`) && caches.delete(name)), ignore);
  }

  // `src/dom/takeover.rs` leaves a field alone while a syllable is composed in it.
  addEventListener("compositionstart", () => root.setAttribute("data-composing", ""));
  addEventListener("compositionend", () => root.removeAttribute("data-composing"));

  // A prerendered list knows no search and no filter: what the address narrows it to is shown by the program, and nothing else before.
  if (location.search.length > 1) root.setAttribute("data-narrowed", "");

  // A typeface that the publisher has put beside the app is loaded for those who read in it.
  const loadWebFont = () => {
    const { font, webFont } = root.dataset;
    if (font !== "pretendard" || !webFont || document.getElementById("web-font")) return;
    const link = Object.assign(document.createElement("link"), { id: "web-font", rel: "stylesheet", href: webFont });
    document.head.append(link);
  };
  loadWebFont();
  new MutationObserver(loadWebFont).observe(root, { attributeFilter: ["data-font"] });

  const fail = (event) => {
    // A page without its typeface is a page.
    if (root.hasAttribute("data-started") || event.target?.id === "web-font") return;
    root.removeAttribute("data-narrowed");
    document.getElementById("start-failed")?.removeAttribute("hidden");
    document.getElementById("starting")?.setAttribute("hidden", "");
  };
  addEventListener("error", fail, true);
  addEventListener("unhandledrejection", fail);
  addEventListener("story-home:failed", fail);
  addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-reload]")) location.reload();
  });
})();
