/**
 * Puts a change-set into force: edits of the set-up, seats and policy in one transaction, so that no application sees half of
 * it. The cases of what is retired are handed to a run in the same transaction.
 */
import type { Transaction } from "sequelize";
import type { Actor } from "../../../engine/access/permissions.js";
import type { RoleCode } from "../../../engine/access/roles.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Database } from "../../../platform/db/query.js";
import { createSeatIn, endTermIn, holdSeatIn, moveSeatIn, retireSeatIn } from "../../people/seat-store.js";
import { loadSetup } from "../../setup/active-setup.js";
import { configurationRevision } from "../../setup/tables/setup-queries.js";
import { publicationOf } from "../drafts/draft-publication.js";
import { draftsOfIds, type StoredPolicyDraft } from "../drafts/policy-draft-store.js";
import { publishBeside } from "../drafts/publish.js";
import { publishTogether } from "../drafts/publish-together.js";
import type { HeldVersions } from "../drafts/sound-publication.js";
import type { Provenance } from "../versions/version-store.js";
import { insertCaseMove } from "./case-move-store.js";
import type { ChangeSetHead } from "./change-set-store.js";
import { editsOf, lockMembersOf, storeWords } from "./change-set-store.js";
import { editInWords } from "./edit-words.js";
import type { SeatStep } from "./expand-edits.js";
import { editOf, type Gathered, type LookedAt } from "./look-at-set.js";
import type { Finding } from "./looked.js";
import { setupWithAdded } from "./setup-beside.js";

export interface PublishedVersion {
  readonly kind: string;
  readonly name: string;
  readonly version: number;
}

/** Who puts it into force, and as whose work. */
export interface Publishing {
  readonly by: Actor;
  readonly now: Date;
  readonly newId: () => string;
  readonly reason: string;
  readonly warningsReason: string | null;
  /** Null: a trial by the system, which is undone. */
  readonly provenance: Omit<Provenance, "draftId" | "copiedFrom"> | null;
}

/** What the set holds as the transaction sees it; its drafts are locked. */
export async function gatherSet(db: Database, id: number, tx: Transaction): Promise<Gathered> {
  const drafts = await draftsOfIds(db, await lockMembersOf(db, id, tx), tx);
  return { edits: (await editsOf(db, id, tx)).map(editOf), drafts };
}

const asFaults = (findings: readonly Finding[]) => findings.map(({ words }) => ({ field: "", reason: words }));

/** Problems: not-now (there is nothing in it), invalid-configuration (what the impact check refuses). */
export function demandSoundSet({ edits, drafts }: Gathered, { findings }: LookedAt): void {
  if (edits.length + drafts.length === 0) {
    throw new Problem("not-now", {
      en: "There is nothing in this change-set yet.",
      ar: "لا شيء في مجموعة التغييرات بعد.",
    });
  }
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  throw new Problem(
    "invalid-configuration",
    {
      en: `Nothing was changed: ${errors.length} ${errors.length === 1 ? "thing needs" : "things need"} mending first.`,
      ar: `لم يتغير شيء: عدد ما يحتاج إلى تصحيح أولًا ${errors.length}.`,
    },
    asFaults(errors),
  );
}

export const warningsIn = ({ findings }: LookedAt): Finding[] =>
  findings.filter(({ severity }) => severity === "warning");

/** Problem invalid-input at `/warningsReason`: there are warnings that nobody gave a reason for. */
export function demandReasonFor(
  looked: LookedAt,
  { warningsReason, explained }: { warningsReason?: string | null | undefined; explained: readonly string[] },
): void {
  const known = new Set(explained);
  const [fresh] = warningsIn(looked).filter(({ words }) => !known.has(words.en));
  if (fresh === undefined || (warningsReason ?? "").trim() !== "") return;
  const reason = {
    en: `The checks warn: ${fresh.words.en} Say why it is published all the same.`,
    ar: `في الفحص تنبيه: ${fresh.words.ar} اذكر لماذا يُنشر رغم ذلك.`,
  };
  throw new Problem("invalid-input", reason, [{ field: "/warningsReason", reason }]);
}

