// Starts the program. Every page asks for this file (`load.js`), and its own name never changes: so a page that comes out of some cache, and
// whose other files are gone from the host, still finds the program that there is now. What is named here is named by its content.
const PROGRAM = "./__PROGRAM__";
const WASM = "./__WASM__";
const MOST_BYTES = __MOST_BYTES__;
const ENGINE = [__ENGINE__];
const START = "__START__";
const STYLE = "__STYLE__";

// What a reader does before they want anything of the program.
const SIGNS = ["pointermove", "pointerdown", "touchstart", "wheel", "scroll", "keydown", "focusin", "click"];
// What stands in the tab's storage once this build was asked for past every cache.
const RETRIED = "story-home:retried";

// So long after the page is there, in milliseconds, nothing else is on its way and the reader is reading.
const STAYED = 6000;

const root = document.documentElement;
// What `load.js` has noted. A page of an older build has none.
const early = globalThis.storyHome ?? {};
const app = document.getElementById("app");
const here = (path) => new URL(path, import.meta.url);

// Fetches the code and compiles it beside the page's own work; nothing of it runs yet.
let code;
const load = () => (code ??= Promise.all([import(PROGRAM), compile()]));
const compile = async () => {
  const response = (await asked()) ?? (await fetch(here(WASM)));
  if (!response.ok) throw new Error(`${WASM}: ${response.status}`);
  if (response.headers.get("Content-Type")?.startsWith("application/wasm")) return WebAssembly.compileStreaming(counted(response));
  // A host that does not know the type; or a page in the file's place, which is no program whatever its type.
  mostIsHere?.();
  return WebAssembly.compile(await response.arrayBuffer());
};

// What `load.js` has asked for, if it is this build's and there is such a file. From now on that asks for nothing.
const asked = async () => {
  const response = await (early.wasm ??= false);
  return response?.ok && response.url === here(WASM).href ? response : null;
};

// Called when so much of the program has come that what is asked for then arrives right behind it. Earlier they would come side by side, and
// the program, which has work to do before it can search, would come last.
let mostIsHere;
const counted = (response) => {
  if (!mostIsHere) return response;
  let left = MOST_BYTES;
  const transform = (part, out) => {
    out.enqueue(part);
    if ((left -= part.length) < 0) mostIsHere();
  };
  return new Response(response.body.pipeThrough(new TransformStream({ transform, flush: mostIsHere })), response);
};

let isStarting = false;
const start = async () => {
  if (isStarting) return;
  isStarting = true;
  for (const sign of SIGNS) removeEventListener(sign, start, true);
  keepClick();
  try {
    const [{ default: init }, module] = await load();
    await init({ module_or_path: module });
    remember(null);
  } catch (error) {
    failed(error);
  }
};

// A prerendered page is whole without the program, so that runs for those who do something. Whoever has been here before has a shelf, looks,
// kept files or a place far down a list that the page does not know; an address may narrow a list or name a passage; pages without a place in search engines
// are the device's own.
const mayWait = async () => {
  if (!app?.hasAttribute("data-prerendered") || location.search || location.hash || document.querySelector('meta[name="robots"]')) return false;
  if (navigator.serviceWorker?.controller) return false;
  try {
    if ([localStorage, sessionStorage].flatMap(Object.keys).some((key) => key.startsWith("story-home:"))) return false;
    return !(await indexedDB.databases()).some(({ name }) => name === "story-home");
  } catch {
    return false;
  }
};

// What is pressed while the program starts is pressed again in the page that it puts in this one's place. Links work as they are.
const keepClick = () => {
  let path;
  const keep = ({ target }) => {
    const pressed = target instanceof Element && app?.contains(target) && target.closest("a, button, summary, label, input, select");
    if (!pressed || pressed.matches("a, [type=search], select")) return;
    path = [];
    for (let one = pressed; one !== app; one = one.parentElement) path.unshift([one.tagName, [...one.parentElement.children].indexOf(one)]);
  };
  keep({ target: early.pressed });
  addEventListener("click", keep, true);
  new MutationObserver((_, observer) => {
    if (!root.hasAttribute("data-ready")) return;
    observer.disconnect();
    removeEventListener("click", keep, true);
    let one = path && document.getElementById("app");
    for (const [tag, i] of path ?? []) {
      one = one?.children[i];
      if (one?.tagName !== tag) return;
    }
    one?.click();
  }).observe(root, { attributeFilter: ["data-ready"] });
};

const remember = (build) => {
  try {
    if (build) sessionStorage.setItem(RETRIED, build);
    else sessionStorage.removeItem(RETRIED);
    return true;
  } catch {
    return false;
  }
};

