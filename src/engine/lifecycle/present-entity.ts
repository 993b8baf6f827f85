/** The entity that is there today for one that is named: itself, or who took it over. */
import { isLive } from "../rules/fact-catalogue.js";
import type { Setup } from "../setup/setup.js";
import { takenOver } from "./successor.js";

/** @param date civil, of the programme */
export const ofToday = (code: string, setup: Pick<Setup, "entities" | "successors">, date: string): string =>
  takenOver(code, setup, (entity) => isLive(entity, date))?.by ?? code;
