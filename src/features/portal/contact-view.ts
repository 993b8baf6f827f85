/** How the office writes to the applicant, as the pages say it. */
import { apart } from "../../engine/text/text.js";
import type { Followed, Words } from "./follow-views.js";
import type { View } from "./portal-views.js";

/** In which order messages go where; or that none do. */
export function waysSentence({ contact }: Followed, { texts, language }: Words): string | null {
  if (contact === null) return null;
  const say = (key: string, values?: Record<string, string>) => texts.say(language, `ways.${key}`, values);
  const [first, second] = contact.ways.map(({ way, to }) => say(way, { to: apart(to) }));
  if (first === undefined) return say(contact.stoppedByReply ? "stopped" : "nothing");
  return second === undefined ? say("first", { first }) : say("both", { first, second });
}

/** The form in which it is changed; null where there is nothing to choose. */
export function contactView(followed: Followed, words: Words, action: string): View | null {
  const { contact } = followed;
  const sentence = waysSentence(followed, words);
  if (contact === null || sentence === null) return null;
  const say = (key: string) => words.texts.say(words.language, `ways.${key}`);
  return {
    sentence,
    action,
    options: contact.choices.map((value, i) => ({
      value,
      id: i === 0 ? "choice" : `choice-${i + 1}`,
      label: say(`choose.${value}`),
      checked: value === contact.chosen,
    })),
    canStop: contact.ways.some(({ way }) => way === "sms"),
    stoppedByReply: contact.stoppedByReply ? say("stoppedByReply") : null,
  };
}
