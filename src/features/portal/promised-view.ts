/** When an answer is due as the pages say it: nothing that did not happen, and what one may do where none is due. */
import type { PromisedAnswer } from "../../engine/lifecycle/follow-view.js";
import { formatMoment } from "../../engine/measures/figures.js";
import type { Followed, Words } from "./follow-views.js";
import type { View } from "./portal-views.js";

/** Said beside the words, never instead of them. */
const signs: Readonly<Record<string, string>> = {
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

/** @param now what stands for tomorrow is told differently from what is about to happen */
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
  const named = by.map(({ label, value }) => `${label[language]}: ${value[language]}`);
  return {
    state: shown,
    sign: signs[shown] ?? null,
    sentence: say(shown, dueAt),
    after: [raise, next].filter((text) => text !== null),
    because:
      budget === null
        ? null
        : named.length === 0
          ? texts.say(language, "promised.time", { budget: budget[language] })
          : texts.say(language, "promised.because", {
              budget: budget[language],
              by: named.join(language === "ar" ? "، " : ", "),
            }),
    lines: lines[language],
  };
}
