/** Puts one edit into a change-set that its caller holds: named, checked beside the rest of it, and stored. */

import type { Transaction } from "sequelize";
import type { Setup } from "../../../engine/setup/setup.js";
import type { RowTable } from "../../../engine/setup/tables/setup-registry.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import { type Bilingual, listed, semicolon } from "../../../engine/text/text.js";
import type { Database } from "../../../platform/db/query.js";
import { seatCodes } from "../../people/people-queries.js";
import { checkSeat, freeSeatCode } from "../../people/seats.js";
import { isSame } from "../../setup/edited-rows.js";
import { namingsOf, type StoredDefinition } from "../../setup/named-in-definitions.js";
import { placeWords } from "../../setup/place-words.js";
import { publishedCalendars } from "../../setup/setup-acts.js";
import { refusals } from "../../setup/setup-refusals.js";
import { type FlatRow, referred } from "../../setup/tables/setup-tables.js";
import type { StoredPolicyDraft } from "../drafts/policy-draft-store.js";
import { planSteps } from "../publication/plan-steps.js";
import { projectSetup } from "../publication/project-setup.js";
import { readChangeSet } from "../publication/read-set.js";
import { peopleOf } from "../publication/validate-change-set.js";
import { type ChangeEdit, isSeatChange } from "./change-edit.js";
import { inAnother, maxEdits, tooMany, withRefusal } from "./change-set-refusals.js";
import {
  type ChangeSetHead,
  changeSetOfRow,
  codeSince,
  codesOfNewSeats,
  storeEdit,
  storeRecoded,
} from "./change-set-store.js";
import { checkEdit } from "./check-edit.js";
import { editInWords } from "./edit-words.js";
import { setupWithAdded, withRows } from "./setup-with-change-set.js";
import { valueWords } from "./values-in-words.js";

/** An edit as it was written, and what its writer saw in the set. */
export interface WrittenEdit {
  readonly edit: ChangeEdit;
  /** Null: nothing of that row; undefined: they had not looked. */
  readonly seen: ChangeEdit | null | undefined;
  /** Why whoever it names may not be seated: told with all else that is wrong with it. */
  readonly refusal: Problem | null;
  readonly now: Date;
}

/** So many are named; the rest is named when those are taken out. */
const maxNamed = 5;

/** Under which code the set adds the row so far; null: under the same one, or it does not add it. */
function earlierCode(edit: ChangeEdit, seen: ChangeEdit | null | undefined): string | null {
  if (seen?.act !== "create" || edit.act !== "create" || seen.table !== edit.table) return null;
  return isSeatChange(edit) || seen.code === edit.code ? null : seen.code;
}

const names = (value: unknown, code: string): boolean => (Array.isArray(value) ? value.includes(code) : value === code);

const isSaid: Bilingual = { en: "", ar: "" };
const allCases: Bilingual = msg("policy-change-sets.putEdit.allCases");
const someCases: Bilingual = msg("policy-change-sets.putEdit.someCases");

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
    return [listed([editInWords(edit, setup, now).words, how], "")];
  });
  const namings = namingsOf(drafts.map(openDefinition), table, stood);
  return [...edits, ...namings.map(({ source, title }) => placeWords(source, title))];
}

/** Faults at `/code`. */
function codeFaults(edit: ChangeEdit, beside: Beside): FieldFault[] {
  if (edit.act !== "create" || isSeatChange(edit)) return [];
  const { table, code } = edit;
  const again = beside.earlier?.act === "create";
  if (again || beside.others.some((one) => one.act === "create" && one.table === table && one.code === code))
    return [refusals.codeTaken(code)];
  if (beside.stood === code) return [];
  const named = namedBy(table, beside);
  if (named.length === 0) return [];
  const more = named.length - maxNamed;
  const naming = listed(named.slice(0, maxNamed), semicolon);
  const { stood } = beside;
  const reason =
    more > 0
      ? msg("policy-change-sets.putEdit.codeStaysMore", { code: stood ?? "", naming, more })
      : msg("policy-change-sets.putEdit.codeStays", { code: stood ?? "", naming });
  return [{ field: "/code", reason }];
}

