import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import { contract, isJson, operations, resolve, type Operation } from "./contract";

// Prism, as the README starts it, answers every operation of the contract as the contract says.

const schemas = new Ajv({ strict: false, allErrors: true });
formats.default(schemas);
schemas.addSchema(contract, "contract");

const prism = spawn("node_modules/.bin/prism", ["mock", "-p", "0", "../todo-api.yaml"], {
  stdio: ["ignore", "pipe", "inherit"],
});
let url: string | undefined;

before(async () => {
  for await (const line of createInterface(prism.stdout)) {
    url = /listening on (\S+)/.exec(line)?.[1];
    if (url) {
      break;
    }
  }
  prism.stdout.resume();
  assert.ok(url);
});
after(() => void prism.kill());

test("null is for what may be null", () => {
  const task = contract.components.examples["task"]!.value as object;
  assert.deepEqual(errors({ ...task, due_date: null }, "#/components/schemas/Task"), []);
  assert.notDeepEqual(errors({ ...task, title: null }, "#/components/schemas/Task"), []);
  assert.notDeepEqual(errors({ ...task, created_at: "yesterday" }, "#/components/schemas/Task"), []);
});

for (const operation of operations) {
  test(`${operation.operationId}: the mock takes every example, and answers as declared`, async () => {
    for (const { media, body } of examples(operation)) {
      const answer = await send(operation, body, media && { "Content-Type": media });
      assert.ok(answer.ok, `${answer.status}`);
      await check(answer, operation);
    }
  });

  const problems = Object.keys(operation.responses).filter((status) => Number(status) >= 400);
  test(`${operation.operationId}: the mock shows each of ${problems.length} problems`, async () => {
    assert.ok(problems.length > 0);
    const [{ media, body }] = examples(operation) as [Body];
    for (const status of problems) {
      const answer = await send(operation, body, { ...(media && { "Content-Type": media }), Prefer: `code=${status}` });
      assert.equal(answer.status, Number(status));
      await check(answer, operation);
    }
  });

  if (Object.keys(operation.requestBody?.content ?? {}).some(isJson)) {
    test(`${operation.operationId}: the mock refuses another body`, async () => {
      const answer = await send(operation, { no_such_field: true }, { "Content-Type": "application/json" });
      assert.equal(answer.status, 422);
      await check(answer, operation);
    });
  }

  if (operation.security?.length !== 0) {
    test(`${operation.operationId}: the mock wants a token`, async () => {
      const [{ media, body }] = examples(operation) as [Body];
      const answer = await send(operation, body, { ...(media && { "Content-Type": media }), Authorization: "" });
      assert.equal(answer.status, 401);
      await check(answer, operation);
    });
  }
}

type Body = { media?: string; body?: object | string };

/** What can be sent, at least nothing. */
function examples({ requestBody }: Operation): Body[] {
  const bodies = Object.entries(requestBody?.content ?? {}).flatMap(([media, { examples }]) =>
    Object.values(examples).map((example) => ({ media, body: resolve(example).value })),
  );
  return bodies.length > 0 ? bodies : [{}];
}

function send({ path, method, parameters }: Operation, body?: object | string, headers?: Record<string, string> | "") {
  const filled = path.replace(/\{(.+?)\}/g, (_, name: string) =>
    encodeURIComponent(parameters.find((parameter) => parameter.name === name)!.example!),
  );
  return fetch(url + filled, {
    method,
    headers: { Authorization: "Bearer token", ...(headers || {}) },
    ...(body && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

async function check(answer: Response, { responses }: Operation) {
  const declared = responses[answer.status];
  assert.ok(declared, `${answer.status} is not declared.`);
  const media = answer.headers.get("Content-Type")?.split(";")[0];
  const text = await answer.text();
  if (!declared.content) {
    return assert.equal(text, "");
  }
  const content = declared.content[media ?? ""];
  assert.ok(content, `${media} is not declared for ${answer.status}.`);
  if (isJson(media!)) {
    assert.deepEqual(errors(JSON.parse(text), content.schema.$ref!), []);
  } else {
    assert.ok(Object.values(content.examples).some((example) => resolve(example).value === text));
  }
}

function errors(body: unknown, schema: string) {
  const validate = schemas.getSchema(`contract${schema}`)!;
  return validate(body) ? [] : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);
}
