/** What the composer of a case reckons without a browser: drafts that meet, requests that overtake, names after `@`, folds. */
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import type { TimelineEntry } from "../../src/engine/explain/describe-event.js";
import type { OfferedField } from "../../src/engine/lifecycle/views/case-view.js";
import { mentionAt, missingFields, rememberedAct, sentFields } from "../../src/features/cases/act/composer-values.js";
import {
  createDraftSync,
  type DraftFields,
  type DraftStatus,
  type LocalDraft,
  meet,
  type ServerDraft,
  type StoredAnswer,
} from "../../src/features/cases/act/draft-sync.js";
import {
  type Block,
  blocksOf,
  entriesOf,
  happenedSince,
  headOfRun,
  partsOf,
  withFold,
} from "../../src/features/cases/page/timeline-blocks.js";

const draft = (note: string, version: number): ServerDraft => ({
  action: "note",
  fields: { note },
  version,
  updatedAt: "2026-11-22T06:00:00Z",
});
const local = (typed: string, based: number, sent: string | null): LocalDraft => ({
  typed: typed === "" ? {} : { note: typed },
  based,
  sent: sent === null ? null : { note: sent },
});

describe("a draft here meets the one on the server", () => {
  it.each<[string, LocalDraft | null, ServerDraft | null, object]>([
    ["nothing anywhere", null, null, { do: "keep", based: 0 }],
    ["only there", null, draft("a", 3), { do: "take", draft: draft("a", 3) }],
    ["an emptied form here", local("", 0, null), draft("a", 3), { do: "take", draft: draft("a", 3) }],
    ["only here, never sent", local("a", 0, null), null, { do: "push", based: 0 }],
    ["the same text", local("a", 2, "a"), draft("a", 2), { do: "keep", based: 2 }],
    ["the same text, its answer lost", local("a", 2, "a"), draft("a", 3), { do: "keep", based: 3 }],
    ["typed on since", local("ab", 2, "a"), draft("a", 2), { do: "push", based: 2 }],
    ["typed on since, the answer lost", local("ab", 2, "a"), draft("a", 3), { do: "push", based: 3 }],
    ["gone on there, nothing new here", local("a", 2, "a"), draft("b", 3), { do: "take", draft: draft("b", 3) }],
    ["gone on there and here", local("ab", 2, "a"), draft("b", 3), { do: "ask", draft: draft("b", 3) }],
    ["read before the last was kept", local("ab", 3, "ab"), draft("a", 2), { do: "keep", based: 3 }],
    ["sent or thrown away there", local("a", 2, "a"), null, { do: "drop" }],
    ["sent there, typed on here", local("ab", 2, "a"), null, { do: "push", based: 0 }],
  ])("%s", (_, here, there, wanted) => {
    expect(meet(here, there)).toEqual(wanted);
  });
});

