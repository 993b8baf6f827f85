/** What an action leads to, in words, before it is sent: from the workflow, so that no screen knows what a programme decided. */

import { type Words, wordsIn } from "../explain/words.js";
import type { Unreached } from "../letters/applicant-ways.js";
import type { Case } from "../lifecycle/case.js";
import type { Foreseen, ForeseenReview } from "../lifecycle/foresee.js";
import { codesOf } from "../registry.js";
import type { Setup } from "../setup/setup.js";
import { msg } from "../text/msg.js";
import { apart, type Bilingual, perLanguage } from "../text/text.js";
import type { EffectName } from "./effects.js";
import { mainEffects } from "./main-effects.js";
import type { StateKind, WorkflowAction, WorkflowDefinition } from "./workflow-definition.js";

interface Following {
  readonly action: WorkflowAction;
  readonly workflow: WorkflowDefinition;
  readonly theCase: Case;
  readonly setup: Setup;
  readonly now: Date;
  /** Applicants of linked duplicates who would get the same answer. */
  readonly duplicates: number;
  /** Whether the official who looks has the case. */
  readonly mine: boolean;
  readonly reach: LetterReach;
  /** Whether the official may ask that the applicant is called. */
  readonly mayAskCall?: boolean;
  /** Where it leads to, by the code that will decide it. */
  readonly foreseen: Foreseen;
}

/**
 * Whether a letter of this case can reach its applicant; what was taken over from another system sends none.
 * `undelivered`: there is an address, and the last letter to it came back.
 */
export type LetterReach = "letter" | Unreached | "undelivered" | "imported";

export function letterReach(a: {
  readonly theCase: Case;
  /** Why there is no way to the applicant; null: there is one. */
  readonly unreached: Unreached | null;
  /** Whether the last letter to the applicant of this case could not be delivered. */
  readonly lastFailed: boolean;
}): LetterReach {
  if (a.theCase.application.imported) return "imported";
  if (a.unreached !== null) return a.unreached;
  return a.lastFailed ? "undelivered" : "letter";
}

type Say = (following: Following, words: Words) => string | null;

const resolutionOf = ({ clocks, cycle }: Case) =>
  clocks.find((clock) => clock.cycle === cycle && clock.target === "resolution" && clock.metAt === null);

function leadsTo({ action, foreseen, workflow }: Following, kind: StateKind): boolean {
  return action.to !== null && foreseen.states.some((state) => workflow.states[state]?.kind === kind);
}

/** What the applicant learns, where a letter tells them; else what is left of it. */
const toApplicant =
  (byLetter: Bilingual, otherwise: Bilingual): Say =>
  ({ reach }, { say }) => {
    return say(reach === "letter" ? byLetter : otherwise);
  };

/** So that no official waits for the answer to a letter that never left. */
const unsent: Say = ({ reach, theCase, mayAskCall }, { say }) => {
  const sentences = {
    letter: theCase.confidential ? msg("workflow.consequences.theEmailDoesNotCarry") : null,
    noAddress: msg("workflow.consequences.noLetterGoesOutThe2"),
    noMessages: msg("workflow.consequences.choseNoMessages"),
    stopped: msg("workflow.consequences.stoppedTexts"),
    callsOnly: msg("workflow.consequences.callsOnly"),
    wrongNumber: msg("workflow.consequences.wrongNumber"),
    undelivered: msg("workflow.consequences.theLastEmailWasNotDelivered"),
    imported: msg("workflow.consequences.noLetterGoesOutThe"),
  } satisfies Record<LetterReach, Bilingual | null>;
  const sentence = sentences[reach];
  if (sentence === null) return null;
  const isTold = reach === "letter" || !mayAskCall;
  return isTold ? say(sentence) : `${say(sentence)} ${say(msg("workflow.consequences.askForCall"))}`;
};

const ofReviews = {
  always: msg("workflow.consequences.theAnswerIsReviewedFirst"),
  drawn: msg("workflow.consequences.theAnswerMayBeDrawn"),
  never: msg("workflow.consequences.theAnswerIsNotReviewed"),
} satisfies Record<ForeseenReview, Bilingual>;

/** Whether an answer is reviewed before it leaves. Where only the draw of the sample decides, nobody learns how it fell, so that nobody writes for it. */
const reviewed: Say = (following, { say }) => {
  const { review } = following.foreseen;
  if (review !== null) return say(ofReviews[review]);
  // A workflow that sends every answer to a second person.
  return leadsTo(following, "open") ? say(ofReviews.always) : null;
};

const together: Say = ({ duplicates }, { say }) =>
  duplicates === 0 ? null : say(msg("workflow.consequences.text", { duplicates }));

/** A question stops the clock, unless it had run out before. */
const pauses: Say = (following, { say }) => {
  const { theCase, now } = following;
  const clock = resolutionOf(theCase);
  if (!leadsTo(following, "waiting") || clock === undefined || clock.pausedAt !== null) return null;
  if (clock.dueAt !== null && clock.dueAt < now) {
    return say(msg("workflow.consequences.theDeadlineHasPassedAlready"));
  }
  return say(msg("workflow.consequences.theClockStandsUntilThe"));
};

