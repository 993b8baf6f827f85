/** The code of a row that a change-set adds: no other row of the set has it, and it changes while nothing else there names it. */

import type { Setup } from "../../../engine/setup/setup.js";
import type { RowTable } from "../../../engine/setup/tables/setup-registry.js";
import type { FieldFault } from "../../../engine/text/problems.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { namingsOf, type StoredDefinition } from "../../setup/named-in-definitions.js";
import { placeWords } from "../../setup/place-words.js";
import { refusals } from "../../setup/setup-refusals.js";
import { referred } from "../../setup/tables/setup-tables.js";
import type { StoredPolicyDraft } from "../drafts/policy-draft-store.js";
import { type ChangeEdit, isSeatChange } from "./change-edit.js";
import { editInWords } from "./edit-words.js";

/** So many are named; whoever has taken those out is told the rest. */
const mostNamed = 5;

/** Under which code the set adds the row so far; null: under the same one, or it does not add it. */
export function earlierCode(edit: ChangeEdit, seen: ChangeEdit | null | undefined): string | null {
  if (seen?.act !== "create" || edit.act !== "create" || seen.table !== edit.table) return null;
  return isSeatChange(edit) || seen.code === edit.code ? null : seen.code;
}

const names = (value: unknown, code: string): boolean => (Array.isArray(value) ? value.includes(code) : value === code);

const isSaid: Bilingual = { en: "", ar: "" };
const allCases: Bilingual = { en: " (its open cases go there)", ar: " (تنتقل إليها معاملاتها المفتوحة)" };
const someCases: Bilingual = { en: " (some of its open cases go there)", ar: " (ينتقل إليها بعض معاملاتها المفتوحة)" };

/** How an edit of another row names this one, where the words of the edit do not say so themselves; null: it does not. */
function naming(edit: ChangeEdit, table: string, code: string): Bilingual | null {
  const values = "values" in edit ? Object.entries<unknown>({ ...edit.values }) : [];
  if (values.some(([column, value]) => referred[column] === table && names(value, code))) return isSaid;
  if (table !== "entities") return null;
  if (edit.act === "merge" && edit.into === code) return isSaid;
  const cases = "cases" in edit ? edit.cases : undefined;
  if (cases?.to === code) return allCases;
  return cases !== undefined && Object.values(cases.except).includes(code) ? someCases : null;
}

const openDefinition = ({ id, kind, name, definition }: StoredPolicyDraft): StoredDefinition => ({
  ...{ id, kind, name, definition },
  version: 0,
  status: "open",
});

interface Beside {
  /** What the set says of the row and this would be joined with. */
  readonly earlier: ChangeEdit | null;
  /** The code under which the set has it so far. */
  readonly stood: string;
  /** Edits of other rows. */
  readonly others: readonly ChangeEdit[];
  readonly drafts: readonly StoredPolicyDraft[];
  /** With what the set adds, so that all of it has names. */
  readonly setup: Setup;
  readonly now: Date;
}

function namedBy(table: RowTable, { stood, others, drafts, setup, now }: Beside): Bilingual[] {
  const edits = others.flatMap((edit): Bilingual[] => {
    const how = naming(edit, table, stood);
    if (how === null) return [];
    const { en, ar } = editInWords(edit, setup, now).words;
    return [{ en: `${en}${how.en}`, ar: `${ar}${how.ar}` }];
  });
  const namings = namingsOf(drafts.map(openDefinition), table, stood);
  return [...edits, ...namings.map(({ source, title }) => placeWords(source, title))];
}

/** Faults at `/code`. */
export function codeFaults(edit: ChangeEdit, beside: Beside): FieldFault[] {
  if (edit.act !== "create" || isSeatChange(edit)) return [];
  const { table, code } = edit;
  const again = beside.earlier?.act === "create";
  if (again || beside.others.some((one) => one.act === "create" && one.table === table && one.code === code))
    return [refusals.codeTaken(code)];
  if (beside.stood === code) return [];
  const named = namedBy(table, beside);
  if (named.length === 0) return [];
  const more = named.length - mostNamed;
  const said = (language: keyof Bilingual, joint: string) =>
    named
      .slice(0, mostNamed)
      .map((one) => one[language])
      .join(joint);
  const reason: Bilingual = {
    en: `The code stays ${beside.stood} while something else in this change-set refers to it: ${said("en", "; ")}${more > 0 ? `; and ${more} more` : ""}. Change or take that out first.`,
    ar: `يبقى الرمز ${beside.stood} ما دام شيء آخر في مجموعة التغييرات هذه يشير إليه: ${said("ar", "؛ ")}${more > 0 ? `؛ و${more} غيرها` : ""}. عدّل ذلك أو أخرجه أولًا.`,
  };
  return [{ field: "/code", reason }];
}
