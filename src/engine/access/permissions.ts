/** Who may do what: one table, asked by services and screens alike. Denied unless a row allows it. */

import { codesOf } from "../registry.js";
import { type RoleCode, roleCodes, roleOf } from "./roles.js";

export interface EscalationLevel {
  /** 1 is the first above the focal point. */
  readonly level: number;
  readonly role: RoleCode;
}

/** A seat as its holder carries it: the role and where it reaches. */
export interface HeldSeat {
  /** Its number; left out where a position is made up. What was asked for from it is reached by it. */
  readonly id?: number | undefined;
  readonly role: RoleCode;
  readonly programme: string;
  readonly entity: string | null;
  readonly sector: string | null;
  /** The position that it is the office of, whose orders it issues and follows; left out: of none. */
  readonly officeOf?: HeldSeat | undefined;
}

/** Whoever acts: a person with seats, the applicant of the case, a channel's key, or the system itself. */
export type Actor =
  | {
      readonly kind: "user";
      readonly userId: number;
      readonly name: string;
      readonly seats: readonly HeldSeat[];
    }
  | { readonly kind: "applicant" }
  | { readonly kind: "channel"; readonly channel: string }
  | { readonly kind: "system"; readonly job: string };

/** A position and the one that it is the office of. */
const withOffice = (seat: HeldSeat): readonly HeldSeat[] =>
  seat.officeOf === undefined ? [seat] : [seat, seat.officeOf];
/** The positions from which a person issues and follows orders: their own, and those that these are the offices of. */
export const orderingSeats = (actor: Actor): readonly HeldSeat[] =>
  actor.kind === "user" ? actor.seats.flatMap(withOffice) : [];

/** What the table needs to know of a case; a whole `Case` fits. */
export interface CaseSubject {
  readonly programme: string;
  readonly entity: string | null;
  readonly sector: string | null;
  readonly confidential: boolean;
  /** Of an order: the position that asked for it, by number. */
  readonly requestedBy?: number | null | undefined;
}

interface PermissionSubject {
  readonly case?: CaseSubject;
  readonly programme?: string;
  readonly entity?: string | null;
  readonly sector?: string | null;
  /** The tree, for whoever reaches a subtree; without it they reach their own entity only. */
  readonly entities?: EntityTree;
}
export type EntityTree = ReadonlyMap<string, { readonly parent: string | null }>;

/**
 * How far a seat reaches. `programme`: all of its programme. `subtree`: its entity and those below. `entity`: exactly its
 * entity. `triage`: what waits for an entity in its sector. `sector`: all of its sector. `anywhere`: it does not depend on a
 * programme.
 */
type Reach = "programme" | "subtree" | "entity" | "triage" | "sector" | "anywhere";
/** What each role may do; null: nothing. A new role says so in each row. */
type Grants = Readonly<Record<RoleCode, Reach | null>>;

const roomAlone: Grants = {
  operation_room: "programme",
  main_focal_point: null,
  focal_point: null,
  entity_manager: null,
  secretary_general: null,
  minister: null,
  prime_minister: null,
  steering_committee: null,
  contact_centre_agent: null,
  contact_centre_lead: null,
  auditor: null,
};
const roomAndAuditor: Grants = {
  operation_room: "programme",
  main_focal_point: null,
  focal_point: null,
  entity_manager: null,
  secretary_general: null,
  minister: null,
  prime_minister: null,
  steering_committee: null,
  contact_centre_agent: null,
  contact_centre_lead: null,
  auditor: "programme",
};
// Jobs and the machinery serve all programmes at once.
const machineryActors: Grants = {
  operation_room: "anywhere",
  main_focal_point: null,
  focal_point: null,
  entity_manager: null,
  secretary_general: null,
  minister: null,
  prime_minister: null,
  steering_committee: null,
  contact_centre_agent: null,
  contact_centre_lead: null,
  auditor: null,
};
const machineryReaders: Grants = {
  operation_room: "anywhere",
  main_focal_point: null,
  focal_point: null,
  entity_manager: null,
  secretary_general: null,
  minister: null,
  prime_minister: null,
  steering_committee: null,
  contact_centre_agent: null,
  contact_centre_lead: null,
  auditor: "anywhere",
};

/**
 * The table. Contents of a case are for those who handle it, those above them and the operation room; the auditor reads and
 * changes nothing. Personal data (who the applicant is) is for those alone who have to write to the applicant.
 */
