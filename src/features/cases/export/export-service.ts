/** Files of cases as whoever asks for them meets them: chosen, started, watched, fetched, removed. */

import { stat } from "node:fs/promises";
import type { Actor } from "../../../engine/access/permissions.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { workLimits } from "../../../engine/setup/work-limits.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import { asStored, type Bilingual, inLanguage, type Language, perLanguage } from "../../../engine/text/text.js";
import { unreadableText } from "../../../engine/text/unreadable-text.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { createLane, type Lane, type LaneParts, noSuchRun, runIdForm } from "../../../platform/jobs/work-lane.js";
import { newId, type Random } from "../../../platform/unguessable.js";
import { type CaseAsked, countCases } from "../list/search-cases.js";
import { columnsFor, type ExportColumn } from "./export-columns.js";
import {
  cancelExport,
  dropExport,
  type ExportFormat,
  expireExports,
  exportFormats,
  exportsOf,
  forgetExports,
  insertExport,
  type StoredExport,
  stillHolds,
  storedExport,
  storedExports,
} from "./export-store.js";
import type { ExportChoices, ExportView } from "./export-view.js";
import { type ExportParts, runExport } from "./run-export.js";

type Person = Extract<Actor, { kind: "user" }>;

export interface ExportAsked {
  readonly actor: Actor;
  readonly now: Date;
  readonly asked: Pick<CaseAsked, "filters" | "search">;
  readonly format: unknown;
  readonly language: Language;
  /** Codes of columns, in any order. */
  readonly columns: unknown;
  /** Why personal data are needed; only with such columns. */
  readonly reason: unknown;
}

export interface ExportFile {
  readonly path: string;
  readonly bytes: number;
  /** What it is called where it is saved. */
  readonly name: string;
  readonly type: string;
}

export interface ExportService {
  /** What the actor may ask for. */
  choices(a: { actor: Actor }): Promise<ExportChoices>;
  /** Problems: forbidden, invalid-input (faults at `/columns`, `/format`, `/reason`), not-now (another one is not over). */
  start(a: ExportAsked): Promise<ExportView>;
  /** One's own, newest first. */
  list(a: { actor: Actor }): Promise<readonly ExportView[]>;
  /** Problems: not-found, not-now (it is over). */
  cancel(a: { actor: Actor; id: string; now: Date }): Promise<ExportView>;
  /** The file is removed now. Problem not-found. */
  remove(a: { actor: Actor; id: string }): Promise<ExportView>;
  /** Fetching is on record. Problem not-found: also for somebody else's, and where the seats are no longer held. */
  open(a: { actor: Actor; id: string; now: Date }): Promise<ExportFile>;
  /** Takes up what nobody is at. */
  resume(): void;
  /** Removes files that are kept no longer, and what a kill left behind. */
  sweep(now: Date): Promise<number>;
  readonly lane: Lane;
}

const maxListed = 20;
/** Files of one person that are kept at once. */
const maxKept = 20;
const retentionDays = 30;
const longestReason = 300;
const shortestReason = 10;
const types: Readonly<Record<ExportFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

function personOf(actor: Actor): Person {
  if (actor.kind === "user" && actor.seats.length > 0) return actor;
  throw new Problem("forbidden", msg("cases-export.exportService.thisIsForOfficials"));
}

const viewOf = (stored: StoredExport): ExportView => {
  const { id, state, format, language, rows, expected, most, bytes, failure, createdAt, finishedAt, expiresAt } =
    stored;
  const personal = stored.personalReason !== null;
  const about = { rows, expected: Math.min(expected, most), bytes, failure, createdAt, finishedAt, expiresAt };
  return { id, state, format, language, personal, ...about };
};

const noColumns: Bilingual = msg("cases-export.exportService.noColumns");
const notYourColumns: Bilingual = msg("cases-export.exportService.notYourColumns");

/** In the order of the table. */
function readColumns(sent: unknown, actor: Actor, faults: FieldFault[]): ExportColumn[] {
  const wanted = new Set(Array.isArray(sent) ? sent : []);
  const mine = columnsFor(actor).filter(({ code }) => wanted.has(code));
  if (wanted.size === 0) faults.push({ field: "/columns", reason: noColumns });
  else if (mine.length !== wanted.size) faults.push({ field: "/columns", reason: notYourColumns });
  return mine;
}

function readFormat(sent: unknown, faults: FieldFault[]): ExportFormat {
  const found = exportFormats.find((format) => format === sent);
  if (found !== undefined) return found;
  faults.push({ field: "/format", reason: msg("cases-export.exportService.chooseXLSXOrCSV") });
  return "csv";
}

/** Personal data are asked for with a reason, and a reason only with them. */
function readReason(sent: unknown, personal: boolean, faults: FieldFault[]): string | null {
  if (!personal) return null;
  const written = typeof sent === "string" ? asStored(sent) : "";
  const length = [...written].length;
  const unreadable = unreadableText(written, { lines: false });
  const reason: Bilingual | null =
    length < shortestReason
      ? msg("cases-export.exportService.writeWhatThesePersonalData")
      : length > longestReason
        ? msg("cases-export.exportService.atMostCharacters", { longestReason })
        : unreadable;
  if (reason === null) return written;
  faults.push({ field: "/reason", reason });
  return null;
}

