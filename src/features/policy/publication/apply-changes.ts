/** Writes what was found sound, in the transaction that holds the programme: rows, versions, seats, then what goes out of use. */

import type { Transaction } from "sequelize";
import type { Change } from "../../../engine/access/permissions.js";
import type { RoleCode } from "../../../engine/access/roles.js";
import type { ConfigurationFault } from "../../../engine/setup/configuration-fault.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import type { Database } from "../../../platform/db/query.js";
import { createSeatIn, endTermIn, holdSeatIn, moveSeatIn, retireSeatIn } from "../../people/seat-store.js";
import { requireNoneRefused, writeBegins, writeEnds } from "../../setup/apply-setup-edits.js";
import { insertCaseMove } from "../change-sets/case-move-store.js";
import { storeWords } from "../change-sets/change-set-store.js";
import { editInWords } from "../change-sets/edit-words.js";
import { setupWithAdded } from "../change-sets/setup-with-change-set.js";
import {
  addVersion,
  type Provenance,
  publisherOf,
  retirePublished,
  type VersionRow,
} from "../versions/version-store.js";
import type { SeatStep } from "./plan-steps.js";
import type { ReadSet } from "./read-set.js";
import type { ValidPublication, ValidVersion } from "./validate.js";

export interface PublishedVersion {
  readonly kind: string;
  readonly name: string;
  readonly versionId: number;
  readonly version: number;
  readonly checksum: string;
  /** What was published although it is odd: gaps, rules that never match. */
  readonly warnings: readonly ConfigurationFault[];
}

/** Who puts it into force, and as whose work. */
export interface Applying extends Change {
  readonly reason: string;
  /** Null: of no draft. */
  readonly provenance: Omit<Provenance, "draftId" | "copiedFrom"> | null;
  readonly newId: () => string;
}

async function storeVersion(
  { change, stored, earlier }: ValidVersion,
  a: { db: Database; provenance: Provenance | null; reason: string; warningsReason: string | null } & Change,
  tx: Transaction,
): Promise<VersionRow> {
  const { db, by, now, reason, warningsReason, provenance } = a;
  // A draft that is the newest becomes the version itself; anything older comes again under a number of its own, so that
  // a higher number was always published later.
  if (stored !== null && stored.status === "draft" && stored === earlier.at(-1)) {
    await retirePublished(earlier, now, tx);
    const published = { status: "published", publishedAt: now, publishedBy: publisherOf(by) } as const;
    return stored.update({ ...published, reason, warningsReason }, { transaction: tx });
  }
  if (stored?.status === "draft") await stored.update({ status: "retired", retiredAt: now }, { transaction: tx });
  // What an upgrade offered was taken, as it was or with changes.
  const offer = earlier.find((row) => row.id === provenance?.copiedFrom && row.status === "draft");
  await offer?.update({ status: "retired", retiredAt: now }, { transaction: tx });
  const version = { earlier, status: "published", definition: change.definition, reason, warningsReason } as const;
  return addVersion(db, change, { ...version, provenance, by, now }, tx);
}

/** Writes a version, and its event. */
async function publishVersion(
  db: Database,
  valid: ValidVersion,
  warningsReason: string | null,
  p: Applying,
  tx: Transaction,
): Promise<PublishedVersion> {
  const { change, current, checksum, warnings } = valid;
  const { by, now } = p;
  const { programme, kind, name, version: again = null, draft } = change;
  const reason = p.reason.trim();
  const provenance: Provenance | null =
    p.provenance && draft ? { draftId: draft.id, copiedFrom: draft.copiedFrom, ...p.provenance } : null;
  // It is read as “although the checks warned”: where they did not, nothing of the kind is recorded.
  const said = valid.warned ? warningsReason : null;
  const row = await storeVersion(valid, { db, provenance, reason, warningsReason: said, by, now }, tx);
  const { id: versionId, version } = row;
  const before = { replaces: current?.version ?? null, again };
  const data = { programme, kind, name, version, versionId, checksum, ...before, reason, warningsReason: said };
  await appendAudit(tx, db, {
    stream: "configuration",
    type: "configuration.published",
    actor: by,
    data: { ...data, ...provenance },
    at: now,
  });
  return { kind, name, versionId, version, checksum, warnings };
}

async function applySeat(
  db: Database,
  { code: seat, create, place, end, hold, retire }: SeatStep,
  a: { programme: string; held: boolean; reason: string } & Change,
  tx: Transaction,
): Promise<void> {
  const { programme, held, by, now, reason } = a;
  const key = { programme, seat };
  const change = { by, now };
  if (create !== undefined) {
    const { role = "", titleAr = "", titleEn = "", entity = null, sector = null } = create;
    const title = { ar: titleAr.trim(), en: titleEn.trim() };
    await createSeatIn(db, { programme, code: seat, role: role as RoleCode, title, entity, sector }, change, tx);
  }
  if (place !== undefined) await moveSeatIn(db, { ...key, ...place }, change, tx);
  if (end && held) await endTermIn(db, { ...key, at: now, successor: null, reason }, change, tx);
  if (hold !== undefined) await holdSeatIn(db, { ...key, email: hold, from: now }, change, tx);
  if (retire) await retireSeatIn(db, key, change, tx);
}

/**
 * Gives the versions, those of rules last. Problems: of the seats (nobody seats themselves), invalid-input where something came to
 * be used meanwhile that goes out of use: then the transaction must be undone.
 * @param setup as the transaction sees it before; null where nothing but a calendar is published
 */
export async function applyChanges(
  db: Database,
  { programme, owner, edits }: ReadSet,
  { steps, versions, warningsReason }: ValidPublication,
  setup: Setup | null,
  p: Applying,
  tx: Transaction,
): Promise<PublishedVersion[]> {
  const { by, now, reason, provenance } = p;
  const set = owner?.kind === "changeSet" ? owner.head : null;
  const told = set === null ? {} : { changeSet: set.id, changeSetTitle: set.title, reason };
  const rows = { programme, edits: steps.edits, told, by, now };
  const begun = setup && (await writeBegins(db, { ...rows, setup }, tx));

  const published: PublishedVersion[] = [];
  const rulesLast = (isRules: boolean) => versions.filter(({ change }) => (change.kind === "rules") === isRules);
  for (const version of [...rulesLast(false), ...rulesLast(true)])
    published.push(await publishVersion(db, version, warningsReason, p, tx));

  if (setup === null || begun === null) return published;
  const runs = ({ from, to }: { from: Date; to: Date | null }) => from <= now && (to === null || now < to);
  const held = new Set(setup.seats.filter(({ holders }) => holders.some(runs)).map(({ code }) => code));
  for (const step of steps.seats)
    await applySeat(db, step, { programme, held: held.has(step.code), reason, by, now }, tx);
  requireNoneRefused(await writeEnds(db, { ...rows, setup: begun }, tx));

  if (set === null || provenance === null) return published;
  const { id } = set;
  const named = setupWithAdded(setup, edits);
  for (const edit of edits) {
    const { table: of, code } = edit;
    await storeWords(db, { id, of, code, words: editInWords(edit, named, now) }, tx);
  }
  const userId = provenance.approvedBy ?? provenance.publishedBy;
  for (const { entity, to, others } of steps.moves)
    await insertCaseMove(db, { id: p.newId(), programme, changeSet: id, entity, to, others, reason, userId }, now, tx);
  return published;
}
