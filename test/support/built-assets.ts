/** Assets of the back office for tests in a browser: built once for each state of the sources, with weaker compression. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { manifestName } from "../../src/platform/admin/asset-manifest.js";
import { buildAssets } from "../../src/platform/admin/build-assets.js";
import { type Assets, openAssets } from "../../src/platform/admin/serve-assets.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
// Screens of all features take words and checks of the engine along.
const sources = ["src/engine", "src/platform", "src/features", "src/app/office", "views/assets", "views/messages"];

function stamp(): string {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  const more = process.env.DIWAN_MESSAGES;
  for (const source of [...sources.map((one) => join(root, one)), ...(more === undefined ? [] : [more])]) {
    const files = readdirSync(source, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
    for (const file of files) hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 16);
}

export async function builtAssets(): Promise<Assets> {
  const base = join(tmpdir(), `diwan-assets-${userInfo().uid}`);
  const folder = join(base, stamp());
  if (!existsSync(join(folder, manifestName))) {
    mkdirSync(base, { recursive: true });
    // Beside, then into place: several test files may ask at the same time.
    const fresh = mkdtempSync(join(base, "fresh-"));
    await buildAssets({ outDir: fresh, quick: true });
    try {
      renameSync(fresh, folder);
    } catch {
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  return openAssets(folder);
}
