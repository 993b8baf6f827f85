import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { withFileMutex } from "../../src/platform/db/file-mutex.js";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "diwan-mutex-"));
  file = path.join(folder, "lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process number that nobody has: above what the kernel hands out. */
const nobody = String(2 ** 22 + 12345);

describe("a file mutex", () => {
  it("lets one at a time in, ten asking, and leaves nothing behind", async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(5);
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 10 }, () => withFileMutex(file, work)));
    expect(most).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is taken over from a dead holder at once, by one of those who wait", async () => {
    writeFileSync(file, nobody);
    let inside = 0;
    const work = async (): Promise<number> => {
      inside += 1;
      const now = inside;
      await sleep(5);
      inside -= 1;
      return now;
    };
    expect(await Promise.all([1, 2, 3, 4].map(() => withFileMutex(file, work)))).toEqual([1, 1, 1, 1]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is not taken from a living one, but from one that has given no sign of life for a minute", async () => {
    writeFileSync(file, String(process.pid));
    let got = false;
    const waiting = withFileMutex(file, async () => {
      got = true;
    });
    await sleep(200);
    expect(got).toBe(false);
    const longAgo = new Date(Date.now() - 61_000);
    utimesSync(file, longAgo, longAgo);
    await waiting;
    expect(got).toBe(true);
  });

  it("is given back when the work fails", async () => {
    await expect(withFileMutex(file, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(existsSync(file)).toBe(false);
  });
});
