/** One edit of a change-set as plain data, of one row of the set-up or of one seat; and the reader that lets nothing else in. */

import { z } from "zod";
import { roleCodes } from "../../../engine/access/roles.js";
import {
  declarationOf,
  type RowTable,
  rowTables,
  type SetupTableName,
} from "../../../engine/setup/tables/setup-registry.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import { requireStorable } from "../../../engine/text/storable-value.js";
import { pointerOf, reasonOfIssue } from "../../setup/tables/setup-files.js";
import type { FlatRow } from "../../setup/tables/setup-tables.js";

/** Where the open cases of an entity go: all to one, but for some by their reference. */
export interface CaseMapping {
  readonly to: string;
  readonly except: Readonly<Record<string, string>>;
}

export type RowChange =
  | { readonly act: "create"; readonly table: RowTable; readonly code: string; readonly values: FlatRow }
  | {
      readonly act: "update";
      readonly table: SetupTableName;
      readonly code: string;
      readonly values: FlatRow;
      /** What stood there when it was written. */
      readonly before: FlatRow;
    }
  | {
      readonly act: "retire";
      readonly table: RowTable;
      readonly code: string;
      readonly cases?: CaseMapping | undefined;
    }
  | { readonly act: "restore"; readonly table: RowTable; readonly code: string }
  | {
      /** Its services, the entities below it and its open cases go to another one; its seats too, or they end. */
      readonly act: "merge";
      readonly table: "entities";
      readonly code: string;
      readonly into: string;
      readonly cases: CaseMapping;
      readonly seats: "move" | "end";
    };

/** A seat: where it belongs and who sits on it from the publication on. */
export interface SeatValues {
  readonly role?: string | undefined;
  readonly titleAr?: string | undefined;
  readonly titleEn?: string | undefined;
  readonly entity?: string | null | undefined;
  readonly sector?: string | null | undefined;
  /** E-mail address; null: nobody. */
  readonly holder?: string | null | undefined;
}
export type SeatChange =
  | {
      readonly act: "create";
      readonly table: "seats";
      /** Sent empty, it is made of the role and the place. */
      readonly code: string;
      readonly values: SeatValues;
    }
  | {
      readonly act: "update";
      readonly table: "seats";
      readonly code: string;
      readonly values: Pick<SeatValues, "entity" | "sector" | "holder">;
      readonly before: Pick<SeatValues, "entity" | "sector" | "holder">;
    }
  | { readonly act: "retire"; readonly table: "seats"; readonly code: string };

export type ChangeEdit = RowChange | SeatChange;

export const isSeatChange = (edit: ChangeEdit): edit is SeatChange => edit.table === "seats";

/** Without programmes, which are never added or retired. */
const changed = rowTables.filter((name) => declarationOf(name).inChangeSets !== false);
const table = z.enum(changed as [RowTable, ...RowTable[]]);
const code = z.string().min(1).max(80);
/** Code of a row that is added: the checks of the set-up say what it must be. */
const newCode = z.string().max(500);
const mapping = z.strictObject({ to: code, except: z.record(z.string().max(60), code) });
/** A form's columns; the set-up's own checks say what may stand in them. */
const values = z.record(z.string().max(60), z.unknown());
/** How long a title may be, the checks of seats say. */
const text = z.string().max(1000);
const place = code.nullish();
const seatPlace = { entity: place, sector: place, holder: z.string().max(254).nullish() };
const seatValues = z.strictObject({
  role: z.enum(roleCodes).optional(),
  titleAr: text.optional(),
  titleEn: text.optional(),
  ...seatPlace,
});
const seats = z.literal("seats");

const forms = z.union([
  z.strictObject({ act: z.literal("create"), table, code: newCode, values }),
  z.strictObject({
    act: z.literal("update"),
    table: z.union([table, z.literal("programmes")]),
    code,
    values,
    before: values,
  }),
  z.strictObject({ act: z.literal("retire"), table, code, cases: mapping.optional() }),
  z.strictObject({ act: z.literal("restore"), table, code }),
  z.strictObject({
    act: z.literal("merge"),
    table: z.literal("entities"),
    code,
    into: code,
    cases: mapping,
    seats: z.enum(["move", "end"]),
  }),
  z.strictObject({ act: z.literal("create"), table: seats, code: z.string().max(80), values: seatValues }),
  z.strictObject({
    act: z.literal("update"),
    table: seats,
    code,
    values: z.strictObject(seatPlace),
    before: z.strictObject(seatPlace),
  }),
  z.strictObject({ act: z.literal("retire"), table: seats, code }),
]);

/** So many exceptions are still looked through by a person. */
const maxExceptions = 500;

const refused = (faults: readonly FieldFault[]): Problem =>
  new Problem("invalid-input", msg("policy-change-sets.changeEdit.thisIsNoEditOf"), faults);

/** Problem invalid-input: it has another form, or texts that cannot be stored. */
export function readChangeEdit(value: unknown): ChangeEdit {
  requireStorable(value);
  const read = forms.safeParse(value);
  if (!read.success)
    throw refused(
      read.error.issues.map((issue) => ({ field: `/edit${pointerOf(issue.path)}`, reason: reasonOfIssue(issue) })),
    );
  const edit = read.data as ChangeEdit;
  const exceptions = "cases" in edit ? Object.keys(edit.cases?.except ?? {}).length : 0;
  if (exceptions > maxExceptions) {
    const reason = msg("policy-change-sets.changeEdit.atMostCasesGoElsewhere", { maxExceptions });
    throw refused([{ field: "/edit/cases/except", reason }]);
  }
  return edit;
}
