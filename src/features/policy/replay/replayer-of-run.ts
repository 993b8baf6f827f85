/** A run's text as something that decides past cases again, and what has to be read of them for it. */

import type { CalendarDefinition } from "../../../engine/calendar/calendar-definition.js";
import { compileCalendar, type WorkingCalendar } from "../../../engine/calendar/working-calendar.js";
import { quietActions } from "../../../engine/replay/idle-spans.js";
import { replayCalendar } from "../../../engine/replay/replay-calendar.js";
import { replayRules } from "../../../engine/replay/replay-rules.js";
import type { Replayer, ReplayGround } from "../../../engine/replay/replayer.js";
import type { RuleSetDefinition } from "../../../engine/rules/rule-set.js";
import type { Setup } from "../../../engine/setup/setup.js";
import type { WorkflowDefinition } from "../../../engine/workflow/workflow-definition.js";
import type { Database } from "../../../platform/db/query.js";
import type { ChangeEdit } from "../change-sets/change-edit.js";
import { withRows } from "../change-sets/setup-with-change-set.js";
import { versionsLived } from "./replay-queries.js";
import type { StoredReplay } from "./replay-store.js";

/** Any version, by its number. */
export interface VersionOf {
  rules(id: number): Promise<RuleSetDefinition>;
  calendar(id: number): Promise<CalendarDefinition>;
  workflow(id: number): Promise<WorkflowDefinition>;
}

/** The set-up in force, and the one that the draft is asked by. */
export type Setups = Pick<ReplayGround, "setup" | "wouldBe">;

/** As the run was asked for, over the set-up as it is now. */
export const setupsOf = ({ edits }: Pick<StoredReplay, "edits">, setup: Setup): Setups => ({
  setup,
  wouldBe: withRows(setup, (edits ?? []) as readonly ChangeEdit[]),
});

function loaded<Version>(versions: ReadonlyMap<number, Version>, id: number): Version {
  const version = versions.get(id);
  if (version === undefined) throw new Error(`version ${id} was not loaded`);
  return version;
}

/** The draft over recorded cases, beside the version that was in force when it was asked for. */
export async function replayerOf(
  { db, versionOf }: { readonly db: Database; readonly versionOf: VersionOf },
  a: Pick<StoredReplay, "programme" | "kind" | "definition" | "inForceId" | "asOf">,
  { setup, wouldBe }: Setups,
): Promise<Replayer> {
  const calendars = new Map<number, WorkingCalendar>();
  for (const id of await versionsLived(db, a.programme, "calendar"))
    calendars.set(id, compileCalendar(await versionOf.calendar(id)));
  const quiet = new Map<number, ReadonlySet<string>>();
  if (a.kind === "rules" && (a.definition as RuleSetDefinition).set === "escalation") {
    for (const id of await versionsLived(db, a.programme, "workflow"))
      quiet.set(id, quietActions(await versionOf.workflow(id)));
  }
  const calendarOf = (id: number) => loaded(calendars, id);
  const quietIn = (id: number) => loaded(quiet, id);
  const ground: ReplayGround = { setup, wouldBe, calendarOf, quietIn, now: a.asOf, inForceId: a.inForceId };
  if (a.kind === "calendar") {
    const draft = compileCalendar(a.definition as CalendarDefinition);
    return replayCalendar(ground, { draft, inForce: a.inForceId === null ? draft : calendarOf(a.inForceId) });
  }
  const inForce = a.inForceId === null ? null : await versionOf.rules(a.inForceId);
  return replayRules(ground, { draft: a.definition as RuleSetDefinition, inForce });
}
