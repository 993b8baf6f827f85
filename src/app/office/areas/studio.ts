/** Screens of the policy studio: the six people who write policy load them, the others never do. */
export { Calendar } from "../../../features/policy/calendar/calendar-days.js";
export { ChangeSet } from "../../../features/policy/change-sets/change-set.js";
export { Policy } from "../../../features/policy/policy.js";
export { SlaGrid } from "../../../features/policy/sla-grid/grid-part.js";
