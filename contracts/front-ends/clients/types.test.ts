import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import ts from "typescript";
import { contract, isJson, operations, type Content, type Operation, type Parameter, type Schema } from "./contract";

// The compiler looks up what each generator has made of every JSON body, every JSON answer and all parameters of each
// operation; each type is compared with its schema, property by property. One that is not there is an "any" to the
// compiler, and found as such.

type Wanted = { as: string; schema: Schema };
type Document = { schemas: Record<string, Schema>; operations: Operation[] };

/** Where a generator keeps the types of an operation, and in what it differs from the document. */
type Client = {
  module: string;
  body: (operation: Operation, media: string, schema: string) => string;
  answer: (operation: Operation, status: number, media: string) => string;
  parameters: (operation: Operation) => Wanted;
  noHeaders?: boolean;
  propertyName?: (name: string) => string;
  dates?: boolean;
};

const clients: Record<string, Client> = {
  "openapi-fetch": {
    module: "openapi-fetch/todo-api",
    body: ({ operationId: id }, media) => `NonNullable<c.operations["${id}"]["requestBody"]>["content"]["${media}"]`,
    answer: ({ operationId: id }, status, media) => `c.operations["${id}"]["responses"][${status}]["content"]["${media}"]`,
    parameters: (operation) => ({
      as: `c.operations["${operation.operationId}"]["parameters"]`,
      schema: grouped(operation, { path: "path", query: "query", header: "header" }),
    }),
  },
  orval: {
    module: "orval/todo-api",
    body: ({ operationId: id }) => `c.${pascal(id)}MutationBody`,
    answer: ({ operationId: id }, status) => `c.${id}Response${status}["data"]`,
    // The variables of the path are arguments, known by their place only, and so is the body; headers are in no
    // signature: a program gives them with the options of a request.
    parameters: (operation) => {
      const inPath = [...operation.path.matchAll(/{(\w+)}/g)].map(([, name]) => name!);
      const query = operation.parameters.some((parameter) => parameter.in === "query");
      const infer = [
        ...inPath.map((name) => `infer ${name}`),
        ...(operation.requestBody ? ["infer _"] : []),
        ...(query ? ["(infer query)?"] : []),
        "RequestInit?",
      ];
      const found = [...inPath.map((name) => `${name}: ${name}`), ...(query ? ["query?: query"] : [])];
      const { properties, ...schema } = grouped(operation, { path: "path", query: "query" });
      return {
        as: `Parameters<typeof c.${operation.operationId}> extends [${infer}] ? { ${found.join("; ")} } : "other arguments"`,
        schema: {
          ...schema,
          required: properties?.["path"]?.required ?? [],
          properties: { ...properties?.["path"]?.properties, ...(query && { query: properties!["query"]! }) },
        },
      };
    },
    noHeaders: true,
  },
  "hey-api": {
    module: "hey-api",
    body: ({ operationId: id }) => `NonNullable<c.${pascal(id)}Data["body"]>`,
    answer: ({ operationId: id }, status) => `c.${pascal(id)}${status < 300 ? "Responses" : "Errors"}[${status}]`,
    parameters: (operation) => ({
      as: `Omit<c.${pascal(operation.operationId)}Data, "body" | "url">`,
      schema: grouped(operation, { path: "path", query: "query", header: "headers" }),
    }),
  },
  "typescript-fetch": {
    module: "typescript-fetch",
    body: ({ operationId: id }, _, schema) => `c.${pascal(id)}Request["${camel(schema)}"]`,
    // Problems are in no signature: a program reads them with ProblemFromJSON.
    answer: ({ operationId: id, tags: [tag] }, status) =>
      status < 300 ? `Awaited<ReturnType<c.${tag}Api["${id}"]>>` : "ReturnType<typeof c.ProblemFromJSON>",
    // All are in one object, with the body; there is none where there is nothing to give.
    parameters: ({ operationId: id, tags: [tag], parameters, requestBody }) => {
      const [, body] = jsonOf(requestBody ?? {})[0] ?? [];
      return {
        as: `Parameters<c.${tag}Api["${id}"]> extends [(RequestInit | c.InitOverrideFunction)?]
          ? {} : Omit<c.${pascal(id)}Request, ${requestBody ? `"${camel(body?.$ref?.split("/").pop() ?? "body")}"` : "never"}>`,
        schema: record(parameters),
      };
    },
    propertyName: camel,
    dates: true,
  },
};

