/** A real Chromium for tests, out of the npm package: no browser of the system is needed. Elsewhere than Linux: CHROME_PATH. */
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";

/** The variable by which a test run tells its workers the folder that `unpackBrowser` made. */
export const unpackedIn = "DIWAN_TEST_CHROMIUM";

/**
 * Unpacks the package's Chromium with its libraries and fonts into a folder of this user and version, once; the folder.
 * It is made beside and moved into place: neither a second process nor one that was killed leaves half a browser.
 */
export async function unpackBrowser(): Promise<string> {
  const { devDependencies } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    devDependencies: Readonly<Record<string, string>>;
  };
  const folder = join(tmpdir(), `diwan-chromium-${userInfo().uid}-${devDependencies["@sparticuz/chromium"]}`);
  if (existsSync(folder)) return folder;
  const fresh = mkdtempSync(`${folder}-`);
  const before = { ...process.env };
  try {
    // It unpacks into the folder for temporary files, and its libraries only where it believes to run at Amazon's.
    Object.assign(process.env, { TMPDIR: fresh, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" });
    const { default: packed } = await import("@sparticuz/chromium");
    if (!(await packed.executablePath()).startsWith(fresh)) throw new Error(`Chromium was not unpacked into ${fresh}`);
    const fonts = join(fresh, "fonts", "fonts.conf");
    writeFileSync(fonts, readFileSync(fonts, "utf8").replaceAll("/tmp/", `${folder}/`));
    renameSync(fresh, folder);
  } catch (error) {
    // Another process was quicker.
    if (!existsSync(folder)) throw error;
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

/** Starts it; the caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { chromium } = await import("playwright-core");
  const own = process.env.CHROME_PATH;
  if (own) return chromium.launch({ executablePath: own, args: ["--no-sandbox"] });
  const folder = process.env[unpackedIn] ?? (await unpackBrowser());
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    // The package's default arguments switch web security off, so none of them is used.
    args: ["--no-sandbox"],
    env: { ...process.env, LD_LIBRARY_PATH: join(folder, "al2023", "lib"), FONTCONFIG_PATH: join(folder, "fonts") },
  });
}
