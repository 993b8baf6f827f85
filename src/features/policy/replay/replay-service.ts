/**
 * Replays as whoever asks for them meets them: started, watched, cancelled, read. They belong to the office: whoever may read
 * a programme's configuration and its cases reads all of them, since a second person has to judge a draft by the same figures.
 */

import { type Actor, caseReach } from "../../../engine/access/permissions.js";
import { setNames } from "../../../engine/explain/explain-decision.js";
import { isRecord } from "../../../engine/is-record.js";
import { emptyTally } from "../../../engine/replay/replay-tally.js";
import type { ReplayDetail, ReplayView } from "../../../engine/replay/replay-view.js";
import { type RuleSetName, ruleSetNames } from "../../../engine/rules/rule-set.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { workLimits } from "../../../engine/setup/work-limits.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { createLane, type Lane, type LaneParts, noSuchRun, runIdForm } from "../../../platform/jobs/work-lane.js";
import { newId, type Random } from "../../../platform/unguessable.js";
import { askedSetup } from "../change-sets/setup-with-change-set.js";
import { checksumOf } from "../definition-faults.js";
import { casesToReplay, recordedFacts } from "./replay-queries.js";
import {
  cancelReplay,
  forgetReplays,
  insertReplay,
  keepNewestReplays,
  type ReplayHead,
  type ReplayKind,
  replayKinds,
  replaysOf,
  replaysOfThing,
  storedReplay,
} from "./replay-store.js";
import { cannotReplay, faultsOfReplay, requireTrier, requireValid } from "./require-trier.js";
import { type ReplayParts, replayerOf, runReplay } from "./run-replay.js";

export interface ReplayThing {
  readonly programme: string;
  readonly kind: string;
  readonly name: string;
}

export interface ReplayAsked extends ReplayThing {
  readonly actor: Actor;
  readonly definition: unknown;
  /** Cases received in this time, half-open. */
  readonly from: Date;
  readonly to: Date;
  /** Number of the change-set by whose set-up the text is asked; left out: the set-up in force. */
  readonly changeSet?: number | null | undefined;
  readonly now: Date;
}

/** What runs are compared with: the text as it is now, and the change-set by whose set-up it is asked. */
interface Now {
  readonly definition?: unknown;
  readonly changeSet?: number | null | undefined;
}

export interface ReplayService {
  /**
   * Problems: not-found (not the actor's, or of a kind that is not replayed), forbidden, invalid-configuration (faults at places of
   * the definition), invalid-input (at `/from`: no case, or too many), not-now (another one is not over).
   */
  start(a: ReplayAsked): Promise<ReplayView>;
  /** Replays of one thing, newest first. Problem not-found. */
  of(a: ReplayThing & Now & { actor: Actor }): Promise<readonly ReplayView[]>;
  /** One's own, newest first. */
  mine(a: { actor: Actor }): Promise<readonly ReplayView[]>;
  /** Problem not-found. */
  one(a: Now & { actor: Actor; id: string }): Promise<ReplayDetail>;
  /** One's own. Problems: not-found, not-now (it is over). */
  cancel(a: { actor: Actor; id: string; now: Date }): Promise<ReplayView>;
  /** Takes up what nobody is at. */
  resume(): void;
  forgetOld(now: Date): Promise<number>;
  readonly lane: Lane;
}

const retentionDays = 14;
const storedRuns = 20;
const maxListed = 10;
const dayMs = 86_400_000;

function kindOf({ kind, name }: ReplayThing): ReplayKind {
  const found = replayKinds.find((one) => one === kind);
  const isSet = ruleSetNames.some((set) => set === name);
  if (found !== undefined && (found === "calendar" || isSet)) return found;
  throw new Problem("not-found", msg("policy-replay.replayService.onlyRuleSetsAndCalendars"));
}

function at(field: string, reason: Bilingual): Problem {
  return new Problem("invalid-input", reason, [{ field, reason }]);
}

function titleOf({ kind, name }: Pick<ReplayHead, "kind" | "name">): Bilingual {
  if (kind === "calendar") return msg("policy-replay.replayService.calendar", { name });
  return setNames[name as RuleSetName] ?? { en: name, ar: name };
}

/** By their checksums; null: no text was asked about. */
type Compared = { readonly text: string; readonly setup: string | null } | null;

function viewOf(run: ReplayHead, actor: Actor, now: Compared): ReplayView {
  const { id, programme, kind, name, state, failure, from, to, asOf, expected, startedBy, createdAt, finishedAt } = run;
  const mine = actor.kind === "user" && actor.userId === run.userId;
  return {
    ...{ id, programme, kind, name, state, failure, from, to, asOf, expected, startedBy, createdAt, finishedAt },
    title: titleOf(run),
    cases: run.tally.cases,
    changed: run.tally.changed,
    mine,
    changeSet: run.changeSet,
    sameText: now === null ? null : now.text === run.checksum,
    sameSetup: now === null ? null : now.setup === run.setupChecksum,
  };
}

