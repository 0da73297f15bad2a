// What a browser does for a page at PAGE_ORIGIN and Node does not: it keeps cookies, says where the page is from, and
// hides answers of other origins unless they allow that page.
const cookies = new Map();
const page = process.env.PAGE_ORIGIN;
const plainFetch = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const { origin } = new URL(request.url);
  request.headers.set("Origin", page);
  if (origin === page) {
    request.headers.set("Cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
  }
  const response = await plainFetch(request);
  if (origin !== page && response.headers.get("Access-Control-Allow-Origin") !== page) {
    throw new TypeError(`${origin} does not allow ${page}`);
  }
  for (const cookie of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
    cookies.set(name, value);
  }
  return response;
};
