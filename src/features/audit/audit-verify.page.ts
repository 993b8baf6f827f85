/** Proof that the record was not altered: verified beside the daily work, compared with the seals that were mailed. */

import { msg } from "../../engine/text/msg.js";
import { definePage } from "../../platform/admin/define-page.js";
import type { VerificationState } from "./run-verification.js";

export type VerifyView = VerificationState;

export const auditVerifyPage = definePage({
  name: "audit-verify",
  label: msg("audit.auditVerifyPage.verifyTheRecord"),
  group: "operation",
  icon: "check",
  order: 50,
  component: "AuditVerify",
  access: "audit.verify",
  read: ({ services, official, now }): Promise<VerifyView> =>
    services.operation.verification.state({ actor: official.actor, now }),
  acts: {
    /** `{ seals }`: lines of number and MAC, or an empty text. */
    start: ({ services, official, now, input }): Promise<VerifyView> =>
      services.operation.verification.start({
        actor: official.actor,
        seals: typeof input.seals === "string" ? input.seals : "",
        now,
      }),
  },
});
