/** When a letter to an official leaves, who on an entity hears first, and what is put together in the end. */
import { describe, expect, it } from "@jest/globals";
import { chooseDelivery } from "../../src/engine/letters/choose-delivery.js";
import { type CaseNow, gatherLetters, type WaitingLetter } from "../../src/engine/letters/gather-letters.js";
import type { LetterWay } from "../../src/engine/letters/letter-ways.js";
import type { MessageIntent } from "../../src/engine/letters/message-intent.js";
import type { MessageTemplate } from "../../src/engine/letters/message-kinds.js";
import { messagesFor } from "../../src/engine/letters/messages-for.js";
import { inTurn } from "../../src/engine/letters/on-duty.js";
import type { Case } from "../../src/engine/lifecycle/case.js";
import type { CaseEventType } from "../../src/engine/lifecycle/case-event.js";
import type { Seat, Setup } from "../../src/engine/setup/setup.js";
import { seatHoldersAt } from "../../src/engine/setup/setup-references.js";
import {
  aCase,
  calendar,
  holder,
  hoursAfter,
  office,
  seat,
  seats,
  shippedWorkflow,
  sunday,
  system,
} from "../support/office.js";

const workflow = shippedWorkflow("complaint");
const at = (iso: string) => new Date(iso);

/** The office with this way for all positions, and this many hours until the next focal point hears. */
function officeOf(way: LetterWay | undefined, a: { seats?: readonly Seat[]; hours?: number } = {}): Setup {
  const setup = office({ seats: a.seats ?? seats });
  const { officialLetters: _, nextFocalPointHours: __, ...settings } = setup.programme.settings;
  const own = { ...settings, ...(way && { officialLetters: way }), nextFocalPointHours: a.hours ?? 0 };
  return { ...setup, programme: { ...setup.programme, settings: own } };
}
const withSeat = (id: number, change: Partial<Seat>) =>
  seats.map((one) => (one.id === id ? { ...one, ...change } : one));

function intentTo(userId: number, template: MessageTemplate, more: Partial<MessageIntent> = {}): MessageIntent {
  return {
    template,
    receiver: { kind: "user", userId },
    language: "ar",
    data: { reference: "123-456-7897", confidential: false },
    key: `case/7/5/${template}/user/${userId}`,
    ...more,
  };
}
const chosen = (intent: MessageIntent, setup: Setup, now = sunday, theCase = aCase()) =>
  chooseDelivery([intent], { theCase, setup, now, calendar: () => calendar });

const tellings = (type: CaseEventType, setup: Setup, a: { theCase?: Case; data?: Record<string, unknown> } = {}) =>
  messagesFor({
    theCase: a.theCase ?? aCase(),
    events: [{ type, at: sunday, actor: system, data: a.data ?? {}, seq: 5 }],
    setup,
    workflow,
    now: sunday,
    applicantWays: [],
  });
const receivers = (intents: readonly MessageIntent[]) =>
  intents.map(({ receiver, template }) => [template, receiver.kind === "user" ? receiver.userId : null]);

