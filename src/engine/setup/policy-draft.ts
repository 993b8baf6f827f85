/**
 * A draft of policy: open while it is written, submitted while it waits for a second pair of eyes, then published or
 * discarded. What may be done with it, by whom, and why not.
 */
import type { Bilingual } from "../text/text.js";

export type DraftState = "open" | "submitted" | "published" | "discarded";
export const draftActs = ["save", "discard", "submit", "takeBack", "sendBack", "publish"] as const;
export type DraftAct = (typeof draftActs)[number];

export interface DraftFacts {
  readonly state: DraftState;
  /** Accounts that saved anything in it, or submitted it. */
  readonly authors: readonly number[];
}

export interface DraftAsked {
  /** Who asks: somebody who may publish in the programme. */
  readonly userId: number;
  /** Whether the programme wants a second person. */
  readonly secondPerson: boolean;
}

const refusals = {
  published: {
    en: "This draft has been published. Open it again from the versions to change something.",
    ar: "نُشرت هذه المسودة. لتعديلها افتح مسودة جديدة من قائمة النسخ.",
  },
  discarded: { en: "This draft has been discarded.", ar: "أُلغيت هذه المسودة." },
  waits: {
    en: "It waits for a second pair of eyes and is locked. Take it back to go on with it.",
    ar: "المسودة بانتظار مراجعة شخص ثانٍ ولا يمكن تعديلها. استعدها لمتابعة العمل عليها.",
  },
  waitsElsewhere: {
    en: "It waits for a second pair of eyes and is locked. Approve it, or send it back.",
    ar: "المسودة بانتظار مراجعة شخص ثانٍ ولا يمكن تعديلها. وافق عليها أو أعدها.",
  },
  notSubmitted: { en: "It has not been submitted.", ar: "لم تُقدَّم هذه المسودة للموافقة." },
  needsSecond: {
    en: "A second person has to approve it. Submit it.",
    ar: "يلزم أن يوافق عليها شخص ثانٍ. قدّمها للموافقة.",
  },
  notWaiting: {
    en: "It does not wait for approval now: its authors have not submitted it, or took it back. It can be approved once they submit it.",
    ar: "لا تنتظر الموافقة الآن: لم يقدّمها كاتبوها أو استعادوها. يمكن الموافقة عليها بعد أن يقدّموها.",
  },
  needsNone: {
    en: "No second person is needed in this programme. Publish it.",
    ar: "لا يلزم شخص ثانٍ في هذا البرنامج. انشرها مباشرة.",
  },
  author: {
    en: "You wrote or submitted it: somebody else of the operation room has to approve it.",
    ar: "أنت من كتبها أو قدّمها: يجب أن يوافق عليها عضو آخر من غرفة العمليات.",
  },
  notAuthor: {
    en: "You wrote nothing of it: approve it, or send it back.",
    ar: "لم تشارك في كتابتها: وافق عليها أو أعدها.",
  },
  ownDraft: { en: "It is yours: take it back instead.", ar: "هذه مسودتك: يمكنك استعادتها." },
} as const satisfies Record<string, Bilingual>;

export interface DraftRefusal {
  readonly reason: Bilingual;
  /** True: somebody else may; false: nobody, as the draft stands. */
  readonly personal: boolean;
}

type Rule = (draft: DraftFacts, asked: DraftAsked & { readonly isAuthor: boolean }) => Bilingual | null;
const personal: ReadonlySet<Bilingual> = new Set([refusals.author, refusals.notAuthor, refusals.ownDraft]);

const whileWritten: Rule = ({ state }, { isAuthor }) => {
  if (state === "open") return null;
  return isAuthor ? refusals.waits : refusals.waitsElsewhere;
};

/** Of drafts that are neither published nor discarded. */
const rules: Readonly<Record<DraftAct, Rule>> = {
  save: whileWritten,
  discard: whileWritten,
  submit: (draft, asked) => whileWritten(draft, asked) ?? (asked.secondPerson ? null : refusals.needsNone),
  takeBack: ({ state }, { isAuthor }) => {
    if (state !== "submitted") return refusals.notSubmitted;
    return isAuthor ? null : refusals.notAuthor;
  },
  sendBack: ({ state }, { isAuthor }) => {
    if (state !== "submitted") return refusals.notSubmitted;
    return isAuthor ? refusals.ownDraft : null;
  },
  publish: ({ state }, { isAuthor, secondPerson }) => {
    if (!secondPerson) return null;
    if (state !== "submitted") return isAuthor ? refusals.needsSecond : refusals.notWaiting;
    return isAuthor ? refusals.author : null;
  },
};

/** Why it may not be done; null: it may. */
export function draftRefusal(act: DraftAct, draft: DraftFacts, asked: DraftAsked): DraftRefusal | null {
  const { state, authors } = draft;
  const closed = state === "published" || state === "discarded" ? refusals[state] : null;
  const reason = closed ?? rules[act](draft, { ...asked, isAuthor: authors.includes(asked.userId) });
  return reason === null ? null : { reason, personal: personal.has(reason) };
}

/** The authors with one more, each once. */
export const withAuthor = (authors: readonly number[], userId: number): number[] => [...new Set([...authors, userId])];
