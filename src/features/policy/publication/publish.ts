/**
 * The one way into force. What is published decides the very next application in every running instance (the revision moves);
 * what was decided before keeps the version that decided it. No application sees half of it.
 */

import type { Actor } from "../../../engine/access/permissions.js";
import { withAuthor } from "../../../engine/setup/policy-draft.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { loadSetup } from "../../setup/active-setup.js";
import { configurationKinds } from "../../setup/tables/create-models.js";
import { configurationRevision } from "../../setup/tables/setup-queries.js";
import { lockVersions } from "../../setup/version-queries.js";
import { requireReason } from "../change-sets/change-set-refusals.js";
import { storeMembersClosed, storeMembersState, storeSaid } from "../change-sets/change-set-store.js";
import { storeClosed, storeSubmitted } from "../drafts/policy-draft-store.js";
import type { VersionKey } from "../versions/version-store.js";
import { applyChanges, type PublishedVersion } from "./apply-changes.js";
import { type Approval, authorise, provenanceOf, requireIndependence } from "./authorise.js";
import { noKind, noProgramme, noReason } from "./publication-refusals.js";
import { type Publishable, type ReadSet, readSet } from "./read-set.js";
import { recordStep } from "./record-step.js";
import { requireValid, validate } from "./validate.js";

export interface PublishParts {
  readonly db: Database;
  /** As of now. */
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly newId: () => string;
  /** Cases are waiting to be moved. */
  readonly onMoves: () => void;
}

export interface Publishing {
  readonly actor: Actor;
  /** Which one they saw; left out where nothing is kept of it. */
  readonly revision?: number | undefined;
  /** Why, in the publisher's words; it stays with each version. */
  readonly reason: string;
  /** Why all the same, where the checks warn: people have to say it, the machine does not. */
  readonly warningsReason?: string | null | undefined;
  readonly now: Date;
}

/** A calendar that is made from nothing needs no set-up, and there may be none without it. */
const isFirstCalendar = ({ owner, edits, policies }: ReadSet): boolean =>
  owner === null && edits.length === 0 && policies.every(({ kind, basedOn }) => kind === "calendar" && basedOn == null);

/** Why it is published: what it was submitted with, where a second person approves. Problems: that nobody said it. */
function reasonOf({ owner, policies }: ReadSet, { approving }: Approval, said: string): string {
  if (owner?.kind === "changeSet") requireReason(said);
  const reason = ((approving ? owner?.head.reason : null) ?? said).trim();
  if (reason === "") throw noReason(policies[0]?.name ?? "");
  return reason;
}

/**
 * Submits a draft or a change-set, which is the first half of publishing it, or publishes it.
 *
 * Problems: not-found; forbidden (not of the operation room, not by this person, or a second one is needed); not-now (not as it
 * stands, or there is nothing in it); conflict (it is not what was seen, or another version is in force by now);
 * invalid-configuration (what the checks find; also when nothing changed, or no reason was given); invalid-input (a name that is
 * taken, rows that are refused; at `/reason`; at `/warningsReason`: the checks warn, and nobody said why all the same).
 */
