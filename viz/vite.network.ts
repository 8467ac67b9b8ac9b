import { defineConfig, type Plugin } from "vite";

/** What is in the repository as built must be our own throughout. */
function ownOnly(): Plugin {
  return {
    name: "own-only",
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((made) => (made.type === "chunk" ? made.moduleIds : []));
      const foreign = modules.filter((id) => id.includes("node_modules"));
      if (foreign.length) this.error(`the network page's script holds what is not ours: ${foreign.join(", ")}`);
    },
  };
}

// One classic script, which network/page.py puts into the page. It is in the repository as built, so that the page can be
// written where there is no node; not minified, so that a change of it can be read.
export default defineConfig({
  publicDir: false,
  plugins: [ownOnly()],
  build: {
    outDir: process.env.POBRATIM_BUILD_OUT ?? ".",
    emptyOutDir: false,
    minify: false,
    target: "es2022",
    lib: { entry: "network/main.ts", formats: ["iife"], name: "network", fileName: () => "network.js" },
    rolldownOptions: { output: { comments: { legal: true, annotation: false, jsdoc: false } } },
  },
});
