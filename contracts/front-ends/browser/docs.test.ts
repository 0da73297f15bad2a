import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import axe from "axe-core";
import type { Browser, Locator, Page } from "playwright-core";
import { launch, phone, server, visit } from "./chromium.js";

let browser: Browser;

before(async () => {
  browser = await launch();
});

after(() => browser.close());

const button = (page: Page): Locator => page.getByRole("button", { name: /^Try it as (a|another) new user$/ });
const says = (page: Page, text: RegExp): Promise<void> => page.getByRole("status").filter({ hasText: text }).waitFor();

async function open(page: Page, operation: string): Promise<Locator> {
  const block = page.locator(`#operations-${operation}`);
  await block.locator(".opblock-summary-control").click();
  await block.getByRole("button", { name: "Execute" }).waitFor();
  return block;
}

/** Sends the request as the page has prepared it; answers with its status. */
async function execute(block: Locator): Promise<string> {
  await block.getByRole("button", { name: "Execute" }).click();
  const status = block.locator(".live-responses-table tbody .response-col_status").first();
  return (await status.innerText()).trim().slice(0, 3);
}

async function createTask(page: Page): Promise<Locator> {
  await button(page).click();
  await says(page, /^You are try-\w+@example\.com\./);
  const block = await open(page, "Tasks-createTask");
  assert.equal(await execute(block), "201");
  return block;
}

async function assertFits(page: Page): Promise<void> {
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.equal(beyond, 0, `${beyond} pixels lie beyond the page's right edge`);
}

/** How bright the page behind its text is, 0 to 255. */
const brightness = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const colours = [document.body, document.documentElement].map((part) => getComputedStyle(part).backgroundColor);
    const painted = colours.find((colour) => colour !== "rgba(0, 0, 0, 0)") ?? "rgb(255, 255, 255)";
    return Number(/\d+/.exec(painted)?.[0]);
  });

/** What axe finds in what is ours: everything but what Swagger UI draws. */
async function violations(page: Page, besides: string[]): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (exclude) => {
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run({ exclude });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  }, besides);
}

test("a visitor becomes a user with one click, and creates a task", () =>
  visit(browser, "/docs", {}, async (page) => {
    const created = await createTask(page);
    assert.match(await created.innerText(), /"title": "Pay the rent"/);
    const listed = await open(page, "Tasks-listTasks");
    assert.equal(await execute(listed), "200");
    assert.match(await listed.innerText(), /"title": "Pay the rent"/);
  }));

test("every operation of a task has one to work on", () =>
  visit(browser, "/docs", {}, async (page) => {
    await open(page, "Tasks-getTask");
    await button(page).click();
    await says(page, /^You are try-/);
    const opened = page.locator("#operations-Tasks-getTask");
    assert.equal(await execute(opened), "200");
    for (const operation of ["updateTask", "skipOccurrence", "listOccurrences", "completeTask", "reopenTask"]) {
      assert.equal(await execute(await open(page, `Tasks-${operation}`)), "200", operation);
    }
    const created = await open(page, "Tasks-createTask");
    assert.equal(await execute(created), "201");
    const id = /"id": (\d+)/.exec(await created.innerText())?.[1];
    assert.equal(await execute(opened), "200");
    assert.match(await opened.locator(".request-url pre").innerText(), new RegExp(`/tasks/${id}\\s*$`));
    assert.equal(await execute(await open(page, "Tasks-deleteTask")), "204");
    assert.equal(await execute(await open(page, "Trash-restoreTask")), "200");
  }));

test("tasks are imported without a file", () =>
  visit(browser, "/docs", {}, async (page) => {
    await button(page).click();
    await says(page, /^You are try-/);
    const block = await open(page, "Transfer-importTasks");
    assert.equal(await execute(block), "200");
    assert.match(await block.innerText(), /"imported": [1-9]/);
  }));

test("requests go to the server that the page comes from", () =>
  visit(browser, "/docs", {}, async (page) => {
    const block = await open(page, "System-getLiveness");
    assert.equal(await execute(block), "200");
    assert.equal((await block.locator(".request-url pre").innerText()).trim(), `${server}/health/live`);
  }));

test("who registers by trying it is signed in, and who logs out is not", () =>
  visit(browser, "/docs", { allowed: /401/ }, async (page) => {
    const register = await open(page, "Accounts-register");
    const body = register.locator("textarea");
    const email = `tried-${Date.now()}@example.com`;
    await body.fill(JSON.stringify({ email, password: "correct horse battery staple" }));
    assert.equal(await execute(register), "201");
    await says(page, new RegExp(`^You are ${email}\\.`));
    const account = await open(page, "Accounts-getAccount");
    assert.equal(await execute(account), "200");
    assert.match(await account.innerText(), new RegExp(email));
    assert.equal(await execute(await open(page, "Accounts-logOut")), "204");
    await says(page, /nobody/);
    assert.equal(await execute(await open(page, "Tasks-listTasks")), "401");
  }));

test("where accounts are off, the page says what to do instead", () =>
  visit(browser, "/docs", { allowed: /403/ }, async (page) => {
    await page.route("**/api/auth/register", (route) =>
      route.fulfill({ status: 403, contentType: "application/problem+json", body: '{"code": "accounts-off"}' }),
    );
    await button(page).click();
    await says(page, /keeps no accounts.*Authorize/);
  }));

test("nothing of a user is kept when the page is left", () =>
  visit(browser, "/docs", {}, async (page) => {
    await button(page).click();
    await says(page, /^You are try-/);
    assert.deepEqual(
      await page.evaluate(() => [{ ...localStorage }, { ...sessionStorage }, document.cookie]),
      [{}, {}, ""],
    );
    await page.reload();
    await says(page, /need a user/);
  }));

test("a link leads to an operation", () =>
  visit(browser, "/docs#/Bulk/completeTasks", {}, async (page) => {
    await page.locator("#operations-Bulk-completeTasks").getByRole("button", { name: "Execute" }).waitFor();
  }));

test("the keyboard is enough", () =>
  visit(browser, "/docs", {}, async (page) => {
    await page.locator(".opblock").first().waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "try");
    await page.keyboard.press("Enter");
    await says(page, /^You are try-/);
    await page.locator("#operations-Tasks-createTask .opblock-summary-control").focus();
    await page.keyboard.press("Enter");
    await page.locator("#operations-Tasks-createTask .execute").focus();
    await page.keyboard.press("Enter");
    await page.locator("#operations-Tasks-createTask .live-responses-table").waitFor();
  }));

for (const colorScheme of ["light", "dark"] as const) {
  test(`it fits a phone, in ${colorScheme} colours`, () =>
    visit(browser, "/docs", { ...phone, colorScheme }, async (page) => {
      await createTask(page);
      await page.getByText("What holds for every operation").click();
      await page.locator("summary", { hasText: /^Errors$/ }).click();
      await assertFits(page);
      assert.equal((await brightness(page)) < 128, colorScheme === "dark");
    }));

  for (const path of ["/problems", "/problems/not-found"]) {
    test(`${path} fits a phone, and everybody can read it, in ${colorScheme} colours`, () =>
      visit(browser, path, { ...phone, colorScheme }, async (page) => {
        await assertFits(page);
        assert.equal((await brightness(page)) < 128, colorScheme === "dark");
        assert.deepEqual(await violations(page, []), []);
      }));
  }

  test(`what the reference adds to Swagger UI, everybody can read, in ${colorScheme} colours`, () =>
    visit(browser, "/docs", { colorScheme }, async (page) => {
      await page.locator(".opblock").first().waitFor();
      assert.deepEqual(await violations(page, [".swagger-ui"]), []);
    }));
}
