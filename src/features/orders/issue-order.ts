/**
 * Issues orders: an official asks an entity for an explanation or directs it, or asks the operation room. An order is a case without an
 * applicant; the position that asks takes their part. Several entities get one case each, all of them in one statement or none.
 */
import { type Actor, can, type HeldSeat, orderingSeats } from "../../engine/access/permissions.js";
import { dayNumberOf } from "../../engine/calendar/civil-date.js";
import { civilDate, shiftDate, startOfDay } from "../../engine/calendar/civil-days.js";
import type { Application, Case } from "../../engine/lifecycle/case.js";
import { makeReference, parseReference } from "../../engine/lifecycle/case-reference.js";
import { finishOutcome } from "../../engine/lifecycle/finish-outcome.js";
import { openCase } from "../../engine/lifecycle/open-case.js";
import { orderTypes, seatsToAskFrom } from "../../engine/lifecycle/orders.js";
import { ofToday } from "../../engine/lifecycle/present-entity.js";
import { isLive } from "../../engine/rules/fact-catalogue.js";
import { isOfficeKind } from "../../engine/setup/channel-kinds.js";
import type { Policy } from "../../engine/setup/policy.js";
import type { ApplicationType, Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import { type Bilingual, inLanguage, perLanguage } from "../../engine/text/text.js";
import { uniqueViolation } from "../../platform/db/errors.js";
import type { CaseParts } from "../cases/case-parts.js";
import { caseByReference } from "../cases/case-queries.js";
import { insertCases, type OpenedCase } from "../cases/case-store.js";
import { openedUnder } from "./order-queries.js";
import { type FigureSeen, type SeenParts, whatWasSeen } from "./what-was-seen.js";

export interface OrderParts extends CaseParts, SeenParts {
  readonly nextCaseId: () => Promise<number>;
}

export interface OrderAsked {
  readonly actor: Actor;
  readonly now: Date;
  readonly programme: string;
  /** An internal type. */
  readonly type: string;
  /** The position that asks; left out: the first of the actor that may. */
  readonly seat?: number | undefined;
  /** Whom it asks, by code; empty: the operation room. */
  readonly entities: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** Until the end of this day, `YYYY-MM-DD`; null: as the rules say. */
  readonly until: string | null;
  /** The reference of the case it is about. */
  readonly about: string | null;
  /** The figure that was looked at; null: none. */
  readonly seen: FigureSeen | null;
  /** The page it is about, where the operation room is asked, and the number of the error that was seen there. */
  readonly page: string | null;
  readonly error: string | null;
  /** Made by the client: a request that is sent again opens nothing twice. */
  readonly actKey: string;
}

/** The most entities that one order is sent to. */
const mostAddressed = 200;
const longestSubject = 200;
const longestText = 5000;
/** Days that may be given. */
const longestDays = 366;
const attempts = 6;

const fault = (field: string, reason: Bilingual): FieldFault => ({ field, reason });
const refused = (faults: readonly FieldFault[]): Problem =>
  new Problem(
    "invalid-input",
    perLanguage((language) => faults.map(({ reason }) => inLanguage(reason, language)).join(" ")),
    faults,
  );

interface Checked {
  readonly type: ApplicationType;
  readonly channel: string;
  readonly entities: readonly (string | null)[];
  readonly seat: HeldSeat;
  readonly dueAt: Date | null;
  readonly about: Case | null;
}

/** The case it is about, as far as who is asked sees it too. */
async function caseAbout(parts: OrderParts, a: OrderAsked, setup: Setup, faults: FieldFault[]): Promise<Case | null> {
  if (a.about === null) return null;
  const reference = parseReference(a.about);
  const loaded = reference === null ? null : await caseByReference(parts.db, reference);
  const theCase = loaded?.theCase;
  if (
    theCase === undefined ||
    !can(a.actor, "case.read", { case: theCase, entities: setup.entities }) ||
    theCase.programme !== setup.programme.code
  ) {
    throw new Problem("not-found", msg("cases.caseParts.caseNotFound"));
  }
  if (theCase.confidential) faults.push(fault("/about", msg("orders.issueOrder.confidential")));
  else if (a.entities.length !== 1 || a.entities[0] !== theCase.entity)
    faults.push(fault("/entities", msg("orders.issueOrder.notTheirs")));
  return theCase;
}

function dayOf({ until, now }: OrderAsked, { programme }: Setup, faults: FieldFault[]): Date | null {
  if (until === null) return null;
  const today = civilDate(now, programme.timeZone);
  if (dayNumberOf(until) === null || until < today || until > shiftDate(today, longestDays)) {
    faults.push(fault("/until", msg("orders.issueOrder.whichDay")));
    return null;
  }
  return startOfDay(shiftDate(until, 1), programme.timeZone);
}

async function check(parts: OrderParts, a: OrderAsked, setup: Setup): Promise<Checked> {
  const faults: FieldFault[] = [];
  const toRoom = a.entities.length === 0;
  const types = orderTypes(setup, toRoom ? "room" : "entities");
  const type = types.find(({ code }) => code === a.type);
  if (type === undefined) faults.push(fault("/type", msg("orders.issueOrder.whichType")));
  const today = civilDate(a.now, setup.programme.timeZone);
  const named = [...new Set(a.entities.map((code) => ofToday(code, setup, today)))];
  for (const code of named) {
    const entity = setup.entities.get(code);
    if (entity === undefined || seatsToAskFrom(a.actor, setup, code).length === 0)
      throw refused([fault("/entities", msg("orders.issueOrder.notAbove"))]);
    if (!isLive(entity, today))
      faults.push(fault("/entities", msg("orders.issueOrder.notLive", { entity: entity.name })));
    const seats = a.actor.kind === "user" ? a.actor.seats : [];
    if (seats.some((seat) => seat.entity === code && (seat.role === "focal_point" || seat.role === "entity_manager")))
      faults.push(fault("/entities", msg("orders.issueOrder.toOneself", { entity: entity.name })));
  }
  const mayAll = (named.length === 0 ? [null] : named).map((code) => seatsToAskFrom(a.actor, setup, code));
  const seat = mayAll[0]?.find(
    (one) =>
      (a.seat === undefined || one.id === a.seat) && mayAll.every((some) => some.some(({ id }) => id === one.id)),
  );
  if (seat === undefined) throw new Problem("not-found", msg("orders.issueOrder.nothingToAsk"));
  if (a.subject.trim() === "" || a.subject.length > longestSubject)
    faults.push(fault("/subject", msg("orders.issueOrder.subject", { longestSubject: String(longestSubject) })));
  if (a.text.trim() === "" || a.text.length > longestText)
    faults.push(fault("/text", msg("orders.issueOrder.text", { longestText: String(longestText) })));
  const channel = [...setup.channels.values()].find(({ kind, retired }) => isOfficeKind(kind) && !retired);
  if (channel === undefined) faults.push(fault("/type", msg("orders.issueOrder.noChannel")));
  const dueAt = dayOf(a, setup, faults);
  const about = await caseAbout(parts, { ...a, entities: named }, setup, faults);
  if (faults.length > 0 || type === undefined || channel === undefined) throw refused(faults);
  return { type, channel: channel.code, entities: toRoom ? [null] : named, seat, dueAt, about };
}

/** Where it was, without what was typed or searched there. */
const placeOf = (page: string): string => (page.split(/[?#]/)[0] ?? "").slice(0, 200);

const keyOf = ({ actKey }: OrderAsked, seat: HeldSeat, entity: string | null): string =>
  `order/${seat.id}/${actKey}/${entity ?? ""}`;

async function opened(
  parts: OrderParts,
  a: OrderAsked,
  b: { checked: Checked; entity: string | null; policy: Policy },
): Promise<OpenedCase> {
  const { checked, entity, policy } = b;
  const { setup } = policy;
  const { defaultLanguage } = setup.programme;
  const seen = entity === null ? null : await whatWasSeen(parts, { policy, entity, now: a.now, seen: a.seen });
  const fields: Record<string, unknown> = {
    ...(seen !== null && { seen }),
    ...(checked.about !== null && { about: checked.about.reference }),
    ...(a.until !== null && { until: a.until }),
    ...(a.page !== null && { page: placeOf(a.page) }),
    ...(a.error !== null && { error: a.error.slice(0, 100) }),
  };
  const application: Application = {
    programme: setup.programme.code,
    type: checked.type.code,
    channel: checked.channel,
    language: defaultLanguage,
    subject: a.subject.trim().normalize("NFC"),
    description: a.text.trim().normalize("NFC"),
    sector: null,
    entity,
    service: null,
    governorate: null,
    pillar: null,
    importance: checked.about?.importance ?? null,
    category: null,
    anonymous: true,
    fields,
    receivedAt: a.now,
    imported: false,
  };
  const { draft } = await openCase({
    id: await parts.nextCaseId(),
    reference: makeReference(parts.random.bytes(8)),
    application,
    policy,
    actor: a.actor,
    now: a.now,
    order: { by: checked.seat.id as number, entity, dueAt: checked.dueAt },
  });
  const pinned = await parts.policies.pin([draft.theCase]);
  const outcome = finishOutcome({
    draft,
    before: [],
    workflow: pinned.workflowOf(draft.theCase.workflow.versionId),
    setup,
    calendarOf: pinned.calendarOf,
    applicantWays: [],
  });
  const rows = { codeHash: null, sourceId: keyOf(a, checked.seat, entity), applicant: null, idempotency: null };
  return { outcome, rows };
}

/** Problems: invalid-input (a fault a field), not-found (nothing that they may ask; a case that is not theirs to see), unavailable. */
export async function issueOrder(parts: OrderParts, a: OrderAsked): Promise<{ references: readonly string[] }> {
  if (a.entities.length > mostAddressed)
    throw refused([fault("/entities", msg("orders.issueOrder.tooMany", { mostAddressed: String(mostAddressed) }))]);
  for (let attempt = 1; ; attempt++) {
    const policy = await parts.policies.fresh(a.programme);
    const { setup } = policy;
    // Sent again it is what was opened, though its type was retired or its entity taken over since.
    const today = civilDate(a.now, setup.programme.timeZone);
    const names = new Set(a.entities.flatMap((code) => [code, ofToday(code, setup, today)]));
    const addressed = names.size === 0 ? [null] : [...names];
    const keys = orderingSeats(a.actor).flatMap((seat) => addressed.map((entity) => keyOf(a, seat, entity)));
    const before = await openedUnder(parts.db, { programme: a.programme, keys });
    if (before.length > 0) return { references: before };
    const checked = await check(parts, a, setup);
    const cases: OpenedCase[] = [];
    for (const entity of checked.entities) cases.push(await opened(parts, a, { checked, entity, policy }));
    try {
      if (await insertCases(parts.db, cases, { revision: setup.revision, messages: parts.messages }))
        return { references: cases.map(({ outcome }) => outcome.after.reference) };
      parts.policies.reload();
    } catch (error) {
      // Sent twice at once, or two references alike.
      if (uniqueViolation(error) === null) throw error;
    }
    if (attempt === attempts)
      throw new Problem("unavailable", msg("intake.receiveApplication.theConfigurationIsBeingChanged"), [], 2);
  }
}
