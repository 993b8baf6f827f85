/** Who a workflow can name as performing an action: the roles, the applicant, the system itself. Browsers run this too. */
import { rolesGranted } from "../access/permissions.js";
import { type RoleCode, roleOf } from "../access/roles.js";
import { memberOf } from "../registry.js";
import type { Bilingual } from "../text/text.js";

export type Performer = RoleCode | "applicant" | "system";

/** As editors and differences list them. */
export const performerTitles: Readonly<Record<Performer, Bilingual>> = {
  ...memberOf(roleOf, "title"),
  applicant: { en: "Applicant", ar: "مقدم الطلب" },
  system: { en: "The system itself", ar: "النظام نفسه" },
};

/** In a sentence about who may act. */
export const performerNames: Readonly<Record<Performer, Bilingual>> = {
  ...memberOf(roleOf, "inSentence"),
  applicant: { en: "the applicant", ar: "مقدم الطلب" },
  system: { en: "the system itself", ar: "النظام نفسه" },
};

/** People who can act on a case, the nearest to it first; a workflow may name others too, who then never can. */
export const actingPeople: readonly Performer[] = [
  ...[...rolesGranted("case.act")].sort((one, other) => roleOf[one].nearness - roleOf[other].nearness),
  "applicant",
];
