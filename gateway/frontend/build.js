/* Builds ../gateway/static: hashed names, a manifest, and a compressed copy of each text file. */
import { build } from "esbuild";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
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
    target: ["chrome107", "firefox104", "safari16"],
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
const manifest = {};
for (const [path] of outputs) {
  manifest[plainName(path)] = basename(path);
  if (/\.(css|js|svg)$/.test(path)) compress(path);
}
writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, Object.keys(manifest).sort(), 1)}\n`);
