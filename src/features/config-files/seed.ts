/**
 * Brings a database up to what is shipped: missing set-up rows by code, version 1 of what has no version, and a draft
 * where the shipped file has changed since. What the operation room edited or removed is left as it is.
 */

import { Op, type Transaction } from "sequelize";
import type { Actor } from "../../engine/access/permissions.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { appendAudit } from "../../platform/audit/audit-store.js";
import type { Database } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { installationFolder } from "../../platform/root.js";
import { asFieldFaults, checksumOf } from "../policy/definition-faults.js";
import { shippedReason } from "../policy/versions/shipped-definitions.js";
import { addVersion, versionsOf } from "../policy/versions/version-store.js";
import { removedCodes } from "../setup/remove-or-retire.js";
import { createModels } from "../setup/tables/create-models.js";
import type { SetupFiles } from "../setup/tables/setup-files.js";
import { entityDefaults, instructionDefaults, labelled } from "../setup/tables/setup-of-files.js";
import { lockVersions } from "../setup/version-queries.js";
import { type DefinitionFile, type ProgrammeConfiguration, readConfiguration } from "./read-configuration.js";
import { seedPeople } from "./seed-people.js";

export interface SeedRequest {
  readonly now: Date;
  /** All that are shipped, if left out. */
  readonly programmes?: readonly string[];
  /** Folder that holds `seeds`, `rules` and `workflows`; this installation's own, if left out. */
  readonly root?: string;
}

export interface SeededProgramme {
  readonly programme: string;
  /** Rows added a table; a table that was complete is left out. */
  readonly inserted: Readonly<Record<string, number>>;
  readonly people: { readonly users: number; readonly seats: number };
  /** `rules/sla` … */
  readonly published: readonly string[];
  readonly drafted: readonly string[];
}

const seeder: Actor = { kind: "system", job: "seed" };

type Row = { readonly code: string } & Record<string, unknown>;

const named = (row: { code: string; name: Bilingual; order: number; retired: boolean }, now: Date): Row => ({
  code: row.code,
  nameAr: row.name.ar,
  nameEn: row.name.en,
  sortOrder: row.order,
  retiredAt: row.retired ? now : null,
});

/** The tables in the order of their references, and their rows as the files have them. */
function tablesOf(files: SetupFiles, now: Date): [table: string, rows: Row[]][] {
  type FileRow = { code: string; name: Bilingual; order?: number | undefined; retired?: boolean | undefined };
  const rows = <R extends FileRow>(list: readonly R[], more: (row: R) => Record<string, unknown> = () => ({})): Row[] =>
    list.map((row, i) => ({ ...named(labelled(row, i), now), ...more(row) }));
  return [
    ["Sector", rows(files.sectors)],
    [
      "Entity",
      rows(files.entities, ({ kind, sector, parent, level, validFrom, validTo, joining, email, phone }) => ({
        kind,
        sector,
        parent,
        level,
        validFrom: validFrom ?? entityDefaults.validFrom,
        validTo: validTo ?? null,
        joining: joining ?? entityDefaults.joining,
        email: email ?? null,
        phone: phone ?? null,
      })),
    ],
    ["Service", rows(files.services, ({ entity }) => ({ entity }))],
    ["Pillar", rows(files.pillars)],
    ["ImportanceLevel", rows(files.importanceLevels, ({ rank }) => ({ rank }))],
    [
      "ApplicationType",
      rows(files.applicationTypes, ({ purpose, workflow, fields, anonymousAllowed, confidential }) => ({
        purposeAr: purpose?.ar ?? null,
        purposeEn: purpose?.en ?? null,
        workflow,
        fields,
        anonymousAllowed,
        confidential,
      })),
    ],
    ["Channel", rows(files.channels, ({ kind }) => ({ kind }))],
    ["ApplicantCategory", rows(files.applicantCategories)],
    ["Governorate", rows(files.governorates)],
    ["KeywordList", rows(files.keywordLists, ({ words }) => ({ words }))],
    ["ClosingReason", rows(files.closingReasons, ({ text }) => ({ textAr: text.ar, textEn: text.en }))],
    [
      "ReplyTemplate",
      rows(files.replyTemplates, ({ types, field, body }) => ({ types, field, bodyAr: body.ar, bodyEn: body.en })),
    ],
    [
      "Instruction",
      rows(files.instructions, ({ text, code: _code, name: _name, order: _order, retired: _retired, ...row }) => ({
        ...instructionDefaults,
        ...row,
        textAr: text.ar,
        textEn: text.en,
      })),
    ],
  ];
}

/** The part of a model that seeding needs; the tables differ only in their columns, which the files bring along. */
interface SeedModel {
  readonly tableName: string;
  findAll(options: object): Promise<{ readonly code: string }[]>;
  bulkCreate(rows: object[], options: object): Promise<unknown>;
}

