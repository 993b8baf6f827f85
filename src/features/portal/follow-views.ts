/** The applicant's page of a case, as its templates draw it. */

import { formatAlternatives } from "../../engine/formatting/lists.js";
import { formatMoment } from "../../engine/formatting/moments.js";
import type {
  ApplicantAction,
  FollowDetail,
  FollowedApplication,
  PromisedAnswer,
} from "../../engine/lifecycle/views/follow-view.js";
import { inLanguage, type Language, listed } from "../../engine/text/text.js";
import type { EffectName } from "../../engine/workflow/effects.js";
import type { StateKind } from "../../engine/workflow/workflow-definition.js";
import { sentFiles } from "./file-views.js";
import type { PortalTexts } from "./portal-texts.js";
import type { View } from "./portal-views.js";
import { type Asking, choice, day, line, long, type Question, select } from "./questions.js";

/** Said beside the words, never instead of them. */
const promiseSigns: Readonly<Record<string, string>> = {
  late: "alert",
  metLate: "alert",
  met: "done",
  paused: "pause",
};

type Say = (key: string, at?: Date | null) => string;

/** Whom a delay was told to, or when a rule tells somebody: as far as the events and rules of the case go. */
function raising({ raised, raisesAt }: PromisedAnswer, now: Date, say: Say): string | null {
  if (raised !== null) return say(raised.to === "superior" ? "raised" : "raisedRoom", raised.at);
  if (raisesAt === null) return null;
  return raisesAt > now ? say("raises", raisesAt) : say("raisesNow");
}

/** What the applicant may do about it; null: nothing, or it stands in the sentence. */
function whatNow({ noPromise, stateKind, reopenUntil, replyUntil }: Followed, say: Say): string | null {
  if (stateKind === "waiting") return replyUntil === null ? say("reply") : say("replyUntil", replyUntil);
  if (noPromise === null || noPromise === "none" || noPromise === "linked") return null;
  if (reopenUntil !== null) return say("reopen", reopenUntil);
  return noPromise === "ended" ? null : say("again");
}

/** When an answer is due as the pages say it: nothing that did not happen, and what one may do where none is due.
 * @param now what stands for tomorrow is told differently from what is about to happen */
export function promisedView(followed: Followed, { texts, language }: Words, now: Date): View {
  const { promised, noPromise, closedAt, timeZone } = followed;
  const moment = (at: Date | null): string => (at === null ? "" : formatMoment(at, language, timeZone));
  const say: Say = (key, at = null) => texts.say(language, `promised.${key}`, { at: moment(at) });
  const next = whatNow(followed, say);
  if (promised === null) {
    const sentence = say(noPromise ?? "none", closedAt);
    return { state: "none", sign: null, sentence, after: next === null ? [] : [next], because: null, lines: [] };
  }
  const { state, dueAt, budget, by, lines } = promised;
  const shown = state === "running" && dueAt === null ? "paused" : state;
  const raise = shown === "late" ? raising(promised, now, say) : null;
  const named = by.map(({ label, value }) => `${inLanguage(label, language)}: ${inLanguage(value, language)}`);
  return {
    state: shown,
    sign: promiseSigns[shown] ?? null,
    sentence: say(shown, dueAt),
    after: [raise, next].filter((text) => text !== null),
    because:
      budget === null
        ? null
        : named.length === 0
          ? texts.say(language, "promised.time", { budget: inLanguage(budget, language) })
          : texts.say(language, "promised.because", {
              budget: inLanguage(budget, language),
              by: inLanguage(listed(named), language),
            }),
    lines: lines(language),
  };
}

export type Followed = FollowedApplication & FollowDetail;

export interface Words {
  readonly texts: PortalTexts;
  readonly language: Language;
}

/** Said beside the words, never instead of them. */
const signs: Readonly<Record<StateKind, string>> = {
  open: "open",
  waiting: "question",
  resolved: "done",
  final: "end",
};

/** Why it is looked at again, while it is: a low mark brings that, and says so before and after. */
function appealNote({ appeal, stateKind, timeZone }: Followed, { texts, language }: Words): string | null {
  if (appeal === null || stateKind === "resolved" || stateKind === "final") return null;
  const at = formatMoment(appeal.at, language, timeZone);
  return appeal.rating === null
    ? texts.say(language, "case.appealed", { at })
    : texts.say(language, "case.appealedByMark", { at, mark: appeal.rating });
}

