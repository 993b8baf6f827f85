/** Many cases in one go are one letter to each person, not as many as there are cases. */
import type { MessageIntent } from "../letters/message-intent.js";
import { isGatheredKind, type MessageTemplate } from "../letters/message-kinds.js";
import type { Bilingual, Language } from "../text/text.js";

/** The kind of a letter of several cases by which their receiver learns that they concern them no more. */
export const takenBackKind = "taken-back";

const isCorrection = ({ template, data }: Pick<MessageIntent, "template" | "data">): boolean =>
  template === "official-bulk" && data.kind === takenBackKind;

/** Nobody sits where a case went: said once for all of them. Other alerts tell of one case each. */
const isGathered = ({ template, data }: MessageIntent): boolean =>
  isGatheredKind(template) ||
  isCorrection({ template, data }) ||
  (template === "operation-room-alert" && data.kind === "empty-seat");

/** A letter that was held back, to be told together with the others. */
export interface HeldLetter {
  /** Its kind; or that what was told is taken back. */
  readonly template: MessageTemplate | typeof takenBackKind;
  readonly userId: number;
  readonly language: Language;
  readonly programme: string;
}

/** The key of the letter of a run that says it. */
const bulkLetterKey = (runId: string, { programme, template, userId }: HeldLetter): string =>
  `bulk/${runId}/${programme}/${template}/user/${userId}`;

/**
 * Takes apart what one act owes: letters that go at once, and those that are told together at the end, with the key of the letter that will
 * say it by their own.
 */
export function holdBack(
  intents: readonly MessageIntent[],
  { programme, runId }: { readonly programme: string; readonly runId: string },
): { now: MessageIntent[]; held: HeldLetter[]; instead: ReadonlyMap<string, string> } {
  const now: MessageIntent[] = [];
  const held: HeldLetter[] = [];
  const instead = new Map<string, string>();
  for (const intent of intents) {
    const { receiver, language } = intent;
    const template: HeldLetter["template"] = isCorrection(intent) ? takenBackKind : intent.template;
    // What the receiver gets gathered anyway waits with all else that they get so.
    if (receiver.kind === "user" && intent.gather === undefined && isGathered(intent)) {
      const letter = { template, userId: receiver.userId, language, programme };
      held.push(letter);
      instead.set(intent.key, bulkLetterKey(runId, letter));
    } else now.push(intent);
  }
  return { now, held, instead };
}

/** As many references stand in a letter; the rest is a number. */
const maxNamed = 100;

/** The run of such a key; null: it is another's. */
export const runOfKey = (key: string): string | null => /^bulk\/([0-9a-f-]{36})\//.exec(key)?.[1] ?? null;

/** One letter a person, programme and kind, naming the cases; by programme. */
export function gatheredLetters(a: {
  runId: string;
  action: Bilingual;
  by: string;
  items: readonly { reference: string; held: readonly HeldLetter[] }[];
}): Map<string, MessageIntent[]> {
  const letters = new Map<string, { letter: HeldLetter; references: Set<string> }>();
  for (const { reference, held } of a.items) {
    for (const letter of held) {
      const key = bulkLetterKey(a.runId, letter);
      const found = letters.get(key) ?? { letter, references: new Set<string>() };
      found.references.add(reference);
      letters.set(key, found);
    }
  }
  const byProgramme = new Map<string, MessageIntent[]>();
  for (const [key, { letter, references }] of letters) {
    const intent: MessageIntent = {
      template: "official-bulk",
      receiver: { kind: "user", userId: letter.userId },
      language: letter.language,
      key,
      data: {
        kind: letter.template,
        action: a.action,
        by: a.by,
        count: references.size,
        references: [...references].slice(0, maxNamed),
      },
    };
    byProgramme.set(letter.programme, [...(byProgramme.get(letter.programme) ?? []), intent]);
  }
  return byProgramme;
}