describe("when a letter leaves", () => {
  const kinds: readonly MessageTemplate[] = [
    "official-assigned",
    "official-news",
    "official-warning",
    "official-escalated",
    "official-escalated-copy",
  ];
  // Sunday 13:00 in Amman: the next full hour is 14:00; Monday's work begins at 8:30.
  const ways: readonly [LetterWay | undefined, string | null | "dropped"][] = [
    [undefined, null],
    ["atOnce", null],
    ["hourly", "2026-11-22T11:00:00.000Z"],
    ["daily", "2026-11-23T05:30:00.000Z"],
    ["none", "dropped"],
  ];
  const forMorning: readonly MessageTemplate[] = ["official-warning", "official-escalated-copy"];
  it.each(kinds.flatMap((kind) => ways.map(([way, moment]) => [kind, way, moment] as const)))(
    "%s, way %s: %s; mandatory at once",
    (kind, way, moment) => {
      const setup = officeOf(way);
      const [one] = chosen(intentTo(11, kind), setup);
      const waits = way === "hourly" && forMorning.includes(kind) ? "2026-11-23T05:30:00.000Z" : moment;
      expect(one === undefined ? "dropped" : (one.gather?.at.toISOString() ?? null)).toBe(waits);
      const [must] = chosen(intentTo(11, kind, { mandatory: true }), setup);
      expect([must?.mandatory, must?.gather]).toEqual([true, undefined]);
    },
  );

  it("lets a reminder wait for the morning only where its deadline is later", () => {
    const warned = (dueAt: string) =>
      chosen(intentTo(11, "official-warning", { data: { dueAt } }), officeOf("hourly"))[0]?.gather?.at.toISOString();
    expect(warned("2026-11-23T05:00:00.000Z")).toBe("2026-11-22T11:00:00.000Z");
    expect(warned("2026-11-23T06:00:00.000Z")).toBe("2026-11-23T05:30:00.000Z");
  });

  it("outside working time gathers to when work begins", () => {
    const setup = officeOf("hourly");
    const [late] = chosen(intentTo(11, "official-news"), setup, at("2026-11-22T18:20:00Z"));
    expect(late?.gather?.at.toISOString()).toBe("2026-11-23T05:30:00.000Z");
    const [night] = chosen(intentTo(11, "official-news"), officeOf("daily"), at("2026-11-22T23:00:00Z"));
    expect(night?.gather?.at.toISOString()).toBe("2026-11-23T05:30:00.000Z");
    const [thursday] = chosen(intentTo(11, "official-news"), officeOf("daily"), at("2026-11-26T08:00:00Z"));
    expect(thursday?.gather?.at.toISOString()).toBe("2026-11-29T05:30:00.000Z");
  });

  it("leaves what is no letter about a case, and what an applicant gets, as it is", () => {
    const setup = officeOf("none");
    const applicant: MessageIntent = {
      ...intentTo(1, "applicant-received"),
      receiver: { kind: "applicant", caseId: 7 },
    };
    expect(chosen(applicant, setup)).toEqual([applicant]);
    const alert = intentTo(51, "operation-room-alert", { data: { kind: "rule-faulted" } });
    expect(chosen(alert, setup)).toEqual([alert]);
    expect(chosen(intentTo(51, "operation-room-alert", { data: { kind: "empty-seat" } }), setup)).toEqual([]);
  });

  it("goes by the position's own choice, and of two positions by the one that hears sooner", () => {
    const own = officeOf("hourly", { seats: withSeat(1, { letters: "none" }) });
    expect(chosen(intentTo(11, "official-news"), own)).toEqual([]);
    expect(chosen(intentTo(12, "official-news"), own)[0]?.gather?.seat).toBe(2);
    const both = seats.map((one) =>
      one.id === 1
        ? { ...one, letters: "daily" as const }
        : one.id === 3
          ? { ...one, letters: "hourly" as const, holders: [holder(11)] }
          : one,
    );
    const [intent] = chosen(intentTo(11, "official-news"), officeOf("none", { seats: both }));
    expect(intent?.gather).toEqual({ at: at("2026-11-22T11:00:00Z"), seat: 3 });
  });
});

describe("what a rule marks as mandatory", () => {
  const step = {
    ruleId: "late",
    kind: "escalation",
    level: 1,
    when: { clock: "resolution", percent: 100 },
    tell: ["entity.superior(1)"],
  } as const;
  const data = { ruleId: "late", level: 1, receivers: [11, 13], escalatedTo: [13], emptySeats: [] };
  it("is mandatory for those whom the step is for; a copy follows the position", () => {
    const theCase = aCase({ escalationSteps: [{ ...step, mandatory: true }] });
    const intents = tellings("case.escalated", officeOf("none"), { theCase, data });
    expect(intents.map(({ template, mandatory }) => [template, mandatory])).toEqual([
      ["official-escalated", true],
      ["official-escalated-copy", undefined],
    ]);
    const left = chooseDelivery(intents, { theCase, setup: officeOf("none"), now: sunday, calendar: () => calendar });
    expect(receivers(left)).toEqual([["official-escalated", 13]]);
  });
  it("is no more than the others where the step does not say so", () => {
    const theCase = aCase({ escalationSteps: [step] });
    const intents = tellings("case.escalated", officeOf("none"), { theCase, data });
    expect(intents.some(({ mandatory }) => mandatory)).toBe(false);
  });
});

describe("one event writes to one person once", () => {
  it("who is both focal point and manager gets one letter", () => {
    const both = officeOf(undefined, { seats: withSeat(3, { holders: [holder(11)] }) });
    const data = {
      ruleId: "late",
      level: 1,
      receivers: [11, 12],
      escalatedTo: [11],
      emptySeats: [{ level: 2, seat: 6 }],
    };
    const room = officeOf(undefined, { seats: withSeat(9, { holders: [holder(11)] }) });
    expect(receivers(tellings("case.escalated", both, { data }))).toContainEqual(["official-escalated", 11]);
    const once = tellings("case.escalated", room, { data }).filter(
      ({ receiver }) => receiver.kind === "user" && receiver.userId === 11,
    );
    expect(once.map(({ template }) => template)).toEqual(["official-escalated"]);
  });
});

