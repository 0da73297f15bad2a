import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: "../todo-api.yaml",
  output: "target/hey-api",
});