const table = {
  "case.read": {
    operation_room: "programme",
    main_focal_point: "triage",
    focal_point: "entity",
    entity_manager: "subtree",
    secretary_general: "subtree",
    minister: "subtree",
    prime_minister: "subtree",
    steering_committee: null,
    contact_centre_agent: null,
    contact_centre_lead: null,
    auditor: "programme",
  },
  /** Which of these roles may do what is said by the workflow; this is how far each reaches. The contact centre acts without reading, and
   * only for a caller whom the application knows, see `caller.serve`. */
  "case.act": {
    operation_room: "programme",
    main_focal_point: "triage",
    focal_point: "entity",
    entity_manager: "entity",
    secretary_general: "subtree",
    minister: "subtree",
    prime_minister: "subtree",
    steering_committee: null,
    contact_centre_agent: "programme",
    contact_centre_lead: null,
    auditor: null,
  },
  /** Acting for whoever telephones, once they were recognised by the application itself. */
  "caller.serve": {
    operation_room: null,
    main_focal_point: null,
    focal_point: null,
    entity_manager: null,
    secretary_general: null,
    minister: null,
    prime_minister: null,
    steering_committee: null,
    contact_centre_agent: "programme",
    contact_centre_lead: null,
    auditor: null,
  },
  "personal.read": {
    operation_room: "programme",
    main_focal_point: null,
    focal_point: "entity",
    entity_manager: "entity",
    secretary_general: null,
    minister: null,
    prime_minister: null,
    steering_committee: null,
    contact_centre_agent: null,
    contact_centre_lead: null,
    auditor: null,
  },
  "application.receive": {
    operation_room: "programme",
    main_focal_point: null,
    focal_point: null,
    entity_manager: null,
    secretary_general: null,
    minister: null,
    prime_minister: null,
    steering_committee: null,
    contact_centre_agent: "programme",
    contact_centre_lead: null,
    auditor: null,
  },
  /** Calling people back for the office; of a task somebody else has, no more is shown than that. */
  "callBack.do": {
    operation_room: null,
    main_focal_point: null,
    focal_point: null,
    entity_manager: null,
    secretary_general: null,
    minister: null,
    prime_minister: null,
    steering_committee: null,
    contact_centre_agent: "programme",
    contact_centre_lead: null,
    auditor: null,
  },
  /** Asking the contact centre to call the applicant of a case. */
  "callBack.ask": {
    operation_room: "programme",
    main_focal_point: "triage",
    focal_point: "entity",
    entity_manager: "entity",
    secretary_general: null,
    minister: null,
    prime_minister: null,
    steering_committee: null,
    contact_centre_agent: null,
    contact_centre_lead: null,
    auditor: null,
  },
  /** What the contact centre did, by shift and by agent. */
  "contactCentre.figures": {
    operation_room: "programme",
    main_focal_point: null,
    focal_point: null,
    entity_manager: null,
    secretary_general: null,
    minister: null,
    prime_minister: null,
    steering_committee: null,
    contact_centre_agent: null,
    contact_centre_lead: "programme",
    auditor: null,
  },
  /** What one did oneself. */
  "contactCentre.own": {
    operation_room: null,
    main_focal_point: null,
    focal_point: null,
    entity_manager: null,
    secretary_general: null,
    minister: null,
    prime_minister: null,
    steering_committee: null,
    contact_centre_agent: "programme",
    contact_centre_lead: null,
    auditor: null,
  },
  "setup.read": {
    operation_room: "programme",
    main_focal_point: "programme",
    focal_point: "programme",
    entity_manager: "programme",
    secretary_general: "subtree",
    minister: "subtree",
    prime_minister: "subtree",
    steering_committee: "programme",
    contact_centre_agent: "programme",
    contact_centre_lead: "programme",
    auditor: "programme",
  },
  "setup.edit": roomAlone,
  /** For the own entity, once for all who sit there. */
  "instruction.acknowledge": {
    operation_room: null,
    main_focal_point: null,
    focal_point: "entity",
    entity_manager: "entity",
    secretary_general: null,
    minister: null,
    prime_minister: null,
    steering_committee: null,
    contact_centre_agent: null,
    contact_centre_lead: null,
    auditor: null,
  },
  /** Who officials are: names, addresses, seats and what they hold. */
  "users.read": roomAndAuditor,
  "users.edit": roomAlone,
  /** Which focal point of an entity is on duty when: seen by those of the entity, said by those who run it. */
  "rota.read": {
    operation_room: "programme",
    main_focal_point: null,
    focal_point: "entity",
    entity_manager: "entity",
    secretary_general: null,
    minister: null,
    prime_minister: null,
    steering_committee: null,
    contact_centre_agent: null,
    contact_centre_lead: null,
    auditor: "programme",
  },
  "rota.edit": {
    operation_room: "programme",
    main_focal_point: null,
    focal_point: null,
    entity_manager: "entity",
    secretary_general: null,
    minister: null,
    prime_minister: null,
    steering_committee: null,
    contact_centre_agent: null,
    contact_centre_lead: null,
    auditor: null,
  },
  "configuration.read": roomAndAuditor,
  "configuration.publish": roomAlone,
  "audit.verify": machineryReaders,
  "kpi.read": {
    operation_room: "programme",
    main_focal_point: "sector",
    focal_point: "entity",
    entity_manager: "subtree",
    secretary_general: "subtree",
    minister: "subtree",
    prime_minister: "subtree",
    steering_committee: "programme",
    contact_centre_agent: null,
    contact_centre_lead: "programme",
    auditor: "programme",
  },
  /** Figures as a file, of where one reads them. */
  "figures.export": {
    operation_room: "programme",
    main_focal_point: "sector",
    focal_point: null,
    entity_manager: "subtree",
    secretary_general: "subtree",
    minister: "subtree",
    prime_minister: "subtree",
    steering_committee: "programme",
    contact_centre_agent: null,
    contact_centre_lead: null,
    auditor: "programme",
  },
  /** Of the cases that one has in hand or answered: for those who handle them. */
  "figures.own": {
    operation_room: null,
    main_focal_point: null,
    focal_point: "entity",
    entity_manager: "entity",
    secretary_general: null,
    minister: null,
    prime_minister: null,
    steering_committee: null,
    contact_centre_agent: null,
    contact_centre_lead: null,
    auditor: null,
  },
  /** What each of an entity's people has in hand: for who runs it. */
  "team.read": {
    operation_room: null,
    main_focal_point: null,
    focal_point: null,
    entity_manager: "entity",
    secretary_general: null,
    minister: null,
    prime_minister: null,
    steering_committee: null,
    contact_centre_agent: null,
    contact_centre_lead: null,
    auditor: null,
  },
  "digest.read": {
    operation_room: "programme",
    main_focal_point: null,
    focal_point: "entity",
    entity_manager: null,
    secretary_general: null,
    minister: null,
    prime_minister: null,
    steering_committee: "programme",
    contact_centre_agent: null,
    contact_centre_lead: null,
    auditor: "programme",
  },
  "mail.read": roomAlone,
  "mail.send": roomAlone,
  "job.read": machineryReaders,
  "job.edit": machineryActors,
  "job.run": machineryActors,
  /** Why a sweep of deadlines holds; and letting it go on. */
  "sweep.read": roomAndAuditor,
  "sweep.release": roomAlone,
  "health.read": machineryReaders,
  "audit.read": roomAndAuditor,
  /** Asking an entity for an explanation, or directing it: those above it; the committee and the room where the programme says so. */
  "order.direct": {
    operation_room: "programme",
    main_focal_point: null,
    focal_point: null,
    entity_manager: null,
    secretary_general: "subtree",
    minister: "subtree",
    prime_minister: "subtree",
    steering_committee: "programme",
    contact_centre_agent: null,
    contact_centre_lead: null,
    auditor: null,
  },
  /** Asking the operation room for help. */
  "order.ask": {
    operation_room: null,
    main_focal_point: "programme",
    focal_point: "programme",
    entity_manager: "programme",
    secretary_general: "programme",
    minister: "programme",
    prime_minister: "programme",
    steering_committee: "programme",
    contact_centre_agent: "programme",
    contact_centre_lead: "programme",
    auditor: "programme",
  },
} as const satisfies Readonly<Record<string, Grants>>;
type PermissionAction = keyof typeof table;
export const permissionActions = codesOf<PermissionAction>(table);

