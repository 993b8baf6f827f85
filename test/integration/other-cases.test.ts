/** What one case says of another: no number to whoever does not reach it, no word of a confidential one, and the whole answer to a duplicate. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { parse } from "csv-parse/sync";
import type { Actor } from "../../src/engine/access/permissions.js";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import {
  openWorkingOffice,
  type Person,
  problemOf,
  sundayNine,
  type WorkingOffice,
} from "../support/working-office.js";

let office: WorkingOffice;
let folder: string;
let point: Person;
let room: Person;
const at = (hours: number): Date => new Date(sundayNine.getTime() + hours * 3_600_000);
const page = (reference: string, actor: Actor) => office.services.cases.page({ reference, actor, now: at(5) });
const follow = ({ reference, code }: ReceivedApplication) =>
  office.services.cases.follow({ reference, code, now: at(50) });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "diwan-others-test-"));
  office = await openWorkingOffice({ now: () => at(5), exportsFolder: folder });
  point = office.official("focal_point", "CSPD");
  room = office.official("operation_room");
}, 60_000);
afterAll(async () => {
  await office?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a case out of reach", () => {
  let ours: ReceivedApplication;
  let theirs: ReceivedApplication;

  beforeAll(async () => {
    theirs = await office.receive({ entity: "MOH", sector: "HEALTH" });
    ours = await office.receive();
    await office.act(ours.reference, room, "link", { duplicateOf: theirs.reference }, at(1));
  });

  it("is another case on the page of a duplicate, and has its number for who reaches it", async () => {
    const [stranger, reaching] = [await page(ours.reference, point), await page(ours.reference, room)];
    expect(JSON.stringify(stranger)).not.toContain(theirs.reference);
    expect(stranger.timeline.map(({ what }) => what.en)).toContain("Linked as a duplicate of another case.");
    expect(stranger.linked).toEqual([]);
    expect(JSON.stringify(reaching.timeline)).toContain(theirs.reference);
    expect(reaching.linked).toMatchObject([{ reference: theirs.reference, as: "original" }]);
  });

  it("is another case in a file of cases", async () => {
    const rowsOf = async (actor: Actor) => {
      const { exports } = office.services.work;
      const asked = { asked: {}, format: "csv", language: "en", columns: ["reference", "duplicateOf"], reason: null };
      const { id } = await exports.start({ actor, now: at(5), ...asked } as Parameters<typeof exports.start>[0]);
      await exports.lane.settled();
      const { path } = await exports.open({ actor, id, now: at(5) });
      const rows: Record<string, string>[] = parse(readFileSync(path), { columns: true, bom: true });
      return rows.map((row) => Object.values(row)).find(([reference]) => reference === ours.reference)?.[1];
    };
    expect(await rowsOf(point)).toBe("another case");
    expect(await rowsOf(room)).toBe(theirs.reference);
  });

  it("is another case where somebody is told what happened meanwhile", async () => {
    const late = (actor: Person) =>
      problemOf(
        office.services.cases.perform({
          ...{ reference: ours.reference, actor, action: "note", fields: { note: "x" }, now: at(2) },
          expectedSeq: 1,
        }),
      );
    const stranger = await late(point);
    expect([stranger.code, stranger.detail.en]).toEqual(["conflict", expect.stringContaining("of another case")]);
    expect(`${stranger.detail.en}${stranger.detail.ar}`).not.toContain(theirs.reference);
    expect((await late(room)).detail.en).toContain(theirs.reference);
  });

  it("is not named to the applicant, and is not found by its number", async () => {
    expect(JSON.stringify(await follow(ours))).not.toContain(theirs.reference);
    const found = await office.services.cases.search({
      ...{ actor: point, search: theirs.reference, now: at(5), offset: 0, limit: 20 },
    });
    expect(JSON.stringify(found)).not.toContain(theirs.reference);
  });

  it("that was split off and went on to another entity is another case too", async () => {
    const first = await office.receive();
    const fields = { subject: "Two", description: "The other matter.", entity: "MOH", reason: "Two matters." };
    const done = await office.act(first.reference, point, "split", fields, at(1));
    const second = done.opened?.reference as string;
    const [stranger, reaching] = [await page(first.reference, point), await page(first.reference, room)];
    expect(JSON.stringify(stranger)).not.toContain(second);
    expect(stranger.timeline.map(({ what }) => what.ar)).toContain("فُصل موضوع ثانٍ في طلب آخر.");
    expect(JSON.stringify(reaching.timeline)).toContain(second);
    const there = await page(second, office.official("focal_point", "MOH"));
    expect(JSON.stringify(there.timeline)).not.toContain(first.reference);
  });
});

describe("a confidential case", () => {
  it("is not linked to an open one, nor an open one to it, by who handles both", async () => {
    const secret = await office.receive({ type: "report", pillar: null, fields: {} });
    const open = await office.receive();
    expect(await office.caseRow(secret.reference)).toMatchObject({ confidential: true, entity: "CSPD" });
    for (const [from, to] of [
      [secret, open],
      [open, secret],
    ] as const) {
      const problem = await problemOf(office.act(from.reference, point, "link", { duplicateOf: to.reference }, at(1)));
      expect([problem.code, problem.faults[0]?.field]).toEqual(["invalid-input", "/fields/duplicateOf"]);
      expect(problem.detail.en).toContain("is confidential");
    }
    const merged = await problemOf(office.act(open.reference, point, "merge", { others: secret.reference }, at(1)));
    expect(merged.faults[0]?.field).toBe("/fields/others");
    const alike = await office.receive({ type: "report", pillar: null, fields: {} });
    await office.act(secret.reference, point, "link", { duplicateOf: alike.reference }, at(1));
    expect((await office.caseRow(secret.reference)).state).toBe("duplicate");
    // Whoever handles the open case alone sees nothing of the confidential one on it.
    expect(JSON.stringify(await page(open.reference, room))).not.toContain(secret.reference);
  });
});

describe("files of an answer", () => {
  const stage = (sent: ReceivedApplication, content: string) =>
    office.services.attachments.stage({
      owner: { kind: "official", actor: point, reference: sent.reference },
      name: "answer.txt",
      content: (async function* () {
        yield Buffer.from(content);
      })(),
      declaredType: null,
      now: at(1),
    } as never);
  const act = (sent: ReceivedApplication, action: string, fields: Record<string, string>, attachments: string[]) =>
    office.services.cases.perform({ reference: sent.reference, actor: point, action, fields, now: at(2), attachments });
  const open = async (sent: ReceivedApplication, id: string) => {
    const { reference, code } = sent;
    const opened = await office.services.attachments.open({ reference, code, id, now: at(50) });
    const chunks: Buffer[] = [];
    for await (const chunk of opened.stream()) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks).toString();
  };

  it("reach the applicants of linked duplicates with the answer, and nobody else", async () => {
    const [main, before, after, stranger] = [
      await office.receive(),
      await office.receive(),
      await office.receive(),
      await office.receive(),
    ];
    await office.act(before.reference, point, "link", { duplicateOf: main.reference }, at(1));
    const [inside, file] = [await stage(main, "among us"), await stage(main, "the timetable")];
    await act(main, "note", { note: "Internal." }, [inside.id]);
    const answered = await act(main, "answer", { answer: "See the file." }, [file.id]);
    if (answered.state === "in_review") {
      // What a review holds back is nobody's yet.
      expect((await problemOf(open(before, file.id))).code).toBe("not-found");
      await office.act(main.reference, room, "approve", {}, at(3));
    }
    await office.act(after.reference, point, "link", { duplicateOf: main.reference }, at(4));
    for (const sent of [before, after]) {
      const turn = (await follow(sent)).conversation.find(({ kind }) => kind === "answer");
      expect(turn).toMatchObject({ text: "See the file.", shared: true, attachments: [{ id: file.id }] });
      expect(await open(sent, file.id)).toBe("the timetable");
      expect((await problemOf(open(sent, inside.id))).code).toBe("not-found");
      expect((await problemOf(open({ ...sent, code: stranger.code }, file.id))).code).toBe("not-found");
    }
    expect((await problemOf(open(stranger, file.id))).code).toBe("not-found");
  });
});
