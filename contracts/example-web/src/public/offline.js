// @ts-check
// Answers for the app's own files with what the page has kept of them, where the network does not answer.
addEventListener("fetch", (event) => {
  const { request } = /** @type {FetchEvent} */ (event);
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || pathname.startsWith("/api/")) return;
  const kept = () => caches.match(request, { ignoreVary: true });
  /** @type {FetchEvent} */ (event).respondWith(fetch(request).catch(async () => (await kept()) ?? Response.error()));
});
