import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Browser, Route } from "playwright-core";
import { launch, Person, Screen } from "./world.js";

let browser: Browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

test("it stays small enough to be read", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((name) => /\.(html|css|ts|js)$/.test(name));
  const lines = files.reduce((sum, name) => sum + readFileSync(`src/${name}`, "utf8").split("\n").length - 1, 0);
  assert.ok(files.length > 5 && lines < 800, `${lines} lines in ${files.length} files`);
});

test("a visitor registers, and makes, finds, edits and completes a task", async () => {
  const screen = await Screen.open(browser);
  await screen.assertForEverybody();
  const person = new Person();
  await screen.signIn(person, "Create account");
  await screen.newTitle().fill("Water the plants");
  await screen.page.getByRole("region", { name: "New task" }).getByLabel("Due").fill("2020-12-01");
  await screen.newTitle().press("Enter");
  await screen.task("Water the plants").getByText("Overdue: 1 Dec 2020").waitFor();
  await screen.add("Pay the rent");
  await screen.idle();

  await screen.filter("q").fill("plan");
  await screen.filter("q").press("Enter");
  await screen.task("Pay the rent").waitFor({ state: "detached" });
  await screen.task("Water the plants").waitFor();
  await screen.filter("q").fill("");
  await screen.filter("q").press("Enter");
  await screen.filter("due").selectOption("Overdue");
  await screen.task("Pay the rent").waitFor({ state: "detached" });
  await screen.filter("due").selectOption("Any");
  await screen.task("Pay the rent").waitFor();

  await screen.edit("Pay the rent", "Notes", "By bank transfer");
  await screen.task("Pay the rent").getByText("By bank transfer").waitFor();
  await screen.edit("Pay the rent", "Tags", "home, money");
  await screen.task("Water the plants").getByRole("checkbox").check();
  await screen.idle();
  await screen.assertForEverybody();
  await screen.task("Pay the rent").getByRole("button", { name: "money" }).click();
  await screen.task("Water the plants").waitFor({ state: "detached" });

  const { email, password } = person;
  await person.signInWith("login", { email, password });
  const [rent, plants] = await person.tasks();
  assert.deepEqual([rent?.title, rent?.description, rent?.completed], ["Pay the rent", "By bank transfer", false]);
  assert.deepEqual([plants?.title, plants?.due_date, plants?.completed], ["Water the plants", "2020-12-01", true]);
  assert.deepEqual(screen.errors, []);

  await screen.page.getByRole("button", { name: "Sign out" }).click();
  await screen.page.getByLabel("Email").waitFor();
  assert.equal(await screen.page.evaluate(() => localStorage.length), 0);
  await screen.close();
});

test("what two people change of a task is kept, unless it is the same", async () => {
  const person = await Person.registered();
  const { id } = await person.add({ title: "Pay the rent" });
  const screen = await Screen.signedIn(browser, person);

  await person.change(id, { priority: "high" });
  await screen.edit("Pay the rent", "Notes", "By bank transfer");
  await screen.notice("was changed elsewhere, too. Both changes are kept.");
  await screen.task("Pay the rent").getByText("high").waitFor();
  assert.equal((await person.tasks())[0]?.description, "By bank transfer");

  await person.change(id, { title: "Pay the landlord" });
  await screen.edit("Pay the rent", "Title", "Pay the landlady");
  const conflict = screen.page.getByRole("region", { name: "Not saved" }).getByRole("article");
  await conflict.getByText("its title is now “Pay the landlord”, so yours, “Pay the landlady”, was not saved.").waitFor();
  await screen.task("Pay the landlord").waitFor();
  await screen.assertForEverybody();
  await conflict.getByRole("button", { name: "Try again" }).click();
  await screen.task("Pay the landlady").waitFor();
  await screen.idle();
  assert.equal((await person.tasks())[0]?.title, "Pay the landlady");
  await screen.close();
});