// Asks the host for this page and this file, whatever caches hold, and opens the page anew: once for each build, never while somebody has
// typed something, and not without a network, where the page at hand is the best there is.
const goPastCaches = async () => {
  try {
    if (sessionStorage.getItem(RETRIED) === WASM || document.getElementById("search-field")?.value) return false;
  } catch {
    return false;
  }
  const fresh = (url) => fetch(url, { cache: "reload" }).then(({ status }) => status < 500, () => false);
  const isThere = await Promise.all([fresh(location.href), fresh(import.meta.url)]);
  if (isThere.includes(false) || !remember(WASM)) return false;
  location.reload();
  return true;
};

// Which of the panel's reasons it is: the host says so of each file.
const reason = async () => {
  for (const path of [PROGRAM, WASM]) {
    const response = await fetch(here(path), { cache: "reload" }).catch(() => null);
    if (!response) return "offline";
    if (!response.ok) return "missing";
    const [first] = new Uint8Array(await response.arrayBuffer());
    // A script begins with no tag, a program with a zero.
    if (path === WASM ? first !== 0 : first === 60) return "replaced";
  }
  return "refused";
};

let hasFailed = false;
// Leaving the page ends what is on its way, in two engines as soon as the next page is asked for: that is no failure, and opening this page
// anew would end the leaving.
let isLeaving = false;
for (const leave of ["beforeunload", "pagehide"]) addEventListener(leave, () => (isLeaving = true));
addEventListener("pageshow", () => (isLeaving = false));
const failed = async (error) => {
  if (hasFailed || isLeaving) return;
  hasFailed = true;
  console.error(error);
  if (await goPastCaches()) return;
  const why = await reason().catch(() => "refused");
  for (const line of document.querySelectorAll("#start-failed [data-reason]")) line.hidden = line.dataset.reason !== why;
  dispatchEvent(new Event("story-home:failed"));
  // `start.js` shows it, unless that is what is missing.
  if (!root.hasAttribute("data-started")) document.getElementById("start-failed")?.removeAttribute("hidden");
};

const begin = async () => {
  // A page of another build, out of a cache.
  const isStale = !document.querySelector(`script[src="${START}"], script[data-file="${START}"]`) || !document.querySelector(`link[href="${STYLE}"]`);
  if (isStale) {
    if (await goPastCaches()) return;
    // One that does not let go of it: its files may be gone, these are there. The program puts its own page into the old one's place.
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: here(`./${STYLE}`) }));
  }
  // Gone with that build, or refused in the page by a host that still sends the policy of another one.
  if (!root.hasAttribute("data-begun")) await import(here(`./${START}`)).catch(() => {});
  if (isStale || !(await mayWait())) return start();
  // Who saves data waits for what they are about to use.
  if (navigator.connection?.saveData) return;
  load().catch(failed);
  // Whoever stays will do something, and should not wait for the program then.
  setTimeout(() => (window.requestIdleCallback ?? setTimeout)(start), STAYED);
};
// Who is in the search field will search: what that takes comes while the rest starts, not one after the other behind it, and the program
// finds it in the browser's cache.
const fetchSearch = async ({ target }) => {
  // The running program asks for what it lacks itself.
  const isLate = root.hasAttribute("data-started");
  if (!isLate && target.id !== "search-field") return;
  removeEventListener("focusin", fetchSearch, true);
  if (isLate) return;
  const most = code ? null : new Promise((resolve) => (mostIsHere = resolve));
  const keep = (path) => fetch(here(path)).then((response) => response.arrayBuffer());
  try {
    const manifest = await (await fetch(here("./data/manifest.json"), { cache: "no-cache" })).json();
    // `src/data/fetch.rs` need not ask for it once more.
    root.setAttribute("data-manifest", "");
    const inData = ({ path }) => keep(`./data/${path}`);
    const cards = manifest.cards.map(inData);
    await most;
    await Promise.all([...cards, ...ENGINE.map(keep), ...manifest.search.map(inData)]);
  } catch {
    // The program asks again, and says what is wrong.
  }
};
addEventListener("focusin", fetchSearch, true);
for (const sign of SIGNS) addEventListener(sign, start, { capture: true, passive: true });
// Who was faster than this file.
const isSearching = document.activeElement?.id === "search-field";
if (isSearching) fetchSearch({ target: document.activeElement });
if (isSearching || early.hasActed) start();
begin();
// What installing the site takes, which nobody does at once. A page of an older build names it itself.
setTimeout(() => {
  if (document.querySelector("link[rel=manifest]")) return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: here("./manifest.webmanifest") }));
}, STAYED);
