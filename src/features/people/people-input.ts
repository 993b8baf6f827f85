/** What the acts with seats, accounts and keys take from a browser. Each fault stands at its field. */

import { type Actor, can } from "../../engine/access/permissions.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import type { PermissionAction } from "../../platform/admin/define-resource.js";

type Input = Readonly<Record<string, unknown>>;

export function faultAt(field: string, reason: Bilingual): Problem {
  return new Problem("invalid-input", reason, [{ field: `/${field}`, reason }]);
}

const needed: Bilingual = msg("people.peopleInput.needed");
const longest = 500;
/** Years that a term may lie in: a slip of the pen is not a term. */
const [earliest, latest] = [Date.parse("2000-01-01T00:00:00Z"), Date.parse("2100-01-01T00:00:00Z")];

/** A text that is there. Problem invalid-input. */
export function textOf(input: Input, field: string): string {
  const value = input[field];
  if (typeof value !== "string" || value.trim() === "") throw faultAt(field, needed);
  if (value.length > longest) {
    throw faultAt(field, msg("people.peopleInput.atMostCharacters", { longest }));
  }
  return value.trim();
}

/** A text, or null where nothing was written. Problem invalid-input. */
export function optionalTextOf(input: Input, field: string): string | null {
  const value = input[field];
  return value === undefined || value === null || value === "" ? null : textOf(input, field);
}

/** A moment with its zone, or null where none was chosen. Problem invalid-input. */
export function momentOf(input: Input, field: string): Date | null {
  const value = input[field];
  if (value === undefined || value === null || value === "") return null;
  const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
  const at = typeof value === "string" && form.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at) || at < earliest || at > latest) {
    throw faultAt(field, msg("people.peopleInput.chooseADayAndA"));
  }
  return new Date(at);
}

/** The programme in which something new is made: the only one of the actor's, or the one that was chosen. */
export function programmeOf(input: Input, actor: Extract<Actor, { kind: "user" }>, action: PermissionAction): string {
  const own = [...new Set(actor.seats.map(({ programme }) => programme))].filter((programme) =>
    can(actor, action, { programme }),
  );
  const named = input.programme;
  if (named === undefined || named === null || named === "") {
    if (own.length === 1 && own[0] !== undefined) return own[0];
    throw faultAt("programme", msg("people.peopleInput.chooseTheProgramme"));
  }
  if (typeof named === "string" && own.includes(named)) return named;
  throw faultAt("programme", msg("people.peopleInput.thisIsNoneOfYours"));
}