test("what is done offline survives a reload, and is sent once", async () => {
  const person = await Person.registered();
  const screen = await Screen.signedIn(browser, person, { serviceWorkers: "allow" });
  await screen.page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.active && (await caches.has("app")));
  await screen.page.waitForFunction(async () => (await (await caches.open("app")).keys()).length > 10);

  await screen.context.setOffline(true);
  await screen.add("Buy stamps");
  await screen.task("Buy stamps").getByText("Not sent yet").waitFor();
  await screen.edit("Buy stamps", "Title", "Buy two stamps");
  await screen.task("Buy two stamps").getByRole("checkbox").check();
  await screen.page.reload();
  await screen.task("Buy two stamps").getByText("Not sent yet").waitFor();
  assert.ok(await screen.task("Buy two stamps").getByRole("checkbox").isChecked());
  await screen.page.getByText("Offline, 3 not sent yet").waitFor();
  await screen.assertForEverybody();

  await screen.context.setOffline(false);
  await screen.idle();
  assert.deepEqual((await person.tasks()).map(({ title, completed }) => [title, completed]), [["Buy two stamps", true]]);
  await screen.close();
});

test("a task whose answer is lost is made once", async () => {
  const person = await Person.registered();
  const screen = await Screen.signedIn(browser, person);
  const keys: (string | undefined)[] = [];
  await screen.page.route("**/api/me/tasks", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    keys.push(route.request().headers()["idempotency-key"]);
    const answer = await route.fetch();
    return keys.length === 1 ? route.abort() : route.fulfill({ response: answer });
  });
  await screen.add("Buy stamps");
  await screen.page.getByText("1 not sent yet").waitFor();
  await screen.idle();
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  assert.equal((await person.tasks()).length, 1);
  await screen.close();
});

test("an expired token is exchanged once, for however many requests", async () => {
  const person = await Person.registered();
  await person.add({ title: "Pay the rent" });
  const screen = await Screen.signedIn(browser, person);
  let refreshed = 0;
  screen.page.on("request", (request) => request.url().endsWith("/refresh") && refreshed++);
  const expire = (route: Route): Promise<void> => {
    const headers = { ...route.request().headers(), ...(refreshed === 0 && { authorization: "Bearer expired" }) };
    return route.continue({ headers });
  };
  await screen.page.route("**/api/me/**", expire);
  await screen.filter("status").selectOption("All");
  await screen.add("Buy stamps");
  await screen.idle();
  assert.equal(refreshed, 1);
  assert.equal((await person.tasks()).length, 2);
  await screen.close();
});

test("a session that has ended asks to sign in, and loses nothing", async () => {
  const person = await Person.registered();
  const screen = await Screen.signedIn(browser, person);
  await person.send("POST", "/api/auth/logout-all");
  await screen.newTitle().fill("Buy stamps");
  await screen.newTitle().press("Enter");
  await screen.notice("Your session has ended.");
  await screen.signIn(person, "Sign in");
  await screen.task("Buy stamps").waitFor();
  await screen.idle();
  await person.signInWith("login", { email: person.email, password: person.password });
  assert.equal((await person.tasks()).length, 1);
  await screen.close();
});

test("a problem is told in its own words, beside the field that it is about", async () => {
  const person = await Person.registered();
  const screen = await Screen.open(browser);
  await screen.page.getByLabel("Email").fill(person.email);
  await screen.page.getByLabel("Password").fill("wrong");
  await screen.page.getByLabel("Password").press("Enter");
  await screen.page.getByRole("alert").filter({ hasText: /./ }).waitFor();
  await screen.page.getByLabel("Email").fill("nobody");
  await screen.page.getByLabel("Password").press("Enter");
  await screen.page.locator(".field", { hasText: "Email" }).getByText("must be an address").waitFor();
  await screen.assertForEverybody();
  await screen.signIn(person, "Sign in");

  const fresh = screen.page.getByRole("region", { name: "New task" });
  for (const [title, words] of [[" ", "must not be blank"], ["📮".repeat(201), "must be at most 200 characters"]] as const) {
    await screen.newTitle().fill(title);
    await screen.newTitle().press("Enter");
    await fresh.locator(".field", { hasText: "Title" }).getByText(words).waitFor();
    assert.ok(await screen.newTitle().evaluate((field) => field === document.activeElement), "the field has the focus");
  }
  await screen.assertForEverybody();
  await screen.newTitle().fill("Buy stamps");
  await fresh.getByText("Time, priority, tags, notes").click();
  await fresh.getByLabel("Tags").fill(`post, ${"x".repeat(51)}`);
  await screen.newTitle().press("Enter");
  const refused = screen.page.getByRole("region", { name: "Not saved" });
  await refused.locator(".field", { hasText: "Tags" }).locator(".error").waitFor();
  assert.ok(await screen.newTitle().evaluate((field) => field === document.activeElement), "who types on is not interrupted");
  await screen.assertForEverybody();
  await refused.getByLabel("Tags").fill("post, post");
  await refused.getByLabel("Tags").press("Enter");
  await screen.task("Buy stamps").waitFor();
  await screen.idle();
  assert.deepEqual((await person.tasks()).map((task) => task.title), ["Buy stamps"]);
  await screen.close();
});

