/**
 * Replays as whoever asks for them meets them: started, watched, cancelled, read. They belong to the office: whoever may read
 * a programme's configuration and its cases reads all of them, since a second person has to judge a draft by the same figures.
 */

import { type Actor, caseReach } from "../../../engine/access/permissions.js";
import { setNames } from "../../../engine/explain/explain-decision.js";
import { isRecord } from "../../../engine/is-record.js";
import { emptyTally } from "../../../engine/replay/replay-tally.js";
import type { ReplayDetail, ReplayView } from "../../../engine/replay/replay-view.js";
import { isReplayedEdit } from "../../../engine/replay/replayed-edits.js";
import { type RuleSetName, ruleSetNames } from "../../../engine/rules/rule-set.js";
import type { EditedRow } from "../../../engine/setup/affects-decisions.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { workLimits } from "../../../engine/setup/work-limits.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { createLane, type Lane, type LaneParts, noSuchRun, runIdForm } from "../../../platform/jobs/work-lane.js";
import { newId, type Random } from "../../../platform/unguessable.js";
import { type AskedSetup, askedSetup, withOtherDrafts } from "../change-sets/setup-with-change-set.js";
import { checksumOf } from "../definition-faults.js";
import { readChangeSet } from "../publication/read-set.js";
import { validateChangeSet } from "../publication/validate-change-set.js";
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
  type StoredReplay,
  storedReplay,
} from "./replay-store.js";
import { cannotReplay, faultsOfReplay, requireSoundSet, requireTrier, requireValid } from "./require-trier.js";
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

export interface SetReplayAsked extends Pick<ReplayAsked, "programme" | "actor" | "from" | "to" | "now"> {
  /** Number of an open change-set. */
  readonly changeSet: number;
}

