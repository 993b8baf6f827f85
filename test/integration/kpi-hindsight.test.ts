/**
 * A report asked again later, as of its own moment, says what it said then: through the real services, with whatever has
 * happened to the cases since. And every one of these cases can be explained in both languages.
 */

import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { pino } from "pino";
import { type Composed, compose } from "../../src/app/compose.js";
import type { Actor, HeldSeat } from "../../src/engine/access/permissions.js";
import type { Setup } from "../../src/engine/setup/setup.js";
import { Problem } from "../../src/engine/text/problems.js";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import { issueChannelKey } from "../../src/features/people/channel-key-store.js";
import type { KpiReport } from "../../src/features/reports/kpi.js";
import type { TestDatabase } from "../support/database.js";
import { createOwnDatabase } from "../support/own-database.js";
import { seeded } from "../support/random-histories.js";

const hour = 3_600_000;
const start = new Date("2026-06-07T06:00:00Z"); // Sunday 9:00 in Amman
const random = seeded(7);
/** References and codes come from a seed too: what follows from them (which cases are sampled) is the same in every run. */
const references = seeded(8);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

let database: TestDatabase;
let services: Composed;
let setup: Setup;
let now = start;

/** Everybody who may have to do with the case of an entity, in one person: these tests are not about permissions. */
function official(entity: string, n: number): Actor {
  const seat = (role: HeldSeat["role"], at: string | null): HeldSeat => ({
    role,
    programme: "jordan",
    entity: at,
    sector: null,
  });
  return {
    kind: "user",
    userId: n,
    name: `Official ${n}`,
    seats: [seat("focal_point", entity), seat("operation_room", null)],
  };
}

const fieldsOf: Readonly<Record<string, () => Record<string, unknown>>> = {
  ask: () => ({ question: "متى؟" }),
  answer: () => ({ answer: "تم الحل" }),
  answer_appeal: () => ({ answer: "تم الحل" }),
  contact: () => ({ note: "اتصلنا" }),
  return: () => ({ reason: "ناقص" }),
  return_appeal: () => ({ reason: "ناقص" }),
  transfer: () => ({ entity: pick(["JFDA", "MOH", "MWI"]), reason: "ليست لنا" }),
  reclassify: () => ({
    importance: pick(["low", "high", "critical"]),
    pillar: pick(["TIME", "QUALITY"]),
    reason: "تصحيح",
  }),
  assign: () => ({ entity: "MOH", reason: "" }),
};
const officialActions = [
  "take",
  "ask",
  "answer",
  "answer",
  "answer",
  "approve",
  "approve",
  "return",
  "transfer",
  "reclassify",
  "contact",
  "take_appeal",
  "answer_appeal",
  "assign",
];
const applicantActions = ["reply", "rate", "rate", "reopen", "withdraw"];
const applicantFields: Readonly<Record<string, () => Record<string, unknown>>> = {
  reply: () => ({ reply: "نعم" }),
  rate: () => ({ rating: 1 + Math.floor(random() * 5) }),
  reopen: () => ({ reason: "لم يُحل" }),
  withdraw: () => ({ reason: "لم أعد أحتاج" }),
};

/** Tries one act; most are refused in the state the case is in, which is as good a test. True when it happened. */
async function act(received: ReceivedApplication): Promise<boolean> {
  const { reference, code } = received;
  try {
    if (random() < 0.3) {
      const action = pick(applicantActions);
      if (action === "withdraw" && random() < 0.7) return false;
      await services.cases.performAsApplicant({
        reference,
        code,
        action,
        fields: applicantFields[action]?.() ?? {},
        now,
      });
    } else {
      const action = pick(officialActions);
      const { entity } = await services.cases.follow({ reference, code, now });
      const actor = official(entity ?? "MOH", pick([1, 2, 3]));
      await services.cases.perform({ reference, action, fields: fieldsOf[action]?.() ?? {}, actor, now });
    }
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code !== "internal") return false;
    throw error;
  }
}

const isDone = (acting: Promise<unknown>): Promise<boolean> =>
  acting.then(
    () => true,
    (error: unknown) => {
      if (error instanceof Problem && error.code !== "internal") return false;
      throw error;
    },
  );

/** Not drawn by chance: the newest that is open is withdrawn for its applicant, and every other one opened again later. */
async function withdrawFor(all: readonly ReceivedApplication[], i: number, withdrawn: ReceivedApplication[]) {
  const last = withdrawn.at(-1);
  if (i % 8 === 6 && last && withdrawn.length % 2 === 0) {
    const again = { action: "reopen", fields: { reason: "لم أطلب ذلك" }, now };
    expect(await isDone(services.cases.performAsApplicant({ ...last, ...again }))).toBe(true);
  }
  if (i % 8 !== 3) return;
  for (const sent of [...all].reverse()) {
    const fields = { recognisedBy: "details", reason: "حُلّت" };
    const act = { reference: sent.reference, action: "withdraw_for_applicant", fields, now };
    if (await isDone(services.cases.perform({ ...act, actor: official("MOH", 1) }))) return withdrawn.push(sent);
  }
}