/** The roles that may do it, wherever they reach. */
export const rolesGranted = (action: PermissionAction): ReadonlySet<RoleCode> =>
  new Set(roleCodes.filter((role) => table[action][role] !== null));

/** The roles that can see who an applicant is: on cases, and on the telephone. */
export const rolesWithPersonal: readonly RoleCode[] = roleCodes.filter(
  (role) => table["personal.read"][role] !== null || table["caller.serve"][role] !== null,
);

/** Actions whose subject is one case, so that confidentiality applies to them. */
const onCases: ReadonlySet<PermissionAction> = new Set(["case.read", "case.act", "personal.read", "callBack.ask"]);
/** Whoever is no person with seats. The applicant has shown the code of the very case before becoming this actor. */
const withoutSeats: Readonly<Record<"applicant" | "channel" | "system", ReadonlySet<PermissionAction>>> = {
  applicant: new Set(["case.read", "case.act"]),
  channel: new Set(["application.receive", "setup.read"]),
  // Whoever works the command line at the machine itself, and the seed, publish and set up as the system.
  system: new Set(["case.read", "case.act", "configuration.publish", "setup.edit", "users.read", "users.edit"]),
};

/** The entity itself or one above it. A broken tree (a circle) ends the walk. */
export function isWithin(entity: string, top: string, tree: EntityTree): boolean {
  const seen = new Set<string>();
  for (let code: string | null = entity; code !== null && !seen.has(code); code = tree.get(code)?.parent ?? null) {
    if (code === top) return true;
    seen.add(code);
  }
  return false;
}