describe("a case that nobody took", () => {
  const three = [...seats, seat(20, "focal_point", { entity: "JFDA" }, holder(14))];
  const focal = (setup: Setup) =>
    seatHoldersAt(setup, (one) => one.role === "focal_point" && one.entity === "JFDA", sunday);
  /** Of the week of 22 November the turn of three begins at the second, of two at the first. */
  const order = (setup: Setup, now = sunday) => inTurn(aCase(), focal(setup), setup, now).map(({ userId }) => userId);

  it("tells one focal point, and the next one after the working hours that the programme says", () => {
    const setup = officeOf(undefined, { seats: three, hours: 7 });
    const intents = tellings("case.assigned", setup, {});
    expect(receivers(intents)).toEqual([
      ["official-assigned", 12],
      ["official-assigned", 14],
    ]);
    const [now, then] = chooseDelivery(intents, {
      theCase: aCase(),
      setup,
      now: sunday,
      calendar: () => calendar,
    });
    expect(now?.gather).toBeUndefined();
    // Two hours and a half of Sunday are left, the rest is Monday's.
    expect(then?.gather).toEqual({ at: at("2026-11-23T10:00:00Z"), seat: 20 });
    expect(then?.data.untaken).toEqual({ hours: 7, told: [12, 14] });
  });
  it("tells all of them where the programme does not let the next one wait", () => {
    const setup = officeOf(undefined, { seats: three, hours: 0 });
    expect(receivers(tellings("case.assigned", setup)).map(([, userId]) => userId)).toEqual([11, 12, 14]);
  });
  it("passes over those who want no letters", () => {
    const quiet = three.map((one) => (one.id === 1 ? { ...one, letters: "none" as const } : one));
    const intents = tellings("case.assigned", officeOf(undefined, { seats: quiet, hours: 7 }), {
      theCase: aCase(),
    });
    expect(receivers(intents).map(([, userId]) => userId)).toEqual([12, 14]);
  });
  it("goes to another one each week, from Sunday in the programme's zone", () => {
    const setup = officeOf(undefined, { seats: three });
    const week = (iso: string) => order(setup, at(iso))[0];
    const [first] = order(setup);
    expect([week("2026-11-28T20:59:00Z"), week("2026-11-21T21:01:00Z")]).toEqual([first, first]);
    const weeks = ["2026-11-22", "2026-11-29", "2026-12-06", "2026-12-13"].map((day) => week(`${day}T10:00:00Z`));
    expect([...weeks.slice(0, 3)].sort()).toEqual([11, 12, 14]);
    expect(weeks[3]).toBe(weeks[0]);
  });
  it("goes to the one on duty first; a day that the rota leaves out, and a vacant position, fall back to the turn", () => {
    const duties = [{ from: "2026-11-22", to: "2026-11-23" }];
    const rota = officeOf(undefined, { seats: three.map((one) => (one.id === 20 ? { ...one, duties } : one)) });
    expect(order(rota)).toEqual([14, 12, 11]);
    expect(order(rota, at("2026-11-23T20:59:00Z"))).toEqual([14, 12, 11]);
    expect(order(rota, at("2026-11-23T21:01:00Z"))).toEqual([12, 14, 11]);
    const left = officeOf(undefined, {
      seats: three.map((one) =>
        one.id === 20 ? { ...one, duties, holders: [holder(14, { to: at("2026-11-01T00:00:00Z") })] } : one,
      ),
    });
    expect(order(left)).toEqual([11, 12]);
  });
  it("reminds one of them too, not all", () => {
    const setup = officeOf(undefined, { seats: three, hours: 7 });
    const data = { ruleId: "w", level: 0, receivers: [11, 12, 14], emptySeats: [] };
    expect(receivers(tellings("deadline.warned", setup, { data, theCase: aCase() }))).toEqual([
      ["official-warning", 12],
    ]);
  });
});

