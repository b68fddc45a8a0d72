// Runs before the first paint: the reader's looks, so that a dark page never flashes white and no text jumps, and words instead of a blank page
// when the program cannot be loaded. `src/prefs.rs` keeps the same values.
(() => {
  const root = document.documentElement;
  try {
    for (const look of ["theme", "size", "leading", "measure", "font", "density"]) {
      const value = localStorage.getItem(`story-home:look:${look}`);
      if (value) root.dataset[look] = value;
    }
  } catch {
    // Storage is forbidden: everything looks as it does for everybody.
  }

  const fail = () => {
    if (root.hasAttribute("data-started")) return;
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
