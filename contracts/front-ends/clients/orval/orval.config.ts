import { defineConfig } from "orval";

export default defineConfig({
  todo: {
    input: "../../../todo-api.yaml",
    output: {
      target: "../../target/orval/todo-api.ts",
      client: "react-query",
      httpClient: "fetch",
      urlEncodeParameters: true,
      override: {
        mutator: { path: "fetch.ts", name: "todoFetch" },
        // The keys of "sort" go into one value; all other lists of the contract say that theirs are repeated.
        fetch: { explode: false, forceSuccessResponse: true },
      },
    },
  },
});
