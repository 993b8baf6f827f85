/** What is missing in a set-up, before an application finds out: empty seats, entities nobody answers for, gaps, calendars that end. */

import { type RoleCode, roleNames } from "../../engine/access/roles.js";
import { civilDate } from "../../engine/calendar/civil-days.js";
import { confirmedUntil } from "../../engine/calendar/coverage.js";
import { dateWords } from "../../engine/calendar/date-words.js";
import { confirmationNeeded } from "../../engine/calendar/longest-target.js";
import { endsBeforeInvitation, ratingInvitation } from "../../engine/letters/rating-invitation.js";
import { isLive } from "../../engine/rules/fact-catalogue.js";
import { gapsOfGrid } from "../../engine/rules/sla-grid.js";
import { helpLineOf } from "../../engine/setup/help-line.js";
import type { Entity, Labelled, Setup } from "../../engine/setup/setup.js";
import { climb, incumbent, seatHoldersAt } from "../../engine/setup/setup-references.js";
import { msg } from "../../engine/text/msg.js";
import type { Bilingual } from "../../engine/text/text.js";
import { listed } from "../../engine/text/text.js";
import { listAddress, pageAddress } from "./office-addresses.js";

export type WarningKind =
  | "emptySeats"
  | "withoutFocalPoint"
  | "withoutSuperior"
  | "superiorEmpty"
  | "sectorWithoutFocalPoint"
  | "serviceWithoutEntity"
  | "typeWithoutWorkflow"
  | "slaGaps"
  | "calendarEnds"
  | "helpLine"
  | "noInvitation"
  | "drafts"
  | "jobsOff"
  | "toConfirm";

export interface SetupWarning {
  readonly programme: string;
  readonly kind: WarningKind;
  /** `error`: something does not work or nobody is told; `warning`: it works in another way than it should; `info`: to be looked at. */
  readonly severity: "error" | "warning" | "info";
  readonly words: Bilingual;
  /** Path and query inside the back office of what mends it. */
  readonly link: string;
  readonly count: number;
}

const maxNamed = 4;

export type Found = Omit<SetupWarning, "programme">;
/** What is looked at: a set-up at a moment of a civil day, and how many drafts wait. */
interface Look {
  readonly setup: Setup;
  readonly now: Date;
  readonly today: string;
  readonly drafts: number;
}

const treeAddress = ({ setup }: Look, show: string): string =>
  pageAddress("entity-tree", { programme: setup.programme.code, show });

/** “A, B, C and 3 more”. */
function namesOf(rows: readonly { readonly name: Bilingual }[]): Bilingual {
  const names = listed(rows.slice(0, maxNamed).map(({ name }) => name));
  const more = rows.length - maxNamed;
  return more <= 0 ? names : msg("setup.findWarnings.andMore", { names, more });
}

/** One finding about several rows; nothing where there are none. */
export function about(
  rows: readonly { readonly name: Bilingual }[],
  found: Pick<SetupWarning, "kind" | "severity" | "link">,
  what: Bilingual,
): Found[] {
  if (rows.length === 0) return [];
  const names = namesOf(rows);
  return [{ ...found, count: rows.length, words: msg("setup.findWarnings.named", { what, names }) }];
}

const inUse = <Row extends Labelled>(rows: ReadonlyMap<string, Row>): Row[] =>
  [...rows.values()].filter((row) => !row.retired);

/** Seats nobody sits on, a role; seats of what is out of use are nobody's loss. */
function emptySeats({ setup, now }: Look): Found[] {
  const gone = (code: string | null, rows: ReadonlyMap<string, Labelled>) => code !== null && rows.get(code)?.retired;
  const empty = setup.seats.filter(
    (seat) => !gone(seat.entity, setup.entities) && !gone(seat.sector, setup.sectors) && incumbent(seat, now) === null,
  );
  const roles = [...new Set(empty.map((seat) => seat.role))];
  const bare = (["operation_room", "auditor"] as const).filter(
    (role) => seatHoldersAt(setup, (seat) => seat.role === role, now).length === 0 && !roles.includes(role),
  );
  const one = (role: RoleCode, count: number): Found => {
    const name = roleNames[role];
    const nobody = seatHoldersAt(setup, (seat) => seat.role === role, now).length === 0;
    return {
      kind: "emptySeats",
      severity: nobody && role === "operation_room" ? "error" : "warning",
      count,
      link: listAddress("seats", { programme: setup.programme.code, role, state: "empty" }),
      words: nobody
        ? msg("setup.findWarnings.nobodyHoldsASeatOf", { name })
        : msg("setup.findWarnings.emptySeats", { name, count }),
    };
  };
  return [
    ...roles.map((role) => one(role, empty.filter((seat) => seat.role === role).length)),
    ...bare.map((role) => one(role, 1)),
  ];
}

