/** The hook for a virus scanner, through the doors: what it finds, what happens while it is away, and where that is seen. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { AttachmentOwner } from "../../src/features/files/attachments.js";
import type { HealthCheck } from "../../src/features/operations/health-view.js";
import { createVirusScanner } from "../../src/platform/files/virus-scanner.js";
import { type AdminApp, openAdminApp, type SignedIn } from "../support/admin-app.js";
import { openXml } from "../support/archives.js";
import { type Clamd, eicar, openClamd } from "../support/clamd.js";
import { aPng } from "../support/files.js";
import { problemOf, sundayNine } from "../support/working-office.js";

let clamd: Clamd;
let app: AdminApp;
let focal: SignedIn;
let room: SignedIn;
let reference: string;
const lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  clamd = await openClamd();
  app = await openAdminApp({ now: sundayNine, parts: { clamdSocket: clamd.address, log: logOf(lines) } });
  ({ reference } = await app.office.receive());
  focal = await app.signIn("focal_point", "CSPD");
  room = await app.signIn("operation_room");
}, 90_000);
afterAll(async () => {
  await app.close();
  await clamd.stop();
});

/** A log that keeps its lines. */
function logOf(kept: Record<string, unknown>[]) {
  const write = (said: Record<string, unknown>, message: string) => kept.push({ ...said, message });
  const log = { info: write, warn: write, error: write, debug: write, child: () => log };
  return log as never;
}

const upload = (bytes: Buffer | string, name = "seen.txt") =>
  focal.agent
    .post(`/admin/api/files?reference=${reference}`)
    .set({
      "sec-fetch-site": "same-origin",
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    })
    .send(Buffer.from(bytes));

const health = async (): Promise<HealthCheck> => {
  const { body } = await room.page("health");
  return (body.view ?? body).checks.find(({ id }: HealthCheck) => id === "virus-scanner");
};
const waiting = async (): Promise<number> =>
  Number((await app.office.rows("select count(*) as n from attachments where case_id is null"))[0]?.n);
const places = async (): Promise<number> =>
  Number((await app.office.rows("select count(*) as n from attachment_places"))[0]?.n);
const takeUnscanned = (take: boolean) =>
  app.services.setupEditor.update({
    ...({ programme: "jordan", table: "programmes", code: "jordan" } as const),
    by: room.person,
    now: sundayNine,
    values: { takeUnscanned: take },
    before: { takeUnscanned: !take },
  });

describe("a scanner that answers", () => {
  beforeEach(async () => {
    clamd.mood = "well";
    clamd.scanned.length = 0;
  });

  it("is given each file whole, as it was sent, and takes nothing away from what is clean", async () => {
    const files = [
      [Buffer.from("What I saw."), "seen.txt"],
      [aPng(300, 300), "plan.png"],
      [openXml("docx", { name: "word/media/a.bin", data: Buffer.alloc(300_000, 7), stored: true }), "a.docx"],
    ] as const;
    for (const [bytes, name] of files) {
      const { status, body } = await upload(bytes, name);
      expect([status, body.file?.unscanned]).toEqual([201, undefined]);
      expect(clamd.scanned.at(-1)?.equals(bytes)).toBe(true);
    }
    expect(clamd.open.size).toBe(0);
  });

  it("refuses a virus by its name, keeps nothing of it, and logs no word of who sent it", async () => {
    const before = await waiting();
    lines.length = 0;
    for (const [bytes, name] of [
      [eicar, "rana-haddad.txt"],
      [openXml("docx", { name: "word/media/rana.bin", data: eicar, stored: true }), "rana-haddad.docx"],
    ] as const) {
      const { status, body } = await upload(bytes, name);
      expect([status, body.problem.code]).toEqual([422, "invalid-input"]);
      const [fault] = body.problem.faults;
      expect(fault.field).toBe("/file");
      expect(fault.reason.en).toMatch(/virus scanner found “Win\.Test\.EICAR_HDB-1”/);
      expect(fault.reason.ar).toMatch(/«Win\.Test\.EICAR_HDB-1»/);
    }
    expect([await waiting(), await places()]).toEqual([before, 0]);
    const said = lines.filter(({ virus }) => virus !== undefined);
    expect(said).toHaveLength(2);
    expect(said[0]).toMatchObject({ virus: "Win.Test.EICAR_HDB-1", file: { type: "text/plain", bytes: eicar.length } });
    expect(JSON.stringify(said)).not.toMatch(/rana|CSPD|@/i);
  });

  it("that takes no file of this size is not gone round, also where files are taken unchecked", async () => {
    clamd.mostBytes = 100_000;
    await takeUnscanned(true);
    const { status, body } = await upload("a line\n".repeat(100_000));
    await takeUnscanned(false);
    clamd.mostBytes = 25 * 1024 * 1024;
    expect(status).toBe(422);
    expect(body.problem.faults[0].reason.en).toMatch(/too large for the virus scanner/);
  });

  it("is seen on the health page with its version", async () => {
    expect(await health()).toMatchObject({
      state: "good",
      title: { en: "Virus scanner", ar: "فاحص الفيروسات" },
      words: { en: "It answers: ClamAV 1.4.6/27810/Sat Nov 28 2026." },
    });
  });
});