describe("keeping on the server", () => {
  function desk(post: (fields: DraftFields, based: number) => Promise<StoredAnswer>) {
    const statuses: DraftStatus[] = [];
    const elsewhere: (ServerDraft | null)[] = [];
    const posted: { fields: DraftFields; counter: number; based: number }[] = [];
    let counter = 0;
    const sync = createDraftSync({
      based: 0,
      waitMs: 1000,
      retryMs: 5000,
      nextCounter: () => {
        counter += 1;
        return counter;
      },
      post(a) {
        posted.push(a);
        return post(a.fields, a.based);
      },
      failureOf: (error) => (error === "refused" ? "never" : "later"),
      onStatus: (status) => statuses.push(status),
      onKept: () => undefined,
      onElsewhere: (newer) => elsewhere.push(newer),
    });
    return { sync, statuses, elsewhere, posted };
  }
  const soon = (ms: number) => jest.advanceTimersByTimeAsync(ms);
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it("waits for a pause in typing, sends the newest, and builds on what was kept", async () => {
    let version = 0;
    const { sync, posted, statuses } = desk(async () => {
      version += 1;
      return { kept: true, version };
    });
    sync.change({ note: "a" });
    await soon(900);
    sync.change({ note: "ab" });
    await soon(900);
    expect(posted).toEqual([]);
    await soon(100);
    expect(posted).toEqual([{ fields: { note: "ab" }, counter: 1, based: 0 }]);
    sync.change({ note: "abc" });
    await soon(1000);
    expect(posted[1]).toEqual({ fields: { note: "abc" }, counter: 2, based: 1 });
    expect(statuses.at(-1)).toBe("kept");
  });

  it("has one request on its way at a time, and what was typed meanwhile follows", async () => {
    const answers: ((answer: StoredAnswer) => void)[] = [];
    const { sync, posted } = desk(() => new Promise((resolve) => answers.push(resolve)));
    sync.change({ note: "a" });
    await soon(1000);
    sync.change({ note: "ab" });
    await soon(5000);
    expect(posted).toHaveLength(1);
    answers[0]?.({ kept: true, version: 1 });
    await soon(1000);
    expect(posted[1]).toMatchObject({ fields: { note: "ab" }, based: 1 });
  });

  it("says that nobody answers, tries again by itself, and at once when told", async () => {
    let reached = false;
    const { sync, posted, statuses } = desk(async () => {
      if (!reached) throw new Error("away");
      return { kept: true, version: 1 };
    });
    sync.change({ note: "a" });
    await soon(1000);
    expect(statuses.at(-1)).toBe("away");
    await soon(5000);
    expect(posted).toHaveLength(2);
    reached = true;
    sync.retry();
    await soon(0);
    expect(posted).toHaveLength(3);
    expect(statuses.at(-1)).toBe("kept");
  });

  it("stops where it is refused for good, and where another window went on, until somebody chose", async () => {
    const refused = desk(async () => Promise.reject("refused"));
    refused.sync.change({ note: "a" });
    await soon(60_000);
    expect(refused.posted).toHaveLength(1);
    expect(refused.statuses.at(-1)).toBe("here");

    const other = desk(async (_, based) =>
      based === 0 ? { kept: false, newer: draft("theirs", 7) } : { kept: true, version: based + 1 },
    );
    other.sync.change({ note: "mine" });
    await soon(1000);
    other.sync.change({ note: "mine too" });
    await soon(60_000);
    expect(other.elsewhere).toEqual([draft("theirs", 7)]);
    expect(other.posted).toHaveLength(1);
    other.sync.rebase(7);
    await soon(0);
    expect(other.posted[1]).toMatchObject({ fields: { note: "mine too" }, based: 7 });
  });

  it("sends the rest once when the form is left, and nothing any more once it is settled", async () => {
    const left = desk(async () => Promise.reject(new Error("away")));
    left.sync.change({ note: "a" });
    left.sync.leave();
    await soon(60_000);
    expect(left.posted).toHaveLength(1);

    const settled = desk(async () => ({ kept: true, version: 1 }));
    settled.sync.change({ note: "a" });
    await settled.sync.settle();
    settled.sync.change({ note: "ab" });
    settled.sync.leave();
    await soon(60_000);
    expect(settled.posted).toEqual([]);
  });
});

describe("a colleague named by @", () => {
  it.each([
    ["@", 1, { from: 0, to: 1, typed: "" }],
    ["ask @Ra", 7, { from: 4, to: 7, typed: "Ra" }],
    ["اسأل @رنا حد", 12, { from: 5, to: 12, typed: "رنا حد" }],
    ["(@Ra", 4, { from: 1, to: 4, typed: "Ra" }],
    ["ask @Ra about it", 7, { from: 4, to: 7, typed: "Ra" }],
  ])("in %j at %i", (text, cursor, wanted) => {
    expect(mentionAt(text, cursor)).toEqual(wanted);
  });
  it.each([
    ["rana@example.com", 16],
    ["@Ra\nnext", 8],
    ["no name", 7],
    ["ask @Ra", 4],
  ])("not in %j at %i", (text, cursor) => {
    expect(mentionAt(text, cursor)).toBeNull();
  });
});

