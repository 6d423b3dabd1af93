// Builds everything a browser is sent into app/web/static/, named by its content, with manifest.json
// {"public.css": "public-1a2b3c4d.css", ...}. Stops when a rule of the house is broken.
import * as esbuild from "esbuild";
import * as sass from "sass";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const OUT = here("../app/web/static/");
const PAGES = Object.fromEntries(["public", "viewer", "diagram", "tables", "forms", "play", "live"].map((name) => [name, here(`src/${name}.js`)]));
const STUDIO = /^(diagram|tables|forms)\b/; // for people who edit: its signs are a font
// GOV.UK's blue, its typeface and its crown belong to GOV.UK; web fonts slow a page down.
const FORBIDDEN = /1d70b8|GDS Transport|crown|crest/i;
const WEB_FONT = /@font-face/i;
const LIMITS = { "public.css": 30, "public.js": 16, "viewer.js": 80, "diagram.js": 200, "diagram.css": 12, "tables.js": 360, "tables.css": 12, "forms.js": 410, "forms.css": 20, "play.js": 3, "live.js": 3 }; // kB, compressed
// Signs of the editors: every browser that runs them reads the first kind; nothing is written for the others.
const LOADERS = { ".woff2": "file", ".woff": "empty", ".ttf": "empty", ".eot": "empty", ".svg": "empty" };

const manifest = {};

/** Writes `bytes` under a name that changes when they do. */
function keep(name, bytes) {
  const dot = name.lastIndexOf(".");
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  manifest[name] = `${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
  writeFileSync(OUT + manifest[name], bytes);
}

/** The stylesheet of every page. */
function styles() {
  const load = [here("src"), here("node_modules"), here(".")]; // MoJ's shim asks for node_modules/govuk-frontend/…
  return sass.compile(here("src/public.scss"), { style: "compressed", loadPaths: load, quietDeps: true }).css;
}

/** Scripts, and the styles and signs they bring: [{name, bytes}]. Licences of what is inside stay in the files. */
async function scripts() {
  const built = await esbuild.build({
    entryPoints: PAGES, outdir: OUT, bundle: true, format: "esm", minify: true, target: ["es2021"],
    legalComments: "inline", loader: LOADERS, assetNames: "[name]-[hash]", write: false, logLevel: "warning",
  });
  return built.outputFiles.map((file) => ({ name: basename(file.path), bytes: Buffer.from(file.contents) }));
}

/** Keeps what was built. Signs are named by their content already, and the styles name them so. */
function keepBuilt({ name, bytes }) {
  if (name.endsWith(".woff2")) writeFileSync(OUT + name, bytes);
  else keep(name, bytes);
}

/** What is wrong with one built file, in words. */
function faults(name, text, kilobytes) {
  const isStyle = name.endsWith(".css");
  const found = isStyle ? FORBIDDEN.exec(text) ?? (STUDIO.test(name) ? null : WEB_FONT.exec(text)) : null;
  const limit = LIMITS[name] ?? Infinity;
  return [
    ...(found ? [`contains ${found[0]}`] : []),
    ...(kilobytes > limit ? [`is over ${limit} kB`] : []),
  ];
}

/** Prints what was written; the build fails where a file is at fault. */
function report() {
  for (const [name, file] of Object.entries(manifest)) {
    const bytes = readFileSync(OUT + file);
    const kilobytes = gzipSync(bytes).length / 1024;
    console.log(`${file}: ${(bytes.length / 1024).toFixed(1)} kB, ${kilobytes.toFixed(1)} kB compressed`);
    for (const fault of faults(name, bytes.toString(), kilobytes)) {
      console.error(`${file} ${fault}`);
      process.exitCode = 1;
    }
  }
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
keep("public.css", Buffer.from(styles()));
for (const built of await scripts()) keepBuilt(built);
keep("mark.svg", readFileSync(here("src/mark.svg")));
writeFileSync(`${OUT}manifest.json`, `${JSON.stringify(manifest, null, 1)}\n`);
report();
