/**
 * Writes one export: what the filters find, some cases at a time by number, each time by the rights of that moment. A file
 * is there when it is whole; what was interrupted is written anew.
 */

import type { Logger } from "pino";
import { type Actor, can, caseReach } from "../../../engine/access/permissions.js";
import { zoneOf } from "../../../engine/calendar/time-zone.js";
import { draftOf, emit } from "../../../engine/lifecycle/case-draft.js";
import { finishOutcome } from "../../../engine/lifecycle/finish-outcome.js";
import type { Named } from "../../../engine/search/case-search.js";
import type { Labelled, Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage } from "../../../engine/text/text.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import { isUnavailable } from "../../../platform/db/connect.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { errorSummary } from "../../../platform/error-summary.js";
import type { Turn } from "../../../platform/jobs/work-lane.js";
import { actorNumbered } from "../../people/user-store.js";
import type { Policies } from "../../setup/policies.js";
import type { CaseParts } from "../case-parts.js";
import { casesByReference } from "../case-queries.js";
import { updateCases } from "../case-store.js";
import { foundIds, type SearchParts } from "../list/search-cases.js";
import { type ExportColumn, type ExportedCase, exportColumns } from "./export-columns.js";
import type { ExportFolder } from "./export-folder.js";
import { type ExportRow, exportRows } from "./export-rows.js";
import {
  type ExportFormat,
  failExport,
  finishExport,
  noteExported,
  type StoredExport,
  stillHolds,
  storedExport,
} from "./export-store.js";
import { openCsv, openXlsx, type SheetAsked, type SheetFile } from "./write-sheets.js";
import { TooLargeForZip } from "./zip-file.js";

/** What columns of a file are called in the record of a case. */
const fieldNames: Readonly<Record<string, string>> = { applicantName: "name" };

/** That personal data went into a file is an event of each case, as any other look at them is. */
async function readPersonal(
  parts: CaseParts,
  a: { references: readonly string[]; fields: readonly string[]; reason: string; actor: Actor; now: Date },
): Promise<void> {
  const { actor, now, reason, references } = a;
  if (references.length === 0) return;
  const fields = a.fields.map((code) => fieldNames[code] ?? code);
  await parts.policies.loaded(() =>
    inTransaction(parts.db, async (transaction) => {
      const cases = await casesByReference(parts.db, transaction, references);
      const changed = [...cases.values()].map(({ theCase, applicantWays, nextDecision, revision }) => {
        const { setup } = parts.policies.at(theCase.programme, revision);
        const { calendarOf, workflowOf } = parts.policies.pinned([theCase]);
        const outcome = finishOutcome({
          draft: emit(draftOf(theCase, actor, now), "personal.read", { fields, reason }),
          before: theCase.clocks,
          workflow: workflowOf(theCase.workflow.versionId),
          setup,
          calendarOf,
          applicantWays,
        });
        return { outcome, nextDecision };
      });
      await updateCases(parts.db, transaction, changed, parts.messages);
    }),
  );
}

const surely = (records: ReadonlyMap<string, Labelled> | undefined, code: string): Named => ({
  code,
  name: records?.get(code)?.name ?? { en: code, ar: code },
});
const maybe = (records: ReadonlyMap<string, Labelled> | undefined, code: string | null): Named | null =>
  code === null ? null : surely(records, code);

function answerOf(data: string | null): string | null {
  if (data === null) return null;
  const { answer } = JSON.parse(data) as { answer?: unknown };
  return typeof answer === "string" ? answer : null;
}

