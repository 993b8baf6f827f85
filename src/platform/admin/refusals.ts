/** The refusals of this door, each said in one place. */
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";

/** Unknown, or not this official's: nobody can tell which. */
export const nothingHere = (): Problem => new Problem("not-found", msg("admin.refusals.thereIsNothingAtThis"));

export const notSignedIn = (): Problem => new Problem("unauthenticated", msg("admin.refusals.youAreNotSignedIn"));

export const notFromHere = (): Problem => new Problem("forbidden", msg("admin.refusals.thisRequestDidNotCome"));

export const notAllowed = (): Problem => new Problem("forbidden", msg("admin.refusals.yourSeatDoesNotAllow"));

/** A query parameter that is not taken here, or not in this form. */
export const badParameter = (name: string, reason: Bilingual): Problem =>
  new Problem("malformed-request", msg("admin.refusals.theAddressCannotBeUsed", { name, reason }), [
    { field: `?${name}`, reason },
  ]);

/** Faults at fields of what was sent. */
export const badInput = (faults: readonly FieldFault[]): Problem =>
  new Problem("invalid-input", msg("admin.refusals.correctTheMarkedFields"), faults);

export const badBody = (detail: Bilingual, faults: readonly FieldFault[] = []): Problem =>
  new Problem("malformed-request", detail, faults);