const liveEntities = ({ setup, today }: Look): Entity[] =>
  [...setup.entities.values()].filter((entity) => isLive(entity, today));

function withoutFocalPoint(look: Look): Found[] {
  return about(
    withoutHeldFocalPoint(look),
    { kind: "withoutFocalPoint", severity: "error", link: treeAddress(look, "withoutFocalPoint") },
    msg("setup.findWarnings.entitiesThatReceiveCasesBut"),
  );
}

function withoutHeldFocalPoint(look: Look): Entity[] {
  const { setup, now } = look;
  const held = new Set(
    setup.seats.filter((seat) => seat.role === "focal_point" && incumbent(seat, now)).map((seat) => seat.entity),
  );
  return liveEntities(look).filter(({ code }) => !held.has(code));
}

/** The levels of the ladder that the published rules of escalation tell. */
function notifiedLevels(setup: Setup): number[] {
  const told = (setup.ruleSets.get("escalation")?.definition.rules ?? []).flatMap(
    ({ event }) => (event.params.tell as readonly string[] | undefined) ?? [],
  );
  const levels = told.flatMap((receiver) => /^entity\.superior\((\d+)\)$/.exec(receiver)?.[1] ?? []);
  return [...new Set(levels.map(Number))].sort((a, b) => a - b);
}

/** Entities of which at some level nobody would be told, and those whose first superior is not there. */
function withoutNotifiedSuperior(look: Look): { nobody: Entity[]; another: Entity[] } {
  const { setup, now } = look;
  const levels = notifiedLevels(setup);
  const nobody: Entity[] = [];
  const another: Entity[] = [];
  if (levels.length === 0) return { nobody, another };
  for (const entity of liveEntities(look)) {
    const climbs = levels.map((level) => climb(setup, entity.code, level, now));
    if (climbs.some(({ receivers }) => receivers.length === 0)) nobody.push(entity);
    else if ((climbs[0]?.empty.length ?? 0) > 0) another.push(entity);
  }
  return { nobody, another };
}

function superiors(look: Look): Found[] {
  const { nobody, another } = withoutNotifiedSuperior(look);
  return [
    ...about(
      nobody,
      { kind: "withoutSuperior", severity: "error", link: treeAddress(look, "withoutSuperior") },
      msg("setup.findWarnings.escalationEndsNowhereAtSome"),
    ),
    ...about(
      another,
      { kind: "superiorEmpty", severity: "warning", link: treeAddress(look, "superiorEmpty") },
      msg("setup.findWarnings.theFirstSuperiorIsMissing"),
    ),
  ];
}

export type EntityTrouble = Extract<WarningKind, "withoutFocalPoint" | "withoutSuperior" | "superiorEmpty">;

/** What is missing at each entity that receives cases, by its code; entities that miss nothing are not in it. */
export function troublesOfEntities(setup: Setup, now: Date): ReadonlyMap<string, readonly EntityTrouble[]> {
  const look = { setup, now, today: civilDate(now, setup.programme.timeZone), drafts: 0 };
  const { nobody, another } = withoutNotifiedSuperior(look);
  const troubles = new Map<string, EntityTrouble[]>();
  const add = (rows: readonly Entity[], trouble: EntityTrouble): void => {
    for (const { code } of rows) troubles.set(code, [...(troubles.get(code) ?? []), trouble]);
  };
  add(withoutHeldFocalPoint(look), "withoutFocalPoint");
  add(nobody, "withoutSuperior");
  add(another, "superiorEmpty");
  return troubles;
}

function sectorsWithoutFocalPoint({ setup, now }: Look): Found[] {
  const held = new Set(
    setup.seats.filter((seat) => seat.role === "main_focal_point" && incumbent(seat, now)).map((seat) => seat.sector),
  );
  return about(
    inUse(setup.sectors).filter(({ code }) => !held.has(code)),
    {
      kind: "sectorWithoutFocalPoint",
      severity: setup.programme.settings.triage === "manual" ? "error" : "warning",
      link: listAddress("seats", { programme: setup.programme.code, role: "main_focal_point" }),
    },
    msg("setup.findWarnings.sectorsWithoutAMainFocal"),
  );
}

