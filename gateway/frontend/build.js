/* Builds ../gateway/static: hashed names, a manifest, integrity of the scripts that stand alone, a compressed copy of each
   text file. The same sources give the same bytes anywhere: esbuild is pinned, and nothing here asks for the time or the machine. */
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const out = resolve("../gateway/static");
const territories = resolve("../../territories");

function themes() {
  const found = readdirSync(territories).filter((name) => existsSync(join(territories, name, "theme.css")));
  return found.map((name) => ({ in: join(territories, name, "theme.css"), out: `theme-${name}` }));
}

function entries(folder, ending) {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending));
  return names.map((name) => ({ in: join(folder, name), out: basename(name, ending) }));
}

const TARGET = ["chrome107", "firefox104", "safari16"];

/* `import code from "worker:./check.js"` gives the bundle of that worker as a text: it travels inside the page's one script, so that
   one hash says what runs, workers included. */
const workers = {
  name: "workers",
  setup(made) {
    made.onResolve({ filter: /^worker:/ }, ({ path, importer }) => ({
      path: resolve(dirname(importer), path.slice("worker:".length)),
      namespace: "worker",
    }));
    made.onLoad({ filter: /.*/, namespace: "worker" }, async ({ path }) => {
      const found = await build({ entryPoints: [path], bundle: true, minify: true, write: false, format: "iife", target: TARGET });
      return { contents: found.outputFiles[0].text, loader: "text" };
    });
  },
};

async function bundle(entryPoints, options) {
  const result = await build({
    entryPoints,
    bundle: true,
    minify: true,
    metafile: true,
    outdir: out,
    entryNames: "[name].[hash]",
    assetNames: "[name].[hash]",
    chunkNames: "part.[hash]",
    loader: { ".woff2": "file", ".png": "file", ".svg": "file" },
    nodePaths: [resolve("node_modules")],
    target: TARGET,
    logLevel: "warning",
    ...options,
  });
  return Object.entries(result.metafile.outputs);
}

/* "site.AB12CD34.css" is asked for as "site.css". */
function plainName(path) {
  return basename(path).replace(/\.[A-Z0-9]{8}\./, ".");
}

function compress(path) {
  const body = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}

rmSync(out, { recursive: true, force: true });
const outputs = [
  ...(await bundle([...entries("entries", ".css"), ...themes()], {})),
  ...(await bundle(entries("entries", ".js"), { format: "esm", splitting: true })),
];
/* The booth, the verifier and the trustee's page share no part with other pages, nor with one another. */
const alone = await bundle(entries("booth/pages", ".js"), { format: "esm", plugins: [workers] });
const integrity = {};
for (const [path] of alone) {
  integrity[plainName(path)] = `sha384-${createHash("sha384").update(readFileSync(path)).digest("base64")}`;
}
const manifest = {};
for (const [path] of [...outputs, ...alone]) {
  manifest[plainName(path)] = basename(path);
  if (/\.(css|js|svg)$/.test(path)) compress(path);
}
for (const [name, value] of Object.entries({ manifest, integrity })) {
  writeFileSync(join(out, `${name}.json`), `${JSON.stringify(value, Object.keys(value).sort(), 1)}\n`);
}