describe("fields", () => {
  const field = (name: string, required: boolean): OfferedField => ({
    name,
    label: { en: name, ar: name },
    type: "text",
    required,
    maxLength: null,
    choices: null,
  });
  const fields = [field("note", true), field("reason", false)];
  it("send nothing that is empty or that the action does not take", () => {
    expect(sentFields(fields, { note: "x", reason: "", other: "y" })).toEqual({ note: "x" });
    expect(sentFields(fields, { reason: [] })).toEqual({});
  });
  it("are missing where only blanks stand", () => {
    expect(missingFields(fields, { note: "  " })).toEqual(["note"]);
    expect(missingFields(fields, { note: ["7"] })).toEqual([]);
  });
});

describe("a timeline", () => {
  const entry = (seq: number, kind: TimelineEntry["kind"], more: Partial<TimelineEntry> = {}): TimelineEntry => ({
    seq,
    at: new Date(0),
    who: { en: "", ar: "" },
    whoKind: "official",
    kind,
    what: { en: String(seq), ar: String(seq) },
    short: null,
    text: null,
    files: [],
    internal: kind === "note" || kind === "reading",
    folded: false,
    ...more,
  });
  const seqs = (blocks: readonly Block[]) => blocks.map((block) => entriesOf(block).map(({ seq }) => seq));

  it("has what was sent, what was said since, and who looked, each apart", () => {
    const entries = [entry(1, "application"), entry(2, "rules"), entry(3, "reading"), entry(4, "reply")];
    const { original, conversation, readings } = partsOf(entries);
    expect(original?.seq).toBe(1);
    expect([conversation, readings].map((part) => part.map(({ seq }) => seq))).toEqual([[2, 4], [3]]);
    expect(partsOf([])).toEqual({ original: null, conversation: [], readings: [] });
  });

  it("gathers what was done between two messages; a step with reasons or files is read in full", () => {
    const entries = [
      entry(1, "rules"),
      entry(2, "clock"),
      entry(3, "question", { text: "Which?" }),
      entry(4, "clock"),
      entry(5, "step", { text: "It is theirs." }),
      entry(6, "step"),
      entry(7, "escalation"),
    ];
    expect(seqs(blocksOf(entries))).toEqual([[1, 2], [3], [4], [5], [6, 7]]);
    expect(blocksOf([])).toEqual([]);
  });

  it("calls a run by what counts most of it, the newest", () => {
    const steps = [entry(1, "escalation"), entry(2, "escalation"), entry(3, "step"), entry(4, "clock")];
    expect(headOfRun({ steps }).seq).toBe(2);
    expect(headOfRun({ steps: steps.slice(2) }).seq).toBe(3);
    expect(headOfRun({ steps: [entry(8, "rules"), entry(9, "clock")] }).seq).toBe(9);
  });

  it("folds the beginning of a long one only, and keeps every entry", () => {
    const long = blocksOf(Array.from({ length: 20 }, (_, i) => entry(i + 1, "note", { text: "x" })));
    const { away, shown } = withFold(long);
    expect([away.length, shown.length]).toEqual([10, 10]);
    expect(seqs([...away, ...shown])).toEqual(seqs(long));
    const short = long.slice(0, 13);
    expect(withFold(short)).toEqual({ away: [], shown: short });
  });

  it("knows what happened since somebody looked", () => {
    const entries = [
      entry(1, "application"),
      entry(2, "note"),
      entry(3, "step"),
      entry(4, "clock", { folded: true }),
      entry(5, "reading"),
    ];
    expect(happenedSince(entries, 1).map(({ seq }) => seq)).toEqual([2, 3]);
  });
});

describe("an act whose answer was lost", () => {
  const fields = { reason: "solved", recognisedBy: "code", code: "K7QM-3XVD-P2HR" };

  it("is known again by all that was typed, but for the applicant's code, which no browser keeps", () => {
    const kept = rememberedAct({ fields, attachments: ["a"] }, "code");
    expect(kept).not.toContain("K7QM");
    expect(kept).toContain("solved");
    expect(kept).not.toBe(rememberedAct({ fields: { ...fields, reason: "other" }, attachments: ["a"] }, "code"));
    expect(kept).not.toBe(rememberedAct({ fields, attachments: [] }, "code"));
  });

  it("of an action that asks for none keeps a field that is called so", () => {
    expect(rememberedAct({ fields, attachments: [] }, null)).toContain("K7QM");
  });
});
