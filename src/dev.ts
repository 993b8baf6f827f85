/**
 * `npm run dev`: the demo straight from the sources, with what browsers load built quickly. The launcher runs it under a
 * watch that starts it anew whenever a file of the sources, the views or the shipped definitions changes.
 */
import { rmSync } from "node:fs";
import path from "node:path";
import { buildPortal } from "./features/portal/build-portal.js";
import { builtPortalFolder } from "./features/portal/open-portal-assets.js";
import { buildAssets } from "./platform/admin/build-assets.js";
import { builtAssetsFolder } from "./platform/admin/serve-assets.js";
import { installationFolder } from "./platform/root.js";

const started = Date.now();
// From here on the build is not that of its sources: the next start of anything built builds it anew.
rmSync(path.join(installationFolder, "dist", ".diwan-stamp"), { force: true });
for (const folder of [builtAssetsFolder, builtPortalFolder]) rmSync(folder, { recursive: true, force: true });
await Promise.all([
  buildAssets({ outDir: builtAssetsFolder, quick: true }),
  buildPortal({ outDir: builtPortalFolder, quick: true }),
]);
process.stdout.write(`What browsers load is built (${((Date.now() - started) / 1000).toFixed(1)} s).\n`);
await import("./demo.js");
