/** Services that remember what they were asked and answer without a database: for tests of the doors. */

import { Writable } from "node:stream";
import { pino } from "pino";
import type { KeyPurpose } from "../../src/engine/access/key-purposes.js";
import type { FollowedApplication } from "../../src/engine/lifecycle/views/follow-view.js";
import { kpiFigures } from "../../src/engine/measures/kpi.js";
import { noCounts } from "../../src/engine/measures/kpi-counts.js";
import { Problem } from "../../src/engine/text/problems.js";
import { checkApplicationInput } from "../../src/features/intake/application-input.js";
import type { ApiServices } from "../../src/features/intake/read-request.js";
import type { ReceivedApplication } from "../../src/features/intake/receive-application.js";
import type { HttpServices } from "../../src/platform/http/create-http.js";
import { sampleSetup } from "./sample-setup.js";

export const sampleKey = "dk_0123456789abcdef";
export const sampleFiguresKey = "dk_fedcba9876543210";
const purposes: Readonly<Record<string, KeyPurpose>> = { [sampleKey]: "applications", [sampleFiguresKey]: "figures" };
export const sampleReference = "482-739-1652";
export const sampleCode = "K7QM-3XVD-P2HR";
const unasked = () => Promise.reject(new Error("no door of HTTP acts for officials yet"));
const notFound = { en: "There is no such application.", ar: "لا يوجد طلب كهذا." };

export interface FakeServices {
  readonly services: HttpServices & ApiServices;
  /** Every call that changes something, in order. */
  readonly calls: { name: string; argument: Record<string, unknown> }[];
  /** Lines of the log, parsed. */
  readonly lines: Record<string, unknown>[];
  /** Of which references codes were wrong: the rule itself counts in a database. */
  readonly wrongCodes: string[];
  /** From now on each service fails with this; null mends it. */
  fail(error: unknown): void;
}

export function fakeServices(now = new Date("2026-11-25T09:00:00Z")): FakeServices {
  const calls: FakeServices["calls"] = [];
  const lines: Record<string, unknown>[] = [];
  const setup = sampleSetup();
  let failure: unknown = null;
  const answer = <T>(value: () => T): Promise<T> =>
    Promise.resolve().then(() => {
      if (failure !== null) throw failure;
      return value();
    });
  const wrongCodes: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  });
  const received = (entity: string | null): ReceivedApplication => ({
    caseId: 1,
    reference: sampleReference,
    code: sampleCode,
    state: "assigned",
    entity,
    pillar: "time",
    importance: "normal",
    dueAt: new Date("2026-12-01T09:00:00Z"),
    replayed: false,
  });
  const followed: FollowedApplication = {
    reference: sampleReference,
    programme: "jordan",
    type: "complaint",
    state: "assigned",
    stateName: { en: "Assigned", ar: "محالة" },
    subject: "Long queue",
    entity: "MOH",
    entityName: { en: "Ministry of Health", ar: "وزارة الصحة" },
    pillar: "time",
    importance: "normal",
    receivedAt: now,
    dueAt: null,
    resolvedAt: null,
    closedAt: null,
    splitFrom: null,
    splitInto: [],
    conversation: [{ at: now, kind: "question", text: "When?", recognised: null, shared: false, attachments: [] }],
    attachments: [],
    attachable: ["reply"],
    actions: ["reply", "withdraw"],
  };
  const services: HttpServices & ApiServices = {
    log: pino({ level: "info" }, sink),
    now: () => now,
    setup: {
      of: (programme) =>
        answer(() => {
          if (programme !== "jordan") throw new Problem("not-found", notFound);
          return setup;
        }),
      programmes: () => answer(() => ["jordan"]),
    },
    intake: {
      channelOfKey: (key) =>
        answer(() => {
          const purpose = purposes[key];
          return purpose === undefined ? null : { id: 1, programme: "jordan", channel: "web", purpose };
        }),
      stillGood: async () => {},
      receive: (a) =>
        answer(() => {
          calls.push({ name: "receive", argument: { ...a } });
          const checked = checkApplicationInput(a.input, setup, a.now);
          if (!checked.ok) throw new Problem("invalid-input", { en: "Mend it.", ar: "صحّحه." }, checked.faults);
          const before = calls.filter((c) => c.argument.idempotencyKey === a.idempotencyKey).length > 1;
          return { ...received(checked.input.entity ?? null), replayed: a.idempotencyKey !== null && before };
        }),
    },
    cases: {
      follow: (a) =>
        answer(() => {
          if (a.reference !== sampleReference || a.code !== sampleCode) throw new Problem("not-found", notFound);
          return followed;
        }),
      performAsApplicant: (a) =>
        answer(() => {
          calls.push({ name: "performAsApplicant", argument: { ...a } });
          if (!("code" in a) || a.code !== sampleCode) throw new Problem("not-found", notFound);
          if (a.action !== "reply") {
            throw new Problem("action-refused", { en: "It is still open.", ar: "ما زالت مفتوحة." });
          }
          return { reference: sampleReference, state: "inProgress", entity: "MOH", dueAt: now };
        }),
    },
    publicPages: {
      tries: {
        async opening({ reference }, open) {
          return open().catch((error: unknown) => {
            if (error instanceof Problem && error.code === "not-found") wrongCodes.push(reference);
            throw error;
          });
        },
      },
    },
    reports: {
      shared: ({ programme, from = "", to = "" }) =>
        answer(() => {
          calls.push({ name: "shared", argument: { programme, from, to } });
          const figures = kpiFigures(noCounts);
          const asked = { programme, from, to, asOf: now.toISOString(), knownOn: null, only: null, entity: null };
          return { ...asked, figures, confidentialCases: null };
        }),
    },
    attachments: {
      limits: unasked,
      limitsOf: unasked,
      mayStage: unasked,
      stage: unasked,
      staged: unasked,
      drop: unasked,
      open: unasked,
      openInstruction: unasked,
    },
    health: { notReady: () => answer(() => null), clocksApart: () => null, warnings: () => [] },
  };
  return {
    services,
    calls,
    lines,
    wrongCodes,
    fail(error) {
      failure = error;
    },
  };
}
