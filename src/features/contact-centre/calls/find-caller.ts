/**
 * Who may be calling: people whose applications have this telephone number or name, masked, with type, state and month of
 * their earlier applications. Never a text, a reference or a confidential case. Each look is counted and on record before
 * anything is answered.
 */

import { type Actor, callerReach, can } from "../../../engine/access/permissions.js";
import { dateIn, formatMonth } from "../../../engine/formatting/moments.js";
import { groupedBy } from "../../../engine/grouped-by.js";
import { likeness, stemSet } from "../../../engine/search/likeness.js";
import { nameVector } from "../../../engine/search/name-words.js";
import { countryOf } from "../../../engine/setup/countries.js";
import { maskPersonal, type PersonalData } from "../../../engine/text/mask-personal.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { type Bilingual, perLanguage } from "../../../engine/text/text.js";
import { appendAudit } from "../../../platform/audit/audit-store.js";
import { TookTooLong } from "../../../platform/db/bounded-query.js";
import type { Database } from "../../../platform/db/query.js";
import { inTransaction } from "../../../platform/db/transaction.js";
import { isOptedOut } from "../../../platform/sms/opt-outs.js";
import { exampleNumber } from "../../../platform/sms/phone-numbers.js";
import type { Tries } from "../../cases/act/applicant-tries.js";
import { applicantsOf, casesOfApplicant } from "../../cases/list/applicant-queries.js";
import { type Sought, soughtIn } from "../../cases/list/find-applicant.js";
import { tooManyFound } from "../../cases/list/search-refusals.js";
import { rowsOfCases, type SearchedRow } from "../../cases/list/searched-rows.js";
import { stemShares } from "../../cases/list/similar-queries.js";
import type { Policies } from "../../setup/policies.js";
import { type CutOffCall, cutOffCalls } from "./continue-call.js";
import { countCallTime, foundIn, noteFound } from "./draft-store.js";

/** All that an agent learns of an earlier case before its caller proves that it is theirs. */
export interface CallerEarlier {
  readonly type: Bilingual;
  readonly state: Bilingual;
  /** `November 2026`, by the programme's wall. */
  readonly month: Bilingual;
  /** Its place in what the look-up of this call found: by it and its code it is opened. */
  readonly row: number;
}

export interface CallerPerson {
  /** As far as to recognise them; null where the applications have no name. */
  readonly name: string | null;
  readonly phone: string | null;
  /** The newest first. */
  readonly cases: readonly CallerEarlier[];
  /** How many more there are than are shown. */
  readonly more: number;
}

export interface FoundCallers {
  readonly by: Sought["by"];
  /** A telephone number in its one written form; null where something else was sought. */
  readonly phone: string | null;
  /** Its owner wants no text messages. */
  readonly stopped: boolean;
  readonly people: readonly CallerPerson[];
  /** Calls of colleagues that are open with this number. */
  readonly cutOff: readonly CutOffCall[];
  /** True: more cases fit than were looked at. */
  readonly more: boolean;
}

interface Asked {
  readonly token: string;
  readonly programme: string;
  readonly actor: Actor & { readonly kind: "user" };
  readonly now: Date;
}

/** `sought`: a telephone number in any form, a name of two words or more, an e-mail address or a national number. */
export interface FindCaller extends Asked {
  readonly sought: unknown;
}
export interface LikelySame extends Asked {
  readonly story: string;
}

export interface FindCallerParts {
  readonly db: Database;
  readonly policies: Policies;
  readonly tries: Pick<Tries, "lookUp" | "comparison">;
}

const maxTyped = 200;
const maxLooked = 60;
const maxPeople = 12;
const maxEarlier = 5;

function whomSought(typed: unknown, country: string): Sought {
  const sought = soughtIn(typeof typed === "string" ? typed.slice(0, maxTyped) : "", country);
  if (sought !== null) return sought;
  const { dialled, whole } = exampleNumber(country);
  const reason = msg("contact-centre.findCaller.typeAWholeNumberOrName", { dialled, whole });
  throw new Problem("invalid-input", reason, [{ field: "/sought", reason }]);
}

/** Somebody with one name and one number; two national numbers under them are two people. */
function groupedByPerson(rows: readonly SearchedRow[], people: ReadonlyMap<number, PersonalData>): SearchedRow[][] {
  const alike = groupedBy(rows, ({ id }) => {
    const { name = null, phone = null, email = null } = people.get(id) ?? {};
    return JSON.stringify([nameVector(name).split(" ").sort(), phone ?? email]);
  });
  return [...alike.values()].flatMap((group) => {
    const numbers = new Set(group.flatMap(({ id }) => people.get(id)?.nationalNumber ?? []));
    if (numbers.size < 2) return [group];
    return [...groupedBy(group, ({ id }) => people.get(id)?.nationalNumber ?? "").values()];
  });
}

const monthOf = (date: string): Bilingual =>
  perLanguage((language) => `${formatMonth(date.slice(0, 7), language)} ${date.slice(0, 4)}`);

