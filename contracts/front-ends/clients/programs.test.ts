import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { promisify } from "node:util";

const prints = readFileSync("clients/prints.txt", "utf8");

for (const client of ["openapi-fetch", "orval", "hey-api", "typescript-fetch"]) {
  test(`${client}: a program signs in, creates, lists, patches and meets problems`, async () => {
    // West of Greenwich, a date that is read as midnight in UTC is the day before.
    const env = { ...process.env, TZ: "America/Los_Angeles" };
    const { stdout } = await promisify(execFile)(process.execPath, [`target/clients/${client}/program.js`], { env });
    assert.equal(stdout, prints);
  });
}