const period = { programme: "jordan", from: "2026-06-09", to: "2026-06-25", by: "entity" };
const ask = (at: Date): Promise<KpiReport> => services.reports.kpi({ ...period, at });

describe("three weeks of an office", () => {
  const received: ReceivedApplication[] = [];
  const withdrawn: ReceivedApplication[] = [];
  const asked: { at: Date; report: KpiReport }[] = [];
  const summed: KpiReport[] = [];
  let acts = 0;

  beforeAll(async () => {
    database = await createOwnDatabase();
    services = compose({
      db: database.db,
      log: pino({ level: "silent" }),
      now: () => now,
      smtpUrl: null,
      publicUrl: "https://diwan.example.jo",
      sealKey: "k".repeat(32),
      random: { bytes: (n) => Buffer.from(Array.from({ length: n }, () => Math.floor(references() * 256))) },
    });
    await services.configuration.seed({ programmes: ["jordan"], now: start });
    setup = await services.setup.of("jordan");
    const { key } = await issueChannelKey(database.db, {
      programme: "jordan",
      channel: "web",
      label: "test",
      random: { bytes: (n) => Buffer.alloc(n, 5) },
      by: { kind: "system", job: "test" },
      now: start,
    });
    const channelKey = await services.intake.channelOfKey(key);
    if (channelKey === null) throw new Error("the key is not known");
    for (let i = 0; i < 45; i++) {
      now = new Date(now.getTime() + Math.floor(random() * 14 * hour));
      if (received.length < 24) {
        const input = {
          programme: "jordan",
          type: pick(["complaint", "complaint", "inquiry"]),
          subject: "طلب",
          description: "وصف الطلب بالتفصيل",
          entity: pick(["JFDA", "MOH", "MWI"]),
          pillar: pick(["TIME", "QUALITY"]),
          importance: pick(["low", "normal", "high"]),
          applicant: { name: "سلمى", phone: "+962791234567" },
        };
        received.push(await services.intake.receive({ input, key: channelKey, idempotencyKey: null, now }));
      }
      await services.deadlines.enforce({ now });
      for (let n = 0; n < 10; n++) if (await act(pick(received))) acts += 1;
      await withdrawFor(received, i, withdrawn);
      if (i % 5 !== 4) continue;
      asked.push({ at: now, report: await ask(now) });
      await services.reports.rollups.advance({ now });
      // A moment later: what answers are the sums.
      summed.push(await services.reports.kpi({ ...period, at: new Date(now.getTime() + 1), newest: true }));
    }
  }, 60_000);
  afterAll(() => database.close());

  it("has enough happening in it", () => {
    const last = asked.at(-1)?.report as KpiReport;
    expect(acts).toBeGreaterThan(60);
    expect(withdrawn.length).toBeGreaterThan(3);
    for (const figure of [
      last.resolved,
      last.closed,
      last.onTimeResolution.denominator,
      last.reopened.denominator,
      last.satisfaction.denominator,
      last.misrouted.numerator,
      last.pauseShare.numerator,
      last.escalated["1"]?.numerator,
    ]) {
      expect(figure).toBeGreaterThan(0);
    }
  });

  it("is reported later as it was reported then", async () => {
    for (const { at, report } of asked) expect(await ask(at)).toEqual(report);
  });

  it("was summed as it was counted", async () => {
    expect(summed).toEqual(asked.map(({ report }) => report));
    expect(await services.reports.rollups.check()).toMatchObject([{ asOf: now, wrongCases: [], wrongSums: 0 }]);
  });

  it("verifies, sealed or not", async () => {
    expect(await services.audit.verify({ seals: [] })).toMatchObject({
      ok: true,
      unsealed: { chains: received.length + 3 - (await emptyStreams()) },
    });
    await services.audit.seal({ now });
    expect(await services.audit.verify({ seals: [] })).toMatchObject({ ok: true, unsealed: { events: 0 } });
  });

  it("can be explained, every case, in both languages", async () => {
    for (const { reference } of received) {
      const [english, arabic] = await Promise.all(
        (["en", "ar"] as const).map((language) => services.reports.explain({ reference, language, now })),
      );
      expect(english?.length).toBe(arabic?.length);
      expect(english?.join("\n")).toContain(`Case \u2068${reference}\u2069`);
      expect([...(english ?? []), ...(arabic ?? [])].join("\n")).not.toMatch(/undefined|NaN|\[object|Invalid Date/);
    }
    await expect(services.reports.explain({ reference: "000-000-0000", language: "en", now })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(setup.programme.code).toBe("jordan");
  });

  /** Streams of the audit that nothing was written to. */
  async function emptyStreams(): Promise<number> {
    const [rows] = (await database.db.query("select count(distinct stream)::integer as n from audit_events")) as [
      { n: number }[],
      unknown,
    ];
    return 3 - (rows[0]?.n ?? 0);
  }
});
