/**
 * Brings a database up to what is shipped: missing set-up rows by code, version 1 of what has no version, and a draft
 * where the shipped file has changed since. What the operation room edited or removed is left as it is.
 */

import { Op, type Transaction } from "sequelize";
import { type Actor, type Change, rolesWithPersonal } from "../../engine/access/permissions.js";
import { startOfDay } from "../../engine/calendar/civil-days.js";
import { rowTables } from "../../engine/setup/tables/setup-registry.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { appendAudit } from "../../platform/audit/audit-store.js";
import type { Database } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import { installationFolder } from "../../platform/root.js";
import { asFieldFaults, checksumOf } from "../policy/definition-faults.js";
import { shippedReason } from "../policy/versions/shipped-definitions.js";
import { addVersion, versionsOf } from "../policy/versions/version-store.js";
import { removedCodes } from "../setup/remove-or-retire.js";
import { createModels } from "../setup/tables/create-models.js";
import { completeRows, labelled } from "../setup/tables/setup-of-files.js";
import { attributesOf, flatRow } from "../setup/tables/setup-tables.js";
import { lockVersions } from "../setup/version-queries.js";
import { type DefinitionFile, type ProgrammeConfiguration, readConfiguration } from "./read-configuration.js";

// The people of a programme's files: accounts without a password, and the seats they sit on.

/**
 * Adds the seats whose codes are not there, with their holders from the day that the file says; an account that exists is
 * used as it is. Seats that exist keep their holders.
 */
async function seedPeople(
  db: Database,
  { code: programme, files }: ProgrammeConfiguration,
  { by, now }: Change,
  transaction: Transaction,
): Promise<{ users: number; seats: number }> {
  const models = createModels(db);
  const { seats, heldFrom } = files.people;
  const codes = seats.map((seat) => seat.code);
  const existing = await models.Seat.findAll({ where: { programme, code: { [Op.in]: codes } }, transaction });
  const known = new Set(existing.map((seat) => seat.code));
  const removed = await removedCodes(db, programme, transaction);
  const missing = seats.filter(({ code }) => !known.has(code) && !removed.has(`seats/${code}`));
  if (missing.length === 0) return { users: 0, seats: 0 };

  const people = new Map(missing.flatMap(({ holder }) => (holder === null ? [] : [[holder.email, holder]])));
  const emails = [...people.keys()];
  const accounts = await models.User.findAll({ where: { email: { [Op.in]: emails } }, transaction });
  const idOf = new Map(accounts.map((user) => [user.email, user.id]));
  const newcomers = [...people.values()].filter(({ email }) => !idOf.has(email));
  const created = await models.User.bulkCreate(
    newcomers.map(({ email, name, language }) => ({
      email,
      name,
      language: language ?? "ar",
      programme,
      createdAt: now,
    })),
    { transaction },
  );
  for (const user of created) idOf.set(user.email, user.id);

  const newSeats = await models.Seat.bulkCreate(
    missing.map(({ code, role, title, entity, sector }) => ({
      programme,
      code,
      role,
      titleAr: title.ar,
      titleEn: title.en,
      entity,
      sector,
    })),
    { transaction },
  );
  const seatIdOf = new Map(newSeats.map((seat) => [seat.code, seat.id]));
  const from = startOfDay(heldFrom, files.programme.timeZone);
  const holders = missing.flatMap(({ code, holder }) => {
    const [seatId, userId] = [seatIdOf.get(code), holder === null ? undefined : idOf.get(holder.email)];
    return seatId === undefined || userId === undefined ? [] : [{ seatId, userId, heldFrom: from }];
  });
  await models.SeatHolder.bulkCreate(holders, { transaction });

  const users = created.map((user) => ({ userId: user.id, email: user.email }));
  if (users.length > 0) {
    const data = { programme, users };
    await appendAudit(transaction, db, { stream: "users", type: "users.seeded", actor: by, data, at: now });
  }
  await appendAudit(transaction, db, {
    stream: "permissions",
    type: "seats.seeded",
    actor: by,
    data: {
      programme,
      from,
      seats: missing.map(({ code, role, entity, sector, holder }) => ({
        seat: code,
        role,
        entity,
        sector,
        userId: holder === null ? null : (idOf.get(holder.email) ?? null),
      })),
    },
    at: now,
  });
  return { users: created.length, seats: newSeats.length };
}

export interface SeedRequest {
  readonly now: Date;
  /** All that are shipped, if left out. */
  readonly programmes?: readonly string[];
  /**
   * Whether a new programme asks two-step sign-in of the roles that may see who an applicant is, where its file says nothing of it. Left
   * out: it does not, as in the demo.
   */
  readonly inTwoSteps?: boolean;
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

async function seedProgrammeRow(
  db: Database,
  { files }: ProgrammeConfiguration,
  { now, inTwoSteps }: SeedRequest,
  transaction: Transaction,
): Promise<boolean> {
  const model = createModels(db).programmes;
  const { settings } = files.programme;
  const secondFactor = settings.secondFactor ?? (inTwoSteps ? [...rolesWithPersonal] : undefined);
  const row = labelled({ ...files.programme, settings: { ...settings, ...(secondFactor && { secondFactor }) } }, 0);
  if ((await model.count({ where: { code: row.code }, transaction })) > 0) return false;
  const stored = attributesOf("programmes", flatRow("programmes", row), row);
  await model.create({ ...stored, retiredAt: row.retired ? now : null }, { transaction });
  return true;
}

/** Adds the rows whose codes are not there, except those that somebody removed. */
async function seedTables(
  db: Database,
  { code: programme, files }: ProgrammeConfiguration,
  now: Date,
  transaction: Transaction,
): Promise<Record<string, number>> {
  const models = createModels(db);
  const removed = await removedCodes(db, programme, transaction);
  const inserted: Record<string, number> = {};
  for (const table of rowTables) {
    const rows = completeRows(files, table);
    if (rows.length === 0) continue;
    const existing = await models[table].findAll({
      attributes: ["code"],
      where: { programme, code: { [Op.in]: rows.map(({ code }) => code) } },
      transaction,
    });
    const known = new Set(existing.map((row) => row.get("code")));
    const missing = rows.filter(({ code }) => !known.has(code) && !removed.has(`${table}/${code}`));
    if (missing.length === 0) continue;
    await models[table].bulkCreate(
      missing.map((row) => ({ ...flatRow(table, row), programme, retiredAt: row.retired ? now : null })),
      { transaction },
    );
    inserted[table] = missing.length;
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

async function seedProgramme(
  db: Database,
  configuration: ProgrammeConfiguration,
  request: SeedRequest,
): Promise<SeededProgramme> {
  const programme = configuration.code;
  const { now } = request;
  return inTransaction(db, async (transaction) => {
    const isNew = await seedProgrammeRow(db, configuration, request, transaction);
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
      msg("config-files.seed.theShippedConfigurationHasFaults", { errorsCount: errors.length }),
      asFieldFaults(errors),
    );
  }
  const seeded: SeededProgramme[] = [];
  for (const programme of programmes) seeded.push(await seedProgramme(db, programme, a));
  return seeded;
}
