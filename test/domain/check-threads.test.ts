/** The threads in which files are looked into: they end what takes too long or what nobody waits for, and go on with the next. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createCheckThreads } from "../../src/platform/files/check-threads.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "diwan-checks-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function text(name: string, content: string) {
  const path = join(folder, name);
  await writeFile(path, content);
  return { kind: "text", path, bytes: Buffer.byteLength(content), table: true } as const;
}
/** Longer than any machine needs for a millisecond. */
const heavy = () => text("heavy.csv", "a,1,=SUM(A1)\n".repeat(300_000));

describe("a thread of checks", () => {
  it("finds, refuses in both languages, and names an error of the disk as it is", async () => {
    const threads = createCheckThreads();
    expect(await threads.run(await text("sums.csv", "a,1\n"))).toEqual({ type: "text/csv", locked: false });
    await expect(threads.run(await text("bad.csv", "=cmd|'/C calc'!A0\n"))).rejects.toMatchObject({
      name: "Problem",
      code: "invalid-input",
      status: 422,
      faults: [{ field: "/file", reason: { en: expect.stringMatching(/formula/), ar: expect.stringMatching(/صيغة/) } }],
    });
    await expect(threads.run({ kind: "pdf", path: join(folder, "nowhere"), bytes: 10 })).rejects.toMatchObject({
      code: "ENOENT",
    });
  });

  it("ends a file that takes too long, in words, and takes the next one", async () => {
    const threads = createCheckThreads(1);
    await expect(threads.run(await heavy())).rejects.toMatchObject({
      code: "invalid-input",
      detail: { en: expect.stringMatching(/takes too long to check/), ar: expect.stringMatching(/وقتًا طويلًا/) },
    });
    const patient = createCheckThreads();
    expect(await patient.run(await text("next.csv", "a,1\n"))).toMatchObject({ type: "text/csv" });
  });

  it("ends with anybody who waits for it, at once, and takes the next one", async () => {
    const threads = createCheckThreads();
    await threads.run(await text("warm.csv", "a"));
    const left = new AbortController();
    const running = threads.run(await heavy(), left.signal);
    setTimeout(() => left.abort(new Error("left")), 2);
    await expect(running).rejects.toThrow("left");
    await expect(threads.run(await text("a.csv", "a"), left.signal)).rejects.toThrow("left");
    expect(await threads.run(await text("b.csv", "a,1\n"))).toMatchObject({ type: "text/csv" });
  });

  it("keeps this thread free: what is begun while files are looked into is done before they are", async () => {
    const threads = createCheckThreads();
    await threads.run(await text("warm.csv", "a"));
    const done: string[] = [];
    const job = await heavy();
    const file = threads.run(job).then(() => done.push("file"));
    await new Promise((resolve) => setTimeout(resolve, 1));
    done.push("everybody else");
    await file;
    expect(done).toEqual(["everybody else", "file"]);
  });
});
