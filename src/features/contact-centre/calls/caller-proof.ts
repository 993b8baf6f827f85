/** By what a caller is recognised: the code, what stands in the application, or digits that went to its number and were read out in this call. */

import sql from "sql-template-tag";
import type { Actor } from "../../../engine/access/permissions.js";
import { parseReference } from "../../../engine/lifecycle/case-reference.js";
import { countryOf, defaultCountry } from "../../../engine/setup/countries.js";
import type { PersonalData } from "../../../engine/text/mask-personal.js";
import { msg } from "../../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../../engine/text/problems.js";
import { type Bilingual, inLanguage, type Language, perLanguage } from "../../../engine/text/text.js";
import { query } from "../../../platform/db/query.js";
import { type CaseParts, verifyCode } from "../../cases/case-parts.js";
import type { LoadedCase } from "../../cases/case-queries.js";
import { type Sought, soughtIn } from "../../cases/list/find-applicant.js";
import { openedByDigits } from "./call-store.js";
import { referenceFound } from "./draft-store.js";

export interface CallerAsked {
  readonly reference: unknown;
  /** The code as the caller reads it out; empty where they do not have it. */
  readonly code: unknown;
  /** A telephone number, e-mail address or national number as the caller says it. */
  readonly said: unknown;
  readonly actor: Actor;
  readonly now: Date;
  /** The call in which it was opened before; null: a new one. */
  readonly call: number | null;
  /** In place of a reference: what a look-up found in the call `token`, at that place. Only the code opens it then, or the digits. */
  readonly found?: { readonly token: string; readonly row: number } | null;
}

export interface Proof {
  readonly reference: string;
  readonly code: string | null;
  readonly said: Sought | null;
  /** Digits that went to its number: they show whose the number is, and not who calls. It opens what a link sent there may show. */
  readonly byDigits: boolean;
}

const maxTyped = 200;
const typed = (value: unknown): string => (typeof value === "string" ? value.slice(0, maxTyped).trim() : "");

const noReference: Bilingual = msg("contact-centre.serveCaller.noReference");
const noProof: Bilingual = msg("contact-centre.serveCaller.noProof");
const noCode: Bilingual = msg("contact-centre.serveCaller.noCode");

/** The same words whether the application is not there, not the caller's, or not to be followed by telephone. */
export function notRecognised(): Problem {
  return new Problem("not-found", msg("contact-centre.serveCaller.noApplicationWithThisNumber"));
}

type Parts = Pick<CaseParts, "db" | "policies">;

/** Where a number without a code is dialled: the country of the programme that has the application. */
async function countryOfCase({ db, policies }: Parts, reference: string | null): Promise<string> {
  const statement = sql`select programme from cases where reference = ${reference}`;
  const [found] = await query<{ programme: string }>(db, statement);
  return found ? countryOf((await policies.current(found.programme)).setup.programme.settings) : defaultCountry;
}

async function proofOf(parts: Parts, a: CallerAsked): Promise<Proof> {
  const reference = parseReference(typed(a.reference));
  const code = typed(a.code) || null;
  const said = soughtIn(typed(a.said), await countryOfCase(parts, reference));
  const faults: FieldFault[] = [];
  if (reference === null) faults.push({ field: "/reference", reason: noReference });
  if ((code === null && typed(a.said) === "") || (typed(a.said) !== "" && (said === null || said.by === "name"))) {
    faults.push({ field: "/said", reason: noProof });
  }
  if (reference === null || faults.length > 0) {
    const words = (language: Language) => faults.map(({ reason }) => inLanguage(reason, language)).join(" ");
    throw new Problem("invalid-input", perLanguage(words), faults);
  }
  return { reference, code, said, byDigits: false };
}

/** The reference of what a look-up of this agent's call found. Problem not-found. */
export async function foundReference({ db }: Pick<CaseParts, "db">, a: CallerAsked): Promise<string> {
  const reference =
    a.found && a.actor.kind === "user" ? await referenceFound(db, { agent: a.actor.userId, ...a.found }) : null;
  if (reference === null) throw new Problem("not-found", msg("contact-centre.serveCaller.lookAgain"));
  return reference;
}

/**
 * What the caller said, as proof. What a look-up found has no reference that the caller could say, and may have been found by a name or
 * number that others know: so only the code proves it. What digits opened stays open to that agent in that call.
 */
export async function proofFor(parts: Parts, a: CallerAsked): Promise<Proof> {
  const { db } = parts;
  const { actor, call, now } = a;
  if (actor.kind !== "user") return proofOf(parts, a);
  if (a.found && typed(a.reference) === "") {
    const code = typed(a.code);
    if (code === "") throw new Problem("invalid-input", noCode, [{ field: "/code", reason: noCode }]);
    return { reference: await foundReference({ db }, a), code, said: null, byDigits: false };
  }
  const reference = parseReference(typed(a.reference));
  if (call !== null && reference !== null && typed(a.code) === "" && typed(a.said) === "") {
    const open = await openedByDigits(db, { call, agent: actor.userId, now });
    if (open === reference) return { reference, code: null, said: null, byDigits: true };
  }
  return proofOf(parts, a);
}

/** What was said has to fit, all of it: a wrong code is not made good by a number that someone knows. */
export function recognises(
  loaded: LoadedCase,
  applicant: PersonalData | null,
  { code, said, byDigits }: Proof,
): boolean {
  if (byDigits) return !loaded.theCase.confidential;
  if (code !== null && !verifyCode(loaded, code)) return false;
  if (said === null) return code !== null;
  if (said.by === "name") return false;
  const known = applicant?.[said.by] ?? null;
  return known !== null && known.toLowerCase() === said.value.toLowerCase();
}

export const recognisedBy = ({ code, said, byDigits }: Proof): readonly string[] => [
  ...(code === null ? [] : ["code"]),
  ...(said === null ? [] : [said.by]),
  ...(byDigits ? ["digits"] : []),
];