function stepsOf(followed: Followed, { texts, language }: Words): readonly View[] {
  const { receivedAt, assignedAt, resolvedAt, closedAt, entityName, stateKind, timeZone } = followed;
  const say = (key: string, values?: Record<string, string>): string => texts.say(language, key, values);
  const entity = inLanguage(entityName, language);
  const answered = stateKind === "resolved" || (stateKind === "final" && resolvedAt !== null);
  const all = [
    { name: say("case.received"), at: receivedAt, done: true },
    {
      name: entity === undefined ? say("case.assignedNone") : say("case.assigned", { entity }),
      at: entity === undefined ? null : assignedAt,
      done: answered || stateKind === "final",
    },
    { name: say("case.answered"), at: answered ? resolvedAt : null, done: answered },
    { name: say("case.closed"), at: stateKind === "final" ? closedAt : null, done: stateKind === "final" },
  ];
  // What ended without an answer never comes to one.
  const steps = stateKind === "final" && !answered ? all.filter((_, i) => i !== 2) : all;
  const present = steps.findIndex(({ done }) => !done);
  return steps.map(({ name, at, done }, i) => ({
    name,
    at: at === null ? null : formatMoment(at, language, timeZone),
    done,
    current: i === present,
    word: say(done ? "case.stepDone" : i === present ? "case.stepCurrent" : "case.stepNext"),
  }));
}

/** What an action is for, by what it does. */
const hinted: readonly (readonly [EffectName, string])[] = [
  ["rate", "rate"],
  ["reopen", "reopen"],
  ["withdraw", "withdraw"],
  ["appeal", "appeal"],
  ["reply", "reply"],
];

/** First what is waited for, last what ends it. */
const order: readonly EffectName[] = ["rate", "reply", "reopen", "appeal", "withdraw"];

const placeOf = ({ effects }: ApplicantAction): number => {
  const i = order.findIndex((effect) => effects.includes(effect));
  return i === -1 ? order.length : i;
};

export function hintOf({ effects }: ApplicantAction, { texts, language }: Words): string | null {
  const key = hinted.find(([effect]) => effects.includes(effect))?.[1];
  return key === undefined ? null : texts.say(language, `act.hints.${key}`);
}

/** The last question, while it is not answered. */
export function openQuestion({ conversation }: Followed) {
  const last = conversation.filter(({ kind }) => kind === "question" || kind === "reply").at(-1);
  return last?.kind === "question" ? last : null;
}

type Turn = FollowedApplication["conversation"][number];

/** How the applicant was taken for themselves, and, while it is withdrawn, what to do if it was somebody else. */
function notesOf(turn: Turn, followed: Followed, { texts, language }: Words): readonly string[] {
  if (turn.kind !== "withdrawal") return [];
  const { noPromise, reopenUntil, timeZone, conversation } = followed;
  const isPresent =
    noPromise === "withdrawnForYou" && turn === conversation.filter(({ kind }) => kind === turn.kind).at(-1);
  const notMe =
    reopenUntil === null
      ? texts.say(language, "case.notMeAgain")
      : texts.say(language, "case.notMe", { at: formatMoment(reopenUntil, language, timeZone) });
  return [
    ...(turn.recognised === null
      ? []
      : [texts.say(language, "case.recognised", { how: inLanguage(turn.recognised, language) })]),
    ...(isPresent ? [notMe] : []),
  ];
}

export function turnView(turn: Turn, followed: Followed, words: Words): View {
  const { timeZone, reference } = followed;
  const { texts, language } = words;
  const shared = { answer: "sharedAnswer", rejection: "sharedRejection" } as const;
  const isShared = turn.shared && (turn.kind === "answer" || turn.kind === "rejection");
  const key = `case.${isShared ? shared[turn.kind as keyof typeof shared] : turn.kind}`;
  return {
    kind: turn.kind,
    who: texts.say(language, texts.has(language, key) ? key : "case.other"),
    at: formatMoment(turn.at, language, timeZone),
    text: turn.text,
    notes: notesOf(turn, followed, words),
    files: sentFiles(turn.attachments, words, (id) => `/${language}/follow/${reference}/files/${id}`),
  };
}

/** What was decided last, while it holds: it is read before anything is done about it. */
export function answerIn({ conversation, stateKind }: Followed): Turn | null {
  if (stateKind !== "resolved" && stateKind !== "final") return null;
  return conversation.filter(({ kind }) => kind === "answer" || kind === "rejection").at(-1) ?? null;
}

