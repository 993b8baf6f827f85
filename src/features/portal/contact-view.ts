/** How the office writes to the applicant, as the pages say it. */
import { apart } from "../../engine/text/text.js";
import type { Followed, Words } from "./follow-views.js";
import type { View } from "./portal-views.js";

/** In which order messages go where, or why none do; null where a link opened the page that says nothing of it. */
export function waysSentence({ contact, confidential, withheld }: Followed, { texts, language }: Words): string | null {
  const say = (key: string, values?: Record<string, string>) => texts.say(language, `ways.${key}`, values);
  if (contact === null) return withheld ? null : say("noAddress");
  if (contact.callsOnly && !confidential) return say("callsOnly");
  const [first, second] = contact.ways.map(({ way, to }) => say(way, { to: apart(to) }));
  if (contact.wrongNumber)
    return first === undefined ? say("wrongNumber") : `${say("first", { first })} ${say("notYours")}`;
  if (first === undefined) return say(contact.stopped === null ? "nothing" : "stopped");
  return second === undefined ? say("first", { first }) : say("both", { first, second });
}

const takesTexts = ({ choices }: NonNullable<Followed["contact"]>): boolean => choices.includes("sms");

/** What was ended for all applications from the number, and how it begins again; where no page ends it, what does. */
function stoppedNote(followed: Followed, contact: NonNullable<Followed["contact"]>): string | null {
  if (contact.stopping !== null && !mayStop(followed)) return "stopByReply";
  if (contact.stopped === null) return null;
  if (contact.stopped === "reply") return "stoppedByReply";
  return takesTexts(contact) ? "resumable" : "stoppedByPage";
}

/** What the reader of a letter reads, and may do without the code, about letters to the address that it went to: nothing of other ways. */
function lettersView({ withheld, contact }: Followed, words: Words, action: string): View | null {
  const letters = withheld && contact?.letters;
  if (!letters) return null;
  const say = (key: string) => words.texts.say(words.language, `ways.letters.${key}`);
  return {
    sentence: say(letters.go ? "go" : "stopped"),
    ...{ action, go: letters.go ? "stop" : "on", button: say(letters.go ? "stop" : "resume") },
  };
}

/** The form in which it is changed; null where there is nothing to choose. */
export function contactView(followed: Followed, words: Words, at: (page: string) => string): View | null {
  const { contact } = followed;
  const letters = lettersView(followed, words, at("letters"));
  const sentence = letters?.sentence ?? waysSentence(followed, words);
  if (sentence === null) return null;
  if (contact === null) return { sentence, options: [] };
  const say = (key: string) => words.texts.say(words.language, `ways.${key}`);
  const note = stoppedNote(followed, contact);
  return {
    sentence,
    action: at("contact"),
    // By a link it can be ended, and no more.
    options: (followed.withheld ? [] : contact.choices).map((value, i) => ({
      value,
      id: i === 0 ? "choice" : `choice-${i + 1}`,
      label: say(`choose.${value}`),
      checked: value === contact.chosen,
    })),
    letters,
    stop: mayStop(followed) ? { href: at("stop") } : null,
    note: note === null ? null : say(note),
  };
}

/** A confidential application is opened by its code alone: nobody can show there that the number is theirs. */
export const mayStop = ({ contact, confidential }: Followed): boolean =>
  contact?.stopping != null && (contact.stopping.proven || !confidential);

/** What is left where text messages are ended. */
const withoutTexts = ({ contact, withheld }: Followed): "email" | "none" =>
  (withheld ? contact?.choices.includes("email") : contact?.ways.some(({ way }) => way === "email")) ? "email" : "none";

/** The page that asks before text messages to a number are ended for all applications. */
export function stopView(followed: Followed, { texts, language }: Words, at: (page?: string) => string): View | null {
  const { contact } = followed;
  if (contact === null || contact.stopping === null) return null;
  const { to, proven, cases } = contact.stopping;
  const say = (key: string, values?: Record<string, string | number>) => texts.say(language, `ways.${key}`, values);
  return {
    reference: followed.reference,
    sentType: followed.type,
    heading: say("stop.title", { to: apart(to) }),
    proven,
    concerns: cases === null ? null : say("stop.concerns", { n: cases }),
    after: say(withoutTexts(followed) === "email" ? "stop.thenEmail" : "stop.thenNothing"),
    action: at("stop"),
    confirm: `${at("confirm")}?way=sms&next=stop`,
    keep: `${at()}#ways`,
  };
}
