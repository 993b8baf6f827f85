/**
 * Before a sweep acts: which programmes it must leave alone, because more would be enforced late than anybody would
 * expect. The operation room is asked once; when there are few again, the sweep goes on by itself.
 */

import { formatMoment } from "../../../engine/formatting/moments.js";
import type { MessageIntent } from "../../../engine/letters/message-intent.js";
import { enforcer as actor } from "../../../engine/lifecycle/enforce-due.js";
import { foreseenMs, heldSweepWords, maxUnasked, openEnough, releaseMs } from "../../../engine/lifecycle/held-sweep.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { operationRoomAt } from "../../../engine/setup/setup-references.js";
import { perLanguage } from "../../../engine/text/text.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { insertMessages } from "../../../platform/mail/message-store.js";
import type { CaseParts } from "../case-parts.js";
import { casesById } from "../case-queries.js";
import { computeDue } from "./compute-due.js";
import {
  endHeldSweep,
  type FoundLate,
  type HeldSweep,
  heldSweeps,
  holdSweep,
  type LateDue,
  lateDue,
  openCasesUpTo,
  sampleLateDue,
  stillHeld,
} from "./held-sweep-store.js";

/** What a sweep must leave alone, and what it ends when it has come to its end. */
export interface Holding {
  readonly held: readonly string[];
  /** Numbers of those that were released. */
  readonly released: readonly number[];
}

/** How many cases are worked out, to estimate how many letters all of them would write. */
const sampled = 100;
/** As long as their number differs by less than this share, what was worked out for fewer or more is told again. */
const alikeShare = 0.1;

const lateBefore = (now: Date): Date => new Date(now.getTime() - foreseenMs);

/** About how many letters and escalations the late cases would come to; nothing is stored. */
async function foresee(parts: CaseParts, now: Date, { programme, toldCases }: LateDue) {
  const ids = await sampleLateDue(parts.db, { programme, before: lateBefore(now), limit: sampled });
  let [letters, escalated, seen] = [0, 0, 0];
  await parts.policies.loaded(async () => {
    [letters, escalated, seen] = [0, 0, 0];
    for (const loaded of await casesById(parts.db, ids)) {
      seen += 1;
      const policy = parts.policies.at(programme, loaded.revision);
      const pinned = parts.policies.pinned([loaded.theCase]);
      const worked = computeDue({ loaded, policy, pinned, now });
      if (worked.timer !== null) continue;
      letters += worked.outcome.intents.length;
      const isEscalation = (thing: (typeof worked.before)[number]) =>
        thing.kind === "step" && thing.step.kind === "escalation";
      if (worked.before.some(isEscalation)) escalated += 1;
    }
  });
  const times = seen === 0 ? 0 : toldCases / seen;
  return { letters: Math.round(letters * times), escalated: Math.round(escalated * times) };
}

async function figures(parts: CaseParts, now: Date, late: LateDue, before: HeldSweep | null) {
  const alike = before !== null && Math.abs(before.cases - late.toldCases) < alikeShare * before.cases;
  if (alike) return { letters: before.letters, escalated: before.escalated };
  // A case that cannot be worked out must not let the sweep go on.
  return foresee(parts, now, late).catch(() => ({ letters: 0, escalated: 0 }));
}

function intentsFor(setup: Setup, id: number, found: FoundLate & { databaseAt: Date }): MessageIntent[] {
  const { name, timeZone } = setup.programme;
  const moment = (at: Date) => perLanguage((language) => formatMoment(at, language, timeZone));
  const message = heldSweepWords({
    ...found,
    programme: name,
    oldestDueAt: moment(found.oldestDueAt),
    asOf: moment(found.asOf),
    databaseAt: moment(found.databaseAt),
  });
  return operationRoomAt(setup, found.asOf).map(({ userId, language }) => ({
    template: "operation-room-alert",
    receiver: { kind: "user", userId },
    language,
    data: { kind: "sweep-held", message },
    key: `held-sweep/${id}/user/${userId}`,
  }));
}

async function hold(parts: CaseParts, a: { setup: Setup; found: FoundLate; before: HeldSweep | null }): Promise<void> {
  const { setup, found, before } = a;
  const { db, messages: state } = parts;
  if (before !== null && before.releasedAt === null) return stillHeld(db, before.id, found);
  const programme = setup.programme.code;
  const at = found.asOf;
  await inTransaction(db, async (tx) => {
    // What was released is not all of it any more: the room is asked anew.
    if (before !== null) await endHeldSweep(db, tx, { id: before.id, at });
    const held = await holdSweep(db, tx, { programme, found });
    if (held === null) return;
    const { cases, openCases, letters } = found;
    const data = { programme, cases, openCases, letters };
    await appendAudit(tx, db, { stream: "operation", type: "sweep.held", actor, data, at });
    const intents = intentsFor(setup, held.id, { ...found, databaseAt: held.databaseAt });
    await insertMessages(db, { programme, intents, now: at, state }, tx);
  });
}

/** The number fell: nobody has to be asked any more. */
async function resume(parts: CaseParts, { id, programme, cases }: HeldSweep, at: Date): Promise<void> {
  const { db } = parts;
  await inTransaction(db, async (tx) => {
    if (!(await endHeldSweep(db, tx, { id, at }))) return;
    await appendAudit(tx, db, { stream: "operation", type: "sweep.resumed", actor, data: { programme, cases }, at });
  });
}

/** What was found when it is too much to act on without asking; else null. */
async function tooMuch(parts: CaseParts, a: { setup: Setup; now: Date; late: LateDue; before: HeldSweep | null }) {
  const { late, now, before } = a;
  const { settings } = a.setup.programme;
  const enough = openEnough(settings, late.cases);
  if (enough === 0) return null;
  const open = await openCasesUpTo(parts.db, { programme: late.programme, most: enough });
  // All of them decide: in a programme of reports nearly every case is confidential.
  if (open.all >= enough || late.cases <= maxUnasked(settings, open.all)) return null;
  const told = await figures(parts, now, late, before);
  const { toldCases: cases, oldestDueAt } = late;
  return { asOf: now, cases, oldestDueAt, openCases: open.told, most: maxUnasked(settings, open.told), ...told };
}

/**
 * Looks at what a sweep would enforce late at `now`; holds and lets go, programme by programme. Costs one look along the
 * index of moments where there is nothing late.
 */
export async function holdSweeps(parts: CaseParts, now: Date): Promise<Holding> {
  const { db } = parts;
  // First what holds: who releases between the two is not asked again.
  const before = new Map((await heldSweeps(db)).map((one) => [one.programme, one]));
  const late = await lateDue(db, { before: lateBefore(now), releasedAfter: new Date(now.getTime() - releaseMs) });
  const held: string[] = [];
  const released: number[] = [];
  for (const programme of new Set([...late.map((one) => one.programme), ...before.keys()])) {
    const own = late.find((one) => one.programme === programme);
    const was = before.get(programme) ?? null;
    const { setup } = await parts.policies.fresh(programme);
    const found = own === undefined ? null : await tooMuch(parts, { setup, now, late: own, before: was });
    if (found !== null) {
      await hold(parts, { setup, found, before: was });
      held.push(programme);
    } else if (was !== null && was.releasedAt === null) await resume(parts, was, now);
    else if (was !== null) released.push(was.id);
  }
  return { held, released };
}

/** What was released is worked off. */
export async function endReleased(parts: CaseParts, { released }: Holding, at: Date): Promise<void> {
  for (const id of released) await inTransaction(parts.db, (tx) => endHeldSweep(parts.db, tx, { id, at }));
}
