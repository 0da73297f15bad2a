/** What goes wrong: answers that do not come, other tabs, other people, and too little room. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page, Route } from "playwright-core";
import { launch, Person, Screen, TODO_URL } from "./world.js";

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** What a request of this method is answered with, by how many there were before. */
function intercept(page: Page, method: string, answer: (route: Route, before: number) => Promise<unknown>): Promise<unknown> {
  let count = 0;
  return page.route("**/api/me/tasks**", (route) =>
    route.request().method() === method ? answer(route, count++) : route.fallback(),
  );
}

const lost = async (route: Route, before: number): Promise<unknown> =>
  before > 0 ? route.continue() : (await route.fetch(), route.abort());

const reload = (screen: Screen): Promise<boolean> => screen.page.evaluate(() => dispatchEvent(new Event("online")));

test("plain http loses nothing and sends nothing twice", async () => {
  const person = await Person.registered();
  const lan = await launch("--host-resolver-rules=MAP lan.test 127.0.0.1");
  const url = `http://lan.test:${new URL(TODO_URL).port}`;
  const screen = await Screen.signedIn(lan, person, {}, url);
  assert.ok(await screen.page.evaluate(() => !("locks" in navigator)));
  let release = (): void => {};
  const released = new Promise<void>((done) => (release = done));
  const keys: (string | undefined)[] = [];
  await intercept(screen.page, "POST", async (route, before) => {
    keys.push(route.request().headers()["idempotency-key"]);
    await released;
    return before === 1 ? route.abort() : route.continue();
  });
  const titles = ["1 one", "2 two", "3 three", "4 four", "5 five"];
  for (const title of titles) await screen.add(title);
  release();
  await screen.idle();
  assert.deepEqual((await person.tasks()).map(({ title }) => title).sort(), titles);
  assert.equal(keys.length, 6);
  assert.equal(new Set(keys).size, 5);
  await screen.close();
  await lan.close();
});

test("a second tab sees what the first does, and takes no name from it", async () => {
  const person = await Person.registered();
  const first = await Screen.signedIn(browser, person);
  const second = await first.tab();
  await second.idle();
  let release = (): void => {};
  const released = new Promise<void>((done) => (release = done));
  await intercept(first.page, "POST", async (route) => (await released, route.continue()));
  await first.add("Buy stamps");
  await second.task("Buy stamps").getByText("Not sent yet").waitFor();
  await second.page.evaluate(() => {
    const list = document.querySelector("#list");
    const look = (): unknown => list?.textContent?.includes("Buy stamps") || list?.setAttribute("data-vanished", "");
    new MutationObserver(look).observe(list as Element, { childList: true, subtree: true });
  });
  release();
  await first.idle();
  await second.idle();
  await second.task("Buy stamps").waitFor();
  assert.equal(await second.page.locator("#list[data-vanished]").count(), 0, "the task is there all the time");

  await first.task("Buy stamps").getByRole("button", { name: "Edit" }).click();
  await second.page.reload();
  await second.task("Buy stamps").waitFor();
  const form = first.page.getByRole("listitem").locator("form");
  await form.getByLabel("Title").fill("Buy two stamps");
  await form.getByLabel("Title").press("Enter");
  await first.idle();
  await second.task("Buy two stamps").waitFor();
  assert.deepEqual((await person.tasks()).map(({ title }) => title), ["Buy two stamps"]);
  await first.close();
});

test("a request without an answer holds nobody up", async () => {
  const person = await Person.registered();
  await person.add({ title: "Pay the rent" });
  const screen = await Screen.signedIn(browser, person);
  // The first and the third are never answered.
  await intercept(screen.page, "POST", async (route, before) => before % 2 === 1 && route.continue());
  await screen.add("Buy stamps");
  const tab = await screen.tab();
  await tab.task("Pay the rent").waitFor();
  await tab.task("Buy stamps").getByText("Not sent yet").waitFor();
  await tab.page.close();
  await screen.idle();
  assert.equal((await person.tasks()).length, 2);

  await screen.add("Buy envelopes");
  screen.page.on("dialog", (dialog) => void dialog.accept());
  await screen.page.getByRole("button", { name: "Sign out" }).click();
  await screen.page.getByLabel("Email").waitFor();
  assert.equal(await screen.page.evaluate(() => localStorage.length), 0);
  await screen.close();
});

test("the page of a captive portal is no answer", async () => {
  const person = await Person.registered();
  const screen = await Screen.signedIn(browser, person);
  const portal = (route: Route, before: number): Promise<void> =>
    before > 0 ? route.fallback() : route.fulfill({ contentType: "text/html", body: "<p>Pay for the Wi-Fi" });
  await intercept(screen.page, "POST", portal);
  await intercept(screen.page, "GET", portal);
  await reload(screen);
  await screen.page.getByText("These are the tasks as they were last seen.").waitFor();
  await screen.add("Buy stamps");
  await screen.idle();
  assert.equal((await person.tasks()).length, 1);
  assert.equal(await screen.page.getByText("as they were last seen").count(), 0);
  await screen.close();
});

test("a change whose answer is lost is nobody else's, and shows what came of it", async () => {
  const person = await Person.registered();
  await person.add({ title: "Pay the rent", due_date: "2035-01-01", recurrence: "FREQ=DAILY" });
  const screen = await Screen.signedIn(browser, person);
  await intercept(screen.page, "PATCH", lost);
  await screen.task("Pay the rent").getByRole("checkbox").check();
  await screen.task("Pay the rent").getByText("Due 2 Jan 2035").waitFor();
  await screen.idle();
  assert.equal(await screen.page.locator("#notice").textContent(), "");
  await screen.close();
});

