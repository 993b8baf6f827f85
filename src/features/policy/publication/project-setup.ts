/** The set-up as a publication would leave it, worked out in memory. */

import type { Published, Seat, SeatHolder, Setup } from "../../../engine/setup/setup.js";
import { withEdit } from "../../setup/edited-rows.js";
import { orderOfEdits } from "../../setup/order-of-edits.js";
import type { ConfigurationKind } from "../../setup/tables/create-models.js";
import type { SeatStep, Steps } from "./plan-steps.js";

/** What of policy changes with it. */
export interface ChangedPolicy {
  readonly kind: ConfigurationKind;
  readonly name: string;
  readonly definition: object;
}

/** An account by its address, of a person who would hold a seat. */
export type People = ReadonlyMap<string, Omit<SeatHolder, "from" | "to">>;

function seatAfter(seat: Seat, step: SeatStep, people: People, now: Date): Seat {
  const placed = step.place === undefined ? seat : { ...seat, ...step.place };
  const left = step.end
    ? placed.holders.map((holder) =>
        holder.from <= now && (holder.to === null || now < holder.to) ? { ...holder, to: now } : holder,
      )
    : placed.holders;
  const next = step.hold === undefined ? undefined : people.get(step.hold.trim().toLowerCase());
  return { ...placed, holders: next === undefined ? left : [...left, { ...next, from: now, to: null }] };
}

function withSeats(setup: Setup, steps: readonly SeatStep[], people: People, now: Date): Setup {
  const byCode = new Map(steps.map((step) => [step.code, step]));
  const kept = setup.seats.flatMap((seat) => {
    const step = byCode.get(seat.code ?? "");
    if (step === undefined) return [seat];
    return step.retire ? [] : [seatAfter(seat, step, people, now)];
  });
  const added = steps.flatMap((step, i): Seat[] => {
    const { create } = step;
    if (create?.role === undefined) return [];
    const { entity = null, sector = null, titleAr = "", titleEn = "" } = create;
    const title = { ar: titleAr, en: titleEn };
    const role = create.role as Seat["role"];
    const fresh = { id: Number.MAX_SAFE_INTEGER - i, code: step.code, role, title, entity, sector, holders: [] };
    return [seatAfter(fresh, step, people, now)];
  });
  return { ...setup, seats: [...kept, ...added] };
}

function withPolicy(setup: Setup, { kind, name, definition }: ChangedPolicy): Setup {
  const next = <Definition>(current: Published<Definition> | undefined): Published<Definition> => ({
    versionId: 0,
    version: (current?.version ?? 0) + 1,
    definition: definition as Definition,
  });
  if (kind === "rules") {
    const set = name as Parameters<Setup["ruleSets"]["get"]>[0];
    return { ...setup, ruleSets: new Map(setup.ruleSets).set(set, next(setup.ruleSets.get(set))) };
  }
  if (kind === "workflow")
    return { ...setup, workflows: new Map(setup.workflows).set(name, next(setup.workflows.get(name))) };
  if (kind === "message")
    return { ...setup, messages: new Map(setup.messages).set(name, next(setup.messages.get(name))) };
  if (kind === "digest") return { ...setup, digests: new Map(setup.digests).set(name, next(setup.digests.get(name))) };
  // A programme whose row was changed names its calendar there.
  const { calendar = setup.calendar.definition.code } = setup.programme as { calendar?: string };
  return calendar === name ? { ...setup, calendar: next(setup.calendar) } : setup;
}

/** Rows in the order in which they can be edited, then seats, then policy. */
export function projectSetup(
  setup: Setup,
  a: {
    readonly steps: Steps;
    readonly policies: readonly ChangedPolicy[];
    readonly people: People;
    readonly now: Date;
  },
): Setup {
  const rows = orderOfEdits(a.steps.edits, setup).reduce(withEdit, setup);
  return a.policies.reduce(withPolicy, withSeats(rows, a.steps.seats, a.people, a.now));
}
