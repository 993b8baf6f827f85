/** What a call that is being typed is known by. Browsers run this too. */

const shortStory = 60;

/** A number reads from the left, by itself: in Arabic its sign would come last. What else was looked for, as it is written. */
const isolated = (text: string): string => `${/^[+\d\s()-]+$/.test(text) ? "\u2066" : "\u2068"}${text}\u2069`;

/** Whom it is of, else how it begins; null: neither is typed yet. Who wants to stay unknown has no name and no number in it. */
export function callLabel(typed: Readonly<Record<string, string>>): string | null {
  const number = typed.phone || typed.sought;
  const who = typed.anonymous === "yes" ? "" : [typed.name, number && isolated(number)].filter(Boolean).join(" · ");
  const story = [...(typed.story ?? "").trim()];
  const begins = story.length > shortStory ? `${story.slice(0, shortStory).join("")}…` : story.join("");
  return [who, begins].filter(Boolean).join(": ") || null;
}
