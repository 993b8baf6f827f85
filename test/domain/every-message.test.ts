/** Every kind of message from every event that makes it, in both languages, alone and gathered: none has words without what they need. */
import { describe, expect, it } from "@jest/globals";
import type { Actor } from "../../src/engine/access/permissions.js";
import { startClock } from "../../src/engine/calendar/clocks.js";
import type { ApplicantWay } from "../../src/engine/letters/applicant-ways.js";
import { type CaseNow, gatherLetters, type WaitingLetter } from "../../src/engine/letters/gather-letters.js";
import type { MessageIntent } from "../../src/engine/letters/message-intent.js";
import { followsWay, type MessageTemplate, messageKinds } from "../../src/engine/letters/message-kinds.js";
import { type messagesFor as MessagesFor, messagesFor } from "../../src/engine/letters/messages-for.js";
import type { Case } from "../../src/engine/lifecycle/case.js";
import type { CaseEventType, LetterEvent } from "../../src/engine/lifecycle/case-event.js";
import { codesOf } from "../../src/engine/registry.js";
import type { Language } from "../../src/engine/text/text.js";
import { createRenderer } from "../../src/features/notifications/render.js";
import {
  aCase,
  applicant,
  calendar,
  hoursAfter,
  office,
  person,
  seats,
  shippedWorkflow,
  sunday,
} from "../support/office.js";
import { sampleMessages } from "../support/sample-messages.js";

const workflow = shippedWorkflow("complaint");
const renderer = createRenderer({
  publicUrl: "https://diwan.example.jo/",
  drawChart: () => Buffer.alloc(0),
  linkToken: ({ id }) => `${id}.token`,
});
const languages: readonly Language[] = ["ar", "en"];
const clock = startClock({
  ...{ target: "resolution", cycle: 1, budget: { amount: 10, unit: "workingDays" }, calendar, calendarVersionId: 1 },
  at: sunday,
} as const);
const step = (ruleId: string, when: object) =>
  ({ ruleId, kind: "escalation", level: 1, when, tell: ["entity.focalPoints"] }) as never;
const open = (change: Partial<Case> = {}) =>
  aCase({
    clocks: [clock],
    escalationSteps: [
      step("late", { clock: "resolution", percent: 100 }),
      step("silent", { idle: { amount: 1, unit: "workingDays" } }),
    ],
    ...change,
  });

interface Variant {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly theCase?: Partial<Case>;
  readonly actor?: Actor;
  /** What the same act did before. */
  readonly before?: readonly [CaseEventType, Readonly<Record<string, unknown>>][];
  readonly more?: Partial<Parameters<typeof MessagesFor>[0]>;
}
const duplicates = [{ caseId: 9, reference: "111-222-3334", language: "en", ways: ["email"] }] as const;
const resolved: Partial<Case> = { state: "resolved", answeredBy: 11, resolvedAt: sunday };
const told = (more: object = {}): readonly Variant[] =>
  ["late", "silent", "unknown"].flatMap((ruleId) =>
    [0, 1].map((level) => ({
      data: {
        ...{ ruleId, level, receivers: [11, 12, 13], escalatedTo: [13], emptySeats: [{ level: 2, seat: null }] },
        ...more,
      },
    })),
  );
const forThem = (action: string, more: object): Variant => ({
  actor: person(91),
  data: { action, forApplicant: true, recognisedBy: "code", ...more },
});

/** Acts of officials for an applicant whom they recognised. */
const byRecognised = codesOf(workflow.actions).filter((name) => workflow.actions[name]?.fields.recognisedBy);

