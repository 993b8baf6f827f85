/** What the desk weighs: what its screens and their look add to a first visit, and that a second visit moves no file of them. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { afterAll, expect, it, jest } from "@jest/globals";
import { type Plugin, transform } from "esbuild";
import { buildAssets } from "../../src/platform/admin/build-assets.js";
import { openAdminBrowser } from "../support/admin-browser.js";
import { sundayNine } from "../support/working-office.js";

jest.setTimeout(180_000);

const root = fileURLToPath(new URL("../../", import.meta.url));
const look = join(root, "views", "assets");
const mostAdded = 60 * 1024;

/** Folders of the screens that came with the desk, and the sheets that only they need. */
const deskScreens = /^export .*\/features\/(cases|home)\//;
const deskSheets = ["cases", "composer", "desk", "files", "home", "search", "work"].map((name) => `admin-${name}.css`);

const folder = mkdtempSync(join(tmpdir(), "diwan-desk-weight-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As production sends it. */
const compressed = (text: string | Buffer): number =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }).length;

/** The areas as they would be without the screens of the desk. */
const withoutDesk: Plugin = {
  name: "without-desk",
  setup(context) {
    context.onLoad({ filter: /[\\/]office[\\/]areas[\\/](home|work)\.ts$/ }, ({ path }) => {
      const lines = readFileSync(path, "utf8").split("\n");
      const kept = lines.filter((line) => !deskScreens.test(line));
      expect(kept.length).toBeLessThan(lines.length);
      return { contents: [...kept, "export {};"].join("\n"), loader: "ts" };
    });
  },
};

/** What a browser loads of scripts for the desk, the list and a case. */
async function scriptBytes(name: string, plugins: readonly Plugin[] = []): Promise<number> {
  const outDir = join(folder, name);
  const { entry, areas } = await buildAssets({ outDir, quick: true, plugins });
  const files = [entry, areas.work].flatMap((one) => (one === undefined ? [] : [one.script, ...one.imports]));
  return files.map((file) => compressed(readFileSync(join(outDir, file)))).reduce((sum, bytes) => sum + bytes, 0);
}

async function sheetBytes(names: readonly string[]): Promise<number> {
  const text = names.map((name) => readFileSync(join(look, name), "utf8")).join("\n");
  return compressed((await transform(text, { loader: "css", minify: true, charset: "utf8" })).code);
}

it("adds at most 60 KB, compressed, to a first visit", async () => {
  const sheets = readdirSync(look).filter((name) => /^admin(-[\w-]+)?\.css$/.test(name));
  expect(sheets).toEqual(expect.arrayContaining(deskSheets));
  const added = {
    scripts: (await scriptBytes("all")) - (await scriptBytes("without", [withoutDesk])),
    styles: (await sheetBytes(sheets)) - (await sheetBytes(sheets.filter((name) => !deskSheets.includes(name)))),
  };
  // Neither is nothing: else something else would have been weighed.
  expect(added.scripts).toBeGreaterThan(10_000);
  expect(added.styles).toBeGreaterThan(1_000);
  expect(added.scripts + added.styles).toBeLessThanOrEqual(mostAdded);
});

it("moves no file to a second visit of the desk and of a case", async () => {
  const office = await openAdminBrowser({ now: sundayNine });
  try {
    const { reference } = await office.app.office.receive({ subject: "The lift is out of order" }, sundayNine);
    const visit = await office.signedIn({ role: "focal_point", place: "CSPD" });
    const files = () => visit.travelled().filter(({ url }) => url.includes("/admin/assets/"));
    const walk = async () => {
      await visit.open("/admin");
      await visit.page.locator(`[data-row="${reference}"]`).waitFor();
      await visit.open(`/admin/resources/cases/records/${reference}/show`);
      await visit.page.locator(".case-grid").waitFor();
    };
    await walk();
    expect(files().map(({ type }) => type)).toEqual(expect.arrayContaining(["Script", "Stylesheet", "Font"]));
    await walk();
    await visit.page.reload({ waitUntil: "networkidle" });
    expect(files()).toEqual([]);
    await visit.close();
  } finally {
    await office.close();
  }
});