/** Rows of the database as a file tells them: names instead of codes, and of applicants what this person may read. */
async function exportedCases(
  policies: Policies,
  a: { rows: readonly ExportRow[]; setups: ReadonlyMap<string, Setup>; actor: Actor },
): Promise<ExportedCase[]> {
  const { workflowOf } = await policies.pin(
    a.rows.map(({ workflowVersionId }) => ({ workflow: { versionId: workflowVersionId }, clocks: [] })),
  );
  return a.rows.map((row) => {
    const setup = a.setups.get(row.programme);
    const { state, stateKind, programme, entity, sector, confidential } = row;
    const subject = {
      case: { programme, entity, sector, confidential },
      ...(setup && { entities: setup.entities }),
    };
    return {
      ...row,
      programme: { code: programme, name: setup?.programme.name ?? { en: programme, ar: programme } },
      type: surely(setup?.types, row.type),
      channel: surely(setup?.channels, row.channel),
      state: {
        code: state,
        name: workflowOf(row.workflowVersionId).states[state]?.name ?? { en: state, ar: state },
        kind: stateKind,
      },
      sector: maybe(setup?.sectors, sector),
      entity: maybe(setup?.entities, entity),
      service: maybe(setup?.services, row.service),
      governorate: maybe(setup?.governorates, row.governorate),
      category: maybe(setup?.categories, row.category),
      pillar: maybe(setup?.pillars, row.pillar),
      importance: maybe(setup?.importanceLevels, row.importance),
      late: row.breached,
      answer: answerOf(row.answered),
      applicant: can(a.actor, "personal.read", subject) ? row.applicant : null,
    };
  });
}

export interface ExportParts extends SearchParts, CaseParts {
  readonly log: Logger;
  readonly now: () => Date;
  readonly folder: ExportFolder;
}

/** How long a file is kept. */
const keptMs = 24 * 3_600_000;
/** Cases at a time; fewer where each look at personal data is put on record. */
const batch = 250;
const personalBatch = 200;

const openers: Readonly<Record<ExportFormat, (asked: SheetAsked) => Promise<SheetFile>>> = {
  csv: openCsv,
  xlsx: openXlsx,
};

/** Why it ended without a file, in words for whoever asked for it. */
class Failed extends Error {
  constructor(readonly failure: Bilingual) {
    super(failure.en);
  }
}

const failures = {
  rights: msg("cases-export.runExport.failuresRights"),
  disk: msg("cases-export.runExport.failuresDisk"),
  ours: msg("cases-export.runExport.failuresOurs"),
};

const diskCodes = new Set(["ENOSPC", "EDQUOT"]);

function failureOf(error: unknown): Bilingual | null {
  if (error instanceof Failed) return error.failure;
  if (error instanceof TooLargeForZip) return msg("cases-export.runExport.failuresLarge");
  return diskCodes.has((error as { code?: string }).code ?? "") ? failures.disk : null;
}

/** The asker as of now; the seats by which it was asked for must all still be theirs. */
async function stillAllowed(parts: ExportParts, stored: StoredExport): Promise<Actor> {
  const actor = await actorNumbered(parts.db, { userId: stored.userId, now: parts.now() });
  if (actor === null || !stillHolds(actor.seats, stored.seats)) throw new Failed(failures.rights);
  // By no more than they were when it was asked for.
  return { ...actor, seats: stored.seats };
}

async function setupsOf(parts: ExportParts, codes: readonly string[]): Promise<Map<string, Setup>> {
  const setups = await Promise.all(codes.map(async (code) => (await parts.policies.fresh(code)).setup));
  return new Map(setups.map((setup) => [setup.programme.code, setup]));
}

interface Writing {
  readonly stored: StoredExport;
  readonly columns: readonly ExportColumn[];
  readonly setups: ReadonlyMap<string, Setup>;
  readonly sheet: SheetFile;
  readonly turn: Turn;
}

/** All rows, batch by batch; gives how many. Null: it was cancelled, or is another instance's by now, or has to wait. */
async function writeRows(parts: ExportParts, w: Writing): Promise<number | null> {
  const { stored, columns, setups, sheet, turn } = w;
  const asked = { ...stored.asked, now: stored.createdAt };
  const has = (code: string): boolean => stored.columns.includes(code);
  const personal = stored.personalReason !== null;
  let [written, after] = [0, 0];
  for (;;) {
    if (turn.stopping()) return null;
    const actor = await stillAllowed(parts, stored);
    const limit = Math.min(personal ? personalBatch : batch, stored.most - written);
    const ids = limit === 0 ? [] : await foundIds(parts, { ...asked, actor, after, limit });
    const last = ids.at(-1);
    if (last === undefined) return written;
    after = last;
    const rows = await exportRows(parts.db, {
      ids,
      reach: caseReach(actor),
      now: stored.createdAt,
      descriptions: has("description"),
      answers: has("answer"),
      personal,
    });
    const cases = await exportedCases(parts.policies, { rows, setups, actor });
    const seen = cases.filter(({ applicant }) => applicant !== null).map(({ reference }) => reference);
    if (personal) {
      const fields = columns.filter((column) => column.personal).map(({ code }) => code);
      await readPersonal(parts, {
        references: seen,
        fields,
        reason: stored.personalReason ?? "",
        actor,
        now: parts.now(),
      });
    }
    await sheet.add(cases.map((row) => columns.map((column) => column.of(row, stored.language))));
    written += cases.length;
    if (!(await noteExported(parts.db, { id: stored.id, by: turn.by, until: turn.until(), rows: written })))
      return null;
  }
}

