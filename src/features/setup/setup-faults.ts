/** What is wrong with one edited row: by the very checks that the shipped files pass, and by what is published already. */

import { checkOutcome } from "../../engine/rules/check-outcomes.js";
import { policyLimits } from "../../engine/rules/policy-limits.js";
import { tooMuch } from "../../engine/rules/rule-set-limits.js";
import type { ApplicationType, Programme, Setup } from "../../engine/setup/setup.js";
import {
  declarationOf,
  ownColumns,
  type SetupTableName,
  setupTableNames,
} from "../../engine/setup/tables/setup-registry.js";
import { msg } from "../../engine/text/msg.js";
import type { FieldFault } from "../../engine/text/problems.js";
import { type Bilingual, inLanguage, listed, perLanguage } from "../../engine/text/text.js";
import { strandedByType } from "../../engine/workflow/strands-cases.js";
import { askedFieldFaults } from "./asked-fields.js";
import { partsOf, type StoredDefinition } from "./named-in-definitions.js";
import { placeWords, titleOf } from "./place-words.js";
import { refusals } from "./setup-refusals.js";
import { issuedFaults } from "./tables/check-instructions.js";
import { checkSetupFiles } from "./tables/check-setup-files.js";
import { pointerOf, reasonOfIssue, rowSchemas, type SetupFiles } from "./tables/setup-files.js";
import { type FileRow, formPointer, rowsOf, tableOf, valueAt } from "./tables/setup-tables.js";

/** What stands beside a row that is checked. */
export interface Surroundings {
  readonly setup: Setup;
  /** The set-up as it is, where `setup` is what several edits together make of it, the row's own among them. */
  readonly before?: Setup;
  readonly definitions: readonly StoredDefinition[];
  readonly calendars: ReadonlySet<string>;
}

/** The whole set-up as files, with `row` in the place of the one of its code, last, so that faults of a pair are its own. */
function filesWith(setup: Setup, table: SetupTableName, row: FileRow): SetupFiles {
  const files: Record<string, unknown> = { people: { heldFrom: "2000-01-01", seats: [] } };
  for (const each of setupTableNames) files[declarationOf(each).part] = [...rowsOf(setup, each).values()];
  const { part } = declarationOf(table);
  files[part] = [...(files[part] as FileRow[]).filter(({ code }) => code !== row.code), row];
  files.programme = (files.programme as FileRow[]).at(-1);
  files.entities = withLevels(files.entities as EntityRow[], table === "entities" ? row.code : null);
  return files as unknown as SetupFiles;
}

type EntityRow = FileRow & { readonly parent: string | null; readonly level: number };

/** Moving an entity moves everything below it: their levels follow, so that only its own is judged. */
function withLevels(rows: readonly EntityRow[], moved: string | null): EntityRow[] {
  if (moved === null) return [...rows];
  const levels = levelsBelow(rows, moved);
  return rows.map((row) => (row.code === moved ? row : { ...row, level: levels.get(row.code) ?? row.level }));
}

/** The levels of all entities below `top`, by the level that `top` has itself. A circle ends the walk. */
export function levelsBelow(
  rows: readonly { readonly code: string; readonly parent: string | null; readonly level: number }[],
  top: string,
): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  const known = rows.find(({ code }) => code === top);
  let above = new Set(known === undefined ? [] : [top]);
  for (let level = (known?.level ?? 0) + 1; above.size > 0; level += 1) {
    const below = rows.filter(({ code, parent }) => parent !== null && above.has(parent) && !levels.has(code));
    const next = below.filter(({ code }) => code !== top);
    for (const { code } of next) levels.set(code, level);
    above = new Set(next.map(({ code }) => code));
  }
  return levels;
}