/** Another than that of any seat there is or was, and of any that an open change-set adds. Problem invalid-input, as `checkSeat`. */
async function withSeatCode(
  db: Database,
  edit: ChangeEdit,
  { setup, edits }: { setup: Setup; edits: readonly ChangeEdit[] },
  transaction: Transaction,
): Promise<ChangeEdit> {
  if (edit.table !== "seats" || edit.act !== "create" || edit.code !== "") return edit;
  const { role = "", titleAr = "", titleEn = "", entity, sector } = edit.values;
  const rows = withRows(
    setup,
    edits.filter(({ table }) => table !== "seats"),
  );
  const seat = checkSeat({ role, titleAr, titleEn, entity: entity ?? null, sector: sector ?? null }, rows);
  const { code: programme } = setup.programme;
  const taken = [
    ...(await seatCodes(db, programme, transaction)),
    ...(await codesOfNewSeats(db, programme, transaction)),
  ];
  return { ...edit, code: freeSeatCode(seat, new Set(taken)) };
}

const valuesOf = (edit: ChangeEdit | null): FlatRow => (edit !== null && "values" in edit ? { ...edit.values } : {});

/**
 * Problem conflict: the set says something else of the row by now, with a fault at each column; or nothing any more.
 * @param seen null: nothing of that row stood in the set
 */
function requireUnchanged(
  seen: ChangeEdit | null,
  stands: ChangeEdit | null,
  { head, setup, now }: { head: ChangeSetHead; setup: Setup; now: Date },
): void {
  if (isSame(seen, stands)) return;
  const { savedBy } = head;
  if (stands === null) throw new Problem("conflict", msg("policy-change-sets.putEdit.somebodyTookThisOutOf"));
  const [was, is] = [valuesOf(seen), valuesOf(stands)];
  const moved = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => !isSame(was[name], is[name]));
  const faults = moved.map((name): FieldFault => {
    const value = valueWords(setup, name, is[name]);
    const reason =
      name in is
        ? msg("policy-change-sets.putEdit.inTheChangeSetItIs", { value })
        : msg("policy-change-sets.putEdit.theChangeSetLeavesItAs");
    return { field: `/${name}`, reason };
  });
  const said = editInWords(stands, setup, now).words;
  if (seen === null)
    throw new Problem("conflict", msg("policy-change-sets.putEdit.somebodyPutThisIntoThe", { said, savedBy }), faults);
  throw new Problem("conflict", msg("policy-change-sets.putEdit.somebodyChangedThisInThe", { savedBy }), faults);
}

/** Problems: as `ChangeSets.put`. */
export async function putEdit(
  db: Database,
  { head, setup, transaction }: { head: ChangeSetHead; setup: Setup; transaction: Transaction },
  { edit: written, seen, refusal, now }: WrittenEdit,
): Promise<void> {
  const { id, programme } = head;
  const set = await readChangeSet(db, id, transaction);
  try {
    const edit = await withSeatCode(db, written, { setup, edits: set.edits }, transaction);
    const { table: of, code } = edit;
    const stood = earlierCode(edit, seen) ?? code;
    const holder = await changeSetOfRow(db, { programme, of, code }, transaction);
    if (holder !== null && holder.id !== id) throw inAnother(holder.title);
    const others = set.edits.filter((one) => one.table !== of || one.code !== stood);
    const under = (known: string | null) => set.edits.find((one) => one.table === of && one.code === known);
    const stands = under(stood) ?? (seen && under(await codeSince(db, { id, of, code: stood }, transaction))) ?? null;
    if (head.edits >= maxEdits && stands === null) throw tooMany();
    const named = setupWithAdded(setup, set.edits);
    if (seen !== undefined) requireUnchanged(seen, stands, { head, setup: named, now });
    const earlier = seen === undefined ? stands : null;
    const ofCode = codeFaults(edit, { earlier, stood, others, drafts: set.drafts, setup: named, now });
    const calendars = await publishedCalendars(db, programme, transaction);
    const people = await peopleOf(db, [...others, edit], transaction);
    const after = (one: ChangeEdit): Setup => {
      const steps = planSteps([...others, one], setup);
      return projectSetup(setup, { steps, policies: set.policies, people, now });
    };
    const kept = checkEdit(edit, { setup, after, calendars, earlier, ofCode, now });
    if (refusal !== null) throw refusal;
    if (stands !== null && stands.code !== code)
      await storeRecoded(db, { id, of, stood: stands.code, code, edit: kept }, transaction);
    else await storeEdit(db, { id, programme, of, code, edit: kept }, transaction);
  } catch (error) {
    throw withRefusal(error, refusal);
  }
}