async function doSeat(
  db: Database,
  { code: seat, create, place, end, hold, retire }: SeatStep,
  { programme, held, by, now, reason }: { programme: string; held: boolean; by: Actor; now: Date; reason: string },
  tx: Transaction,
): Promise<void> {
  const key = { programme, seat };
  const change = { by, now };
  if (create !== undefined) {
    const { role = "", titleAr = "", titleEn = "", entity, sector } = create;
    const title = { ar: titleAr.trim(), en: titleEn.trim() };
    const made = {
      programme,
      code: seat,
      role: role as RoleCode,
      title,
      entity: entity ?? null,
      sector: sector ?? null,
    };
    await createSeatIn(db, made, change, tx);
  }
  if (place !== undefined) await moveSeatIn(db, { ...key, ...place }, change, tx);
  if (end && held) await endTermIn(db, { ...key, at: now, successor: null, reason }, change, tx);
  if (hold !== undefined) await holdSeatIn(db, { ...key, email: hold, from: now }, change, tx);
  if (retire) await retireSeatIn(db, key, change, tx);
}

/** Does all of it in the caller's transaction, which holds the programme. Problems: of `publishTogether`, of the seats. */
export async function putIntoForce(
  db: Database,
  head: ChangeSetHead,
  { edits, drafts, looked }: Gathered & { looked: LookedAt },
  p: Publishing,
  held: HeldVersions,
): Promise<PublishedVersion[]> {
  const { programme, id, title } = head;
  const { by, now, reason } = p;
  const { transaction } = held;
  const before = await loadSetup(db, programme, transaction);
  const occupied = new Set(
    before.seats
      .filter(({ holders }) => holders.some(({ from, to }) => from <= now && (to === null || now < to)))
      .map(({ code }) => code),
  );
  const published: PublishedVersion[] = [];
  const publishOne = async (draft: StoredPolicyDraft): Promise<void> => {
    const from = p.provenance && { ...p.provenance, draftId: draft.id, copiedFrom: draft.copiedFrom };
    const said = { reason, warningsReason: p.warningsReason };
    const warned = warningsIn(looked).some(({ policy }) => policy?.kind === draft.kind && policy.name === draft.name);
    const publication = { ...publicationOf(draft, { actor: by, now, ...said }), warned };
    const { version } = await publishBeside(db, publication, held, from);
    published.push({ kind: draft.kind, name: draft.name, version });
  };
  await publishTogether(
    db,
    {
      programme,
      edits: looked.steps.edits,
      definitions: drafts,
      publishOne,
      beforeLast: async () => {
        for (const step of looked.steps.seats) {
          const seat = { programme, held: occupied.has(step.code), by, now, reason };
          await doSeat(db, step, seat, transaction);
        }
      },
      by,
      now,
      told: { changeSet: id, changeSetTitle: title, reason },
    },
    held,
  );
  const named = setupWithAdded(before, edits);
  for (const edit of edits) {
    const { table: of, code } = edit;
    await storeWords(db, { id, of, code, words: editInWords(edit, named, now) }, transaction);
  }
  if (p.provenance === null) return published;
  for (const { entity, to, others } of looked.steps.moves) {
    const userId = p.provenance.approvedBy ?? p.provenance.publishedBy;
    const move = { id: p.newId(), programme, changeSet: id, entity, to, others, reason, userId };
    await insertCaseMove(db, move, now, transaction);
  }
  return published;
}

/** A trial is always undone. */
class Undone extends Error {}

/** What would be refused if it were put into force now, found by doing it and undoing it. Problems: as `putIntoForce`. */
export async function tryOut(
  db: Database,
  head: ChangeSetHead,
  gathered: Gathered & { looked: LookedAt },
  now: Date,
  held: HeldVersions,
): Promise<void> {
  const by: Actor = { kind: "system", job: "change-set" };
  const trial: Publishing = { by, now, newId: () => "", reason: "trial", warningsReason: null, provenance: null };
  try {
    // A savepoint: what is done within is undone, and the caller's transaction goes on.
    await db.transaction({ transaction: held.transaction }, async (transaction) => {
      await putIntoForce(db, head, gathered, trial, { ...held, transaction });
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
}

/** The set-up as the transaction sees it: the one that was loaded before, unless something changed since. */
export async function setupIn(db: Database, before: Setup, tx: Transaction): Promise<Setup> {
  if ((await configurationRevision(db, tx)) === before.revision) return before;
  return loadSetup(db, before.programme.code, tx);
}
