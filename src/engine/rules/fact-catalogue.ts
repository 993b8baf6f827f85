/**
 * What rules and workflow guards may ask about a case: names, types and allowed values, fed by the set-up.
 *
 * Every fact is always given: null when it is not known, never undefined, because json-rules-engine takes an undefined
 * value for unequal to everything. Who the applicant is (name, gender, national number) is never a fact.
 */

import type { Actor } from "../access/permissions.js";
import { dayMs, weekdays } from "../calendar/civil-date.js";
import { civilDate, wallClock } from "../calendar/civil-days.js";
import type { WorkingCalendar } from "../calendar/working-calendar.js";
import type { Application, Case } from "../lifecycle/case.js";
import { isEscalatedTo } from "../lifecycle/escalated-to.js";
import { lastThatBinds } from "../lifecycle/reminders.js";
import { takenOver } from "../lifecycle/successor.js";
import type { Entity, ExtraField, Labelled, LocationAnswer, Setup } from "../setup/setup.js";
import { languages } from "../text/languages.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";
import { matchKeywords } from "./match-keywords.js";
import { sampleBucketOf } from "./sample-bucket.js";

export interface FactDefinition {
  readonly name: string;
  readonly label: Bilingual;
  readonly type: "string" | "number" | "boolean" | "strings";
  /** The only values it takes, from the set-up; absent where it is open. */
  readonly values?: readonly string[];
  readonly nullable: boolean;
  /** A number that stands for a date: 20260131. */
  readonly isDate?: true;
}

export type Facts = Record<string, unknown>;

type CatalogueSetup = Pick<
  Setup,
  | "programme"
  | "sectors"
  | "entities"
  | "services"
  | "pillars"
  | "importanceLevels"
  | "types"
  | "channels"
  | "categories"
  | "governorates"
  | "keywordLists"
>;

const secondsAnHour = 3600;
const actorKinds = ["user", "applicant", "channel", "system"] as const;

type Row = readonly [
  name: string,
  label: Bilingual,
  type: FactDefinition["type"],
  nullable: boolean,
  values?: readonly string[],
];

/** The fixed facts; the codes come from the set-up and retired ones stay, so that old cases can still be asked about. */
function fixedRows(setup: CatalogueSetup): Row[] {
  const codes = (records: ReadonlyMap<string, Labelled>) => [...records.keys()];
  return [
    ["programme", msg("rules.factCatalogue.factProgramme"), "string", false, [setup.programme.code]],
    ["type", msg("rules.factCatalogue.factType"), "string", false, codes(setup.types)],
    ["language", msg("rules.factCatalogue.factLanguage"), "string", false, languages()],
    ["channel", msg("rules.factCatalogue.factChannel"), "string", false, codes(setup.channels)],
    ["category", msg("rules.factCatalogue.factCategory"), "string", true, codes(setup.categories)],
    ["anonymous", msg("rules.factCatalogue.factAnonymous"), "boolean", false],
    ["sector", msg("rules.factCatalogue.factSector"), "string", true, codes(setup.sectors)],
    ["entity", msg("rules.factCatalogue.factEntity"), "string", true, codes(setup.entities)],
    ["entityLive", msg("rules.factCatalogue.factEntityLive"), "boolean", false],
    ["service", msg("rules.factCatalogue.factService"), "string", true, codes(setup.services)],
    ["serviceEntity", msg("rules.factCatalogue.factServiceEntity"), "string", true, codes(setup.entities)],
    ["serviceEntityLive", msg("rules.factCatalogue.factServiceEntityLive"), "boolean", false],
    ["governorate", msg("rules.factCatalogue.factGovernorate"), "string", true, codes(setup.governorates)],
    ["pillar", msg("rules.factCatalogue.factPillar"), "string", true, codes(setup.pillars)],
    ["importance", msg("rules.factCatalogue.factImportance"), "string", true, codes(setup.importanceLevels)],
    ["keywords", msg("rules.factCatalogue.factKeywords"), "strings", false, codes(setup.keywordLists)],
    ["subjectLength", msg("rules.factCatalogue.factSubjectLength"), "number", false],
    ["descriptionLength", msg("rules.factCatalogue.factDescriptionLength"), "number", false],
    ["receivedHour", msg("rules.factCatalogue.factReceivedHour"), "number", false],
    ["receivedWeekday", msg("rules.factCatalogue.factReceivedWeekday"), "string", false, weekdays],
    ["receivedInWorkingTime", msg("rules.factCatalogue.factReceivedInWorkingTime"), "boolean", false],
    ["confidential", msg("rules.factCatalogue.factConfidential"), "boolean", false],
    ["placed", msg("rules.factCatalogue.factPlaced"), "boolean", false],
    ["cycle", msg("rules.factCatalogue.factCycle"), "number", false],
    ["reopenCount", msg("rules.factCatalogue.factReopenCount"), "number", false],
    ["transferCount", msg("rules.factCatalogue.factTransferCount"), "number", false],
    ["escalationLevel", msg("rules.factCatalogue.factEscalationLevel"), "number", false],
    ["workingHoursSinceReminder", msg("rules.factCatalogue.factWorkingHoursSinceReminder"), "number", true],
    ["answeredLate", msg("rules.factCatalogue.factAnsweredLate"), "boolean", true],
    ["daysSinceResolved", msg("rules.factCatalogue.factDaysSinceResolved"), "number", true],
    ["withinReopenWindow", msg("rules.factCatalogue.factWithinReopenWindow"), "boolean", false],
    ["rating", msg("rules.factCatalogue.factRating"), "number", true],
    ["sampleBucket", msg("rules.factCatalogue.factSampleBucket"), "number", true],
    ["inReviewSample", msg("rules.factCatalogue.factInReviewSample"), "boolean", false],
    ["reviewRequired", msg("rules.factCatalogue.factReviewRequired"), "boolean", false],
    ["actorKind", msg("rules.factCatalogue.factActorKind"), "string", true, actorKinds],
    ["handledByAnother", msg("rules.factCatalogue.factHandledByAnother"), "boolean", true],
    ["actorIsAssignee", msg("rules.factCatalogue.factActorIsAssignee"), "boolean", true],
    ["escalatedToActor", msg("rules.factCatalogue.factEscalatedToActor"), "boolean", true],
  ];
}

