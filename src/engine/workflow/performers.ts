/** Who a workflow can name as performing an action: the roles, the applicant, the system itself. Browsers run this too. */

import { rolesGranted } from "../access/permissions.js";
import { type RoleCode, roleOf } from "../access/roles.js";
import { memberOf } from "../registry.js";
import { msg } from "../text/msg.js";
import type { Bilingual } from "../text/text.js";

export type Performer = RoleCode | "applicant" | "system";

/** Who answers what officials ask: for an entity, and for the operation room. Others may as well where a workflow says so. */
export const orderAnswerers = { entities: "focal_point", room: "operation_room" } as const satisfies Readonly<
  Record<string, RoleCode>
>;

/** As editors and differences list them. */
export const performerTitles: Readonly<Record<Performer, Bilingual>> = {
  ...memberOf(roleOf, "title"),
  applicant: msg("workflow.performers.performerTitlesApplicant"),
  system: msg("workflow.performers.performerTitlesSystem"),
};

/** In a sentence about who may act. */
export const performerNames: Readonly<Record<Performer, Bilingual>> = {
  ...memberOf(roleOf, "inSentence"),
  applicant: msg("workflow.performers.performerNamesApplicant"),
  system: msg("workflow.performers.performerNamesSystem"),
};

/** People who can act on a case, the nearest to it first; a workflow may name others too, who then never can. */
export const actingPeople: readonly Performer[] = [
  ...[...rolesGranted("case.act")].sort((one, other) => roleOf[one].nearness - roleOf[other].nearness),
  "applicant",
];
