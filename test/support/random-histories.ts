/**
 * Random lives of cases, for counting them twice. A life is a list of acts; told up to any moment it gives the case as it
 * was then. The database gets the life told to its end, the recount gets it told to the moment of the report.
 */

import type { Clock, TargetName } from "../../src/engine/calendar/clock.js";
import {
  cancelClock,
  meetClock,
  pauseClock,
  rebudgetClock,
  resumeClock,
  startClock,
} from "../../src/engine/calendar/clocks.js";
import type { WorkingCalendar } from "../../src/engine/calendar/working-calendar.js";
import type { EventRow } from "./case-rows.js";

export type Act =
  | {
      readonly kind:
        | "respond"
        | "write"
        | "return"
        | "pause"
        | "resume"
        | "resolve"
        | "close"
        | "reopen"
        | "appeal"
        | "withdraw"
        | "withdrawFor"
        | "link"
        | "reject";
      readonly at: Date;
    }
  | { readonly kind: "transfer" | "assign" | "reclassify"; readonly at: Date; readonly to: string }
  | { readonly kind: "rate" | "escalate"; readonly at: Date; readonly n: number }
  | { readonly kind: "retime"; readonly at: Date; readonly hours: number };

export interface Life {
  readonly id: number;
  readonly receivedAt: Date;
  readonly type: string;
  readonly channel: string;
  readonly entity: string | null;
  readonly pillar: string;
  readonly hours: number;
  readonly acts: readonly Act[];
}

