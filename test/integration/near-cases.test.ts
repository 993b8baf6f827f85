/** Cases with words that differ by one letter: only those of the reader's reach, the likeliest first. */
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import type { Actor } from "../../src/engine/access/permissions.js";
import { openWorkingOffice, sundayNine, type WorkingOffice } from "../support/working-office.js";

let office: WorkingOffice;
let room: Actor;
const made: Record<string, string> = {};

const near = async (search: string, actor: Actor = room): Promise<string[]> => {
  const found = await office.services.cases.near({ actor, now: sundayNine, search });
  return found.cases.map(
    ({ reference }) => Object.entries(made).find(([, one]) => one === reference)?.[0] ?? reference,
  );
};

beforeAll(async () => {
  office = await openWorkingOffice();
  room = office.official("operation_room");
  const receive = async (name: string, input: Parameters<WorkingOffice["receive"]>[0]) => {
    made[name] = (await office.receive(input)).reference;
  };
  await receive("school", { subject: "سور المدرسة آيل للسقوط", description: "سقط جزء من السور على الرصيف" });
  await receive("leak", { subject: "تسرب المياه", description: "تتدفق المياه في الشارع منذ أسبوع" });
  await receive("lamp", { subject: "The street lamp is broken", description: "It is dark at night" });
  await receive("foreign", { entity: "MOH", sector: "HEALTH", subject: "جهاز التنفس معطل", description: "لا بديل" });
  await receive("secret", {
    type: "report",
    entity: null,
    applicant: null,
    subject: "اختلاس",
    description: "اختلاس أموال",
  });
}, 60_000);
afterAll(() => office.close());

describe("a word with a wrong letter", () => {
  it.each([
    ["المدزسة", "school"],
    ["المرسة", "school"],
    ["الممدرسة", "school"],
    ["المردسة", "school"],
    ["تصرب المياه", "leak"],
    ["تسرب المباه", "leak"],
    ["“تصرب المياه”", "leak"],
    ["stret lamp", "lamp"],
    ["brokne", "lamp"],
  ])("%j finds what was meant", async (typed, name) => expect((await near(typed))[0]).toBe(name));

  it("marks the word that is like it", async () => {
    const [found] = (await office.services.cases.near({ actor: room, now: sundayNine, search: "المدزسة" })).cases;
    expect(found?.match?.subject.filter((piece) => piece.found)).toEqual([{ text: "المدرسة", found: true }]);
  });

  it("finds nothing where nothing is like it, nor for numbers, days, references and the shortest words", async () => {
    for (const typed of ["", "  ", "قسطنطينية", "4712", "2026-11-03", made.school ?? "", "في", "'", "a & !b", "\u0000"])
      expect([typed, await near(typed)]).toEqual([typed, []]);
  });

  it("has an end, however much is typed", async () => {
    expect(await near("المدزسة ".repeat(300))).toEqual(["school"]);
    expect(Array.isArray(await near("شارعع المياة الرصبف المدزسة سقطط جزءء اسبوعع تدفقق"))).toBe(true);
  });
});

describe("where there is no time", () => {
  it("says that it gave up, and knows it from finding nothing", async () => {
    const asked = { actor: room, now: sundayNine, search: "قسطنطينية" };
    expect(await office.services.cases.near(asked)).toEqual({ cases: [], gaveUp: false });
    const writer = new pg.Client({ connectionString: office.database.ownerUrl });
    await writer.connect();
    await writer.query("begin; lock table case_texts in access exclusive mode");
    try {
      expect(await office.services.cases.near(asked)).toEqual({ cases: [], gaveUp: true });
    } finally {
      await writer.query("rollback");
      await writer.end();
    }
  });
});

describe("from another seat", () => {
  it("is found what that seat reads, and nothing tells of the rest", async () => {
    expect(await near("المدزسة", office.official("focal_point", "CSPD"))).toEqual(["school"]);
    expect(await near("المدزسة", office.official("focal_point", "MOH"))).toEqual([]);
    expect(await near("التنفص", office.official("focal_point", "MOH"))).toEqual(["foreign"]);
    expect(await near("التنفص", office.official("focal_point", "CSPD"))).toEqual([]);
    // What is confidential is its handlers' alone.
    expect(await near("اختلاص", office.official("focal_point", "JIACC"))).toEqual(["secret"]);
    expect(await near("اختلاص")).toEqual([]);
  });

  it("is nothing for people who read no case", async () => {
    const nobody: Actor = { kind: "user", userId: 1, name: "x", seats: [] };
    for (const actor of [nobody, { kind: "applicant" } as const, { kind: "channel", channel: "web" } as const])
      expect(await near("المدزسة", actor)).toEqual([]);
  });
});