function inForceId(setup: Setup, kind: ReplayKind, name: string): number | null {
  if (kind === "rules") return setup.ruleSets.get(name as RuleSetName)?.versionId ?? null;
  return setup.calendar.definition.code === name ? setup.calendar.versionId : null;
}

export function createReplayService(parts: ReplayParts & LaneParts & { readonly random: Random }): ReplayService {
  const { db, policies } = parts;
  const lane = createLane(parts, "replay_runs", (turn) => runReplay(parts, turn));

  async function readable(actor: Actor, id: string): Promise<ReplayHead> {
    const run = runIdForm.test(id) ? await storedReplay(db, id) : null;
    if (run === null || actor.kind !== "user" || !caseReach(actor).all.includes(run.programme)) throw noSuchRun();
    requireTrier(actor, run.programme);
    return run;
  }

  async function compared(programme: string, { definition, changeSet = null }: Now): Promise<Compared> {
    if (!isRecord(definition)) return null;
    const text = checksumOf(definition);
    if (changeSet === null) return { text, setup: null };
    const { setup } = await policies.fresh(programme);
    return { text, setup: (await askedSetup(db, setup, changeSet)).checksum };
  }

  return {
    async start(a) {
      const { programme, name, from, to, now } = a;
      const person = requireTrier(a.actor, programme);
      const kind = kindOf(a);
      const { setup } = await policies.fresh(programme);
      const {
        setup: wouldBe,
        changeSet,
        edits,
        checksum: setupChecksum,
      } = await askedSetup(db, setup, a.changeSet ?? null);
      requireValid(faultsOfReplay(a.definition, { kind, name, setup: wouldBe }), cannotReplay);
      const definition = a.definition as object;
      if (!(from < to)) throw at("/to", msg("policy-replay.replayService.theEndLiesBeforeThe"));
      const { cases, first: firstId, last: lastId } = await casesToReplay(db, a);
      if (cases === 0) throw at("/from", msg("policy-replay.replayService.noCaseWasReceivedIn"));
      const { replayMostCases: most } = workLimits([setup.programme.settings]);
      if (cases > most) {
        throw at("/from", msg("policy-replay.replayService.theseAreCasesAndAt", { cases, most }));
      }
      const run = {
        ...{ id: newId(parts.random), userId: person.userId, programme, kind, name, definition, from, to },
        checksum: checksumOf(definition),
        inForceId: inForceId(setup, kind, name),
        ...{ expected: cases, firstId, lastId },
        tally: emptyTally(),
        changeSet,
        edits: changeSet === null ? null : edits,
        setupChecksum,
      };
      const { facts, ruleSet } = await replayerOf(parts, { ...run, asOf: now }, { setup, wouldBe });
      const recorded = ruleSet === null ? null : await recordedFacts(db, ruleSet, a);
      const unrecorded = recorded === null ? [] : facts.filter((fact) => !recorded.includes(fact));
      if (!(await insertReplay(db, { ...run, unrecorded }, now))) {
        throw new Problem("not-now", msg("policy-replay.replayService.anotherReplayOfYoursIs"));
      }
      await keepNewestReplays(db, person.userId, storedRuns);
      lane.kick();
      return viewOf(await readable(a.actor, run.id), a.actor, { text: run.checksum, setup: setupChecksum });
    },
    async of({ actor, definition, changeSet, ...thing }) {
      requireTrier(actor, thing.programme);
      const kind = kindOf(thing);
      const now = await compared(thing.programme, { definition, changeSet });
      const runs = await replaysOfThing(db, { ...thing, kind }, maxListed);
      return runs.map((run) => viewOf(run, actor, now));
    },
    async mine({ actor }) {
      if (actor.kind !== "user") return [];
      const reached = caseReach(actor).all;
      const runs = await replaysOf(db, actor.userId, maxListed);
      return runs.filter(({ programme }) => reached.includes(programme)).map((run) => viewOf(run, actor, null));
    },
    async one({ actor, id, ...now }) {
      const run = await readable(actor, id);
      const { tally, unrecorded } = run;
      return { ...viewOf(run, actor, await compared(run.programme, now)), tally, unrecorded };
    },
    async cancel({ actor, id, now }) {
      const run = await readable(actor, id);
      if (actor.kind !== "user" || run.userId !== actor.userId) throw noSuchRun();
      if (!(await cancelReplay(db, { id, now }))) {
        throw new Problem("not-now", msg("policy-replay.replayService.itIsOverAlready"));
      }
      return viewOf(await readable(actor, id), actor, null);
    },
    resume: () => lane.kick(),
    forgetOld: (now) => forgetReplays(db, new Date(now.getTime() - retentionDays * dayMs)),
    lane,
  };
}