const changes: Record<string, (document: Document) => void> = {
  "a value less": ({ schemas: { ProblemCode } }) => ProblemCode?.enum?.pop(),
  "a value more": ({ schemas: { TaskSort } }) => TaskSort?.enum?.push("id"),
  "text for values": ({ schemas: { TaskPriority } }) => delete TaskPriority?.enum,
  "never null": ({ schemas: { DueDate } }) => delete DueDate?.nullable,
  "null, too": ({ schemas: { TaskTitle } }) => Object.assign(TaskTitle!, { nullable: true }),
  "a number for text": ({ schemas: { TimeZone } }) => Object.assign(TimeZone!, { type: "integer" }),
  "a property less": ({ schemas: { InputError } }) => delete InputError?.properties?.["pointer"],
  "a property more": ({ schemas: { Account } }) => Object.assign(Account!.properties!, { nickname: { type: "string" } }),
  "a property that may be absent": ({ schemas: { Task } }) => Task?.required?.pop(),
  "a property that may not": ({ schemas: { TaskPatch } }) => Object.assign(TaskPatch!, { required: ["title"] }),
  "an object that may have more": ({ schemas: { Account } }) => Object.assign(Account!, { additionalProperties: true }),
  "an object that may not": ({ schemas: { ContractInfo } }) => delete ContractInfo?.additionalProperties,
  "text for a number in a path": (document) => Object.assign(parameter(document, "task_id"), { schema: { type: "string" } }),
  "text for a number in a query": (document) => Object.assign(parameter(document, "limit"), { schema: { type: "string" } }),
  "a query parameter less": (document) => withoutParameter(document, "overdue"),
  "a query parameter more": ({ operations }) => withParameter(operations, "listTasks", "query"),
  "the first query parameter of an operation": ({ operations }) => withParameter(operations, "getTask", "query"),
  "a query parameter that must be there": (document) => Object.assign(parameter(document, "q"), { required: true }),
};

const changedHeaders: typeof changes = {
  "a number for text in a header": (document) =>
    Object.assign(parameter(document, "If-Match"), { schema: { type: "integer" } }),
  "a header less": (document) => withoutParameter(document, "Idempotency-Key"),
  "a header more": ({ operations }) => withParameter(operations, "getTask", "header"),
};

for (const [name, client] of Object.entries(clients)) {
  const { checker, types } = compiled(
    name,
    client.module,
    wanted(client, operations).map(({ as }) => as),
  );
  const found = (document: Document) =>
    wanted(client, document.operations).flatMap(({ schema, as }, i) =>
      differences(checker, client, document.schemas, types[i]!, schema, as),
    );
  const given: Document = { schemas: contract.components.schemas, operations };
  const asGiven = found(given);

  test(`${name}: ${types.length} types are as the contract has them`, () => {
    assert.ok(types.length > 400);
    assert.deepEqual(asGiven, []);
  });

  for (const [what, change] of Object.entries({ ...changes, ...(!client.noHeaders && changedHeaders) })) {
    test(`${name}: ${what} would be noticed`, () => {
      const document = structuredClone(given);
      change(document);
      assert.notDeepEqual(document, given);
      assert.notDeepEqual(
        found(document).filter((difference) => !asGiven.includes(difference)),
        [],
      );
    });
  }
}

const wrong: [type: string, schema: Schema][] = [
  ["any", { type: "string" }],
  ["unknown", { type: "string" }],
  ["true", { type: "boolean" }],
  ["boolean | 1", { type: "boolean" }],
  ["{ a?: string }", { type: "object" }],
  ["{ [key: string]: unknown }", { type: "object" }],
  ["{}", { type: "object", additionalProperties: true }],
  ["{ [key: number]: unknown }", { type: "object", additionalProperties: true }],
];
const { checker, types: wrongTypes } = compiled(
  "wrong",
  "openapi-fetch/todo-api",
  wrong.map(([type]) => type),
);
wrong.forEach(([type, schema], i) => {
  test(`${type} is not ${JSON.stringify(schema)}`, () => {
    assert.equal(differences(checker, clients["openapi-fetch"]!, {}, wrongTypes[i]!, schema, "it").length, 1);
  });
});

function wanted(client: Client, operations: Operation[]): Wanted[] {
  return operations.flatMap((operation) => [
    ...jsonOf(operation.requestBody ?? {}).map(([media, schema]) => ({
      as: client.body(operation, media, schema.$ref?.split("/").pop() ?? ""),
      schema,
    })),
    ...Object.entries(operation.responses).flatMap(([status, answer]) =>
      jsonOf(answer).map(([media, schema]) => ({ as: client.answer(operation, Number(status), media), schema })),
    ),
    client.parameters(operation),
  ]);
}

function compiled(name: string, module: string, wanted: string[]) {
  mkdirSync("target/types", { recursive: true });
  const file = `target/types/${name}.ts`;
  writeFileSync(
    file,
    [`import type * as c from "../${module}";`, ...wanted.map((as, i) => `export type T${i} = ${as};`)].join("\n"),
  );
  const program = ts.createProgram([file], {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: [],
  });
  const checker = program.getTypeChecker();
  const aliases = program.getSourceFile(file)!.statements.filter(ts.isTypeAliasDeclaration);
  return { checker, types: aliases.map(({ name }) => checker.getTypeAtLocation(name)) };
}