/** What a column lacks that nobody filled: told as that, not as a value of the wrong form. */
function lacking(table: SetupTableName, row: FileRow): FieldFault[] {
  const choose: Bilingual = msg("setup.setupFaults.choose");
  const needed: Bilingual = msg("setup.setupFaults.needed");
  const open = tableOf(table).columns.filter(({ name, chosen, path }) => {
    const value = row[path[0] as string] ?? "";
    return value === "" && (chosen || name === "code");
  });
  return open.map(({ name, chosen }) => ({ field: `/${name}`, reason: chosen ? choose : needed }));
}

interface Shape {
  readonly faults: readonly FieldFault[];
  /**
   * The row with an empty text where a text lacks; null: something in it is of another type, or may be because a list was
   * too long to be looked into, and nothing compares with that.
   */
  readonly readable: FileRow | null;
}

/** A form offers choices by their names, and never shows a code of one. */
function reasonInForm(table: SetupTableName, issue: Parameters<typeof reasonOfIssue>[0]): Bilingual {
  const [, column] = ownColumns(table).find(([name]) => name === issue.path.at(-1)) ?? [];
  if (issue.code !== "invalid_value" || column?.kind !== "choice") return reasonOfIssue(issue);
  return msg("setup.setupFiles.thisMustBeOneOf", { allowed: listed(Object.values(column.choices)) });
}

function shapeOf(table: SetupTableName, row: FileRow): Shape {
  const checked = rowSchemas[table].safeParse(row);
  const issues = checked.error?.issues ?? [];
  const open = lacking(table, row);
  const mistyped = issues.filter((issue) => {
    if (issue.code === "too_big" && issue.origin === "array") return true;
    if (issue.code !== "invalid_type") return false;
    const column = tableOf(table).columns.find(({ path }) => path.join("/") === issue.path.join("/"));
    const isList = issue.expected === "array" || issue.expected === "object";
    return column === undefined || isList || (valueAt(row, column.path) ?? null) !== null;
  });
  const faults = issues
    .map((issue) => ({ field: formPointer(table, pointerOf(issue.path)), reason: reasonInForm(table, issue) }))
    .filter(({ field }) => !open.some((one) => one.field === field));
  const texts = Object.fromEntries(open.map(({ field }) => [field.slice(1), ""]));
  return { faults: [...faults, ...open], readable: mistyped.length === 0 ? { ...row, ...texts } : null };
}

/** Where the whole misses something that this row took away: the root of the tree. */
const columnOfWhole: Readonly<Partial<Record<SetupTableName, string>>> = { entities: "/parent" };

function fittingFaults(
  table: SetupTableName,
  row: FileRow,
  { setup, definitions, calendars }: Surroundings,
): FieldFault[] {
  const part = declarationOf(table).part as keyof SetupFiles;
  const files = filesWith(setup, table, row);
  const published = definitions.filter(({ kind, status }) => kind === "workflow" && status === "published");
  const workflows = new Set(published.map(({ name }) => name));
  const list = files[part];
  const at = Array.isArray(list) ? `/${list.length - 1}` : "";
  return checkSetupFiles(files, { workflows, calendars }).flatMap(({ part: where, path, reason }) => {
    if (where !== part) return [];
    if (Array.isArray(list) && path === "") return [{ field: columnOfWhole[table] ?? "", reason }];
    if (path !== at && !path.startsWith(`${at}/`)) return [];
    return [{ field: formPointer(table, path.slice(at.length)), reason }];
  });
}

const publishedOf = ({ definitions }: Surroundings) => definitions.filter(({ status }) => status === "published");

/** Levels of the ladder that published escalation rules raise to, or tell, and that the new ladder does not have. */
function ladderFaults(row: FileRow, around: Surroundings): FieldFault[] {
  const programme = row as unknown as Programme;
  const { entities, messages } = around.setup;
  const setup = { programme, entities, messages };
  const escalation = publishedOf(around).filter(({ kind, name }) => kind === "rules" && name === "escalation");
  return escalation.flatMap((source) =>
    partsOf(source).flatMap(({ title, outcomes }) =>
      outcomes.flatMap((outcome) =>
        "kind" in outcome
          ? checkOutcome("escalation", outcome, "", setup).map(({ reason }) => {
              const place = placeWords(source, title);
              return {
                field: "/ladder",
                reason: msg("setup.setupFaults.needsIt", { place, reason }),
              };
            })
          : [],
      ),
    ),
  );
}

