/** What the record offers to doors. */
import type { MailedSeal } from "./check-seals.js";
import type { AuditReader } from "./list-audit.js";
import type { Verification } from "./run-verification.js";
import type { Seal } from "./seal.js";
import type { AuditReport } from "./verify.js";

declare module "../../platform/services.js" {
  interface Services {
    readonly audit: {
      seal(a: { now: Date }): Promise<Seal>;
      /** @param seals as they were mailed to the auditor: kept outside the database, they prove that its seals are the same */
      verify(a: { seals: readonly MailedSeal[] }): Promise<AuditReport>;
    };
  }
  interface OperationServices {
    /** Changes of configuration, people, permissions and machinery. */
    readonly audit: AuditReader;
    /** Verifies the record beside the daily work. */
    readonly verification: Verification;
  }
}
