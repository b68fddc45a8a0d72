// The worker of readers who have asked for the archive offline; nobody else registers it. It holds no list and stores nothing: the page has put
// checked files into caches (src/dom/offline.rs), and this hands them out when the network has not.
"use strict";

// What is named by its content never changes, so it is taken from the device first.
const HASHED = new RegExp(__HASHED__);

// How long a page may take, in milliseconds. More keeps readers on a bad line waiting, less shows them yesterday's archive on a slow one.
const PATIENCE = 3000;

const { scope } = registration;
const OURS = `story-home:${new URL(scope).pathname}:`;

// A new worker takes over at once: pages do not notice which one answers.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// The file as it was kept, of the last list first. A list that is still coming lacks what comes last, its page and its manifest.
const kept = async (url) => {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS));
  for (const cacheName of names.reverse()) {
    const file = await caches.match(url, { cacheName, ignoreVary: true });
    if (file) return file;
  }
};

const deviceFirst = async (request) => (await kept(request.url)) ?? fetch(request);

const networkFirst = async (request, url) => {
  const network = fetch(request);
  // A host that only excuses itself is as good as none.
  const good = network.then((response) => (response.status < 500 ? response : Promise.reject(response)));
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE));
  try {
    return await Promise.race([good, late]);
  } catch {
    return (await kept(url)) ?? network;
  }
};

// Browsers take no page from a worker that has come by way of another address, as from hosts that hide the endings of names.
const direct = (page) => (page.redirected ? new Response(page.body, { headers: page.headers }) : page);

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isPage = request.mode === "navigate";
  // Whoever wants a file as the host has it now gets it from there: that is how files are kept and repaired.
  const isPastUs = !isPage && ["reload", "no-store"].includes(request.cache);
  const isOff = isPage && url.searchParams.get("sw") === "off";
  if (request.method !== "GET" || !request.url.startsWith(scope) || isPastUs || isOff || url.href === `${scope}offline.json`) return;
  if (isPage) event.respondWith(networkFirst(request, `${scope}offline.html`).then(direct));
  else if (HASHED.test(url.pathname)) event.respondWith(deviceFirst(request));
  else event.respondWith(networkFirst(request, url.origin + url.pathname));
});