const fieldTypes: Readonly<Record<ExtraField["type"], FactDefinition["type"]>> = {
  text: "string",
  choice: "string",
  number: "number",
  boolean: "boolean",
  date: "number",
  entity: "string",
  // The governorate.
  location: "string",
  // Whether there is one.
  file: "boolean",
};

/** The closed values of a kind of field; undefined: it is open, or a yes or no. */
const fieldValues: Readonly<
  Partial<Record<ExtraField["type"], (setup: CatalogueSetup, field: ExtraField) => string[]>>
> = {
  choice: (_setup, field) => (field.choices ?? []).map((choice) => choice.code),
  entity: (setup) => [...setup.entities.keys()],
  location: (setup) => [...setup.governorates.keys()],
};

/** Facts of the extra fields, one a code; where types share a choice field its choices are united. */
function fieldDefinitions(setup: CatalogueSetup): FactDefinition[] {
  const byName = new Map<string, FactDefinition>();
  for (const field of [...setup.types.values()].flatMap((type) => type.fields)) {
    const name = `field.${field.code}`;
    const own = fieldValues[field.type]?.(setup, field);
    const values = own === undefined ? {} : { values: [...new Set([...(byName.get(name)?.values ?? []), ...own])] };
    const isDate = field.type === "date" ? ({ isDate: true } as const) : {};
    byName.set(name, { name, label: field.name, type: fieldTypes[field.type], nullable: true, ...values, ...isDate });
  }
  return [...byName.values()];
}

/** All facts of a programme, in the order in which a screen lists them. */
export function factCatalogue(setup: CatalogueSetup): FactDefinition[] {
  const fixed = fixedRows(setup).map(([name, label, type, nullable, values]) => ({
    name,
    label,
    type,
    nullable,
    ...(values === undefined ? {} : { values }),
  }));
  return [...fixed, ...fieldDefinitions(setup)];
}

/** A fact set in which nothing is known yet: what examples of rules start from. */
export function emptyFacts(catalogue: readonly FactDefinition[]): Facts {
  return Object.fromEntries(catalogue.map((fact) => [fact.name, fact.type === "strings" ? [] : null]));
}

