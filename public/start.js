// Runs before the first paint: the reader's theme, so that a dark page never flashes white, and words instead of a blank page
// when the program cannot be loaded. `src/prefs.rs` keeps the same value.
(() => {
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("story-home:theme");
    if (theme) root.dataset.theme = theme;
  } catch {
    // Storage is forbidden: the system's theme it is.
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
