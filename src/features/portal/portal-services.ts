/** What the applicant's pages are given. */

import type { FollowedApplication, Services } from "../../app/services.js";
import type { ActDrafts } from "../../engine/lifecycle/act-drafts.js";
import type { Drafts } from "../../engine/lifecycle/application-drafts.js";
import type { FollowDetail } from "../../engine/lifecycle/follow-view.js";
import type { Tries } from "../cases/act/applicant-tries.js";
import type { PublicPages } from "../intake/public-pages.js";

export interface PortalServices extends Pick<Services, "log" | "now" | "attachments"> {
  readonly cases: Pick<Services["cases"], "performAsApplicant"> & {
    /** What the applicant's page shows. Problem not-found for an unknown reference and for a wrong code alike. */
    followPage(a: { reference: string; code: string; now: Date }): Promise<FollowedApplication & FollowDetail>;
  };
  readonly publicPages: PublicPages & {
    readonly drafts: Drafts;
    readonly actDrafts: ActDrafts;
    readonly tries: Tries;
    readonly receiptOf: (reference: string) => Promise<string | null>;
  };
}
