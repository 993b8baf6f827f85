/** What the applicant's pages are given. */

import type { Services } from "../../platform/services.js";

export interface PortalServices
  extends Pick<Services, "log" | "now" | "attachments" | "publicPages" | "applicantLinks" | "lostCodes"> {
  readonly cases: Pick<Services["cases"], "performAsApplicant" | "followPage" | "changeContact" | "changeLetters">;
}
