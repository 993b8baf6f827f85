/** A call in which someone was looked up, and nothing told yet. Browsers run this too. */

/** What a look-up leaves. */
const ofLookUp = new Set(["sought", "phone", "foundPhone"]);

export const onlyLookedUp = (typed: Readonly<Record<string, string>>): boolean =>
  (typed.phone ?? "") === (typed.foundPhone ?? "") &&
  Object.entries(typed).every(([name, text]) => ofLookUp.has(name) || text.trim() === "");

/** So long such a call is an agent's open call, in case the caller was only cut off. The record of the look stays. */
export const lookedUpMs = 30 * 60_000;