describe("those who share the work of a case", () => {
  const told = (type: CaseEventType, data: Record<string, unknown>, theCase: Case, hours = 7) =>
    receivers(tellings(type, officeOf(undefined, { hours }), { data, theCase })).map(([, userId]) => userId);
  const reminder = { receivers: [11, 12], emptySeats: [] };
  it("are spared a reminder of what one of them took", () => {
    expect(told("case.reminded", reminder, aCase({ assignee: 12 }))).toEqual([12]);
    expect(told("case.reminded", reminder, aCase({ assignee: 12 }), 0)).toEqual([11, 12]);
  });
  it("in the operation room hear in turn, and not of what the main focal point has to place", () => {
    const warned = { ruleId: "w", level: 0, receivers: [51, 52, 61], emptySeats: [] };
    expect(told("deadline.warned", warned, aCase({ entity: null }))).toEqual([61]);
    const copied = { ruleId: "x", level: 4, receivers: [41, 51, 52], escalatedTo: [41], emptySeats: [] };
    expect(told("case.escalated", copied, aCase())).toEqual([41, 51]);
  });
  it("in the operation room hear in turn of a case without an entity that a rule escalates", () => {
    const step = {
      ruleId: "x",
      kind: "escalation",
      level: 1,
      when: { idle: { amount: 48, unit: "calendarHours" } },
      tell: ["entity.superior(1)"],
      mandatory: true,
    } as const;
    const all = { ruleId: "x", level: 1, receivers: [51, 52, 61], escalatedTo: [51, 52, 61], emptySeats: [] };
    expect(told("case.escalated", all, aCase({ entity: null, escalationSteps: [step] }))).toEqual([51, 61]);
  });
  it("all get what a rule marks as mandatory, and what names them", () => {
    const step = {
      ruleId: "x",
      kind: "escalation",
      level: 1,
      when: { clock: "resolution", percent: 100 },
      tell: ["entity.focalPoints"],
      mandatory: true,
    } as const;
    const both = { ruleId: "x", level: 1, receivers: [11, 12], escalatedTo: [11, 12], emptySeats: [] };
    expect(told("case.escalated", both, aCase({ escalationSteps: [step] }))).toEqual([11, 12]);
    expect(told("case.noted", { mentions: [11, 12], note: "x" }, aCase({ assignee: 11 }))).toEqual([11, 12]);
  });
  it("an appeal is heard by who has the case and by one other who may take it", () => {
    expect(told("case.appealed", {}, aCase({ assignee: 11, answeredBy: 11 }))).toEqual([11, 12]);
  });
});

