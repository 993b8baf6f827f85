/** Which part of a long story comes with the page of a case, and what is asked for. */
import { describe, expect, it } from "@jest/globals";
import { newestOf, newestShown, windowOf } from "../../src/engine/explain/timeline-window.js";
import type { CaseEvent, CaseEventType } from "../../src/engine/lifecycle/case-event.js";
import { sunday, system } from "../support/office.js";

const event = (seq: number, type: CaseEventType): CaseEvent => ({
  ...{ caseId: 7, seq, at: sunday, type, actor: system },
  data: {},
});
const seqs = (events: readonly CaseEvent[]) => events.map(({ seq }) => seq);

/** Five hundred, every fifth a look at personal data. */
const long = Array.from({ length: 500 }, (_, n) =>
  event(n + 1, n === 0 ? "application.received" : n % 5 === 0 ? "personal.read" : "case.noted"),
);

describe("of a long story", () => {
  it("comes what was sent, and the newest of both parts, however many of the other were in between", () => {
    const { events, earlier } = newestOf(long);
    expect(events[0]?.type).toBe("application.received");
    expect(seqs(events)).toEqual([...seqs(events)].sort((a, b) => a - b));
    expect(events.filter(({ type }) => type === "personal.read")).toHaveLength(newestShown);
    expect(events.filter(({ type }) => type === "case.noted")).toHaveLength(newestShown);
    expect(earlier).toEqual({ conversation: 400 - newestShown, readings: 99 - newestShown });
  });

  it("the rest is asked for by what it comes before, without a gap", () => {
    const rest = long.slice(1);
    const shown = newestOf(long).events.filter(({ type }) => type === "case.noted");
    const before = shown[0]?.seq ?? 0;
    const first = windowOf(rest, { part: "conversation", most: 300, before });
    const last = windowOf(rest, { part: "conversation", most: 300, before: first.events[0]?.seq ?? 0 });
    expect([first.before, last.before]).toEqual([40, 0]);
    expect(seqs([...last.events, ...first.events, ...shown])).toEqual(
      seqs(rest.filter(({ type }) => type === "case.noted")),
    );
  });

  it("a short one comes whole, and none is none", () => {
    expect(newestOf(long.slice(0, 20))).toEqual({
      events: long.slice(0, 20),
      earlier: { conversation: 0, readings: 0 },
    });
    expect(newestOf([])).toEqual({ events: [], earlier: { conversation: 0, readings: 0 } });
  });
});
