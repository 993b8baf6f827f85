/**
 * Publishes a version of a rule set, a workflow or a calendar. It decides the very next application in every running
 * instance (the revision moves); what was decided before keeps the version that decided it.
 */
import type { Transaction } from "sequelize";
import type { ConfigurationFault } from "../../../engine/setup/configuration-fault.js";
import type { ProgrammeSettings } from "../../../engine/setup/setup.js";
import { Problem } from "../../../engine/text/problems.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import type { Database } from "../../../platform/db/query.js";
import type { ConfigurationKind } from "../../setup/tables/define-configuration-version.js";
import {
  addVersion,
  type Provenance,
  publisherOf,
  retirePublished,
  type VersionRow,
} from "../versions/version-store.js";
import { type HeldVersions, type Publication, type Sound, soundBeside, whenSound } from "./sound-publication.js";

export type { Publication } from "./sound-publication.js";

export interface PublishedResult {
  readonly versionId: number;
  readonly version: number;
  readonly checksum: string;
  /** What was published although it is odd: gaps, rules that never match. */
  readonly warnings: readonly ConfigurationFault[];
}

/** The draft that is published: asked in the publication's own transaction, and closed there. */
export interface PublishedDraft {
  /** Throws where it may not be published (now, by this official, as it was seen). */
  admit(a: { transaction: Transaction; settings: ProgrammeSettings }): Promise<Provenance>;
  settle(transaction: Transaction): Promise<void>;
}

/** Where the programme wants a second person, nobody publishes by themselves, whatever door they come by; the machine may. */
function demandSecondPerson(a: Publication, settings: ProgrammeSettings, provenance: Provenance | null): void {
  if (a.by.kind !== "user" || settings.secondPerson !== true || provenance?.approvedBy != null) return;
  throw new Problem("forbidden", {
    en: "In this programme a second person has to approve what is published. Submit a draft.",
    ar: "في هذا البرنامج يلزم أن يوافق شخص ثانٍ على ما يُنشر. قدّم مسودة للموافقة.",
  });
}

/**
 * Publishes a definition, a draft, or an earlier version again (as a new version that says the same).
 *
 * Problems: `forbidden` (not of the operation room, or a second person is needed), `invalid-configuration` (with a fault a
 * place; also when nothing changed or no reason was given), `not-found` (no such programme or version), `conflict` (another
 * version than the one it is based on is in force by now), `invalid-input` (the name of something new is taken, or no code;
 * at `/warningsReason`: the checks warn, and nobody said why all the same).
 */
export async function publish(
  db: Database,
  a: Publication,
  draft: PublishedDraft | null = null,
): Promise<PublishedResult> {
  let provenance: Provenance | null = null;
  return whenSound(
    db,
    a,
    async (admission) => {
      provenance = (await draft?.admit(admission)) ?? null;
      demandSecondPerson(a, admission.settings, provenance);
    },
    async (sound) => {
      const { transaction } = sound;
      const row = await store(db, a, sound, provenance);
      await recordPublication(db, a, row, { before: sound.current, provenance }, transaction);
      await draft?.settle(transaction);
      return { versionId: row.id, version: row.version, checksum: sound.checksum, warnings: sound.warnings };
    },
  );
}

/**
 * As `publish`, one of several in the caller's transaction, which holds the programme's versions; for the machine, and for
 * change-sets, which say where each comes from.
 */
export async function publishBeside(
  db: Database,
  a: Publication,
  held: HeldVersions,
  provenance: Provenance | null = null,
): Promise<PublishedResult> {
  demandSecondPerson(a, held.settings, provenance);
  const sound = await soundBeside(db, a, held);
  const row = await store(db, a, sound, provenance);
  await recordPublication(db, a, row, { before: sound.current, provenance }, held.transaction);
  return { versionId: row.id, version: row.version, checksum: sound.checksum, warnings: sound.warnings };
}

async function store(
  db: Database,
  a: Publication,
  { definition, stored, earlier, warnings, transaction }: Sound,
  provenance: Provenance | null,
): Promise<VersionRow> {
  const reason = a.reason.trim();
  const said = [a.explained?.reason, a.warningsReason].map((text) => text?.trim() ?? "").filter((text) => text !== "");
  // It is read as “although the checks warned”: where they did not, nothing of the kind is recorded.
  const warned = a.warned ?? warnings.length > 0;
  const warningsReason = warned && said.length > 0 ? said.join("\n") : null;
  const newest = earlier.at(-1);
  // A draft that is the newest becomes the version itself; anything older comes again under a number of its own, so that
  // a higher number was always published later.
  if (stored !== null && stored.status === "draft" && stored === newest) {
    await retirePublished(earlier, a.now, transaction);
    return stored.update(
      { status: "published", reason, warningsReason, publishedAt: a.now, publishedBy: publisherOf(a.by) },
      { transaction },
    );
  }
  if (stored?.status === "draft") await stored.update({ status: "retired", retiredAt: a.now }, { transaction });
  // What an upgrade offered was taken, as it was or with changes.
  const offer = earlier.find((row) => row.id === provenance?.copiedFrom && row.status === "draft");
  await offer?.update({ status: "retired", retiredAt: a.now }, { transaction });
  const version = { earlier, status: "published", definition, reason, warningsReason, provenance } as const;
  return addVersion(db, a, { ...version, by: a.by, now: a.now }, transaction);
}

async function recordPublication(
  db: Database,
  a: Publication,
  row: VersionRow,
  { before, provenance }: { before: VersionRow | null; provenance: Provenance | null },
  transaction: Transaction,
): Promise<void> {
  await appendAudit(transaction, db, {
    stream: "configuration",
    type: "configuration.published",
    actor: a.by,
    data: {
      programme: a.programme,
      kind: a.kind as ConfigurationKind,
      name: a.name,
      version: row.version,
      versionId: row.id,
      checksum: row.checksum,
      replaces: before?.version ?? null,
      again: a.version ?? null,
      reason: a.reason.trim(),
      warningsReason: row.warningsReason ?? null,
      ...(provenance === null ? {} : provenance),
    },
    at: a.now,
  });
}
