import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";

/** Packages of package.json that only build, and leave nothing in the bundle. */
const TOOLS = ["vite"];

interface Package {
  name: string;
  version: string;
  license?: string;
  dependencies?: Record<string, string>;
}

function read(folder: string): Package {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf-8")) as Package;
}

/** The folder of a package as node finds it: beside the one that needs it, or further out. */
function folderOf(name: string, from: string): string | undefined {
  const places = [join(from, "node_modules", name), join(import.meta.dirname, "node_modules", name)];
  return places.find((place) => existsSync(join(place, "package.json")));
}

/** Everything the bundle was made of: yasgui comes as one file that holds its own dependencies, which bundlers cannot see. */
function bundled(from: string, found = new Map<string, string>()): Map<string, string> {
  for (const name of Object.keys(read(from).dependencies ?? {})) {
    const folder = TOOLS.includes(name) ? undefined : folderOf(name, from);
    if (!folder || found.has(folder)) continue;
    found.set(folder, notice(folder));
    bundled(folder, found);
  }
  return found;
}

function notice(folder: string): string {
  const { name, version, license } = read(folder);
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const body = texts.map((file) => readFileSync(join(folder, file), "utf-8").trim());
  return [`## ${name} ${version} (${license ?? "see below"})`, ...body].join("\n\n");
}

function licences(): Plugin {
  return {
    name: "licences",
    generateBundle() {
      const source = ["# Licences of what the pages' scripts and the query editor were built from", ...[...bundled(import.meta.dirname).values()].sort()].join("\n\n") + "\n";
      this.emitFile({ type: "asset", fileName: "licences.md", source });
    },
  };
}

/**
 * The script of all pages, and which scripts each island of `app/main.ts` needs, for pages to name them at once: found
 * one by the other they come late.
 */
function scripts(): Plugin {
  return {
    name: "scripts",
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((each) => each.type === "chunk");
      const entry = chunks.find(({ isEntry }) => isEntry)?.fileName;
      const needed = (file: string, found = new Set<string>()): Set<string> => {
        if (file === entry || found.has(file)) return found;
        found.add(file);
        for (const other of chunks.find(({ fileName }) => fileName === file)?.imports ?? []) needed(other, found);
        return found;
      };
      const main = readFileSync(join(import.meta.dirname, "app", "main.ts"), "utf-8");
      const named = [...main.matchAll(/(\w+): \(\) => import\("\.\/([^"]+)"\)/g)].map(([, name, path]) => {
        const chunk = chunks.find(({ moduleIds }) => moduleIds.includes(join(import.meta.dirname, "app", `${path}.ts`)));
        if (!chunk) throw new Error(`no script of the island ${name}`);
        return [name, [...needed(chunk.fileName)]];
      });
      this.emitFile({ type: "asset", fileName: "scripts.json", source: JSON.stringify({ entry, islands: Object.fromEntries(named) }) });
    },
  };
}

/** What is built: `vite build --mode NAME` makes the folder of that name. */
const ENTRIES: Readonly<Record<string, string>> = { app: "app/main.ts", file: "file/main.ts", workbench: "workbench/src/main.ts" };

// The pages are the server's templates. What they name bears no hash, but for the script of all pages: islands ask for it
// by its address alone, and under one without a hash each page would ask whether it is still the same.
// A relative base lets the whole thing stand behind any path of a reverse proxy.
export default defineConfig(({ mode: name }) => ({
  base: "./",
  publicDir: false,
  plugins: name === "app" ? [licences(), scripts()] : [],
  build: {
    outDir: join(process.env.POBRATIM_BUILD_OUT ?? "static", name),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    cssCodeSplit: false,
    modulePreload: false,
    rolldownOptions: {
      input: { [name]: ENTRIES[name] ?? "" },
      // yasgui holds a JSON.parse made of eval for browsers that have none; the page's policy forbids eval, and all browsers have it.
      checks: { eval: false },
      output: {
        // A page in a file of its own holds its script, which can then be no module that asks for others.
        ...(name === "file" ? { format: "iife" as const } : {}),
        entryFileNames: name === "app" ? "chunks/[name]-[hash].js" : "[name].js",
        chunkFileNames: "chunks/[name]-[hash].js",
        assetFileNames: ({ names }) => (names.some((each) => each.endsWith(".css")) ? `${name}.css` : "assets/[name]-[hash][extname]"),
      },
    },
  },
}));
