/** What those who live the demo know of a case, who of them acts, and when. */

import type { Actor, HeldSeat } from "../../engine/access/permissions.js";
import type { RoleCode } from "../../engine/access/roles.js";
import type { WorkingCalendar } from "../../engine/calendar/working-calendar.js";
import type { Seat, Setup } from "../../engine/setup/setup.js";
import type { Language } from "../../engine/text/text.js";
import type { EffectName } from "../../engine/workflow/effects.js";
import type { WorkflowAction, WorkflowDefinition } from "../../engine/workflow/workflow-definition.js";
import type { PopulationMaterial } from "./material.js";
import type { SeededRandom } from "./seeded-random.js";
import type { Story } from "./stories.js";

/** A case as those who live it remember it. */
export interface LivedCase {
  readonly reference: string;
  readonly code: string;
  readonly type: string;
  readonly language: Language;
  readonly sector: string | null;
  /** What it was written about; null: nothing that is told. */
  readonly story: Story | null;
  /** As which of its story's phase it came; null: it was not sent for a story. */
  readonly nth: number | null;
  state: string;
  entity: string | null;
  dueAt: Date | null;
  /** State in which somebody took it; in another one somebody has to take it anew. */
  takenIn: string | null;
  asked: boolean;
  transferred: boolean;
  /** Kinds of acts among officials that this case has seen: each comes once. */
  readonly among: Set<EffectName>;
  /** When its answer will be written, once somebody has looked at it. */
  answerAt: Date | null;
  /** Who took it, and who wrote the last answer: another person reviews it, and hears an appeal. */
  taker: Actor | null;
  answerer: number | null;
  /** How often an act was refused. */
  refused: number;
}

export interface NextAct {
  readonly at: Date;
  readonly action: string;
  readonly fields: Record<string, unknown>;
  /** Null: the applicant. */
  readonly actor: Actor | null;
  /** Who has the case afterwards, where it is given away. */
  readonly receiver?: Actor;
  /** The cases that become its duplicates. */
  readonly merged?: readonly LivedCase[];
}

export interface World {
  readonly setup: Setup;
  readonly calendar: WorkingCalendar;
  readonly random: SeededRandom;
  readonly material: PopulationMaterial;
  /** Since when those who place cases are behind. */
  readonly newestFrom: Date;
  /** When the days end that the stories are about. */
  readonly to: Date;
  /** The newest cases, for whoever finds that several say the same. */
  readonly recent: LivedCase[];
}

const hour = 3600;
/** Until a case is placed all but two days may go by, and of less time this part. */
const leftToAnswer = 14 * hour;
const shareToPlace = 0.6;

export type Person = Extract<Actor, { kind: "user" }>;

/** Whoever sits there. */
export function actorOf(seat: Seat, programme: string, now: Date): Person | null {
  const holder = seat.holders.find((h) => !h.disabled && h.from <= now && (h.to === null || now < h.to));
  if (holder === undefined) return null;
  const held: HeldSeat = { id: seat.id, role: seat.role, programme, entity: seat.entity, sector: seat.sector };
  return { kind: "user", userId: holder.userId, name: holder.name, seats: [held] };
}

/** Roles in the order in which an office turns to them. */
export const order: readonly RoleCode[] = [
  "focal_point",
  "main_focal_point",
  "entity_manager",
  "operation_room",
  "secretary_general",
];

/** Somebody whose act it is, other than whoever wrote the answer. */
export function someoneFor(world: World, action: WorkflowAction, lived: LivedCase, now: Date): Actor | null {
  const { setup, random } = world;
  for (const role of order.filter((r) => action.by.includes(r))) {
    const seats = setup.seats.filter(
      (seat) =>
        seat.role === role &&
        (role === "operation_room" ||
          (role === "main_focal_point" ? seat.sector === lived.sector : seat.entity === lived.entity)),
    );
    const actors = seats.map((seat) => actorOf(seat, setup.programme.code, now)).filter((actor) => actor !== null);
    const others = actors.filter((actor) => actor.userId !== lived.answerer);
    if (others.length > 0) return random.pick(others);
  }
  return null;
}

export type Found = readonly [string, WorkflowAction];

/** The action of a state with an effect. */
export function withEffect(workflow: WorkflowDefinition, state: string, effect: EffectName): Found | null {
  return Object.entries(workflow.actions).find(([, a]) => a.from.includes(state) && a.effects.includes(effect)) ?? null;
}

/** As `soon`, and sooner the less time is left: what is urgent is taken and reviewed first. */
export function inTurn(world: World, { dueAt }: Pick<LivedCase, "dueAt">, now: Date, medianHours: number): Date {
  const left = dueAt === null ? Number.POSITIVE_INFINITY : world.calendar.between(now, dueAt) / hour;
  return soon(world, now, left > 0 ? Math.min(medianHours, left / 8) : medianHours);
}

/** As `soon`, and so that who answers has some of the time that is left. */
export function inTime(world: World, { dueAt }: Pick<LivedCase, "dueAt">, now: Date, medianHours: number): Date {
  const at = soon(world, now, medianHours);
  const left = dueAt === null ? 0 : world.calendar.between(now, dueAt);
  const latest = world.calendar.addSeconds(now, Math.round(Math.max(left - leftToAnswer, shareToPlace * left)));
  return left > 0 && latest < at ? latest : at;
}

/** A moment in working time some hours from now. */
export function soon(world: World, now: Date, medianHours: number): Date {
  const at = world.calendar.addSeconds(now, Math.max(60, world.random.around(medianHours * hour, 0.8)));
  return new Date(at.getTime() + world.random.int(1, 900) * 1000);
}
