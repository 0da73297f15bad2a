/** A browser, people with accounts, and a second client that changes things behind the page's back. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import axe from "axe-core";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Locator, type Page } from "playwright-core";

export const TODO_URL = process.env.TODO_URL ?? "http://localhost:8080";
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
const QUIET = ["--disable-background-networking", "--disable-component-update"];

export interface ServerTask {
  id: number;
  title: string;
  completed: boolean;
  due_date: string | null;
  due_time: string | null;
  description: string | null;
  priority: string;
}

export function launch(...more: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...ARGUMENTS, ...QUIET, ...more],
  });
}

/** A user, as a client without a screen. */
export class Person {
  readonly email = `${randomUUID()}@example.com`;
  readonly password = "correct horse battery staple";
  #token = "";

  static async registered(): Promise<Person> {
    const person = new Person();
    const { email, password } = person;
    await person.signInWith("register", { email, password });
    return person;
  }

  async signInWith(operation: "register" | "login", body: object): Promise<void> {
    const answer = await this.send("POST", `/api/auth/${operation}`, body);
    assert.ok(answer.ok, `${operation} was answered ${answer.status}`);
    this.#token = ((await answer.json()) as { access_token: string }).access_token;
  }

  send(method: string, path: string, body?: object): Promise<Response> {
    const authorization = this.#token && { Authorization: `Bearer ${this.#token}` };
    const headers = { "Content-Type": "application/json", ...authorization };
    return fetch(TODO_URL + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  }

  async tasks(): Promise<ServerTask[]> {
    const answer = await this.send("GET", "/api/me/tasks?status=all&limit=200");
    return ((await answer.json()) as { items: ServerTask[] }).items;
  }

  async add(task: object): Promise<ServerTask> {
    return (await (await this.send("POST", "/api/me/tasks", task)).json()) as ServerTask;
  }

  async change(id: number, patch: object): Promise<void> {
    const answer = await this.send("PATCH", `/api/me/tasks/${id}`, patch);
    assert.equal(answer.status, 200);
  }
}

/** The page, and what a person finds on it. */
export class Screen {
  readonly errors: string[] = [];
  readonly strangers: string[] = [];

  private constructor(readonly page: Page, readonly context: BrowserContext, readonly url: string) {
    page.setDefaultTimeout(30_000);
    page.on("console", (message) => message.type() === "error" && this.errors.push(message.text()));
    page.on("pageerror", (error) => this.errors.push(String(error)));
    context.on("request", (request) => {
      if (new URL(request.url()).origin !== new URL(url).origin) this.strangers.push(request.url());
    });
  }

  static async open(browser: Browser, options: BrowserContextOptions = {}, url = TODO_URL): Promise<Screen> {
    // Requests that pass through a service worker cannot be tampered with on their way.
    const context = await browser.newContext({ serviceWorkers: "block", locale: "en-GB", ...options });
    const screen = new Screen(await context.newPage(), context, url);
    await screen.page.goto(url);
    return screen;
  }

  /** Another tab of the same browser. */
  async tab(): Promise<Screen> {
    const screen = new Screen(await this.context.newPage(), this.context, this.url);
    await screen.page.goto(this.url);
    return screen;
  }

  static async signedIn(browser: Browser, person: Person, options: BrowserContextOptions = {}, url = TODO_URL): Promise<Screen> {
    const screen = await Screen.open(browser, options, url);
    await screen.signIn(person, "Sign in");
    await screen.newTitle().waitFor();
    await screen.idle();
    return screen;
  }

  async signIn({ email, password }: Person, button: string): Promise<void> {
    await this.page.getByLabel("Email").fill(email);
    await this.page.getByLabel("Password").fill(password);
    await this.page.getByRole("button", { name: button }).click();
  }

  newTitle(): Locator {
    return this.page.getByRole("region", { name: "New task" }).getByLabel("Title");
  }

  async add(title: string): Promise<void> {
    await this.newTitle().fill(title);
    await this.newTitle().press("Enter");
    await this.task(title).waitFor();
  }

  filter(name: string): Locator {
    return this.page.getByRole("search").locator(`[name=${name}]`);
  }

  task(title: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: title });
  }

  async edit(title: string, field: string, value: string): Promise<void> {
    const item = this.task(title);
    await item.getByRole("button", { name: "Edit" }).click();
    const form = this.page.getByRole("listitem").locator("form");
    await form.getByLabel(field).fill(value);
    await form.getByRole("button", { name: "Save" }).click();
  }

  /** Everything has been sent, and nothing is on its way. */
  async idle(): Promise<void> {
    await this.page.locator("#sync:empty").waitFor({ state: "attached" });
    await this.page.waitForLoadState("networkidle");
  }

  async notice(words: string): Promise<void> {
    await this.page.locator("#notice").filter({ hasText: words }).waitFor();
  }

  /** Looks for what keeps people out, in both colours and on a phone. */
  async assertForEverybody(): Promise<void> {
    for (const colorScheme of ["light", "dark"] as const) {
      await this.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await this.page.evaluate(axe.source);
      const { violations } = await this.page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], colorScheme);
    }
    await this.page.setViewportSize({ width: 390, height: 800 });
    const overflow = await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `a phone would have to scroll ${overflow} px sideways`);
    await this.page.setViewportSize({ width: 1280, height: 800 });
  }

  async close(): Promise<void> {
    await this.context.close();
    assert.deepEqual(this.strangers, [], "requests to other origins");
  }
}