/** What the system does when nobody comes back. */
const leftAlone: Say = (following, words) => {
  const { foreseen, workflow } = following;
  if (foreseen.timer === null) return null;
  const { timer, dueAt } = foreseen.timer;
  const name = workflow.actions[timer.action]?.name;
  if (name === undefined) return null;
  const values = {
    after: words.budget(timer.after),
    by: apart(words.moment(dueAt)),
    name: apart(words.quote(words.pick(name))),
  };
  return words.say(
    leadsTo(following, "waiting")
      ? msg("workflow.consequences.ifNoReplyComes", values)
      : msg("workflow.consequences.ifNothingHappensForThe", values),
  );
};

/** Of an act that is known by something else; to an official who has the case already it is nothing new. */
const becomesYours: Say = ({ action, mine }, { say }) =>
  mine || mainEffects(action.effects).includes("take") ? null : say(msg("workflow.consequences.youTakeTheCaseBy"));

const plain =
  (sentence: Bilingual): Say =>
  (_, { say }) =>
    say(sentence);

/** Of an act that nobody outside notices. */
const stillSilent: Say = ({ theCase, workflow }, { say }) =>
  workflow.states[theCase.state]?.kind === "open" && theCase.escalationSteps.some(({ when }) => "idle" in when)
    ? say(msg("workflow.consequences.itPutsOffNoEscalation"))
    : null;

/** By effect, in the order of the sentences; none: it speaks for itself. */
const ofEffects: { readonly [Effect in EffectName]: readonly Say[] } = {
  answer: [
    toApplicant(
      msg("workflow.consequences.theApplicantGetsThisText"),
      msg("workflow.consequences.thisTextIsTheAnswer"),
    ),
    unsent,
    reviewed,
    together,
  ],
  ask: [
    toApplicant(
      msg("workflow.consequences.theApplicantGetsThisQuestion"),
      msg("workflow.consequences.thisQuestionWaitsForThe"),
    ),
    unsent,
    pauses,
    leftAlone,
  ],
  take: [becomesYours],
  reject: [
    toApplicant(
      msg("workflow.consequences.theApplicantGetsTheReason"),
      msg("workflow.consequences.theCaseEndsWithoutAn"),
    ),
    unsent,
    plain(msg("workflow.consequences.theCaseEndsHereIt")),
    together,
  ],
  transfer: [plain(msg("workflow.consequences.theOtherEntityBecomesResponsible"))],
  assign: [plain(msg("workflow.consequences.theFocalPointsOfThe"))],
  reclassify: [plain(msg("workflow.consequences.theRulesDecideTheDeadlines"))],
  link: [
    toApplicant(msg("workflow.consequences.thisCaseEndsHereIts"), msg("workflow.consequences.thisCaseEndsHereThe")),
    unsent,
  ],
  withdraw: [
    toApplicant(msg("workflow.consequences.theCaseEndsWithoutAn2"), msg("workflow.consequences.theCaseEndsWithoutAn3")),
    unsent,
  ],
  merge: [plain(msg("workflow.consequences.theOtherCasesEndAs"))],
  split: [
    toApplicant(msg("workflow.consequences.aSecondCaseBeginsFor"), msg("workflow.consequences.aSecondCaseBeginsFor2")),
    unsent,
  ],
  give: [plain(msg("workflow.consequences.yourColleagueTakesItOver"))],
  remind: [plain(msg("workflow.consequences.theFocalPointsOfThe2"))],
  return: [plain(msg("workflow.consequences.itIsWorkedOnAgain"))],
  reopen: [plain(msg("workflow.consequences.aNewRoundBeginsWith"))],
  agree: [plain(msg("workflow.consequences.untilThatDay"))],
  respond: [plain(msg("workflow.consequences.itCountsAsTheFirst"))],
  note: [plain(msg("workflow.consequences.onlyOfficialsSeeIt"))],
  mention: [plain(msg("workflow.consequences.theColleaguesYouNameGet"))],
  reply: [],
  rate: [],
  appeal: [],
};

/** What an action without an effect of its own (approving, closing) leads to, by the kind of state: the first that has a sentence. */
const ofKinds: { readonly [Kind in StateKind]: readonly Say[] } = {
  resolved: [
    toApplicant(
      msg("workflow.consequences.theAnswerTakesEffectThe"),
      msg("workflow.consequences.theAnswerTakesEffectAnd"),
    ),
    unsent,
    together,
  ],
  final: [plain(msg("workflow.consequences.theCaseIsClosed"))],
  open: [],
  waiting: [],
};

/** The sentences that tell it, in both languages; none where the action speaks for itself. */
export function consequencesOf(following: Following): readonly Bilingual[] {
  const { action, setup } = following;
  const effects = codesOf(ofEffects).filter((effect) => action.effects.includes(effect));
  const kinds = codesOf(ofKinds).filter((kind) => ofKinds[kind].length > 0 && leadsTo(following, kind));
  const told =
    action.effects.length > 0
      ? effects.flatMap((effect) => ofEffects[effect])
      : kinds.slice(0, 1).flatMap((kind) => ofKinds[kind]);
  const says = [...new Set([...told, ...(action.signOfLife === false ? [stillSilent] : [])])];
  const wordsFor = wordsIn(setup);
  return says.flatMap((say) => {
    const spoken = say(following, wordsFor("en")) !== null;
    return spoken ? [perLanguage((language) => say(following, wordsFor(language)) ?? "")] : [];
  });
}