/** What each event may say: with all of it, and with as little as it may come with. */
const variants: Readonly<Record<LetterEvent, readonly Variant[]>> = {
  "application.received": [{}, { theCase: { clocks: [] } }, { data: { splitFrom: "999-888-7776" } }],
  "applicant.asked": [
    { theCase: { state: "waiting_applicant" }, data: { question: "Which street?" } },
    { theCase: { state: "in_progress" } },
  ],
  "case.assigned": [{}, { actor: person(12) }],
  "case.transferred": [{}],
  "case.resolved": [
    { theCase: resolved, before: [["case.answered", { answer: "Repaired" }]] },
    { theCase: resolved, more: { duplicates, lastAnswer: "Repaired" } },
    { theCase: resolved },
  ],
  "applicant.invited": [
    { theCase: resolved, data: { reminder: false } },
    { theCase: resolved, data: { reminder: true } },
    { theCase: { ...resolved, state: "closed" } },
  ],
  "case.rejected": [
    { data: { closingReason: "unknown" } },
    { data: { told: { ar: "سبب", en: "A reason" }, explanation: "Which office?" }, more: { duplicates } },
  ],
  "case.withdrawn": [{ actor: applicant }, { actor: person(51), data: { reason: "Solved" } }, { actor: person(51) }],
  "case.linked": [{}, { more: { duplicates, originalAnswer: "Repaired" } }],
  "case.noted": [{ data: { mentions: [11, 13], note: "Look" }, actor: person(12) }, { data: { mentions: [11] } }],
  "case.given": [{ data: { colleague: 12, reason: "You know it" }, actor: person(11) }, { data: { colleague: 12 } }],
  "case.reminded": [
    { data: { receivers: [11, 12], note: "Soon" }, actor: person(13) },
    { data: { receivers: [11], emptySeats: [{ level: 1, seat: 3 }] } },
  ],
  "applicant.replied": [
    { actor: applicant, data: { reply: "The left one", from: "waiting_applicant" } },
    { actor: applicant },
    ...byRecognised.slice(0, 2).map((action) => forThem(action, { reply: "The left one" })),
  ],
  "case.reopened": [{ actor: applicant }, { actor: person(51) }, ...byRecognised.map((action) => forThem(action, {}))],
  "case.rated": [
    { actor: applicant, data: { rating: 1 } },
    ...byRecognised.map((action) => forThem(action, { rating: 1, comment: "No" })),
  ],
  "case.appealed": [
    { actor: applicant, theCase: { rating: 1, answeredBy: 11 }, before: [["case.rated", { rating: 1 }]] },
    { actor: applicant, theCase: { answeredBy: 11 } },
  ],
  "deadline.warned": told(),
  "case.escalated": told(),
  "rule.faulted": [{ data: { set: "sla", version: 2, ruleId: "sla-high", message: "boom" } }, {}],
};

/** Those that no event of one case makes; their samples are rendered below. */
const madeElsewhere: readonly MessageTemplate[] = [
  // A link that was asked for by who lost the code, and where to write for who answered a text message.
  ...(["applicant-lost-code", "sms-lost-code", "sms-reply"] as const),
  ...(["contact-code", "contact-code-sms", "official-bulk", "official-gathered", "official-instruction"] as const),
  ...(["digest-committee", "digest-executive", "digest-cabinet", "digest-focal-point", "figure-alert"] as const),
  ...(["audit-seal", "account-invitation", "account-reset"] as const),
];

const system: Actor = { kind: "system", job: "enforce-deadlines" };
const officeOf = (all: typeof seats) => {
  const setup = office({ seats: all });
  const settings = { ...setup.programme.settings, officialLetters: "hourly", nextFocalPointHours: 7 } as const;
  return { ...setup, programme: { ...setup.programme, settings } };
};
const full = officeOf(seats);
const vacant = officeOf(seats.map((one) => ([1, 2, 3].includes(one.id) ? { ...one, holders: [] } : one)));
const wayChoices: readonly (readonly ApplicantWay[])[] = [["email"], ["sms"]];

