// Builds the page into dist/: the files that the suite serves. The same source gives the same bytes.
import { copyFile, mkdir, rm } from "node:fs/promises";
import { build } from "esbuild";

await rm("dist", { recursive: true, force: true });
await mkdir("dist");
await build({
  entryPoints: { app: "page/main.ts" },
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  loader: { ".ftl": "text" },
  logLevel: "warning",
});
for (const file of ["index.html", "style.css"]) {
  await copyFile(`page/${file}`, `dist/${file}`);
}
