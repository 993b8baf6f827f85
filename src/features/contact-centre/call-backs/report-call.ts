/** What came of a call: the next one, or the end of the task; of a survey, what was answered. */

import {
  afterTry,
  callBackDaysMost,
  callBackPolicy,
  isTryOutcome,
  type TryOutcome,
  tryOutcomes,
} from "../../../engine/contact-centre/call-backs.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import { inLanguage, type Language, perLanguage } from "../../../engine/text/text.js";
import { ratingScalesOf } from "../../../engine/workflow/rating-scales.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import type { CaseParts } from "../../cases/case-parts.js";
import { endWrongNumber } from "../../cases/follow/end-wrong-number.js";
import { recordLooks } from "../../cases/record-look.js";
import { callBackOf, triesOf, wasReadOut } from "./call-back-queries.js";
import { addSurveyAnswer, addTry } from "./call-back-store.js";
import { type ByAgent, callBackNotFound, lockTask, userOf } from "./call-backs.service.js";
import { callNote } from "./call-note.js";

/** As an agent's screen sends it, unchecked. */
export interface CallReport extends ByAgent {
  readonly id: number;
  /** Which try it is: a report that is sent twice is one. */
  readonly number: unknown;
  readonly outcome: unknown;
  readonly note: unknown;
  /** When the person asked to be called, ISO. */
  readonly laterAt: unknown;
  /** The mark of a survey that was answered: from 1 to 5. */
  readonly rating: unknown;
  readonly scales: unknown;
}

export interface ReportedCall {
  readonly state: "open" | "done";
  /** When the next call is due; null where there is none. */
  readonly readyAt: Date | null;
}

const dayMs = 86_400_000;

const isMark = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 5;

function refuse(faults: readonly FieldFault[]): never {
  const words = (language: Language) => faults.map(({ reason }) => inLanguage(reason, language)).join(" ");
  throw new Problem("invalid-input", perLanguage(words), [...faults]);
}

interface Checked {
  readonly outcome: TryOutcome;
  readonly note: string | null;
  readonly laterAt: Date | null;
  readonly rating: number | null;
  readonly scales: Readonly<Record<string, unknown>>;
}

/** When a person who asked for another time is called again, within the next month. */
function laterOf({ laterAt, now }: CallReport, faults: FieldFault[]): Date | null {
  const at = typeof laterAt === "string" ? new Date(laterAt) : new Date(Number.NaN);
  const most = now.getTime() + callBackDaysMost * dayMs;
  if (at.getTime() > now.getTime() && at.getTime() <= most) return at;
  faults.push({ field: "/laterAt", reason: msg("contact-centre.callBacks.sayWhen", { days: callBackDaysMost }) });
  return null;
}

function checked(a: CallReport, isSurvey: boolean): Checked {
  const { outcome } = a;
  if (!isTryOutcome(outcome))
    return refuse([{ field: "/outcome", reason: msg("contact-centre.callBacks.sayOutcome") }]);
  const faults: FieldFault[] = [];
  const note = callNote(a.note);
  if ("fault" in note) faults.push(note.fault);
  const laterAt = tryOutcomes[outcome].leads === "postponed" ? laterOf(a, faults) : null;
  const answered = isSurvey && outcome === "reached";
  if (answered && !isMark(a.rating))
    faults.push({ field: "/rating", reason: msg("contact-centre.callBacks.sayRating") });
  const scales =
    answered && typeof a.scales === "object" && a.scales !== null ? (a.scales as Record<string, unknown>) : {};
  if (faults.length > 0) refuse(faults);
  return {
    outcome,
    note: "text" in note ? note.text : null,
    laterAt,
    rating: answered ? Number(a.rating) : null,
    scales,
  };
}

/**
 * Notes what came of the call that an agent has in hand, and decides what follows. A report sent again under the same number changes
 * nothing. Problems: not-found, invalid-input, conflict where it is another's.
 */
export async function reportCall(parts: CaseParts, a: CallReport): Promise<ReportedCall> {
  const { actor, now } = a;
  const userId = userOf(actor);
  const before = await callBackOf(parts.db, a.id);
  if (before === null) throw callBackNotFound();
  return parts.policies.loaded(() =>
    inTransaction(parts.db, async (transaction) => {
      const { task, loaded } = await lockTask(parts, transaction, a.id, a);
      const made = await triesOf(parts.db, task.id, transaction);
      if (made.some(({ number, agent }) => number === a.number && agent === userId))
        return { state: task.state, readyAt: task.state === "open" ? task.readyAt : null };
      if (task.claimedBy !== userId || a.number !== task.tries + 1)
        throw new Problem("conflict", msg("contact-centre.callBacks.notYours"));
      const { outcome, note, laterAt, rating, scales } = checked(a, task.reason === "survey");
      // Who never saw the answer cannot have delivered it.
      const told = outcome === "reached" && (await wasReadOut(parts.db, task, transaction));
      if (task.reason === "answerNotDelivered" && outcome === "reached" && !told)
        refuse([{ field: "/outcome", reason: msg("contact-centre.callBacks.readOutFirst") }]);

      const { theCase, revision } = loaded;
      const { setup, calendar } = parts.policies.at(theCase.programme, revision);
      const count = (leads: string) =>
        made.filter((one) => isTryOutcome(one.outcome) && tryOutcomes[one.outcome].leads === leads).length;
      const after = afterTry({
        policy: callBackPolicy(setup.programme.settings),
        calendar,
        before: { unanswered: count("unanswered"), postponed: count("postponed") },
        outcome,
        laterAt,
        now,
      });
      await addTry(parts.db, { task, userId, outcome, note, now, after }, transaction);
      if (rating !== null) {
        const workflow = parts.policies.pinned([theCase]).workflowOf(theCase.workflow.versionId);
        const given = ratingScalesOf(workflow).flatMap(({ code }) => {
          const value = Object.hasOwn(scales, code) ? scales[code] : null;
          return isMark(value) ? [[code, value] as const] : [];
        });
        const answer = { task, userId, now, rating, scales: Object.fromEntries(given), comment: note };
        await addSurveyAnswer(parts.db, answer, transaction);
      }
      const { caseId } = task;
      const ended = outcome === "wrongNumber" ? await endWrongNumber(parts, { caseId, now }, transaction) : [];
      if (after.state === "done") {
        const data = { reason: task.reason, outcome: after.outcome, tries: task.tries + 1, ...(told && { told }) };
        const looks = [{ type: "call-back.done", data } as const, ...ended];
        await recordLooks(parts, transaction, loaded, { looks, actor, now });
      }
      return { state: after.state, readyAt: after.state === "open" ? after.readyAt : null };
    }),
  );
}
