/** Cases by who sent them: only where the asker may know it, and whoever asks is on record, before anything is answered. */

import { type Actor, type CaseReach, personalReach } from "../../../engine/access/permissions.js";
import type { FoundCase } from "../../../engine/search/case-search.js";
import { nameQuery } from "../../../engine/search/name-words.js";
import { countryOf } from "../../../engine/setup/countries.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { isMailAddress } from "../../../engine/text/mail-address.js";
import { maskPersonal } from "../../../engine/text/mask-personal.js";
import { msg } from "../../../engine/text/msg.js";
import { normaliseText } from "../../../engine/text/normalise-text.js";
import { Problem } from "../../../engine/text/problems.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import { TookTooLong } from "../../../platform/db/bounded-query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { readPhoneNumber } from "../../../platform/sms/phone-numbers.js";
import { type ApplicantKey, casesOfApplicant } from "./applicant-queries.js";
import { setupsIn } from "./reached-setups.js";
import type { SearchParts } from "./search-cases.js";
import { tooManyFound } from "./search-refusals.js";
import { rowsOfCases } from "./searched-rows.js";
import { shownCases } from "./shown-cases.js";

export interface ApplicantAsked {
  /** A name of two words or more, a telephone number, an e-mail address or a national number. */
  readonly applicant: unknown;
  readonly actor: Actor;
  readonly now: Date;
}

export interface ApplicantFound {
  /** What it was taken for. */
  readonly by: ApplicantKey;
  /** As it is on record: never the whole. */
  readonly masked: string;
  /** The newest first. Nothing of the applicant is in them. */
  readonly cases: readonly FoundCase[];
  /** True: there are more than are shown. */
  readonly more: boolean;
}

const maxShown = 50;
const maxTyped = 200;

export interface Sought {
  readonly by: ApplicantKey;
  readonly value: string;
  readonly masked: string;
}

function mask(by: ApplicantKey, value: string): string {
  const nobody = { name: null, nationalNumber: null, phone: null, email: null };
  return maskPersonal({ ...nobody, [by]: value })[by] ?? "";
}

/**
 * What someone typed to name an applicant by. Ten digits are a national number unless they are a telephone's.
 * @param country where a number without a code is dialled
 */
export function soughtIn(typed: string, country: string): Sought | null {
  const plain = normaliseText(typed);
  const found = (by: ApplicantKey, value: string, shown = value): Sought => ({ by, value, masked: mask(by, shown) });
  if (plain.includes("@")) return isMailAddress(plain) ? found("email", plain) : null;
  if (/^[+\d\s()./-]+$/.test(plain)) {
    const phone = readPhoneNumber(plain, country);
    if (phone !== null) return found("phone", phone);
    const digits = plain.replace(/[\s-]/g, "");
    return /^\d{10}$/.test(digits) ? found("nationalNumber", digits) : null;
  }
  const query = nameQuery(plain);
  return query === null ? null : found("name", query, plain);
}

function nobodySought(): Problem {
  const reason = msg("cases-list.findApplicant.typeAWholeTelephoneNumber");
  return new Problem("invalid-input", reason, [{ field: "/applicant", reason }]);
}

function notForThem(): Problem {
  return new Problem("forbidden", msg("cases-list.findApplicant.onlyHandlersMayLook"));
}

const countriesOf = (setups: ReadonlyMap<string, Setup>): readonly string[] => [
  ...new Set([...setups.values()].map(({ programme }) => countryOf(programme.settings))),
];

/** As it is dialled in the first of the countries that finds someone. */
async function casesSought(
  { db }: SearchParts,
  { typed, countries, personal }: { typed: string; countries: readonly string[]; personal: CaseReach },
): Promise<{ readonly sought: Sought; readonly ids: readonly { readonly id: number }[] }> {
  const meant = countries.flatMap((country) => soughtIn(typed, country) ?? []);
  const [first, ...others] = meant.filter(
    ({ by, value }, i) => meant.findIndex((one) => one.by === by && one.value === value) === i,
  );
  if (first === undefined) throw nobodySought();
  const look = (sought: Sought) =>
    casesOfApplicant(db, { ...sought, personal, limit: maxShown + 1 }).catch((error: unknown) => {
      throw error instanceof TookTooLong ? tooManyFound("/applicant") : error;
    });
  const ids = await look(first);
  for (const other of ids.length === 0 ? others : []) {
    const found = await look(other);
    if (found.length > 0) return { sought: other, ids: found };
  }
  return { sought: first, ids };
}

/**
 * The cases of an applicant among those of which the actor may know who sent them. Each search is an entry of the audit in
 * every programme that was looked into, with what was sought masked and the references of what was found. Problems:
 * forbidden, invalid-input at `/applicant`.
 */
export async function findApplicant(parts: SearchParts, a: ApplicantAsked): Promise<ApplicantFound> {
  const personal = personalReach(a.actor);
  const setups = await setupsIn(parts, personal);
  if (setups.size === 0) throw notForThem();
  const typed = typeof a.applicant === "string" ? a.applicant.slice(0, maxTyped) : "";
  const { sought, ids } = await casesSought(parts, { typed, countries: countriesOf(setups), personal });
  const rows = await rowsOfCases(parts.db, { ids: ids.slice(0, maxShown).map(({ id }) => id), reach: personal });
  const cases = await shownCases(parts.policies, { rows, setups, now: a.now, reader: a.actor });
  await inTransaction(parts.db, async (tx) => {
    for (const programme of setups.keys()) {
      const found = cases.filter((one) => one.programme.code === programme).map(({ reference }) => reference);
      const data = { programme, by: sought.by, sought: sought.masked, found };
      await appendAudit(tx, parts.db, {
        stream: "personal",
        type: "applicant.sought",
        actor: a.actor,
        data,
        at: a.now,
      });
    }
  });
  return { by: sought.by, masked: sought.masked, cases, more: ids.length > maxShown };
}
