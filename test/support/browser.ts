/**
 * A real Chromium for tests. On Linux it is the one out of the npm package: a shell without an interface of its own, at two thirds of the
 * time. `CHROME_PATH=system` takes the system's, as people have it today, which is also used elsewhere; a path takes the one behind it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import type { Browser } from "playwright-core";

/** The variable by which a test run tells its workers what `chooseBrowser` found. */
export const chosenIn = "DIWAN_TEST_BROWSER";

export type ChosenBrowser =
  | { readonly kind: "system"; readonly path: string }
  | { readonly kind: "packed"; readonly folder: string };

const systemNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** The major version; null where there is no browser behind the name, as with the scripts that only say how to install one. */
function versionOf(path: string): number | null {
  const { stdout, status } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: 30_000 });
  const major = /\b(\d+)\.\d+\.\d+/.exec(stdout ?? "")?.[1];
  return status === 0 && major !== undefined ? Number(major) : null;
}

/** An older one lacks what our pages use, and tells nothing about what people have. */
const oldest = 120;

function systemBrowser(): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const paths = systemNames.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find((path) => existsSync(path) && (versionOf(path) ?? 0) >= oldest) ?? null;
}

/** The package has it for this system alone. */
const canUsePacked = process.platform === "linux" && process.arch === "x64";

/** Errors: a `CHROME_PATH` behind which there is no browser; no browser at all. */
export async function chooseBrowser(): Promise<ChosenBrowser> {
  const asked = process.env.CHROME_PATH || (canUsePacked ? "packed" : "system");
  if (asked === "packed") return { kind: "packed", folder: await unpackBrowser() };
  const path = asked === "system" ? systemBrowser() : asked;
  if (path === null) throw new Error("There is no Chromium or Chrome. Install one, or name it in CHROME_PATH.");
  if (versionOf(path) === null) throw new Error(`CHROME_PATH: ${path} is no Chromium that runs.`);
  return { kind: "system", path };
}

/**
 * Unpacks the package's Chromium with its libraries and fonts into a folder of this user and version, once; the folder.
 * It is made beside and moved into place: neither a second process nor one that was killed leaves half a browser.
 */
async function unpackBrowser(): Promise<string> {
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
  const told = process.env[chosenIn];
  const chosen = told === undefined ? await chooseBrowser() : (JSON.parse(told) as ChosenBrowser);
  // Who runs the tests as root has no sandbox. Distributions switch drawing by the graphics card on, which a machine for tests only plays
  // (200 rows drawn 25 times: 50 s instead of 24).
  const args = ["--no-sandbox", "--disable-gpu"];
  if (chosen.kind === "system") return chromium.launch({ executablePath: chosen.path, args });
  const { folder } = chosen;
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    // The package's default arguments switch web security off, so none of them is used.
    args,
    env: { ...process.env, LD_LIBRARY_PATH: join(folder, "al2023", "lib"), FONTCONFIG_PATH: join(folder, "fonts") },
  });
}
