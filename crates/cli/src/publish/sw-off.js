// Ends offline reading for every reader: upload this as `sw.js`. Each browser that has the other worker fetches it with the next page, and is
// rid of both and of what they kept. Pages stay as they are, and nothing is reloaded.
"use strict";

const OURS = `story-home:${new URL(registration.scope).pathname}:`;

const leave = async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS));
  await Promise.all(names.map((name) => caches.delete(name)));
  await registration.unregister();
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));