test("too many requests are made later", async () => {
  const person = await Person.registered();
  const screen = await Screen.signedIn(browser, person);
  let refused = 0;
  await screen.page.route("**/api/me/tasks", (route) => {
    if (route.request().method() !== "POST" || refused++ > 0) return route.continue();
    return route.fulfill({ status: 429, headers: { "Retry-After": "1" }, contentType: "application/problem+json", body: "{}" });
  });
  await screen.add("Buy stamps");
  await screen.idle();
  assert.equal(refused, 2);
  assert.equal((await person.tasks()).length, 1);
  await screen.close();
});

test("what is deleted comes back, and a long list comes in pages", async () => {
  const person = await Person.registered();
  for (let count = 1; count <= 25; count++) await person.add({ title: `Task ${String(count).padStart(2, "0")}` });
  const screen = await Screen.signedIn(browser, person);
  await screen.task("Task 25").waitFor();
  assert.equal(await screen.page.getByRole("listitem").count(), 20);
  await screen.page.getByRole("button", { name: "More" }).click();
  await screen.task("Task 01").waitFor();
  assert.equal(await screen.page.getByRole("listitem").count(), 25);

  await screen.task("Task 25").getByRole("button", { name: "Delete" }).click();
  await screen.task("Task 25").waitFor({ state: "detached" });
  await screen.idle();
  assert.equal((await person.tasks()).length, 24);
  await screen.page.getByRole("button", { name: "Undo" }).click();
  await screen.task("Task 25").waitFor();
  await screen.idle();
  assert.equal((await person.tasks()).length, 25);
  assert.deepEqual(screen.errors, []);
  await screen.close();
});

test("the keyboard is enough", async () => {
  const person = new Person();
  const screen = await Screen.open(browser);
  const { keyboard } = screen.page;
  await keyboard.type(person.email);
  await keyboard.press("Tab");
  await keyboard.type(person.password);
  await keyboard.press("Tab");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await screen.newTitle().waitFor();
  await keyboard.type("Buy stamps");
  await keyboard.press("Enter");
  await screen.task("Buy stamps").waitFor();
  await screen.idle();

  const reach = async (name: string): Promise<void> => {
    for (let steps = 0; steps < 30; steps++) {
      if (await screen.page.evaluate((wanted) => document.activeElement?.ariaLabel === wanted, name)) return;
      await keyboard.press("Tab");
    }
    assert.fail(`Tab does not lead to ${name}`);
  };
  await reach("Edit “Buy stamps”");
  await keyboard.press("Enter");
  await keyboard.press("End");
  await keyboard.type(" for letters");
  await keyboard.press("Enter");
  await screen.task("Buy stamps for letters").waitFor();
  await screen.idle();
  await reach("Delete “Buy stamps for letters”");
  await keyboard.press("Enter");
  await screen.notice("is deleted");
  await keyboard.press("Enter");
  await screen.notice("is back");
  await screen.task("Buy stamps for letters").waitFor();
  await reach("Delete “Buy stamps for letters”");
  await keyboard.press("Shift+Tab");
  await keyboard.press("Shift+Tab");
  await keyboard.press("Space");
  await screen.page.getByRole("checkbox", { checked: true }).waitFor();
  await screen.idle();
  assert.deepEqual(screen.errors, []);
  await screen.close();
});
