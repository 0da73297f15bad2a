import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("src"),
  resolve: {
    // Where Maven generates the client; in what it serves, it lies beside the app.
    alias: [{ find: /^\.\/client\//, replacement: here("target/generated/client/") }],
  },
  server: { proxy: { "^/api/": process.env.TODO_URL ?? "http://localhost:8080" } },
  build: { outDir: here("target/vite"), emptyOutDir: true },
});