export function createExportService(parts: ExportParts & LaneParts & { readonly random: Random }): ExportService {
  const lane = createLane(parts, "exports", (turn) => runExport(parts, turn));

  async function setupsOf({ seats }: Person): Promise<Setup[]> {
    const known = await parts.programmes();
    const codes = [...new Set(seats.map(({ programme }) => programme))].filter((code) => known.includes(code));
    return Promise.all(codes.map(async (code) => (await parts.policies.fresh(code)).setup));
  }
  async function own(actor: Actor, id: string): Promise<StoredExport> {
    const stored = actor.kind === "user" && runIdForm.test(id) ? await storedExport(parts.db, id) : null;
    if (stored === null || actor.kind !== "user" || stored.userId !== actor.userId) throw noSuchRun();
    return stored;
  }

  return {
    async choices({ actor }) {
      const setups = await setupsOf(personOf(actor));
      const limits = workLimits(setups.map(({ programme }) => programme.settings));
      return {
        columns: columnsFor(actor).map(({ code, label, usual, personal }) => ({ code, label, usual, personal })),
        most: limits.exportMostRows,
        maxPersonal: limits.exportMostPersonal,
      };
    },
    async start(a) {
      const actor = personOf(a.actor);
      const faults: FieldFault[] = [];
      const columns = readColumns(a.columns, actor, faults);
      const format = readFormat(a.format, faults);
      const personal = columns.some((column) => column.personal);
      const personalReason = readReason(a.reason, personal, faults);
      if (faults.length > 0) {
        const said = (language: Language) => faults.map(({ reason }) => inLanguage(reason, language)).join(" ");
        throw new Problem("invalid-input", perLanguage(said), faults);
      }
      const earlier = await exportsOf(parts.db, actor.userId, 100);
      if (earlier.filter(({ expiresAt }) => expiresAt !== null).length >= maxKept) {
        throw new Problem("not-now", msg("cases-export.exportService.filesOfYoursAreKept", { maxKept }));
      }
      const setups = await setupsOf(actor);
      const limits = workLimits(setups.map(({ programme }) => programme.settings));
      const { total } = await countCases(parts, { ...a.asked, actor, now: a.now });
      if (total === 0) {
        throw new Problem("not-now", msg("cases-export.exportService.thereIsNoCaseTo"));
      }
      const id = newId(parts.random);
      const stored = await insertExport(
        parts.db,
        {
          id,
          userId: actor.userId,
          programmes: setups.map(({ programme }) => programme.code),
          format,
          language: a.language,
          columns: columns.map(({ code }) => code),
          asked: { filters: a.asked.filters ?? {}, search: a.asked.search ?? null },
          personalReason,
          seats: actor.seats,
          most: personal ? limits.exportMostPersonal : limits.exportMostRows,
          expected: total,
        },
        a.now,
      );
      if (!stored) {
        throw new Problem("not-now", msg("cases-export.exportService.anotherExportOfYoursIs"));
      }
      lane.kick();
      return viewOf(await own(actor, id));
    },
    list: async ({ actor }) =>
      actor.kind === "user" ? (await exportsOf(parts.db, actor.userId, maxListed)).map(viewOf) : [],
    async cancel({ actor, id, now }) {
      const { userId } = await own(actor, id);
      if (!(await cancelExport(parts.db, { id, userId, now }))) {
        throw new Problem("not-now", msg("cases-export.exportService.itIsOverAlready"));
      }
      return viewOf(await own(actor, id));
    },
    async remove({ actor, id }) {
      const { userId, format } = await own(actor, id);
      if (!(await dropExport(parts.db, { id, userId }))) throw noSuchRun();
      await parts.folder.remove(parts.folder.path(id, format));
      return viewOf(await own(actor, id));
    },
    async open({ actor, id, now }) {
      const stored = await own(actor, id);
      const { format, expiresAt, createdAt, language, rows } = stored;
      const kept = stored.state === "done" && expiresAt !== null && expiresAt > now;
      if (!kept || !stillHolds(personOf(actor).seats, stored.seats)) throw noSuchRun();
      const path = parts.folder.path(id, format);
      const bytes = await stat(path).then(
        ({ size }) => size,
        () => null,
      );
      if (bytes === null) throw noSuchRun();
      await inTransaction(parts.db, async (transaction) => {
        for (const programme of stored.programmes) {
          const data = { programme, export: id, rows };
          await appendAudit(transaction, parts.db, {
            stream: "operation",
            type: "export.fetched",
            actor,
            at: now,
            data,
          });
        }
      });
      const day = createdAt.toISOString().slice(0, 10);
      return {
        path,
        bytes,
        name: `${inLanguage(msg("cases-export.exportService.fileName"), language)}-${day}.${format}`,
        type: types[format],
      };
    },
    resume: () => lane.kick(),
    async sweep(now) {
      await expireExports(parts.db, now);
      const removed = await parts.folder.sweep(new Set(await storedExports(parts.db)));
      await forgetExports(parts.db, new Date(now.getTime() - retentionDays * 86_400_000));
      return removed;
    },
    lane,
  };
}