test("a time goes with its zone, and a problem without a field is told", async () => {
  const person = await Person.registered();
  const due = { due_date: "2035-01-01", due_time: "09:00", due_time_zone: "Europe/Berlin", recurrence: "FREQ=DAILY" };
  await person.add({ title: "Pay the rent", ...due });
  const screen = await Screen.signedIn(browser, person);
  await screen.edit("Pay the rent", "Time", "");
  await screen.idle();
  assert.equal((await person.tasks())[0]?.due_time, null);
  await screen.edit("Pay the rent", "Due", "");
  const refused = screen.page.getByRole("region", { name: "Not saved" });
  await refused.getByText("recurrence: ").waitFor();
  await screen.assertForEverybody();
  await screen.close();
});

test("what was refused or is gone is not told as done", async () => {
  const person = await Person.registered();
  const { id } = await person.add({ title: "Pay the rent" });
  const screen = await Screen.signedIn(browser, person);
  await person.change(id, { completed: true, tags: ["a", "b"] });
  await screen.task("Pay the rent").getByRole("button", { name: "Delete" }).click();
  const refused = screen.page.getByRole("region", { name: "Not saved" });
  await refused.getByText("its state is now “done”, so it was not deleted.").waitFor();
  assert.ok(await screen.page.getByRole("button", { name: "Undo" }).isHidden());
  assert.equal(await screen.page.locator("#notice").textContent(), "");
  await refused.getByRole("button", { name: "Discard" }).click();
  await screen.edit("Pay the rent", "Notes", "By bank transfer");
  await screen.idle();

  await person.send("DELETE", `/api/me/tasks/${id}`);
  await screen.edit("Pay the rent", "Notes", "In cash");
  await refused.getByText("“Pay the rent” was not saved.").waitFor();
  await screen.task("Pay the rent").waitFor({ state: "detached" });
  assert.ok(await refused.getByRole("button", { name: "Try again" }).isHidden());
  await refused.getByRole("button", { name: "Discard" }).click();
  assert.ok(await refused.evaluate((region) => region === document.activeElement), "the focus stays near");
  await screen.close();
});

test("another user finds nothing of the last one", async () => {
  const [one, other] = [await Person.registered(), await Person.registered()];
  await other.add({ title: "Pay the rent" });
  const screen = await Screen.signedIn(browser, one);
  await screen.filter("q").fill("secret");
  await screen.filter("q").press("Enter");
  await screen.idle();
  await one.send("POST", "/api/auth/logout-all");
  await screen.newTitle().fill("A secret");
  await screen.filter("status").selectOption("All");
  await screen.notice("Your session has ended.");
  await screen.signIn(other, "Sign in");
  await screen.task("Pay the rent").waitFor();
  assert.equal(await screen.newTitle().inputValue(), "");
  assert.equal(await screen.filter("q").inputValue(), "");
  await screen.close();
});

test("a new list leaves an open editor and the focus alone", async () => {
  const person = await Person.registered();
  const { id } = await person.add({ title: "Pay the rent" });
  const other = await person.add({ title: "Buy stamps" });
  const screen = await Screen.signedIn(browser, person);
  await screen.task("Pay the rent").getByRole("button", { name: "Edit" }).click();
  const title = screen.page.getByRole("listitem").locator("form").getByLabel("Title");
  await title.fill("Pay the landlord");
  await person.change(id, { completed: true });
  await person.add({ title: "Water the plants" });
  await reload(screen);
  await screen.task("Water the plants").waitFor();
  assert.equal(await title.inputValue(), "Pay the landlord");
  assert.ok(await title.evaluate((field) => field === document.activeElement));
  await title.press("Escape");
  await screen.task("Pay the rent").waitFor({ state: "detached" });
  assert.ok(await screen.page.evaluate(() => document.activeElement !== document.body), "after the editor");

  await screen.task("Buy stamps").getByRole("button", { name: "Edit" }).focus();
  await person.change(other.id, { completed: true });
  await reload(screen);
  await screen.task("Buy stamps").waitFor({ state: "detached" });
  assert.ok(await screen.page.evaluate(() => document.activeElement !== document.body), "after the row");
  await screen.close();
});

test("without room to keep it, nothing is taken for saved", async () => {
  const person = await Person.registered();
  const screen = await Screen.signedIn(browser, person);
  await screen.page.evaluate(() => {
    for (let size = 1 << 22, count = 0; size >= 1; size >>= 1) {
      for (;;) {
        try {
          localStorage.setItem(`filler-${count++}`, "x".repeat(size));
        } catch {
          break;
        }
      }
    }
  });
  await screen.newTitle().fill("Buy stamps");
  await screen.newTitle().press("Enter");
  await screen.notice("no room left");
  assert.equal(await screen.newTitle().inputValue(), "Buy stamps");
  assert.deepEqual(screen.errors, []);
  await screen.close();
});

test("a long title leaves room for the way back on a phone", async () => {
  const person = await Person.registered();
  await person.add({ title: "Pay the rent ".repeat(15) });
  const screen = await Screen.signedIn(browser, person, { viewport: { width: 390, height: 800 } });
  await screen.task("Pay the rent").getByRole("button", { name: "Delete" }).click();
  const [undo, footer] = [screen.page.getByRole("button", { name: "Undo" }), screen.page.locator("footer")];
  assert.ok(((await undo.boundingBox())?.height ?? 99) < 50);
  assert.ok(((await footer.boundingBox())?.height ?? 999) < 120);
  await screen.assertForEverybody();
  await screen.close();
});
