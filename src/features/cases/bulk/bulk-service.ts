/** Bulk acts as whoever asks for them meets them: offered, looked at before, started, watched, cancelled. */

import type { Actor } from "../../../engine/access/permissions.js";
import { takeBackName } from "../../../engine/letters/taken-back-letters.js";
import { groupRefusals } from "../../../engine/lifecycle/bulk-actions.js";
import { takeBackMinutes } from "../../../engine/lifecycle/take-back.js";
import type { BulkOffer, BulkPreview, BulkRunDetail, BulkRunView } from "../../../engine/lifecycle/views/bulk-view.js";
import { mostTakeBackMinutes } from "../../../engine/setup/take-back-minutes.js";
import { defaultWorkLimits, workLimits } from "../../../engine/setup/work-limits.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { createLane, type Lane, type LaneParts, noSuchRun, runIdForm } from "../../../platform/jobs/work-lane.js";
import { refuseWhileHeld } from "../deadlines/refuse-while-held.js";
import { type CaseAsked, type CaseSearch, type SearchParts, searchCases } from "../list/search-cases.js";
import {
  bulkForwards,
  bulkRun,
  bulkRunsOf,
  cancelBulkRun,
  forgetBulkRuns,
  insertBulkRun,
  type NewBulkRun,
  refusedItems,
  type StoredBulkRun,
} from "./bulk-store.js";
import { bulkActionName, bulkActions, previewBulk, readableCases } from "./offer-bulk.js";
import { type BulkParts, runBulk, takeBackAction } from "./run-bulk.js";

type Person = Extract<Actor, { kind: "user" }>;

/** Cases by name, or all that a list finds. */
export type BulkSelection =
  | { readonly references: readonly string[] }
  | { readonly asked: Pick<CaseAsked, "filters" | "search"> & Pick<CaseSearch, "sort"> };