/**
 * A confidential case is for its handlers: focal points and managers of exactly its entity. While it has none, whoever
 * has to place it is its handler: the main focal point of its sector, and where it names no sector the operation room.
 */
function handles(seat: HeldSeat, theCase: CaseSubject): boolean {
  if (seat.programme !== theCase.programme) return false;
  const { confidential } = roleOf[seat.role];
  if (theCase.entity !== null) return confidential === "ofEntity" && seat.entity === theCase.entity;
  if (theCase.sector !== null) return confidential === "ofSector" && seat.sector === theCase.sector;
  return confidential === "unplaced";
}

interface Where {
  readonly programme: string | undefined;
  readonly entity: string | null | undefined;
  readonly sector: string | null | undefined;
}

const reaches: Readonly<Record<Reach, (seat: HeldSeat, place: Where, tree: EntityTree) => boolean>> = {
  anywhere: () => true,
  programme: (seat, place) => seat.programme === place.programme,
  entity: (seat, place) => seat.programme === place.programme && seat.entity !== null && seat.entity === place.entity,
  subtree: (seat, place, tree) =>
    seat.programme === place.programme &&
    seat.entity !== null &&
    typeof place.entity === "string" &&
    isWithin(place.entity, seat.entity, tree),
  sector: (seat, place) => seat.programme === place.programme && seat.sector !== null && seat.sector === place.sector,
  triage: (seat, place) =>
    seat.programme === place.programme && place.entity === null && seat.sector !== null && seat.sector === place.sector,
};

/** Whether holders of such positions ask entities: in their reach, and the committee and the room where the programme lets them. */
export const mayDirect = (role: RoleCode): boolean => table["order.direct"][role] !== null;

/** What was asked for from a position is read and acted on from it, whatever its role: accepted, sent back, withdrawn. None is confidential. */
export const isRequesterOf = (seat: HeldSeat, theCase: CaseSubject): boolean =>
  typeof theCase.requestedBy === "number" &&
  withOffice(seat).some(({ id }) => id === theCase.requestedBy) &&
  seat.programme === theCase.programme &&
  !theCase.confidential;
const ofRequester: ReadonlySet<PermissionAction> = new Set(["case.read", "case.act"]);

function seatMay(seat: HeldSeat, action: PermissionAction, subject: PermissionSubject): boolean {
  const reach: Reach | null = table[action][seat.role];
  const theCase = subject.case;
  if (theCase?.confidential && onCases.has(action)) {
    if (!handles(seat, theCase)) return false;
    return reach !== null;
  }
  if (reach === null) return false;
  const place = theCase ?? {
    programme: subject.programme,
    entity: subject.entity,
    sector: subject.sector,
  };
  return reaches[reach](seat, place, subject.entities ?? new Map());
}

/** The roles by which an actor may do it to this subject; empty: denied. */
export function rolesFor(actor: Actor, action: PermissionAction, subject: PermissionSubject): ReadonlySet<RoleCode> {
  if (actor.kind !== "user") return new Set();
  return new Set(actor.seats.filter((seat) => seatMay(seat, action, subject)).map((seat) => seat.role));
}

/** Whether the actor may do this to that. Denied unless a row of the table allows it. */
export function can(actor: Actor, action: PermissionAction, subject: PermissionSubject = {}): boolean {
  if (actor.kind !== "user") return withoutSeats[actor.kind].has(action);
  const { case: theCase } = subject;
  return actor.seats.some(
    (seat) =>
      seatMay(seat, action, subject) ||
      (theCase !== undefined && ofRequester.has(action) && isRequesterOf(seat, theCase)),
  );
}

interface InProgramme<Name extends string | null> {
  readonly programme: string;
  readonly code: Name;
}
/**
 * Which cases an actor may read, as data for the SQL fragment: a case is in reach when any of these holds.
 * The first five are for cases that are not confidential, the last three for confidential ones.
 */