/** @param rows of one programme */
async function earlierOf(
  { policies }: FindCallerParts,
  a: { programme: string; rows: readonly SearchedRow[]; found: readonly number[] },
): Promise<ReadonlyMap<number, CallerEarlier>> {
  const { setup } = await policies.fresh(a.programme);
  const pinned = await policies.pin(
    a.rows.map(({ workflowVersionId, clocks }) => ({ workflow: { versionId: workflowVersionId }, clocks })),
  );
  const named = (row: SearchedRow): CallerEarlier => {
    const state = pinned.workflowOf(row.workflowVersionId).states[row.state];
    return {
      type: setup.types.get(row.type)?.name ?? { ar: row.type, en: row.type },
      state: state?.told ?? state?.name ?? { ar: row.state, en: row.state },
      month: monthOf(dateIn(row.receivedAt, setup.programme.timeZone)),
      row: a.found.indexOf(row.id),
    };
  };
  return new Map(a.rows.map((row) => [row.id, named(row)]));
}

const ofProgramme = (a: Asked) => ({ ...callerReach(a.actor), all: [a.programme] });

/** Problem not-found where the actor serves no callers of the programme. */
function authorise({ actor, programme }: Asked): void {
  if (!can(actor, "caller.serve", { programme })) {
    throw new Problem("not-found", msg("contact-centre.findCaller.notYourProgramme"));
  }
}

/**
 * People who may be calling. Problems: not-found, too-many-requests, invalid-input at `/sought`. What was found is noted with the
 * call `token`, for `likelySame`.
 */
export async function findCaller(parts: FindCallerParts, a: FindCaller): Promise<FoundCallers> {
  const { db, tries } = parts;
  authorise(a);
  const { actor, now, programme, token } = a;
  const { setup } = await parts.policies.current(programme);
  const sought = whomSought(a.sought, countryOf(setup.programme.settings));
  await tries.lookUp({ userId: actor.userId, now });
  const reach = ofProgramme(a);
  const ids = await casesOfApplicant(db, { ...sought, personal: reach, limit: maxLooked + 1 }).catch(
    (error: unknown) => {
      throw error instanceof TookTooLong ? tooManyFound("/sought") : error;
    },
  );
  const looked = ids.slice(0, maxLooked).map(({ id }) => id);
  const rows = await rowsOfCases(db, { ids: looked, reach });
  await inTransaction(db, async (tx) => {
    const found = rows.map(({ reference }) => reference);
    const data = { programme, by: sought.by, sought: sought.masked, found, forCall: true };
    await appendAudit(tx, db, { stream: "personal", type: "applicant.sought", actor, data, at: now });
  });
  await countCallTime(db, { agent: actor.userId, token, now });
  const phone = sought.by === "phone" ? sought.value : null;
  await noteFound(db, { agent: actor.userId, programme, token, found: looked, phone, now });
  const people = await applicantsOf(db, looked);
  const earlier = await earlierOf(parts, { programme, rows, found: looked });
  const groups = groupedByPerson(rows, people).map((group): CallerPerson => {
    const masked = maskPersonal(
      people.get(group[0]?.id ?? 0) ?? { name: null, nationalNumber: null, phone: null, email: null },
    );
    return {
      name: masked.name,
      phone: masked.phone,
      cases: group.slice(0, maxEarlier).flatMap(({ id }) => earlier.get(id) ?? []),
      more: Math.max(0, group.length - maxEarlier),
    };
  });
  return {
    by: sought.by,
    phone,
    stopped: phone !== null && (await isOptedOut(db, phone)),
    people: groups.slice(0, maxPeople),
    cutOff: phone === null ? [] : await cutOffCalls(db, { setup, programme, agent: actor.userId, phone, now }),
    more: ids.length > maxLooked || groups.length > maxPeople,
  };
}

/** From so much in common on two applications may be one. */
const likelyShare = 0.3;
const leastStems = 4;
const maxLikely = 3;

/**
 * Earlier cases of this caller that may be about the same, of those that the look-ups of this call found: by type, state and month,
 * like there. Problems: not-found, too-many-requests.
 */
export async function likelySame(parts: FindCallerParts, a: LikelySame): Promise<readonly CallerEarlier[]> {
  const { db, tries } = parts;
  authorise(a);
  const ours = stemSet(a.story);
  if (ours.size < leastStems) return [];
  const ids = await foundIn(db, { agent: a.actor.userId, token: a.token });
  if (ids.length === 0) return [];
  await tries.comparison({ userId: a.actor.userId, now: a.now });
  const [rows, shares] = await Promise.all([rowsOfCases(db, { ids, reach: ofProgramme(a) }), stemShares(db)]);
  const likely = rows
    .map((row) => ({ row, share: likeness(ours, stemSet(`${row.subject} ${row.description}`), shares) }))
    .filter(({ share }) => share >= likelyShare)
    .sort((one, other) => other.share - one.share)
    .slice(0, maxLikely)
    .map(({ row }) => row);
  const earlier = await earlierOf(parts, { programme: a.programme, rows: likely, found: ids });
  return likely.flatMap(({ id }) => earlier.get(id) ?? []);
}
