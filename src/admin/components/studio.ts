/**
 * The screens of the policy studio, a script of its own: the six people who write policy load it, the others never do. A
 * screen is added by its line here and its name in `studioScreens` of `screens.ts`.
 */
import type { ComponentType } from "react";
import { Calendar } from "./rules/calendar.js";
import { ChangeSet } from "./rules/change-set.js";
import { Policy } from "./rules/policy.js";
import { SlaGrid } from "./rules/sla-grid.js";
import type { StudioName } from "./screens.js";

const screens: Readonly<Record<StudioName, ComponentType>> = { Calendar, ChangeSet, Policy, SlaGrid };

window.DiwanStudio = screens;
