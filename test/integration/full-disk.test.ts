/** A disk that takes no more: a clear refusal, and nothing half: no file, no row, no case. On a real small disk where there may be one. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { AttachmentOwner } from "../../src/features/files/attachments.js";
import { openFileFolder } from "../../src/platform/files/file-folder.js";
import { openWorkingOffice, problemOf, sundayNine, type WorkingOffice } from "../support/working-office.js";

const folder = mkdtempSync(join(tmpdir(), "diwan-full-"));
/** Only whoever runs as root may; elsewhere the faults below stand for it. */
const small = (() => {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

let office: WorkingOffice;
beforeAll(async () => {
  office = await openWorkingOffice({ files: folder });
});
afterAll(async () => {
  await office.close();
  if (small) execFileSync("umount", [folder]);
  rmSync(folder, { recursive: true, force: true });
});

const owner: AttachmentOwner = { kind: "draft", programme: "jordan", draft: "a form on a full disk", from: null };
const filesIn = (): string[] =>
  (readdirSync(folder, { recursive: true }) as string[]).filter((name) => /[0-9a-f]{32}/.test(name));

async function* failing(code: string) {
  yield Buffer.from("the first half");
  throw Object.assign(new Error(code), { code });
}
async function* letters(bytes: number) {
  for (let left = bytes; left > 0; left -= 65_536) yield Buffer.alloc(Math.min(left, 65_536), "a");
}

const full = { code: "storage-full", status: 507, retryAfter: 300 };

describe("a full disk", () => {
  it.each(["ENOSPC", "EDQUOT", "EIO", "EROFS"])("%s is told as no room, and leaves nothing", async (code) => {
    const files = openFileFolder(folder);
    const refusal = await problemOf(files.receive("a".repeat(32), failing(code), 1000));
    expect(refusal).toMatchObject(full);
    expect(refusal.detail.ar).toMatch(/[\u0600-\u06ff]/);
    expect(filesIn()).toEqual([]);
  });

  (small ? it : it.skip)("refuses before a byte is read what would leave too little", async () => {
    const before = await office.rows("select count(*)::integer as n from cases");
    let read = false;
    const content = (async function* () {
      read = true;
      yield Buffer.from("a");
    })();
    const staging = { owner, name: "a.txt", content, declaredType: null, now: sundayNine };
    expect(await problemOf(office.services.attachments.stage(staging))).toMatchObject(full);
    expect(read).toBe(false);
    expect(await office.rows("select count(*)::integer as n from attachments")).toEqual([{ n: 0 }]);
    expect(await office.rows("select count(*)::integer as n from cases")).toEqual(before);
  });

  (small ? it : it.skip)(
    "promises the same room once: what two are told at the same time is not one room",
    async () => {
      const files = openFileFolder(folder);
      const asked = await Promise.allSettled([1, 2, 3].map(() => files.reserveRoom(2_000_000)));
      const given = asked.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      // Each of the others was counted while it asked: one at most is given room for.
      expect(given.length).toBeLessThanOrEqual(1);
      for (const giveBack of given) giveBack();
      const giveBack = await files.reserveRoom(2_000_000);
      expect(await problemOf(files.reserveRoom(2_000_000))).toMatchObject(full);
      giveBack();
      (await files.reserveRoom(2_000_000))();
    },
  );

  (small ? it : it.skip)("that fills up while a file is written refuses that file wholly", async () => {
    const files = openFileFolder(folder);
    expect(await problemOf(files.receive("b".repeat(32), letters(8_000_000), 9_000_000))).toMatchObject(full);
    expect(filesIn()).toEqual([]);
    // Room again: the next one is taken.
    expect((await files.receive("c".repeat(32), letters(1000), 9_000_000)).bytes).toBe(1000);
    await files.discard(files.incoming("c".repeat(32)));
  });
});