export interface ReplayService {
  /**
   * Problems: not-found (not the actor's, or of a kind that is not replayed), forbidden, invalid-configuration (faults at places of
   * the definition), invalid-input (at `/from`: no case, or too many), not-now (another one is not over).
   */
  start(a: ReplayAsked): Promise<ReplayView>;
  /** All that a change-set holds together. Problems: as `start`; not-found (no such set), not-now (it is closed). */
  startSet(a: SetReplayAsked): Promise<ReplayView>;
  /** Replays of a change-set, newest first, and the settings as they would be with it. Problem not-found. */
  ofSet(a: Pick<SetReplayAsked, "programme" | "actor" | "changeSet"> & { readonly run: string | null }): Promise<{
    readonly runs: readonly ReplayView[];
    readonly run: ReplayDetail | null;
    readonly wouldBe: Setup;
  }>;
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

type TextKind = Exclude<ReplayKind, "set">;

function kindOf({ kind, name }: ReplayThing): TextKind {
  const found = replayKinds.find((one): one is TextKind => one !== "set" && one === kind);
  const isSet = ruleSetNames.some((set) => set === name);
  if (found !== undefined && (found === "calendar" || isSet)) return found;
  throw new Problem("not-found", msg("policy-replay.replayService.onlyRuleSetsAndCalendars"));
}

function at(field: string, reason: Bilingual): Problem {
  return new Problem("invalid-input", reason, [{ field, reason }]);
}

const same = (text: string): Bilingual => ({ en: text, ar: text });

function titleOf({ kind, name, changeSet }: Pick<ReplayHead, "kind" | "name" | "changeSet">): Bilingual {
  if (kind === "set") return same(changeSet?.title ?? name);
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

function inForceId(setup: Setup, kind: TextKind, name: string): number | null {
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

  type Begun = Pick<
    StoredReplay,
    "programme" | "kind" | "name" | "definition" | "checksum" | "inForceId" | "from" | "to" | "asOf"
  >;

  /** The rest of a start, once it is known what is asked of which settings. */
  async function begin(actor: Actor, begun: Begun, { before, asked }: { before: Setup; asked: AskedSetup }) {
    const { asOf: now, ...text } = begun;
    const person = requireTrier(actor, text.programme);
    if (!(text.from < text.to)) throw at("/to", msg("policy-replay.replayService.theEndLiesBeforeThe"));
    const { cases, first: firstId, last: lastId } = await casesToReplay(db, text);
    if (cases === 0) throw at("/from", msg("policy-replay.replayService.noCaseWasReceivedIn"));
    const { replayMostCases: most } = workLimits([before.programme.settings]);
    if (cases > most) {
      throw at("/from", msg("policy-replay.replayService.theseAreCasesAndAt", { cases, most }));
    }
    const { setup: wouldBe, changeSet, edits, checksum: setupChecksum } = asked;
    const run = {
      ...{ ...text, id: newId(parts.random), userId: person.userId },
      ...{ expected: cases, firstId, lastId },
      tally: emptyTally(),
      changeSet,
      edits: changeSet === null ? null : edits,
      setupChecksum,
    };
    const unrecorded = new Set<string>();
    for (const { ruleSet, facts } of (await replayerOf(parts, begun, { setup: before, wouldBe })).reads) {
      const recorded = await recordedFacts(db, ruleSet, text);
      for (const fact of recorded === null ? [] : facts) if (!recorded?.includes(fact)) unrecorded.add(fact);
    }
    if (!(await insertReplay(db, { ...run, unrecorded: [...unrecorded] }, now))) {
      throw new Problem("not-now", msg("policy-replay.replayService.anotherReplayOfYoursIs"));
    }
    await keepNewestReplays(db, person.userId, storedRuns);
    lane.kick();
    return viewOf(await readable(actor, run.id), actor, { text: run.checksum, setup: setupChecksum });
  }

  /** What of a change-set is replayed, and by which settings. */
  async function heldIn(programme: string, changeSet: number) {
    const { setup: before } = await policies.fresh(programme);
    const asked = await askedSetup(db, before, changeSet);
    const held = asked.changeSet === null ? { edits: [], policies: [] } : await readChangeSet(db, changeSet);
    const drafts = held.policies.flatMap(({ kind, name, definition }) =>
      kind === "rules" || kind === "calendar" ? [{ kind, name, definition }] : [],
    );
    return { before, asked, held, drafts, checksum: checksumOf(drafts) };
  }

  return {
    async start(a) {
      const { programme, name, from, to, now } = a;
      requireTrier(a.actor, programme);
      const kind = kindOf(a);
      const { setup } = await policies.fresh(programme);
      const asked = await askedSetup(db, setup, a.changeSet ?? null);
      const beside = await withOtherDrafts(db, asked.setup, asked.changeSet?.id ?? null, { kind, name });
      requireValid(faultsOfReplay(a.definition, { kind, name, setup: beside }), cannotReplay);
      const definition = a.definition as object;
      const text = { programme, kind, name, definition, checksum: checksumOf(definition) };
      const begun = { ...text, inForceId: inForceId(setup, kind, name), from, to, asOf: now };
      return begin(a.actor, begun, { before: setup, asked });
    },
    async startSet({ actor, programme, changeSet, from, to, now }) {
      requireTrier(actor, programme);
      const { before, asked, held, drafts, checksum } = await heldIn(programme, changeSet);
      if (asked.changeSet === null) throw new Problem("not-now", msg("policy-replay.replayService.setIsClosed"));
      if (drafts.length === 0 && !asked.edits.some((edit) => isReplayedEdit(edit as EditedRow)))
        throw at("", msg("policy-replay.replayService.nothingToReplay"));
      requireSoundSet((await validateChangeSet(db, before, held, now)).findings);
      const named = [
        ...ruleSetNames.map((name) => ["rules", name] as const),
        ["calendar", before.calendar.definition.code] as const,
      ];
      const inForce = Object.fromEntries(
        named.flatMap(([kind, name]) => {
          const id = inForceId(before, kind, name);
          return id === null ? [] : [[name, id]];
        }),
      );
      const text = {
        programme,
        kind: "set" as const,
        name: String(changeSet),
        definition: { drafts, inForce },
        checksum,
      };
      return begin(actor, { ...text, inForceId: null, from, to, asOf: now }, { before, asked });
    },
    async ofSet({ actor, programme, changeSet, run: id }) {
      requireTrier(actor, programme);
      const { asked, checksum } = await heldIn(programme, changeSet);
      const now = { text: checksum, setup: asked.checksum };
      const runs = await replaysOfThing(db, { programme, kind: "set", name: String(changeSet) }, maxListed);
      const run = id === null ? null : await readable(actor, id);
      if (run !== null && run.name !== String(changeSet)) throw noSuchRun();
      return {
        runs: runs.map((one) => viewOf(one, actor, now)),
        run: run && { ...viewOf(run, actor, now), tally: run.tally, unrecorded: run.unrecorded },
        wouldBe: asked.setup,
      };
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