export function caseView(
  followed: Followed,
  words: Words,
  { at, begun, now }: { at: (page: string) => string; begun: ReadonlySet<string>; now: Date },
): View {
  const { texts, language } = words;
  const { stateKind, timeZone, reopenUntil } = followed;
  // Read before anything is done about it: the answer, or the question that waits for a reply.
  const first = answerIn(followed) ?? (stateKind === "waiting" ? openQuestion(followed) : null);
  const say = (key: string, values?: Record<string, string>): string => texts.say(language, key, values);
  const acts = [...followed.offered]
    .sort((a, b) => placeOf(a) - placeOf(b))
    .map((action, i) => {
      const until =
        action.effects.includes("reopen") && reopenUntil !== null
          ? say("case.until", { at: formatMoment(reopenUntil, language, timeZone) })
          : null;
      return {
        href: at(`do/${action.action}`),
        name: inLanguage(action.name, language),
        hint: [hintOf(action, words), until].filter((text) => text !== null).join(" ") || null,
        begun: begun.has(action.action),
        // One thing to do first, and only where somebody waits for it.
        primary: i === 0 && (stateKind === "waiting" || stateKind === "resolved"),
      };
    });
  const rows: readonly (readonly [string, string | null])[] = [
    [say("case.receivedAt"), formatMoment(followed.receivedAt, language, timeZone)],
    [say("case.sector"), inLanguage(followed.sector, language) ?? null],
    [say("case.service"), inLanguage(followed.service, language) ?? null],
    [say("case.description"), followed.withheld ? null : followed.description],
    ...followed.answers.map(({ label, value }) => [inLanguage(label, language), inLanguage(value, language)] as const),
  ];
  return {
    case: {
      reference: followed.reference,
      typeName: inLanguage(followed.typeName, language),
      subject: followed.subject,
      state: inLanguage(followed.stateName, language),
      stateKind,
      sign: signs[stateKind],
      stateMeans: say(`case.${stateKind}`),
      appealed: appealNote(followed, words),
      steps: stepsOf(followed, words),
    },
    acts,
    promised: promisedView(followed, words, now),
    call: followed.call === null ? null : inLanguage(followed.call, language),
    first: first === null ? null : turnView(first, followed, words),
    turns: followed.conversation.filter((turn) => turn !== first).map((turn) => turnView(turn, followed, words)),
    // Nothing is promised to appear where nothing comes any more, or where it stands above.
    noTurns: say(stateKind === "final" || first !== null ? "case.noConversationEnded" : "case.noConversation"),
    sent: rows.flatMap(([label, value]) => (value === null ? [] : [{ label, value }])),
    sentFiles: sentFiles(followed.attachments, words, (id) => at(`files/${id}`)),
    related: [
      ...(followed.splitFrom === null ? [] : [["splitFrom", followed.splitFrom] as const]),
      ...followed.splitInto.map((reference) => ["splitInto", reference] as const),
    ].map(([key, reference]) => ({
      reference,
      text: say(`case.${key}`, { reference }),
      href: `/${language}/follow/${reference}`,
    })),
    codeOnly: followed.anonymous,
  };
}

const ratings = ["1", "2", "3", "4", "5"] as const;

/** What the marks are, and which of them bring somebody else to look at it. */
function markHint({ appealsAt }: ApplicantAction, { texts, language }: Words): string {
  const scale = texts.say(language, "act.rateHint");
  if (appealsAt.length === 0) return scale;
  const low = formatAlternatives(appealsAt.map(String), language);
  return `${scale}. ${texts.say(language, "act.lowMark", { marks: low })}`;
}

/** The fields of an action as questions, whatever kinds a workflow has. */
export function actionQuestions(asking: Asking, action: ApplicantAction): readonly Question[] {
  const { texts, language } = asking;
  const { fields } = action;
  return fields.map((field) => {
    const own = inLanguage(field.label, language);
    const label = field.required
      ? own
      : texts.say(language, "form.optional", { label: own }).replace(/[\u2068\u2069]/g, "");
    const { name } = field;
    if (field.type === "rating") {
      const options = ratings.map((value) => ({ value, label: texts.say(language, `act.rate${value}`) }));
      const hint = field.required ? markHint(action, { texts, language }) : null;
      return choice(asking, { name, label, hint, options, isRow: true });
    }
    if (field.choices !== null) {
      const options = field.choices.map((one) => ({ value: one.value, label: inLanguage(one.label, language) }));
      return options.length > 12 ? select(asking, { name, label, options }) : choice(asking, { name, label, options });
    }
    if (field.type === "date") return day(asking, { name, label, hint: texts.say(language, "form.dateHint") });
    if (field.type !== "text") return line(asking, { name, label });
    const most = field.maxLength;
    return long(asking, {
      name,
      label,
      rows: 6,
      hint: most === null ? null : texts.say(language, "form.most", { most }),
    });
  });
}
