import { join } from "node:path";
import { defineConfig } from "vite";

// `viz` is the folder of that name, whose packages stand beside it; the other engines stand beside this file's copy.
export default defineConfig({
  publicDir: false,
  resolve: { alias: { viz: process.env.POBRATIM_VIZ } },
  define: { "process.env.NODE_ENV": '"production"' },
  build: { outDir: join(import.meta.dirname, "out"), lib: { entry: join(import.meta.dirname, "engines.ts"), formats: ["iife"], name: "bench", fileName: () => "engines.js" } },
});
