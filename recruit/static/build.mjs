// Makes recruit/static/built/ from src/ and dkfds: one style sheet, the fonts and the icons that it names.
// Run from anywhere after `npm ci`: node recruit/static/build.mjs
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const dkfds = join(root, "node_modules", "dkfds");
const built = join(here, "built");
// What is served stays whole while this runs: everything is made beside it and takes its place at the end.
const fresh = join(here, "built.new");
const former = join(here, "built.old");

// Latin1 holds Danish and English; Latin2 names from the rest of Europe; Pi arrows and signs. A browser fetches
// only the files whose letters stand on the page.
const WEB_FONTS = ["Regular", "Italic", "SemiBold"].flatMap((weight) =>
  ["Latin1", "Latin2", "Pi"].map((part) => `split/woff2/IBMPlexSans-${weight}-${part}.woff2`),
);
// For pictures in documents, which are drawn without a browser.
const PICTURE_FONTS = ["Regular", "SemiBold"].map((weight) => `complete/ttf/IBMPlexSans-${weight}.ttf`);

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

for (const folder of [fresh, former]) rmSync(folder, { recursive: true, force: true });
mkdirSync(fresh);

const { css } = compile(join(here, "src", "recruit.scss"), {
  loadPaths: [join(root, "node_modules")],
  style: "compressed",
  quietDeps: true,
});
writeFileSync(join(fresh, "recruit.css"), css);

for (const path of [...WEB_FONTS, ...PICTURE_FONTS, "complete/ttf/license.txt"]) {
  copy(join(dkfds, "dist", "fonts", "IBMPlexSans", path), join(fresh, "fonts", path.split("/").at(-1)));
}
const icons = new Set([...css.matchAll(/icons\/([\w-]+\.svg)/g)].map((match) => match[1]));
for (const name of icons) {
  copy(join(dkfds, "dist", "img", "svg-icons", name), join(fresh, "icons", name));
}
copy(join(dkfds, "LICENSE.md"), join(fresh, "LICENSE-dkfds.md"));

if (existsSync(built)) renameSync(built, former);
renameSync(fresh, built);
rmSync(former, { recursive: true, force: true });

console.log(`recruit.css ${Math.round(css.length / 1024)} KB, ${WEB_FONTS.length} web fonts, ${icons.size} icons`);
