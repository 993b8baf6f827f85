/** The back office and the applicant's pages in one server, as people meet them: officials and applicants in browsers of their own. */

import { createPortal } from "../../src/features/portal/create-portal.js";
import { openPortalAssets } from "../../src/features/portal/open-portal-assets.js";
import type { AdminAppOptions } from "./admin-app.js";
import { type AdminBrowser, openAdminBrowser } from "./admin-browser.js";
import { type Applicant, type ApplicantOptions, builtPortal, newApplicant } from "./portal-browser.js";

export interface BothDoors extends AdminBrowser {
  /** Somebody without an account, and by default without JavaScript. */
  applicant(options?: ApplicantOptions): Promise<Applicant>;
}

export async function openBothDoors(options: AdminAppOptions = {}): Promise<BothDoors> {
  const assets = openPortalAssets(await builtPortal());
  const office = await openAdminBrowser({
    ...options,
    doors: (services, parts) => [createPortal(services, { ...parts, assets })],
  });
  return { ...office, applicant: (how = {}) => newApplicant(office.browser, office.origin, how) };
}
