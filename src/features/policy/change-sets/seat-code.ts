/** The code of a new seat whose writer gave it none, in the manner of the shipped ones. */
import type { Transaction } from "sequelize";
import type { Setup } from "../../../engine/setup/setup.js";
import type { Database } from "../../../platform/db/query.js";
import { seatCodes } from "../../people/people-queries.js";
import { checkSeat, freeSeatCode } from "../../people/seats.js";
import type { ChangeEdit } from "./change-edit.js";
import { codesOfNewSeats } from "./change-set-store.js";
import { withRows } from "./setup-beside.js";

/** Another than that of any seat there is or was, and of any that an open change-set adds. Problem invalid-input, as `checkSeat`. */
export async function withSeatCode(
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