interface BulkAct {
  readonly actor: Actor;
  readonly now: Date;
  readonly references: readonly string[];
  readonly action: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface BulkService {
  /** Problems: invalid-input (nothing, or too many chosen). */
  offer(a: { actor: Actor; now: Date; selection: BulkSelection }): Promise<BulkOffer>;
  /** Changes nothing. Problem invalid-input with faults at the fields. */
  preview(a: BulkAct): Promise<BulkPreview>;
  /**
   * Starts a run under the number `id`, which the asker made up: sent twice, it is one run.
   * Problems: forbidden, invalid-input, not-now (another one is not over, no case allows it, or the sweep of deadlines holds).
   */
  start(a: BulkAct & { id: string }): Promise<BulkRunView>;
  /**
   * Starts a run `id` that takes back all that the run `run` forwarded, each case by itself: where someone has acted since, it stays, with
   * the reason. Problems: not-found (another's run), not-now (another one is not over, or nothing of it can be taken back any more).
   */
  takeBack(a: { actor: Actor; now: Date; id: string; run: string }): Promise<BulkRunView>;
  /** One's own, newest first. */
  list(a: { actor: Actor; now: Date }): Promise<readonly BulkRunView[]>;
  /** Problem not-found, also for somebody else's. */
  one(a: { actor: Actor; id: string; now: Date }): Promise<BulkRunDetail>;
  /** What was done stays done. Problems: not-found, not-now (it is over). */
  cancel(a: { actor: Actor; id: string; now: Date }): Promise<BulkRunDetail>;
  /** Takes up what nobody is at. */
  resume(): void;
  forgetOld(now: Date): Promise<number>;
  readonly lane: Lane;
}

const maxListed = 20;
const retentionDays = 30;

function personOf(actor: Actor): Person {
  if (actor.kind === "user") return actor;
  throw new Problem("forbidden", msg("cases-bulk.bulkService.thisIsForOfficials"));
}

type Ways = ReadonlyMap<string, NonNullable<BulkRunView["takeBack"]>>;

function viewOf(run: StoredBulkRun, ways: Ways = new Map()): BulkRunView {
  const { id, actionName, state, total, done, refused, createdAt, finishedAt } = run;
  const takeBack = ways.get(id) ?? null;
  return { id, name: actionName, state, total, done, refused, createdAt, finishedAt, takeBack };
}

function atSelection(reason: Bilingual): Problem {
  return new Problem("invalid-input", reason, [{ field: "/selection", reason }]);
}
const nothingChosen = (): Problem => atSelection(msg("cases-bulk.bulkService.chooseAtLeastOneCase"));
const tooMany = (most: number): Problem => atSelection(msg("cases-bulk.bulkService.chooseAtMostCasesAt", { most }));

export function createBulkService(parts: BulkParts & SearchParts & LaneParts): BulkService {
  const lane = createLane(parts, "bulk_runs", (turn) => runBulk(parts, turn));

  async function maxCases(actor: Actor): Promise<number> {
    const { seats } = personOf(actor);
    const known = await parts.programmes();
    const codes = [...new Set(seats.map(({ programme }) => programme))].filter((code) => known.includes(code));
    const setups = await Promise.all(codes.map(async (code) => (await parts.policies.fresh(code)).setup));
    if (setups.length === 0) return defaultWorkLimits.bulkMostCases;
    return workLimits(setups.map(({ programme }) => programme.settings)).bulkMostCases;
  }

  async function chosen(a: BulkAct) {
    const most = await maxCases(a.actor);
    if (a.references.length === 0) throw nothingChosen();
    if (a.references.length > most) throw tooMany(most);
    const cases = await readableCases(parts, a);
    if (cases.length === 0) throw nothingChosen();
    return cases;
  }

  async function own(actor: Actor, id: string): Promise<StoredBulkRun> {
    const { userId } = personOf(actor);
    const run = runIdForm.test(id) ? await bulkRun(parts.db, id) : null;
    if (run === null || run.userId !== userId) throw noSuchRun();
    return run;
  }

  interface OwnForwards {
    readonly userId: number;
    readonly now: Date;
    readonly run?: string;
  }

  /** What runs of this person forwarded and may still be taken back, each until when. */
  async function inTime({ now, ...a }: OwnForwards) {
    const since = new Date(now.getTime() - mostTakeBackMinutes * 60_000);
    const forwards = await bulkForwards(parts.db, { ...a, since });
    const programmes = [...new Set(forwards.map(({ programme }) => programme))];
    const setups = await Promise.all(programmes.map(async (code) => (await parts.policies.fresh(code)).setup));
    const minutes = new Map(setups.map((setup) => [setup.programme.code, takeBackMinutes(setup)]));
    return forwards
      .map((forward) => ({
        forward,
        until: new Date(forward.at.getTime() + (minutes.get(forward.programme) ?? 0) * 60_000),
      }))
      .filter(({ forward, until }) => (minutes.get(forward.programme) ?? 0) > 0 && until >= now);
  }

  async function waysBack(a: OwnForwards): Promise<Ways> {
    const ways = new Map<string, { cases: number; until: Date }>();
    for (const { forward, until } of await inTime(a)) {
      const known = ways.get(forward.run);
      const last = known === undefined || known.until < until ? until : known.until;
      ways.set(forward.run, { cases: (known?.cases ?? 0) + 1, until: last });
    }
    return ways;
  }

  /** Stores a run and its entry of the record, and sets to work. */
  async function begin(
    run: NewBulkRun,
    { actor, programmes, now }: { actor: Actor; programmes: readonly string[]; now: Date },
  ): Promise<BulkRunView> {
    const { id, action, actionName, references } = run;
    await refuseWhileHeld(parts.db, programmes);
    const stored = await inTransaction(parts.db, async (transaction) => {
      const outcome = await insertBulkRun(parts.db, transaction, run, now);
      if (outcome !== "stored") return outcome;
      for (const programme of programmes) {
        await appendAudit(transaction, parts.db, {
          stream: "operation",
          type: "bulk.started",
          actor,
          at: now,
          data: { programme, run: id, action, actionName, cases: references.length },
        });
      }
      return outcome;
    });
    if (stored === "taken") throw noSuchRun();
    if (stored === "busy") {
      throw new Problem("not-now", msg("cases-bulk.bulkService.anotherBulkActOfYours"));
    }
    lane.kick();
    return viewOf(await own(actor, id));
  }

  const detail = async (run: StoredBulkRun, ways?: Ways): Promise<BulkRunDetail> => ({
    ...viewOf(run, ways),
    refusals: groupRefusals(await refusedItems(parts.db, run.id)),
  });

  return {
    async offer({ actor, now, selection }) {
      const most = await maxCases(actor);
      const named = "references" in selection;
      const found = named ? null : await searchCases(parts, { ...selection.asked, actor, now, offset: 0, limit: most });
      const references = named ? selection.references : (found?.rows ?? []).map(({ reference }) => reference);
      if (references.length > most) throw tooMany(most);
      const cases = await readableCases(parts, { references, actor, now });
      if (cases.length === 0) throw nothingChosen();
      return {
        references: cases.map(({ loaded }) => loaded.theCase.reference),
        total: found?.total ?? cases.length,
        estimated: found?.estimated ?? false,
        most,
        actions: bulkActions(cases, actor, now),
      };
    },
    preview: async (a) => previewBulk(parts, { ...a, cases: await chosen(a) }),
    async start(a) {
      const { userId } = personOf(a.actor);
      if (!runIdForm.test(a.id)) throw noSuchRun();
      const known = await bulkRun(parts.db, a.id);
      if (known !== null) return viewOf(await own(a.actor, a.id));
      const cases = await chosen(a);
      const { can } = await previewBulk(parts, { ...a, cases });
      if (can === 0) {
        throw new Problem("not-now", msg("cases-bulk.bulkService.noneOfTheseCasesAllows"));
      }
      const { id, action, fields, now } = a;
      const actionName = bulkActionName(cases, action);
      const references = cases.map(({ loaded }) => loaded.theCase.reference);
      const programmes = [...new Set(cases.map(({ setup }) => setup.programme.code))];
      return begin({ id, userId, action, actionName, fields, references }, { actor: a.actor, programmes, now });
    },
    async takeBack({ actor, now, id, run }) {
      const { userId } = personOf(actor);
      if (!runIdForm.test(id)) throw noSuchRun();
      const known = await bulkRun(parts.db, id);
      if (known !== null) return viewOf(await own(actor, id));
      await own(actor, run);
      const forwards = (await inTime({ userId, now, run })).map(({ forward }) => forward);
      if (forwards.length === 0) throw new Problem("not-now", msg("cases-bulk.bulkService.nothingToTakeBack"));
      const fields = Object.fromEntries(forwards.map(({ reference, seq }) => [reference, seq]));
      const references = forwards.map(({ reference }) => reference);
      const programmes = [...new Set(forwards.map(({ programme }) => programme))];
      const begun = { id, userId, action: takeBackAction, actionName: takeBackName, fields, references };
      return begin(begun, { actor, programmes, now });
    },
    async list({ actor, now }) {
      const { userId } = personOf(actor);
      const [runs, ways] = await Promise.all([bulkRunsOf(parts.db, userId, maxListed), waysBack({ userId, now })]);
      return runs.map((run) => viewOf(run, ways));
    },
    async one({ actor, id, now }) {
      const run = await own(actor, id);
      return detail(run, await waysBack({ userId: run.userId, now, run: id }));
    },
    async cancel({ actor, id, now }) {
      const run = await own(actor, id);
      if (!(await cancelBulkRun(parts.db, { id, userId: run.userId, now }))) {
        throw new Problem("not-now", msg("cases-bulk.bulkService.itIsOverAlready"));
      }
      // People who were given cases before hear of them now.
      lane.kick();
      return detail(await own(actor, id));
    },
    resume: () => lane.kick(),
    forgetOld: (now) => forgetBulkRuns(parts.db, new Date(now.getTime() - retentionDays * 86_400_000)),
    lane,
  };
}
