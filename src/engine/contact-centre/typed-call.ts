/** A call that is being typed: how long its agent works on it, whether it says anything yet, its name. Browsers run this too. */

/** A call in which nothing is done for so long was left: the rest of the pause is not of it. */
const quietSeconds = 600;

/** Seconds that a call took since something was last done in it; none where the clock went back. */
export const secondsSince = (a: { readonly activeAt: Date; readonly now: Date }): number =>
  Math.min(quietSeconds, Math.max(0, Math.round((a.now.getTime() - a.activeAt.getTime()) / 1000)));

/** What a look-up leaves. */
const ofLookUp = new Set(["sought", "phone", "foundPhone"]);

/** Whether a caller was looked up, and nothing told yet. */
export const onlyLookedUp = (typed: Readonly<Record<string, string>>): boolean =>
  (typed.phone ?? "") === (typed.foundPhone ?? "") &&
  Object.entries(typed).every(([name, text]) => ofLookUp.has(name) || text.trim() === "");

/** So long such a call is an agent's open call, in case the caller was only cut off. The record of the look stays. */
export const lookedUpMs = 30 * 60_000;

const shortStory = 60;

/** A number reads from the left, by itself: in Arabic its sign would come last. What else was looked for, as it is written. */
const isolated = (text: string): string => `${/^[+\d\s()-]+$/.test(text) ? "\u2066" : "\u2068"}${text}\u2069`;

/** What a call is known by: whom it is of, else how it begins; null: neither is typed yet. Who wants to stay unknown has no name and no number in it. */
export function callLabel(typed: Readonly<Record<string, string>>): string | null {
  const number = typed.phone || typed.sought;
  const who = typed.anonymous === "yes" ? "" : [typed.name, number && isolated(number)].filter(Boolean).join(" · ");
  const story = [...(typed.story ?? "").trim()];
  const begins = story.length > shortStory ? `${story.slice(0, shortStory).join("")}…` : story.join("");
  return [who, begins].filter(Boolean).join(": ") || null;
}
