/** Writes of configuration versions: one more version, one published at a time, nothing altered. */
import type { Transaction } from "sequelize";
import type { Actor } from "../../../engine/access/permissions.js";
import type { Database } from "../../../platform/db/query.js";
import { type ConfigurationKind, createModels, type Models } from "../../setup/tables/create-models.js";
import { checksumOf } from "../definition-faults.js";

/** By kind and name. */
export async function publishedVersions(db: Database, programme: string): Promise<VersionRow[]> {
  return createModels(db).ConfigurationVersion.findAll({
    where: { programme, status: "published" },
    order: [
      ["kind", "ASC"],
      ["name", "ASC"],
    ],
  });
}

export type VersionRow = InstanceType<Models["ConfigurationVersion"]>;

export interface VersionKey {
  readonly programme: string;
  readonly kind: ConfigurationKind;
  readonly name: string;
}

/** Who published, as a column can hold it: `user:12`, `system:seed`. */
export function publisherOf(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return `user:${actor.userId}`;
    case "channel":
      return `channel:${actor.channel}`;
    case "system":
      return `system:${actor.job}`;
    case "applicant":
      return "applicant";
  }
}

/** Where a version comes from that people wrote in a draft. */
export interface Provenance {
  readonly draftId: number;
  readonly draftedBy: readonly number[];
  /** The version that it began as. */
  readonly copiedFrom: number | null;
  /** Whose publication it is: who submitted it, or published it alone. */
  readonly publishedBy: number;
  /** The second person; null where none was needed. */
  readonly approvedBy: number | null;
  readonly approvalReason: string | null;
}

/** All versions of one thing, oldest first. */
export async function versionsOf(db: Database, key: VersionKey, transaction?: Transaction): Promise<VersionRow[]> {
  const { programme, kind, name } = key;
  return createModels(db).ConfigurationVersion.findAll({
    where: { programme, kind, name },
    order: [["version", "ASC"]],
    ...(transaction === undefined ? {} : { transaction }),
  });
}

/**
 * Adds the next version of `key`. A published one retires the one before in the same transaction.
 * The caller holds `lockVersions` and hands over the versions that there are.
 */
export async function addVersion(
  db: Database,
  key: VersionKey,
  a: {
    earlier: readonly VersionRow[];
    status: "draft" | "published";
    definition: object;
    reason: string;
    by: Actor;
    now: Date;
    provenance?: Provenance | null;
    warningsReason?: string | null;
  },
  transaction: Transaction,
): Promise<VersionRow> {
  const published = a.status === "published";
  const { provenance = null, warningsReason = null } = a;
  const publisher = provenance === null ? publisherOf(a.by) : `user:${provenance.publishedBy}`;
  if (published) await retirePublished(a.earlier, a.now, transaction);
  return createModels(db).ConfigurationVersion.create(
    {
      programme: key.programme,
      kind: key.kind,
      name: key.name,
      version: Math.max(0, ...a.earlier.map((row) => row.version)) + 1,
      status: a.status,
      definition: a.definition,
      checksum: checksumOf(a.definition),
      reason: a.reason,
      createdAt: a.now,
      publishedAt: published ? a.now : null,
      publishedBy: published ? publisher : null,
      warningsReason,
      draftId: provenance?.draftId ?? null,
      draftedBy: provenance === null ? null : [...provenance.draftedBy],
      approvedBy: provenance?.approvedBy ?? null,
      approvalReason: provenance?.approvalReason ?? null,
    },
    { transaction },
  );
}

/** Retires what is published now, so that another version may take its place. */
export async function retirePublished(
  earlier: readonly VersionRow[],
  now: Date,
  transaction: Transaction,
): Promise<void> {
  for (const row of earlier) {
    if (row.status === "published") await row.update({ status: "retired", retiredAt: now }, { transaction });
  }
}