function intentsOf(
  type: LetterEvent,
  variant: Variant,
  setup: typeof full,
  a: Partial<Case>,
  ways: (typeof wayChoices)[number],
) {
  const { data = {}, theCase = {}, actor = system, before = [], more = {} } = variant;
  const events = [...before, [type, data] as const].map(([name, said], i) => ({
    ...{ type: name, at: sunday, actor, data: said, seq: 5 + i },
  }));
  const about = open({ ...theCase, ...a });
  const intents = messagesFor({ theCase: about, events, setup, workflow, now: sunday, applicantWays: ways, ...more });
  return { about, intents };
}

/** All that is made: each that says something else once. */
const made = new Map<string, { intent: MessageIntent; type: LetterEvent; about: Case }>();
for (const type of codesOf(variants))
  for (const variant of variants[type])
    for (const setup of [full, vacant])
      for (const confidential of [false, true])
        for (const ways of wayChoices) {
          const { about, intents } = intentsOf(type, variant, setup, { confidential }, ways);
          for (const intent of intents)
            made.set(JSON.stringify([type, intent.template, intent.data]), { intent, type, about });
        }

/** What is wrong with a letter, in words; none: nothing. */
function faultsOf(template: MessageTemplate, data: MessageIntent["data"], language: Language): string[] {
  try {
    const { subject, html, text, wordingFault, lineFaults } = renderer.render({ template, language, data }, full);
    const gaps = [subject, html, text].filter(
      (part) => part === "" || /undefined|\[object|NaN|\bnull\b|(?<!\{)\{\w+\}/.test(part),
    );
    return [...gaps, ...(wordingFault === null ? [] : [wordingFault]), ...lineFaults];
  } catch (error) {
    return [String(error)];
  }
}
const faulty = (messages: readonly { template: MessageTemplate; data: MessageIntent["data"]; of?: string }[]) =>
  messages.flatMap(({ template, data, of = "" }) =>
    languages.flatMap((language) =>
      faultsOf(template, data, language).map((fault) => `${of} ${template} ${language}: ${fault.slice(0, 200)}`),
    ),
  );

describe("every kind of message", () => {
  it("is made by an event here, or has its own maker", () => {
    const kinds = new Set([...made.values()].map(({ intent }) => intent.template));
    expect([...kinds, ...madeElsewhere].sort()).toEqual(codesOf(messageKinds).sort());
  });

  it("from every event reads in both languages", () => {
    expect(faulty([...made.values()].map(({ intent, type }) => ({ ...intent, of: type })))).toEqual([]);
  });

  it("reads though it says as little as a message may", () => {
    const bare = codesOf(messageKinds).filter((kind) => !/^(digest|figure|account)-/.test(kind));
    const data = { reference: "123-456-7897" };
    expect(faulty(bare.map((template) => ({ template, data })))).toEqual([]);
    const nothing = Object.fromEntries(
      Object.keys(Object.assign({}, ...Object.values(sampleMessages))).map((name) => [name, null]),
    );
    expect(faulty(bare.map((template) => ({ template, data: { ...nothing, ...data } })))).toEqual([]);
  });

  it("in a language that is not there any more is in one that is", () => {
    const { template, data } = { template: "official-warning" as const, data: sampleMessages["official-warning"] };
    expect(renderer.render({ template, data, language: "fr" as Language }, full).text).toMatch(/482-739-1652/);
  });
});

describe("gathered", () => {
  const officials = [...made.values()].filter(
    ({ intent: { template, data, receiver } }) => receiver.kind === "user" && followsWay(template, data),
  );
  /** As it waits, with the same of another case beside it. */
  function gathered({ intent, about }: (typeof officials)[number]) {
    const other = { ...about, id: 8, reference: "111-222-3334" };
    const cases = new Map<number, CaseNow>(
      [about, other].map((theCase) => [theCase.id, { theCase, stateKind: "open" }]),
    );
    const letters = [about, other].map(
      ({ id: caseId }, i): WaitingLetter => ({
        ...{ id: 1 + i, key: `${intent.key}/${i}`, template: intent.template, data: intent.data, language: "ar" },
        ...{ userId: intent.receiver.kind === "user" ? intent.receiver.userId : 0, seat: null, caseId },
        createdAt: sunday,
      }),
    );
    const now = hoursAfter(sunday, 1);
    return gatherLetters({ letters, cases, listed: new Map(), setup: full, now, calendar: () => calendar }).together;
  }
  const together = officials.flatMap((one) => gathered(one)?.intent ?? []);
  const lines = together.flatMap(({ data }) => data.lines as { happened?: { template: MessageTemplate }[] }[]);

  it("every kind that may wait does in one of these", () => {
    const kinds = new Set(lines.flatMap(({ happened = [] }) => happened.map(({ template }) => template)));
    const waiting = codesOf(messageKinds).filter((kind) => followsWay(kind, { kind: "empty-seat" }));
    expect([...kinds, "figure-alert"].sort()).toEqual([...waiting].sort());
  });

  it("reads, in a letter of its own and in the morning's list", () => {
    const list = sampleMessages["digest-focal-point"];
    const all = {
      way: "daily",
      count: lines.length,
      lines: [...new Map(lines.map((one) => [JSON.stringify(one), one])).values()],
    };
    expect(faulty([...together, { template: "digest-focal-point", data: { ...list, gathered: all } }])).toEqual([]);
  });

  it("of a silent office says that no one acted", () => {
    const silent = { template: "official-warning", target: null, level: 0, untaken: false };
    const data = {
      way: "hourly",
      count: 1,
      lines: [{ reference: "123-456-7897", confidential: false, happened: [silent] }],
    };
    expect(renderer.render({ template: "official-gathered", language: "en", data }, full).text).toContain(
      "No one has acted on it for some time.",
    );
    expect(faulty([{ template: "official-gathered", data }])).toEqual([]);
  });
});

describe("a line that cannot be put together", () => {
  const broken = {
    get template(): never {
      throw new Error("no such thing");
    },
  };
  const lines = [
    { reference: "123-456-7897", confidential: false, subject: "Unseen", happened: [broken] },
    { reference: "111-222-3334", confidential: false, subject: "Second", happened: [{ template: "official-given" }] },
  ];
  const gatheredData = { way: "hourly", count: 2, lines };
  const late = sampleMessages["digest-focal-point"] as { groups: { cases: object[] }[] };
  const [first, ...others] = late.groups;
  const brokenCase = {
    ...first?.cases[0],
    importance: {
      get ar(): never {
        throw new Error("no such thing");
      },
    },
  };

  it.each([
    ["official-gathered", gatheredData],
    ["digest-focal-point", { ...late, gathered: gatheredData }],
  ] as const)("is a plain one with its link in %s, and the others are there", (template, data) => {
    for (const language of languages) {
      const { text, html, lineFaults } = renderer.render({ template, language, data }, full);
      expect(lineFaults).toEqual(["no such thing"]);
      expect(text).toContain("/records/123-456-7897/show");
      expect(html).not.toContain("Unseen");
      expect(text).toContain("Second");
      expect(text).toContain(language === "en" ? "Open the case to read it." : "افتح الطلب للاطلاع عليه.");
    }
  });

  it("of a day's list, and a part of a digest of figures", () => {
    const data = { ...late, groups: [{ ...first, cases: [brokenCase, ...(first?.cases.slice(1) ?? [])] }, ...others] };
    const day = renderer.render({ template: "digest-focal-point", language: "ar", data }, full);
    expect([day.lineFaults, day.text.includes("615-204-9930")]).toEqual([["no such thing"], true]);
    const told = sampleMessages["digest-committee"] as { story: object };
    const story = {
      ...told.story,
      get latest(): never {
        throw new Error("no such thing");
      },
    };
    const figures = renderer.render({ template: "digest-committee", language: "en", data: { ...told, story } }, full);
    expect(figures.lineFaults).toEqual(["no such thing"]);
    expect(figures.text).toContain("This part cannot be shown here.");
    expect(figures.text).toContain("737 of 1,024");
  });
});
