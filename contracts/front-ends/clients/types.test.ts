import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import ts from "typescript";
import { contract, isJson, operations, type Content, type Operation, type Schema } from "./contract";

// The compiler looks up what each generator has made of every JSON body, every JSON answer and every query parameter of
// the contract; each type is compared with its schema, property by property. One that is not there is an "any" to the
// compiler, and found as such.

/** Where a generator keeps the types of an operation, and in what it differs from the document. */
type Client = {
  module: string;
  body: (operation: Operation, media: string, schema: string) => string;
  answer: (operation: Operation, status: number, media: string) => string;
  query: (operation: Operation, name: string) => string;
  propertyName?: (name: string) => string;
  dates?: boolean;
};

const clients: Record<string, Client> = {
  "openapi-fetch": {
    module: "openapi-fetch/todo-api",
    body: ({ operationId: id }, media) => `NonNullable<c.operations["${id}"]["requestBody"]>["content"]["${media}"]`,
    answer: ({ operationId: id }, status, media) => `c.operations["${id}"]["responses"][${status}]["content"]["${media}"]`,
    query: ({ operationId: id }, name) => `NonNullable<c.operations["${id}"]["parameters"]["query"]>["${name}"]`,
  },
  orval: {
    module: "orval/todo-api",
    body: ({ operationId: id }) => `c.${pascal(id)}MutationBody`,
    answer: ({ operationId: id }, status) => `c.${id}Response${status}["data"]`,
    query: ({ operationId: id }, name) => `c.${pascal(id)}Params["${name}"]`,
  },
  "hey-api": {
    module: "hey-api",
    body: ({ operationId: id }) => `NonNullable<c.${pascal(id)}Data["body"]>`,
    answer: ({ operationId: id }, status) => `c.${pascal(id)}${status < 300 ? "Responses" : "Errors"}[${status}]`,
    query: ({ operationId: id }, name) => `NonNullable<c.${pascal(id)}Data["query"]>["${name}"]`,
  },
  "typescript-fetch": {
    module: "typescript-fetch",
    body: ({ operationId: id }, _, schema) => `c.${pascal(id)}Request["${camel(schema)}"]`,
    // Problems are in no signature: a program reads them with ProblemFromJSON.
    answer: ({ operationId: id, tags: [tag] }, status) =>
      status < 300 ? `Awaited<ReturnType<c.${tag}Api["${id}"]>>` : "ReturnType<typeof c.ProblemFromJSON>",
    query: ({ operationId: id }, name) => `c.${pascal(id)}Request["${camel(name)}"]`,
    propertyName: camel,
    dates: true,
  },
};

const changes: Record<string, (schemas: Record<string, Schema>) => void> = {
  "a value less": ({ ProblemCode }) => ProblemCode?.enum?.pop(),
  "a value more": ({ TaskSort }) => TaskSort?.enum?.push("id"),
  "text for values": ({ TaskPriority }) => delete TaskPriority?.enum,
  "never null": ({ DueDate }) => delete DueDate?.nullable,
  "null, too": ({ TaskTitle }) => Object.assign(TaskTitle!, { nullable: true }),
  "a number for text": ({ TimeZone }) => Object.assign(TimeZone!, { type: "integer" }),
  "a property less": ({ InputError }) => delete InputError?.properties?.["pointer"],
  "a property more": ({ Account }) => Object.assign(Account!.properties!, { nickname: { type: "string" } }),
  "a property that may be absent": ({ Task }) => Task?.required?.pop(),
  "a property that may not": ({ TaskPatch }) => Object.assign(TaskPatch!, { required: ["title"] }),
};

for (const [name, client] of Object.entries(clients)) {
  const { checker, types } = lookUp(name, client);
  const found = (schemas: Record<string, Schema>) =>
    types.flatMap(({ type, schema, as }) => differences(checker, client, schemas, type, schema, as));

  test(`${name}: ${types.length} types are as the contract has them`, () => {
    assert.ok(types.length > 400);
    assert.deepEqual(found(contract.components.schemas), []);
  });

  for (const [what, change] of Object.entries(changes)) {
    test(`${name}: ${what} would be noticed`, () => {
      const schemas = structuredClone(contract.components.schemas);
      change(schemas);
      assert.notDeepEqual(schemas, contract.components.schemas);
      assert.notDeepEqual(found(schemas), []);
    });
  }
}

function lookUp(name: string, client: Client) {
  const wanted = operations.flatMap((operation) => [
    ...jsonOf(operation.requestBody ?? {}).map(([media, schema]) => ({
      as: client.body(operation, media, schema.$ref?.split("/").pop() ?? ""),
      schema,
    })),
    ...Object.entries(operation.responses).flatMap(([status, answer]) =>
      jsonOf(answer).map(([media, schema]) => ({ as: client.answer(operation, Number(status), media), schema })),
    ),
    ...operation.parameters
      .filter((parameter) => parameter.in === "query")
      .map(({ name, schema }) => ({ as: client.query(operation, name), schema })),
  ]);
  mkdirSync("target/types", { recursive: true });
  const file = `target/types/${name}.ts`;
  writeFileSync(
    file,
    [`import type * as c from "../${client.module}";`, ...wanted.map(({ as }, i) => `export type T${i} = ${as};`)].join("\n"),
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
  return { checker, types: wanted.map((each, i) => ({ ...each, type: checker.getTypeAtLocation(aliases[i]!.name) })) };
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
    return [only, ...others].every((member) => member.flags & ts.TypeFlags.BooleanLiteral) ? [] : differ;
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
      const names = checker.getPropertiesOfType(only).map((property) => property.name);
      if (
        !(only.flags & ts.TypeFlags.Object) ||
        checker.getIndexInfosOfType(only).length > 0 ||
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

function pascal(name: string) {
  return name[0]!.toUpperCase() + name.slice(1);
}

function camel(name: string) {
  return (name[0]!.toLowerCase() + name.slice(1)).replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}
