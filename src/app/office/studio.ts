/**
 * The screens of the policy studio, a script of its own: the six people who write policy load it, the others never do. A
 * screen is added by its line here and its name in `studioScreens` of `screens.ts`.
 */
import type { ComponentType } from "react";
import { Calendar } from "../../features/policy/calendar/calendar.js";
import { ChangeSet } from "../../features/policy/change-sets/change-set.js";
import { Policy } from "../../features/policy/policy.js";
import { SlaGrid } from "../../features/policy/sla-grid/sla-grid.js";
import type { StudioName } from "./screens.js";

const screens: Readonly<Record<StudioName, ComponentType>> = { Calendar, ChangeSet, Policy, SlaGrid };

window.DiwanStudio = screens;