describe("a scanner that is away", () => {
  const owner = (): AttachmentOwner => ({ kind: "channel", key: app.office.key });
  const stage = () =>
    app.services.attachments.stage({
      owner: owner(),
      name: "seen.txt",
      content: (async function* () {
        yield Buffer.from("What I saw.");
      })(),
      declaredType: null,
      now: sundayNine,
    });

  it("holds files: the sender is told to come back, and nothing is kept or counted", async () => {
    await clamd.stop();
    const before = await waiting();
    const { status, body, headers } = await upload("What I saw.");
    expect([status, body.problem.code, headers["retry-after"]]).toEqual([503, "unavailable", "60"]);
    expect(body.problem.detail.en).toMatch(/Nothing you typed is lost/);
    expect(body.problem.detail.ar).toMatch(/لم يُفقد ما كتبته/);
    expect([await waiting(), await places()]).toEqual([before, 0]);
    expect(await health()).toMatchObject({
      state: "late",
      words: { en: "It is not responding; files have to wait.", ar: "لا يستجيب؛ لا تُقبل الملفات في هذه الأثناء." },
      at: sundayNine.toISOString(),
      advice: { en: expect.stringContaining("CLAMD_SOCKET") },
    });
  });

  it("lets files pass where the programme says so: marked in the answer, on the case's record and to officials", async () => {
    await takeUnscanned(true);
    expect((await health()).words.en).toMatch(/files are accepted unchecked in: /);
    const { status, body } = await upload("What I saw.");
    expect([status, body.file.unscanned]).toEqual([201, true]);
    await app.services.cases.perform({
      reference,
      action: "note",
      fields: { note: "see the file" },
      actor: focal.person,
      now: sundayNine,
      attachments: [body.file.id],
    });
    const noted = (await app.office.events(reference)).filter(({ type }) => type === "case.noted").at(-1);
    expect(noted?.data.attachments).toEqual([expect.objectContaining({ id: body.file.id, unscanned: true })]);
    await takeUnscanned(false);
  });

  it.each(["ill", "silent"] as const)("counts as away where it is %s", async (mood) => {
    const one = await openClamd({ tcp: true });
    one.mood = mood;
    const services = app.office.instance({ clamdSocket: one.address });
    const ended = new AbortController();
    const answer = problemOf(
      services.attachments.stage({
        owner: owner(),
        name: "seen.txt",
        content: (async function* () {
          yield Buffer.from("What I saw.");
        })(),
        declaredType: null,
        now: sundayNine,
        signal: ended.signal,
      }),
    );
    if (mood === "silent") {
      // Nobody waits for its silence in a test: the sender leaves, and the connection to the scanner ends with it.
      while (one.open.size === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      ended.abort(Object.assign(new Error("left"), { name: "Problem", code: "malformed-request" }));
    }
    expect(await answer).toMatchObject({ code: mood === "ill" ? "unavailable" : "malformed-request" });
    while (one.open.size > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await one.stop();
    expect(await places()).toBe(0);
  });

  it("that is frozen keeps nobody at the page of health for as long as a file may take", async () => {
    const one = await openClamd();
    one.mood = "silent";
    const state = createVirusScanner({ address: one.address, now: () => sundayNine, log: logOf([]) }).state();
    // A file has 30 seconds of silence; the page's question has a tenth of that, on a slow machine too.
    const first = await Promise.race([
      state,
      new Promise((resolve) => setTimeout(resolve, 20_000, "still waiting").unref()),
    ]);
    expect(first).toEqual({ kind: "away", since: sundayNine });
    await one.stop();
  });

  it("is asked again once it is back", async () => {
    await clamd.start();
    expect((await health()).state).toBe("good");
    expect(await stage()).not.toHaveProperty("unscanned");
    expect(clamd.scanned.at(-1)?.toString()).toBe("What I saw.");
  });
});

describe("a house without a scanner", () => {
  it("says so, and marks nothing", async () => {
    const services = app.office.instance({ clamdSocket: null });
    const { checks } = await services.operation.health({ actor: room.person, now: sundayNine });
    expect(checks.find(({ id }) => id === "virus-scanner")).toMatchObject({ state: "off" });
  });
});
