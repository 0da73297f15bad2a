import assert from "node:assert/strict";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

/** The running server: `TODO_URL`. */
export const server: string = (process.env.TODO_URL ?? "http://localhost:8080").replace(/\/$/, "");

export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true };

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

/** What a visit may complain of in the console, where a test provokes it. */
export interface Visit extends BrowserContextOptions {
  allowed?: RegExp;
}

/** Opens a page for one visitor, and fails if it complains in the console or asks any other server for anything. */
export async function visit(
  browser: Browser,
  path: string,
  { allowed, ...options }: Visit,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  const wrong: string[] = [];
  try {
    const page = await context.newPage();
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !allowed?.test(message.text())) {
        wrong.push(`${message.type()}: ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => wrong.push(`thrown: ${error.message}`));
    page.on("request", (request) => {
      if (!request.url().startsWith("data:") && new URL(request.url()).origin !== new URL(server).origin) {
        wrong.push(`asked elsewhere: ${request.url()}`);
      }
    });
    await page.goto(server + path);
    await look(page);
  } finally {
    await context.close();
  }
  assert.deepEqual(wrong, []);
}