describe("what is put together", () => {
  let number = 0;
  const waiting = (template: MessageTemplate, more: Partial<WaitingLetter> = {}): WaitingLetter => {
    number += 1;
    return {
      id: number,
      key: `case/7/${number}/${template}/user/11`,
      template,
      data: { reference: "123-456-7897", confidential: false },
      userId: 11,
      language: "ar",
      seat: 1,
      caseId: 7,
      createdAt: sunday,
      ...more,
    };
  };
  const now = hoursAfter(sunday, 1);
  const gather = (letters: readonly WaitingLetter[], a: { cases?: readonly CaseNow[]; setup?: Setup } = {}) =>
    gatherLetters({
      listed: new Map(),
      letters,
      cases: new Map((a.cases ?? [open()]).map((one) => [one.theCase.id, one])),
      setup: a.setup ?? officeOf("hourly"),
      now,
      calendar: () => calendar,
    });
  const open = (change: Partial<Case> = {}): CaseNow => ({ theCase: aCase(change), stateKind: "open" });

  it("one letter alone leaves as it is", () => {
    const letter = waiting("official-news");
    expect(gather([letter])).toEqual({ alone: [letter.id], together: null, lapsed: [], anew: [] });
  });
  it("several are one letter, a line a case", () => {
    const letters = [
      waiting("official-news", { data: { kind: "replied" } }),
      waiting("official-warning"),
      waiting("official-news", { caseId: 8, data: { kind: "added" } }),
    ];
    const { alone, together, lapsed } = gather(letters, {
      cases: [open(), open({ id: 8, reference: "615-204-9930" })],
    });
    expect([alone, lapsed]).toEqual([[], []]);
    expect(together?.ids).toEqual(letters.map(({ id }) => id));
    expect(together?.intent).toMatchObject({
      template: "official-gathered",
      receiver: { kind: "user", userId: 11 },
      key: `gathered/jordan/user/11/${letters[0]?.id}`,
      data: { count: 2, way: "hourly" },
    });
    const lines = together?.intent.data.lines as { reference: string; happened: unknown[] }[];
    expect(lines.map(({ reference, happened }) => [reference, happened.length])).toEqual([
      ["123-456-7897", 2],
      ["615-204-9930", 1],
    ]);
  });
  it("of a confidential case only the reference, also of one that became confidential meanwhile", () => {
    const secret = open({ confidential: true });
    const { alone, together } = gather([waiting("official-news", { data: { subject: "x", confidential: false } })], {
      cases: [secret],
    });
    expect(alone).toEqual([]);
    expect(together?.intent.data.lines).toEqual([{ reference: "123-456-7897", confidential: true }]);
    const told = waiting("official-news", { data: { reference: "123-456-7897", confidential: true } });
    expect(gather([told], { cases: [secret] }).alone).toEqual([told.id]);
  });
  it.each<[string, MessageTemplate, CaseNow, string]>([
    ["somebody took it", "official-assigned", open({ assignee: 12 }), "taken"],
    [
      "somebody's action moved it on",
      "official-assigned",
      open({ lastOfficialActionAt: hoursAfter(sunday, 0.5), stateSince: hoursAfter(sunday, 0.5) }),
      "taken",
    ],
    [
      "it was assigned to another",
      "official-assigned",
      open({ lastOfficialActionAt: hoursAfter(sunday, 0.5), assignedAt: hoursAfter(sunday, 0.5) }),
      "taken",
    ],
    ["it was answered", "official-warning", { ...open(), stateKind: "resolved" }, "done"],
    ["it went to another entity", "official-mentioned", open({ entity: "MWI" }), "gone"],
  ])("nothing any more where %s", (_, template, found, reason) => {
    const letter = waiting(template);
    expect(gather([letter], { cases: [found] })).toMatchObject({
      alone: [],
      together: null,
      lapsed: [{ id: letter.id, reason }],
    });
  });
  it("of a case that nobody took, though somebody else said anew what it is about", () => {
    const letter = waiting("official-assigned");
    const reclassified = open({ lastOfficialActionAt: hoursAfter(sunday, 0.5) });
    expect(gather([letter], { cases: [reclassified] })).toMatchObject({ alone: [letter.id], lapsed: [] });
  });
  it("nothing where the position switched letters off meanwhile", () => {
    const setup = officeOf("hourly", { seats: withSeat(1, { letters: "none" }) });
    expect(gather([waiting("official-news")], { setup }).lapsed).toMatchObject([{ reason: "switchedOff" }]);
  });
  it("goes to the present holder of the position", () => {
    const setup = officeOf("hourly", {
      seats: withSeat(1, {
        holders: [holder(11, { to: hoursAfter(sunday, 0.5) }), holder(15, { from: hoursAfter(sunday, 0.5) })],
      }),
    });
    const letter = waiting("official-warning");
    expect(gather([letter], { setup })).toMatchObject({
      lapsed: [{ id: letter.id, reason: "handedOver" }],
      anew: [{ id: letter.id, userId: 15, key: `${letter.key}/to/15`, seat: 1, at: now }],
    });
  });
  it("what the applicant wrote goes to the person who took the case meanwhile", () => {
    const letter = waiting("official-news", { data: { kind: "replied" } });
    expect(gather([letter], { cases: [open({ assignee: 12 })] })).toMatchObject({ anew: [{ userId: 12, seat: 2 }] });
    // An appeal is against the one who has it: the others hear of it as well.
    expect(
      gather([waiting("official-news", { data: { kind: "appealed" } })], { cases: [open({ assignee: 12 })] }).anew,
    ).toEqual([]);
  });
  it("of a case that nobody took yet the next in turn will hear, each once", () => {
    const setup = officeOf("hourly", {
      hours: 7,
      seats: [...seats, seat(20, "focal_point", { entity: "JFDA" }, holder(14))],
    });
    const letter = waiting("official-assigned", { data: { untaken: { hours: 7, told: [12, 11] } } });
    const { alone, anew } = gather([letter], { setup });
    expect(alone).toEqual([letter.id]);
    expect(anew).toMatchObject([{ userId: 14, data: { untaken: { told: [12, 11, 14] } } }]);
    expect(anew[0]?.at.getTime()).toBeGreaterThan(now.getTime());
    const last = waiting("official-assigned", { data: { untaken: { hours: 7, told: [12, 14, 11] } } });
    expect(gather([last], { setup }).anew).toEqual([]);
  });
});
