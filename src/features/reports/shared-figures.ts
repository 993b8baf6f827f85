/**
 * Figures for another system, by a channel's key: of the key's programme, without confidential cases, and no number of few cases
 * nor one from which such a number could be reckoned.
 */
import { civilDate } from "../../engine/calendar/civil-days.js";
import {
  type FigureMarks,
  type Hides,
  hidesServices,
  marksOfCells,
  marksOfParts,
  type SharedFigures,
  sharedFigures,
} from "../../engine/measures/figure-bases.js";
import { type KpiFigures, kpiFigures } from "../../engine/measures/kpi.js";
import { noCounts } from "../../engine/measures/kpi-counts.js";
import { type KpiDimension, kpiDimensions, recordsOf } from "../../engine/measures/kpi-dimensions.js";
import type { Policy } from "../../engine/setup/policy.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { Database } from "../../platform/db/query.js";
import { fairLine } from "../../platform/files/fair-line.js";
import { heirsOf } from "./heirs.js";
import { keepFigures } from "./keep-figures.js";
import { knownThen } from "./known-then.js";
import type { Kpi, KpiColumn, KpiGroup, KpiReport, KpiTable } from "./kpi.js";

type Property = Exclude<KpiDimension, "entity">;

export interface SharedAsked {
  readonly programme: string;
  /** Who asks, for the line. */
  readonly key: number;
  readonly now: Date;
  /** As an address has them. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly by?: string | undefined;
  /** `PROPERTY:CODE`; an empty code stands for cases without one. */
  readonly only?: string | undefined;
  readonly entity?: string | undefined;
  /** A day that is over: as it was known then. Left out: as it is known now. */
  readonly knownOn?: string | undefined;
}

interface SharedGroup {
  readonly code: string;
  /** Null: of cases without one. */
  readonly name: Bilingual | null;
  /** Entities that ended and whose cases it took over: their figures are in its own. */
  readonly including?: readonly string[];
  readonly figures: SharedFigures;
}

export interface SharedReport {
  readonly programme: string;
  readonly from: string;
  readonly to: string;
  /** All is as of then (ISO). */
  readonly asOf: string;
  /** The day on which it was known so; null: as it is known now. */
  readonly knownOn: string | null;
  readonly only: { readonly property: Property; readonly code: string } | null;
  /** The entity that is answered of: of one that ended, its successor. */
  readonly entity: Omit<SharedGroup, "figures"> | null;
  readonly figures: SharedFigures;
  readonly by?: KpiDimension;
  readonly groups?: readonly SharedGroup[];
  /** At least so many came to the programme so far and are in no figure, in full tens; null: fewer than ten. */
  readonly confidentialCases: number | null;
}

/** Problems: invalid-input with a fault a parameter, not-now (too many ask). */
export type SharedKpi = (asked: SharedAsked) => Promise<SharedReport>;

const keptMs = 60_000;
const bounds = { atOnce: 2, maxWaiting: 40, maxOfOwner: 8 };
const tooMany = (): Problem => new Problem("not-now", msg("reports.figures.tooManyAtOnce"));

interface Read {
  readonly by: KpiDimension | null;
  readonly only: { readonly dimension: Property; readonly code: string } | null;
  readonly entity: string | null;
}

const isDimension = (text: string | undefined): text is KpiDimension =>
  (kpiDimensions as readonly (string | undefined)[]).includes(text);

/** What `kpi` does not check itself. Codes that are out of use have figures too. */
function read(asked: SharedAsked, setup: Setup): Read {
  const faults: FieldFault[] = [];
  const { timeZone } = setup.programme;
  const today = civilDate(asked.now, timeZone);
  if (asked.from !== undefined && asked.from > today)
    faults.push({ field: "/from", reason: msg("reports.figures.periodFuture") });
  const [, property, code = ""] = /^([a-z]+):(.*)$/s.exec(asked.only ?? "") ?? [];
  let only: Read["only"] = null;
  if (asked.only !== undefined) {
    if (!isDimension(property) || property === "entity")
      faults.push({ field: "/only", reason: msg("reports.shared.onlyUnreadable") });
    else if (code !== "" && !recordsOf[property](setup).has(code))
      faults.push({ field: "/only", reason: msg("reports.shared.codeUnknown", { code }) });
    else only = { dimension: property, code };
  }
  const entity = asked.entity ?? null;
  if (entity !== null && !setup.entities.has(entity))
    faults.push({ field: "/entity", reason: msg("reports.shared.codeUnknown", { code: entity }) });
  const by = asked.by ?? null;
  if (by !== null && !isDimension(by))
    faults.push({ field: "/by", reason: msg("reports.kpi.chooseOneOf", { list: kpiDimensions.join(", ") }) });
  else if (by !== null && only !== null && by !== "entity")
    faults.push({ field: "/by", reason: msg("reports.shared.besideOnly") });
  if (faults.length > 0) throw new Problem("invalid-input", msg("reports.kpi.theFiguresAskedForCannot"), faults);
  return { by: by as KpiDimension | null, only, entity };
}

/** A group with what of it is not shown. */
interface Marked {
  readonly code: string;
  readonly figures: KpiFigures;
  readonly marks: FigureMarks;
  /** It is a whole or an entity, of which counts are shown however few they are. */
  readonly counts: boolean;
  readonly including?: readonly string[] | undefined;
}

const markedGroups = (groups: readonly KpiGroup[], counts: boolean, hides?: Hides): Marked[] => {
  const marks = marksOfParts(groups, hides);
  return groups.map((figures, i) => ({
    ...{ code: figures.code, figures, marks: marks[i] as FigureMarks, counts, including: figures.including },
  }));
};

