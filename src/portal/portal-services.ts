/** What the applicant's pages are given. */
import type { Tries } from "../cases/applicant-tries.js";
import type { ActDrafts } from "../domain/act-drafts.js";
import type { Drafts } from "../domain/application-drafts.js";
import type { FollowDetail } from "../domain/follow-view.js";
import type { PublicPages } from "../intake/public-pages.js";
import type { FollowedApplication, Services } from "../services.js";

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