/** Limits that what is in force is beyond already: the next edit of it could not be published. */
function limitFaults(row: FileRow, around: Surroundings): FieldFault[] {
  const limits = policyLimits((row as unknown as Programme).settings);
  return publishedOf(around)
    .filter(({ kind }) => kind === "rules")
    .flatMap((source) =>
      tooMuch(source.definition as Record<string, unknown>, limits).flatMap(({ setting, reason }) => {
        const where = titleOf(source);
        return setting === undefined
          ? []
          : [
              {
                field: `/${setting}`,
                reason: perLanguage((language) => `${inLanguage(where, language)}: ${inLanguage(reason, language)}`),
              },
            ];
      }),
    );
}

/** A type whose cases none of those who see them could carry on: by another workflow, or because it becomes confidential. */
function strandedFaults(row: FileRow, { setup, before = setup }: Surroundings): FieldFault[] {
  const type = row as unknown as ApplicationType;
  const was = before.types.get(type.code);
  const field = was?.workflow === type.workflow ? "/confidential" : "/workflow";
  return strandedByType(type, setup, was).map((reason) => ({ field, reason }));
}

const byDefinitions: Readonly<Partial<Record<SetupTableName, (row: FileRow, around: Surroundings) => FieldFault[]>>> = {
  programmes: (row, around) => [...ladderFaults(row, around), ...limitFaults(row, around)],
  application_types: (row, around) => [...askedFieldFaults(row, around), ...strandedFaults(row, around)],
  instructions: (row, { setup }) => issuedFaults(row, setup),
};

/** Columns whose faults say nothing where what they are compared with has one itself. */
const comparedWith: Readonly<Record<string, string>> = { "/validTo": "/validFrom", "/level": "/parent" };

const columnOf = (field: string): string => `/${field.split("/")[1] ?? ""}`;

/** Those of `more` whose columns have none yet: a wrong value is told once. */
export function furtherFaults(faults: readonly FieldFault[], more: readonly FieldFault[]): FieldFault[] {
  const known = new Set(faults.map(({ field }) => columnOf(field)));
  return more.filter(({ field }) => {
    const column = columnOf(field);
    return !known.has(column) && !known.has(comparedWith[column] ?? "");
  });
}

/**
 * All faults of a row as it would be stored, each at its field as a form names it: of its shape, and of what stands beside it
 * in the columns whose own shape is right.
 */
export function rowFaults(table: SetupTableName, row: FileRow, around: Surroundings): FieldFault[] {
  const { faults: shape, readable } = shapeOf(table, row);
  if (readable === null) return [...shape];
  const faults = [...shape, ...furtherFaults(shape, fittingFaults(table, readable, around))];
  return [...faults, ...furtherFaults(faults, byDefinitions[table]?.(readable, around) ?? [])];
}

/** A code like this one that no row has. */
export function freeCode(code: string, rows: ReadonlyMap<string, unknown>): string {
  for (let n = 1; ; n += 1) {
    const free = `${code.slice(0, 50)}-${n}`;
    if (!rows.has(free)) return free;
  }
}

/** As `rowFaults` of a row that is added: one whose code is taken is judged as if it had another, and not as the row of that code. */
export function newRowFaults(table: SetupTableName, row: FileRow, around: Surroundings): FieldFault[] {
  const rows = rowsOf(around.setup, table);
  if (!rows.has(row.code)) return rowFaults(table, row, around);
  const taken = refusals.codeTaken(row.code);
  return [taken, ...rowFaults(table, { ...row, code: freeCode(row.code, rows) }, around)];
}