/** What is wrong with a type, each with where it is. */
function differences(
  checker: ts.TypeChecker,
  client: Client,
  schemas: Record<string, Schema>,
  type: ts.Type,
  given: Schema,
  where: string,
): string[] {
  const schema = given.$ref ? schemas[given.$ref.split("/").pop()!]! : given;
  const members = (type.isUnion() ? type.types : [type]).filter((member) => !(member.flags & ts.TypeFlags.Undefined));
  const nullable = members.some((member) => member.flags & ts.TypeFlags.Null);
  const [only, ...others] = members.filter((member) => !(member.flags & ts.TypeFlags.Null));
  const differ = [`${where} is ${checker.typeToString(type)}, and not ${JSON.stringify(schema).substring(0, 80)}`];
  const inner = (type: ts.Type, schema: Schema, name: string) =>
    differences(checker, client, schemas, type, schema, `${where}.${name}`);

  if (!only || nullable !== (schema.nullable ?? false)) {
    return differ;
  }
  if (schema.enum) {
    const values = [only, ...others].map((member) => (member.isStringLiteral() ? member.value : "?"));
    return String(values.sort()) === String(schema.enum.toSorted()) ? [] : differ;
  }
  if (schema.type === "boolean") {
    const both = [only, ...others].map((member) => checker.typeToString(member)).sort();
    return String(both) === "false,true" ? [] : differ;
  }
  if (others.length > 0) {
    return differ;
  }
  switch (schema.type) {
    case "string":
      return client.dates && schema.format?.startsWith("date")
        ? only.symbol?.name === "Date" ? [] : differ
        : only.flags & ts.TypeFlags.String ? [] : differ;
    case "integer":
    case "number":
      return only.flags & ts.TypeFlags.Number ? [] : differ;
    case "array": {
      const items = checker.getTypeArguments(only as ts.TypeReference);
      const list = checker.isTupleType(only)
        ? schema.minItems === items.length && schema.maxItems === items.length
        : checker.isArrayType(only) || (schema.uniqueItems && only.symbol?.name === "Set");
      return list && items.length > 0 ? [...new Set(items)].flatMap((item) => inner(item, schema.items!, "items")) : differ;
    }
    case "object": {
      const nameOf = client.propertyName ?? ((name: string) => name);
      const expected = Object.entries(schema.properties ?? {});
      const names = checker
        .getPropertiesOfType(only)
        // What is optional, and never there, is not there.
        .filter((property) => !(checker.getTypeOfSymbol(property).flags & ts.TypeFlags.Undefined))
        .map((property) => property.name);
      const index = checker.getIndexInfosOfType(only).map(({ keyType }) => checker.typeToString(keyType));
      if (
        // openapi-typescript joins what is known and what is not by an "&".
        !(only.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) ||
        String(index) !== (schema.additionalProperties === true ? "string" : "") ||
        String(names.sort()) !== String(expected.map(([name]) => nameOf(name)).sort())
      ) {
        return differ;
      }
      return expected.flatMap(([name, property]) => {
        const symbol = only.getProperty(nameOf(name))!;
        const optional = Boolean(symbol.flags & ts.SymbolFlags.Optional);
        return optional === (schema.required ?? []).includes(name)
          ? [`${where}.${name} ${optional ? "may" : "must not"} be absent`]
          : inner(checker.getTypeOfSymbol(symbol), property, name);
      });
    }
    default:
      return differ;
  }
}

function jsonOf({ content = {} }: Content) {
  return Object.entries(content).flatMap(([media, { schema }]) => (isJson(media) ? [[media, schema] as const] : []));
}

/** The parameters as one object. */
function record(parameters: Omit<Parameter, "in">[]): Schema {
  return {
    type: "object",
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
  };
}

/** The parameters as one object for each place that has any, under the name that a client has for it. */
function grouped({ parameters }: Operation, places: Record<string, string>): Schema {
  return record(
    Object.entries(places).flatMap(([place, name]) => {
      const here = parameters.filter((parameter) => parameter.in === place);
      return here.length > 0 ? [{ name, required: here.some(({ required }) => required), schema: record(here) }] : [];
    }),
  );
}

function parameter({ operations }: Document, name: string) {
  return operations.flatMap(({ parameters }) => parameters).find((parameter) => parameter.name === name)!;
}

function withoutParameter({ operations }: Document, name: string) {
  for (const operation of operations) {
    operation.parameters = operation.parameters.filter((parameter) => parameter.name !== name);
  }
}

function withParameter(operations: Operation[], id: string, place: string) {
  operations.find(({ operationId }) => operationId === id)!.parameters.push({
    name: "colour",
    in: place,
    schema: { type: "string" },
  });
}

function pascal(name: string) {
  return name[0]!.toUpperCase() + name.slice(1);
}

function camel(name: string) {
  return (name[0]!.toLowerCase() + name.slice(1)).replace(/[_-](.)/g, (_, letter: string) => letter.toUpperCase());
}