function servicesWithoutEntity({ setup, today }: Look): Found[] {
  return about(
    inUse(setup.services).filter(({ entity }) => !isLive(setup.entities.get(entity), today)),
    {
      kind: "serviceWithoutEntity",
      severity: "warning",
      link: listAddress("services", { programme: setup.programme.code }),
    },
    msg("setup.findWarnings.servicesWhoseEntityReceivesNo"),
  );
}

function typesWithoutWorkflow({ setup }: Look): Found[] {
  return about(
    inUse(setup.types).filter(({ workflow }) => !setup.workflows.has(workflow)),
    {
      kind: "typeWithoutWorkflow",
      severity: "error",
      link: listAddress("application-types", { programme: setup.programme.code }),
    },
    msg("setup.findWarnings.applicationTypesWhoseWorkflowIs"),
  );
}

function slaGaps({ setup }: Look): Found[] {
  const published = setup.ruleSets.get("sla");
  if (published === undefined) return [];
  const gaps = gapsOfGrid(published.definition, setup);
  return [...new Set(gaps.map(({ type }) => type))].flatMap((type) => {
    const cells = gaps.filter((gap) => gap.type === type).map(({ where }) => ({ name: where }));
    const name = setup.types.get(type)?.name ?? { en: type, ar: type };
    return about(
      cells,
      {
        kind: "slaGaps",
        severity: "warning",
        link: pageAddress("sla-grid", { programme: setup.programme.code, type }),
      },
      msg("setup.findWarnings.noTargetOfItsOwn", { name, cellsCount: cells.length }),
    );
  });
}

function calendarEnds({ setup, today, now }: Look): Found[] {
  const until = confirmedUntil(setup.calendar.definition, today);
  const { promised, noticed } = confirmationNeeded(setup, now);
  if (until >= noticed) return [];
  const { name } = setup.calendar.definition;
  return [
    {
      kind: "calendarEnds",
      severity: until < promised ? "error" : "warning",
      count: 1,
      link: pageAddress("calendar", { programme: setup.programme.code }),
      words: msg("setup.findWarnings.daysAreConfirmedUntilOnly", { name, until: dateWords(until) }),
    },
  ];
}

/** Applicants who lost their code, or cannot use the pages, have nothing to call. */
function withoutHelpLine({ setup: { programme } }: Look): Found[] {
  if (!programme.settings.publicPages) return [];
  const line = helpLineOf(programme.settings);
  if (line !== null && line.hours !== null) return [];
  return [
    {
      kind: "helpLine",
      severity: "warning",
      count: 1,
      link: listAddress("programmes", { code: programme.code }),
      words: line === null ? msg("setup.findWarnings.noHelpPhone") : msg("setup.findWarnings.noHelpHours"),
    },
  ];
}

function invitedTooLate({ setup }: Look): Found[] {
  const { code, settings } = setup.programme;
  const types = inUse(setup.types).filter(({ workflow }) => {
    const definition = setup.workflows.get(workflow)?.definition;
    return definition !== undefined && endsBeforeInvitation(definition, ratingInvitation(settings));
  });
  const found = { kind: "noInvitation", severity: "warning", link: listAddress("programmes", { code }) } as const;
  return about(types, found, msg("setup.findWarnings.noInvitation"));
}

function waitingDrafts({ setup, drafts }: Look): Found[] {
  if (drafts === 0) return [];
  return [
    {
      kind: "drafts",
      severity: "info",
      count: drafts,
      link: pageAddress("policy", { programme: setup.programme.code }),
      words: msg("setup.findWarnings.draftsThatNobodyHasPublished", { drafts }),
    },
  ];
}

const looks: readonly ((look: Look) => Found[])[] = [
  typesWithoutWorkflow,
  withoutFocalPoint,
  superiors,
  slaGaps,
  calendarEnds,
  withoutHelpLine,
  invitedTooLate,
  emptySeats,
  sectorsWithoutFocalPoint,
  servicesWithoutEntity,
  waitingDrafts,
];
const rank: Readonly<Record<SetupWarning["severity"], number>> = { error: 0, warning: 1, info: 2 };

/** Everything that is missing in one programme at a moment, the worst first. */
export function warningsOf(setup: Setup, a: { readonly now: Date; readonly drafts: number }): SetupWarning[] {
  const look = { ...a, setup, today: civilDate(a.now, setup.programme.timeZone) };
  return looks
    .flatMap((one) => one(look))
    .map((found) => ({ ...found, programme: setup.programme.code }))
    .sort((a, b) => rank[a.severity] - rank[b.severity]);
}