async function carryOut(
  act: "submit" | "publish",
  { db, setupOf, newId, onMoves }: PublishParts,
  what: Publishable,
  a: Publishing,
): Promise<readonly PublishedVersion[]> {
  const { actor, now } = a;
  const by = actor;
  const warningsReason = a.warningsReason?.trim() || null;

  // Check without a lock: it takes as long as rules are many, and others publish meanwhile.
  const seen = await readSet(db, what);
  const { programme } = seen;
  const before = isFirstCalendar(seen) ? null : await setupOf(programme);
  if (before !== null) reasonOf(seen, authorise(seen, act, a, before.programme.settings), a.reason);
  const early = await validate(db, seen, before, now);

  const done = await inTransaction(db, async (tx) => {
    // Lock: the programme, then what is published; cases go on.
    const settings = await lockVersions(db, programme, tx);
    if (settings === null) throw noProgramme(programme);
    const set = await readSet(db, what, tx);

    // Who may, as it stands now.
    const approval = authorise(set, act, a, settings);
    await requireIndependence(db, set, approval, tx);
    const reason = reasonOf(set, approval, a.reason);

    // Check again what the lock sees, where that is something else.
    const isSame =
      set.owner?.head.revision === seen.owner?.head.revision &&
      (before === null || (await configurationRevision(db, tx)) === before.revision);
    const setup = isSame || before === null ? before : await loadSetup(db, programme, tx);
    const checked = isSame ? early : await validate(db, set, setup, now, tx);
    const asked = { setup, approval, warningsReason, by, now };
    const valid = await requireValid(db, set, checked, asked, tx);
    const { owner } = set;
    const authors = approval.by === null ? [] : withAuthor(approval.authors, approval.by);

    if (act === "submit" && owner !== null && approval.by !== null) {
      const { id } = owner.head;
      const said = { reason, warningsReason: valid.warningsReason };
      const submitted = { id, authors, ...said, warnings: valid.warnings, now, by: approval.by };
      await storeSubmitted(db, submitted, tx);
      if (owner.kind === "changeSet") await storeMembersState(db, { id, state: "submitted", by: approval.by, now }, tx);
      await recordStep(db, owner, "submitted", { by: actor, now, more: { authors, ...said } }, tx);
      return { versions: [], moves: 0 };
    }

    // Apply.
    const provenance = provenanceOf(set, approval, a.reason);
    const versions = await applyChanges(db, set, valid, setup, { by, now, reason, provenance, newId }, tx);
    if (owner === null || approval.by === null) return { versions, moves: 0 };

    // Close, and record.
    const { id } = owner.head;
    const closed = { id, state: "published", now, by: approval.by } as const;
    const said = { reason, warningsReason: valid.warningsReason };
    if (owner.kind === "changeSet") {
      if (!approval.approving) await storeSaid(db, { id, ...said, authors }, tx);
      await storeMembersClosed(db, closed, tx);
    }
    await storeClosed(db, closed, tx);
    if (owner.kind === "changeSet") {
      const edits = set.edits.map(({ table, code, act: how }) => ({ table, code, act: how }));
      const listed = versions.map(({ kind, name, version }) => ({ kind, name, version }));
      const more = { ...said, ...provenance, edits, versions: listed };
      await recordStep(db, owner, "published", { by: actor, now, more }, tx);
    }
    return { versions, moves: valid.steps.moves.length };
  });

  // After the commit.
  if (done.moves > 0) onMoves();
  return done.versions;
}

/** Locks it until a second person has looked. Problems: as `carryOut`. */
export async function submit(parts: PublishParts, what: Publishable, a: Publishing): Promise<void> {
  await carryOut("submit", parts, what, a);
}

/** By its author where no second person is needed, else by one who wrote nothing of it. Problems: as `carryOut`. */
export function publish(parts: PublishParts, what: Publishable, a: Publishing): Promise<readonly PublishedVersion[]> {
  return carryOut("publish", parts, what, a);
}

/** A draft alone and what the machine publishes move no cases. */
export const withoutMoves = { newId: () => "", onMoves: () => undefined };

/** As `publish`, for the machine and its operator. */
export function publishAsMachine(
  db: Database,
  what: Exclude<Publishable, { draft: number } | { changeSet: number }>,
  a: Publishing,
): Promise<readonly PublishedVersion[]> {
  return carryOut("publish", { db, setupOf: (programme) => loadSetup(db, programme), ...withoutMoves }, what, a);
}

/** One definition, as a command publishes it. */
export interface Publication extends VersionKey, Omit<Publishing, "actor" | "revision"> {
  /** A definition as it was written, or the number of a draft or of an earlier version, which is published again as it was. */
  readonly definition?: unknown;
  readonly version?: number;
  readonly basedOn?: number | null;
  readonly asNew?: boolean;
  readonly by: Actor;
}

export type PublishedResult = Omit<PublishedVersion, "kind" | "name">;

/** Problems: as `publish`. */
export async function publishDefinition(db: Database, a: Publication): Promise<PublishedResult> {
  const { programme, kind, name, definition, version, basedOn, asNew, by, reason, warningsReason, now } = a;
  if (!configurationKinds.includes(kind)) throw noKind(kind);
  const change = { programme, kind, name, definition, version, basedOn, asNew };
  const what = { programme, edits: [], policies: [change] };
  const [published] = await publishAsMachine(db, what, { actor: by, reason, warningsReason, now });
  if (published === undefined) throw new Error("nothing was published");
  const { kind: _kind, name: _name, ...result } = published;
  return result;
}
