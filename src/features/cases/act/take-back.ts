/**
 * A forward or an assignment that its author takes back (`engine/lifecycle/take-back.ts`), and what somebody forwarded. Both are theirs by
 * what they did, whether they may still see the case or not: of one that is out of their reach no more is said than they knew.
 */

import sql from "sql-template-tag";
import { type Actor, can } from "../../../engine/access/permissions.js";
import { describeEvents } from "../../../engine/explain/describe-event.js";
import { letterKey } from "../../../engine/letters/letters-of-event.js";
import { type Corrected, correction } from "../../../engine/letters/taken-back-letters.js";
import type { Case } from "../../../engine/lifecycle/case.js";
import type { CaseOutcome } from "../../../engine/lifecycle/case-outcome.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { draftAfterDue } from "../../../engine/lifecycle/enforce-due.js";
import { finishOutcome } from "../../../engine/lifecycle/finish-outcome.js";
import {
  type forwardEvents,
  forwardOf,
  isTakenBack,
  type NoWayBack,
  ownWayBack,
  takeBackMinutes,
  takenBack,
  wayBack,
} from "../../../engine/lifecycle/take-back.js";
import {
  type ForwardedCase,
  type ForwardedPage,
  forwardsPerPage,
} from "../../../engine/lifecycle/views/forwarded-view.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { type Bilingual, perLanguage } from "../../../engine/text/text.js";
import type { WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import { type Database, query } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { eventsOfCase } from "../case-event-queries.js";
import { type CaseParts, caseNotShown } from "../case-parts.js";
import { caseByReference, casesToLookAt } from "../case-queries.js";
import { updateCases } from "../case-store.js";
import { withdrawNews } from "../news/settle-news.js";
import { takeBackLetters } from "./letters-taken-back.js";
import type { Beside } from "./perform-action.js";
import { toldSince } from "./told-since.js";

export interface TakeBack {
  readonly reference: string;
  /** The number of the event of the forward. */
  readonly seq: number;
  readonly actor: Actor;
  readonly now: Date;
  /** When it was asked for, where that was before; the minutes end by it. */
  readonly askedAt?: Date;
  /** What is stored with it, in its transaction; it may keep letters back. What it throws undoes all of it. */
  readonly beside?: Beside;
}

/** The outcome with a letter to each who was told of the forward; the newest event says so. */
function withCorrections(
  outcome: CaseOutcome,
  a: { readonly corrected: readonly Corrected[]; readonly by: string },
): CaseOutcome {
  if (a.corrected.length === 0) return outcome;
  const { id, reference, lastSeq } = outcome.after;
  const at = outcome.events.findIndex(({ type }) => type === "case.taken-back");
  const keyOf = (userId: number) => letterKey(id, lastSeq + at + 1, "official-bulk", userId);
  const intents = a.corrected.map((one) => correction(one, { key: keyOf(one.userId), by: a.by, reference }));
  const letters = a.corrected.map(({ userId, seat }) => ({ to: userId, seat, letter: "official-bulk", how: "atOnce" }));
  const events = outcome.events.map((event, i) => (i === at ? { ...event, data: { ...event.data, letters } } : event));
  return { ...outcome, events, intents: [...outcome.intents, ...intents] };
}

/** So many acts are named; the first of them was in the way. */
const mostNamed = 3;

/** In words, with who did what since; of a confidential case out of the reader's reach only that someone did. */
function whyNotBack(
  { refused, since = [] }: NoWayBack,
  a: { theCase: Case; actor: Actor; setup: Setup; workflow: WorkflowDefinition },
): Bilingual {
  const { theCase, actor, setup, workflow } = a;
  const sees = can(actor, "case.read", { case: theCase, entities: setup.entities });
  if (since.length === 0 || (theCase.confidential && !sees)) return refused;
  const told = describeEvents(since.slice(0, mostNamed), { setup, workflow, reached: new Set() });
  return msg("lifecycle.takeBack.actedSince", {
    told: perLanguage((language) => toldSince(told, { language, timeZone: setup.programme.timeZone })),
  });
}

/**
 * Problems: `not-found`, also for a case that this person has not forwarded by that event; `action-refused` with the reason. Of two that come at
 * once the second waits for the case; what this person took back already is done, and nothing more happens.
 */
export async function takeBack(parts: CaseParts, a: TakeBack): Promise<{ readonly reference: string }> {
  const { db, policies } = parts;
  const { actor, now } = a;
  const reference = parseReference(a.reference);
  if (reference === null) throw caseNotShown();
  return policies.loaded(() =>
    inTransaction(db, async (tx) => {
      const loaded = await caseByReference(db, reference, tx);
      if (loaded === null) throw caseNotShown();
      const { theCase, applicantWays, nextDecision } = loaded;
      const events = await eventsOfCase(db, theCase.id, tx, a.seq);
      const forward = forwardOf(events, a.seq, actor);
      if (forward === undefined) throw caseNotShown();
      const { setup } = policies.at(theCase.programme, loaded.revision);
      const { workflowOf, calendarOf } = policies.pinned([theCase]);
      const workflow = workflowOf(theCase.workflow.versionId);
      if (isTakenBack(forward, events)) return { reference };
      const found = wayBack(forward, { theCase, events, actor, setup, workflow, now: a.askedAt ?? now });
      if ("refused" in found)
        throw new Problem("action-refused", whyNotBack(found, { theCase, actor, setup, workflow }));
      // What falls due at this moment is of who has the case again.
      const due = draftAfterDue({ theCase: found.after, actor, now, workflow, setup, calendarOf });
      const draft = takenBack(due, theCase, found);
      const finished = finishOutcome({ draft, before: theCase.clocks, workflow, setup, calendarOf, applicantWays });
      const act = { caseId: theCase.id, from: found.from, upTo: found.upTo };
      const corrected = await takeBackLetters(parts, tx, {
        ...{ caseId: act.caseId, reference, events, setup, now },
        way: found,
      });
      const by = actor.kind === "user" ? actor.name : "";
      const told = withCorrections(finished, { corrected, by });
      const outcome = (await a.beside?.({ transaction: tx, outcome: told })) ?? told;
      await updateCases(db, tx, [{ outcome, nextDecision }], parts.messages);
      await withdrawNews(db, tx, { ...act, holder: found.after.assignee });
      return { reference };
    }),
  );
}

/** How this person can take back what they forwarded last of a case; null: they cannot. */
export async function wayBackNow(
  parts: CaseParts,
  { reference, actor, now }: { reference: string; actor: Actor; now: Date },
): Promise<{ readonly seq: number; readonly until: Date } | null> {
  const [loaded] = await casesToLookAt(parts.db, [reference]);
  if (loaded === undefined) return null;
  const { theCase } = loaded;
  const [{ setup }, pinned, events] = await Promise.all([
    parts.policies.current(theCase.programme),
    parts.policies.pin([theCase]),
    eventsOfCase(parts.db, theCase.id),
  ]);
  return ownWayBack({ theCase, events, actor, setup, workflow: pinned.workflowOf(theCase.workflow.versionId), now });
}

/** So far back what somebody forwarded is listed. */
const listedDays = 30;
const dayMs = 86_400_000;

interface Row {
  readonly reference: string;
  readonly seq: number;
  readonly at: Date;
  readonly type: (typeof forwardEvents)[number];
  readonly data: { readonly entity?: string | null; readonly colleague?: number };
  readonly takenBackAt: Date | null;
  /** Who it was given to. */
  readonly colleague: string | null;
}

interface Forwarder {
  readonly userId: number;
  readonly since: Date;
}

/** Of `e`, an event. What a change-set moved is no one's forward. */
const isForwardOf = ({ userId, since }: Forwarder) => sql`e.type in ('case.assigned','case.transferred','case.given')
  and (e.actor::jsonb->>'userId')::integer = ${userId} and e.at >= ${since}
  and e.data::jsonb ? 'action' and not e.data::jsonb ? 'changeSet'`;

async function countForwards(db: Database, a: Forwarder): Promise<number> {
  const [row] = await query<{ n: number }>(
    db,
    sql`select count(*)::integer as n from case_events e where ${isForwardOf(a)}`,
  );
  return row?.n ?? 0;
}

/** The newest first. */
function forwardsOf(db: Database, a: Forwarder & { offset: number }): Promise<Row[]> {
  const statement = sql`select c.reference, e.seq, e.at, e.type, e.data::jsonb - 'was' as data,
      (select b.at from case_events b where b.case_id = e.case_id and b.seq > e.seq and b.type = 'case.taken-back'
        and (b.data::jsonb->>'of')::integer = e.seq limit 1) as "takenBackAt",
      (select u.name from users u where u.id = (e.data::jsonb->>'colleague')::integer) as colleague
    from case_events e join cases c on c.id = e.case_id
    where ${isForwardOf(a)} order by e.at desc, e.case_id desc, e.seq desc offset ${a.offset} limit ${forwardsPerPage}`;
  return query<Row>(db, statement);
}

const unknown = (code: string): Bilingual => ({ en: code, ar: code });

function whereTo({ type, data, colleague }: Row, { entities }: Setup): Bilingual {
  if (type === "case.given") return unknown(colleague ?? "");
  const code = data.entity ?? "";
  return entities.get(code)?.name ?? unknown(code);
}

/** Until when it can be taken back, or why it cannot. */
async function backOf(
  parts: CaseParts,
  row: Row,
  a: { theCase: Case; actor: Actor; setup: Setup; workflow: WorkflowDefinition; now: Date },
): Promise<Pick<ForwardedCase, "until" | "refused">> {
  const events = await eventsOfCase(parts.db, a.theCase.id, undefined, row.seq);
  const forward = forwardOf(events, row.seq, a.actor);
  if (forward === undefined) return noWay;
  const found = wayBack(forward, { ...a, events });
  return "refused" in found ? { until: null, refused: whyNotBack(found, a) } : { until: found.until, refused: null };
}
const noWay = { until: null, refused: null };

/** What this person forwarded, transferred or assigned lately. */
export async function forwardedCases(
  parts: CaseParts,
  { actor, now, page: asked }: { actor: Actor; now: Date; page: number },
): Promise<ForwardedPage> {
  if (actor.kind !== "user") return { cases: [], page: 1, total: 0 };
  const forwarder = { userId: actor.userId, since: new Date(now.getTime() - listedDays * dayMs) };
  const total = await countForwards(parts.db, forwarder);
  const page = Math.max(1, Math.min(asked, Math.ceil(total / forwardsPerPage)));
  const rows = await forwardsOf(parts.db, { ...forwarder, offset: (page - 1) * forwardsPerPage });
  const loaded = await casesToLookAt(parts.db, [...new Set(rows.map(({ reference }) => reference))]);
  const byReference = new Map(loaded.map((one) => [one.theCase.reference, one]));
  const pinned = await parts.policies.pin(loaded.map(({ theCase }) => theCase));
  const cases = rows.map(async (row): Promise<ForwardedCase | null> => {
    const found = byReference.get(row.reference);
    if (found === undefined) return null;
    const { theCase } = found;
    const { setup } = await parts.policies.current(theCase.programme);
    const sees = can(actor, "case.read", { case: theCase, entities: setup.entities });
    const recent = row.takenBackAt === null && now.getTime() - row.at.getTime() <= takeBackMinutes(setup) * 60_000;
    const workflow = pinned.workflowOf(theCase.workflow.versionId);
    const state = workflow.states[theCase.state]?.name ?? unknown(theCase.state);
    return {
      reference: row.reference,
      seq: row.seq,
      at: row.at,
      to: whereTo(row, setup),
      takenBackAt: row.takenBackAt,
      ...(recent ? await backOf(parts, row, { theCase, actor, setup, workflow, now }) : noWay),
      subject: sees || !theCase.confidential ? theCase.application.subject : null,
      state: sees ? state : null,
    };
  });
  return { cases: (await Promise.all(cases)).flatMap((one) => one ?? []), page, total };
}