export interface CaseReach {
  /** True for the system alone: everything, confidential cases too. */
  readonly everything: boolean;
  /** Programmes. */
  readonly all: readonly string[];
  /** Entities with everything below them. */
  readonly subtreeOf: readonly InProgramme<string>[];
  readonly entities: readonly InProgramme<string>[];
  /** Sectors whose cases without an entity are in reach. */
  readonly sectorsTriage: readonly InProgramme<string>[];
  /** Confidential cases of exactly these entities. */
  readonly confidentialEntities: readonly InProgramme<string>[];
  /** Confidential cases without an entity, of these sectors. */
  readonly confidentialTriage: readonly InProgramme<string>[];
  /** Programmes whose confidential cases with neither entity nor sector are in reach. */
  readonly confidentialUnplaced: readonly string[];
  /** Positions, by number, whose orders are in reach wherever they are. */
  readonly requestedBy: readonly { readonly programme: string; readonly id: number }[];
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** Where an action on cases reaches; agrees with `can(actor, action, …)` case by case. Applicants and channels reach none. */
function reachOf(actor: Actor, action: "case.read" | "personal.read" | "caller.serve"): CaseReach {
  const granted: Grants = table[action];
  const seats = actor.kind === "user" ? actor.seats.filter(({ role }) => granted[role] !== null) : [];
  const by = (reach: Reach) => seats.filter((seat) => granted[seat.role] === reach);
  const entityOf = (list: readonly HeldSeat[]) =>
    unique(list.flatMap((seat) => (seat.entity === null ? [] : [{ programme: seat.programme, code: seat.entity }])));
  const sectorOf = (list: readonly HeldSeat[]) =>
    unique(list.flatMap((seat) => (seat.sector === null ? [] : [{ programme: seat.programme, code: seat.sector }])));
  const handling = (which: "ofEntity" | "ofSector" | "unplaced") =>
    seats.filter(({ role }) => roleOf[role].confidential === which);
  return {
    everything: actor.kind === "system" && withoutSeats.system.has(action),
    all: unique(by("programme").map((seat) => seat.programme)),
    subtreeOf: entityOf(by("subtree")),
    entities: entityOf(by("entity")),
    sectorsTriage: sectorOf(by("triage")),
    confidentialEntities: entityOf(handling("ofEntity")),
    confidentialTriage: sectorOf(handling("ofSector")),
    confidentialUnplaced: unique(handling("unplaced").map((seat) => seat.programme)),
    requestedBy:
      action === "case.read"
        ? orderingSeats(actor).flatMap(({ programme, id }) => (id === undefined ? [] : [{ programme, id }]))
        : [],
  };
}

/** Cases that an actor may read. */
export const caseReach = (actor: Actor): CaseReach => reachOf(actor, "case.read");
/** Cases of which an actor may know who the applicant is. */
export const personalReach = (actor: Actor): CaseReach => reachOf(actor, "personal.read");

/** Cases among which an agent may look for a caller: none that is confidential. */
export const callerReach = (actor: Actor): CaseReach => reachOf(actor, "caller.serve");

/** Where somebody reads figures. */
export interface FigureReach extends InProgramme<string | null> {
  /** Of the whole programme (`code` is null), of an entity with everything below it, of the entity alone, of a sector. */
  readonly kind: "programme" | "subtree" | "entity" | "sector";
}

const figureReachOf: Readonly<Record<Reach, (seat: HeldSeat) => Omit<FigureReach, "programme"> | null>> = {
  programme: () => ({ kind: "programme", code: null }),
  subtree: ({ entity }) => (entity === null ? null : { kind: "subtree", code: entity }),
  entity: ({ entity }) => (entity === null ? null : { kind: "entity", code: entity }),
  sector: ({ sector }) => (sector === null ? null : { kind: "sector", code: sector }),
  triage: () => null,
  anywhere: () => null,
};

/** Where an actor reads figures, or has them as a file, each once; agrees with `can(actor, action, …)`. */
export function figureReach(
  actor: Actor,
  action: "kpi.read" | "figures.export" | "figures.own" | "team.read",
): FigureReach[] {
  const granted: Grants = table[action];
  const seats = actor.kind === "user" ? actor.seats : [];
  return unique(
    seats.flatMap((seat) => {
      const reach = granted[seat.role];
      const found = reach === null ? null : figureReachOf[reach](seat);
      return found === null ? [] : [{ ...found, programme: seat.programme }];
    }),
  );
}

/** Who changes something, and when. */
export interface Change {
  readonly by: Actor;
  readonly now: Date;
}