const nothing = kpiFigures(noCounts);
const unmarked = marksOfParts([nothing])[0] as FigureMarks;
const isSeen = ({ figures, marks }: Marked): boolean =>
  figures !== nothing || Object.values(marks).some((mark) => mark !== null);

/** Cells of a table by entity and property, each with what is hidden beside the sums of its row and of its column. */
function markedCells(
  rows: readonly Marked[],
  columns: readonly KpiColumn[],
  hides?: Hides,
): (entity: string, code: string) => Marked {
  const cells = rows.map(({ code }) =>
    columns.map(({ report }) => report.groups?.find((group) => group.code === code) ?? null),
  );
  const marks = marksOfCells(cells, {
    rows: rows.map((row) => row.figures),
    columns: columns.map(({ report }) => report),
    ...(hides && { hides }),
  });
  return (entity, code) => {
    const [row, column] = [rows.findIndex((one) => one.code === entity), columns.findIndex((one) => one.code === code)];
    const figures = cells[row]?.[column] ?? nothing;
    const shown = { marks: marks[row]?.[column] ?? unmarked, counts: false };
    return { code: entity, figures, ...shown, including: rows[row]?.including };
  };
}

export interface SharedParts {
  readonly db: Database;
  readonly policies: { fresh(programme: string): Promise<Policy> };
  readonly kpi: Kpi;
  readonly table: KpiTable;
}

export function createSharedKpi(parts: SharedParts): SharedKpi {
  const line = fairLine(bounds, tooMany);
  const kpi = keepFigures(parts.kpi, keptMs);
  const table = keepFigures(parts.table, keptMs);

  async function count(asked: SharedAsked, setup: Setup): Promise<SharedReport> {
    const { programme, from = "", to = "", knownOn } = asked;
    const { by, only, entity } = read(asked, setup);
    const { timeZone } = setup.programme;
    const then = { programme, from, field: "/knownOn", today: civilDate(asked.now, timeZone), timeZone };
    const at = knownOn === undefined ? asked.now : await knownThen(parts.db, { ...then, day: knownOn });
    const question = { programme, from, to, at, newest: knownOn === undefined };
    const property = only?.dimension ?? (by === "entity" ? null : by);
    const ask = (dimension?: KpiDimension): Promise<KpiReport> => kpi({ ...question, by: dimension }, asked.now);
    const nameOf = (dimension: KpiDimension, code: string): Bilingual | null =>
      code === "" ? null : (recordsOf[dimension](setup).get(code)?.name ?? { en: code, ar: code });
    const told = (dimension: KpiDimension, { code, figures, marks, counts, including }: Marked): SharedGroup => ({
      ...{ code, name: nameOf(dimension, code), ...(including && { including }) },
      figures: sharedFigures(figures, marks, counts),
    });
    const alone = (figures: KpiFigures): Marked => ({
      ...{ code: "", figures, marks: marksOfParts([figures])[0] as FigureMarks, counts: true },
    });

    const heirs = entity === null ? new Map<string, string>() : await heirsOf(parts.db, setup, at);
    const heir = entity === null ? null : (heirs.get(entity) ?? entity);
    const byEntity = heir !== null || by === "entity" ? await ask("entity") : null;
    const whole = byEntity ?? (await ask(property ?? undefined));
    const rows = markedGroups(byEntity?.groups ?? [], true);
    const ofProperty = property === null ? [] : ((byEntity === null ? whole : await ask(property)).groups ?? []);
    const providers = property === "service" ? ((byEntity ?? (await ask("entity"))).groups ?? []) : [];
    const provided = (service: string): string => setup.services.get(service)?.entity ?? "";
    const hidesAmong = (parts: readonly { readonly code: string }[]): Hides | undefined =>
      property !== "service"
        ? undefined
        : hidesServices(
            providers,
            providers.map(({ code, including = [] }) =>
              parts.flatMap((part, i) => ([code, ...including].includes(provided(part.code)) ? [i] : [])),
            ),
          );
    const byProperty = markedGroups(ofProperty, false, hidesAmong(ofProperty));
    const columns =
      byEntity !== null && property !== null ? await table({ ...question, across: property }, asked.now) : [];
    const cellOf = markedCells(rows, columns, hidesAmong(columns));
    const found =
      heir === null
        ? only === null
          ? alone(whole)
          : byProperty.find(({ code }) => code === only.code)
        : only === null
          ? rows.find(({ code }) => code === heir)
          : cellOf(heir, only.code);
    // Entities without a case have no line, unless it is kept back which those are.
    const row = rows.find(({ code }) => code === heir);
    const groups =
      by === null
        ? null
        : by === "entity"
          ? only === null
            ? rows
            : rows.map(({ code }) => cellOf(code, only.code)).filter(isSeen)
          : heir === null
            ? byProperty
            : columns.map(({ code }) => ({ ...cellOf(heir, code), code, including: undefined })).filter(isSeen);
    return {
      ...{ programme, from, to, asOf: whole.at, knownOn: knownOn ?? null },
      only: only && { property: only.dimension, code: only.code },
      entity: heir === null ? null : { code: heir, name: nameOf("entity", heir), including: row?.including ?? [] },
      figures: told("entity", found ?? alone(nothing)).figures,
      ...(by !== null &&
        groups !== null && {
          by,
          groups: groups
            .filter(({ code }) => by !== "entity" || heir === null || code === heir)
            .map((group) => told(by, group)),
        }),
      confidentialCases: whole.confidentialCases,
    };
  }

  return async (asked) => {
    const { setup } = await parts.policies.fresh(asked.programme);
    return line(String(asked.key), () => count(asked, setup));
  };
}
