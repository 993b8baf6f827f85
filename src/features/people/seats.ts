/** What a new seat must be, before it is written: its role, its place, its words, its code. */

import { placeOfRole, type RoleCode, roleCodes, roleNames, roleOf } from "../../engine/access/roles.js";
import type { Labelled, Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { unreadableText } from "../../engine/text/unreadable-text.js";

export interface SeatInput {
  /** Left out: made of the role and the place. */
  readonly code?: string | null;
  readonly role: string;
  readonly titleAr: string;
  readonly titleEn: string;
  readonly entity?: string | null;
  readonly sector?: string | null;
}

export interface CheckedSeat {
  readonly code: string | null;
  readonly role: RoleCode;
  readonly title: Bilingual;
  readonly entity: string | null;
  readonly sector: string | null;
}

const longestTitle = 200;
const codeForm = /^[A-Z][A-Za-z0-9_-]{0,79}$/;

const isRole = (role: string): role is RoleCode => (roleCodes as readonly string[]).includes(role);

function titleFault(field: string, written: string): FieldFault | null {
  const title = written.trim();
  if (title === "") return { field, reason: msg("people.seats.aTitleIsNeededIn") };
  if (title.length > longestTitle) {
    const reason = msg("people.seats.aTitleHasAtMost", { longestTitle });
    return { field, reason };
  }
  const unreadable = unreadableText(title, { lines: false });
  return unreadable === null ? null : { field, reason: unreadable };
}

type Titles = Pick<SeatInput, "titleAr" | "titleEn">;

/** At `/titleAr` and `/titleEn`. */
export const titleFaults = (a: Titles): FieldFault[] =>
  [titleFault("/titleAr", a.titleAr), titleFault("/titleEn", a.titleEn)].filter((fault) => fault !== null);

const storedTitles = (a: Titles): Bilingual => ({
  ar: a.titleAr.trim().normalize("NFC"),
  en: a.titleEn.trim().normalize("NFC"),
});

/** The titles as they are stored. Problem invalid-input, as `titleFaults`. */
export function checkTitles(a: Titles): Bilingual {
  const faults = titleFaults(a);
  if (faults.length > 0) throw faultsProblem(faults);
  return storedTitles(a);
}

function faultsProblem(faults: readonly FieldFault[]): Problem {
  return new Problem("invalid-input", msg("people.seats.theSeatCannotBeStored"), faults);
}

function placeFault(
  kind: "entity" | "sector",
  a: { role: RoleCode; code: string | null; rows: ReadonlyMap<string, Labelled> },
): FieldFault | null {
  const { role, code, rows } = a;
  const field = `/${kind}`;
  const name = roleNames[role];
  if (placeOfRole[role] !== kind) {
    if (code === null) return null;
    const reason = msg("people.seats.aSeatOfTheRole", { name, kind });
    return { field, reason };
  }
  if (code === null) {
    const reason = msg("people.seats.sayToWhichThisSeat", { kind, name });
    return { field, reason };
  }
  const row = rows.get(code);
  if (row === undefined) return { field, reason: msg("people.seats.thereIsNo", { kind, code }) };
  if (!row.retired) return null;
  return { field, reason: msg("people.seats.isRetired", { name: row.name }) };
}

function codeFault(code: string | null): FieldFault | null {
  if (code === null || codeForm.test(code)) return null;
  const reason = msg("people.seats.aCodeBeginsWithA");
  return { field: "/code", reason };
}

const textOrNull = (written: string | null | undefined): string | null => written?.trim() || null;

/** Everything that is wrong at once, at `/role`, `/entity`, `/sector`, `/code`, `/titleAr`, `/titleEn`. */
export function seatFaults(input: SeatInput, setup: Setup): FieldFault[] {
  const { role } = input;
  const places = isRole(role)
    ? [
        placeFault("entity", { role, code: textOrNull(input.entity), rows: setup.entities }),
        placeFault("sector", { role, code: textOrNull(input.sector), rows: setup.sectors }),
      ]
    : [{ field: "/role", reason: msg("people.seats.roleNotFound") }];
  const faults = [...titleFaults(input), ...places, codeFault(textOrNull(input.code))];
  return faults.filter((fault) => fault !== null);
}

/** The seat as it is stored. Problem invalid-input, as `seatFaults`. */
export function checkSeat(input: SeatInput, setup: Setup): CheckedSeat {
  const faults = seatFaults(input, setup);
  const { role } = input;
  if (faults.length > 0 || !isRole(role)) throw faultsProblem(faults);
  return {
    code: textOrNull(input.code),
    role,
    title: storedTitles(input),
    entity: textOrNull(input.entity),
    sector: textOrNull(input.sector),
  };
}

/** A code in the manner of the shipped ones: `FOCAL-MOH-3`. */
export function freeSeatCode(seat: CheckedSeat, taken: ReadonlySet<string>): string {
  const place = seat.entity ?? seat.sector;
  const stem = [roleOf[seat.role].seatCode, ...(place === null ? [] : [place])].join("-").slice(0, 70);
  for (let n = 1; ; n += 1) if (!taken.has(`${stem}-${n}`)) return `${stem}-${n}`;
}
