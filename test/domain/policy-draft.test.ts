/** What may be done with a draft of policy, by whom: the whole table. */
import { describe, expect, it } from "@jest/globals";
import {
  type DraftAct,
  type DraftState,
  draftActs,
  draftRefusal,
  withAuthor,
} from "../../src/engine/setup/policy-draft.js";

const [author, colleague] = [7, 8];
const allowed = (state: DraftState, userId: number, secondPerson: boolean): DraftAct[] =>
  draftActs.filter((act) => draftRefusal(act, { state, authors: [author] }, { userId, secondPerson }) === null);

describe("a draft", () => {
  it("is written, discarded and handed in by anybody of the room while it is open; published alone only where that is enough", () => {
    expect(allowed("open", author, true)).toEqual(["save", "discard", "submit"]);
    expect(allowed("open", colleague, true)).toEqual(["save", "discard", "submit"]);
    expect(allowed("open", author, false)).toEqual(["save", "discard", "publish"]);
  });

  it("that waits is taken back by an author, and approved or sent back by somebody else alone", () => {
    expect(allowed("submitted", author, true)).toEqual(["takeBack"]);
    expect(allowed("submitted", colleague, true)).toEqual(["sendBack", "publish"]);
    // The programme wanted a second person when it was handed in, and does no more.
    expect(allowed("submitted", author, false)).toEqual(["takeBack", "publish"]);
  });

  it("that is closed is closed to everybody", () => {
    for (const state of ["published", "discarded"] as const)
      for (const userId of [author, colleague])
        for (const secondPerson of [true, false]) expect(allowed(state, userId, secondPerson)).toEqual([]);
  });

  it("says in both languages why not, and whether another person may", () => {
    const own = draftRefusal(
      "publish",
      { state: "submitted", authors: [author] },
      { userId: author, secondPerson: true },
    );
    expect(own).toMatchObject({ personal: true, reason: { en: expect.stringContaining("Another member") } });
    expect(own?.reason.ar).toMatch(/[\u0600-\u06ff]/);
    const locked = draftRefusal(
      "save",
      { state: "submitted", authors: [author] },
      { userId: author, secondPerson: true },
    );
    expect(locked?.personal).toBe(false);
    // Who approves while the authors take it back is told that, not to submit what is not theirs.
    const open = { state: "open", authors: [author] } as const;
    const early = draftRefusal("publish", open, { userId: colleague, secondPerson: true });
    expect(early).toMatchObject({ personal: false, reason: { en: expect.stringContaining("recalled it") } });
    expect(early?.reason.ar).toMatch(/استعادوها/);
    expect(draftRefusal("publish", open, { userId: author, secondPerson: true })?.reason.en).toMatch(/Submit it/);
  });

  it("counts each author once", () => {
    expect(withAuthor([7], 8)).toEqual([7, 8]);
    expect(withAuthor([7, 8], 7)).toEqual([7, 8]);
  });
});