/** Only a live entity, in use and existing on that civil date, receives cases. */
export function isLive(entity: Entity | undefined, date: string): boolean {
  if (entity === undefined || entity.retired || entity.joining !== "live") return false;
  return entity.validFrom <= date && (entity.validTo === null || date < entity.validTo);
}

/**
 * A date answer as a number that compares: 2026-01-31 is 20260131. Of a location the governorate; of a file whether there is
 * one. Other answers as they are; what has the wrong type is unknown.
 */
function fieldFact(type: ExtraField["type"], value: unknown): unknown {
  if (type === "file") return typeof value === "string";
  if (type === "location") return (value as Partial<LocationAnswer> | null | undefined)?.governorate ?? null;
  if (type === "date")
    return typeof value === "string" && /^\d{4}-\d{2}-\d{2}/.test(value)
      ? Number(value.slice(0, 10).replaceAll("-", ""))
      : null;
  return typeof value === fieldTypes[type] ? value : null;
}

const unknownFields = new WeakMap<CatalogueSetup["types"], Facts>();

/** Of all types of the set-up, none known. */
function noFields({ types }: CatalogueSetup): Facts {
  const known = unknownFields.get(types);
  if (known !== undefined) return known;
  const facts: Facts = {};
  for (const type of types.values()) for (const field of type.fields) facts[`field.${field.code}`] = null;
  unknownFields.set(types, facts);
  return facts;
}

function fieldFacts(application: Application, setup: CatalogueSetup): Facts {
  const facts = { ...noFields(setup) };
  for (const field of setup.types.get(application.type)?.fields ?? []) {
    facts[`field.${field.code}`] = fieldFact(field.type, application.fields[field.code]);
  }
  return facts;
}

/** In characters, whichever way a computer writes them. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _character of text) length += 1;
  return length;
}

/** What every application begins with: first cycle, never transferred. Part of what follows has another value later. */
const startingFacts: Facts = {
  cycle: 1,
  reopenCount: 0,
  transferCount: 0,
  escalationLevel: 0,
  workingHoursSinceReminder: null,
  answeredLate: null,
  daysSinceResolved: null,
  withinReopenWindow: false,
  placed: false,
  rating: null,
  sampleBucket: null,
  inReviewSample: false,
  reviewRequired: false,
  actorKind: null,
  handledByAnother: null,
  actorIsAssignee: null,
  escalatedToActor: null,
};

interface NamedInApplication {
  readonly type: string | null;
  readonly sector: string | null;
  readonly entity: string | null;
  readonly service: string | null;
}

/** What the set-up says of the places that an application names, and of its type. @param date civil, of the programme */
function factsOfPlaces({ type, sector, entity: code, service }: NamedInApplication, setup: Setup, date: string) {
  const delivers = service === null ? null : (setup.services.get(service)?.entity ?? null);
  const over = delivers === null ? null : takenOver(delivers, setup, (one) => isLive(one, date));
  const serviceEntity = over?.by ?? delivers;
  const entity = code === null ? undefined : setup.entities.get(code);
  const owner = serviceEntity === null ? undefined : setup.entities.get(serviceEntity);
  return {
    sector: sector ?? entity?.sector ?? owner?.sector ?? null,
    entityLive: isLive(entity, date),
    serviceEntity,
    serviceEntityLive: isLive(owner, date),
    confidential: setup.types.get(type ?? "")?.confidential ?? false,
  };
}

/**
 * What follows from facts that somebody typed, as the engine would find it for an application that came in at `now`: what the
 * set-up says of places and type, and what every application begins with. What was typed comes before it.
 */
export function followingFacts(typed: Facts, setup: Setup, now: Date): Facts {
  const code = (name: string): string | null => (typeof typed[name] === "string" ? typed[name] : null);
  const named = { type: code("type"), sector: code("sector"), entity: code("entity"), service: code("service") };
  const { date } = wallClock(now, setup.programme.timeZone);
  return { programme: setup.programme.code, ...factsOfPlaces(named, setup, date), ...startingFacts };
}

