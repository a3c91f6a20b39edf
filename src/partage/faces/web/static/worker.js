/* Opens pages of its scope without a connection: the last copy, for a day. It never sends or changes anything. */
"use strict";
const pages = "partage-pages";
const files = "partage-files";
const day = 24 * 3600 * 1000;
const scope = new URL(self.registration.scope).pathname;

const young = (answer) => Date.now() - Number(answer.headers.get("x-kept-at")) < day;
const sweep = async () => {
  const kept = await caches.open(pages);
  for (const one of await kept.keys()) if (!young(await kept.match(one))) await kept.delete(one);
};
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(sweep().then(() => self.clients.claim())));

const page = async (request) => {
  const kept = await caches.open(pages);
  const path = new URL(request.url).pathname;
  try {
    const answer = await fetch(request);
    const html = (answer.headers.get("content-type") || "").startsWith("text/html");
    if (answer.ok && !answer.redirected && html) {
      const copy = answer.clone();
      const headers = new Headers(copy.headers);
      headers.set("x-kept-at", String(Date.now()));
      await kept.put(path, new Response(await copy.blob(), { headers }));
    }
    return answer;
  } catch (error) {
    const copy = await kept.match(path);
    if (copy && young(copy)) return copy;
    throw error;
  }
};
const file = async (request) => {
  const kept = await caches.open(files);
  const copy = await kept.match(request);
  if (copy) return copy;
  const answer = await fetch(request);
  if (answer.ok) {
    const mark = new URL(request.url).pathname.split("/")[2];
    for (const one of await kept.keys()) if (!new URL(one.url).pathname.includes(`/${mark}/`)) await kept.delete(one);
    await kept.put(request, answer.clone());
  }
  return answer;
};
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (request.mode === "navigate" && url.pathname.startsWith(scope)) event.respondWith(page(request));
});