export interface Told {
  readonly life: Life;
  state: "open" | "waiting" | "resolved" | "final";
  entity: string | null;
  pillar: string;
  cycle: number;
  clocks: Clock[];
  events: EventRow[];
  resolutions: Date[];
  closings: Date[];
  begun: Date[];
  reopenings: Date[];
  /** Besides the rating every other one is given on a scale too. */
  ratings: { at: Date; n: number; time: number | null }[];
  rejections: Date[];
  rejectedAt: Date | null;
  escalations: { at: Date; level: number; cycle: number }[];
  transfers: number;
  withdrawnAt: Date | null;
  /** By an official for the applicant. */
  withdrawnFor: boolean;
  linkedAt: Date | null;
  /** When the answer was written that waits for its review, or took effect. */
  writtenAt: Date | null;
  inReview: boolean;
  invitedAt: Date | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
  resolutionSeconds: number | null;
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

function current(told: Told, target: TargetName): Clock | undefined {
  return told.clocks.find(
    (clock) =>
      clock.cycle === told.cycle && clock.target === target && clock.metAt === null && clock.cancelledAt === null,
  );
}

function replace(told: Told, clock: Clock): void {
  told.clocks = [...told.clocks.filter((c) => c.cycle !== clock.cycle || c.target !== clock.target), clock];
}

function start(told: Told, at: Date, hours: number, calendar: WorkingCalendar): void {
  for (const [target, amount] of [
    ["firstResponse", hours / 3],
    ["resolution", hours],
  ] as const) {
    const clock = startClock({
      target,
      cycle: told.cycle,
      budget: { amount, unit: "workingHours" },
      calendar,
      calendarVersionId: 1,
      at,
    });
    replace(told, clock);
    told.events.push({ type: "clock.started", at, data: { target, cycle: told.cycle, dueAt: iso(clock.dueAt) } });
  }
}

function meet(told: Told, target: TargetName, at: Date, calendar: WorkingCalendar): void {
  const clock = current(told, target);
  if (clock === undefined) return;
  if (clock.pausedAt !== null) resume(told, at, calendar);
  replace(told, meetClock(current(told, target) as Clock, calendar, at));
  told.events.push({ type: "clock.met", at, data: { target } });
}

function resume(told: Told, at: Date, calendar: WorkingCalendar): void {
  const clock = current(told, "resolution");
  if (clock === undefined || clock.pausedAt === null) return;
  const resumed = resumeClock(clock, calendar, at);
  replace(told, resumed);
  told.events.push({ type: "clock.resumed", at, data: { target: "resolution", dueAt: iso(resumed.dueAt) } });
}

function cancel(told: Told, at: Date, calendar: WorkingCalendar): void {
  for (const target of ["firstResponse", "resolution"] as const) {
    const clock = current(told, target);
    if (clock === undefined) continue;
    replace(told, cancelClock(clock, calendar, at));
    told.events.push({ type: "clock.cancelled", at, data: { target } });
  }
}

function act(told: Told, a: Act, calendar: WorkingCalendar): void {
  const { at } = a;
  const say = (type: string, data: Record<string, unknown> = {}): void => void told.events.push({ type, at, data });
  switch (a.kind) {
    case "respond":
      meet(told, "firstResponse", at, calendar);
      return;
    case "write":
      meet(told, "firstResponse", at, calendar);
      told.writtenAt = at;
      told.inReview = true;
      say("case.answered");
      return;
    case "return":
      told.writtenAt = null;
      told.inReview = false;
      say("case.returned");
      return;
    case "pause": {
      told.state = "waiting";
      const clock = current(told, "resolution");
      if (clock === undefined) return;
      replace(told, pauseClock(clock, calendar, at));
      say("clock.paused", { target: "resolution" });
      return;
    }
    case "resume":
      told.state = "open";
      resume(told, at, calendar);
      return;
    case "retime": {
      const clock = current(told, "resolution");
      if (clock === undefined) return;
      const moved = rebudgetClock(clock, { amount: a.hours, unit: "workingHours" }, calendar, at);
      replace(told, moved);
      say("case.retimed", {
        target: "resolution",
        from: { dueAt: iso(clock.dueAt) },
        to: { dueAt: iso(moved.dueAt) },
      });
      return;
    }
    case "resolve":
      meet(told, "firstResponse", at, calendar);
      meet(told, "resolution", at, calendar);
      told.resolutionSeconds ??=
        calendar.between(told.life.receivedAt, at) -
        (told.clocks.find((c) => c.target === "resolution" && c.cycle === told.cycle)?.pausedSeconds ?? 0);
      told.state = "resolved";
      told.inReview = false;
      told.writtenAt ??= at;
      told.resolvedAt = at;
      told.resolutions.push(at);
      told.invitedAt ??= at;
      say("case.resolved", { invitedToRate: true });
      return;
    case "close":
      cancel(told, at, calendar);
      told.state = "final";
      told.inReview = false;
      told.closedAt = at;
      told.closings.push(at);
      say("case.closed");
      return;
    case "rate": {
      const time = a.n % 2 === 0 ? null : 6 - a.n;
      told.ratings.push({ at, n: a.n, time });
      say("case.rated", time === null ? { rating: a.n } : { rating: a.n, scales: { time } });
      return;
    }
    case "reopen":
    case "appeal":
      told.cycle += 1;
      told.state = "open";
      told.writtenAt = null;
      told.inReview = false;
      told.resolvedAt = null;
      told.closedAt = null;
      told.rejectedAt = null;
      told.begun.push(at);
      if (a.kind === "reopen" && told.resolutions.length > 0 && told.withdrawnAt === null) told.reopenings.push(at);
      told.withdrawnAt = null;
      told.withdrawnFor = false;
      say(a.kind === "reopen" ? "case.reopened" : "case.appealed", { cycle: told.cycle });
      start(told, at, told.life.hours, calendar);
      return;
    case "transfer":
      told.entity = a.to;
      told.transfers += 1;
      told.writtenAt = null;
      told.inReview = false;
      say("case.transferred", { entity: a.to });
      return;
    case "assign":
      told.entity = a.to;
      told.writtenAt = null;
      told.inReview = false;
      say("case.assigned", { by: "person", entity: a.to });
      return;
    case "reclassify":
      told.pillar = a.to;
      say("case.classified", { by: "person", pillar: a.to });
      return;
    case "escalate":
      told.escalations.push({ at, level: a.n, cycle: told.cycle });
      say("case.escalated", { level: a.n });
      return;
    case "withdraw":
    case "withdrawFor":
      told.withdrawnAt = at;
      told.withdrawnFor = a.kind === "withdrawFor";
      say("case.withdrawn", told.withdrawnFor ? { forApplicant: true } : {});
      act(told, { kind: "close", at }, calendar);
      return;
    case "reject":
      told.rejectedAt = at;
      told.rejections.push(at);
      meet(told, "firstResponse", at, calendar);
      say("case.rejected");
      act(told, { kind: "close", at }, calendar);
      return;
    case "link":
      told.linkedAt = at;
      say("case.linked");
      act(told, { kind: "close", at }, calendar);
      return;
  }
}

/** The case as it was at `until`; null before it was received. */
export function tell(life: Life, until: Date, calendar: WorkingCalendar): Told | null {
  if (life.receivedAt > until) return null;
  const told: Told = {
    life,
    state: "open",
    entity: life.entity,
    pillar: life.pillar,
    cycle: 1,
    clocks: [],
    events: [
      { type: "application.received", at: life.receivedAt },
      { type: "case.classified", at: life.receivedAt, data: { pillar: life.pillar, pillarBy: "rules" } },
      { type: "case.routed", at: life.receivedAt, data: { entity: life.entity } },
    ],
    resolutions: [],
    closings: [],
    begun: [],
    reopenings: [],
    ratings: [],
    rejections: [],
    rejectedAt: null,
    escalations: [],
    transfers: 0,
    withdrawnAt: null,
    withdrawnFor: false,
    linkedAt: null,
    writtenAt: null,
    inReview: false,
    invitedAt: null,
    resolvedAt: null,
    closedAt: null,
    resolutionSeconds: null,
  };
  start(told, life.receivedAt, life.hours, calendar);
  for (const a of life.acts) if (a.at <= until) act(told, a, calendar);
  return told;
}

/** Numbers between 0 and 1 that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A life of up to `most` acts, each one that the state before allows, hours to days apart. */
export function randomLife(id: number, random: () => number, first: Date, days: number): Life {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const receivedAt = new Date(first.getTime() + Math.floor(random() * days * 86_400) * 1000);
  const acts: Act[] = [];
  let at = receivedAt;
  let state: "open" | "waiting" | "resolved" | "final" = "open";
  let level = 0;
  let rated = false;
  // By chance alone a second answer is hardly ever rated too.
  if (random() < 0.08) {
    for (const kind of ["resolve", "rate", "reopen", "resolve", "rate"] as const) {
      at = new Date(at.getTime() + Math.floor(random() * 2 * 86_400) * 1000 + 1000);
      acts.push(kind === "rate" ? { kind, at, n: 1 + Math.floor(random() * 5) } : { kind, at });
    }
    state = "resolved";
    rated = true;
  }
  const steps = Math.floor(random() * 9);
  let written = false;
  for (let i = 0; i < steps; i++) {
    at = new Date(at.getTime() + Math.floor(random() ** 3 * 12 * 86_400) * 1000 + 1000);
    if (state === "open" && written) {
      const kind = pick(["resolve", "return", "return", "withdraw"] as const);
      acts.push({ kind, at });
      written = false;
      state = kind === "resolve" ? "resolved" : kind === "return" ? "open" : "final";
      if (kind === "withdraw") break;
    } else if (state === "open") {
      const kind = pick([
        "respond",
        "pause",
        "write",
        "write",
        "resolve",
        "resolve",
        "resolve",
        "transfer",
        "assign",
        "reclassify",
        "escalate",
        "escalate",
        "retime",
        "withdraw",
        "withdrawFor",
        "link",
        "reject",
      ] as const);
      if (kind === "transfer" || kind === "assign") acts.push({ kind, at, to: pick(["A", "B", "C", "D"]) });
      else if (kind === "reclassify") acts.push({ kind, at, to: pick(["quality", "time"]) });
      else if (kind === "escalate") {
        // Each level once a case, as the key of an enforcement has it.
        level += 1;
        if (level <= 3) acts.push({ kind, at, n: level });
      } else if (kind === "retime") acts.push({ kind, at, hours: 3 + Math.floor(random() * 40) });
      else if ((kind === "withdraw" || kind === "link") && random() < 0.5) continue;
      else {
        acts.push({ kind, at });
        written = kind === "write";
        const stays = written || kind === "respond";
        state = kind === "pause" ? "waiting" : kind === "resolve" ? "resolved" : stays ? "open" : "final";
        if (kind === "withdraw" || kind === "link") break;
      }
    } else if (state === "waiting") {
      const kind = pick(["resume", "resume", "resolve", "retime", "close"] as const);
      if (kind === "retime") acts.push({ kind, at, hours: 3 + Math.floor(random() * 40) });
      else {
        acts.push({ kind, at });
        state = kind === "resume" ? "open" : kind === "resolve" ? "resolved" : "final";
      }
    } else {
      const kind = pick(["rate", "close", "reopen", "appeal"] as const);
      if (kind === "rate") {
        if (!rated) acts.push({ kind, at, n: 1 + Math.floor(random() * 5) });
        rated = true;
      } else if (kind !== "close" || state !== "final") {
        acts.push({ kind, at });
        state = kind === "close" ? "final" : "open";
        // Another answer may be rated too.
        if (kind !== "close") rated = false;
      }
    }
  }
  return {
    id,
    receivedAt,
    type: pick(["complaint", "inquiry"]),
    channel: pick(["web", "mobile"]),
    entity: pick(["A", "A", "B", null]),
    pillar: pick(["quality", "time"]),
    hours: 4 + Math.floor(random() * 60),
    acts,
  };
}