async function seedProgrammeRow(
  db: Database,
  { files }: ProgrammeConfiguration,
  now: Date,
  transaction: Transaction,
): Promise<boolean> {
  const { Programme } = createModels(db);
  const { code, timeZone, defaultLanguage, calendar, settings } = files.programme;
  if ((await Programme.count({ where: { code }, transaction })) > 0) return false;
  const row = labelled(files.programme, 0);
  await Programme.create(
    {
      code,
      nameAr: row.name.ar,
      nameEn: row.name.en,
      timeZone,
      defaultLanguage,
      calendar,
      settings,
      sortOrder: row.order,
      retiredAt: row.retired ? now : null,
    },
    { transaction },
  );
  return true;
}

/** Adds the rows whose codes are not there, except those that somebody removed. */
async function seedTables(
  db: Database,
  { code: programme, files }: ProgrammeConfiguration,
  now: Date,
  transaction: Transaction,
): Promise<Record<string, number>> {
  const models = createModels(db) as unknown as Readonly<Record<string, SeedModel>>;
  const removed = await removedCodes(db, programme, transaction);
  const inserted: Record<string, number> = {};
  for (const [name, rows] of tablesOf(files, now)) {
    const model = models[name];
    if (model === undefined || rows.length === 0) continue;
    const codes = rows.map((row) => row.code);
    const existing = await model.findAll({
      attributes: ["code"],
      where: { programme, code: { [Op.in]: codes } },
      transaction,
    });
    const known = new Set(existing.map((row) => row.code));
    const missing = rows.filter(({ code }) => !known.has(code) && !removed.has(`${model.tableName}/${code}`));
    if (missing.length === 0) continue;
    await model.bulkCreate(
      missing.map((row) => ({ ...row, programme })),
      { transaction },
    );
    inserted[model.tableName] = missing.length;
  }
  return inserted;
}

/** Version 1 of what has none; a draft of what was shipped anew; nothing for what is known in any version. */
async function seedVersion(
  db: Database,
  programme: string,
  file: DefinitionFile,
  now: Date,
  transaction: Transaction,
): Promise<"published" | "drafted" | null> {
  const key = { programme, kind: file.kind, name: file.name };
  const earlier = await versionsOf(db, key, transaction);
  const checksum = checksumOf(file.definition);
  if (earlier.some((row) => row.checksum === checksum)) return null;
  const status = earlier.length === 0 ? "published" : "draft";
  for (const row of earlier) {
    // The offer of an earlier release is void once there is a newer one; drafts that people wrote are theirs.
    if (row.status === "draft" && row.reason === shippedReason) {
      await row.update({ status: "retired", retiredAt: now }, { transaction });
    }
  }
  const { definition } = file;
  const row = await addVersion(
    db,
    key,
    { earlier, status, definition, reason: shippedReason, by: seeder, now },
    transaction,
  );
  await appendAudit(transaction, db, {
    stream: "configuration",
    type: status === "published" ? "configuration.published" : "configuration.drafted",
    actor: seeder,
    data: { ...key, version: row.version, versionId: row.id, checksum, reason: shippedReason },
    at: now,
  });
  return status === "published" ? "published" : "drafted";
}

async function seedProgramme(db: Database, configuration: ProgrammeConfiguration, now: Date): Promise<SeededProgramme> {
  const programme = configuration.code;
  return inTransaction(db, async (transaction) => {
    const isNew = await seedProgrammeRow(db, configuration, now, transaction);
    await lockVersions(db, programme, transaction);
    const tables = await seedTables(db, configuration, now, transaction);
    const inserted = isNew ? { programmes: 1, ...tables } : tables;
    if (Object.keys(inserted).length > 0) {
      const data = { programme, inserted };
      await appendAudit(transaction, db, {
        stream: "configuration",
        type: "setup.seeded",
        actor: seeder,
        data,
        at: now,
      });
    }
    const people = await seedPeople(db, configuration, { by: seeder, now }, transaction);
    const done: Record<"published" | "drafted", string[]> = { published: [], drafted: [] };
    for (const file of configuration.definitions) {
      const what = await seedVersion(db, programme, file, now, transaction);
      if (what !== null) done[what].push(`${file.kind}/${file.name}`);
    }
    return { programme, inserted, people, ...done };
  });
}

/**
 * Seeds the shipped programmes; running it again changes nothing. Callers hold the boot lock, so that instances may start
 * together. Problem `invalid-configuration` with a fault a place when the files are wrong: then nothing was written.
 */
export async function seed(db: Database, a: SeedRequest): Promise<SeededProgramme[]> {
  const { programmes, faults } = await readConfiguration(a.root ?? installationFolder, a.programmes);
  const errors = faults.filter((fault) => fault.severity === "error");
  if (errors.length > 0) {
    throw new Problem(
      "invalid-configuration",
      {
        en: `The shipped configuration has ${errors.length} faults; nothing was seeded.`,
        ar: `في الإعدادات المرفقة أخطاء عددها ${errors.length}؛ لم يُحمّل شيء.`,
      },
      asFieldFaults(errors),
    );
  }
  const seeded: SeededProgramme[] = [];
  for (const programme of programmes) seeded.push(await seedProgramme(db, programme, a.now));
  return seeded;
}
