/** Entities that take applications today, as the pages offer them. */
import { civilDate } from "../../engine/calendar/civil-days.js";
import { isLive } from "../../engine/rules/fact-catalogue.js";
import type { Entity } from "../../engine/setup/setup.js";
import { inUse, type StepAsking } from "./step.js";

export function liveEntities({ setup, now }: Pick<StepAsking, "setup" | "now">): Entity[] {
  const today = civilDate(now, setup.programme.timeZone);
  return inUse(setup.entities).filter((entity) => isLive(entity, today));
}