/** The facts of an application as it came in. What follows later has its starting value: first cycle, never transferred. */
export function applicationFacts(application: Application, setup: Setup, calendar: WorkingCalendar): Facts {
  const { hour, weekday, date } = wallClock(application.receivedAt, setup.programme.timeZone);
  const places = factsOfPlaces(application, setup, date);
  return {
    programme: application.programme,
    type: application.type,
    language: application.language,
    channel: application.channel,
    category: application.category,
    anonymous: application.anonymous,
    sector: places.sector,
    entity: application.entity,
    entityLive: places.entityLive,
    service: application.service,
    serviceEntity: places.serviceEntity,
    serviceEntityLive: places.serviceEntityLive,
    governorate: application.governorate,
    pillar: application.pillar,
    importance: application.importance,
    keywords: matchKeywords(`${application.subject}\n${application.description}`, setup.keywordLists),
    subjectLength: lengthOf(application.subject),
    descriptionLength: lengthOf(application.description),
    receivedHour: hour,
    receivedWeekday: weekday,
    receivedInWorkingTime: calendar.isWorkingTime(application.receivedAt),
    confidential: places.confidential,
    ...startingFacts,
    ...fieldFacts(application, setup),
  };
}

/** Whether the resolution target of this cycle is missed at `now`; null where nothing was promised. */
function answeredLate(theCase: Case, now: Date): boolean | null {
  const clock = theCase.clocks.find((c) => c.target === "resolution" && c.cycle === theCase.cycle);
  if (clock === undefined || clock.cancelledAt !== null) return null;
  if (clock.breachedAt !== null) return true;
  return clock.dueAt !== null && clock.dueAt < (clock.metAt ?? now);
}

/** From when the days count within which it may be reopened; null while there is nothing to reopen. */
export const reopenableSince = ({ resolvedAt, rejectedAt, withdrawnAt }: Case): Date | null =>
  resolvedAt ?? rejectedAt ?? withdrawnAt;

/**
 * The facts of a case at `now`: what the application said, and what became of it.
 * @param actor who wants to act: a reminder from below binds no one above, and a case may not have reached them
 */
export function caseFacts(theCase: Case, setup: Setup, calendar: WorkingCalendar, now: Date, actor?: Actor): Facts {
  const { reopenWindowDays, reviewSamplePercent } = setup.programme.settings;
  const entity = theCase.entity ?? theCase.application.entity;
  const sampleBucket = sampleBucketOf(theCase.reference);
  const sinceResolved = theCase.resolvedAt === null ? null : (now.getTime() - theCase.resolvedAt.getTime()) / dayMs;
  const endedAt = reopenableSince(theCase);
  const sinceEnded = endedAt === null ? null : (now.getTime() - endedAt.getTime()) / dayMs;
  const today = civilDate(now, setup.programme.timeZone);
  const remindedAt = actor === undefined ? theCase.remindedAt : lastThatBinds(theCase, actor, setup);
  return {
    ...applicationFacts(theCase.application, setup, calendar),
    sector: theCase.sector ?? (entity === null ? null : (setup.entities.get(entity)?.sector ?? null)),
    entity,
    entityLive: isLive(entity === null ? undefined : setup.entities.get(entity), today),
    pillar: theCase.pillar,
    importance: theCase.importance,
    confidential: theCase.confidential,
    placed: theCase.entity !== null,
    cycle: theCase.cycle,
    reopenCount: theCase.reopenCount,
    transferCount: theCase.transferCount,
    escalationLevel: theCase.escalationLevel,
    workingHoursSinceReminder: remindedAt === null ? null : calendar.between(remindedAt, now) / secondsAnHour,
    answeredLate: answeredLate(theCase, now),
    daysSinceResolved: sinceResolved === null ? null : Math.floor(sinceResolved),
    withinReopenWindow: sinceEnded !== null && sinceEnded < reopenWindowDays,
    rating: theCase.rating,
    sampleBucket,
    inReviewSample: sampleBucket < reviewSamplePercent,
    escalatedToActor: isEscalatedTo(theCase, actor, setup),
  };
}

/** What an action adds to the facts of its case: who acts, and the rating that is being given. */
export function actionFacts(theCase: Case, actor: Actor, fields: Readonly<Record<string, unknown>>): Facts {
  const userId = actor.kind === "user" ? actor.userId : null;
  return {
    actorKind: actor.kind,
    handledByAnother: theCase.answeredBy === null || userId === null || userId !== theCase.answeredBy,
    actorIsAssignee: userId !== null && userId === theCase.assignee,
    rating: typeof fields.rating === "number" ? fields.rating : theCase.rating,
  };
}