/** For the record: what was searched may be somebody's name or number, so only that it was. */
const recorded = ({ filters, search }: StoredExport["asked"]): object =>
  JSON.parse(JSON.stringify({ ...filters, ...(search !== null && { searched: true }) }));

/** The file is there and on record, both or neither. */
async function finish(
  parts: ExportParts,
  a: { stored: StoredExport; turn: Turn; rows: number; bytes: number; path: string },
): Promise<boolean> {
  const { stored, turn, rows, bytes } = a;
  const now = parts.now();
  const actor = await actorNumbered(parts.db, { userId: stored.userId, now });
  return inTransaction(parts.db, async (transaction) => {
    const expiresAt = new Date(now.getTime() + keptMs);
    if (!(await finishExport(parts.db, transaction, { id: stored.id, by: turn.by, rows, bytes, now, expiresAt })))
      return false;
    for (const programme of stored.programmes) {
      await appendAudit(transaction, parts.db, {
        stream: "operation",
        type: "export.made",
        actor: actor ?? { kind: "user", userId: stored.userId, name: `#${stored.userId}`, seats: [] },
        at: now,
        data: {
          programme,
          export: stored.id,
          format: stored.format,
          rows,
          columns: stored.columns,
          filters: recorded(stored.asked),
          ...(stored.personalReason !== null && { personalReason: stored.personalReason }),
        },
      });
    }
    return true;
  });
}

/** About as many bytes as a case takes, and what has to be left for everybody else. */
const bytesACase: Readonly<Record<ExportFormat, number>> = { csv: 1200, xlsx: 400 };
const leftForOthers = 64 * 1024 * 1024;

/** One piece of a lane. Errors: the database is away; it is taken up again then. */
export async function runExport(parts: ExportParts, turn: Turn): Promise<void> {
  const stored = await storedExport(parts.db, turn.id);
  if (stored === null) return;
  const { id, format, language } = stored;
  const part = parts.folder.part(id, turn.by);
  let sheet: SheetFile | null = null;
  const drop = async (): Promise<void> => {
    await sheet?.abandon();
    // What cannot be removed now is swept later.
    await parts.folder.remove(part).catch(() => undefined);
  };
  try {
    const columns = exportColumns.filter(({ code }) => stored.columns.includes(code));
    const setups = await setupsOf(parts, stored.programmes);
    const free = await parts.folder.prepare();
    if (free < leftForOthers + Math.min(stored.expected, stored.most) * bytesACase[format])
      throw new Failed(failures.disk);
    await parts.folder.remove(part);
    const zone = zoneOf([...setups.values()][0]?.programme.timeZone ?? "UTC");
    sheet = await openers[format]({
      path: part,
      title: inLanguage(msg("cases-export.runExport.title"), language),
      language,
      columns: columns.map(({ label, kind, width }) => ({ label: inLanguage(label, language), kind, width })),
      wallClock: (at) => at.getTime() + zone.offsetAt(at.getTime()),
    });
    const rows = await writeRows(parts, { stored, columns, setups, sheet, turn });
    if (rows === null) return await drop();
    const bytes = await sheet.finish();
    const path = await parts.folder.keep(part, id, format);
    if (!(await finish(parts, { stored, turn, rows, bytes, path }))) await parts.folder.remove(path);
  } catch (error) {
    await drop();
    if (isUnavailable(error)) throw error;
    const failure = failureOf(error);
    if (failure === null) parts.log.error({ export: id, error: errorSummary(error) }, "export failed");
    await failExport(parts.db, { id, by: turn.by, failure: failure ?? failures.ours, now: parts.now() });
  }
}
