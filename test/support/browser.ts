/** A real Chromium for tests, out of the npm package: no browser of the system is needed. Elsewhere than Linux: CHROME_PATH. */
import { mkdirSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";

/** Starts it; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { chromium } = await import("playwright-core");
  const own = process.env.CHROME_PATH;
  if (own) return chromium.launch({ executablePath: own, args: ["--no-sandbox"] });
  // It brings its libraries along only when it believes to run there; it unpacks to one path, hence a folder for each user.
  process.env.AWS_EXECUTION_ENV = "AWS_Lambda_nodejs20.x";
  const folder = join(tmpdir(), `diwan-chromium-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true });
  process.env.TMPDIR = folder;
  const { default: packed } = await import("@sparticuz/chromium");
  // Its default arguments switch web security off, so none of them is used.
  return chromium.launch({ executablePath: await packed.executablePath(), args: ["--no-sandbox"] });
}
