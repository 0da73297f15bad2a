import { readFileSync } from "node:fs";

export type Schema = {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: string[];
  nullable?: boolean;
  uniqueItems?: boolean;
  minItems?: number;
  maxItems?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean;
  items?: Schema;
};
export type Example = { value: object | string };
export type Content = { content?: Record<string, { schema: Schema; examples: Record<string, Referable<Example>> }> };
export type Parameter = { name: string; in: string; required?: boolean; schema: Schema; example?: string | number };
export type Operation = {
  operationId: string;
  tags: string[];
  security?: object[];
  parameters: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content>;
  path: string;
  method: string;
};
type Referable<T> = T | { $ref: string };
type Written = Omit<Operation, "parameters" | "responses"> & {
  parameters?: Referable<Parameter>[];
  responses: Record<string, Referable<Content>>;
};

export const contract: {
  paths: Record<string, { parameters?: Referable<Parameter>[] } & Record<string, Written>>;
  components: { schemas: Record<string, Schema>; examples: Record<string, Example> };
} = JSON.parse(readFileSync("target/todo-api.json", "utf8"));

/** Every operation, with the parameters of its path, and without references but those to schemas. */
export const operations: Operation[] = Object.entries(contract.paths).flatMap(([path, { parameters = [], ...methods }]) =>
  Object.entries(methods).map(([method, operation]) => ({
    ...operation,
    path,
    method: method.toUpperCase(),
    parameters: [...parameters, ...(operation.parameters ?? [])].map(resolve),
    responses: Object.fromEntries(Object.entries(operation.responses).map(([status, answer]) => [status, resolve(answer)])),
  })),
);

export function resolve<T extends object>(given: Referable<T>): T {
  return "$ref" in given ? given.$ref.split("/").slice(1).reduce((node: any, key) => node[key], contract) : given;
}

export function isJson(media: string) {
  return /^application\/([a-z-]+\+)?json$/.test(media);
}
